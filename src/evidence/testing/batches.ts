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

const coverage = { sampled: { all: 'everything' } };
const rungs = [8, 16, 32, 64].map((size) => ({ path: 'n', size }));

/** A claim that admits violations with probabilities of its own on each draw. */
export const judged: Judged = { kind: 'probable', coverage };

/** A claim of every kind that is judged by numbers of trials. */
export const kinds: readonly Judged[] = [
  judged,
  { kind: 'limit', coverage, rungs, tolerance: 0.3 },
  { kind: 'scaling', coverage, rungs, constants: { c: { bounded: 'above' } } },
  { kind: 'observation', coverage, reported: { name: 'm', value: 0.5, repeats: 3 } },
];

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
    rung: rungs[trial % rungs.length],
    implied: { c: 1 + margin / 2 },
    measurements: { m: margin },
    admitted: 0.05 + (hash % 1000) / 1e4,
  };
}

/** The records of a range. */
export function recordsOf(seed: number, { from, to }: Range): TrialRecord[] {
  return Array.from({ length: to - from }, (_, i) => recordOf(seed, from + i));
}

/** The batch of a range; with a kind, as a claim of that kind tallies it. */
export function batchOf(
  seed: number,
  range: Range,
  more: Partial<Batch> = {},
  kind: Judged = judged,
): Batch {
  return {
    schema: BATCH_SCHEMA,
    ...line,
    engine: 'js64',
    seed,
    stream: TEST_STREAM,
    ...range,
    attack: 1,
    tally: encodeTally(tallyOf(kind, recordsOf(seed, range))),
    origin: {
      falsum: '0.1.0',
      commit: null,
      startedAt: '2026-01-01T00:00:00.000Z',
      profile: 'nightly',
    },
    ...more,
  };
}
