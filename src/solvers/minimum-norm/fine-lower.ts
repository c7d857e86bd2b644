import { compensatedDot } from './compensated-dot.js';
import type { ExactData } from './enclosure.js';

/** Unit roundoff of float64. */
const U = 2 ** -53;
/** Splitting in halves neither over- nor underflows where lengths lie between this and its inverse. */
const SAFE_LENGTH = 1e-60;

/**
 * A proved lower bound of the minimum norm of planar data from λ (of the rows as given): Σλ_iy_i/max(1, max|g|) in
 * twice the working precision. Where two inputs are 1e-5 apart λ has entries of 1e5 that cancel, and rounding of the
 * ordinary bound costs more than a gap of 1e-9.
 *
 * The ends of the cells are (∓y_i, ±x_i), exact; they are sorted by exact signs of their cross products. Gradients are
 * sums of exact products in two parts. With n = 2·rows terms an end's value errs by (2n + 16)²u²·Σ|λ_i|‖x_i‖ and 8u of
 * itself, and a peak counts unless it is outside its cell by more than that, so that `most` is never too small.
 *
 * @returns 0 where the data are not planar or of lengths far from 1
 */
export function fineLower(data: ExactData, lambda: Float64Array): number {
  const { inputs, labels, lengths, inputDim, rows } = data;
  if (inputDim !== 2) return 0;
  const used: number[] = [];
  let mass = 0;
  for (let i = 0; i < rows; i += 1) {
    if (lambda[i] === 0) continue;
    if (!(lengths[i] > SAFE_LENGTH && lengths[i] < 1 / SAFE_LENGTH)) return 0;
    used.push(i);
    mass += Math.abs(lambda[i]) * lengths[i];
  }
  if (used.length === 0) return 0;
  const { high, low } = compensatedDot(
    used.map((i) => lambda[i]),
    used.map((i) => labels[i]),
  );
  let size = 0;
  for (const i of used) size += Math.abs(lambda[i] * labels[i]);
  const value = high + low - 4 * U * Math.abs(high) - (used.length + 4) ** 2 * U * U * size;
  const most = largestFinely(inputs, lengths, lambda, used, mass);
  return Math.max(0, (value / Math.max(1, most)) * (1 - 8 * U));
}

/** An upper bound of max|g| over the unit circle. */
function largestFinely(
  inputs: Float64Array,
  lengths: Float64Array,
  lambda: Float64Array,
  used: readonly number[],
  mass: number,
): number {
  const ends = used
    .map((i) => {
      const x = inputs[2 * i];
      const y = inputs[2 * i + 1];
      // The end in the upper half; anticlockwise past (−y, x) the input ceases to be active.
      const up = x > 0 || (x === 0 && y < 0) ? 1 : -1;
      return { i, x: -y * up, y: x * up, turn: -up };
    })
    .toSorted((a, b) => crossSign(b.x, b.y, a.x, a.y));
  const count = ends.length;
  const error = (4 * count + 16) ** 2 * U * U * mass * (1 + 2 ** -20);
  // G as high and low parts of both coordinates.
  const sum = [0, 0, 0, 0];
  const add = (i: number, factor: number): void => {
    for (let k = 0; k < 2; k += 1) {
      const { high, low } = compensatedDot([factor * lambda[i]], [inputs[2 * i + k]]);
      const before = sum[2 * k];
      const next = before + high;
      const shifted = next - before;
      sum[2 * k] = next;
      sum[2 * k + 1] += before - (next - shifted) + (high - shifted) + low;
    }
  };
  for (const { i, turn } of ends) if (turn < 0) add(i, 1);
  const product = (x: number, y: number): number => {
    const { high, low } = compensatedDot([x, y, x, y], [sum[0], sum[2], sum[1], sum[3]]);
    return high + low;
  };
  let most = 0;
  for (let k = 0; k < 2 * count; k += 1) {
    const side = k < count ? 1 : -1;
    const { i, x, y, turn } = ends[k % count];
    most = Math.max(most, Math.abs(product(x, y)) / lengths[i]);
    add(i, side * turn);
    const next = ends[(k + 1) % count];
    const nextSide = k + 1 < count || k + 1 === 2 * count ? 1 : -1;
    // Cross products of the cell's ends with G: both of one sign where a peak lies inside.
    const first = (side * product(-y, x)) / lengths[i];
    const second = (nextSide * product(next.y, -next.x)) / lengths[next.i];
    const least = Math.min(first, second);
    const greatest = Math.max(first, second);
    if (least >= -error || greatest <= error) {
      const gx = sum[0] + sum[1];
      const gy = sum[2] + sum[3];
      most = Math.max(most, Math.sqrt(gx * gx + gy * gy));
    }
  }
  return most * (1 + 16 * U) + 2 * error;
}

/** The sign of ax·by − ay·bx, exact. */
function crossSign(ax: number, ay: number, bx: number, by: number): number {
  const left = compensatedDot([ax], [by]);
  const right = compensatedDot([ay], [bx]);
  // Rounded products keep the order of the exact ones.
  return left.high === right.high ? left.low - right.low : left.high - right.high;
}
