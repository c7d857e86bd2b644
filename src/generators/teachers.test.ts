import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addScaled, angle, dot, norm, normalise, randomSource, unitSphere } from '../math/index.js';
import { checkNetwork, decodeJson, encodeJson, outerNorm, pathNorm } from '../model/index.js';
import { drawDirections, fittingWidth, turned } from './directions.js';
import type { DirectionArrangement, DirectionsSpec } from './directions.js';
import { drawTeacher, TEACHER_PHRASES, teacherLabels, teacherSpecs } from './teachers.js';
import type { TeacherNorms, TeacherSpec } from './teachers.js';
import { errorsFrom, STANDARD_ERRORS } from './testing/statistics.js';

function directions(
  arrangement: DirectionArrangement,
  inputDim: number,
  width: number,
  rest: Partial<DirectionsSpec> = {},
  key = 0,
): number[][] {
  const spec = { arrangement, inputDim, width, ...rest };
  return drawDirections(spec, randomSource('directions', key));
}

function sum(vectors: readonly (readonly number[])[]): number[] {
  return vectors.reduce<number[]>(
    (total, vector) => addScaled(total, 1, vector),
    vectors[0].map(() => 0),
  );
}

/** All angles between two of the vectors. */
function angles(vectors: readonly (readonly number[])[]): number[] {
  return vectors.flatMap((u, i) => vectors.slice(i + 1).map((v) => angle(u, v)));
}

const SIZES = [
  [2, 2],
  [2, 3],
  [3, 4],
  [5, 3],
  [6, 7],
] as const;

