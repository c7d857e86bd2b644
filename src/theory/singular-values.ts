import type { Matrix } from '../model/index.js';

/** Sweeps of rotations after which the columns are orthogonal to rounding; far more than needed. */
const MAX_SWEEPS = 60;

/**
 * The singular values of a matrix, largest first, by one-sided Jacobi rotations of its rows (Golub and
 * Van Loan 2013, Matrix Computations, section 8.6.3). Each is correct to a few units in the last place
 * of the largest one.
 *
 * @param matrix rows of equal length, shape (rows, columns)
 * @returns shape (rows): zeros where there are more rows than columns
 * @throws RangeError when there are no rows or their lengths differ
 */
export function singularValuesOf(matrix: Matrix): number[] {
  if (matrix.length === 0) {
    throw new RangeError('singularValuesOf: matrix must have at least one row, got 0');
  }
  const columns = matrix[0].length;
  for (const row of matrix) {
    if (row.length !== columns) {
      throw new RangeError(
        `singularValuesOf: every row must have length ${columns} (that of the first), got ${row.length}`,
      );
    }
  }
  const rows = matrix.map((row) => [...row]);
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep += 1) {
    let rotated = false;
    for (let i = 0; i < rows.length; i += 1) {
      for (let j = i + 1; j < rows.length; j += 1) {
        if (orthogonalise(rows[i], rows[j])) rotated = true;
      }
    }
    if (!rotated) break;
  }
  return rows.map((row) => Math.hypot(...row)).sort((x, y) => y - x);
}

/** Rotates two rows so that they become orthogonal; says whether they were not. */
function orthogonalise(x: number[], y: number[]): boolean {
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let k = 0; k < x.length; k += 1) {
    xx += x[k] * x[k];
    yy += y[k] * y[k];
    xy += x[k] * y[k];
  }
  if (xy === 0 || Math.abs(xy) <= Number.EPSILON * Math.sqrt(xx) * Math.sqrt(yy)) return false;
  const zeta = (yy - xx) / (2 * xy);
  const tangent = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.hypot(1, zeta));
  const cosine = 1 / Math.hypot(1, tangent);
  const sine = tangent * cosine;
  for (let k = 0; k < x.length; k += 1) {
    const before = x[k];
    x[k] = cosine * before - sine * y[k];
    y[k] = sine * before + cosine * y[k];
  }
  return true;
}
