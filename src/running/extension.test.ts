import { expect, test } from 'vitest';
import type { Judged, TrialRecord } from '../claims/index.js';
import { mergeTallies, tallyOf } from '../claims/index.js';
import { extensionVisits } from './extension.js';

const sizes = [8, 16, 32, 64, 128, 256];
const judged: Judged = {
  kind: 'scaling',
  coverage: { sampled: {} },
  rungs: sizes.map((size) => ({ path: 'N', size })),
  extended: [{ path: 'N', size: 512 }],
  constants: { c: { bounded: 'above' } },
};
const effort = { trials: 100, minimumEffective: 50, searches: 0, attack: 1 };

/** A constant that grows like the size, with so many draws at each. */
const drawn = (draws: number, at: readonly number[]): TrialRecord[] =>
  at.flatMap((size) =>
    Array.from({ length: draws }, (_, trial) => ({
      trial,
      outcome: 'holds' as const,
      labels: [],
      decidedBy: 'exact' as const,
      rung: { path: 'N', size },
      implied: { c: size },
    })),
  );

test('an extension catches up with the draws of earlier runs, ten times as fast as the ladder', () => {
  const visits = (run: number, before: number, beyond: number) => {
    const records = drawn(run, sizes);
    const earlier = [...drawn(before, sizes), ...drawn(beyond, [512])];
    const tally = mergeTallies(judged, [tallyOf(judged, records), tallyOf(judged, earlier)]);
    return extensionVisits(judged, tally, records, [], effort).map((one) => one.visits);
  };
  expect(visits(60, 0, 0)).toEqual([60]);
  expect(visits(20, 80, 0)).toEqual([100]);
  expect(visits(20, 80, 70)).toEqual([30]);
  expect(visits(20, 80, 200)).toEqual([20]);
  expect(visits(1, 80, 0)).toEqual([10]);
});

test('an extension is drawn as often as the largest size, which is the costly one, and forty times where others are', () => {
  const visits = (small: number, large: number) => {
    const records = [...drawn(small, sizes.slice(0, -1)), ...drawn(large, sizes.slice(-1))];
    return extensionVisits(judged, tallyOf(judged, records), records, [], effort).map(
      (one) => one.visits,
    );
  };
  expect(visits(600, 60)).toEqual([60]);
  expect(visits(600, 30)).toEqual([40]);
  expect(visits(35, 60)).toEqual([60]);
  expect(visits(35, 30)).toEqual([35]);
});
