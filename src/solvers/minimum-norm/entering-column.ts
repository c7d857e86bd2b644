/** A column to be brought in: filled by `fillColumn`. */
export interface Entering {
  /** pattern[i]·⟨w, x_i⟩, shape (size). */
  readonly column: Float64Array;
  readonly pattern: Float64Array;
  /** Unit direction w, shape (dim). */
  readonly direction: Float64Array;
  /** Up to two inputs whose hyperplane holds w, −1 for none. */
  readonly walls: Int32Array;
  face: number;
}

export function createEntering(size: number, dim: number): Entering {
  return {
    column: new Float64Array(size),
    pattern: new Float64Array(size),
    direction: new Float64Array(dim),
    walls: new Int32Array(2).fill(-1),
    face: -1,
  };
}

/**
 * Computes the column of `entering.direction`: σ(⟨w, x_i⟩), or ½|⟨w, x_i⟩| of the even problem. Entries of its walls
 * are 0 by index, not by sign. The face key is a sum of fixed pseudorandom integers below 2⁴⁵ over active inputs and
 * walls: exact for 128 terms, and two of the N² + … faces share one with probability below 1e-6.
 */
export function fillColumn(
  entering: Entering,
  inputs: Float64Array,
  keys: Float64Array,
  even: boolean,
): void {
  const { column, pattern, direction, walls } = entering;
  const size = column.length;
  const dim = direction.length;
  const positive = even ? 0.5 : 1;
  const negative = even ? -0.5 : 0;
  let face = 0;
  for (let i = 0, at = 0; i < size; i += 1, at += dim) {
    let product = 0;
    for (let k = 0; k < dim; k += 1) product += inputs[at + k] * direction[k];
    const factor = i === walls[0] || i === walls[1] ? 0 : product > 0 ? positive : negative;
    pattern[i] = factor;
    column[i] = factor * product;
    face += factor * keys[i];
  }
  if (even && face < 0) {
    // w and −w are one kink: the one with the positive key stands for both, so that atoms of a face can be added.
    for (let i = 0; i < size; i += 1) pattern[i] = -pattern[i];
    for (let k = 0; k < dim; k += 1) direction[k] = -direction[k];
    face = -face;
  }
  if (walls[0] >= 0) face += keys[size + walls[0]];
  if (walls[1] >= 0) face += keys[size + walls[1]];
  entering.face = face;
}

/** Keys for `fillColumn`, shape (2·size): for active inputs and for walls. */
export function faceKeys(size: number): Float64Array {
  const keys = new Float64Array(2 * size);
  let state = 0x9e3779b9;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  for (let k = 0; k < keys.length; k += 1) keys[k] = next() * 2 ** 13 + (next() >>> 19);
  return keys;
}
