import { describe, expect, test } from 'vitest';
import {
  chiSquare,
  exponential,
  gamma,
  normal,
  normalVector,
  pareto,
  permutation,
  rademacher,
  studentT,
  uniformBetween,
} from './laws.js';
import { randomSource } from './random.js';
import type { RandomSource } from './random.js';
import { normalCdf, regularisedIncompleteBeta, regularisedLowerGamma } from './special.js';
import {
  hashOfBits,
  ksLimit,
  ksStatistic,
  meanDeviation,
  meanLimit,
  serialDeviation,
} from './testing/law-tests.js';

const SAMPLE_SIZE = 20_000;

interface LawCase {
  readonly name: string;
  readonly draw: (random: RandomSource) => number;
  readonly cdf: (x: number) => number;
  /** Mean and standard deviation, where the variance is finite. */
  readonly moments?: readonly [mean: number, deviation: number];
  readonly pinned: number;
}

function studentTCdf(t: number, degrees: number): number {
  const tail = 0.5 * regularisedIncompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
  return t < 0 ? tail : 1 - tail;
}

const gammaCase = (shape: number, pinned: number): LawCase => ({
  name: `gamma(${shape})`,
  draw: (random) => gamma(random, shape),
  cdf: (x) => regularisedLowerGamma(shape, x),
  moments: [shape, Math.sqrt(shape)],
  pinned,
});

const LAWS: readonly LawCase[] = [
  { name: 'normal', draw: normal, cdf: normalCdf, moments: [0, 1], pinned: -218887333 },
  {
    name: 'exponential',
    draw: exponential,
    cdf: (x) => -Math.expm1(-x),
    moments: [1, 1],
    pinned: -2028453348,
  },
  gammaCase(0.2, 489809836),
  gammaCase(1, -2104373002),
  gammaCase(2.5, -1038687190),
  gammaCase(300, -923868629),
  {
    name: 'chiSquare(3)',
    draw: (random) => chiSquare(random, 3),
    cdf: (x) => regularisedLowerGamma(1.5, x / 2),
    moments: [3, Math.sqrt(6)],
    pinned: -820547436,
  },
  {
    name: 'studentT(1), the Cauchy law',
    draw: (random) => studentT(random, 1),
    cdf: (x) => 0.5 + Math.atan(x) / Math.PI,
    pinned: 1320008623,
  },
  {
    name: 'studentT(2.5)',
    draw: (random) => studentT(random, 2.5),
    cdf: (x) => studentTCdf(x, 2.5),
    pinned: 1227436367,
  },
  {
    name: 'studentT(8)',
    draw: (random) => studentT(random, 8),
    cdf: (x) => studentTCdf(x, 8),
    moments: [0, Math.sqrt(8 / 6)],
    pinned: -1534130475,
  },
  {
    name: 'pareto(1.5)',
    draw: (random) => pareto(random, 1.5),
    cdf: (x) => 1 - x ** -1.5,
    pinned: 386804439,
  },
  {
    name: 'uniformBetween(-2, 5)',
    draw: (random) => uniformBetween(random, -2, 5),
    cdf: (x) => (x + 2) / 7,
    moments: [1.5, 7 / Math.sqrt(12)],
    pinned: 39882639,
  },
];

describe.each(LAWS)('$name', ({ name, draw, cdf, moments, pinned }) => {
  const random = randomSource('law', name);
  const sample = Array.from({ length: SAMPLE_SIZE }, () => draw(random));

  test('has the right distribution function', () => {
    expect(ksStatistic(sample, cdf)).toBeLessThan(ksLimit);
  });

  test('has the right tails', () => {
    // The number of draws in a tail of probability 1/1000 is nearly Poisson with mean 20, which
    // leaves 1…44 with probability below 2e-6.
    const p = 0.001;
    for (const count of [
      sample.filter((x) => cdf(x) < p).length,
      sample.filter((x) => cdf(x) > 1 - p).length,
    ]) {
      expect(count).toBeLessThanOrEqual(44);
      expect(count).toBeGreaterThanOrEqual(1);
    }
  });

  test('has the right mean, and independent draws', () => {
    // The law's own quantiles are uniform, whatever its moments.
    const ranks = sample.map(cdf);
    expect(serialDeviation(ranks)).toBeLessThan(meanLimit);
    if (moments === undefined) return;
    const [mean, deviation] = moments;
    expect(meanDeviation(sample, mean, deviation)).toBeLessThan(meanLimit);
  });

  test('draws the same bits on every machine', () => {
    const fresh = randomSource('pinned', name);
    expect(hashOfBits(Array.from({ length: 1000 }, () => draw(fresh)))).toBe(pinned);
  });
});

