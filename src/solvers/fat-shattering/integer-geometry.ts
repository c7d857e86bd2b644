import { timesPowerOfTwo } from '../../math/index.js';

/** Largest integer up to which sums and products of doubles are exact. */
const EXACT = Number.MAX_SAFE_INTEGER;

/**
 * Checks that determinants of these points are exact in doubles: integer coordinates with
 * (d+1)!·max|x|^d ≤ 2⁵³ − 1, the bound of every partial sum of a Laplace expansion.
 *
 * @throws RangeError naming `caller` otherwise
 */
export function checkIntegerPoints(
  caller: string,
  points: readonly (readonly number[])[],
  inputDim: number,
): void {
  let largest = 1;
  for (const [i, point] of points.entries()) {
    if (point.length !== inputDim) {
      throw new RangeError(
        `${caller}: points[${i}] must have length ${inputDim} (length of points[0]), got ${point.length}`,
      );
    }
    for (const entry of point) {
      if (!Number.isInteger(entry)) {
        throw new RangeError(`${caller}: points[${i}] must have integer entries, got ${entry}`);
      }
      largest = Math.max(largest, Math.abs(entry));
    }
  }
  let bound = 1;
  for (let k = 1; k <= inputDim; k += 1) bound *= (k + 1) * largest;
  if (bound > EXACT) {
    throw new RangeError(
      `${caller}: (d+1)!·max|x|^d must be at most 2⁵³ − 1 to keep determinants exact, got about ${bound.toPrecision(3)}`,
    );
  }
}

/**
 * Integer points divided by the largest power of two that divides every coordinate: 2^exponent. Dichotomies stay, and
 * determinants get as small as they can. Points with another coordinate than an integer stay as they are.
 */
export function withoutCommonPower(points: readonly (readonly number[])[]): {
  readonly points: readonly (readonly number[])[];
  readonly exponent: number;
} {
  let exponent = Infinity;
  for (const entry of points.flat()) {
    if (!Number.isInteger(entry)) return { points, exponent: 0 };
    if (entry !== 0) exponent = Math.min(exponent, trailingZeros(entry));
  }
  if (exponent === Infinity || exponent === 0) return { points, exponent: 0 };
  const reduced = points.map((point) => point.map((entry) => timesPowerOfTwo(entry, -exponent)));
  return { points: reduced, exponent };
}

/** The exponent of the largest power of two that divides an integer other than 0. */
function trailingZeros(entry: number): number {
  let zeros = 0;
  for (let rest = BigInt(entry); (rest & 1n) === 0n; rest >>= 1n) zeros += 1;
  return zeros;
}

/**
 * The hyperplane through d points of R^d as (w, w0) with w·x + w0 = 0 on it: the cofactors of the matrix with
 * rows (x_i, 1). Null when the points are affinely dependent.
 */
export function hyperplaneThrough(points: readonly (readonly number[])[]): number[] | null {
  const d = points.length;
  const full = (1 << (d + 1)) - 1;
  // minors[columns] is the determinant of the first |columns| rows on these columns.
  const minors = new Float64Array(full + 1);
  minors[0] = 1;
  for (let columns = 1; columns < full; columns += 1) {
    const row = points[bitCount(columns) - 1];
    let sum = 0;
    let sign = bitCount(columns) % 2 === 1 ? 1 : -1;
    for (let c = 0; c <= d; c += 1) {
      if (((columns >> c) & 1) === 0) continue;
      sum += sign * (c === d ? 1 : row[c]) * minors[columns & ~(1 << c)];
      sign = -sign;
    }
    minors[columns] = sum;
  }
  const normal: number[] = [];
  for (let c = 0; c <= d; c += 1) {
    normal.push((c % 2 === 0 ? 1 : -1) * minors[full & ~(1 << c)] + 0);
  }
  return normal.slice(0, d).every((entry) => entry === 0) ? null : normal;
}

/** Coordinates whose projection keeps the points' affine rank, as few as possible. */
export function independentCoordinates(points: readonly (readonly number[])[]): number[] {
  const [origin, ...others] = points;
  let rows = others.map((point) => point.map((entry, c) => BigInt(entry - origin[c])));
  const chosen: number[] = [];
  for (let c = 0; c < origin.length; c += 1) {
    const pivot = rows.find((row) => row[c] !== 0n);
    if (pivot === undefined) continue;
    chosen.push(c);
    rows = rows
      .filter((row) => row !== pivot)
      .map((row) =>
        row[c] === 0n ? row : row.map((entry, k) => entry * pivot[c] - pivot[k] * row[c]),
      );
  }
  return chosen;
}

/** Number of one bits of a 32-bit mask. */
export function bitCount(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
