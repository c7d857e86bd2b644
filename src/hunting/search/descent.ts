import { clearlyNearer } from './candidate.js';
import type { Score } from './problem.js';
import { nearer } from './problem.js';

/**
 * The state of a descent with limited memory, L-BFGS (Nocedal 1980, doi:10.1090/S0025-5718-1980-0572855-7), on gradients by
 * forward differences: a conclusion is opaque, so no gradient comes from within. Plain data.
 */
export interface DescentState {
  readonly point: readonly number[];
  readonly score: Score;
  /** Null where the next trials measure it. */
  readonly gradient: readonly number[] | null;
  /** Where the last gradient was measured, and that gradient. */
  readonly before: {
    readonly point: readonly number[];
    readonly gradient: readonly number[];
  } | null;
  /** Steps with the changes of the gradient over them, the latest last. */
  readonly pairs: readonly {
    readonly step: readonly number[];
    readonly change: readonly number[];
  }[];
  /** Whether it came to rest. */
  readonly rests: boolean;
}

/** Pairs that are kept. */
const MEMORY = 10;

/** The step of differences: entries are of order 1, margins have rounding errors of order 1e-16. */
const DIFFERENCE = 1e-6;

/** Step lengths that one line search tries, as shares of the proposed step. */
const LENGTHS = [4, 1, 0.25, 0.06, 0.015, 1e-3, 1e-5, 1e-7];

/** Evaluations of one step: a gradient and a line search. */
export function stepCost(dimension: number): number {
  return dimension + LENGTHS.length;
}

/** Starts at a point. */
export function startDescent(point: readonly number[], score: Score): DescentState {
  return { point, score, gradient: null, before: null, pairs: [], rests: point.length === 0 };
}

/** The points that are to be judged next. */
export function trialsOf({ point, gradient, pairs }: DescentState): number[][] {
  if (gradient === null) return point.map((_, i) => shifted(point, i));
  const step = proposal(gradient, pairs);
  return LENGTHS.map((length) => point.map((x, i) => x + length * step[i]));
}

/**
 * The next state.
 *
 * @param scores of the points that `trialsOf` gave, in their order
 */
export function descend(state: DescentState, scores: readonly Score[]): DescentState {
  return state.gradient === null ? measured(state, scores) : searched(state, scores);
}

function measured(state: DescentState, scores: readonly Score[]): DescentState {
  const { point, before } = state;
  const gradient = scores.map((score) => slope(state.score, score));
  if (gradient.every((g) => g === 0)) return { ...state, rests: true };
  let { pairs } = state;
  if (before !== null) {
    const step = point.map((x, i) => x - before.point[i]);
    const change = gradient.map((g, i) => g - before.gradient[i]);
    // Only a positive curvature keeps the model convex.
    if (product(step, change) > 1e-12 * product(change, change)) {
      pairs = [...pairs, { step, change }].slice(-MEMORY);
    }
  }
  return { ...state, gradient, pairs };
}

function searched(state: DescentState, scores: readonly Score[]): DescentState {
  const { point, gradient, pairs } = state;
  const points = trialsOf(state);
  let best = -1;
  scores.forEach((score, i) => {
    if (nearer(score, best === -1 ? state.score : scores[best])) best = i;
  });
  // What the memory proposed leads nowhere: once more without it.
  if (best === -1) return pairs.length > 0 ? { ...state, pairs: [] } : { ...state, rests: true };
  // Where the assumptions come to hold, another function is minimised from there on.
  const same = scores[best][0] > 0 === state.score[0] > 0;
  return {
    point: points[best],
    score: scores[best],
    rests: same && !clearlyNearer(scores[best], state.score),
    gradient: null,
    before: same && gradient !== null ? { point, gradient } : null,
    pairs: same ? pairs : [],
  };
}

/** The difference quotient of what is minimised; 0 across the edge of the assumptions, where there is none. */
function slope(base: Score, score: Score): number {
  if (base[0] > 0 !== score[0] > 0) return 0;
  const part = base[0] > 0 ? 0 : 1;
  const difference = (score[part] - base[part]) / DIFFERENCE;
  return Math.abs(difference) < 1e12 ? difference : 0;
}

function shifted(point: readonly number[], at: number): number[] {
  return point.map((x, i) => (i === at ? x + DIFFERENCE : x));
}

/** −H·g by the two-loop recursion (ibid.). */
function proposal(gradient: readonly number[], pairs: DescentState['pairs']): number[] {
  let direction = [...gradient];
  const shares: number[] = [];
  for (const { step, change } of pairs.toReversed()) {
    const share = product(step, direction) / product(step, change);
    shares.push(share);
    direction = direction.map((d, i) => d - share * change[i]);
  }
  const latest = pairs.at(-1);
  // Without memory the step has length 1 at most.
  const scale =
    latest === undefined
      ? Math.min(1, 1 / Math.sqrt(product(gradient, gradient)))
      : product(latest.step, latest.change) / product(latest.change, latest.change);
  direction = direction.map((d) => scale * d);
  pairs.forEach(({ step, change }, k) => {
    const share = product(change, direction) / product(step, change);
    const earlier = shares[pairs.length - 1 - k];
    direction = direction.map((d, i) => d + (earlier - share) * step[i]);
  });
  const sense = product(direction, gradient) > 0 ? -1 : 1;
  return direction.map((d) => sense * d);
}

function product(x: readonly number[], y: readonly number[]): number {
  return x.reduce((sum, value, i) => sum + value * y[i], 0);
}
