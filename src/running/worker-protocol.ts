import type { ErrorNote, Patience } from './thread/index.js';
import type { RunSettings } from './settings.js';

export const PROGRESS_CHANNEL = 'falsum/progress';

/** What a worker says while it judges. */
export interface ProgressMessage {
  readonly claim: string;
  readonly reading: string;
  readonly done: number;
  readonly planned: number;
  /** What the claim's code has been doing for longer than a moment; null where it goes on. */
  readonly stuck: string | null;
}

/** What one vitest file is told. */
export interface ClaimJob {
  readonly claim: string;
  readonly module: string;
  readonly readings: readonly string[];
  readonly settings: RunSettings;
  /** When a thread that does not come back is given up; null for never. */
  readonly patience: Patience | null;
}

/** What a test leaves behind in its meta data: the outcome as JSON, or the error that ended the reading. */
export type TestNote = { readonly outcome: string } | { readonly error: ErrorNote };

/** A JSON replacer that keeps the numbers that JSON cannot write; `decodeSpecial` reads them. */
export function encodeSpecial(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? { $number: String(value) } : value;
}

/** The reviver that belongs to `encodeSpecial`. */
export function decodeSpecial(_key: string, value: unknown): unknown {
  if (typeof value === 'object' && value !== null && '$number' in value) {
    return Number((value as { $number: string }).$number);
  }
  return value;
}
