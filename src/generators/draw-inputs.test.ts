import { describe, expect, it } from 'vitest';
import { dot, erf, norm, randomSource } from '../math/index.js';
import { isSymmetric, secondMoment } from '../model/index.js';
import type { InputLaw } from '../model/index.js';
import { covarianceFactor, drawInput, drawInputs, inputSampler } from './draw-inputs.js';
import {
  errorsFrom,
  kolmogorovDistance,
  kolmogorovLimit,
  mean,
  STANDARD_ERRORS,
} from './testing/statistics.js';

const NORMAL = [0.6, 0, -0.8];

/** One law of each name, in three dimensions, with every moment that a test below needs finite. */
const LAWS: readonly InputLaw[] = [
  { name: 'gaussian', dimension: 3 },
  { name: 'gaussian-covariance', dimension: 3, spectrum: [1, 0.04, 1e-6], rotationSeed: 7 },
  { name: 'gaussian-covariance', dimension: 3, spectrum: [2, 1, 0], rotationSeed: null },
  { name: 'gaussian-shifted', dimension: 3, mean: [1, 0, -2] },
  { name: 'sphere', dimension: 3, radius: Math.sqrt(3) },
  { name: 'sphere', dimension: 3, radius: 1 },
  { name: 'rademacher', dimension: 3 },
  { name: 'binary-cube', dimension: 3 },
  { name: 'unit-cube', dimension: 3 },
  { name: 'symmetric-cube', dimension: 3 },
  { name: 'absolute-gaussian', dimension: 3 },
  { name: 'exponential', dimension: 3 },
  { name: 'pareto', dimension: 3, tail: 6 },
  { name: 'centred-exponential', dimension: 3 },
  { name: 'skewed-two-point', dimension: 3, probability: 0.25 },
  { name: 'student-t', dimension: 3, degrees: 8 },
  {
    name: 'scale-mixture',
    dimension: 3,
    base: 'gaussian',
    nearScale: 0.5,
    farScale: 4,
    farProbability: 0.125,
  },
  {
    name: 'scale-mixture',
    dimension: 3,
    base: 'sphere',
    nearScale: 0,
    farScale: 2,
    farProbability: 0.125,
  },
  {
    name: 'atoms',
    dimension: 3,
    points: [
      [1, 2, 0],
      [-1, -2, 0],
      [0, 0, 3],
    ],
    probabilities: [0.25, 0.25, 0.5],
  },
  { name: 'basis-atoms', dimension: 3, constant: 2, signed: true },
  { name: 'basis-atoms', dimension: 3, constant: 2, signed: false },
  { name: 'line', dimension: 3, direction: NORMAL, half: false },
  { name: 'line', dimension: 3, direction: NORMAL, half: true },
  { name: 'hyperplane', dimension: 3, normal: NORMAL, offset: 0.5 },
  { name: 'halfspace', dimension: 3, normal: NORMAL, margin: 0.25 },
  {
    name: 'clusters',
    dimension: 3,
    centres: [
      [2, 0, 0],
      [0, -1, 0],
    ],
    spread: 0.1,
  },
];

const samples = new Map<string, number[][]>();

function sample(law: InputLaw, size = 10_000): number[][] {
  const key = JSON.stringify([law, size]);
  const drawn = samples.get(key) ?? drawInputs(law, size, randomSource('draw-inputs', key));
  samples.set(key, drawn);
  return drawn;
}

function coordinates(law: InputLaw, size?: number): number[] {
  return sample(law, size).flat();
}

function standardNormal(x: number): number {
  return (1 + erf(x / Math.SQRT2)) / 2;
}

