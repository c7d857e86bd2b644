import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { batchesOf, firstUnused, overlap, sizeOf, union } from './ranges.js';

const range = fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 20 })).map(([from, length]) => ({
  from,
  to: from + length,
}));
const trialsOf = (ranges: readonly { from: number; to: number }[]): number[] =>
  ranges.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i));

describe('ranges of trials', () => {
  test('the first unused trials are the lowest that are in no range', () => {
    fc.assert(
      fc.property(fc.array(range, { maxLength: 6 }), fc.integer({ min: 1, max: 50 }), (used, n) => {
        const taken = new Set(trialsOf(used));
        const lowest = Array.from({ length: 200 }, (_, t) => t).filter((t) => !taken.has(t));
        expect(trialsOf(firstUnused(used, n))).toEqual(lowest.slice(0, n));
      }),
      { seed: 1 },
    );
  });

  test('a union holds each trial once', () => {
    fc.assert(
      fc.property(fc.array(range, { maxLength: 6 }), (ranges) => {
        const joined = union(ranges);
        const trials = [...new Set(trialsOf(ranges))].toSorted((a, b) => a - b);
        expect(trialsOf(joined)).toEqual(trials);
        expect(sizeOf(joined)).toBe(trials.length);
        expect(joined.some((a, i) => joined.some((b, j) => i < j && overlap(a, b)))).toBe(false);
      }),
      { seed: 2 },
    );
  });

  test('batches end at multiples of their size, wherever a run begins', () => {
    expect(batchesOf([{ from: 0, to: 25 }], 10)).toEqual([
      { from: 0, to: 10 },
      { from: 10, to: 20 },
      { from: 20, to: 25 },
    ]);
    expect(batchesOf([{ from: 25, to: 41 }], 10)).toEqual([
      { from: 25, to: 30 },
      { from: 30, to: 40 },
      { from: 40, to: 41 },
    ]);
  });

  test('trials that are run again give the batches that are stored, whatever their size was', () => {
    fc.assert(
      fc.property(fc.array(range, { maxLength: 5 }), fc.integer({ min: 3, max: 12 }), (some, n) => {
        const seams = some.filter((a, i) => !some.slice(0, i).some((b) => overlap(a, b)));
        const batches = batchesOf([{ from: 0, to: 100 }], n, seams);
        expect(trialsOf(batches)).toEqual(Array.from({ length: 100 }, (_, t) => t));
        for (const seam of seams) expect(batches).toContainEqual(seam);
      }),
      { seed: 3 },
    );
  });
});
