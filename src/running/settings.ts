import type { Profile } from '../claims/index.js';
import type { Origin } from '../evidence/index.js';

/** How one run is made: plain data, so that a worker on any machine can repeat its share. */
export interface RunSettings {
  readonly seed: number;
  readonly profile: Profile;
  readonly engine: EngineName;
  /** Only these readings; null for all. */
  readonly readings: readonly string[] | null;
  /** Whether generic mutants run too. Default: with `nightly` alone. */
  readonly mutants?: boolean;
  /** Draws of the test stream of each reading, in place of the profile's; what the profile demands at least stays. */
  readonly trials?: number;
  /** Wall-clock limit per reading, which only cuts the number of trials; null for none. */
  readonly budgetMsPerReading: number | null;
  /** Where stored counterexamples are; tried first. */
  readonly corpus: string;
  /** Where this run stores the counterexamples that it finds. */
  readonly found: string;
  /** Number of the first trial; without it the first of the seed, or with a ledger the next unused. */
  readonly from?: number;
  /** Where evidence accumulates; without it this run stands alone. */
  readonly ledger?: LedgerSettings;
}

export interface LedgerSettings {
  readonly folder: string;
  /** What every batch of this run says of where it comes from. */
  readonly origin: Origin;
}

/** `tfjs` computes in float32, which confirms nothing: grades come from 64 digits or exact arithmetic. */
export const ENGINES = ['wasm64', 'js64', 'tfjs'] as const;
export type EngineName = (typeof ENGINES)[number];
export const DEFAULT_ENGINE: EngineName = 'wasm64';
