import type {
  Figure,
  Histogram,
  Judgement,
  Kind,
  Mutant,
  Sharpness,
  Standing,
} from '../claims/index.js';
import type { Counterexample } from '../hunting/index.js';

/** How one control fared. */
export interface ControlOutcome {
  readonly name: string;
  readonly statement: string;
  readonly argument: string;
  readonly judge: 'every-draw' | 'as-reading';
  readonly killed: boolean;
  /** Draws that violate it, of the effective ones. */
  readonly violated: number;
  readonly effective: number;
}

interface Limits {
  readonly lower: number;
  readonly upper: number;
}

/** The figures that accumulate in a ledger; null where they do not apply. */
export interface AccumulatedFigures extends Pick<
  Judgement,
  | 'trials'
  | 'worstMargin'
  | 'logEValue'
  | 'minimumDetectableRate'
  | 'impliedConstants'
  | 'exponents'
  | 'exponentLimits'
  | 'excludedGrowth'
> {
  /** Time-uniform, at the confidence of the report; null on ladders. */
  readonly violationRate: Limits | null;
}

/** The figures of a judgement that accumulate. */
export function figuresOf(judgement: Judgement): AccumulatedFigures {
  const { trials, worstMargin, logEValue, minimumDetectableRate } = judgement;
  const { impliedConstants, exponents, exponentLimits, excludedGrowth } = judgement;
  const { violationRateLower: lower, violationRateUpper: upper } = judgement;
  const violationRate = lower === null || upper === null ? null : { lower, upper };
  return {
    ...{ trials, worstMargin, violationRate, logEValue, minimumDetectableRate },
    ...{ impliedConstants, exponents, exponentLimits, excludedGrowth },
  };
}

/** The evidence of a reading's line in the ledger, this run's included. */
export interface AccumulatedEvidence extends AccumulatedFigures {
  readonly batches: number;
  /** Runs that made them, counted by their starts. */
  readonly runs: number;
  /** The trials of this run in the test stream. */
  readonly ranges: readonly { readonly from: number; readonly to: number }[];
  /** Whether the verdict rests on it, or on this run alone. */
  readonly decides: boolean;
}

/** How one generic mutant fared; it decides nothing. */
export interface MutantOutcome {
  readonly id: string;
  readonly change: Mutant['change'];
  readonly statement: string;
  readonly killed: boolean;
  readonly violated: number;
  readonly effective: number;
}

/** Everything that judging one reading gave: plain data. */
export interface ReadingOutcome extends Judgement {
  readonly claim: string;
  readonly catalogue: string | null;
  readonly title: string;
  readonly reading: string;
  readonly version: number;
  readonly kind: Kind;
  readonly standing: Standing;
  readonly engine: string;
  /** What ran behind the engine's name: library, version, backend. */
  readonly engineDescription: string;
  readonly trialsPlanned: number;
  /** Trials that a time budget cut off. */
  readonly trialsCut: number;
  readonly controls: readonly ControlOutcome[];
  /** The generic mutants that the reading does not declare false; null where mutants did not run. */
  readonly mutants: readonly MutantOutcome[] | null;
  readonly counterexamples: readonly Counterexample[];
  /** Stored counterexamples that no longer reproduce and families whose checks fail, with the reason. */
  readonly lost: readonly { readonly id: string; readonly reason: string }[];
  /** Labels of the sample line that no effective trial carries, and empty bins of declared ranges. */
  readonly uncovered: readonly string[];
  /** What the ledger holds; absent without one. */
  readonly evidence?: AccumulatedEvidence;
  /** What the numbers of the effective instances were. */
  readonly histograms: readonly Histogram[];
  /** How far the bound can be tightened before the test stream refutes it. */
  readonly sharpness: Sharpness;
  readonly figure: Figure | null;
  readonly durationMs: number;
}
