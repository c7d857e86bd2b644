import { join } from 'node:path';
import type { RunSettings } from './settings.js';

export const PROGRESS_CHANNEL = 'falsum/progress';

/** What a worker says while it judges. */
export interface ProgressMessage {
  readonly claim: string;
  readonly reading: string;
  readonly done: number;
  readonly planned: number;
}

/** What one vitest file is told. */
export interface ClaimJob {
  readonly module: string;
  readonly settings: RunSettings;
  /** Where results go, one file per reading. */
  readonly results: string;
}

/** What a worker leaves for each reading: its outcome, or the error that its claim's code threw. */
export function resultFile(results: string, claim: string, reading: string): string {
  return join(results, `${claim.replace('/', '~')}~${reading}.json`);
}

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