describe.each(LAWS.map((law) => [JSON.stringify(law), law] as const))('%s', (_, law) => {
  it('has the second moment that its facts state', () => {
    const squares = sample(law).map((x) => dot(x, x));
    expect(errorsFrom(squares, secondMoment(law))).toBeLessThan(STANDARD_ERRORS);
  });

  it('is symmetric exactly when its facts say so', () => {
    // X and −X have equal means of sin(w·X + …): odd functions average 0 for a symmetric law.
    const [bounded, cubed] = [Math.atan, (t: number) => Math.max(-9, Math.min(9, t * t * t))];
    const directions = [
      [1, 0.3, 0.1],
      [0.6, 0, -0.8],
      [0.2, -0.9, 0.4],
    ];
    const inputs = sample(law);
    const worst = Math.max(
      ...directions.flatMap((w) =>
        [bounded, cubed].map((odd) =>
          errorsFrom(
            inputs.map((x) => odd(dot(w, x))),
            0,
          ),
        ),
      ),
    );
    if (isSymmetric(law)) expect(worst).toBeLessThan(STANDARD_ERRORS);
    else expect(worst).toBeGreaterThan(STANDARD_ERRORS);
  });

  it('draws independent inputs', () => {
    const values = sample(law).map((x) => Math.atan(x[0] - 0.4 * x[1] + 0.3 * x[2]));
    const centre = mean(values);
    const products = values.slice(1).map((value, i) => (value - centre) * (values[i] - centre));
    expect(errorsFrom(products, 0)).toBeLessThan(STANDARD_ERRORS);
  });

  it('draws the same inputs again, one by one or together, and prefixes', () => {
    const together = drawInputs(law, 8, randomSource('again'));
    expect(drawInputs(law, 8, randomSource('again'))).toEqual(together);
    expect(drawInputs(law, 5, randomSource('again'))).toEqual(together.slice(0, 5));
    const random = randomSource('again');
    expect(Array.from({ length: 8 }, () => drawInput(law, random))).toEqual(together);
    const copy = JSON.parse(JSON.stringify(law)) as InputLaw;
    expect(drawInputs(copy, 8, randomSource('again'))).toEqual(together);
  });
});

describe('laws with independent coordinates', () => {
  const distributions: readonly (readonly [InputLaw, (x: number) => number])[] = [
    [{ name: 'gaussian', dimension: 4 }, standardNormal],
    [{ name: 'unit-cube', dimension: 4 }, (x) => x],
    [{ name: 'symmetric-cube', dimension: 4 }, (x) => (x + 1) / 2],
    [{ name: 'absolute-gaussian', dimension: 4 }, (x) => erf(x / Math.SQRT2)],
    [{ name: 'exponential', dimension: 4 }, (x) => 1 - Math.exp(-x)],
    [{ name: 'centred-exponential', dimension: 4 }, (x) => 1 - Math.exp(-x - 1)],
    [{ name: 'pareto', dimension: 4, tail: 1.5 }, (x) => 1 - x ** -1.5],
    [{ name: 'pareto', dimension: 4, tail: 0.5 }, (x) => 1 - x ** -0.5],
  ];

  it.each(distributions)('%j has the coordinates that it names', (law, distribution) => {
    const values = coordinates(law, 5000);
    expect(kolmogorovDistance(values, distribution)).toBeLessThan(kolmogorovLimit(values.length));
  });

  it.each(distributions)('%j has independent coordinates', (law, distribution) => {
    // F(X_i) is uniform; 12(F(X_1) − ½)(F(X_2) − ½) has mean 0, and so have all other pairs.
    const inputs = sample(law, 5000).map((x) => x.map((entry) => distribution(entry) - 0.5));
    for (const [i, j] of [
      [0, 1],
      [0, 3],
      [1, 2],
      [2, 3],
    ]) {
      const products = inputs.map((x) => x[i] * x[j]);
      expect(errorsFrom(products, 0)).toBeLessThan(STANDARD_ERRORS);
      // Squares as well: a common scale leaves the coordinates uncorrelated but not independent.
      const squares = inputs.map((x) => (x[i] ** 2 - 1 / 12) * (x[j] ** 2 - 1 / 12));
      expect(errorsFrom(squares, 0)).toBeLessThan(STANDARD_ERRORS);
    }
  });

  it('have fair signs, bits and the stated two values', () => {
    const signs = coordinates({ name: 'rademacher', dimension: 4 }, 5000);
    expect(new Set(signs)).toEqual(new Set([-1, 1]));
    expect(errorsFrom(signs, 0)).toBeLessThan(STANDARD_ERRORS);
    const bits = coordinates({ name: 'binary-cube', dimension: 4 }, 5000);
    expect(new Set(bits)).toEqual(new Set([0, 1]));
    expect(errorsFrom(bits, 0.5)).toBeLessThan(STANDARD_ERRORS);
    const p = 0.2;
    const skewed = coordinates({ name: 'skewed-two-point', dimension: 4, probability: p }, 5000);
    expect(new Set(skewed)).toEqual(new Set([2, -0.5]));
    expect(errorsFrom(skewed, 0)).toBeLessThan(STANDARD_ERRORS);
    expect(
      errorsFrom(
        skewed.map((x) => x * x),
        1,
      ),
    ).toBeLessThan(STANDARD_ERRORS);
    expect(
      errorsFrom(
        skewed.map((x) => x ** 3),
        (1 - 2 * p) / Math.sqrt(p * (1 - p)),
      ),
    ).toBeLessThan(STANDARD_ERRORS);
    // All 2³ corners of the cube come equally often: 8 counts of Binomial(8000, 1/8), s.d. 30.
    const corners = new Map<string, number>();
    for (const x of sample({ name: 'binary-cube', dimension: 3 }, 8000)) {
      corners.set(String(x), (corners.get(String(x)) ?? 0) + 1);
    }
    expect(corners.size).toBe(8);
    for (const count of corners.values()) expect(Math.abs(count - 1000)).toBeLessThan(6 * 30);
  });
});

