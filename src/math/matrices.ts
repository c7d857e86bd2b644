import { dot } from './vectors.js';

/** A dense matrix as plain data, row by row; all rows have the same length. */
export type Rows = readonly (readonly number[])[];

/** The number of columns; 0 without rows. @throws RangeError when rows differ in length */
export function columnCount(where: string, matrix: Rows): number {
  const columns = matrix.length === 0 ? 0 : matrix[0].length;
  matrix.forEach((row, i) => {
    if (row.length !== columns) {
      throw new RangeError(
        `${where}: row ${i} must have length ${columns} (length of row 0), got ${row.length}`,
      );
    }
  });
  return columns;
}

/** The size of a square matrix. @throws RangeError unless the matrix is square */
export function squareSize(where: string, matrix: Rows): number {
  const columns = columnCount(where, matrix);
  if (columns !== matrix.length) {
    throw new RangeError(
      `${where}: rows must have length ${matrix.length} (number of rows), got ${columns}`,
    );
  }
  return columns;
}

/** The identity matrix, shape (size, size). */
export function identityMatrix(size: number): number[][] {
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => (i === j ? 1 : 0)),
  );
}

/** The transpose: shape (rows, columns) becomes (columns, rows). @throws RangeError when rows differ in length */
export function transpose(matrix: Rows): number[][] {
  return Array.from({ length: columnCount('transpose', matrix) }, (_, j) =>
    matrix.map((row) => row[j]),
  );
}

/** matrix·x, shape (rows). @throws RangeError when a row and x differ in length */
export function matrixVector(matrix: Rows, x: readonly number[]): number[] {
  return matrix.map((row) => dot(row, x));
}

/**
 * left·right for shapes (rows, inner) and (inner, columns).
 * @throws RangeError when the inner sizes differ
 */
export function matrixProduct(left: Rows, right: Rows): number[][] {
  const inner = columnCount('matrixProduct', left);
  if (inner !== right.length) {
    throw new RangeError(
      `matrixProduct: right must have ${inner} rows (columns of left), got ${right.length}`,
    );
  }
  const columns = transpose(right);
  return left.map((row) => columns.map((column) => dot(row, column)));
}
