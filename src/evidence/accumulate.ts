import type { Judged, Tally } from '../claims/index.js';
import { CONFIDENCE, mergeTallies } from '../claims/index.js';
import { decodeJson, encodeJson } from '../model/index.js';
import type { Json } from '../model/index.js';
import { bernoulliConfidenceSequence } from '../statistics/index.js';
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

/**
 * The time-uniform confidence sequence of the violation rate; given-up trials count as violated above and
 * as not violated below. Null on ladders, whose rungs have rates of their own, and without any trial.
 */
export function violationRate(
  judged: Judged,
  { effective, gaveUp, violated }: Tally,
): { readonly lower: number; readonly upper: number } | null {
  const attempted = effective + gaveUp;
  if (attempted === 0 || judged.rungs !== undefined) return null;
  return {
    lower: bernoulliConfidenceSequence(violated, attempted, 1 - CONFIDENCE).lower,
    upper: bernoulliConfidenceSequence(violated + gaveUp, attempted, 1 - CONFIDENCE).upper,
  };
}