describe('N(0, Σ)', () => {
  it('has the stated covariance, F·Fᵀ, with the stated spectrum', () => {
    const law = LAWS[1] as Extract<InputLaw, { name: 'gaussian-covariance' }>;
    const factor = covarianceFactor(law);
    const covariance = factor.map((row) => factor.map((other) => dot(row, other)));
    // trace Σ^k = Σ λ^k for k = 1, 2 and det Σ = Π λ fix the three eigenvalues.
    const trace = covariance[0][0] + covariance[1][1] + covariance[2][2];
    expect(trace).toBeCloseTo(1.040001, 12);
    expect(dot(covariance.flat(), covariance.flat())).toBeCloseTo(1 + 0.0016 + 1e-12, 12);
    const [[a, b, c], [d, e, f], [g, h, i]] = covariance;
    const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
    // Cancellation: the terms are of size 0.04, so the determinant keeps 1e-16 absolute.
    expect(Math.abs(determinant - 4e-8)).toBeLessThan(1e-16);
    const inputs = sample(law);
    for (const [i, row] of covariance.entries()) {
      for (const [j, entry] of row.entries()) {
        const products = inputs.map((x) => x[i] * x[j]);
        expect(errorsFrom(products, entry)).toBeLessThan(STANDARD_ERRORS);
      }
    }
  });

  it('reaches condition number 1e6 and lies on a subspace when singular', () => {
    const small = sample({
      name: 'gaussian-covariance',
      dimension: 2,
      spectrum: [1, 1e-6],
      rotationSeed: null,
    });
    expect(
      errorsFrom(
        small.map((x) => x[1] * x[1]),
        1e-6,
      ),
    ).toBeLessThan(STANDARD_ERRORS);
    for (const x of sample(LAWS[2], 100)) expect(x[2]).toBe(0);
  });
});

describe('laws with a common factor', () => {
  it('put the sphere at its radius, uniformly', () => {
    for (const x of sample({ name: 'sphere', dimension: 5, radius: 2 }, 200)) {
      expect(norm(x)).toBeCloseTo(2, 14);
    }
    // Archimedes: a coordinate of the unit sphere in R³ is uniform on [−1, 1].
    const heights = sample({ name: 'sphere', dimension: 3, radius: 1 }).map((x) => x[2]);
    expect(kolmogorovDistance(heights, (x) => (x + 1) / 2)).toBeLessThan(
      kolmogorovLimit(heights.length),
    );
  });

  it('share one χ² between the coordinates of the multivariate t', () => {
    const inputs = sample({ name: 'student-t', dimension: 2, degrees: 1 });
    // Cauchy marginals; at ν = 1 the radius in R² has P(R > r) = 1/√(1 + r²).
    const marginal = inputs.map((x) => x[0]);
    expect(kolmogorovDistance(marginal, (x) => 0.5 + Math.atan(x) / Math.PI)).toBeLessThan(
      kolmogorovLimit(inputs.length),
    );
    const radii = inputs.map((x) => norm(x));
    expect(kolmogorovDistance(radii, (r) => 1 - 1 / Math.sqrt(1 + r * r))).toBeLessThan(
      kolmogorovLimit(inputs.length),
    );
    // ν = 3 has P(R > r) = (1 + r²/3)^{−3/2}.
    const tame = sample({ name: 'student-t', dimension: 2, degrees: 3 }).map((x) => norm(x));
    expect(kolmogorovDistance(tame, (r) => 1 - (1 + (r * r) / 3) ** -1.5)).toBeLessThan(
      kolmogorovLimit(tame.length),
    );
  });

  it('go far with the stated probability in a scale mixture', () => {
    const law: InputLaw = {
      name: 'scale-mixture',
      dimension: 4,
      base: 'sphere',
      nearScale: 1,
      farScale: 100,
      farProbability: Math.exp(-4),
    };
    const norms = sample(law).map((x) => norm(x));
    for (const length of norms) {
      expect(Math.min(Math.abs(length - 2), Math.abs(length - 200))).toBeLessThan(1e-12);
    }
    const far = norms.map((length) => (length > 100 ? 1 : 0));
    expect(errorsFrom(far, Math.exp(-4))).toBeLessThan(STANDARD_ERRORS);
  });
});

