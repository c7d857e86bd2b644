import { describe, expect, test } from 'vitest';
import { randomSource } from '../math/index.js';
import { logBernoulliMixture } from './bernoulli-confidence.js';
import type { RateSample } from './rate-curve.js';
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

  test('a grid of falling curves finds none that the search misses', () => {
    const random = randomSource('rate-curve', 'grid');
    for (let draw = 0; draw < 40; draw += 1) {
      const trials = 10 + random.integer(80);
      const unknown = random.integer(2) * random.integer(Math.floor(trials / 2));
      const samples = SIZES.slice(0, 4).map((size) => ({
        logSize: Math.log(size),
        trials,
        successes: random.integer(trials - unknown),
        unknown,
      }));
      const least = leastOnGrid(samples);
      for (const alpha of [0.1, 1e-3, 1e-6]) {
        if (least < -Math.log(alpha)) expect(mayFallToZero(samples, 0.2, alpha)).toBe(true);
      }
    }
  });
});

/** The least evidence against the powers of a grid, whatever the unknown trials are. */
function leastOnGrid(samples: readonly RateSample[]): number {
  let least = Infinity;
  for (let exponent = -3; exponent <= -0.2; exponent += 0.04) {
    for (let highest = -6; highest <= 0; highest += 0.04) {
      const sum = samples.reduce((total, { logSize, trials, successes, unknown }) => {
        const rate = Math.min(1, Math.exp(highest + exponent * (logSize - samples[0].logSize)));
        const evidence = [Math.floor(rate * trials), Math.ceil(rate * trials)].map((k) =>
          logBernoulliMixture(Math.min(Math.max(k, successes), successes + unknown), trials, rate),
        );
        return total + Math.min(...evidence);
      }, 0);
      least = Math.min(least, sum);
    }
  }
  return least;
}
