import { describe, expect, test } from 'vitest';
import { normal, randomSource } from '../math/index.js';
import { exponentLimits, surelyRises } from './exponent-limits.js';
import type { LadderSample } from './quantile-curve.js';
import { quantileSlope } from './sample-quantiles.js';

const ladder = (sizes: readonly number[], draw: (size: number) => number, n = 40): LadderSample[] =>
  sizes.map((size) => ({
    logSize: Math.log(size),
    bins: Array.from({ length: n }, () => Math.log(draw(size)))
      .sort((a, b) => a - b)
      .map((y) => ({ low: y, high: y, count: 1 })),
    unknown: 0,
  }));

const noisy = (key: string, curve: (size: number) => number, sigma: number) => {
  const random = randomSource('exponent-limits', key);
  return (size: number) => curve(size) * Math.exp(sigma * normal(random));
};

const SIZES = [8, 16, 32, 64, 128, 256, 512, 1024];

describe('exponentLimits', () => {
  test('contain the exponent beside a power, a logarithm and transients', () => {
    const truths: readonly (readonly [number, (size: number) => number])[] = [
      [0.7, (s) => 3 * s ** 0.7],
      [0, () => 5],
      [-0.4, (s) => s ** -0.4],
      [0.3, (s) => s ** 0.3 * Math.log(s)],
      [0, (s) => Math.log(s) ** 2],
      [0.2, (s) => s ** 0.2 * (1 - 7 / s)],
      [0.5, (s) => s ** 0.5 * (1 + 30 / s)],
    ];
    truths.forEach(([exponent, curve], i) => {
      for (const sigma of [0.01, 0.3]) {
        const { lower, upper } = exponentLimits(
          ladder(SIZES, noisy(`truth-${i}-${sigma}`, curve, sigma)),
          0.5,
          0.01,
        );
        expect(lower).toBeLessThanOrEqual(exponent);
        expect(upper).toBeGreaterThanOrEqual(exponent);
      }
    });
  });

  test('are narrow enough to tell a power from a constant', () => {
    const draws = ladder(
      SIZES,
      noisy('power', (s) => s, 0.1),
    );
    expect(exponentLimits(draws, 0.5, 1e-6).lower).toBeGreaterThan(0.5);
    const { slope, standardError } = quantileSlope(draws, 0.5);
    expect(slope).toBeCloseTo(1, 1);
    expect(standardError).toBeLessThan(0.05);
  });

  test('are not empty where no shape of the family is near the truth, and say that none fits', () => {
    const zigzag = (s: number) => (Math.round(Math.log2(s)) % 2 === 0 ? 10 : 1);
    const { lower, upper, fits } = exponentLimits(
      ladder(SIZES, noisy('zigzag', zigzag, 0.01), 400),
      0.5,
      0.01,
    );
    expect(fits).toBe(false);
    expect(lower).toBeLessThan(0.1);
    expect(upper).toBeGreaterThan(-0.1);
  });

  test('are infinite with few draws, unknown ones, or values without a logarithm', () => {
    const infinite = { lower: -Infinity, upper: Infinity };
    expect(
      exponentLimits(
        ladder([8, 16, 32], () => 1, 2),
        0.5,
        0.01,
      ),
    ).toMatchObject(infinite);
    const unknown = ladder(SIZES, (s) => s).map((sample) => ({ ...sample, unknown: 40 }));
    expect(exponentLimits(unknown, 0.5, 0.01)).toMatchObject(infinite);
    const zero = ladder(SIZES, () => 0);
    expect(exponentLimits(zero, 0.5, 0.01)).toMatchObject({ estimate: NaN, ...infinite });
  });
});

test('a rise is sure when both sizes show it, not by a draw or two', () => {
  const two = (a: number, b: number, n: number) =>
    ladder([1, 2], (s) => (s === 1 ? a : b), n) as [LadderSample, LadderSample];
  expect(surelyRises(two(1, 2, 40), 0.5, 1e-6)).toBe(true);
  expect(surelyRises(two(1, 2, 5), 0.5, 1e-6)).toBe(false);
  expect(surelyRises(two(2, 1, 400), 0.5, 1e-6)).toBe(false);
  expect(surelyRises(two(1, 1, 400), 0.5, 1e-6)).toBe(false);
  const [few] = two(2, 2, 1);
  expect(surelyRises([two(1, 1, 400)[0], few], 0.5, 1e-6)).toBe(false);
});
