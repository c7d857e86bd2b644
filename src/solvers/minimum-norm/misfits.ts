import { compensatedDot } from './compensated-dot.js';
import type { ExactData } from './enclosure.js';

/** Unit roundoff of float64. */
const U = 2 ** -53;

export interface Misfits {
  /** Bounds of |y_i − f(x_i)|/‖x_i‖, per prepared input. */
  readonly misfits: Float64Array;
  /** (y_i − f(x_i))/‖x_i‖ as computed, per prepared input, and bounds of their errors. */
  readonly values: Float64Array;
  readonly errors: Float64Array;
  /** The largest bound over all rows. */
  readonly residual: number;
  /** Σ|mass|·‖direction‖, rounded up. */
  readonly norm: number;
}

/** @param compensated evaluates in twice the working precision, about ten times slower */
export function boundMisfits(
  data: ExactData,
  directions: readonly (readonly number[])[],
  masses: readonly number[],
  compensated: boolean,
): Misfits {
  const { labels, lengths, inputDim, rows, preparedOf, chosen } = data;
  const misfits = new Float64Array(chosen.length);
  const values = new Float64Array(chosen.length);
  const errors = new Float64Array(chosen.length);
  let norm = 0;
  for (let c = 0; c < masses.length; c += 1) {
    let square = 0;
    for (let k = 0; k < inputDim; k += 1) square += directions[c][k] ** 2;
    norm += Math.abs(masses[c]) * Math.sqrt(square);
  }
  norm *= 1 + (masses.length + inputDim + 4) * U;
  let residual = 0;
  for (let i = 0; i < rows; i += 1) {
    const length = lengths[i];
    if (length === 0) continue;
    const scale = norm * length + Math.abs(labels[i]);
    // Once: products err by (inputDim + 1)u of their size, the compensated sum by u·|sum| and second order.
    // In twice the precision: (inputDim + 2·neurons + 8)²u² of the size, and u·|sum|.
    const value = compensated
      ? residualInTwice(data, i, directions, masses)
      : residualOnce(data, i, directions, masses);
    const error = compensated
      ? Math.abs(value) * 4 * U + (inputDim + 2 * masses.length + 8) ** 2 * U * U * scale
      : (inputDim + 4) * U * scale;
    const misfit = ((Math.abs(value) + error) / length) * (1 + 16 * U);
    residual = Math.max(residual, misfit);
    const at = preparedOf[i];
    misfits[at] = Math.max(misfits[at], misfit);
    if (chosen[at] === i) {
      values[at] = value / length;
      // Lengths and the quotient err by 3u.
      errors[at] = (error / length + 8 * U * Math.abs(values[at])) * (1 + 16 * U);
    }
  }
  return { misfits, values, errors, residual, norm };
}

/** y_i − f(x_i) with rounded products and a compensated sum (Neumaier). */
function residualOnce(
  { inputs, labels, inputDim }: ExactData,
  i: number,
  directions: readonly (readonly number[])[],
  masses: readonly number[],
): number {
  let sum = labels[i];
  let carry = 0;
  for (let c = 0; c < masses.length; c += 1) {
    const direction = directions[c];
    let product = 0;
    for (let k = 0; k < inputDim; k += 1) product += direction[k] * inputs[i * inputDim + k];
    if (!(product > 0)) continue;
    const term = -masses[c] * product;
    const next = sum + term;
    carry += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
    sum = next;
  }
  return sum + carry;
}

/** y_i − f(x_i) in twice the precision: ⟨w, x⟩ as high + low (Dot2), then the products with the masses likewise. */
function residualInTwice(
  { inputs, labels, inputDim }: ExactData,
  i: number,
  directions: readonly (readonly number[])[],
  masses: readonly number[],
): number {
  const x: number[] = [];
  for (let k = 0; k < inputDim; k += 1) x.push(inputs[i * inputDim + k]);
  const left: number[] = [1];
  const right: number[] = [labels[i]];
  for (let c = 0; c < masses.length; c += 1) {
    const { high, low } = compensatedDot(directions[c], x);
    if (!(high + low > 0)) continue;
    left.push(-masses[c], -masses[c]);
    right.push(high, low);
  }
  const { high, low } = compensatedDot(left, right);
  return high + low;
}