describe('drawDirections', () => {
  it('draws unit vectors, again the same from the same key', () => {
    const specs = fc.sample(
      teacherSpecs({ inputDim: { min: 1, max: 6 }, width: { min: 1, max: 8 } }),
      { seed: 1, numRuns: 600, unbiased: true },
    );
    for (const { signs, ...spec } of specs) {
      const drawn = drawDirections({ ...spec, width: signs.length }, randomSource('unit'));
      expect(drawn).toHaveLength(signs.length);
      // A few roundings of entries ≤ 1; sums of up to eight directions carry more.
      for (const b of drawn) expect(Math.abs(norm(b) - 1)).toBeLessThan(1e-13);
      expect(drawDirections({ ...spec, width: signs.length }, randomSource('unit'))).toEqual(drawn);
    }
  });

  it('draws generic directions uniformly and independently', () => {
    const drawn = Array.from({ length: 4000 }, (_, key) => directions('generic', 3, 2, {}, key));
    expect(
      errorsFrom(
        drawn.map(([b]) => b[0] * b[0]),
        1 / 3,
      ),
    ).toBeLessThan(STANDARD_ERRORS);
    const products = drawn.map(([b, c]) => dot(b, c));
    expect(errorsFrom(products, 0)).toBeLessThan(STANDARD_ERRORS);
    expect(
      errorsFrom(
        products.map((t) => t * t),
        1 / 3,
      ),
    ).toBeLessThan(STANDARD_ERRORS);
  });

  it.each(SIZES)('in dimension %i, width %i, keeps what each name says', (inputDim, width) => {
    const orthogonal = directions('orthogonal', inputDim, Math.min(width, inputDim));
    for (const theta of angles(orthogonal)) expect(theta).toBeCloseTo(Math.PI / 2, 13);

    const spaced = directions('evenly-spaced', inputDim, width);
    expect(norm(sum(spaced))).toBeLessThan(1e-14);
    for (const [j, b] of spaced.entries()) {
      expect(angle(b, spaced[(j + 1) % width])).toBeCloseTo((2 * Math.PI) / width, 13);
    }

    const zero = directions('zero-sum', inputDim, width);
    expect(norm(sum(zero))).toBeLessThan(1e-14);

    // The pole is the first direction that the stream gives.
    const pole = unitSphere(randomSource('directions', 0), inputDim);
    for (const b of directions('common-halfspace', inputDim, width)) {
      expect(dot(pole, b)).toBeGreaterThan(0);
    }

    const [first, ...others] = directions('parallel', inputDim, width);
    for (const b of others) expect(b).toEqual(first);

    const repeated = directions('repeated', inputDim, width);
    const opposite = directions('antiparallel', inputDim, width);
    for (let j = 1; j < width; j += 2) {
      expect(repeated[j]).toEqual(repeated[j - 1]);
      expect(sum([opposite[j], opposite[j - 1]]).every((entry) => entry === 0)).toBe(true);
    }

    for (const theta of [1e-6, 1e-3, 1e-1]) {
      const near = directions('near-parallel', inputDim, width, { angle: theta });
      for (let j = 1; j < width; j += 2) {
        // Entries are rounded at 1e-16, so an angle of 1e-6 keeps ten digits.
        expect(Math.abs(angle(near[j], near[j - 1]) / theta - 1)).toBeLessThan(1e-9);
      }
    }
  });

  it('draws equiangular directions, the regular simplex at inputDim + 1', () => {
    for (const inputDim of [2, 3, 6]) {
      for (const cosine of [0, 0.3, 0.9]) {
        const drawn = directions('equiangular', inputDim, inputDim, { cosine });
        for (const theta of angles(drawn)) expect(Math.cos(theta)).toBeCloseTo(cosine, 13);
      }
      const simplex = directions('equiangular', inputDim, inputDim + 1);
      for (const theta of angles(simplex)) expect(Math.cos(theta)).toBeCloseTo(-1 / inputDim, 13);
      expect(norm(sum(simplex))).toBeLessThan(1e-14);
    }
  });

  it('draws a common plane of a space of more dimensions', () => {
    const [u, v, ...rest] = directions('common-plane', 5, 6);
    const across = normalise(addScaled(v, -dot(u, v), u));
    for (const b of rest) {
      const outside = addScaled(addScaled(b, -dot(u, b), u), -dot(across, b), across);
      expect(norm(outside)).toBeLessThan(1e-13);
    }
  });

  it('draws half-spheres from every pole', () => {
    const firsts = Array.from(
      { length: 4000 },
      (_, key) => directions('common-halfspace', 3, 2, {}, key)[0][0],
    );
    expect(errorsFrom(firsts, 0)).toBeLessThan(STANDARD_ERRORS);
    // Two uniform directions of one random half-sphere: E b·c = E(|b·p||c·p|) = ¼.
    const products = Array.from({ length: 4000 }, (_, key) => {
      const [b, c] = directions('common-halfspace', 3, 2, {}, key);
      return dot(b, c);
    });
    expect(errorsFrom(products, 0.25)).toBeLessThan(STANDARD_ERRORS);
  });

  it('says which size does not fit', () => {
    expect(() => directions('near-parallel', 1, 2)).toThrow(
      new RangeError('drawDirections: inputDim must be an integer ≥ 2 for near-parallel, got 1'),
    );
    expect(() => directions('orthogonal', 2, 3)).toThrow(
      new RangeError('drawDirections: width must fit orthogonal in dimension 2, got 3'),
    );
    expect(() => directions('near-parallel', 2, 2, { angle: 2 })).toThrow(
      new RangeError('drawDirections: angle must be in (0, π/2), got 2'),
    );
    expect(() => directions('equiangular', 2, 2, { cosine: 1 })).toThrow(
      new RangeError('drawDirections: cosine must be in [0, 1), got 1'),
    );
  });

  it('turns a unit vector by the angle, in the plane of both', () => {
    const b = turned([1, 0, 0], [5, 3, 4], 0.5);
    expect(angle([1, 0, 0], b)).toBeCloseTo(0.5, 14);
    expect(b[1] / b[2]).toBeCloseTo(0.75, 14);
  });
});

function threeNeurons(norms: TeacherNorms): TeacherSpec {
  return { arrangement: 'generic', inputDim: 3, signs: [1, -1, -1], norms };
}

describe('drawTeacher', () => {
  it('keeps signs, and ‖a_j b_j‖ = 1 in the unit norms', () => {
    for (const norms of ['unit-balanced', 'unit-unbalanced'] as const) {
      for (let key = 0; key < 50; key += 1) {
        const teacher = drawTeacher(threeNeurons(norms), randomSource('teacher', key));
        checkNetwork(teacher);
        expect(teacher.outer.map(Math.sign)).toEqual([1, -1, -1]);
        expect(pathNorm(teacher)).toBeCloseTo(3, 13);
        if (norms === 'unit-balanced') expect(outerNorm(teacher)).toBe(3);
      }
    }
  });

  it('draws every length 2^k, |k| ≤ 6, and products from 0.01 to 100', () => {
    const lengths = new Set<number>();
    const products: number[] = [];
    for (let key = 0; key < 300; key += 1) {
      const unbalanced = drawTeacher(threeNeurons('unit-unbalanced'), randomSource('teacher', key));
      for (const a of unbalanced.outer) lengths.add(Math.abs(a));
      const general = drawTeacher(threeNeurons('general'), randomSource('teacher', key));
      products.push(...general.outer.map((a, j) => Math.abs(a) * norm(general.inner[j])));
    }
    // One of 13 is missed by 900 draws with probability 13·(12/13)⁹⁰⁰ < 1e-30.
    expect([...lengths].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 13 }, (_, i) => 2 ** (i - 6)),
    );
    expect(Math.min(...products)).toBeCloseTo(0.01, 12);
    expect(Math.max(...products)).toBeCloseTo(100, 10);
  });

  it('takes any activation, ReLU by default', () => {
    expect(drawTeacher(threeNeurons('general'), randomSource('t')).activation).toEqual({
      name: 'relu',
    });
    const tanh = drawTeacher(threeNeurons('general'), randomSource('t'), { name: 'tanh' });
    expect(tanh.activation).toEqual({ name: 'tanh' });
  });
});

