import type { Judged, Tally } from '../claims/index.js';
import { mergeTallies } from '../claims/index.js';
import { decodeJson, encodeJson } from '../model/index.js';
import type { Json } from '../model/index.js';
import type { Batch } from './batch.js';
import { inOrder } from './batch.js';

/** A tally as it stands in a batch: NaN and ±∞ survive. */
export function encodeTally(tally: Tally): Json {
  return encodeJson(tally);
}

/** The inverse of `encodeTally`, for a tally that the schema admits. */
export function decodeTally(json: Json): Tally {
  return decodeJson(json) as unknown as Tally;
}

/** The tally of all batches of a line together: the same bits whoever stored them, when, in which order. */
export function accumulate(judged: Judged, batches: readonly Batch[]): Tally {
  return mergeTallies(
    judged,
    batches.toSorted(inOrder).map((batch) => decodeTally(batch.tally)),
  );
}

/** The runs that made some batches: batches of one start. */
export function runsOf(batches: readonly Batch[]): number {
  return new Set(batches.map(({ origin }) => origin.startedAt)).size;
}
