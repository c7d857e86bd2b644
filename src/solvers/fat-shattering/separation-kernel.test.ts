import { describe, expect, it } from 'vitest';
import { randomSource } from '../../math/index.js';
import {
  kernelShatteredCount,
  meanAbsoluteCoordinate,
  separationKernel,
} from './separation-kernel.js';
import { shatteringNorm } from './shattering-norm.js';

function randomPoints(key: string, n: number, d: number): number[][] {
  const random = randomSource('kernel', key, n, d);
  return Array.from({ length: n }, () => Array.from({ length: d }, () => random.integer(101) - 50));
}

describe('separationKernel', () => {
  it('has the mean of |w·e| as slope', () => {
    expect(meanAbsoluteCoordinate(1)).toBe(1);
    expect(meanAbsoluteCoordinate(2)).toBeCloseTo(2 / Math.PI, 15);
    expect(meanAbsoluteCoordinate(3)).toBe(0.5);
    expect(meanAbsoluteCoordinate(4)).toBeCloseTo(4 / (3 * Math.PI), 15);
    expect(meanAbsoluteCoordinate(5)).toBe(0.375);
  });

  it('is the mean product of signs over hyperplanes drawn at random', () => {
    const points = randomPoints('monte carlo', 4, 2);
    const radius = Math.max(...points.map(([x, y]) => Math.sqrt(x * x + y * y)));
    const random = randomSource('kernel', 'hyperplanes');
    const draws = 40_000;
    const sums = points.map(() => points.map(() => 0));
    for (let k = 0; k < draws; k += 1) {
      const angle = 2 * Math.PI * random.uniform();
      const offset = radius * (2 * random.uniform() - 1);
      const signs = points.map(([x, y]) =>
        Math.cos(angle) * x + Math.sin(angle) * y >= offset ? 1 : -1,
      );
      for (const [i, s] of signs.entries()) {
        for (const [j, t] of signs.entries()) sums[i][j] += s * t;
      }
    }
    const kernel = separationKernel(points);
    // Five standard deviations of a mean of signs.
    const tolerance = 5 / Math.sqrt(draws);
    for (const [i, row] of sums.entries()) {
      for (const [j, sum] of row.entries()) {
        expect(Math.abs(sum / draws - kernel[i][j])).toBeLessThan(tolerance);
      }
    }
  });
});

describe('kernelShatteredCount', () => {
  it('never claims more than the linear programs allow', async () => {
    for (const d of [1, 2, 3, 4]) {
      const points = randomPoints('programs', 7, d);
      for (let n = 2; n <= 6; n += 1) {
        const prefix = points.slice(0, n);
        const { lower } = await shatteringNorm(prefix);
        expect(kernelShatteredCount(prefix, lower * (1 - 1e-9))).toBeLessThan(n);
      }
      expect(kernelShatteredCount(points, 1000)).toBe(7);
    }
  });

  it('grows with the norm, and stops before a repeated point', () => {
    const points = randomPoints('growth', 40, 3);
    const counts = [2, 5, 10, 20, 40].map((norm) => kernelShatteredCount(points, norm));
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(counts[0]).toBeLessThan(4);
    expect(counts[4]).toBeGreaterThan(10);
    const repeated = [...points.slice(0, 5), points[2], ...points.slice(5)];
    expect(kernelShatteredCount(repeated, 1e6)).toBe(5);
  });
});
