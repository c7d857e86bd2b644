import { describe, expect, test } from 'vitest';
import { determinantExact } from './rational-linear-algebra.js';
import { randomSource } from './random.js';
import { sign } from './rational.js';
import { orthogonalMatrix, unitSphere } from './rotation-laws.js';
import { regularisedIncompleteBeta } from './special.js';
import { hashOfBits, ksLimit, ksStatistic, meanDeviation, meanLimit } from './testing/law-tests.js';
import { dot, norm } from './vectors.js';

/** The distribution function of one coordinate of a uniform point on the unit sphere of R^d, d ≥ 2. */
function coordinateCdf(t: number, d: number): number {
  const half = 0.5 * regularisedIncompleteBeta(t * t, 0.5, (d - 1) / 2);
  return t < 0 ? 0.5 - half : 0.5 + half;
}

describe('unitSphere', () => {
  test.each([2, 3, 10])('is uniform in R^%i: each coordinate, and a fixed direction', (d) => {
    const random = randomSource('law', 'sphere', d);
    const sample = Array.from({ length: 6000 }, () => unitSphere(random, d));
    const direction = unitSphere(randomSource('direction', d), d);
    const projections = [
      sample.map((x) => x[0]),
      sample.map((x) => x[d - 1]),
      sample.map((x) => dot(x, direction)),
    ];
    for (const values of projections) {
      expect(ksStatistic(values, (t) => coordinateCdf(t, d))).toBeLessThan(ksLimit);
    }
    expect(sample.every((x) => Math.abs(norm(x) - 1) < 4 * Number.EPSILON)).toBe(true);
  });

  test('is a fair sign in R', () => {
    const random = randomSource('law', 'sphere', 1);
    const sample = Array.from({ length: 4000 }, () => unitSphere(random, 1)[0]);
    expect(new Set(sample)).toEqual(new Set([-1, 1]));
    expect(meanDeviation(sample, 0, 1)).toBeLessThan(meanLimit);
  });

  test('draws the same bits on every machine', () => {
    const random = randomSource('pinned', 'sphere');
    expect(hashOfBits(Array.from({ length: 300 }, () => unitSphere(random, 3)).flat())).toBe(
      -1028349233,
    );
  });

  test('wants a dimension ≥ 1', () => {
    expect(() => unitSphere(randomSource('x'), 0)).toThrow(
      'unitSphere: dimension must be an integer ≥ 1, got 0',
    );
  });
});

describe('orthogonalMatrix', () => {
  test.each([1, 2, 3, 8, 40])('has orthonormal rows and columns, size %i', (d) => {
    const q = orthogonalMatrix(randomSource('orthogonal', d), d);
    const columns = q.map((_, j) => q.map((row) => row[j]));
    for (const vectors of [q, columns]) {
      vectors.forEach((x, i) => {
        vectors.forEach((y, j) => {
          expect(Math.abs(dot(x, y) - (i === j ? 1 : 0))).toBeLessThan(20 * d * Number.EPSILON);
        });
      });
    }
  });

  test('has the Haar law: uniform first and last rows, trace of mean 0 and variance 1, fair determinant', () => {
    const random = randomSource('law', 'orthogonal');
    const sample = Array.from({ length: 4000 }, () => orthogonalMatrix(random, 3));
    for (const values of [
      sample.map((q) => q[0][0]),
      sample.map((q) => q[2][1]),
      sample.map((q) => q[2][2]),
    ]) {
      expect(ksStatistic(values, (t) => coordinateCdf(t, 3))).toBeLessThan(ksLimit);
    }
    // E tr = 0 and E tr² = 1 for Haar measure on O(d), d ≥ 2 (Diaconis and Mallows 1986); E tr⁴ = 3.
    const traces = sample.map((q) => q[0][0] + q[1][1] + q[2][2]);
    expect(meanDeviation(traces, 0, 1)).toBeLessThan(meanLimit);
    expect(
      meanDeviation(
        traces.map((t) => t * t),
        1,
        Math.sqrt(2),
      ),
    ).toBeLessThan(meanLimit);
    const determinants = sample.slice(0, 600).map((q) => sign(determinantExact(q)));
    expect(meanDeviation(determinants, 0, 1)).toBeLessThan(meanLimit);
  });

  test('draws the same bits on every machine', () => {
    const random = randomSource('pinned', 'orthogonal');
    const draws = Array.from({ length: 100 }, () => orthogonalMatrix(random, 3));
    expect(hashOfBits(draws.flat(2))).toBe(1107738980);
  });

  test('wants a dimension ≥ 1', () => {
    expect(() => orthogonalMatrix(randomSource('x'), 2.5)).toThrow(
      'orthogonalMatrix: dimension must be an integer ≥ 1, got 2.5',
    );
  });
});
