import { columnCount, identityMatrix, squareSize, transpose } from './matrices.js';
import type { Rows } from './matrices.js';
import { dot, norm } from './vectors.js';

/** Sweeps after which Jacobi's methods stop; they converge quadratically, in practice within 10. */
const MAX_SWEEPS = 60;

/** Eigenvalues in ascending order; `vectors[k]` is the unit eigenvector of `values[k]`. */
export interface SymmetricEigen {
  readonly values: readonly number[];
  readonly vectors: Rows;
}

/** Cosine and sine of the rotation that makes the off-diagonal entry of [[a, b], [b, c]] vanish. */
function rotation(a: number, b: number, c: number): { cosine: number; sine: number } {
  const zeta = (c - a) / (2 * b);
  const t =
    Math.abs(zeta) > 1e150
      ? 1 / (2 * zeta)
      : (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const cosine = 1 / Math.sqrt(1 + t * t);
  return { cosine, sine: t * cosine };
}

/** Turns rows p and q: row p becomes cosine·p − sine·q, row q becomes sine·p + cosine·q. */
function turn(rows: number[][], p: number, q: number, cosine: number, sine: number): void {
  const first = rows[p];
  const second = rows[q];
  for (let k = 0; k < first.length; k += 1) {
    const x = first[k];
    const y = second[k];
    first[k] = cosine * x - sine * y;
    second[k] = sine * x + cosine * y;
  }
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix by Jacobi's cyclic method (Golub and Van Loan,
 * section 8.5). Backward stable: the result is exact for a matrix within about size·1e-15·‖matrix‖.
 * Only the upper triangle is read.
 *
 * @param matrix shape (size, size), finite
 * @throws RangeError unless the matrix is square and finite
 */
export function symmetricEigen(matrix: Rows): SymmetricEigen {
  const size = squareSize('symmetricEigen', matrix);
  checkFinite('symmetricEigen', matrix);
  const a = matrix.map((_, i) => matrix.map((_, j) => (i <= j ? matrix[i][j] : matrix[j][i])));
  const vectors = identityMatrix(size);
  const scale = norm(a.map((row) => norm(row)));
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep += 1) {
    let turned = false;
    for (let p = 0; p < size; p += 1) {
      for (let q = p + 1; q < size; q += 1) {
        const off = a[p][q];
        // Below both bounds the entry changes no eigenvalue by more than rounding.
        const small = Number.EPSILON * Math.sqrt(Math.abs(a[p][p])) * Math.sqrt(Math.abs(a[q][q]));
        if (Math.abs(off) <= Math.max(small, Number.EPSILON * Number.EPSILON * scale)) continue;
        turned = true;
        const { cosine, sine } = rotation(a[p][p], off, a[q][q]);
        turn(a, p, q, cosine, sine);
        for (const row of a) {
          const x = row[p];
          const y = row[q];
          row[p] = cosine * x - sine * y;
          row[q] = sine * x + cosine * y;
        }
        a[p][q] = 0;
        a[q][p] = 0;
        turn(vectors, p, q, cosine, sine);
      }
    }
    if (!turned) break;
  }
  const order = a.map((_, i) => i).sort((i, j) => a[i][i] - a[j][j]);
  return { values: order.map((i) => a[i][i]), vectors: order.map((i) => vectors[i]) };
}

/**
 * The singular values in descending order, min(rows, columns) of them, by one-sided Jacobi rotations
 * (Hestenes 1958), which give small singular values more digits than the eigenvalues of AᵀA.
 *
 * @param matrix shape (rows, columns), finite
 * @throws RangeError when rows differ in length or are not finite
 */
export function singularValues(matrix: Rows): number[] {
  const columns = columnCount('singularValues', matrix);
  checkFinite('singularValues', matrix);
  // The shorter side is rotated, as rows.
  const rows = matrix.length <= columns ? matrix.map((row) => [...row]) : transpose(matrix);
  const largest = Math.max(0, ...rows.map((row) => norm(row)));
  if (largest === 0) return rows.map(() => 0);
  const scaled = rows.map((row) => row.map((entry) => entry / largest));
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep += 1) {
    let turned = false;
    for (let p = 0; p < scaled.length; p += 1) {
      for (let q = p + 1; q < scaled.length; q += 1) {
        const a = dot(scaled[p], scaled[p]);
        const b = dot(scaled[p], scaled[q]);
        const c = dot(scaled[q], scaled[q]);
        if (Math.abs(b) <= Number.EPSILON * Math.sqrt(a) * Math.sqrt(c) || Math.abs(b) < 1e-290) {
          continue;
        }
        turned = true;
        const { cosine, sine } = rotation(a, b, c);
        turn(scaled, p, q, cosine, sine);
      }
    }
    if (!turned) break;
  }
  return scaled.map((row) => largest * norm(row)).sort((x, y) => y - x);
}

/** The largest singular value; 0 for an empty matrix. @throws RangeError as `singularValues` */
export function spectralNorm(matrix: Rows): number {
  return singularValues(matrix)[0] ?? 0;
}

function checkFinite(where: string, matrix: Rows): void {
  for (const row of matrix) {
    for (const entry of row) {
      if (!Number.isFinite(entry)) {
        throw new RangeError(`${where}: entries must be finite, got ${entry}`);
      }
    }
  }
}
