import { binaryExponent, norm, timesPowerOfTwo } from '../../math/index.js';
import type { Matrix, Vector } from '../../model/index.js';

/** The largest dimension for which the vertex directions are enumerated. */
export const VERTEX_DIMENSION_LIMIT = 4;

/** The extreme rays of an arrangement of hyperplanes, up to sign. */
export interface VertexDirections {
  /** Unit vectors, one of each pair ±w. */
  readonly directions: Matrix;
  /** A bound on the Euclidean error of each direction; 1 where rounding destroyed it. */
  readonly errors: readonly number[];
  /** A unit vector orthogonal to all inputs when they do not span R^d, else null. */
  readonly complement: Vector | null;
}

/**
 * The unit vectors orthogonal to inputDim − 1 linearly independent inputs, one for each line of the
 * arrangement {x_i^⊥} that some inputDim − 1 of the hyperplanes cut out. Parallel inputs count once.
 *
 * Computed from generalised vector products of inputs scaled to largest entry in [1, 2): exactly
 * dependent inputs with short mantissas give exactly 0 and are skipped; a product below 1e-10 of its
 * size is kept with error 1, so that callers stay on the safe side.
 *
 * @param inputs shape (sampleSize, inputDim), inputDim 1…4
 * @throws RangeError for inputDim > 4
 */
export function vertexDirections(inputs: Matrix, inputDim: number): VertexDirections {
  if (!(inputDim >= 1 && inputDim <= VERTEX_DIMENSION_LIMIT)) {
    throw new RangeError(
      `vertexDirections: inputDim must lie in 1…${VERTEX_DIMENSION_LIMIT}, got ${inputDim}`,
    );
  }
  const lines = distinctLines(inputs);
  const complement = orthogonalComplement(lines, inputDim);
  const directions: Vector[] = [];
  const errors: number[] = [];
  const chosen: Vector[] = [];
  const visit = (from: number): void => {
    if (chosen.length === inputDim - 1) {
      const { normal, size } = generalisedCross(chosen, inputDim);
      const length = norm(normal);
      if (length === 0) return;
      directions.push(normal.map((entry) => entry / length));
      const relative = length / size;
      // Below 24 roundings in any entry, each relative to the size of the product.
      errors.push(relative < 1e-10 ? 1 : (24 * Number.EPSILON) / relative);
      return;
    }
    for (let i = from; i < lines.length; i += 1) {
      chosen.push(lines[i]);
      visit(i + 1);
      chosen.pop();
    }
  };
  visit(0);
  return { directions, errors, complement };
}

/** One representative of each line through 0 and an input, scaled by a power of two. */
function distinctLines(inputs: Matrix): Vector[] {
  const known = new Map<string, Vector>();
  for (const x of inputs) {
    const largest = Math.max(...x.map(Math.abs));
    if (!(largest > 0)) continue;
    const lead = x.findIndex((entry) => entry !== 0);
    const exponent = binaryExponent(largest);
    const sign = Math.sign(x[lead]);
    const scaled = x.map((entry) => sign * timesPowerOfTwo(entry, -exponent));
    const text = scaled.map((entry) => entry / scaled[lead] + 0).join(' ');
    if (!known.has(text)) known.set(text, scaled);
  }
  return [...known.values()];
}

/**
 * A unit vector orthogonal to all lines, by Gram–Schmidt with a threshold of 1e-13 relative to unit
 * vectors; null when they span.
 */
function orthogonalComplement(lines: readonly Vector[], inputDim: number): Vector | null {
  const basis: Vector[] = [];
  for (const line of lines) {
    const rest = residual(line, basis);
    const length = norm(rest);
    if (length > 1e-13 * norm(line)) {
      basis.push(rest.map((entry) => entry / length));
      if (basis.length === inputDim) return null;
    }
  }
  let best: Vector = [];
  let longest = -1;
  for (let k = 0; k < inputDim; k += 1) {
    const axis = Array.from({ length: inputDim }, (_, j) => (j === k ? 1 : 0));
    const rest = residual(axis, basis);
    const length = norm(rest);
    if (length > longest) {
      longest = length;
      best = rest.map((entry) => entry / length);
    }
  }
  return best;
}

function residual(x: Vector, basis: readonly Vector[]): Vector {
  let rest = x;
  for (let pass = 0; pass < 2; pass += 1) {
    for (const unit of basis) {
      let product = 0;
      for (let k = 0; k < rest.length; k += 1) product += rest[k] * unit[k];
      rest = rest.map((entry, k) => entry - product * unit[k]);
    }
  }
  return rest;
}

/** The generalised vector product, and the product of the norms of its factors. */
function generalisedCross(
  rows: readonly Vector[],
  inputDim: number,
): { normal: number[]; size: number } {
  let size = 1;
  for (const row of rows) size *= norm(row);
  if (inputDim === 1) return { normal: [1], size };
  if (inputDim === 2) return { normal: [-rows[0][1], rows[0][0]], size };
  if (inputDim === 3) {
    const [a, b] = rows;
    return {
      normal: [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]],
      size,
    };
  }
  const [a, b, c] = rows;
  const minor = (p: number, q: number, r: number): number =>
    a[p] * (b[q] * c[r] - b[r] * c[q]) -
    a[q] * (b[p] * c[r] - b[r] * c[p]) +
    a[r] * (b[p] * c[q] - b[q] * c[p]);
  return { normal: [minor(1, 2, 3), -minor(0, 2, 3), minor(0, 1, 3), -minor(0, 1, 2)], size };
}
