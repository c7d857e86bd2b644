import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomSource, timesPowerOfTwo } from '../../math/index.js';
import type { Matrix, Vector } from '../../model/index.js';
import { smallMeanDirections } from './direction-search.js';
import { crossSign, determinantSign } from './exact-sign.js';
import { halfspaceDepth } from './halfspace-depth.js';
import { outerNormSupremum } from './outer-norm-supremum.js';
import { reluMinimumMean } from './relu-min-mean.js';
import { sigmoidMinimumMeanLowerBound } from './sigmoid-min-mean.js';
import { stepColumns } from './step-columns.js';
import { vertexDirections } from './vertex-directions.js';

const SEEDED = { seed: 5, numRuns: 300 };

/** Powers of two from subnormal numbers to 2¹⁰²⁰, the ends among them. */
const exponent = fc.oneof(
  fc.integer({ min: -1074, max: 1020 }),
  fc.constantFrom(-1074, -1073, -1022, -700, -537, -400, -358, 340, 511, 700, 1020),
);

const entry = fc.integer({ min: -2, max: 2 });

function points(dim: number, most = 8): fc.Arbitrary<number[][]> {
  const point = fc.array(entry, { minLength: dim, maxLength: dim });
  return fc.array(point, { minLength: 1, maxLength: most });
}

function shifted(rows: Matrix, exponents: readonly number[]): number[][] {
  return rows.map((row, i) => row.map((x) => timesPowerOfTwo(x, exponents[i % exponents.length])));
}

const exponents = fc.array(exponent, { minLength: 1, maxLength: 8 });

