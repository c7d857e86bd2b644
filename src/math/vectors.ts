import { atan } from './elementary.js';
import { balanceRows } from './balanced-rows.js';

/** Sum of x_i·y_i, added from the first index on. @throws RangeError when the lengths differ. */
export function dot(x: readonly number[], y: readonly number[]): number {
  if (x.length !== y.length) {
    throw new RangeError(`dot: y must have length ${x.length} (length of x), got ${y.length}`);
  }
  let sum = 0;
  for (let i = 0; i < x.length; i += 1) sum += x[i] * y[i];
  return sum;
}

/** The Euclidean norm, scaled so that it neither overflows nor underflows. */
export function norm(x: readonly number[]): number {
  let largest = 0;
  for (const entry of x) largest = Math.max(largest, Math.abs(entry));
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let sum = 0;
  for (const entry of x) sum += (entry / largest) * (entry / largest);
  return largest * Math.sqrt(sum);
}

/** factor·x. */
export function scale(factor: number, x: readonly number[]): number[] {
  return x.map((entry) => factor * entry);
}

/** x + factor·y. @throws RangeError when the lengths differ. */
export function addScaled(x: readonly number[], factor: number, y: readonly number[]): number[] {
  if (x.length !== y.length) {
    throw new RangeError(
      `addScaled: y must have length ${x.length} (length of x), got ${y.length}`,
    );
  }
  return x.map((entry, i) => entry + factor * y[i]);
}

/** x/‖x‖, for vectors of every scale. @throws RangeError when x is the zero vector. */
export function normalise(x: readonly number[]): number[] {
  const { vector, length } = ordinary(x);
  if (length === 0) throw new RangeError('normalise: x must not be the zero vector');
  return vector.map((entry) => entry / length);
}

/** (1/‖x‖)·x, one rounding an entry more than `normalise`, for vectors of every scale; zeros for the zero vector. */
export function unitVector(x: readonly number[]): number[] {
  const { vector, length } = ordinary(x);
  return length === 0 ? [...vector] : scale(1 / length, vector);
}

/** A vector of the same direction with its norm; near the ends of the range of doubles, where a norm has few digits, another. */
function ordinary(x: readonly number[]): { vector: readonly number[]; length: number } {
  const length = norm(x);
  if (length === 0 || (length > 1e-270 && length < 1e270)) return { vector: x, length };
  const [vector] = balanceRows([x]).rows;
  return { vector, length: norm(vector) };
}

/**
 * The angle between u and v in [0, π], as 2·arctan(‖ū−v̄‖/‖ū+v̄‖), which keeps its digits near 0 and π
 * where the arc cosine loses half of them. @throws RangeError when one is the zero vector.
 */
export function angle(u: readonly number[], v: readonly number[]): number {
  const a = normalise(u);
  const b = normalise(v);
  return 2 * atan(norm(addScaled(a, -1, b)) / norm(addScaled(a, 1, b)));
}
