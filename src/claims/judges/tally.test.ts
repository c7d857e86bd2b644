import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeJson, encodeJson } from '../../model/index.js';
import type { TrialRecord } from '../evidence-types.js';
import type { Judged } from './index.js';
import { judge, mergeTallies, tallyOf } from './index.js';

const coverage = { sampled: { small: '', large: '' } };
const rungs = [2, 4, 8].map((size) => ({ path: 'n', size }));
const kinds: readonly Judged[] = [
  { kind: 'universal', coverage },
  { kind: 'existential', coverage },
  { kind: 'probable', coverage },
  { kind: 'limit', coverage, rungs, tolerance: 0.2 },
  {
    kind: 'scaling',
    coverage,
    rungs: rungs.slice(0, 2),
    extended: rungs.slice(2),
    constants: { c: { bounded: 'above' }, k: { bounded: 'below' } },
  },
  { kind: 'observation', coverage, reported: { name: 'm', value: 1, repeats: 3 } },
  {
    kind: 'observation',
    coverage,
    reported: { name: 'm', value: '0.3', repeats: 1, statistic: 'replicate' },
  },
];

const value = fc.oneof(
  fc.double({ noNaN: true, min: -1e3, max: 1e3 }),
  fc.constantFrom(NaN, Infinity),
);
const record: fc.Arbitrary<Omit<TrialRecord, 'trial'>> = fc.record({
  outcome: fc.constantFrom('holds', 'violated', 'gave-up', 'discarded'),
  labels: fc.subarray(['small', 'large']),
  rung: fc.constantFrom(...rungs),
  margin: fc.double({ noNaN: true, min: -1, max: 1 }).map((m) => ({ lower: m, upper: m })),
  trivial: fc.boolean(),
  decidedBy: fc.constantFrom('exact', 'attack'),
  implied: fc.record({ c: value, k: value }),
  measurements: fc.record({ m: value }),
  admitted: fc.double({ min: 0, max: 1, noNaN: true }),
  reason: fc.constantFrom('no gap', 'too slow'),
});
const records = fc
  .array(record, { maxLength: 40 })
  .map((all) => all.map((one, trial): TrialRecord => ({ ...one, trial })));

describe.each(kinds.map((judged) => ({ judged, kind: judged.kind })))('$kind', ({ judged }) => {
  test('however trials are cut into batches, the merged tally is that of all, bit for bit', () => {
    fc.assert(
      fc.property(records, fc.array(fc.nat(40), { maxLength: 4 }), (trials, cuts) => {
        const ends = [0, ...cuts.sort((a, b) => a - b), 40];
        const batches = ends.map((end, i) => tallyOf(judged, trials.slice(ends[i - 1] ?? 0, end)));
        expect(mergeTallies(judged, batches)).toStrictEqual(tallyOf(judged, trials));
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test('a tally survives its file, and so does the judgement', () => {
    fc.assert(
      fc.property(records, (trials) => {
        const tally = tallyOf(judged, trials);
        const text = JSON.stringify(encodeJson(tally));
        const read = decodeJson(JSON.parse(text) as never) as unknown as typeof tally;
        expect(read).toEqual(tally);
        const evidence = {
          finds: [],
          families: [],
          effort: { trials: 40, minimumEffective: 5, searches: 0, attack: 1 },
        };
        expect(judge(judged, { ...evidence, tally: read })).toEqual(
          judge(judged, { ...evidence, tally }),
        );
      }),
      { seed: 2, numRuns: 100 },
    );
  });

  test('merging nothing is the tally of no trial', () => {
    expect(mergeTallies(judged, [])).toStrictEqual(tallyOf(judged, []));
  });
});
