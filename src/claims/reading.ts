import type { Generator } from '../generators/index.js';
import type { RandomSource } from '../math/index.js';
import type { Engine } from '../training/index.js';
import type {
  ArguedAssumption,
  Certificate,
  CertificateData,
  Confirmation,
} from './certificate.js';
import type { Clause, Conclusion, Decided } from './conclusion.js';
import type { TrialRecord } from './evidence-types.js';
import type { Features } from './features.js';
import type { Figure } from './figure.js';
import type { NumericRange } from './histogram.js';
import type { Reported } from './reported.js';
import type { Simplifier } from './simplifier.js';

export type Kind =
  | 'identity'
  | 'universal'
  | 'probable'
  | 'scaling'
  | 'limit'
  | 'existential'
  | 'observation';

export type Profile = 'smoke' | 'ci' | 'nightly';

/** Effort in counts, never in seconds. */
export interface Effort {
  /** Draws of the test stream (on ladders: over all rungs together). */
  readonly trials: number;
  /** Below this many effective trials the verdict is `inconclusive`. */
  readonly minimumEffective: number;
  /** Draws of the search stream. */
  readonly searches: number;
  /** How hard each instance is attacked: 1 is the least; attacks scale their own counts by it. */
  readonly attack: number;
}

/** A named executable predicate on an instance, checked independently of the generator. */
export interface Assumption<I> {
  readonly name: string;
  /** The assumption as the source has it, in TeX. */
  readonly tex: string;
  /** Signed slack: the assumption holds when it is ≥ 0 (strict assumptions return −1 at equality). */
  readonly margin: (instance: I) => number;
}

/** What a conclusion may use besides its instance. */
export interface Tools {
  /** The training engine; the claim does not know which. */
  readonly engine: Engine;
  /** Randomness of the attack, keyed by seed, claim, reading and trial. */
  readonly random: RandomSource;
  readonly attack: number;
}

/** The side of a violation that confirmation and certification start from. */
export interface Violation {
  readonly clause: Clause;
  readonly conclusion: Decided;
}

/**
 * A deliberately false variant: one clause changed. The suite must refute it with the same
 * generator, attack and budget.
 */
export interface Control<I> {
  readonly statement: string;
  /** Why it is false. */
  readonly argument: string;
  /**
   * How it is refuted. 'every-draw': the changed conclusion must hold on every draw, one violation
   * kills it. 'as-reading': by the judge of the reading's own kind (`universal` and `identity`: one
   * violation; `observation`: by not being reproduced).
   */
  readonly judge: 'every-draw' | 'as-reading';
  /** The changed conclusion; `original` computes the reading's own one, once. */
  readonly conclude: (
    instance: I,
    original: () => Promise<Conclusion>,
    tools: Tools,
  ) => Conclusion | Promise<Conclusion>;
  /** Assumptions of the control, where it drops or changes some. Default: the reading's. */
  readonly assumptions?: readonly Assumption<I>[];
}

/** Labels of the claim's sample line: what each stands for, and what was left unsampled and why. */
export interface Coverage {
  readonly sampled: Readonly<Record<string, string>>;
  readonly unsampled?: Readonly<Record<string, string>>;
  /** Numbers of the instances that are meant to fill a range; bins without a trial are named. */
  readonly ranges?: Readonly<Record<string, NumericRange>>;
}

/** What a reading's figure may be drawn from. */
export interface FigureSource<I> {
  readonly trials: readonly TrialRecord[];
  readonly counterexample: { readonly instance: I; readonly conclusion: Decided } | null;
}

/** Splits the violations of a reading, so that one counterexample is kept in each group instead of one in all. */
export interface Groups<I> {
  /** The group of an instance. */
  readonly of: (instance: I) => string;
  /** What the kept one is smallest in, such as its number of neurons; ties go to the lowest trial. */
  readonly size: (instance: I) => number;
}

/** What every reading has, whatever its kind. */
export interface ReadingBase<I> {
  /** How this reading takes the text, in a sentence. */
  readonly note: string;
  readonly instances: Generator<I>;
  readonly assumptions: readonly Assumption<I>[];
  readonly conclude: (instance: I, tools: Tools) => Conclusion | Promise<Conclusion>;
  /** Recomputes a violation independently: left side, right side and assumptions, more digits. */
  readonly confirm?: (instance: I, violation: Violation) => Confirmation | null;
  /** Shows a violation in exact arithmetic, or returns null where it cannot. */
  readonly certify?: (instance: I, violation: Violation) => Certificate | null;
  readonly controls: Readonly<Record<string, Control<I>>>;
  /**
   * Generic mutants that are false, by id, each with the argument why. They count as controls wherever mutants run.
   */
  readonly falseMutants?: Readonly<Record<string, string>>;
  readonly coverage: Coverage;
  /** The numbers of an instance whose histograms are shown. Default: all that its data hold, under their keys. */
  readonly features?: (instance: I) => Features;
  /** For `universal` and `identity`: where one counterexample would not say enough. */
  readonly groups?: Groups<I>;
  /** How counterexamples get smaller. Default: learnt from the shapes of draws (shorter arrays, simpler numbers). */
  readonly simplify?: readonly Simplifier<I>[];
  /**
   * A representative of an instance under symmetries of the statement (order of neurons and samples, positive
   * scaling, …), the same for all that are one counterexample. Default: the instance itself.
   */
  readonly canonical?: (instance: I) => I;
  readonly effort?: Partial<Readonly<Record<Profile, Partial<Effort>>>>;
  readonly figure?: (source: FigureSource<I>) => Figure;
  /** The bound as TeX, shown in the report. */
  readonly bound?: string;
}

