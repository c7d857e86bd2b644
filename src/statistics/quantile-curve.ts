import { logBernoulliMixture } from './bernoulli-confidence.js';

/** Ends of bins are taken for equal to x within this, since shifting a curve rounds. */
const SLACK = 1e-9;

/** Draws at one size of a ladder. */
export interface LadderSample {
  readonly logSize: number;
  /** Ranges of the value, ends included, by increasing lower and upper ends, with how many draws fell there. */
  readonly bins: readonly { readonly low: number; readonly high: number; readonly count: number }[];
  /** Draws of which the value is not known. */
  readonly unknown: number;
}

/**
 * How strongly draws speak against a value x of their τ-quantile: the logarithm of an e-value, a step
 * function of x that falls and then rises.
 */
export interface QuantileEvidence {
  readonly logSize: number;
  /** Where the function changes: the lower and the upper ends of the bins, each by increasing value. */
  readonly lows: Float64Array;
  readonly highs: Float64Array;
  readonly least: number;
  readonly at: (x: number) => number;
  /** The least value for x in an interval. */
  readonly leastBetween: (low: number, high: number) => number;
  /** The x with evidence at most `level`: an interval; null when there are none. */
  readonly within: (level: number) => { readonly low: number; readonly high: number } | null;
}

/**
 * Evidence against each value of a quantile. If x is the τ-quantile, then P(Y ≤ x) ≥ τ ≥ P(Y < x); with
 * ties at x broken at random, the number of draws below is a sum of Bernoulli(τ) variables K, and the
 * mixture martingale of `logBernoulliMixture` in K has mean 1. K lies between the draws surely below x
 * and those possibly at or below it (ties, bins, unknown values), and the least martingale over that range
 * is no greater than the true one: an e-process, whatever the law of Y [howard2022, Theorem 1 for the idea].
 */
export function quantileEvidence(sample: LadderSample, tau: number): QuantileEvidence {
  const { logSize, bins, unknown } = sample;
  const lows = new Float64Array(bins.length);
  const highs = new Float64Array(bins.length);
  for (let i = 0; i < bins.length; i += 1) {
    lows[i] = bins[i].low;
    highs[i] = bins[i].high;
  }
  const upTo = [0];
  for (const { count } of bins) upTo.push(upTo[upTo.length - 1] + count);
  const known = upTo[bins.length];
  const n = known + unknown;
  const mixture = mixtureTable(n, tau);
  let bottom = 0;
  for (let k = 1; k <= n; k += 1) if (mixture[k] < mixture[bottom]) bottom = k;
  // The evidence before each step and after the last; a value that nearly touches a bin counts as in it.
  const steps = new Float64Array(2 * bins.length);
  const values = new Float64Array(2 * bins.length + 1);
  const evidenceWith = (surely: number, possibly: number): number =>
    mixture[Math.min(Math.max(bottom, upTo[surely]), upTo[possibly] + unknown)];
  values[0] = evidenceWith(0, 0);
  for (let [k, i, j] = [0, 0, 0]; k < steps.length; k += 1) {
    const start = i < bins.length ? lows[i] - SLACK : Infinity;
    const end = highs[j] + SLACK;
    if (i < bins.length && start <= end) i += 1;
    else j += 1;
    steps[k] = Math.min(start, end);
    values[k + 1] = evidenceWith(j, i);
  }
  const at = (x: number): number => values[countBelow(steps, x)];
  const within = (level: number): { low: number; high: number } | null => {
    if (mixture[bottom] > level) return null;
    // The mixture falls up to its bottom and rises from there.
    const fewest = firstWhere(0, bottom, (k) => mixture[k] <= level);
    const most = firstWhere(bottom, n + 1, (k) => k > n || mixture[k] > level) - 1;
    // possibly(x) ≥ fewest and surely(x) ≤ most.
    const first = firstWhere(0, upTo.length, (i) => upTo[i] + unknown >= fewest);
    const last = firstWhere(0, upTo.length, (i) => upTo[i] > most);
    return {
      low: first <= 0 ? -Infinity : lows[first - 1] - SLACK,
      high: last === upTo.length ? Infinity : highs[last - 1] + SLACK,
    };
  };
  const least = mixture[bottom];
  const valley = within(least) ?? { low: -Infinity, high: Infinity };
  const leastBetween = (low: number, high: number): number => {
    if (high < valley.low) return at(high);
    return low > valley.high ? at(low) : least;
  };
  return { logSize, lows, highs, least, at, leastBetween, within };
}

/** ln M for K = 0…n at τ, by the ratio of consecutive terms. */
function mixtureTable(n: number, tau: number): Float64Array {
  const table = new Float64Array(n + 1);
  table[0] = logBernoulliMixture(0, n, tau);
  const odds = Math.log(tau) - Math.log(1 - tau);
  for (let k = 0; k < n; k += 1) {
    table[k + 1] = table[k] + Math.log((k + 0.5) / (n - k - 0.5)) - odds;
  }
  return table;
}

/** How many of the sorted ends are below x: `firstWhere` without a call for each, since most of the time goes here. */
function countBelow(ends: Float64Array, x: number): number {
  let [from, to] = [0, ends.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (ends[middle] >= x) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** The first index in low…high − 1 from which on a condition holds; high where it never does. */
function firstWhere(low: number, high: number, holds: (index: number) => boolean): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** The least evidence against µ + shift_j over all µ. */
export function leastEvidence(
  rungs: readonly QuantileEvidence[],
  shifts: readonly number[],
): number {
  return candidates(rungs, shifts).reduce(
    (least, mu) => Math.min(least, evidenceAgainst(rungs, shifts, mu)),
    Infinity,
  );
}

function evidenceAgainst(
  rungs: readonly QuantileEvidence[],
  shifts: readonly number[],
  mu: number,
): number {
  let sum = 0;
  for (let j = 0; j < rungs.length; j += 1) sum += rungs[j].at(mu + shifts[j]);
  return sum;
}

/**
 * Every step of the sum. At its ends a bin counts as possibly below and as not surely below, so the sum is
 * nowhere smaller than at some step.
 */
function candidates(rungs: readonly QuantileEvidence[], shifts: readonly number[]): number[] {
  const steps = rungs.flatMap(({ lows, highs }, j) =>
    [...lows, ...highs].filter(Number.isFinite).map((x) => x - shifts[j]),
  );
  return steps.length > 0 ? steps : [0];
}
