import type { Enclosure, TrialOutcome } from './conclusion.js';
import type { Rung } from './reading.js';
import type { Tightness } from './tightness.js';

/** A stratum of a path to be drawn afresh: all that its name covers, or one law of it. */
export interface Suspect {
  readonly path: string;
  readonly stratum: string;
  /** The fast-check seed whose structure is the law; null for the whole stratum. */
  readonly law: number | null;
}

/** One trial as the judges see it: plain data. */
export interface TrialRecord {
  readonly trial: number;
  readonly outcome: TrialOutcome | 'discarded';
  readonly labels: readonly string[];
  readonly rung?: Rung;
  /** `limit` readings: the stratum of the mixture that the labels tell. */
  readonly stratum?: string;
  /** `limit` readings whose structure is a law: the seed that gives it. */
  readonly law?: number;
  /** For a fresh draw of a suspicious stratum: which. Such draws are none of the mixture. */
  readonly retest?: Suspect;
  readonly margin?: Enclosure;
  readonly clause?: string;
  /** How far the clauses can be tightened on this trial. */
  readonly tightness?: Tightness;
  readonly trivial?: boolean;
  readonly decidedBy?: 'exact' | 'attack';
  readonly implied?: Readonly<Record<string, number>>;
  readonly measurements?: Readonly<Record<string, number>>;
  /** `probable` readings: the violation probability that the claim admits on this instance. */
  readonly admitted?: number;
  /** Why it was discarded or given up. */
  readonly reason?: string;
}
