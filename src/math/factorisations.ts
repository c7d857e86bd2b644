import { columnCount, identityMatrix, squareSize, transpose } from './matrices.js';
import type { Rows } from './matrices.js';
import { norm } from './vectors.js';

/** A = q·r with orthonormal columns of q (rows, columns) and upper triangular r (columns, columns). */
export interface QrFactors {
  readonly q: Rows;
  readonly r: Rows;
}

/**
 * The thin QR decomposition by Householder reflections, the diagonal of r made ≥ 0.
 *
 * @param matrix shape (rows, columns), rows ≥ columns
 * @throws RangeError when rows differ in length or there are fewer rows than columns
 */
export function qrFactors(matrix: Rows): QrFactors {
  const columns = columnCount('qrFactors', matrix);
  const rows = matrix.length;
  if (rows < columns) {
    throw new RangeError(
      `qrFactors: matrix must have at least ${columns} rows (columns), got ${rows}`,
    );
  }
  // Column-wise working copies: of the matrix, and of the identity that becomes q.
  const a = transpose(matrix);
  const q = identityMatrix(rows).slice(0, columns);
  const reflectors: number[][] = [];
  for (let k = 0; k < columns; k += 1) {
    const v = a[k].map((entry, i) => (i < k ? 0 : entry));
    const length = norm(v);
    v[k] += v[k] < 0 ? -length : length;
    const size = norm(v);
    const unit = size === 0 ? v : v.map((entry) => entry / size);
    reflectors.push(unit);
    for (let j = k; j < columns; j += 1) reflect(a[j], unit, k);
  }
  for (let k = columns - 1; k >= 0; k -= 1) {
    for (let j = k; j < columns; j += 1) reflect(q[j], reflectors[k], k);
  }
  for (let k = 0; k < columns; k += 1) {
    if (a[k][k] >= 0) continue;
    for (let j = k; j < columns; j += 1) a[j][k] = -a[j][k];
    for (let i = 0; i < rows; i += 1) q[k][i] = -q[k][i];
  }
  return {
    q: transposeOf(q, rows),
    r: Array.from({ length: columns }, (_, i) =>
      Array.from({ length: columns }, (_, j) => (i <= j ? a[j][i] : 0)),
    ),
  };
}

/** x − 2(u·x)u for a unit vector u whose entries before `start` are 0 (or u = 0). */
function reflect(x: number[], u: readonly number[], start: number): void {
  let sum = 0;
  for (let i = start; i < x.length; i += 1) sum += u[i] * x[i];
  for (let i = start; i < x.length; i += 1) x[i] -= 2 * sum * u[i];
}

/** The transpose of `columns` with `length` rows, also when there is no column. */
function transposeOf(columns: Rows, length: number): number[][] {
  return Array.from({ length }, (_, i) => columns.map((column) => column[i]));
}

/**
 * Solves matrix·x = right by Gaussian elimination with partial pivoting and one step of iterative
 * refinement. Null when a pivot is exactly 0; near-singular systems give large, inaccurate x, so
 * callers check the residual.
 *
 * @param matrix shape (size, size)
 * @param right shape (size)
 * @throws RangeError when the shapes disagree
 */
export function solveLinear(matrix: Rows, right: readonly number[]): number[] | null {
  const size = squareSize('solveLinear', matrix);
  if (right.length !== size) {
    throw new RangeError(`solveLinear: right must have length ${size} (size), got ${right.length}`);
  }
  const lu = matrix.map((row) => [...row]);
  const order = lu.map((_, i) => i);
  for (let k = 0; k < size; k += 1) {
    let best = k;
    for (let i = k + 1; i < size; i += 1) {
      if (Math.abs(lu[i][k]) > Math.abs(lu[best][k])) best = i;
    }
    if (lu[best][k] === 0) return null;
    [lu[k], lu[best]] = [lu[best], lu[k]];
    [order[k], order[best]] = [order[best], order[k]];
    for (let i = k + 1; i < size; i += 1) {
      const factor = lu[i][k] / lu[k][k];
      lu[i][k] = factor;
      for (let j = k + 1; j < size; j += 1) lu[i][j] -= factor * lu[k][j];
    }
  }
  const x = substitute(lu, order, right);
  const residual = matrix.map((row, i) =>
    row.reduce((rest, entry, j) => rest - entry * x[j], right[i]),
  );
  const correction = substitute(lu, order, residual);
  return x.map((entry, i) => entry + correction[i]);
}

/** Forward and back substitution with the factors L (unit lower) and U of the permuted matrix. */
function substitute(lu: Rows, order: readonly number[], right: readonly number[]): number[] {
  const size = order.length;
  const x = order.map((i) => right[i]);
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j < i; j += 1) x[i] -= lu[i][j] * x[j];
  }
  for (let i = size - 1; i >= 0; i -= 1) {
    for (let j = i + 1; j < size; j += 1) x[i] -= lu[i][j] * x[j];
    x[i] /= lu[i][i];
  }
  return x;
}

/**
 * The lower triangular L with L·Lᵀ = matrix, or null when a pivot is not > 0: then the matrix is not
 * positive definite up to rounding. Only the lower triangle is read.
 *
 * @param matrix shape (size, size), symmetric
 * @throws RangeError unless the matrix is square
 */
export function choleskyFactor(matrix: Rows): number[][] | null {
  const size = squareSize('choleskyFactor', matrix);
  const lower = matrix.map((row) => row.map(() => 0));
  for (let j = 0; j < size; j += 1) {
    let pivot = matrix[j][j];
    for (let k = 0; k < j; k += 1) pivot -= lower[j][k] * lower[j][k];
    if (!(pivot > 0)) return null;
    lower[j][j] = Math.sqrt(pivot);
    for (let i = j + 1; i < size; i += 1) {
      let sum = matrix[i][j];
      for (let k = 0; k < j; k += 1) sum -= lower[i][k] * lower[j][k];
      lower[i][j] = sum / lower[j][j];
    }
  }
  return lower;
}
