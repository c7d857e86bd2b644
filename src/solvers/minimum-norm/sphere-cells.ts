import type { Vector } from '../../model/index.js';
import type { SpherePrice } from './sphere-found.js';
import { createFound, record, recordCell } from './sphere-found.js';

/**
 * The arrangement of the great circles x_i^⊥ on the sphere in R³, circle by circle. On circle i, with an orthonormal
 * frame (p, q) of its plane, the other circles cross at N − 1 pairs of opposite points; the half from the first is
 * stored in order, the other half is its mirror image.
 */
export interface SphereCells {
  readonly size: number;
  /** Unit inputs, (size, 3). */
  readonly inputs: Float64Array;
  /** p and q of circle i, (size, 6). */
  readonly frames: Float64Array;
  /** For circle i and slot k: the input crossed there, (size, size − 1). */
  readonly crossed: Int32Array;
  /** Coordinates of that input in the frame (p, q, x_i), times its turn (+1: becomes active there): (size, size − 1, 3). */
  readonly crossing: Float64Array;
  /** In-plane coordinates of the crossing point, (size, size − 1, 2). */
  readonly points: Float64Array;
  /** Σ over the inputs other than i with their activity before slot 0 as ±1, bit by slot: (size, size − 1). */
  readonly before: Float64Array;
  readonly found: SpherePrice;
}

export function sphereCells(unit: readonly Vector[]): SphereCells {
  const size = unit.length;
  const slots = size - 1;
  const inputs = new Float64Array(3 * size);
  for (let i = 0; i < size; i += 1) for (let k = 0; k < 3; k += 1) inputs[3 * i + k] = unit[i][k];
  const frames = new Float64Array(6 * size);
  const crossed = new Int32Array(size * slots);
  const crossing = new Float64Array(size * slots * 3);
  const points = new Float64Array(size * slots * 2);
  const before = new Float64Array(size * slots);
  const keys = new Float64Array(size);
  const order = new Int32Array(size);
  const along = new Float64Array(2 * size);
  for (let i = 0; i < size; i += 1) {
    setFrame(inputs, frames, i);
    let count = 0;
    for (let j = 0; j < size; j += 1) {
      if (j === i) continue;
      const p = dotAt(frames, 6 * i, inputs, 3 * j);
      const q = dotAt(frames, 6 * i + 3, inputs, 3 * j);
      along[2 * j] = p;
      along[2 * j + 1] = q;
      // The crossing point of the upper half plane, orthogonal to (p, q), ordered by a monotone function of its angle.
      const up = p > 0 || (p === 0 && q < 0) ? 1 : -1;
      const x = -q * up;
      const y = p * up;
      const key = Math.abs(x) > y ? (x > 0 ? y / x : 4 + y / x) : y === 0 ? 0 : 2 - x / y;
      let k = count;
      while (k > 0 && keys[k - 1] > key) {
        keys[k] = keys[k - 1];
        order[k] = order[k - 1];
        k -= 1;
      }
      keys[k] = key;
      order[k] = j;
      count += 1;
    }
    for (let k = 0; k < slots; k += 1) {
      const j = order[k];
      const p = along[2 * j];
      const q = along[2 * j + 1];
      const length = Math.hypot(p, q);
      const up = p > 0 || (p === 0 && q < 0) ? 1 : -1;
      const at = i * slots + k;
      crossed[at] = j;
      points[2 * at] = length === 0 ? 1 : (-q * up) / length;
      points[2 * at + 1] = length === 0 ? 0 : (p * up) / length;
      // Anticlockwise past (−q, p) the product with (p, q) turns negative.
      const turn = -up;
      crossing[3 * at] = turn * p;
      crossing[3 * at + 1] = turn * q;
      crossing[3 * at + 2] = turn * dotAt(inputs, 3 * i, inputs, 3 * j);
      before[at] = turn < 0 ? 1 : 0;
    }
  }
  const found = createFound();
  return { size, inputs, frames, crossed, crossing, points, before, found };
}

/** Orthonormal p, q with (p, q, x_i) right-handed, from the axis farthest from x_i. */
function setFrame(inputs: Float64Array, frames: Float64Array, i: number): void {
  const x = inputs[3 * i];
  const y = inputs[3 * i + 1];
  const z = inputs[3 * i + 2];
  let px = 0;
  let py = 0;
  let pz = 0;
  if (Math.abs(x) <= Math.abs(y) && Math.abs(x) <= Math.abs(z)) {
    py = -z;
    pz = y;
  } else if (Math.abs(y) <= Math.abs(z)) {
    px = z;
    pz = -x;
  } else {
    px = -y;
    py = x;
  }
  const length = Math.sqrt(px * px + py * py + pz * pz);
  px /= length;
  py /= length;
  pz /= length;
  frames.set([px, py, pz, y * pz - z * py, z * px - x * pz, x * py - y * px], 6 * i);
}

function dotAt(a: Float64Array, at: number, b: Float64Array, from: number): number {
  return a[at] * b[from] + a[at + 1] * b[from + 1] + a[at + 2] * b[from + 2];
}

