import { largestExponent, timesPowerOfTwo } from './powers-of-two.js';

/** Rows that were multiplied by powers of two. */
export interface BalancedRows {
  readonly rows: readonly (readonly number[])[];
  /** rows[i] = 2^−exponents[i]·(the row given); 0 for rows of zeros. */
  readonly exponents: readonly number[];
  /** Whether no entry was rounded. Else some are, by at most 2⁻¹⁰⁷⁵. */
  readonly exact: boolean;
}

/** Products of four entries whose exponents stay within ±this are far from over- and underflow. */
const COMFORTABLE = 200;

/**
 * Multiplies each row by a power of two that brings its largest entry into [1, 2), so that products neither overflow nor
 * underflow where it matters. Directions of rows and signs of determinants stay. Comfortable rows stay as they are, so that
 * nothing changes at ordinary scales.
 *
 * @param rows finite entries
 */
export function balanceRows(rows: readonly (readonly number[])[]): BalancedRows {
  if (rows.every(isComfortable)) return { rows, exponents: rows.map(() => 0), exact: true };
  const exponents = rows.map((row) => largestExponent(row) ?? 0);
  return { ...shifted(rows, exponents), exponents };
}

/** `balanceRows` with one power of two for all rows: 2^−exponent. */
export function balanceTogether(
  rows: readonly (readonly number[])[],
): Omit<BalancedRows, 'exponents'> & { readonly exponent: number } {
  if (rows.every(isComfortable)) return { rows, exponent: 0, exact: true };
  const exponent = rows.reduce<number>(
    (most, row) => Math.max(most, largestExponent(row) ?? -Infinity),
    -Infinity,
  );
  if (exponent === -Infinity) return { rows, exponent: 0, exact: true };
  const exponents = rows.map(() => exponent);
  return { ...shifted(rows, exponents), exponent };
}

function shifted(
  rows: readonly (readonly number[])[],
  exponents: readonly number[],
): Pick<BalancedRows, 'rows' | 'exact'> {
  let exact = true;
  const balanced = rows.map((row, i) =>
    row.map((entry) => {
      const scaled = timesPowerOfTwo(entry, -exponents[i]);
      if (timesPowerOfTwo(scaled, exponents[i]) !== entry) exact = false;
      return scaled;
    }),
  );
  return { rows: balanced, exact };
}

function isComfortable(row: readonly number[]): boolean {
  for (const entry of row) {
    const size = Math.abs(entry);
    if (size !== 0 && !(size >= 2 ** -COMFORTABLE && size <= 2 ** COMFORTABLE)) return false;
  }
  return true;
}