function cross(a: Vector, b: Vector): number[] {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

describe('scales from subnormal numbers to 1e308', () => {
  test('depth 2 of eight points, at 2⁻⁴⁰⁰ too', () => {
    const rows = [
      [1, -2, -1],
      [-2, -2, -1],
      [-1, 2, -1],
      [-2, 2, 0],
      [-2, -2, -2],
      [2, 0, 1],
      [2, 0, 2],
      [0, 1, 2],
    ];
    for (const k of [0, -400, -700, -1074, 600, 1022]) {
      expect(halfspaceDepth(shifted(rows, [k]), 3).count).toBe(2);
    }
  });

  test('the depth of few points is that of brute force', () => {
    fc.assert(
      fc.property(points(3, 4), exponents, (rows, by) => {
        expect(halfspaceDepth(shifted(rows, by), 3).count).toBe(bruteDepth(rows));
      }),
      { ...SEEDED, numRuns: 60 },
    );
  });

  test.each([1, 2, 3])('each point may have its own scale in the depth, d = %i', (dim) => {
    fc.assert(
      fc.property(points(dim), exponents, (rows, by) => {
        const { count, direction } = halfspaceDepth(shifted(rows, by), dim);
        expect(count).toBe(halfspaceDepth(rows, dim).count);
        if (direction === null) return;
        const above = rows.filter((x) => x.reduce((sum, v, k) => sum + v * direction[k], 0) >= 0);
        expect(above.length).toBe(count);
      }),
      SEEDED,
    );
  });

  test('entries of one point may lie 2²⁰⁰⁰ apart in the depth', () => {
    // Each small entry only tips its point off an axis: the order of the sides is that at 2⁻⁴⁰.
    const shape = fc.tuple(entry, entry, entry, fc.constantFrom(0, 1, 2));
    fc.assert(
      fc.property(fc.array(shape, { minLength: 1, maxLength: 7 }), (list) => {
        const at = (tiny: number, big: number): number[][] =>
          list.map(([a, b, c, small]) => [a, b, c].map((x, k) => x * (k === small ? tiny : big)));
        const same = at(2 ** -40, 1);
        expect(halfspaceDepth(at(2 ** -1040, 2 ** 960), 3).count).toBe(
          halfspaceDepth(at(2 ** -1000, 1), 3).count,
        );
        expect(halfspaceDepth(same, 3).count).toBe(bruteDepth(same));
      }),
      { ...SEEDED, numRuns: 40 },
    );
  });

  test('signs of determinants are those of the integers', () => {
    const three = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(three, three, three, fc.tuple(exponent, exponent, exponent), (a, b, c, by) => {
        const [x, y, z] = shifted(
          [a, b, c],
          by.map((k) => Math.min(k, 1019)),
        );
        const value = cross(a, b).reduce((sum, v, k) => sum + v * c[k], 0);
        expect(determinantSign(x, y, z)).toBe(Math.sign(value) + 0);
        const planar = a[0] * b[1] - a[1] * b[0];
        expect(crossSign(x.slice(0, 2), y.slice(0, 2))).toBe(Math.sign(planar) + 0);
      }),
      SEEDED,
    );
    // One unit in the last place decides where splitting would overflow.
    const a = [2 ** 1000 * (1 + 2 ** -52), 2 ** -20];
    expect(crossSign(a, [2 ** 1000, 2 ** -20])).toBe(1);
    expect(crossSign(a, a)).toBe(0);
  });

  test.each([1, 2])('step columns are the same at every scale of each input, d = %i', (dim) => {
    fc.assert(
      fc.property(points(dim), exponents, (rows, by) => {
        const found = stepColumns(shifted(rows, by), dim);
        const patterns = (columns: readonly Float64Array[]): string[] =>
          columns.map((column) => column.join('')).toSorted();
        const ordinary = stepColumns(rows, dim);
        expect(found.complete).toBe(true);
        expect(patterns(found.columns)).toEqual(patterns(ordinary.columns));
      }),
      SEEDED,
    );
  });

  test.each([2, 3, 4])('vertex directions are the same bits at every scale, d = %i', (dim) => {
    fc.assert(
      fc.property(points(dim, 6), exponents, (rows, by) => {
        const found = vertexDirections(shifted(rows, by), dim);
        const ordinary = vertexDirections(rows, dim);
        expect(found.directions).toEqual(ordinary.directions);
        expect(found.errors).toEqual(ordinary.errors);
      }),
      SEEDED,
    );
  });

  test.each([1, 2, 3])('the least ReLU mean scales with the inputs, d = %i', (dim) => {
    fc.assert(
      fc.property(points(dim), exponent, (rows, k) => {
        const { lower, upper } = reluMinimumMean(rows, dim);
        const there = reluMinimumMean(shifted(rows, [k]), dim);
        // Ends are rounded outwards where they become subnormal.
        expect(there.lower).toBeLessThanOrEqual(timesPowerOfTwo(lower, k));
        expect(there.upper).toBeGreaterThanOrEqual(timesPowerOfTwo(upper, k));
        expect(there.upper - timesPowerOfTwo(upper, k)).toBeLessThanOrEqual(Number.MIN_VALUE);
        expect(timesPowerOfTwo(lower, k) - there.lower).toBeLessThanOrEqual(Number.MIN_VALUE);
      }),
      SEEDED,
    );
  });

  test.each([1, 2])('the least sigmoid mean depends on radius·inputs alone, d = %i', (dim) => {
    fc.assert(
      fc.property(points(dim, 5), exponent, fc.boolean(), (rows, k, bounded) => {
        const at = (by: number): number => {
          const radius = bounded ? timesPowerOfTwo(3, -by) : Infinity;
          return sigmoidMinimumMeanLowerBound(shifted(rows, [by]), dim, radius);
        };
        // Radii beyond the range of doubles are infinite ones.
        if (bounded && timesPowerOfTwo(3, -k) === Infinity)
          expect(at(k)).toBeLessThan(at(0) + 1e-15);
        else expect(at(k)).toBe(at(0));
      }),
      { ...SEEDED, numRuns: 60 },
    );
  });

  test('an input that one scale would round to 0 keeps its share of the sigmoid mean', () => {
    const inputs = [[1], ...Array.from({ length: 9 }, () => [-(2 ** -1070)])];
    // At w = 2¹⁰⁷⁵ nine of ten terms vanish.
    expect(sigmoidMinimumMeanLowerBound(inputs, 1, Infinity)).toBeLessThanOrEqual(0.1);
  });

  test('the direction search finds the same directions at every scale', () => {
    fc.assert(
      fc.property(points(3), exponent, (rows, k) => {
        const effort = { starts: 3, steps: 8 };
        const at = (by: number): Vector[] =>
          smallMeanDirections(shifted(rows, [by]), 3, randomSource('scales'), effort);
        const values = (list: readonly Vector[]): number[] =>
          list.map((w) => rows.reduce((sum, x) => sum + Math.max(0, dotOf(w, x)), 0));
        for (const [i, value] of values(at(k)).entries()) {
          expect(value).toBeCloseTo(values(at(0))[i], 10);
        }
      }),
      { ...SEEDED, numRuns: 60 },
    );
  });

  test('the outer norm scales with labels and against columns', () => {
    const columns = [
      [1, 2, 0],
      [0, 1, 3],
      [1, 1, 1],
    ].map((column) => Float64Array.from(column));
    const target = Float64Array.from([1, 2, 2]);
    const ordinary = outerNormSupremum(columns, target, 0.25);
    expect(ordinary.status).toBe('bracketed');
    fc.assert(
      fc.property(exponent, exponent, (up, down) => {
        const found = outerNormSupremum(
          columns.map((column) => column.map((x) => timesPowerOfTwo(x, up))),
          target.map((x) => timesPowerOfTwo(x, down)),
          timesPowerOfTwo(0.25, down),
        );
        if (found.status === 'undecided' || down < -1000) return;
        expect(found.status).toBe('bracketed');
        expect(found.lower).toBeLessThanOrEqual(timesPowerOfTwo(ordinary.upper, down - up));
        expect(found.upper).toBeGreaterThanOrEqual(timesPowerOfTwo(ordinary.lower, down - up));
        expect(found.upper / found.lower).toBeLessThan(1 + 1e-8);
      }),
      SEEDED,
    );
    const apart = [Float64Array.from([1, 1]), Float64Array.from([0, 1e-200])];
    expect(outerNormSupremum(apart, Float64Array.from([1, 1]), 0.1).status).toBe('undecided');
    expect(outerNormSupremum(columns, Float64Array.from([1, 3, 3]), 1e-20).status).not.toBe(
      'empty',
    );
  });
});

