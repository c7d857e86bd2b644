import { describe, expect, test } from 'vitest';
import { mayFallToZero } from './rate-curve.js';

const SIZES = [8, 16, 32, 64, 128, 256];
const ladder = (rate: (size: number) => number, trials: number, unknown = 0) =>
  SIZES.map((size) => ({
    logSize: Math.log(size),
    trials: trials + unknown,
    successes: Math.round(trials * rate(size)),
    unknown,
  }));

describe('mayFallToZero', () => {
  test('powers of at least a fifth and logarithms may', () => {
    for (const rate of [
      (n: number) => n ** -0.2,
      (n: number) => 8 / n,
      (n: number) => 0.9 * (n / 8) ** -0.3,
      (n: number) => 1 / Math.log(n),
      (n: number) => 1 / Math.log2(n) ** 2,
      () => 0,
    ]) {
      expect(mayFallToZero(ladder(rate, 5000), 0.2, 1e-6)).toBe(true);
    }
  });

  test('a constant rate and one that rises may not, given enough trials', () => {
    for (const rate of [() => 0.5, () => 1, (n: number) => 0.3 * (n / 8) ** 0.2]) {
      expect(mayFallToZero(ladder(rate, 1000), 0.2, 1e-6)).toBe(false);
      expect(mayFallToZero(ladder(rate, 5), 0.2, 1e-6)).toBe(true);
    }
  });

  test('trials that may be successes or not decide nothing', () => {
    expect(
      mayFallToZero(
        ladder(() => 1, 100, 5),
        0.2,
        1e-6,
      ),
    ).toBe(false);
    expect(
      mayFallToZero(
        ladder(() => 1, 10, 1000),
        0.2,
        1e-6,
      ),
    ).toBe(true);
  });
});
