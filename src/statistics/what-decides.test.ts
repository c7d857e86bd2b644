import { describe, expect, test } from 'vitest';
import { normal, randomSource } from '../math/index.js';
import { exponentLimits } from './exponent-limits.js';
import { histogramOf, binStart } from './log-histogram.js';
import type { LadderSample } from './quantile-curve.js';
import { whatDecides } from './what-decides.js';

const GOAL = { below: 0.5, alphaBelow: 0.01, above: 0.2, alphaAbove: 5e-7 };
const SIZES = [4, 8, 16, 32, 64];

const drawn = (
  key: string,
  sizes: readonly number[],
  curve: (size: number) => number,
  sigma: number,
  n: number,
): LadderSample[] => {
  const random = randomSource('what-decides', key);
  return sizes.map((size) => {
    const { bins } = histogramOf(
      Array.from({ length: n }, () => curve(size) * Math.exp(sigma * normal(random))),
    );
    return {
      logSize: Math.log(size),
      bins: bins.map(([bin, count]) => ({
        low: Math.log(binStart(bin)),
        high: Math.log(binStart(bin + 1)),
        count,
      })),
      unknown: 0,
    };
  });
};

const isDecided = (samples: readonly LadderSample[]): 'below' | 'above' | null => {
  const { upper, fits } = exponentLimits(samples, 0.5, GOAL.alphaBelow);
  if (fits && upper < GOAL.below) return 'below';
  return exponentLimits(samples, 0.5, GOAL.alphaAbove).lower > GOAL.above ? 'above' : null;
};

const TRUTHS = [
  ['a constant', () => 1, 0.05, 'below'],
  ['a constant with much noise', () => 1, 0.7, 'below'],
  ['an edge that settles', (d: number) => 2 - 1.2 * d ** (-2 / 3), 0.02, 'below'],
  ['a fall', (d: number) => d ** -0.5, 0.2, 'below'],
  ['a power of 0.1', (d: number) => d ** 0.1, 0.05, 'below'],
  ['a power of 0.4', (d: number) => d ** 0.4, 0.01, 'above'],
  ['a power of 0.4 with noise', (d: number) => d ** 0.4, 0.05, 'above'],
  ['a power of 0.6 with noise', (d: number) => d ** 0.6, 0.2, 'above'],
] as const;

describe('whatDecides', () => {
  test.each(TRUTHS)('what it says decides %s, drawn afresh', (name, curve, sigma, side) => {
    const pilot = drawn(`${name} pilot`, SIZES, curve, sigma, 120);
    expect(isDecided(pilot)).toBe(null);
    const { larger, draws } = whatDecides(pilot, 0.5, GOAL) ?? {};
    for (let repeat = 0; repeat < 5; repeat += 1) {
      const { sizes = [], draws: n = 0 } = larger ?? {};
      expect(isDecided(drawn(`${name} ${repeat}`, sizes, curve, sigma, n))).toBe(side);
      if (typeof draws === 'number' && draws <= 5000) {
        expect(isDecided(drawn(`${name} more ${repeat}`, SIZES, curve, sigma, draws))).toBe(side);
      }
    }
  });

  test('where no number of draws decides, none does, and sizes to 1024 do', () => {
    for (const [curve, side] of [
      [() => 1, 'below'],
      [(d: number) => d ** 0.4, 'above'],
    ] as const) {
      const found = whatDecides(drawn('pilot', SIZES, curve, 0.001, 120), 0.5, GOAL);
      expect(found).toMatchObject({ draws: null });
      expect(found?.larger?.sizes.at(-1)).toBe(1024);
      expect(isDecided(drawn('many', SIZES, curve, 0.001, 20_000))).toBe(null);
      const { sizes = [], draws = 0 } = found?.larger ?? {};
      expect(isDecided(drawn('longer', sizes, curve, 0.001, draws))).toBe(side);
    }
  });

  test('a power between the two that decide nothing is foreseen to need very long ladders', () => {
    const flat = whatDecides(
      drawn('a', SIZES, () => 1, 0.05, 120),
      0.5,
      GOAL,
    );
    const between = whatDecides(
      drawn('b', SIZES, (d) => d ** 0.35, 0.05, 120),
      0.5,
      GOAL,
    );
    const end = (found: typeof flat) => found?.larger?.sizes.at(-1) ?? Infinity;
    expect(end(between)).toBeGreaterThan(4 * end(flat));
  });

  test('without two known quantiles there is no forecast', () => {
    expect(whatDecides([{ logSize: 0, bins: [], unknown: 3 }], 0.5, GOAL)).toBe(null);
    const [one] = drawn('one', [4], () => 1, 0.1, 10);
    expect(whatDecides([one], 0.5, GOAL)).toBe(null);
  });
});
