import fc from 'fast-check';
import { describe, test } from 'vitest';
import type { RandomSource } from '../../math/index.js';
import { law, reachesLeast, vector } from './testing/least.js';

const matrix = (m: number, n: number, random: RandomSource): number[][] =>
  Array.from({ length: m }, () => vector(n, random));
const whole = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });

interface Deep {
  readonly hidden: readonly (readonly (readonly number[])[])[];
  readonly outer: readonly number[];
}

/** Throws where layers do not fit. */
function inShape({ hidden, outer }: Deep): void {
  for (const [k, layer] of hidden.entries()) {
    const next = k + 1 < hidden.length ? hidden[k + 1][0].length : outer.length;
    if (layer.length !== next) throw new RangeError('shape');
  }
}

describe('networks whose widths differ from layer to layer', () => {
  const two = law(
    fc.record({ d: whole(2, 6), a: whole(2, 6), b: whole(2, 6) }),
    ({ d, a, b }, r) => ({
      hidden: [matrix(a, d, r), matrix(b, a, r)],
      outer: vector(b, r),
    }),
  );
  const any = law(
    fc.record({ d: whole(1, 5), widths: fc.array(whole(1, 5), { minLength: 1, maxLength: 4 }) }),
    ({ d, widths }, r): Deep => ({
      hidden: widths.map((width, k) => matrix(width, k === 0 ? d : widths[k - 1], r)),
      outer: vector(widths.at(-1) as number, r),
    }),
  );

  test('two layers end at the law’s least widths', async () => {
    await reachesLeast<Deep>({
      instances: two,
      isFalse(network) {
        inShape(network);
        return Math.max(...network.outer) > 0.5;
      },
      least: {
        hidden: [
          [
            [0, 0],
            [0, 0],
          ],
          [
            [0, 0],
            [0, 0],
          ],
        ],
        outer: [0, 1],
      },
    });
  });

  test('any number of layers ends at one layer of one neuron', async () => {
    await reachesLeast<Deep>({
      instances: any,
      isFalse(network) {
        inShape(network);
        return Math.max(...network.outer) > 0.5;
      },
      least: { hidden: [[[0]]], outer: [1] },
    });
  });

  test('a statement of two layers keeps two of them', async () => {
    await reachesLeast<Deep>({
      instances: any,
      isFalse(network) {
        inShape(network);
        return network.hidden.length >= 2 && network.hidden[0].length >= 3;
      },
      least: {
        hidden: [[[0], [0], [0]], [[0, 0, 0]]],
        outer: [0],
      },
    });
  });

  test('layers with offsets, and counts of their own', async () => {
    interface Layer {
      readonly width: number;
      readonly weights: readonly (readonly number[])[];
      readonly offsets: readonly number[];
    }
    await reachesLeast<{ readonly layers: readonly Layer[] }>({
      instances: law(
        fc.array(whole(1, 5), { minLength: 2, maxLength: 4 }),
        ([d, ...widths], r) => ({
          layers: widths.map((width, k) => ({
            width,
            weights: matrix(width, k === 0 ? d : widths[k - 1], r),
            offsets: vector(width, r),
          })),
        }),
      ),
      isFalse: ({ layers }) => layers.some(({ offsets }) => offsets.some((x) => x < -0.3)),
      least: { layers: [{ width: 1, weights: [[0]], offsets: [-1] }] },
    });
  });
});

function countHeads(coins: number, random: RandomSource): number {
  return Array.from({ length: coins }, () => random.sign()).filter((sign) => sign > 0).length;
}

