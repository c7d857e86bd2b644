import type { Enclosure, TrialOutcome } from './conclusion.js';
import type { Rung } from './reading.js';
import type { Tightness } from './tightness.js';

/** One trial as the judges see it: plain data. */
export interface TrialRecord {
  readonly trial: number;
  readonly outcome: TrialOutcome | 'discarded';
  readonly labels: readonly string[];
  readonly rung?: Rung;
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
