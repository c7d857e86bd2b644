import { normalVector } from './laws.js';
import type { RandomSource } from './random.js';
import { addScaled, dot, norm, normalise } from './vectors.js';

/**
 * A draw uniform on the unit sphere of R^dimension: Z/‖Z‖. In dimension 1 it is ±1.
 * @throws RangeError unless dimension is an integer ≥ 1
 */
export function unitSphere(random: RandomSource, dimension: number): number[] {
  if (!Number.isInteger(dimension) || dimension < 1) {
    throw new RangeError(`unitSphere: dimension must be an integer ≥ 1, got ${dimension}`);
  }
  for (;;) {
    const z = normalVector(random, dimension);
    if (norm(z) > 0) return normalise(z);
  }
}

/**
 * An orthogonal matrix from the Haar measure, shape (dimension, dimension), by rows: the Gram–Schmidt
 * orthonormalisation of Gaussian rows, that is QR with a positive diagonal of R (Mezzadri 2007,
 * arXiv:math-ph/0609050). Rows are orthonormal up to a few units of rounding.
 *
 * @throws RangeError unless dimension is an integer ≥ 1
 */
export function orthogonalMatrix(random: RandomSource, dimension: number): number[][] {
  if (!Number.isInteger(dimension) || dimension < 1) {
    throw new RangeError(`orthogonalMatrix: dimension must be an integer ≥ 1, got ${dimension}`);
  }
  const rows: number[][] = [];
  while (rows.length < dimension) {
    const drawn = normalVector(random, dimension);
    let rest: number[] = drawn;
    // The second pass removes what rounding left in the first ("twice is enough", Kahan).
    for (let pass = 0; pass < 2; pass += 1) {
      for (const row of rows) rest = addScaled(rest, -dot(row, rest), row);
    }
    // A row that nearly lies in the span of the others would lose its digits; it is drawn again,
    // which happens with probability about 1e-12.
    if (norm(rest) > 1e-12 * norm(drawn)) rows.push(normalise(rest));
  }
  return rows;
}
