import type { Grade } from '../../claims/index.js';
import type { EngineName } from '../settings.js';
import type { IslandState } from '../../hunting/index.js';

/** What is hunted and how: plain data that a worker repeats anywhere. Equal targets and seeds give equal hunts. */
export interface HuntTarget {
  readonly reading: string;
  readonly engine: EngineName;
  /** Attack effort of each evaluation. */
  readonly attack: number;
  readonly seed: number;
  /** Only instances that carry this coverage label; null for all. */
  readonly label: string | null;
}

/** Goes on with one island. */
export interface AdvanceJob {
  readonly kind: 'advance';
  /** The claim's module. */
  readonly module: string;
  readonly target: HuntTarget;
  readonly island: IslandState;
  readonly evaluations: number;
  /** Signatures of which a counterexample is held already. */
  readonly known: readonly string[];
  /** The folder of found counterexamples. */
  readonly found: string;
}

/** A violation that was graded; its file is stored before anybody hears of it. */
export interface FindNote {
  /** Clause and group, as JSON. */
  readonly signature: string;
  readonly clause: string;
  readonly grade: Grade;
  /** The id of the stored counterexample; null for a suspect, which is counted only. */
  readonly id: string | null;
}

/** What an island did in its share of a round. */
export interface AdvanceResult {
  readonly island: IslandState;
  readonly evaluations: number;
  readonly finds: readonly FindNote[];
}

/** Makes a stored counterexample as small as it gets and stores what comes out. */
export interface ShrinkJob {
  readonly kind: 'shrink';
  readonly module: string;
  readonly target: HuntTarget;
  readonly found: string;
  readonly id: string;
  /** Most candidates that are judged. */
  readonly budget: number;
}

export interface ShrinkResult {
  readonly id: string;
  readonly grade: Grade;
  readonly minimal: boolean;
  readonly evaluations: number;
}