describe('laws on small sets', () => {
  it('draw atoms with their probabilities', () => {
    const drawn = sample(LAWS[18]).map(String);
    for (const [atom, probability] of [
      ['1,2,0', 0.25],
      ['-1,-2,0', 0.25],
      ['0,0,3', 0.5],
    ] as const) {
      const hits = drawn.map((x) => (x === atom ? 1 : 0));
      expect(errorsFrom(hits, probability)).toBeLessThan(STANDARD_ERRORS);
    }
    expect(new Set(drawn).size).toBe(3);
    const certain: InputLaw = {
      name: 'atoms',
      dimension: 1,
      points: [[1], [2]],
      probabilities: [0, 1],
    };
    expect(new Set(coordinates(certain, 100))).toEqual(new Set([2]));
  });

  it('draw ±√(Cd)·e_i, all equally often', () => {
    const drawn = sample({ name: 'basis-atoms', dimension: 2, constant: 2, signed: true });
    expect(new Set(drawn.map(String))).toEqual(new Set(['2,0', '-2,0', '0,2', '0,-2']));
    const first = drawn.map((x) => (x[0] === 2 ? 1 : 0));
    expect(errorsFrom(first, 0.25)).toBeLessThan(STANDARD_ERRORS);
    const positive = sample({ name: 'basis-atoms', dimension: 2, constant: 2, signed: false });
    expect(new Set(positive.map(String))).toEqual(new Set(['2,0', '0,2']));
  });

  it('stay on their line, half-line, hyperplane and halfspace', () => {
    for (const x of sample({ name: 'line', dimension: 3, direction: NORMAL, half: true }, 500)) {
      const along = dot(NORMAL, x);
      expect(along).toBeGreaterThan(0);
      expect(norm(x.map((entry, i) => entry - along * NORMAL[i]))).toBeLessThan(1e-14);
    }
    // The rounding of z + shift·normal with |z| ≤ 6: a few units of 1e-15.
    for (const x of sample(
      { name: 'hyperplane', dimension: 3, normal: NORMAL, offset: 0.5 },
      500,
    )) {
      expect(Math.abs(dot(NORMAL, x) - 0.5)).toBeLessThan(1e-14);
    }
    const folded = sample({ name: 'halfspace', dimension: 3, normal: NORMAL, margin: 0.25 }, 5000);
    const heights = folded.map((x) => dot(NORMAL, x));
    for (const height of heights) expect(height).toBeGreaterThan(0.25 - 1e-14);
    expect(
      kolmogorovDistance(heights, (x) => erf(Math.max(0, x - 0.25) / Math.SQRT2)),
    ).toBeLessThan(kolmogorovLimit(heights.length));
    const across = folded.map((x) => x[1]);
    expect(kolmogorovDistance(across, standardNormal)).toBeLessThan(kolmogorovLimit(across.length));
  });

  it('draw clusters equally often, around their centres', () => {
    const inputs = sample(LAWS[25]);
    const near = inputs.map((x) => (x[0] > 1 ? 1 : 0));
    expect(errorsFrom(near, 0.5)).toBeLessThan(STANDARD_ERRORS);
    const offsets = inputs.filter((x) => x[0] > 1).map((x) => (x[0] - 2) / 0.1);
    expect(kolmogorovDistance(offsets, standardNormal)).toBeLessThan(
      kolmogorovLimit(offsets.length),
    );
  });
});

describe('inputSampler', () => {
  it('rejects a law whose parameters are out of range before it draws', () => {
    expect(() => inputSampler({ name: 'student-t', dimension: 2, degrees: 0 })).toThrow(
      new RangeError('checkInputLaw: degrees must be positive and finite, got 0'),
    );
  });
});