function dotOf(w: Vector, x: Vector): number {
  return x.reduce((sum, v, k) => sum + v * w[k], 0);
}

/**
 * The depth by brute force over multiples of 2⁻⁴⁰, in integers: every cell of the arrangement of points and axes touches the
 * normal of two of them, and the directions r + εs + ε²t for such normals r, s, t reach every cell there.
 */
function bruteDepth(rows: Matrix): number {
  const whole = rows.map((row) => row.map((x) => BigInt(x * 2 ** 40)));
  const axes = [0, 1, 2].map((k) => [0, 1, 2].map((j) => (j === k ? 1n : 0n)));
  const all = [...whole, ...axes];
  const rays = all.flatMap((a) =>
    all.map((b) => [
      a[1] * b[2] - a[2] * b[1],
      a[2] * b[0] - a[0] * b[2],
      a[0] * b[1] - a[1] * b[0],
    ]),
  );
  const distinct = new Map<string, number[]>();
  for (const ray of rays) {
    if (ray.every((x) => x === 0n)) continue;
    const sides = whole.map((x) => {
      const value = x[0] * ray[0] + x[1] * ray[1] + x[2] * ray[2];
      return value > 0n ? 1 : value < 0n ? -1 : 0;
    });
    distinct.set(sides.join(), sides);
  }
  const sides = [...distinct.values()];
  let least = rows.length;
  for (const r of sides) {
    for (const s of sides) {
      for (const t of sides) {
        let count = 0;
        for (let i = 0; i < rows.length; i += 1) if ((r[i] || s[i] || t[i]) >= 0) count += 1;
        least = Math.min(least, count);
      }
    }
  }
  return least;
}