/**
 * Local maxima of |g|, g(w) = Σλ_iσ(⟨w, x_i⟩), or of |½Σλ_i|⟨w, x_i⟩|| when `even`, over the sphere in O(N²): along
 * each great circle, prefix sums give the gradient G on every edge. A local maximum is a crossing that is one along
 * its circle, a peak ±P/‖P‖ of G projected on the circle's plane towards which both cells beside slope, or a peak
 * ±G/‖G‖ on the cell's side of the edge and of the circles at its two ends. Tests allow for rounding, so `largest` is
 * the maximum of |g| up to rounding whenever it exceeds `least`; weaker candidates are dropped, and some of those
 * below 1 + share·(largest − 1). With a stride only every stride-th great circle from `first` on is searched.
 */
export function priceSphere(
  cells: SphereCells,
  dual: Float64Array,
  even: boolean,
  least: number,
  share: number,
  first = 0,
  stride = 1,
): SpherePrice {
  const { size, crossed, crossing, points, before, found } = cells;
  const slots = size - 1;
  found.count = 0;
  found.largest = 0;
  found.floor = 0;
  const high = even ? 0.5 : 1;
  const low = even ? -0.5 : 0;
  const halves = even ? 1 : 2;
  let threshold = least;
  let square = threshold * threshold;
  let mass = 0;
  for (let i = 0; i < size; i += 1) mass += Math.abs(dual[i]);
  // Rounding of the prefix sums.
  const slack = 1e-14 * mass;
  for (let i = first; i < size; i += stride) {
    if (found.largest > 1) {
      threshold = Math.max(threshold, 1 + share * (found.largest - 1));
      square = threshold * threshold;
    }
    const base = i * slots;
    const lowOwn = low * dual[i];
    const highOwn = high * dual[i];
    // Gradient in the frame (p, q, x_i), without input i.
    let gp = 0;
    let gq = 0;
    let gn = 0;
    for (let k = 0, at = base; k < slots; k += 1, at += 1) {
      // `crossing` holds coordinates times the turn.
      const weight = (before[at] === 1 ? -high : low) * dual[crossed[at]];
      gp += weight * crossing[3 * at];
      gq += weight * crossing[3 * at + 1];
      gn += weight * crossing[3 * at + 2];
    }
    for (let half = 0; half < halves; half += 1) {
      const mirror = half === 0 ? 1 : -1;
      let vx = mirror * points[2 * base];
      let vy = mirror * points[2 * base + 1];
      for (let k = 0, at = base; k < slots; k += 1, at += 1) {
        const value = vx * gp + vy * gq;
        const slopeBefore = vx * gq - vy * gp;
        const change = mirror * dual[crossed[at]];
        gp += change * crossing[3 * at];
        gq += change * crossing[3 * at + 1];
        gn += change * crossing[3 * at + 2];
        const slopeAfter = vx * gq - vy * gp;
        if (value > threshold) {
          if (slopeBefore > -slack && slopeAfter < slack)
            record(cells, i, vx, vy, value, crossed[at]);
        } else if (value < -threshold && slopeBefore < slack && slopeAfter > -slack) {
          record(cells, i, vx, vy, value, crossed[at]);
        }
        const last = k + 1 === slots;
        const next = last ? base : at + 1;
        const flip = last ? -mirror : mirror;
        const wx = flip * points[2 * next];
        const wy = flip * points[2 * next + 1];
        const planar = gp * gp + gq * gq;
        const below = gn + lowOwn;
        const above = gn + highOwn;
        if (planar > square) {
          const end = gp * wy - gq * wx;
          if (slopeAfter > 0 && end > 0) {
            if (below > -slack && above < slack) {
              const length = Math.sqrt(planar);
              record(cells, i, gp / length, gq / length, length, -1);
            }
          } else if (slopeAfter < 0 && end < 0 && below < slack && above > -slack) {
            const length = Math.sqrt(planar);
            record(cells, i, -gp / length, -gq / length, -length, -1);
          }
        }
        // Cells beside the edge. The edge lies past its first crossing and before its second.
        const squareBelow = planar + below * below;
        const squareAbove = planar + above * above;
        if (squareBelow > square || squareAbove > square) {
          const first = mirror * (gp * crossing[3 * at] + gq * crossing[3 * at + 1]);
          const second = flip * (gp * crossing[3 * next] + gq * crossing[3 * next + 1]);
          const firstHeight = mirror * crossing[3 * at + 2];
          const secondHeight = flip * crossing[3 * next + 2];
          if (squareBelow > square) {
            const sign = below < 0 ? 1 : -1;
            if (
              sign * (first + below * firstHeight) > -slack &&
              sign * (second + below * secondHeight) < slack
            ) {
              recordCell(cells, dual, even, i, gp, gq, below, sign, squareBelow, slack);
            }
          }
          if (squareAbove > square) {
            const sign = above > 0 ? 1 : -1;
            if (
              sign * (first + above * firstHeight) > -slack &&
              sign * (second + above * secondHeight) < slack
            ) {
              recordCell(cells, dual, even, i, gp, gq, above, sign, squareAbove, slack);
            }
          }
        }
        vx = wx;
        vy = wy;
      }
    }
  }
  return found;
}
