import { rowProduct } from './row-products.js';
import { refactor } from './signed-simplex.js';

/** Columns that span R^size with small inverse, and what corrections by them cost. */
export interface CorrectionBasis {
  /** Column after column, (size, size). */
  readonly basis: Float64Array;
  /** Row-major, (size, size). */
  readonly inverse: Float64Array;
  /** Direction of each column, the best separated first: ⟨w, x⟩ where `linear`, else ½|⟨w, x⟩| with w of length 1. */
  readonly functions: readonly {
    readonly direction: readonly number[];
    readonly linear: boolean;
  }[];
  /** Norms of the columns, (size). */
  readonly costs: Float64Array;
  /** Norm of a network with value ±1 at one prepared input and 0 at the others, at most: (size). */
  readonly weights: Float64Array;
}

/** A column this close to the span of the chosen ones does not enlarge it. */
const INDEPENDENT = 1e-14;

/**
 * Chooses, among the linear functions x_·k (norm 2) and kinks ½|⟨w, x⟩| (norm 1) along inputs, across inputs (in the
 * plane, where each then bends at one input only) and along fixed directions, a well-conditioned basis by Gram–Schmidt
 * with the column of the largest remainder first. The optimal bases of teacher labels have nearly parallel columns
 * without mass; corrections of rounding errors by them would cost too much.
 *
 * @param inputs unit inputs, (size, dim)
 * @returns null where the columns do not span R^size, such as for opposite inputs
 */
export function correctionBasis(
  inputs: Float64Array,
  size: number,
  dim: number,
): CorrectionBasis | null {
  const directions = candidateDirections(inputs, size, dim);
  const kinks = directions.length / dim;
  const total = dim + kinks;
  const columns = new Float64Array(total * size);
  for (let c = 0; c < total; c += 1) {
    for (let i = 0; i < size; i += 1) {
      let product = 0;
      if (c < dim) product = inputs[i * dim + c];
      else {
        const at = (c - dim) * dim;
        for (let k = 0; k < dim; k += 1) product += directions[at + k] * inputs[i * dim + k];
        product = 0.5 * Math.abs(product);
      }
      columns[c * size + i] = product;
    }
  }
  const chosen = chooseColumns(columns, total, size);
  if (chosen === null) return null;
  const basis = new Float64Array(size * size);
  for (let j = 0; j < size; j += 1) {
    basis.set(columns.subarray(chosen[j] * size, (chosen[j] + 1) * size), j * size);
  }
  const inverse = new Float64Array(size * size);
  if (!refactor({ size, inverse, columns: basis }, new Float64Array(size * size))) return null;
  const weights = new Float64Array(size);
  const costs = new Float64Array(size);
  for (let j = 0; j < size; j += 1) {
    const cost = chosen[j] < dim ? 2 : 1;
    costs[j] = cost;
    for (let i = 0; i < size; i += 1) weights[i] += cost * Math.abs(inverse[j * size + i]);
  }
  const functions = Array.from(chosen, (c) => {
    const linear = c < dim;
    const at = (c - dim) * dim;
    const axis = Array.from({ length: dim }, (_, k) => (k === c ? 1 : 0));
    return { linear, direction: linear ? axis : [...directions.subarray(at, at + dim)] };
  });
  return { basis, inverse, functions, costs, weights };
}

function candidateDirections(inputs: Float64Array, size: number, dim: number): Float64Array {
  const rounds = dim === 2 ? 2 : 4;
  const directions = new Float64Array(rounds * size * dim);
  directions.set(inputs);
  if (dim === 2) {
    for (let i = 0; i < size; i += 1) {
      directions[2 * (size + i)] = -inputs[2 * i + 1];
      directions[2 * (size + i) + 1] = inputs[2 * i];
    }
    return directions;
  }
  // Fixed directions of the cube by multiples of square roots of primes, made unit.
  const roots = [
    Math.SQRT2,
    Math.sqrt(3),
    Math.sqrt(5),
    Math.sqrt(7),
    Math.sqrt(11),
    Math.sqrt(13),
  ];
  for (let c = size; c < rounds * size; c += 1) {
    let square = 0;
    for (let k = 0; k < dim; k += 1) {
      const entry =
        2 * ((c * roots[k % roots.length] * (1 + Math.floor(k / roots.length))) % 1) - 1;
      directions[c * dim + k] = entry;
      square += entry * entry;
    }
    const factor = square > 1e-6 ? 1 / Math.sqrt(square) : 0;
    for (let k = 0; k < dim; k += 1) directions[c * dim + k] *= factor;
  }
  return directions;
}

/** Indices of `size` independent columns, largest remainder first; null when there are fewer. */
function chooseColumns(columns: Float64Array, total: number, size: number): Int32Array | null {
  const rest = columns.slice();
  const squares = new Float64Array(total);
  const chosen = new Int32Array(size);
  for (let c = 0; c < total; c += 1) {
    let square = 0;
    for (let i = 0; i < size; i += 1) square += rest[c * size + i] ** 2;
    squares[c] = square;
  }
  for (let count = 0; count < size; count += 1) {
    let best = 0;
    for (let c = 1; c < total; c += 1) if (squares[c] > squares[best]) best = c;
    if (!(squares[best] > INDEPENDENT ** 2)) return null;
    chosen[count] = best;
    const factor = 1 / Math.sqrt(squares[best]);
    squares[best] = 0;
    const from = best * size;
    for (let i = 0; i < size; i += 1) rest[from + i] *= factor;
    for (let c = 0; c < total; c += 1) {
      if (squares[c] === 0) continue;
      const at = c * size;
      const product = rowProduct(rest, from, rest, at, size);
      let square = 0;
      for (let i = 0; i < size; i += 1) {
        rest[at + i] -= product * rest[from + i];
        square += rest[at + i] ** 2;
      }
      squares[c] = square;
    }
  }
  return chosen;
}
