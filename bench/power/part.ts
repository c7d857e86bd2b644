import type { Progress } from '../shared/progress.js';

/** How much is run. */
export type Extent = 'quick' | 'normal' | 'long';

/** What a part of the benchmark is given. */
export interface PowerContext {
  readonly extent: Extent;
  /** Only what has this text in its name; null for all. */
  readonly only: string | null;
  readonly out: Progress;
}

/** What a part of the benchmark found. */
export interface PowerResult {
  /** Its entry in `power.json`. */
  readonly json: object;
  /** Figures by file name, as SVG. */
  readonly figures: Readonly<Record<string, string>>;
  /** What must not be, one line each; empty when the part is as it should be. */
  readonly failures: readonly string[];
}

/** One part of the benchmark: it prints its own tables. */
export interface PowerPart {
  readonly name: string;
  readonly about: string;
  /** Whether it has something with this text in its name. */
  readonly has: (only: string) => boolean;
  readonly run: (context: PowerContext) => Promise<PowerResult>;
}
