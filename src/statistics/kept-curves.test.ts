import { describe, expect, test } from 'vitest';
import { normal, randomSource } from '../math/index.js';
import { keptCurves } from './kept-curves.js';
import type { QuantileEvidence } from './quantile-curve.js';
import { quantileEvidence } from './quantile-curve.js';

const evidence = (values: readonly number[], unknown = 0): QuantileEvidence =>
  quantileEvidence(
    {
      logSize: 0,
      bins: values
        .toSorted((a, b) => a - b)
        .map((value) => ({ low: value, high: value + 0.05, count: 1 })),
      unknown,
    },
    0.5,
  );

/** The outermost kept exponent on a grid: what an exhaustive search must not fall short of. */
function byBruteForce(
  rungs: readonly QuantileEvidence[],
  sizes: readonly number[],
  factors: readonly number[],
  threshold: number,
): { readonly lower: number; readonly upper: number } {
  let [lower, upper] = [Infinity, -Infinity];
  for (let e = -4; e <= 4; e += 0.02) {
    for (let mu = -8; mu <= 8; mu += 0.02) {
      const sum = rungs.reduce(
        (total, rung, j) => total + rung.at(mu + e * sizes[j] + factors[j]),
        0,
      );
      if (sum < threshold) [lower, upper] = [Math.min(lower, e), Math.max(upper, e)];
    }
  }
  return { lower, upper };
}

describe('keptCurves', () => {
  test.each([0, 1, 2, 3, 4, 5])(
    'finds what a fine grid finds, and no more than the width of a bin beside it: ladder %i',
    (ladder) => {
      const random = randomSource('kept-curves', 'grid', ladder);
      const sizes = [0, 0.7, 1.4, 2.1];
      const slope = 2 * random.uniform() - 1;
      const rungs = sizes.map((u) =>
        evidence(
          Array.from({ length: 30 }, () => slope * u + 0.3 * normal(random)),
          ladder % 3,
        ),
      );
      const factors = sizes.map((u) => (ladder % 2 === 0 ? 0 : Math.log1p(u)));
      const { outermost } = keptCurves(rungs, sizes, 3);
      const grid = byBruteForce(rungs, sizes, factors, 3);
      const lower = outermost(factors, -1, Infinity) ?? NaN;
      const upper = outermost(factors, 1, -Infinity) ?? NaN;
      expect(lower).toBeLessThanOrEqual(grid.lower);
      expect(upper).toBeGreaterThanOrEqual(grid.upper);
      expect(lower).toBeGreaterThan(grid.lower - 0.05);
      expect(upper).toBeLessThan(grid.upper + 0.05);
      expect(outermost(factors, 1, upper + 0.001)).toBeNull();
      expect(outermost(factors, -1, lower - 0.001)).toBeNull();
    },
  );

  test('keeps every exponent where nothing is known, or beside values of 0, and none with too much evidence', () => {
    const unknown = evidence([], 30);
    const zero = quantileEvidence(
      { logSize: 0, bins: [{ low: -Infinity, high: -Infinity, count: 30 }], unknown: 0 },
      0.5,
    );
    const one = evidence(Array.from({ length: 30 }, () => 0));
    expect(keptCurves([unknown, unknown], [0, 7], 3).outermost([0, 0], 1, -Infinity)).toBe(
      Infinity,
    );
    expect(keptCurves([unknown, one], [0, 7], 3).outermost([0, 0], -1, Infinity)).toBe(-Infinity);
    expect(keptCurves([zero, one], [0, 7], 3).outermost([0, 0], 1, -Infinity)).toBeNull();
    expect(keptCurves([one, one], [0, 7], -9).outermost([0, 0], 1, -Infinity)).toBeNull();
    expect(keptCurves([], [], 3).outermost([], 1, -Infinity)).toBeNull();
  });

  test('a range without an end steps at its other end', () => {
    const above = quantileEvidence(
      { logSize: 0, bins: [{ low: 700, high: Infinity, count: 30 }], unknown: 0 },
      0.5,
    );
    const { outermost } = keptCurves([above, above, above], [0, 0.1, 0.2], 3);
    expect(outermost([0, 0, 0], -1, 0.01)).not.toBeNull();
  });

  test('two rungs at the same size must agree', () => {
    const low = evidence(Array.from({ length: 60 }, () => 0));
    const high = evidence(Array.from({ length: 60 }, () => 5));
    const flat = [0, 0];
    expect(keptCurves([low, low], [1, 1], 3).outermost(flat, 1, -Infinity)).toBe(Infinity);
    expect(keptCurves([low, high], [1, 1], 3).outermost(flat, 1, -Infinity)).toBeNull();
  });
});
