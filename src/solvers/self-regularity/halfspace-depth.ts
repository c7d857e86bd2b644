import { balanceRows } from '../../math/index.js';
import type { Matrix, Vector } from '../../model/index.js';
import type { Cross, IntegerVector } from './exact-sign.js';
import {
  DETERMINANT_FILTER,
  compensatedSign,
  cross,
  crossSign,
  integerCross,
  integerSign,
  integers,
} from './exact-sign.js';

/** The largest dimension in which the depth is computed exactly. */
export const DEPTH_DIMENSION_LIMIT = 3;

/** The depth of the origin, and a direction that attains it in float64 (null when none was found). */
export interface HalfspaceDepth {
  /** min over w ≠ 0 of #{i : w·x_i ≥ 0}, or of the sum of the weights of these points. */
  readonly count: number;
  /** At inputs near the ends of the range of doubles: in float64 once these are scaled by powers of two. */
  readonly direction: Vector | null;
}

interface Candidate {
  readonly count: number;
  readonly direction: Vector;
  /** Added with a small factor: it tips the points on the hyperplane to their cheaper side. */
  readonly tilt: Vector | null;
}

/**
 * The closed-halfspace (Tukey) depth of the origin in a sample: min over w ≠ 0 of #{i : w·x_i ≥ 0}.
 *
 * The count is upper semicontinuous in w, so the minimum is attained in an open cell of the arrangement
 * of the hyperplanes x_i^⊥, and each cell touches a direction orthogonal to inputDim − 1 independent
 * points. For each such direction the points on its hyperplane form the same problem in one dimension
 * less. All side decisions are exact at every scale of each point: it counts on which side a point lies, so points are
 * first multiplied by powers of two. O(N) for inputDim 1, O(N²) for 2, O(N³) for 3.
 * Dyckerhoff and Mozharovskyi 2016, arXiv:1411.6927.
 *
 * @param inputs shape (sampleSize, inputDim), inputDim 1…3
 * @param weights what each point counts, > 0, shape (sampleSize); 1 by default. Rounded sums of weights
 *   are compared as they are
 * @throws RangeError for inputDim > 3
 */
export function halfspaceDepth(inputs: Matrix, inputDim: number, weights?: Vector): HalfspaceDepth {
  if (!(inputDim >= 1 && inputDim <= DEPTH_DIMENSION_LIMIT)) {
    throw new RangeError(
      `halfspaceDepth: inputDim must lie in 1…${DEPTH_DIMENSION_LIMIT}, got ${inputDim}`,
    );
  }
  const balanced = balanceRows(inputs);
  // Points whose entries are too far apart for one scale keep theirs, and only integers decide.
  const rows = balanced.exact ? balanced.rows : inputs;
  const all = rows.map((at, i): Weighted => ({ at, weight: weights?.[i] ?? 1 }));
  const points = distinct(all.filter(({ at }) => at.some((entry) => entry !== 0)));
  let zeros = 0;
  for (const { at, weight } of all) if (at.every((entry) => entry === 0)) zeros += weight;
  if (points.length === 0) {
    return { count: zeros, direction: [1, ...Array<number>(inputDim - 1).fill(0)] };
  }
  const best =
    inputDim === 1
      ? depth1(points)
      : inputDim === 2
        ? depth2(points)
        : depth3(points, balanced.exact);
  const count = zeros + best.count;
  return { count, direction: realise(best, all, count) };
}

interface Weighted {
  readonly at: Vector;
  readonly weight: number;
}

function distinct(points: readonly Weighted[]): Weighted[] {
  const byText = new Map<string, { at: Vector; weight: number }>();
  for (const { at, weight } of points) {
    const text = at.map((entry) => entry + 0).join(' ');
    const known = byText.get(text);
    if (known) known.weight += weight;
    else byText.set(text, { at, weight });
  }
  return [...byText.values()];
}

function depth1(points: readonly Weighted[]): Candidate {
  let positive = 0;
  let negative = 0;
  for (const { at, weight } of points) {
    if (at[0] > 0) positive += weight;
    else negative += weight;
  }
  return positive <= negative
    ? { count: positive, direction: [1], tilt: null }
    : { count: negative, direction: [-1], tilt: null };
}

function depth2(points: readonly Weighted[]): Candidate {
  let best: Candidate | null = null;
  for (const { at } of points) {
    let left = 0;
    let right = 0;
    let along = 0;
    let against = 0;
    for (const other of points) {
      const side = crossSign(at, other.at);
      if (side > 0) left += other.weight;
      else if (side < 0) right += other.weight;
      else if (sameWay(at, other.at)) along += other.weight;
      else against += other.weight;
    }
    const count = Math.min(left, right) + Math.min(along, against);
    if (best === null || count < best.count) {
      const normal = left <= right ? [-at[1], at[0]] : [at[1], -at[0]];
      const tilt = along <= against ? at : at.map((entry) => -entry);
      best = { count, direction: normal, tilt };
    }
  }
  return best as Candidate;
}

