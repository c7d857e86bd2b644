import type { Grade } from './certificate.js';
import type { DecidedBy } from './conclusion.js';
import type { Profile } from './reading.js';
import type { Effort } from './reading.js';

export type Verdict =
  | 'survived'
  | 'refuted'
  | 'witnessed'
  | 'reproduced'
  | 'not-reproduced'
  | 'inconclusive'
  | 'vacuous';

/** Error probability of each reading's sequential test, over all looks at its evidence. */
export const ALPHA = 1e-6;

/** Confidence of the reported violation rates and limits. */
export const CONFIDENCE = 0.99;

/** Effort of a reading that sets none. */
export const DEFAULT_EFFORT: Readonly<Record<Profile, Effort>> = {
  smoke: { trials: 20, minimumEffective: 10, searches: 10, attack: 1 },
  ci: { trials: 120, minimumEffective: 60, searches: 40, attack: 1 },
  nightly: { trials: 2000, minimumEffective: 500, searches: 400, attack: 4 },
};

/** A path and size with what was counted there. */
export interface RungSummary {
  readonly path: string;
  readonly size: number;
  readonly effective: number;
  readonly gaveUp: number;
  readonly violated: number;
  /** Time-uniform limits of the violation rate; given-up trials count as violated above. */
  readonly rateLower: number;
  readonly rateUpper: number;
  /** The extreme implied constants at this rung. */
  readonly implied: Readonly<Record<string, number>>;
}

/** A stratum of a ladder's mixture, or one law of it, at the end of a path. */
export interface StratumSummary {
  readonly path: string;
  readonly size: number;
  readonly stratum: string;
  /** The seed whose structure is the law; null for all of the stratum. */
  readonly law: number | null;
  /** Whether the draws are fresh ones, made for its sake. */
  readonly retested: boolean;
  /** Draws that decided or gave up, on which the claim says something. */
  readonly draws: number;
  readonly gaveUp: number;
  readonly violated: number;
  /** Time-uniform limits of the violation rate; given-up draws count as violated above. */
  readonly rateLower: number;
  readonly rateUpper: number;
}

/** `limit`: what is known of the strata at the ends of the paths. */
export interface StrataSummary {
  /** Strata that were drawn there, counted on each path; also each member of a pool over all strata of it. */
  readonly seen: number;
  /** Those of them with draws enough to be judged apart. */
  readonly judged: number;
  /** The one with the largest upper limit, of those judged apart and those drawn again. */
  readonly worst: StratumSummary | null;
  /** Suspicious ones, by their fresh draws. */
  readonly retested: readonly StratumSummary[];
  /** Strata with too few draws to be judged apart. */
  readonly thin: readonly {
    readonly path: string;
    readonly stratum: string;
    readonly draws: number;
  }[];
}

/** Growth that a ladder excludes, at the confidence of the report. */
export interface ExcludedGrowth {
  /** Growth of the hardness (of the constant, or of its inverse where it is bounded below) like size to this power or faster; may be infinite. */
  readonly from: number;
  /** The power that must be excluded before the reading survives; null on a path that does not decide. */
  readonly needed: number | null;
}

/** What a judge says of one body of evidence. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly grade: Grade | null;
  readonly decidedBy: DecidedBy | null;
  /** One sentence; for every verdict but a plain `survived`, what decided it or what would. */
  readonly reason: string;
  readonly trials: {
    readonly effective: number;
    readonly discarded: number;
    readonly gaveUp: number;
    readonly violated: number;
  };
  /** The reason that trials gave up for most often; null where none did. */
  readonly gaveUpBecause: string | null;
  readonly coverage: Readonly<Record<string, number>>;
  readonly worstMargin: number | null;
  /**
   * Time-uniform limits of the violation rate; given-up trials count as violated above. Null on ladders, whose
   * rungs have laws and rates of their own.
   */
  readonly violationRateLower: number | null;
  readonly violationRateUpper: number | null;
  readonly logEValue: number | null;
  /** `probable`: the smallest violation rate that this many draws show with probability ½; null where none. */
  readonly minimumDetectableRate: number | null;
  readonly impliedConstants: Readonly<Record<string, number>> | null;
  /** Least-squares exponent of the median of each implied constant along each path. */
  readonly exponents: Readonly<Record<string, number>> | null;
  /** Time-uniform limits of the same, over logarithms and transients beside the power; may be infinite. */
  readonly exponentLimits: Readonly<
    Record<string, { readonly lower: number; readonly upper: number }>
  > | null;
  /** What a ladder says of the growth of each implied constant's hardness along each path, under the names of `exponents`. */
  readonly excludedGrowth: Readonly<Record<string, ExcludedGrowth>> | null;
  readonly rungs: readonly RungSummary[];
  /** `limit`: how the strata of the mixture fare; null for other kinds. */
  readonly strata: StrataSummary | null;
}
