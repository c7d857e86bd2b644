import type { Vector } from '../../model/index.js';

/**
 * The 2N cells into which the lines x_i^⊥ cut the circle, in angular order. Cell k lies between ends k and k + 1
 * (cyclically) and is narrower than π when the inputs span the plane. End k + N is opposite to end k.
 */
export interface CircleCells {
  readonly size: number;
  /** Unit inputs, (size, 2). */
  readonly inputs: Float64Array;
  /** Unit ends, (2·size, 2): end k is orthogonal to input `crossed[k]`. */
  readonly ends: Float64Array;
  readonly crossed: Int32Array;
  /** +1 where `crossed[k]` becomes active on cell k, −1 where it ceases to be. */
  readonly turns: Float64Array;
  /** Inputs active on the last cell, 1 or 0. */
  readonly activeLast: Uint8Array;
  /** Scratch of the pricing. */
  readonly found: CirclePrice;
}

/** The largest |g| and where; `wall` is the input orthogonal to the direction at an end, −1 inside a cell. */
export interface CirclePrice {
  largest: number;
  wall: number;
  value: number;
  readonly direction: Float64Array;
}

export function circleCells(unit: readonly Vector[]): CircleCells {
  const size = unit.length;
  const inputs = new Float64Array(2 * size);
  const keys = new Float64Array(size);
  const order = new Int32Array(size);
  const endX = new Float64Array(size);
  const endY = new Float64Array(size);
  for (let i = 0; i < size; i += 1) {
    const [x, y] = unit[i];
    inputs[2 * i] = x;
    inputs[2 * i + 1] = y;
    // The end of the upper half circle orthogonal to the input; −cos of its angle orders a half circle.
    const up = x > 0 || (x === 0 && y < 0) ? 1 : -1;
    endX[i] = -y * up;
    endY[i] = x * up;
    const key = halfTurn(endX[i], endY[i]);
    let k = i;
    while (k > 0 && keys[k - 1] > key) {
      keys[k] = keys[k - 1];
      order[k] = order[k - 1];
      k -= 1;
    }
    keys[k] = key;
    order[k] = i;
  }
  const ends = new Float64Array(4 * size);
  const crossed = new Int32Array(2 * size);
  const turns = new Float64Array(2 * size);
  const activeLast = new Uint8Array(size);
  for (let k = 0; k < size; k += 1) {
    const i = order[k];
    // Anticlockwise past the end (−y, x) the product with (x, y) turns negative, past (y, −x) positive.
    const turn = inputs[2 * i] > 0 || (inputs[2 * i] === 0 && inputs[2 * i + 1] < 0) ? -1 : 1;
    for (const [at, sign] of [
      [k, 1],
      [k + size, -1],
    ]) {
      ends[2 * at] = sign * endX[i];
      ends[2 * at + 1] = sign * endY[i];
      crossed[at] = i;
      turns[at] = sign * turn;
    }
    activeLast[i] = -turn > 0 ? 1 : 0;
  }
  const found = { largest: 0, wall: -1, value: 0, direction: new Float64Array(2) };
  return { size, inputs, ends, crossed, turns, activeLast, found };
}

/** Increases with the angle of a vector of the half circle [0, π); exact at the axes and monotone under rounding. */
function halfTurn(x: number, y: number): number {
  return Math.abs(x) > y ? (x > 0 ? y / x : 4 + y / x) : 2 - x / y;
}

/** Writes the winner of a pricing: end face/2, or the inside of cell (face − 1)/2 with its gradient. */
function leave(
  { ends, crossed, found }: CircleCells,
  largest: number,
  face: number,
  gx: number,
  gy: number,
): void {
  found.largest = largest;
  if (face % 2 === 0) {
    found.wall = crossed[face / 2];
    found.direction[0] = ends[face];
    found.direction[1] = ends[face + 1];
    found.value = gx * ends[face] + gy * ends[face + 1];
    return;
  }
  // ±G/‖G‖, whichever lies in the cell: the one on the side of the cell's start.
  const sign = ends[face - 1] * gy - ends[face] * gx > 0 ? 1 : -1;
  found.wall = -1;
  found.direction[0] = (sign * gx) / largest;
  found.direction[1] = (sign * gy) / largest;
  found.value = sign * largest;
}

