import type { SphereCells } from './sphere-cells.js';

/** Local maxima of |g| above the threshold, unsorted. Shapes: (count), directions (count, 3), walls (count, 2). */
export interface SpherePrice {
  largest: number;
  count: number;
  /** The least |value| of a full list, 0 before, and where it is. */
  floor: number;
  weakest: number;
  readonly values: Float64Array;
  readonly directions: Float64Array;
  readonly walls: Int32Array;
}

/** More candidates than this are never wanted in a round; weaker ones are dropped. */
const MOST_FOUND = 24;

export function createFound(): SpherePrice {
  return {
    largest: 0,
    count: 0,
    floor: 0,
    weakest: 0,
    values: new Float64Array(MOST_FOUND),
    directions: new Float64Array(3 * MOST_FOUND),
    walls: new Int32Array(2 * MOST_FOUND),
  };
}

/** Directions nearer than this are one candidate seen from two circles. */
const SAME = 1e-9;

function isKnown({ found }: SphereCells, x: number, y: number, z: number): boolean {
  const { count, directions } = found;
  for (let c = 0, at = 0; c < count; c += 1, at += 3) {
    const off =
      Math.abs(directions[at] - x) +
      Math.abs(directions[at + 1] - y) +
      Math.abs(directions[at + 2] - z);
    if (off < SAME) return true;
  }
  return false;
}

/** Keeps a candidate of circle i with in-plane coordinates, second wall `wall` (−1 for none). */
export function record(
  cells: SphereCells,
  i: number,
  p: number,
  q: number,
  value: number,
  wall: number,
): void {
  const { frames, found } = cells;
  const size = Math.abs(value);
  if (size <= found.floor) return;
  const at = 6 * i;
  const x = p * frames[at] + q * frames[at + 3];
  const y = p * frames[at + 1] + q * frames[at + 4];
  const z = p * frames[at + 2] + q * frames[at + 5];
  if (size > found.largest) found.largest = size;
  if (isKnown(cells, x, y, z)) return;
  keep(found, x, y, z, value, i, wall);
}

export function recordCell(
  cells: SphereCells,
  dual: Float64Array,
  even: boolean,
  i: number,
  gp: number,
  gq: number,
  gn: number,
  sign: number,
  squared: number,
  slack: number,
): void {
  const { size, inputs, frames, found } = cells;
  if (squared <= found.floor * found.floor) return;
  const factor = sign / Math.sqrt(squared);
  const at = 6 * i;
  const p = gp * factor;
  const q = gq * factor;
  const n = gn * factor;
  const x = p * frames[at] + q * frames[at + 3] + n * inputs[3 * i];
  const y = p * frames[at + 1] + q * frames[at + 4] + n * inputs[3 * i + 1];
  const z = p * frames[at + 2] + q * frames[at + 5] + n * inputs[3 * i + 2];
  if (isKnown(cells, x, y, z)) return;
  // Where the peak is not in the cell this is another value of g, and does no harm.
  let value = 0;
  for (let j = 0; j < size; j += 1) {
    const product = x * inputs[3 * j] + y * inputs[3 * j + 1] + z * inputs[3 * j + 2];
    if (even) value += 0.5 * dual[j] * Math.abs(product);
    else if (product > 0) value += dual[j] * product;
  }
  const magnitude = Math.abs(value);
  if (magnitude < Math.sqrt(squared) * (1 - 1e-6) - slack) return;
  if (magnitude > found.largest) found.largest = magnitude;
  keep(found, x, y, z, value, -1, -1);
}

/** Appends, or replaces the weakest of a full list: values far below the largest are of no use in a round. */
function keep(
  found: SpherePrice,
  x: number,
  y: number,
  z: number,
  value: number,
  wall: number,
  other: number,
): void {
  let c = found.count;
  if (c < MOST_FOUND) found.count += 1;
  else {
    if (found.floor >= Math.abs(value)) return;
    c = found.weakest;
  }
  found.values[c] = value;
  found.directions[3 * c] = x;
  found.directions[3 * c + 1] = y;
  found.directions[3 * c + 2] = z;
  found.walls[2 * c] = wall;
  found.walls[2 * c + 1] = other;
  if (found.count < MOST_FOUND) return;
  let weakest = 0;
  for (let k = 1; k < MOST_FOUND; k += 1) {
    if (Math.abs(found.values[k]) < Math.abs(found.values[weakest])) weakest = k;
  }
  found.weakest = weakest;
  found.floor = Math.abs(found.values[weakest]);
}
