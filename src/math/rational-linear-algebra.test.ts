import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  determinantExact,
  nullSpaceExact,
  rankExact,
  solveExact,
} from './rational-linear-algebra.js';
import { add, dotExact, multiply, negate, ratio, rational } from './rational.js';
import type { Rational, RationalLike } from './rational.js';

fc.configureGlobal({ seed: 1 }); // tests are deterministic

/** Laplace expansion along the first row: slow, and independent of elimination. */
function laplace(matrix: readonly (readonly RationalLike[])[]): Rational {
  if (matrix.length === 0) return rational(1n);
  return matrix[0].reduce<Rational>((total, entry, j) => {
    const minor = laplace(matrix.slice(1).map((row) => row.filter((_, k) => k !== j)));
    const term = multiply(entry, minor);
    return add(total, j % 2 === 0 ? term : negate(term));
  }, rational(0n));
}

const entry = fc.oneof(
  fc.constant(rational(0n)),
  fc
    .tuple(fc.integer({ min: -6, max: 6 }), fc.integer({ min: 1, max: 5 }))
    .map(([p, q]) => ratio(BigInt(p), BigInt(q))),
);
const matrixOf = (rows: number, columns: number) =>
  fc.array(fc.array(entry, { minLength: columns, maxLength: columns }), {
    minLength: rows,
    maxLength: rows,
  });
const shapes = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }));

describe('determinantExact', () => {
  test('agrees with the Laplace expansion', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }).chain((n) => matrixOf(n, n)),
        (matrix) => {
          expect(determinantExact(matrix)).toEqual(laplace(matrix));
        },
      ),
    );
  });

  test('of the 6 by 6 Hilbert matrix is 1/186313420339200000', () => {
    const hilbert = Array.from({ length: 6 }, (_, i) =>
      Array.from({ length: 6 }, (_, j) => ratio(1n, BigInt(i + j + 1))),
    );
    expect(determinantExact(hilbert)).toEqual(ratio(1n, 186313420339200000n));
  });

  test('takes doubles exactly: 0.1·0.1 is not 0.01', () => {
    expect(
      determinantExact([
        [0.1, 0.01],
        [1, 0.1],
      ]).numerator,
    ).not.toBe(0n);
  });

  test('wants a square matrix', () => {
    expect(() => determinantExact([[1, 2]])).toThrow(
      'determinantExact: rows must have length 1 (number of rows), got 2',
    );
    expect(() => determinantExact([[1, 2], [3]])).toThrow(
      'determinantExact: row 1 must have length 2 (length of row 0), got 1',
    );
  });
});

describe('rank, null space and solutions', () => {
  test('rank plus the dimension of the null space is the number of columns, and A·x = 0 on it', () => {
    fc.assert(
      fc.property(
        shapes.chain(([m, n]) => matrixOf(m, n)),
        (matrix) => {
          const basis = nullSpaceExact(matrix);
          expect(rankExact(matrix) + basis.length).toBe(matrix[0].length);
          expect(rankExact(basis)).toBe(basis.length);
          for (const x of basis) {
            for (const row of matrix) expect(dotExact(row, x)).toEqual(rational(0n));
          }
        },
      ),
    );
  });

  test('a solution solves; uniqueness and inconsistency agree with the ranks', () => {
    fc.assert(
      fc.property(
        shapes.chain(([m, n]) =>
          fc.tuple(matrixOf(m, n), fc.array(entry, { minLength: m, maxLength: m })),
        ),
        ([matrix, right]) => {
          const found = solveExact(matrix, right);
          const rank = rankExact(matrix);
          const augmented = rankExact(matrix.map((row, i) => [...row, right[i]]));
          if (found.status === 'inconsistent') {
            expect(augmented).toBe(rank + 1);
            return;
          }
          expect(augmented).toBe(rank);
          expect(found.status).toBe(rank === matrix[0].length ? 'unique' : 'underdetermined');
          matrix.forEach((row, i) => {
            expect(dotExact(row, found.solution)).toEqual(right[i]);
          });
        },
      ),
    );
  });

  test('wants as many right-hand sides as rows', () => {
    expect(() => solveExact([[1]], [1, 2])).toThrow(
      'solveExact: right must have length 1 (number of rows), got 2',
    );
  });
});
