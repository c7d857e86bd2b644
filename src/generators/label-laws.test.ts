import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erf, normalVector, randomSource } from '../math/index.js';
import { decodeJson, encodeJson, evaluate } from '../model/index.js';
import { gammaRatio } from './gamma-ratio.js';
import { drawLabelLaw, labelLawSpecs } from './label-law-specs.js';
import {
  drawLabels,
  LABEL_LAW_PHRASES,
  labelBound,
  labelLawLabel,
  meanAbsoluteLabel,
} from './label-laws.js';
import type { LabelLaw } from './label-laws.js';
import {
  errorsFrom,
  kolmogorovDistance,
  kolmogorovLimit,
  STANDARD_ERRORS,
} from './testing/statistics.js';

const SIZE = 10_000;
const gaussians = randomSource('label-laws', 'inputs');
const INPUTS = Array.from({ length: SIZE }, () => normalVector(gaussians, 3));

function labels(law: LabelLaw, inputs: readonly (readonly number[])[] = INPUTS): number[] {
  return drawLabels(law, inputs, randomSource('label-laws', JSON.stringify(encodeJson(law))));
}

function absoluteT(degrees: number): number | null {
  return meanAbsoluteLabel({ name: 'student-t', degrees, scale: 1 });
}

/** Laws whose |Y| has a fourth moment, so that six standard errors mean what they say. */
const INDEPENDENT: readonly LabelLaw[] = [
  { name: 'zero' },
  { name: 'constant', value: -3 },
  { name: 'fair-sign', scale: 2 },
  { name: 'bounded', scale: 0.5 },
  { name: 'gaussian', scale: 1e-6 },
  { name: 'gaussian', scale: 1e6 },
  { name: 'student-t', degrees: 5, scale: 2 },
  { name: 'student-t', degrees: 8.25, scale: 1 },
  { name: 'pareto', tail: 6.4, scale: 3 },
  { name: 'parity', coordinates: [0, 2], scale: 5 },
  { name: 'sign', direction: [0.6, 0, -0.8], scale: 5 },
];

