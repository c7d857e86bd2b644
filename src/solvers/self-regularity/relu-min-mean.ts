import { balanceTogether, dot, norm, scaledDown, scaledUp } from '../../math/index.js';
import type { Matrix, Vector } from '../../model/index.js';
import { vertexDirections } from './vertex-directions.js';

/** m_N = inf over unit w of (1/N)Σ ReLU(w·x_i), enclosed. */
export interface MinimumMean {
  readonly lower: number;
  /** The value at `direction`. */
  readonly upper: number;
  readonly direction: Vector;
}

/**
 * The infimum over the unit sphere of the empirical mean of ReLU(w·x).
 *
 * w ↦ ΣReLU(w·x_i) is linear on the cells of the arrangement {x_i^⊥}. When the inputs span R^d the cells
 * are pointed cones, and a non-negative linear function attains its minimum over sphere ∩ pointed cone
 * at an extreme ray: w = Σc_k r_k gives F(w) = Σc_k F(r_k) ≥ min F(r_k)·‖w‖. So the minimum is one over
 * the finitely many unit vectors orthogonal to inputDim − 1 independent inputs. When the inputs do not
 * span (up to 1e-13), a direction orthogonal to all of them gives 0.
 *
 * `lower` subtracts the rounding of directions (their error times the mean norm) and of the sums. Means are computed with
 * inputs at one ordinary scale, so that powers of two change nothing; inputs 2¹⁰⁰⁰ times smaller than the largest count
 * for less than its rounding.
 *
 * @param inputs shape (sampleSize, inputDim), inputDim 1…4
 */
export function reluMinimumMean(inputs: Matrix, inputDim: number): MinimumMean {
  const { directions, errors, complement } = vertexDirections(inputs, inputDim);
  const size = inputs.length;
  const { rows, exponent } = balanceTogether(inputs);
  if (complement !== null) {
    const value = rows.reduce((sum, x) => sum + Math.max(0, dot(complement, x)), 0) / size;
    return { lower: 0, upper: scaledUp(value, exponent), direction: complement };
  }
  const flat = Float64Array.from(rows.flat());
  const meanNorm = rows.reduce((sum, x) => sum + norm(x), 0) / size;
  const summation = (size + 2 * inputDim + 4) * Number.EPSILON * meanNorm;
  let lower = Infinity;
  let upper = Infinity;
  let best: Vector = directions[0];
  for (const [index, w] of directions.entries()) {
    let positive = 0;
    let negative = 0;
    for (let i = 0, at = 0; i < size; i += 1) {
      let product = 0;
      for (let k = 0; k < inputDim; k += 1, at += 1) product += w[k] * flat[at];
      if (product > 0) positive += product;
      else negative -= product;
    }
    const sign = positive <= negative ? 1 : -1;
    const value = Math.min(positive, negative) / size;
    lower = Math.min(lower, value - errors[index] * meanNorm - summation);
    if (value < upper) {
      upper = value;
      best = sign === 1 ? w : w.map((entry) => -entry);
    }
  }
  return {
    lower: scaledDown(Math.max(0, lower), exponent),
    upper: scaledUp(upper, exponent),
    direction: best,
  };
}