/** A size on a path of a ladder. */
export interface Rung {
  readonly path: string;
  readonly size: number;
}

/** A sequence of admissible instances that refutes every choice of unspecified constants. */
export interface Family {
  readonly id: string;
  readonly statement: string;
  /** The proof that the checked pattern continues and contradicts the claim. */
  readonly argument: string;
  /** Exact checks on several members, recomputed at every run. */
  readonly verify: () => Certificate['checks'];
  /** Why the members satisfy the assumptions of the reading that no check settles. */
  readonly assumptions?: readonly ArguedAssumption[];
  /** The members' parameters, for the independent checker. */
  readonly data?: () => CertificateData;
}

export interface IdentityReading<I> extends ReadingBase<I> {
  readonly kind: 'identity';
}

export interface UniversalReading<I> extends ReadingBase<I> {
  readonly kind: 'universal';
}

export interface ProbableReading<I> extends ReadingBase<I> {
  readonly kind: 'probable';
  /** The violation probability that the claim admits on this instance, in [0, 1]. */
  readonly admitted: (instance: I) => number;
}

/** Readings judged on ladders. Trials visit the rungs in turn. */
export interface Ladder<I> {
  readonly rungs: readonly Rung[];
  /** The rungs that trials visit in turn. Default: `rungs`; a rung may come more than once. */
  readonly visits?: readonly Rung[];
  /**
   * Sizes beyond the ladder, by path. They are drawn before draws alone may refute: without them the evidence
   * of a ladder can only leave a reading open.
   */
  readonly extended?: readonly Rung[];
  /** The law at one rung, extended ones included. */
  readonly at: (rung: Rung) => Generator<I>;
}

/** What a path of a ladder must show before a `scaling` reading survives. */
export interface Deciding {
  /**
   * Growth of an implied constant's hardness like size to this power must be excluded. Default ½: exponents of theorems go
   * in halves, so that one that is wrong is mostly wrong by as much.
   */
  readonly growth?: number;
  /** Which part of the statement this path decides, and why this growth matters. */
  readonly why: string;
}

export interface ScalingReading<I> extends ReadingBase<I> {
  readonly kind: 'scaling';
  readonly ladder: Ladder<I>;
  /** Which implied constants are judged, and whether the claim bounds them above or below. */
  readonly constants: Readonly<
    Record<string, { readonly meaning: string; readonly bounded: 'above' | 'below' }>
  >;
  /**
   * The paths that decide, each of three sizes or more; the others only add variety. A path that is left out can still
   * refute the reading and leave it open. Default: every path that measures a constant at three sizes or more.
   */
  readonly decides?: Readonly<Record<string, Deciding>>;
  readonly families?: readonly Family[];
}

export interface LimitReading<I> extends ReadingBase<I> {
  readonly kind: 'limit';
  readonly ladder: Ladder<I>;
  /** What tends to 0 along every path: the probability that the conclusion is violated. */
  readonly quantity: string;
  /** The upper confidence limit that the last rung of every path must reach. */
  readonly tolerance: number;
  /**
   * Which stratum of the mixture an instance is of, by its labels; null where they do not tell. The claim is about
   * every law, so the worst stratum decides. Default: the members of pools that the labels name, such as
   * `input:gaussian × label:zero`, and all labels where they name none.
   */
  readonly stratum?: (labels: readonly string[]) => string | null;
  /**
   * What one law is. `labels` (the default): what a stratum covers; a suspicious one is drawn again from the mixture
   * until its labels come. `structure`: what the structure of the generator fixes, `build` drawing i.i.d. data and
   * nothing else from it; then the very law of a suspicious draw is drawn again, at each size of its path.
   */
  readonly law?: 'labels' | 'structure';
  readonly families?: readonly Family[];
}

/** Instances are candidate witnesses: a trial that holds is a witness. */
export interface ExistentialReading<I> extends ReadingBase<I> {
  readonly kind: 'existential';
  readonly families?: readonly Family[];
}

/** Each trial is one replication: its measurement of that name is compared with what the source reports. */
export interface ObservationReading<I> extends ReadingBase<I> {
  readonly kind: 'observation';
  readonly reported: Reported;
}

export type Reading<I> =
  | IdentityReading<I>
  | UniversalReading<I>
  | ProbableReading<I>
  | ScalingReading<I>
  | LimitReading<I>
  | ExistentialReading<I>
  | ObservationReading<I>;
