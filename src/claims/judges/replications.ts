import type { Moments } from '../../statistics/index.js';
import { NO_MOMENTS, addMoments, momentsOf } from '../../statistics/index.js';
import type { TrialRecord } from '../evidence-types.js';
import { reportedInterval } from '../reported.js';
import type { Reported } from '../reported.js';

/** What the replications of an observation come to: counts and exact sums. */
export interface Replications {
  readonly moments: Moments;
  /** Replications that measured 0 or 1. */
  readonly binary: number;
  /** Trials that ought to have measured the number and did not: they gave up, or found NaN or infinity. */
  readonly missing: number;
  /** The printed number with its rounding, and how many replications lie on which side of it. */
  readonly against: readonly [lower: number, upper: number];
  readonly below: number;
  readonly above: number;
}

/** The replications among some trials; those that were discarded are none. */
export function replicationsOf(reported: Reported, trials: readonly TrialRecord[]): Replications {
  const tried = trials.filter((t) => t.outcome !== 'discarded');
  const values = tried
    .filter((t) => t.outcome !== 'gave-up')
    .map((t) => t.measurements?.[reported.name])
    .filter((value): value is number => value !== undefined && Number.isFinite(value));
  const { lower, upper } = reportedInterval(reported);
  return {
    moments: values.length === 0 ? NO_MOMENTS : momentsOf(values),
    binary: values.filter((value) => value === 0 || value === 1).length,
    missing: tried.length - values.length,
    against: [lower, upper],
    below: values.filter((value) => value < lower).length,
    above: values.filter((value) => value > upper).length,
  };
}

/**
 * Both sets of replications together. Which side of the number they lie on is known of those that were compared with
 * this very number; others lie within it, which speaks against nothing.
 */
export function addReplications(
  reported: Reported,
  x: Replications | null,
  y: Replications | null,
): Replications {
  const none = replicationsOf(reported, []);
  const [a, b] = [x ?? none, y ?? none];
  const here = (part: Replications, side: 'below' | 'above'): number =>
    part.against.every((end, i) => end === none.against[i]) ? part[side] : 0;
  return {
    moments: addMoments(a.moments, b.moments),
    binary: a.binary + b.binary,
    missing: a.missing + b.missing,
    against: none.against,
    below: here(a, 'below') + here(b, 'below'),
    above: here(a, 'above') + here(b, 'above'),
  };
}
