import { describe, expect, it } from 'vitest';
import {
  fatShatteringUpperBound,
  lineFatShatteringDimension,
  logAffineDichotomyCount,
} from './fat-shattering.js';

describe('logAffineDichotomyCount', () => {
  it("is the logarithm of Cover's number", () => {
    expect(Math.exp(logAffineDichotomyCount(5, 1))).toBeCloseTo(10, 10);
    expect(Math.exp(logAffineDichotomyCount(4, 2))).toBeCloseTo(14, 10);
    expect(Math.exp(logAffineDichotomyCount(14, 5))).toBeCloseTo(4760, 8);
    expect(Math.exp(logAffineDichotomyCount(6, 9))).toBeCloseTo(64, 10);
    expect(logAffineDichotomyCount(5000, 4999)).toBeCloseTo(5000 * Math.LN2, 6);
  });
});

describe('lineFatShatteringDimension', () => {
  it('is 0 below 𝓜A = 2γ and even from there on', () => {
    const cases = [
      [1, 0],
      [1.99, 0],
      [2, 2],
      [5.99, 2],
      [6, 4],
      [10, 6],
      [100, 50],
    ];
    for (const [ratio, dimension] of cases) {
      expect(lineFatShatteringDimension(ratio)).toBe(dimension);
    }
  });

  it('agrees with brute force over all sign vectors of a grid of heights', () => {
    // h on a line may be taken with values in {−1, 1} times the width: brute force over all sign vectors.
    for (let n = 1; n <= 10; n += 1) {
      let dearest = 0;
      for (let mask = 0; mask < 2 ** n; mask += 1) {
        const h = Array.from({ length: n }, (_, i) => ((mask >> i) & 1 ? 1 : -1));
        let cost = Math.abs(h[0] + h[n - 1]);
        for (let i = 1; i < n; i += 1) cost += Math.abs(h[i] - h[i - 1]);
        dearest = Math.max(dearest, cost / 2);
      }
      // 𝓜A/γ = 2·norm is where n points become possible.
      expect(lineFatShatteringDimension(2 * dearest)).toBeGreaterThanOrEqual(n);
      expect(lineFatShatteringDimension(2 * dearest - 1e-9)).toBeLessThan(n);
    }
  });
});

describe('fatShatteringUpperBound', () => {
  it('is above the exact dimension on a line and above d + 1', () => {
    for (const ratio of [2, 3, 6, 20, 100, 1000]) {
      expect(fatShatteringUpperBound(1, ratio)).toBeGreaterThanOrEqual(
        lineFatShatteringDimension(ratio),
      );
      for (const d of [1, 2, 5, 20]) {
        expect(fatShatteringUpperBound(d, ratio)).toBeGreaterThanOrEqual(d + 1);
      }
    }
    expect(fatShatteringUpperBound(3, 1.9)).toBe(0);
  });

  it('is the last n that satisfies the inequality', () => {
    for (const [d, ratio] of [
      [1, 2],
      [2, 7],
      [5, 40],
    ]) {
      const n = fatShatteringUpperBound(d, ratio);
      const slack = (m: number): number => (ratio * ratio * logAffineDichotomyCount(m, d)) / 2 - m;
      expect(slack(n)).toBeGreaterThanOrEqual(0);
      for (let m = n + 1; m < 4 * n; m += 1 + (n >> 4)) {
        expect(slack(m)).toBeLessThan(0);
      }
    }
  });
});
