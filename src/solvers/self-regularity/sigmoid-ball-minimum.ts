import { norm } from '../../math/index.js';
import type { Matrix } from '../../model/index.js';

/** An enclosure of a minimum over the ball of the given radius. */
export interface BallMinimum {
  readonly lower: number;
  /** Attained, up to rounding, at `direction`. */
  readonly upper: number;
  readonly direction: readonly number[];
}

/** Boxes are split until the bounds agree to this share, or so many have been looked at. */
const RELATIVE_GAP = 1e-3;
const MOST_BOXES = 12000;

/** Boxes times inputs: some tenths of a second. */
const MOST_WORK = 4e5;

/** Largest dimension in which boxes suffice. */
export const BALL_DIMENSION_LIMIT = 3;

/** Scales of w that the cubes around 0 double through; beyond 2^40 of them the search does not go. */
const MOST_OCTAVES = 40;

/**
 * An error of at most this share of Σ|terms| bounds the rounding of a sum over the sample, of inner
 * products of up to three terms and of a few operations a term: (sampleSize + 16)·2⁻⁵³, doubled.
 */
const roundingShare = (sampleSize: number): number => (sampleSize + 16) * 2 ** -52;

interface Box {
  readonly centre: readonly number[];
  readonly half: number;
  readonly bound: number;
}

/**
 * Encloses min over ‖w‖ ≤ radius of f(w) = (1/N)Σ SGM(w·x_i), SGM(t) = 1/(1 + e^{−t}), by branch and bound
 * over cubes that double in size away from 0. Over a cube with centre c and half side h each t_i = w·x_i
 * lies within h‖x_i‖₁ of c·x_i and, in the ball, within radius·‖x_i‖ of 0; the larger of two bounds holds:
 * - (1/N)Σ SGM(least t_i), since SGM increases;
 * - f(c) − hΣ_k max|g_k|, g = (1/N)Σ SGM'(t_i)x_i enclosed over the cube: second order at a minimum.
 *
 * @param inputs shape (sampleSize, inputDim), inputDim ≤ 3, of an ordinary scale (`sigmoidMinimumMeanLowerBound` sees to it)
 * @param radius finite and > 0
 * @returns null when radius or inputs are too large for the doubling cubes
 */
export function sigmoidBallMinimum(inputs: Matrix, radius: number): BallMinimum | null {
  const inputDim = inputs[0].length;
  const largest = inputs.reduce((most, x) => Math.max(most, norm(x)), 0);
  const origin = inputs[0].map(() => 0);
  if (largest === 0) return { lower: 0.5 - 1e-15, upper: 0.5, direction: origin };
  const start = Math.min(radius, 2 ** -6 / largest);
  const octaves = Math.ceil(Math.log2(radius / start));
  if (!(octaves <= MOST_OCTAVES)) return null;

  const bounds = boxBounds(inputs, radius);
  let best = { upper: bounds.value(origin), direction: origin as readonly number[] };
  const queue: Box[] = [];
  const consider = (centre: readonly number[], half: number): void => {
    // Cubes that miss the ball say nothing about it.
    const nearest = Math.hypot(...centre.map((entry) => Math.max(0, Math.abs(entry) - half)));
    if (nearest > radius) return;
    const length = norm(centre);
    const inside = length > radius ? centre.map((entry) => (entry * radius) / length) : centre;
    const upper = bounds.value(inside);
    if (upper < best.upper) best = { upper, direction: inside };
    push(queue, { centre, half, bound: bounds.lower(centre, half) });
  };

  consider(origin, start);
  let half = start;
  for (let octave = 0; octave < octaves; octave += 1) {
    // The shell between two cubes: cubes of half the inner side, those inside left out.
    for (const corner of cornersOf(inputDim, 4)) {
      if (corner.every((entry) => entry === 1 || entry === 2)) continue;
      consider(
        corner.map((entry) => (entry - 1.5) * half),
        half / 2,
      );
    }
    half *= 2;
  }

  let boxes = queue.length;
  const most = Math.min(MOST_BOXES, MOST_WORK / inputs.length);
  while (boxes < most) {
    const worst = queue[0];
    if (worst.bound >= best.upper * (1 - RELATIVE_GAP)) break;
    pop(queue);
    const quarter = worst.half / 2;
    for (const corner of cornersOf(inputDim, 2)) {
      consider(
        worst.centre.map((entry, k) => entry + (2 * corner[k] - 1) * quarter),
        quarter,
      );
      boxes += 1;
    }
  }
  const lower = Math.max(0, queue[0]?.bound ?? best.upper);
  return { lower: Math.min(lower, best.upper), ...best };
}