describe('drawLabels', () => {
  it.each(INDEPENDENT.map((law) => [JSON.stringify(law), law] as const))(
    '%s has the mean absolute label and the bound that it states',
    (_, law) => {
      const sizes = labels(law).map(Math.abs);
      expect(errorsFrom(sizes, meanAbsoluteLabel(law) ?? NaN)).toBeLessThan(STANDARD_ERRORS);
      const bound = labelBound(law) ?? NaN;
      expect(Math.max(...sizes)).toBeLessThanOrEqual(bound);
      // The bound is essential: the sample comes within 0.1 % of it, or keeps growing.
      if (bound < Infinity) expect(Math.max(...sizes)).toBeGreaterThanOrEqual(0.999 * bound);
    },
  );

  it('draws the distributions that it names', () => {
    const tests: readonly (readonly [LabelLaw, (y: number) => number])[] = [
      [{ name: 'bounded', scale: 2 }, (y) => (y + 2) / 4],
      [{ name: 'gaussian', scale: 3 }, (y) => (1 + erf(y / 3 / Math.SQRT2)) / 2],
      // Student t with one and two degrees of freedom.
      [{ name: 'student-t', degrees: 1, scale: 1 }, (y) => 0.5 + Math.atan(y) / Math.PI],
      [
        { name: 'student-t', degrees: 2, scale: 2 },
        (y) => 0.5 + y / 2 / (2 * Math.sqrt(2 + (y * y) / 4)),
      ],
      [{ name: 'pareto', tail: 64 / 63, scale: 5 }, (y) => 1 - (y / 5) ** (-64 / 63)],
    ];
    for (const [law, distribution] of tests) {
      expect(kolmogorovDistance(labels(law), distribution)).toBeLessThan(kolmogorovLimit(SIZE));
    }
  });

  it('draws independent labels, independent of the inputs', () => {
    const drawn = labels({ name: 'student-t', degrees: 1.25, scale: 1 }).map(Math.atan);
    const neighbours = drawn.slice(1).map((y, i) => y * drawn[i]);
    expect(errorsFrom(neighbours, 0)).toBeLessThan(STANDARD_ERRORS);
    const withInputs = drawn.map((y, i) => y * INPUTS[i][0]);
    expect(errorsFrom(withInputs, 0)).toBeLessThan(STANDARD_ERRORS);
    const law: LabelLaw = { name: 'fair-sign', scale: 2 };
    expect(errorsFrom(labels(law), 0)).toBeLessThan(STANDARD_ERRORS);
    expect(new Set(labels(law))).toEqual(new Set([-2, 2]));
  });

  it('gives a prefix of the inputs a prefix of the labels', () => {
    for (const law of INDEPENDENT) {
      expect(labels(law, INPUTS.slice(0, 7))).toEqual(labels(law, INPUTS.slice(0, 20)).slice(0, 7));
    }
  });

  it('computes functions of X', () => {
    const inputs = [
      [1, 2, 3],
      [-1, 2, -3],
      [-1, 0, 3],
      [0, -1, -0],
    ];
    expect(labels({ name: 'parity', coordinates: [0, 2], scale: 2 }, inputs)).toEqual([
      2, 2, -2, 2,
    ]);
    // sgn 0 = 1, for both zeros.
    expect(labels({ name: 'parity', coordinates: [2], scale: 2 }, inputs)).toEqual([2, -2, 2, 2]);
    expect(labels({ name: 'parity', coordinates: [], scale: 2 }, inputs)).toEqual([2, 2, 2, 2]);
    expect(labels({ name: 'sign', direction: [0, 1, 0], scale: 3 }, inputs)).toEqual([3, 3, 3, -3]);
    const teacher = {
      activation: { name: 'relu' },
      inputDim: 3,
      inner: [
        [1, 0, 0],
        [0, 1, 1],
      ],
      outer: [2, -1],
    } as const;
    expect(labels({ name: 'teacher', teacher }, inputs)).toEqual([2 - 5, 0, -3, 0]);
  });

  it('rejects parameters out of range', () => {
    const rejected: readonly (readonly [LabelLaw, string])[] = [
      [{ name: 'gaussian', scale: 0 }, 'checkLabelLaw: scale must be positive and finite, got 0'],
      [
        { name: 'student-t', degrees: -1, scale: 1 },
        'checkLabelLaw: degrees must be positive and finite, got -1',
      ],
      [
        { name: 'pareto', tail: NaN, scale: 1 },
        'checkLabelLaw: tail must be positive and finite, got NaN',
      ],
      [{ name: 'constant', value: NaN }, 'checkLabelLaw: value must be finite, got NaN'],
      [
        { name: 'parity', coordinates: [0, 0.5], scale: 1 },
        'checkLabelLaw: coordinates must be integers ≥ 0, got 0, 0.5',
      ],
      [
        { name: 'parity', coordinates: [3], scale: 1 },
        'drawLabels: coordinates must be below 3 (inputDim), got 3',
      ],
    ];
    for (const [law, message] of rejected) {
      expect(() => labels(law)).toThrow(new RangeError(message));
    }
  });
});

describe('meanAbsoluteLabel', () => {
  it('is the closed form for t with integer degrees of freedom', () => {
    // ν = 2: ∫|y|(2+y²)^{−3/2} dy; the others from Γ at integers and half-integers.
    expect(absoluteT(2)).toBeCloseTo(Math.SQRT2, 12);
    expect(absoluteT(3)).toBeCloseTo((2 * Math.sqrt(3)) / Math.PI, 12);
    expect(absoluteT(4)).toBeCloseTo(1, 12);
    expect(absoluteT(5)).toBeCloseTo((4 * Math.sqrt(5)) / (3 * Math.PI), 12);
    expect(absoluteT(1)).toBe(Infinity);
    expect(meanAbsoluteLabel({ name: 'pareto', tail: 1, scale: 1 })).toBe(Infinity);
    expect(meanAbsoluteLabel({ name: 'pareto', tail: 1.5, scale: 2 })).toBe(6);
  });
});

