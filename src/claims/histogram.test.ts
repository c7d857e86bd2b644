import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { histogramsOf } from './histogram.js';

fc.configureGlobal({ seed: 1 }); // tests are deterministic

const of = (values: readonly number[]) => histogramsOf(values.map((x) => ({ x })))[0];

describe('histogramsOf', () => {
  test('a few distinct values have a bar each', () => {
    expect(of([3, 1, 3, 2])).toMatchObject({
      name: 'x',
      scale: 'values',
      count: 4,
      least: 1,
      median: 3,
      greatest: 3,
      bins: [
        { from: 1, to: 1, count: 1 },
        { from: 2, to: 2, count: 1 },
        { from: 3, to: 3, count: 2 },
      ],
      empty: [],
    });
  });

  test('many values get equal bins, on a logarithmic scale when they span decades', () => {
    expect(of(Array.from({ length: 80 }, (_, k) => k)).scale).toBe('linear');
    expect(of(Array.from({ length: 80 }, (_, k) => k)).bins.map(({ count }) => count)).toEqual([
      10, 10, 10, 10, 10, 10, 10, 10,
    ]);
    expect(of(Array.from({ length: 80 }, (_, k) => 10 ** (k / 20)))).toMatchObject({
      scale: 'log',
    });
  });

  test('zeros among values over decades have a bar of their own', () => {
    const { scale, bins } = of([0, 0, ...Array.from({ length: 80 }, (_, k) => 10 ** (k / 20))]);
    expect(scale).toBe('log');
    expect(bins[0]).toEqual({ from: 0, to: 0, count: 2 });
    expect(bins).toHaveLength(9);
  });

  test('every finite value is in exactly one bin', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1 }),
        (xs) => {
          const { bins, count } = of(xs);
          expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(xs.length);
          expect(count).toBe(xs.length);
        },
      ),
    );
  });

  test('infinities and NaN are left out', () => {
    expect(of([1, NaN, Infinity]).count).toBe(1);
    expect(histogramsOf([{ x: NaN }])).toEqual([]);
  });

  test('of a declared range the bins without a trial are named, and it comes first', () => {
    const range = { meaning: 'share', from: 0, to: 1, bins: 4 };
    const [share, other] = histogramsOf(
      [
        { a: 1, share: 0.1 },
        { a: 2, share: 0.6 },
        { a: 3, share: 7 },
      ],
      { share: range },
    );
    expect(other.name).toBe('a');
    expect(share).toMatchObject({
      name: 'share',
      meaning: 'share',
      count: 3,
      empty: ['share in 0.25…0.5', 'share in 0.75…1'],
    });
    // The end of the range belongs to it.
    expect(histogramsOf([{ share: 1 }], { share: range })[0].empty).toHaveLength(3);
  });

  test('a range of a number that no trial has is empty everywhere', () => {
    const [none] = histogramsOf([], {
      x: { meaning: 'x', from: 1, to: 100, scale: 'log', bins: 2 },
    });
    expect(none.count).toBe(0);
    expect(none.empty).toEqual(['x in 1…10', 'x in 10…100']);
  });
});