/** All vectors with entries 0 … count − 1. */
function cornersOf(inputDim: number, count: number): number[][] {
  let corners: number[][] = [[]];
  for (let k = 0; k < inputDim; k += 1) {
    corners = corners.flatMap((corner) =>
      Array.from({ length: count }, (_, entry) => [...corner, entry]),
    );
  }
  return corners;
}

/** f, and its lower bound over cubes, rounding accounted for. */
function boxBounds(inputs: Matrix, radius: number) {
  const size = inputs.length;
  const inputDim = inputs[0].length;
  const reach = inputs.map((x) => x.reduce((sum, entry) => sum + Math.abs(entry), 0));
  const share = roundingShare(size);
  // Cauchy and Schwarz: in the ball |w·x_i| is at most this.
  const most = inputs.map((x) => radius * norm(x) * (1 + 2 ** -48));
  const products = (w: readonly number[]): number[] =>
    inputs.map((x) => x.reduce((sum, entry, k) => sum + entry * w[k], 0));
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, t) => sum + sigmoid(t), 0) / size;

  return {
    value: (w: readonly number[]): number => mean(products(w)),
    lower(centre: readonly number[], half: number): number {
      const t = products(centre);
      const size1 = centre.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
      // A product is off by at most this; SGM's logarithm has slope ≤ 1, SGM' one of at most ¼.
      const slack = reach.map((entry) => 2 ** -51 * entry * size1);
      const monotone =
        mean(
          t.map((entry, i) =>
            Math.max(-most[i], entry - half * reach[i] * (1 + 2 ** -50) - slack[i]),
          ),
        ) *
        (1 - share);
      let slope = 0;
      for (let k = 0; k < inputDim; k += 1) {
        let low = 0;
        let high = 0;
        for (let i = 0; i < size; i += 1) {
          const x = inputs[i][k];
          const spread = half * reach[i] * (1 + 2 ** -50) + slack[i];
          const least = sigmoidSlope(Math.abs(t[i]) + spread);
          const most = sigmoidSlope(Math.max(0, Math.abs(t[i]) - spread));
          low += x * (x > 0 ? least : most);
          high += x * (x > 0 ? most : least);
        }
        slope += Math.max(Math.abs(low), Math.abs(high)) / size;
      }
      const worst = (half * reach.reduce((sum, entry) => sum + entry, 0)) / size;
      const drift = slack.reduce((most, entry) => Math.max(most, entry), 0);
      const second = mean(t) * (1 - share - drift) - half * slope - share * worst;
      return Math.max(monotone, second);
    },
  };
}

function sigmoid(t: number): number {
  if (t >= 0) return 1 / (1 + Math.exp(-t));
  const e = Math.exp(t);
  return e / (1 + e);
}

/** SGM'(t) for t ≥ 0, decreasing. */
function sigmoidSlope(t: number): number {
  const e = Math.exp(-t);
  return e / ((1 + e) * (1 + e));
}

/** A binary heap, least bound first. */
function push(heap: Box[], box: Box): void {
  let at = heap.length;
  heap.push(box);
  while (at > 0) {
    const above = (at - 1) >> 1;
    if (heap[above].bound <= box.bound) break;
    heap[at] = heap[above];
    at = above;
  }
  heap[at] = box;
}

function pop(heap: Box[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let at = 0;
  for (;;) {
    let below = 2 * at + 1;
    if (below >= heap.length) break;
    if (below + 1 < heap.length && heap[below + 1].bound < heap[below].bound) below += 1;
    if (heap[below].bound >= last.bound) break;
    heap[at] = heap[below];
    at = below;
  }
  heap[at] = last;
}