describe('gammaRatio', () => {
  it('is Γ(x+½)/Γ(x)', () => {
    const root = Math.sqrt(Math.PI);
    // Γ(1)/Γ(½), Γ(3/2)/Γ(1), Γ(2)/Γ(3/2), Γ(5/2)/Γ(2).
    for (const [x, value] of [
      [0.5, 1 / root],
      [1, root / 2],
      [1.5, 2 / root],
      [2, (3 * root) / 4],
    ]) {
      expect(Math.abs(gammaRatio(x) / value - 1)).toBeLessThan(1e-13);
    }
    // r(x)·r(x+½) = x at every x, by the definition of Γ(x+1).
    for (const x of [0.01, 0.3, 7.7, 63.5, 64, 1e3, 1e9]) {
      expect(Math.abs((gammaRatio(x) * gammaRatio(x + 0.5)) / x - 1)).toBeLessThan(1e-13);
    }
    expect(() => gammaRatio(0)).toThrow(
      new RangeError('gammaRatio: x must be positive and finite, got 0'),
    );
  });
});

describe('the pool of label laws', () => {
  const drawn = fc.sample(labelLawSpecs(), { seed: 6, numRuns: 4000, unbiased: true });

  it('reaches every member and both ends of its parameters', () => {
    expect(new Set<string>(drawn.map(labelLawLabel))).toEqual(
      new Set(Object.keys(LABEL_LAW_PHRASES)),
    );
    const tails = drawn.flatMap((spec) => (spec.name === 'pareto' ? [spec.tail] : []));
    expect([Math.min(...tails), Math.max(...tails)]).toEqual([64 / 63, 64]);
    const degrees = drawn.flatMap((spec) => (spec.name === 'student-t' ? [spec.degrees] : []));
    expect([Math.min(...degrees), Math.max(...degrees)]).toEqual([1.25, 20]);
    const scales = drawn.flatMap((spec) => ('scale' in spec ? [spec.scale] : []));
    expect([Math.min(...scales), Math.max(...scales)]).toEqual([1e-6, 1e6]);
  });

  it('draws laws for any dimension, with finite labels, that survive JSON', () => {
    const random = randomSource('pool');
    for (const spec of drawn.slice(0, 800)) {
      for (const inputDim of [1, 4]) {
        const inputs = Array.from({ length: 3 }, () => normalVector(random, inputDim));
        const law = drawLabelLaw(spec, inputDim, randomSource('law'));
        expect(drawLabelLaw(spec, inputDim, randomSource('law'))).toEqual(law);
        expect(labelLawLabel(law)).toBe(labelLawLabel(spec));
        const ys = labels(law, inputs);
        expect(ys.every((y) => Number.isFinite(y))).toBe(true);
        expect(labels(decodeJson(encodeJson(law)) as unknown as LabelLaw, inputs)).toEqual(ys);
        if (law.name === 'teacher') expect(ys).toEqual(inputs.map((x) => evaluate(law.teacher, x)));
      }
    }
  });

  it('shrinks to the label 0, and scales to 1', () => {
    const simplest = fc.check(
      fc.property(labelLawSpecs(), () => false),
      { seed: 1 },
    );
    expect(simplest.counterexample).toEqual([{ name: 'zero' }]);
    const gaussian = fc.check(
      fc.property(labelLawSpecs({ members: ['gaussian'] }), () => false),
      { seed: 1 },
    );
    expect(gaussian.counterexample).toEqual([{ name: 'gaussian', scale: 1 }]);
  });
});