describe('normalVector', () => {
  test('has independent standard normal coordinates', () => {
    const random = randomSource('law', 'normalVector');
    const sample = Array.from({ length: 8000 }, () => normalVector(random, 3));
    for (let i = 0; i < 3; i += 1) {
      const column = sample.map((x) => x[i]);
      expect(ksStatistic(column, normalCdf)).toBeLessThan(ksLimit);
      expect(
        meanDeviation(
          column.map((x) => x * x),
          1,
          Math.sqrt(2),
        ),
      ).toBeLessThan(meanLimit);
      for (let j = 0; j < i; j += 1) {
        // Products, and products of squares: the polar method couples its two draws by a radius.
        const products = sample.map((x) => x[i] * x[j]);
        expect(meanDeviation(products, 0, 1)).toBeLessThan(meanLimit);
        const squares = sample.map((x) => (x[i] * x[i] - 1) * (x[j] * x[j] - 1));
        expect(meanDeviation(squares, 0, 2)).toBeLessThan(meanLimit);
      }
    }
    // ‖x‖² is χ²₃.
    const squares = sample.map((x) => x.reduce((sum, entry) => sum + entry * entry, 0));
    expect(ksStatistic(squares, (x) => regularisedLowerGamma(1.5, x / 2))).toBeLessThan(ksLimit);
  });

  test('has the stated length', () => {
    const random = randomSource('length');
    expect([0, 1, 2, 7].map((d) => normalVector(random, d).length)).toEqual([0, 1, 2, 7]);
    expect(() => normalVector(random, -1)).toThrow(
      'normalVector: dimension must be an integer ≥ 0, got -1',
    );
  });
});

describe('permutation', () => {
  test('gives all 24 orders of four equally often', () => {
    const random = randomSource('law', 'permutation');
    const counts = new Map<string, number>();
    const draws = 24_000;
    for (let i = 0; i < draws; i += 1) {
      const key = permutation(random, 4).join('');
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    const expected = draws / 24;
    const chi = [...counts.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    // P(χ²₂₃ > 73.6) = 3e-7.
    expect(chi).toBeLessThan(73.6);
  });

  test('is a permutation, of any size', () => {
    const random = randomSource('size');
    for (const size of [0, 1, 2, 100]) {
      const sorted = permutation(random, size).sort((a, b) => a - b);
      expect(sorted).toEqual(Array.from({ length: size }, (_, i) => i));
    }
    expect(() => permutation(random, 1.5)).toThrow(
      'permutation: size must be an integer ≥ 0, got 1.5',
    );
  });
});

describe('rademacher', () => {
  test('is a fair sign', () => {
    const random = randomSource('law', 'rademacher');
    const sample = Array.from({ length: SAMPLE_SIZE }, () => rademacher(random));
    expect(new Set(sample)).toEqual(new Set([-1, 1]));
    expect(meanDeviation(sample, 0, 1)).toBeLessThan(meanLimit);
    expect(serialDeviation(sample)).toBeLessThan(meanLimit);
  });
});

describe('limits of the parameters', () => {
  const random = randomSource('limits');

  test('extreme shapes give finite draws', () => {
    for (const shape of [1e-3, 1e-2, 1e6, 1e12]) {
      const draws = Array.from({ length: 50 }, () => gamma(random, shape));
      expect(draws.every((x) => x >= 0 && x < Infinity)).toBe(true);
    }
    expect(uniformBetween(random, 1, 1 + Number.EPSILON)).toBe(1);
  });

  test('parameters out of range are refused', () => {
    expect(() => gamma(random, 0)).toThrow('gamma: shape must be finite and > 0, got 0');
    expect(() => chiSquare(random, NaN)).toThrow(
      'chiSquare: degrees must be finite and > 0, got NaN',
    );
    expect(() => studentT(random, Infinity)).toThrow(
      'studentT: degrees must be finite and > 0, got Infinity',
    );
    expect(() => pareto(random, -1)).toThrow('pareto: tail must be finite and > 0, got -1');
    expect(() => uniformBetween(random, 2, 2)).toThrow(
      'uniformBetween: lower and upper must be finite with lower < upper, got 2 and 2',
    );
  });
});
