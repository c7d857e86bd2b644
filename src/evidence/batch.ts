import { createHash } from 'node:crypto';
import type { Rung, Suspect } from '../claims/index.js';
import type { Json } from '../model/index.js';
import type { Range } from './ranges.js';

export const BATCH_SCHEMA = 'falsum/evidence@1';

/** What a body of evidence is about: trials of one line add up, those of two lines never do. */
export interface Line {
  readonly claim: string;
  readonly reading: string;
  readonly version: number;
  /** Hash of the pinned draws: which law the trials were drawn from. */
  readonly draws: string;
  /** Evidence in float32 stays apart: its rounding enters the outcomes. */
  readonly precision: 'float64' | 'float32';
}

/** Trials that are numbered together. */
export interface Stream {
  readonly seed: number;
  /** "test", for draws at a size beyond the ladder "beyond <path> <size>", for those of a suspect "stratum <path> <size> <…>". */
  readonly stream: string;
}

/** The stream of draws that every run makes. */
export const TEST_STREAM = 'test';

/** The stream of draws at a size beyond the ladder. */
export function beyondStream({ path, size }: Rung): string {
  return `beyond ${path} ${size}`;
}

/** The stream of fresh draws of a suspicious stratum at one size of its path. */
export function suspectStream({ path, stratum, law }: Suspect, size: number): string {
  return `stratum ${path} ${size} ${stratum}${law === null ? '' : ` law ${law}`}`;
}

/** Trials [from, to) of one stream, judged on one engine: plain data, never changed. */
export interface Batch extends Line, Stream, Range {
  readonly schema: typeof BATCH_SCHEMA;
  readonly engine: string;
  /** Attack effort of the trials. */
  readonly attack: number;
  /** The sufficient statistics of the trials, as JSON. */
  readonly tally: Json;
  /** Where the batch comes from; no part of its identity. */
  readonly origin: Origin;
}

export interface Origin {
  readonly falsum: string;
  /** Commit of the repository that the run was started in; null where there is none. */
  readonly commit: string | null;
  /** When the run was started. */
  readonly startedAt: string;
  readonly profile: string;
}

/** A line in one text; equal for equal lines only. */
export function lineKey({ claim, reading, version, draws, precision }: Line): string {
  return `${claim}/${reading}/v${version}-${draws}/${precision}`;
}

/**
 * The identity of a batch: a hash of everything but its origin. A batch that is made again, on another
 * day or machine, is the same batch.
 */
export function batchId(batch: Batch): string {
  const { origin: _, ...evidence } = batch;
  return createHash('sha256')
    .update(JSON.stringify(sorted(evidence)))
    .digest('hex')
    .slice(0, 16);
}

/** A batch as one line of text, keys sorted: equal batches give equal text. */
export function batchText(batch: Batch): string {
  return JSON.stringify(sorted(batch));
}

/** The order in which batches of one line are merged, whoever stored them and when. */
export function inOrder(a: Batch, b: Batch): number {
  return (
    a.seed - b.seed ||
    Number(a.stream > b.stream) - Number(a.stream < b.stream) ||
    a.from - b.from ||
    a.to - b.to
  );
}

/** Batches in words, for messages. */
export function trialsText({ from, to, seed, stream }: Range & Stream): string {
  const which = stream === TEST_STREAM ? '' : ` ${stream}`;
  return `trials ${from}…${to - 1}${which} of seed ${seed}`;
}

/** The same batch from two places: the earlier origin counts, so that merging needs no order. */
export function earlier(a: Batch, b: Batch): Batch {
  const key = ({ origin }: Batch): string =>
    `${origin.startedAt} ${JSON.stringify(sorted(origin))}`;
  return key(b) < key(a) ? b : a;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => [key, sorted(entry)]),
  );
}
