import { gcd, ratio, rational } from './rational.js';
import type { Rational, RationalLike } from './rational.js';

/** A matrix of exact entries, row by row. */
export type RationalMatrix = readonly (readonly RationalLike[])[];

/** What exact solving of a linear system finds. `solution` is the only one, or one of many. */
export type ExactSolution =
  | { readonly status: 'unique'; readonly solution: readonly Rational[] }
  | { readonly status: 'underdetermined'; readonly solution: readonly Rational[] }
  | { readonly status: 'inconsistent' };

interface Eliminated {
  readonly rows: readonly (readonly bigint[])[];
  /** The pivot's column, for each of the first `rank` rows. */
  readonly pivots: readonly number[];
  /** The entry that every pivot has. */
  readonly pivot: bigint;
  /** −1 after an odd number of row exchanges, else 1. */
  readonly parity: -1n | 1n;
}

/** The matrix with each row multiplied by the least common denominator, and those factors. */
function toIntegers(
  where: string,
  matrix: RationalMatrix,
): { rows: bigint[][]; factors: bigint[] } {
  const factors: bigint[] = [];
  const rows = matrix.map((row, i) => {
    if (row.length !== matrix[0].length) {
      throw new RangeError(
        `${where}: row ${i} must have length ${matrix[0].length} (length of row 0), got ${row.length}`,
      );
    }
    const entries = row.map((entry) => rational(entry));
    const factor = entries.reduce(
      (lcm, { denominator }) => (lcm / gcd(lcm, denominator)) * denominator,
      1n,
    );
    factors.push(factor);
    return entries.map(({ numerator, denominator }) => numerator * (factor / denominator));
  });
  return { rows, factors };
}

/**
 * Fraction-free Gauss–Jordan elimination (Bareiss 1968, doi:10.1090/S0025-5718-1968-0226829-0) in the
 * first `columns` columns: every division is exact, and entries stay minors of the matrix.
 */
function eliminate(matrix: readonly (readonly bigint[])[], columns: number): Eliminated {
  const rows = matrix.map((row) => [...row]);
  const pivots: number[] = [];
  let previous = 1n;
  let parity: -1n | 1n = 1n;
  for (let column = 0; column < columns && pivots.length < rows.length; column += 1) {
    const top = pivots.length;
    const found = rows.findIndex((row, i) => i >= top && row[column] !== 0n);
    if (found < 0) continue;
    if (found !== top) {
      [rows[top], rows[found]] = [rows[found], rows[top]];
      parity = parity === 1n ? -1n : 1n;
    }
    const pivotRow = rows[top];
    const pivot = pivotRow[column];
    for (let i = 0; i < rows.length; i += 1) {
      if (i === top) continue;
      const factor = rows[i][column];
      rows[i] = rows[i].map((entry, k) => (pivot * entry - factor * pivotRow[k]) / previous);
    }
    previous = pivot;
    pivots.push(column);
  }
  return { rows, pivots, pivot: previous, parity };
}

/** The rank, exactly. @throws RangeError when rows differ in length */
export function rankExact(matrix: RationalMatrix): number {
  if (matrix.length === 0) return 0;
  return eliminate(toIntegers('rankExact', matrix).rows, matrix[0].length).pivots.length;
}

/** The determinant, exactly; 1 for the empty matrix. @throws RangeError unless square */
export function determinantExact(matrix: RationalMatrix): Rational {
  const size = matrix.length;
  if (size === 0) return rational(1n);
  if (matrix[0].length !== size) {
    throw new RangeError(
      `determinantExact: rows must have length ${size} (number of rows), got ${matrix[0].length}`,
    );
  }
  const { rows, factors } = toIntegers('determinantExact', matrix);
  const { pivots, pivot, parity } = eliminate(rows, size);
  if (pivots.length < size) return rational(0n);
  return ratio(
    parity * pivot,
    factors.reduce((product, factor) => product * factor, 1n),
  );
}

/**
 * Solves matrix·x = right exactly, for a matrix of any shape (rows, columns) and `right` (rows). Of
 * many solutions it gives the one whose free variables are 0.
 *
 * @throws RangeError when the shapes disagree
 */
export function solveExact(matrix: RationalMatrix, right: readonly RationalLike[]): ExactSolution {
  if (right.length !== matrix.length) {
    throw new RangeError(
      `solveExact: right must have length ${matrix.length} (number of rows), got ${right.length}`,
    );
  }
  const columns = matrix.length === 0 ? 0 : matrix[0].length;
  const { rows: whole } = toIntegers(
    'solveExact',
    matrix.map((row, i) => [...row, right[i]]),
  );
  const { rows, pivots, pivot } = eliminate(whole, columns);
  if (rows.some((row, i) => i >= pivots.length && row[columns] !== 0n)) {
    return { status: 'inconsistent' };
  }
  const solution = Array.from({ length: columns }, () => rational(0n));
  pivots.forEach((column, i) => {
    solution[column] = ratio(rows[i][columns], pivot);
  });
  return { status: pivots.length === columns ? 'unique' : 'underdetermined', solution };
}

/**
 * A basis of {x : matrix·x = 0}, exactly: one integer vector per free column, divided by the greatest
 * common divisor of its entries.
 *
 * @throws RangeError when rows differ in length
 */
export function nullSpaceExact(matrix: RationalMatrix): bigint[][] {
  if (matrix.length === 0) return [];
  const columns = matrix[0].length;
  const { rows, pivots, pivot } = eliminate(toIntegers('nullSpaceExact', matrix).rows, columns);
  const basis: bigint[][] = [];
  for (let free = 0; free < columns; free += 1) {
    if (pivots.includes(free)) continue;
    const vector = Array.from({ length: columns }, () => 0n);
    vector[free] = pivot;
    pivots.forEach((column, i) => {
      vector[column] = -rows[i][free];
    });
    const common = vector.reduce((divisor, entry) => gcd(divisor, entry), 0n);
    basis.push(vector.map((entry) => entry / common));
  }
  return basis;
}