function depth3(points: readonly Weighted[], filtered: boolean): Candidate {
  const flat = Float64Array.from(points.flatMap(({ at }) => at));
  const exact = lazily(() => points.map(({ at }) => integers(at)));
  const coordinates = { flat, exact, filtered };
  let best: Candidate | null = null;
  for (let i = 0; i < points.length; i += 1) {
    for (let j = i + 1; j < points.length; j += 1) {
      if (areParallel(points[i].at, points[j].at)) continue;
      const product = cross(points[i].at, points[j].at);
      const sides = sidesOfPlane(points, coordinates, i, j, product, best?.count ?? Infinity);
      if (sides === null) continue;
      const { left, right, on } = sides;
      const largest = largestEntry(product.value);
      // An entry that may be rounding of 0 would project the plane to a line.
      const sure = Math.abs(product.value[largest]) > 4 * Number.EPSILON * product.size[largest];
      const dropped =
        filtered && sure && Math.abs(product.value[largest]) > 1e-280
          ? largest
          : integerCross(exact()[i], exact()[j]).findIndex((entry) => entry !== 0n);
      const inPlane = depth2(
        on.map(({ at, weight }) => ({ at: at.filter((_, k) => k !== dropped), weight })),
      );
      const count = Math.min(left, right) + inPlane.count;
      if (best !== null && count >= best.count) continue;
      const sign = left <= right ? 1 : -1;
      best = {
        count,
        direction: product.value.map((entry) => sign * entry),
        tilt: lift(planeDirection(inPlane, on, dropped), dropped),
      };
      // All points lie in this plane, so every other pair spans it too.
      if (on.length === points.length) return best;
    }
  }
  return best ?? onLine(points);
}

/** Coordinates of the points in float64, and as integers when first asked for. */
interface Coordinates {
  readonly flat: Float64Array;
  readonly exact: () => readonly IntegerVector[];
  /** Whether the points are balanced, so that float64 may decide. */
  readonly filtered: boolean;
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

/**
 * How many points lie on either side of the plane through points i and j, and which lie on it; null as
 * soon as both sides hold `enough`.
 */
function sidesOfPlane(
  points: readonly Weighted[],
  { flat, exact, filtered }: Coordinates,
  i: number,
  j: number,
  product: Cross,
  enough: number,
): { left: number; right: number; on: Weighted[] } | null {
  const [nx, ny, nz] = product.value;
  const [sx, sy, sz] = product.size;
  const normal = lazily(() => integerCross(exact()[i], exact()[j]));
  const on: Weighted[] = [];
  let left = 0;
  let right = 0;
  for (let k = 0; k < points.length; k += 1) {
    const x = flat[3 * k];
    const y = flat[3 * k + 1];
    const z = flat[3 * k + 2];
    const value = nx * x + ny * y + nz * z;
    const size = sx * Math.abs(x) + sy * Math.abs(y) + sz * Math.abs(z);
    let side: number;
    if (k === i || k === j) side = 0;
    // Of balanced points underflow adds less than 1e-320 to either side of this.
    else if (filtered && Math.abs(value) > DETERMINANT_FILTER * size && Math.abs(value) > 1e-280) {
      side = value;
    } else {
      const refined = filtered
        ? compensatedSign(points[i].at, points[j].at, points[k].at, size)
        : null;
      side = refined ?? integerSign(normal(), exact()[k]);
    }
    if (side > 0) left += points[k].weight;
    else if (side < 0) right += points[k].weight;
    else on.push(points[k]);
    if (left >= enough && right >= enough) return null;
  }
  return { left, right, on };
}

/** A direction inside the plane that attains the depth of its points. */
function planeDirection(candidate: Candidate, on: readonly Weighted[], dropped: number): Vector {
  const planar = on.map(({ at, weight }) => ({ at: at.filter((_, k) => k !== dropped), weight }));
  return realise(candidate, planar, candidate.count) ?? candidate.direction;
}

function lift(direction: Vector, dropped: number): Vector {
  const lifted = [...direction];
  lifted.splice(dropped, 0, 0);
  return lifted;
}

function onLine(points: readonly Weighted[]): Candidate {
  const along = points[0].at;
  let same = 0;
  let opposite = 0;
  for (const { at, weight } of points) {
    if (sameWay(at, along)) same += weight;
    else opposite += weight;
  }
  return {
    count: Math.min(same, opposite),
    direction: same <= opposite ? along : along.map((entry) => -entry),
    tilt: null,
  };
}

/** Whether parallel vectors point the same way. */
function sameWay(a: Vector, b: Vector): boolean {
  return a.some((entry, k) => Math.sign(entry) * Math.sign(b[k]) > 0);
}

function areParallel(a: Vector, b: Vector): boolean {
  return (
    crossSign([a[0], a[1]], [b[0], b[1]]) === 0 &&
    crossSign([a[0], a[2]], [b[0], b[2]]) === 0 &&
    crossSign([a[1], a[2]], [b[1], b[2]]) === 0
  );
}

function largestEntry(x: Vector): number {
  let best = 0;
  for (let k = 1; k < x.length; k += 1) if (Math.abs(x[k]) > Math.abs(x[best])) best = k;
  return best;
}

/** A direction near the candidate's at which points of weight `count` satisfy w·x ≥ 0 in float64. */
function realise(candidate: Candidate, points: readonly Weighted[], count: number): Vector | null {
  const { direction, tilt } = candidate;
  const size = Math.max(...direction.map(Math.abs));
  if (!(size > 0)) return null;
  const attains = (w: Vector): boolean => Math.abs(weightAt(w, points) - count) <= 1e-9 * count;
  if (tilt === null) return attains(direction) ? direction : null;
  const ratio = size / Math.max(...tilt.map(Math.abs));
  for (let exponent = 10; exponent <= 50; exponent += 4) {
    for (const sign of [1, -1]) {
      const factor = sign * ratio * 2 ** -exponent;
      const w = direction.map((entry, k) => entry + factor * tilt[k]);
      if (attains(w)) return w;
    }
  }
  return null;
}

function weightAt(w: Vector, points: readonly Weighted[]): number {
  let total = 0;
  for (const { at, weight } of points) {
    let product = 0;
    for (let k = 0; k < w.length; k += 1) product += w[k] * at[k];
    if (product >= 0) total += weight;
  }
  return total;
}