describe('lists', () => {
  const list = law(
    whole(1, 100).chain((n) => fc.array(fc.nat(1000), { minLength: n, maxLength: n, size: 'max' })),
    (xs) => ({ xs }),
  );

  test.each([900, 937, 1])('with an entry of %d or more end at that entry', async (from) => {
    await reachesLeast({
      instances: list,
      isFalse: ({ xs }) => xs.length > 0 && Math.max(...xs) >= from,
      least: { xs: [from] },
    });
  });

  test('whose length the data’s own randomness decides', async () => {
    await reachesLeast({
      instances: law(fc.constant(null), (_, r) => ({
        xs: Array.from({ length: 1 + r.integer(100) }, () => r.integer(1001)),
      })),
      isFalse: ({ xs }) => xs.length > 0 && Math.max(...xs) >= 900,
      least: { xs: [900] },
    });
  });

  test('whose shortest ones are so rare that none is drawn', async () => {
    await reachesLeast({
      // 1 + a binomial number of 60 coins.
      instances: law(whole(0, 1000), (unused, r) => ({
        unused,
        xs: Array.from({ length: 1 + countHeads(60, r) }, () => r.integer(1001)),
      })),
      isFalse: ({ xs }) => xs.length > 0 && Math.max(...xs) >= 900,
      least: { unused: 0, xs: [900] },
    });
  });

  test('of an odd number of entries above a sum', async () => {
    await reachesLeast({
      instances: list,
      isFalse: ({ xs }) => xs.length % 2 === 1 && xs.reduce((sum, x) => sum + x, 0) >= 1500,
      least: { xs: [0, 500, 1000] },
    });
  });

  test('of lists', async () => {
    await reachesLeast({
      instances: law(
        fc.array(fc.array(fc.integer({ min: -50, max: 50 }), { maxLength: 8 }), { maxLength: 8 }),
        (xss) => ({ xss }),
      ),
      isFalse: ({ xss }) => xss.filter((xs) => xs.some((x) => x < -9)).length >= 2,
      least: { xss: [[-10], [-10]] },
    });
  });

  test('of texts and switches', async () => {
    await reachesLeast({
      instances: law(
        fc.array(fc.record({ name: fc.string(), on: fc.boolean() }), { maxLength: 12 }),
        (items) => ({ items }),
      ),
      isFalse: ({ items }) => items.filter(({ name }) => name.length > 2).length >= 2,
      least: {
        items: [
          { name: 'aaa', on: false },
          { name: 'aaa', on: false },
        ],
      },
    });
  });

  test('two of one length, which a statement ties and the law does not', async () => {
    await reachesLeast({
      instances: law(
        fc.record({
          xs: fc.array(fc.nat(9), { minLength: 1, maxLength: 9 }),
          ys: fc.array(fc.nat(9), { minLength: 1, maxLength: 9 }),
        }),
        (both) => both,
      ),
      isFalse: ({ xs, ys }) => xs.length === ys.length && xs.length >= 3,
      least: { xs: [0, 0, 0], ys: [0, 0, 0] },
    });
  });

  test('as long as a number says, which a statement ties and the law does not', async () => {
    await reachesLeast({
      instances: law(
        fc.record({ size: whole(1, 9), xs: fc.array(fc.nat(9), { minLength: 1, maxLength: 9 }) }),
        (both) => both,
      ),
      isFalse: ({ size, xs }) => size === xs.length && size >= 3,
      least: { size: 3, xs: [0, 0, 0] },
    });
  });

  test('of a square matrix, and of records that hold lists of one length', async () => {
    await reachesLeast({
      instances: law(whole(1, 7), (n, r) => ({ rows: matrix(n, n, r) })),
      isFalse({ rows }) {
        if (rows.some((row) => row.length !== rows.length)) throw new RangeError('shape');
        return rows.flat().some((x) => x > 0.5);
      },
      least: { rows: [[1]] },
    });
    const cell = whole(1, 6).chain((n) =>
      fc.record({
        xs: fc.array(fc.nat(50), { minLength: n, maxLength: n }),
        ys: fc.array(fc.nat(50), { minLength: n, maxLength: n }),
      }),
    );
    await reachesLeast({
      instances: law(fc.array(cell, { minLength: 1, maxLength: 6 }), (cells) => ({ cells })),
      isFalse: ({ cells }) => cells.some(({ xs }) => xs.some((x) => x >= 30)),
      least: { cells: [{ xs: [30], ys: [0] }] },
    });
  });
});
