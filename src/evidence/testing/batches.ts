import type { Judged, TrialRecord } from '../../claims/index.js';
import { tallyOf } from '../../claims/index.js';
import { encodeTally } from '../accumulate.js';
import type { Batch, Line } from '../batch.js';
import { BATCH_SCHEMA, TEST_STREAM } from '../batch.js';
import type { Range } from '../ranges.js';

/** A line of a claim that exists nowhere. */
export const line: Line = {
  claim: 'toy/claim',
  reading: 'literal',
  version: 1,
  draws: '0123456789abcdef',
  precision: 'float64',
};

/** A claim that admits violations with probability 0.1. */
export const judged: Judged = { kind: 'probable', coverage: { sampled: { all: 'everything' } } };

/** Trial t of a seed: the same record whenever it is asked for; a sixth of them are violated. */
export function recordOf(seed: number, trial: number): TrialRecord {
  const hash = ((seed * 7919 + trial) * 2654435761) % 4294967296;
  const margin = 0.4 - hash / 4294967296;
  return {
    trial,
    outcome: hash % 6 === 0 ? 'violated' : hash % 17 === 0 ? 'gave-up' : 'holds',
    labels: ['all'],
    margin: { lower: margin, upper: margin },
    decidedBy: 'exact',
    admitted: 0.05 + (hash % 1000) / 1e4,
  };
}

/** The records of a range. */
export function recordsOf(seed: number, { from, to }: Range): TrialRecord[] {
  return Array.from({ length: to - from }, (_, i) => recordOf(seed, from + i));
}

/** The batch of a range. */
export function batchOf(seed: number, range: Range, more: Partial<Batch> = {}): Batch {
  return {
    schema: BATCH_SCHEMA,
    ...line,
    engine: 'js64',
    seed,
    stream: TEST_STREAM,
    ...range,
    attack: 1,
    tally: encodeTally(tallyOf(judged, recordsOf(seed, range))),
    origin: {
      falsum: '0.1.0',
      commit: null,
      startedAt: '2026-01-01T00:00:00.000Z',
      profile: 'nightly',
    },
    ...more,
  };
}
