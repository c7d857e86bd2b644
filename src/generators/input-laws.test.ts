import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dot, norm, randomSource } from '../math/index.js';
import { checkInputLaw, decodeJson, encodeJson } from '../model/index.js';
import type { InputLaw } from '../model/index.js';
import { drawInput } from './draw-inputs.js';
import { INPUT_LAW_MEMBERS, inputLawLabel, inputLawPhrases } from './input-law-labels.js';
import type { InputLawMember } from './input-law-labels.js';
import { inputLaws } from './input-laws.js';

const ALL = Object.keys(INPUT_LAW_MEMBERS) as InputLawMember[];
const MANY = fc.sample(inputLaws({ inputDim: { min: 1, max: 12 } }), {
  seed: 11,
  numRuns: 6000,
  unbiased: true,
});

function only<N extends InputLaw['name']>(name: N): Extract<InputLaw, { name: N }>[] {
  return MANY.filter((law): law is Extract<InputLaw, { name: N }> => law.name === name);
}

function smallest(members: InputLawMember[]): unknown {
  const laws = inputLaws({ inputDim: { min: 1, max: 9 }, members });
  return fc.check(
    fc.property(laws, () => false),
    { seed: 2 },
  ).counterexample?.[0];
}

describe('the pool of input laws', () => {
  it('reaches every member, with the same probability', () => {
    const counts = new Map<string, number>();
    for (const law of MANY) {
      const label = inputLawLabel(law);
      counts.set(label, (counts.get(label) ?? 0) + 1);
    }
    expect(new Set(counts.keys())).toEqual(new Set(ALL.map((member) => `input:${member}`)));
    // Binomial(6000, 1/28) has mean 214 and s.d. 14; six of them. Atoms may coincide, and then the
    // law has fewer: those labels are counted together.
    const atoms = ['one-atom', 'two-atoms', 'few-atoms'];
    for (const member of ALL.filter((member) => !atoms.includes(member))) {
      expect(Math.abs((counts.get(`input:${member}`) ?? 0) - 214)).toBeLessThan(90);
    }
    const together = atoms.reduce((sum, member) => sum + (counts.get(`input:${member}`) ?? 0), 0);
    expect(Math.abs(together - 643)).toBeLessThan(6 * 25);
  });

  it('draws every dimension of the range', () => {
    expect(new Set(MANY.map((law) => law.dimension)).size).toBe(12);
    const fixed = fc.sample(inputLaws({ inputDim: 3 }), { seed: 1, numRuns: 200 });
    expect(new Set(fixed.map((law) => law.dimension))).toEqual(new Set([3]));
  });

  it('draws laws that are in order, that survive JSON and give the same inputs after it', () => {
    for (const law of MANY.slice(0, 1500)) {
      checkInputLaw(law);
      const copy = decodeJson(encodeJson(law)) as unknown as InputLaw;
      expect(copy).toEqual(law);
      const input = drawInput(law, randomSource('input'));
      expect(input).toHaveLength(law.dimension);
      expect(input.every((entry) => Number.isFinite(entry))).toBe(true);
      expect(drawInput(copy, randomSource('input'))).toEqual(input);
    }
  });

  it('is reproducible', () => {
    const again = fc.sample(inputLaws({ inputDim: { min: 1, max: 12 } }), {
      seed: 11,
      numRuns: 300,
      unbiased: true,
    });
    expect(again).toEqual(MANY.slice(0, 300));
  });

  it('reaches condition numbers from 10 to 1e6, and every rank below full', () => {
    const gaussians = only('gaussian-covariance');
    const conditions = gaussians
      .filter((law) => !law.spectrum.includes(0))
      .map((law) => Math.max(...law.spectrum) / Math.min(...law.spectrum));
    for (let decades = 1; decades <= 6; decades += 1) {
      expect(conditions.some((c) => Math.abs(c / 10 ** decades - 1) < 1e-12)).toBe(true);
    }
    expect(Math.max(...conditions)).toBeLessThan(1.0000001e6);
    const ranks = gaussians
      .filter((law) => law.spectrum.includes(0) && law.dimension === 4)
      .map((law) => law.spectrum.filter((eigenvalue) => eigenvalue > 0).length);
    expect(new Set(ranks)).toEqual(new Set([1, 2, 3]));
    expect(new Set(gaussians.map((law) => law.rotationSeed === null)).size).toBe(2);
  });

  it('reaches the tails and parameters that its phrases name', () => {
    const tails = only('pareto').map((law) => law.tail);
    expect([Math.min(...tails), Math.max(...tails)]).toEqual([0.5, 6]);
    const degrees = only('student-t').map((law) => law.degrees);
    expect([Math.min(...degrees), Math.max(...degrees)]).toEqual([1, 20]);
    const shifts = only('gaussian-shifted').map((law) => norm(law.mean));
    expect(Math.min(...shifts)).toBeCloseTo(0.1, 12);
    expect(Math.max(...shifts)).toBeCloseTo(10, 10);
    const skews = only('skewed-two-point').map((law) => law.probability);
    expect(Math.min(...skews)).toBeGreaterThan(0);
    expect(skews).not.toContain(0.5);
    expect(skews.some((p) => p < 0.5) && skews.some((p) => p > 0.5)).toBe(true);
  });

  it('gives the far component probability 2^−d or e^−d', () => {
    const mixtures = only('scale-mixture');
    const isDyadic = (law: (typeof mixtures)[number]): boolean =>
      law.farProbability === 2 ** -law.dimension;
    for (const law of mixtures.filter((law) => !isDyadic(law))) {
      expect(law.farProbability / Math.exp(-law.dimension)).toBeCloseTo(1, 14);
    }
    expect(new Set(mixtures.map(isDyadic)).size).toBe(2);
    expect(new Set(mixtures.map((law) => law.base)).size).toBe(2);
    expect(mixtures.some((law) => law.nearScale === 0)).toBe(true);
  });

  it('has atoms with small integer coordinates, distinguished by how many there are', () => {
    for (const law of only('atoms').filter(
      (atoms) => inputLawLabel(atoms) !== 'input:rare-far-atom',
    )) {
      expect(law.points.flat().every((entry) => Number.isInteger(entry))).toBe(true);
      expect(law.probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 14);
      const label = inputLawLabel(law);
      const distinct = new Set(law.points.map(String)).size;
      expect(label).toBe(
        distinct === 1 ? 'input:one-atom' : distinct === 2 ? 'input:two-atoms' : 'input:few-atoms',
      );
    }
  });

  it('has rare far atoms on both sides, which balance the mean or do not', () => {
    const laws = only('atoms').filter((law) => inputLawLabel(law) === 'input:rare-far-atom');
    expect(new Set(laws.map((law) => law.probabilities.at(-1)))).toEqual(
      new Set([0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002, 0.0001]),
    );
    for (const { points, probabilities, dimension } of laws) {
      const rare = probabilities[dimension];
      const far = points[dimension][0];
      expect(points).toHaveLength(dimension + 1);
      expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
      // Of each coordinate: near atoms give ±(1 − p)/d, the rare one ∓reach/d.
      const near = points[0][0] * probabilities[0];
      const reach = (-far * rare) / (points[0][0] / dimension);
      expect([0.1, 1, 10].some((one) => Math.abs(reach - one) < 1e-9)).toBe(true);
      expect(Math.sign(far)).toBe(-Math.sign(near));
      if (Math.abs(reach - 1) < 1e-9) {
        expect(Math.abs(near + rare * far)).toBeLessThanOrEqual((1 + 1e-9) * (rare / dimension));
      }
    }
    expect(new Set(laws.map(({ points }) => Math.sign(points[0][0])))).toEqual(new Set([1, -1]));
    const [balanced] = laws.filter(({ points }) => points.length === 2 && points[1][0] < 0);
    expect(balanced.points[0]).toEqual([1]);
  });

  it('has unit normals and directions, on the axis or not, with and without offset', () => {
    for (const law of [...only('hyperplane'), ...only('halfspace')]) {
      expect(dot(law.normal, law.normal)).toBeCloseTo(1, 14);
    }
    expect(new Set(only('hyperplane').map((law) => law.offset === 0)).size).toBe(2);
    expect(new Set(only('halfspace').map((law) => law.margin === 0)).size).toBe(2);
    expect(new Set(only('line').map((law) => law.direction[0] === 1)).size).toBe(2);
  });

  it('shrinks to a standard Gaussian in one dimension', () => {
    const result = fc.check(
      fc.property(inputLaws({ inputDim: { min: 1, max: 9 } }), () => false),
      { seed: 2 },
    );
    expect(result.counterexample).toEqual([{ name: 'gaussian', dimension: 1 }]);
  });

  it('shrinks within a member towards its simplest law', () => {
    expect(smallest(['hyperplane'])).toEqual({
      name: 'hyperplane',
      dimension: 2,
      normal: [1, 0],
      offset: 0,
    });
    expect(smallest(['few-atoms'])).toEqual({
      name: 'atoms',
      dimension: 1,
      points: [[0], [0], [0]],
      probabilities: [1 / 3, 1 / 3, 1 / 3],
    });
    expect(smallest(['student-t'])).toEqual({ name: 'student-t', dimension: 1, degrees: 1 });
  });

  it('leaves out members that need two dimensions, or says that they do', () => {
    const flat = fc.sample(inputLaws({ inputDim: 1 }), { seed: 1, numRuns: 2000, unbiased: true });
    const labels = new Set(flat.map(inputLawLabel));
    for (const member of ['line', 'half-line', 'hyperplane', 'singular-gaussian'] as const) {
      expect(labels.has(`input:${member}`)).toBe(false);
      expect(() => inputLaws({ inputDim: 1, members: [member] })).toThrow(
        new RangeError(`inputLaws: members must fit the sizes asked for, got ${member}`),
      );
    }
  });

  it('rejects a range that is none', () => {
    expect(() => inputLaws({ inputDim: 0 })).toThrow(
      new RangeError('inputLaws: inputDim must be integers with 1 ≤ min ≤ max, got 0…0'),
    );
  });
});

describe('inputLawPhrases', () => {
  it('has a phrase for every label, or for those asked for', () => {
    expect(Object.keys(inputLawPhrases())).toEqual(ALL.map((member) => `input:${member}`));
    expect(inputLawPhrases(['gaussian'])).toEqual({ 'input:gaussian': 'X: N(0, I)' });
  });
});