describe('the pool of teachers', () => {
  const pool = teacherSpecs({ inputDim: { min: 1, max: 4 }, width: { min: 1, max: 5 } });
  const drawn = fc.sample(pool, { seed: 8, numRuns: 4000, unbiased: true });

  it('reaches every arrangement, sign pattern, norm, dimension and width', () => {
    const labels = new Set<string>(drawn.flatMap(teacherLabels));
    expect(labels).toEqual(new Set(Object.keys(TEACHER_PHRASES)));
    expect(new Set(drawn.map((spec) => spec.inputDim)).size).toBe(4);
    expect(new Set(drawn.map((spec) => spec.signs.length)).size).toBe(5);
    const patterns = drawn.filter((spec) => spec.signs.length === 3).map((spec) => `${spec.signs}`);
    expect(new Set(patterns).size).toBe(8);
    const pairAngles = drawn.flatMap((spec) => (spec.angle === undefined ? [] : [spec.angle]));
    expect([Math.min(...pairAngles), Math.max(...pairAngles)]).toEqual([1e-6, 1e-1]);
  });

  it('draws each arrangement with the same probability', () => {
    // Binomial(4000, 1/11) has mean 364 and s.d. 18.2.
    for (const arrangement of ['generic', 'orthogonal', 'near-parallel', 'parallel']) {
      const count = drawn.filter((spec) => spec.arrangement === arrangement).length;
      expect(Math.abs(count - 364)).toBeLessThan(6 * 18.2);
    }
  });

  it('draws specs that fit, survive JSON and give the same teacher after it', () => {
    for (const spec of drawn.slice(0, 500)) {
      const copy = decodeJson(encodeJson(spec)) as unknown as TeacherSpec;
      expect(copy).toEqual(spec);
      const teacher = drawTeacher(spec, randomSource('pool'));
      expect(drawTeacher(copy, randomSource('pool'))).toEqual(teacher);
      expect(decodeJson(encodeJson(teacher))).toEqual(teacher);
    }
  });

  it('keeps the widths asked for where an arrangement limits them', () => {
    const wide = fc.sample(
      teacherSpecs({ inputDim: { min: 1, max: 6 }, width: { min: 4, max: 9 } }),
      { seed: 8, numRuns: 1000, unbiased: true },
    );
    for (const { arrangement, inputDim, signs } of wide) {
      expect(signs.length).toBeGreaterThanOrEqual(4);
      expect(signs.length).toBe(fittingWidth(arrangement, inputDim, signs.length));
    }
    expect(wide.some((spec) => spec.arrangement === 'orthogonal')).toBe(true);
  });

  it('shrinks to one positive, generic, balanced neuron in one dimension', () => {
    const simplest = fc.check(
      fc.property(pool, () => false),
      { seed: 3 },
    );
    expect(simplest.counterexample).toEqual([
      { arrangement: 'generic', inputDim: 1, signs: [1], norms: 'unit-balanced' },
    ]);
    const mixed = fc.check(
      fc.property(pool, (spec) => new Set(spec.signs).size < 2),
      { seed: 3 },
    );
    expect(mixed.counterexample?.[0]).toMatchObject({ arrangement: 'generic', inputDim: 1 });
    expect(mixed.counterexample?.[0].signs).toHaveLength(2);
  });

  it('says when an arrangement does not fit the sizes', () => {
    expect(() => teacherSpecs({ inputDim: 2, width: 3, arrangements: ['orthogonal'] })).toThrow(
      new RangeError('teacherSpecs: members must fit the sizes asked for, got orthogonal'),
    );
    expect(() => teacherSpecs({ inputDim: 2, width: 0 })).toThrow(
      new RangeError('teacherSpecs: width must be integers with 1 ≤ min ≤ max, got 0…0'),
    );
  });
});