/** The largest |g| over the circle in O(N): prefix sums of λ_ix_i around it; leaves it in `cells.found`. */
export function priceCircle(cells: CircleCells, dual: Float64Array): CirclePrice {
  const { size, inputs, ends, crossed, turns, activeLast, found } = cells;
  let gx = 0;
  let gy = 0;
  for (let i = 0; i < size; i += 1) {
    if (activeLast[i] === 0) continue;
    gx += dual[i] * inputs[2 * i];
    gy += dual[i] * inputs[2 * i + 1];
  }
  // |g|² so that no root is taken inside the loop.
  let best = -1;
  let face = -1;
  let bestX = 0;
  let bestY = 0;
  const count = 2 * size;
  let startX = ends[0];
  let startY = ends[1];
  for (let k = 0; k < count; k += 1) {
    const at = startX * gx + startY * gy;
    if (at * at > best) {
      best = at * at;
      face = 2 * k;
      bestX = gx;
      bestY = gy;
    }
    const i = crossed[k];
    const change = turns[k] * dual[i];
    gx += change * inputs[2 * i];
    gy += change * inputs[2 * i + 1];
    const next = k + 1 < count ? 2 * k + 2 : 0;
    const endX = ends[next];
    const endY = ends[next + 1];
    const squared = gx * gx + gy * gy;
    if (squared > best) {
      const before = startX * gy - startY * gx;
      const after = gx * endY - gy * endX;
      if ((before > 0 && after > 0) || (before < 0 && after < 0)) {
        best = squared;
        face = 2 * k + 1;
        bestX = gx;
        bestY = gy;
      }
    }
    startX = endX;
    startY = endY;
  }
  leave(cells, Math.sqrt(Math.max(0, best)), face, bestX, bestY);
  return found;
}

/**
 * The largest |½Σλ_i|⟨w, x_i⟩|| over the circle in O(N): half of the circle is enough, and passing an end changes the
 * gradient by λ_ix_i. Equals the pricing of g where Σλ_ix_i = 0.
 */
export function priceEvenCircle(cells: CircleCells, dual: Float64Array): CirclePrice {
  const { size, inputs, ends, crossed, turns, activeLast, found } = cells;
  let gx = 0;
  let gy = 0;
  for (let i = 0; i < size; i += 1) {
    const weight = activeLast[i] === 0 ? -0.5 * dual[i] : 0.5 * dual[i];
    gx += weight * inputs[2 * i];
    gy += weight * inputs[2 * i + 1];
  }
  let best = -1;
  let face = -1;
  let bestX = 0;
  let bestY = 0;
  let startX = ends[0];
  let startY = ends[1];
  for (let k = 0; k < size; k += 1) {
    const at = startX * gx + startY * gy;
    if (at * at > best) {
      best = at * at;
      face = 2 * k;
      bestX = gx;
      bestY = gy;
    }
    const i = crossed[k];
    const change = turns[k] * dual[i];
    gx += change * inputs[2 * i];
    gy += change * inputs[2 * i + 1];
    const endX = ends[2 * k + 2];
    const endY = ends[2 * k + 3];
    const squared = gx * gx + gy * gy;
    if (squared > best) {
      const before = startX * gy - startY * gx;
      const after = gx * endY - gy * endX;
      if ((before > 0 && after > 0) || (before < 0 && after < 0)) {
        best = squared;
        face = 2 * k + 1;
        bestX = gx;
        bestY = gy;
      }
    }
    startX = endX;
    startY = endY;
  }
  leave(cells, Math.sqrt(Math.max(0, best)), face, bestX, bestY);
  return found;
}

/** The maximum of |g| with compensated prefix sums (Neumaier), for bounds. */
export function largestOnCircle(
  { size, inputs, ends, crossed, turns, activeLast }: CircleCells,
  dual: Float64Array,
): number {
  const sum = [0, 0];
  const carry = [0, 0];
  const add = (i: number, factor: number): void => {
    for (let k = 0; k < 2; k += 1) {
      const term = factor * inputs[2 * i + k];
      const next = sum[k] + term;
      carry[k] += Math.abs(sum[k]) >= Math.abs(term) ? sum[k] - next + term : term - next + sum[k];
      sum[k] = next;
    }
  };
  for (let i = 0; i < size; i += 1) if (activeLast[i] === 1) add(i, dual[i]);
  let largest = 0;
  for (let k = 0; k < 2 * size; k += 1) {
    const next = k + 1 < 2 * size ? 2 * k + 2 : 0;
    const at = ends[2 * k] * (sum[0] + carry[0]) + ends[2 * k + 1] * (sum[1] + carry[1]);
    largest = Math.max(largest, Math.abs(at));
    add(crossed[k], turns[k] * dual[crossed[k]]);
    const gx = sum[0] + carry[0];
    const gy = sum[1] + carry[1];
    const before = ends[2 * k] * gy - ends[2 * k + 1] * gx;
    const after = gx * ends[next + 1] - gy * ends[next];
    if (before * after > 0) largest = Math.max(largest, Math.sqrt(gx * gx + gy * gy));
  }
  return largest;
}
