import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnyReading, OpaqueInstance } from '../../claims/index.js';
import type { Generator } from '../../generators/index.js';
import { generator, testDraw } from '../../generators/index.js';
import type { RandomSource } from '../../math/index.js';
import { shrinkInstance } from './shrink.js';
import { simplificationOf } from './structural.js';

/** A statement with a known least counterexample: what its law draws, and where it is false. */
interface Known<I> {
  readonly instances: Generator<I>;
  /** Whether the assumptions hold and the statement is false; may throw out of shape, as claims do. */
  readonly isFalse: (instance: I) => boolean;
  readonly least: I;
}

const law = <S, I>(
  structure: fc.Arbitrary<S>,
  build: (structure: S, random: RandomSource) => I,
): Generator<I> => generator({ law: 'l', structure, build, labels: () => [] });

const SEEDS = 12;
const BUDGET = 4000;
const MOST_DRAWS = 20_000;

/** Shrinks counterexamples of several draws: all must end at the least one, called minimal. */
async function reachesLeast<I>({ instances, isFalse, least }: Known<I>): Promise<number[]> {
  const reading = { instances } as unknown as AnyReading;
  const evaluations: number[] = [];
  let trial = 0;
  for (let seed = 0; seed < SEEDS; seed += 1) {
    let start: I;
    do {
      start = testDraw(instances, ['least'], trial++).instance;
    } while (!isFalse(start) && trial < MOST_DRAWS);
    expect(isFalse(start), 'a draw is a counterexample').toBe(true);
    const keeps = async (candidate: OpaqueInstance): Promise<boolean> => {
      try {
        return isFalse(candidate as unknown as I);
      } catch {
        return false;
      }
    };
    const shrunk = await shrinkInstance(start as unknown as OpaqueInstance, {
      ...simplificationOf(reading, start as unknown as OpaqueInstance),
      keeps,
      budget: BUDGET,
    });
    expect({ from: start, to: shrunk.instance, minimal: shrunk.minimal }).toEqual({
      from: start,
      to: least,
      minimal: true,
    });
    evaluations.push(shrunk.evaluations);
  }
  if (process.env['SHOW'] !== undefined)
    console.log(JSON.stringify(least).slice(0, 60), evaluations.join(' '));
  return evaluations;
}

const vector = (n: number, random: RandomSource): number[] =>
  Array.from({ length: n }, () => 2 * random.uniform() - 1);
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
});

describe('numbers that a statement ties', () => {
  const large = whole(1, 0x7fffffff);
  const small = whole(-1000, 1000);
  const three = fc.record({ x: small, y: small, z: small });

  test.each([10, 137])('two equal ones of %d at least', async (from) => {
    await reachesLeast({
      instances: law(
        fc.oneof(
          fc.record({ x: large, y: large }),
          large.map((x) => ({ x, y: x })),
        ),
        (pair) => pair,
      ),
      isFalse: ({ x, y }) => x >= from && x === y,
      least: { x: from, y: from },
    });
  });

  test('three equal ones', async () => {
    await reachesLeast({
      instances: law(large, (x) => ({ x, y: x, z: x })),
      isFalse: ({ x, y, z }) => x >= 10 && x === y && y === z,
      least: { x: 10, y: 10, z: 10 },
    });
  });

  test('a fixed difference, a fixed sum, opposite ones, one a multiple of the other', async () => {
    await reachesLeast({
      instances: law(fc.record({ y: whole(1, 1e6), gap: whole(0, 9) }), ({ y, gap }) => ({
        x: y + gap,
        y,
      })),
      isFalse: ({ x, y }) => x - y === 7 && y >= 4,
      least: { x: 11, y: 4 },
    });
    await reachesLeast({
      instances: law(whole(-500, 500), (x) => ({ x, y: 12 - x })),
      isFalse: ({ x, y }) => x + y === 12,
      least: { x: 0, y: 12 },
    });
    await reachesLeast({
      instances: law(whole(-500, -1), (x) => ({ x, y: -x })),
      isFalse: ({ x, y }) => x === -y && y >= 5,
      least: { x: -5, y: 5 },
    });
    await reachesLeast({
      instances: law(whole(1, 1e6), (x) => ({ x, y: 3 * x })),
      isFalse: ({ x, y }) => y === 3 * x && x >= 5,
      least: { x: 5, y: 15 },
    });
  });

  test('three with fixed differences', async () => {
    await reachesLeast({
      instances: law(
        three.map(({ x }) => x),
        (x) => ({ x, y: x + 1, z: x + 5 }),
      ),
      isFalse: ({ x, y, z }) => y === x + 1 && z === x + 5 && x >= 3,
      least: { x: 3, y: 4, z: 8 },
    });
  });

  test('fractions and negative ones', async () => {
    await reachesLeast({
      instances: law(fc.constant(null), (_, r) => ({ t: 4 * r.uniform() - 2 })),
      isFalse: ({ t }) => t < -0.3 && t > -0.6,
      least: { t: -0.5 },
    });
    await reachesLeast({
      instances: law(fc.constant(null), (_, r) => ({ t: r.uniform(), xs: vector(3, r) })),
      isFalse: ({ t, xs }) => t > 0.7 && xs.some((x) => x < 0),
      least: { t: 1, xs: [0, 0, -1] },
    });
  });
});

describe('recursive and tagged data', () => {
  interface Tree {
    readonly value: number;
    readonly children: readonly Tree[];
  }
  const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      fc.record({ value: fc.nat(100), children: fc.constant([]) }),
      fc.record({ value: fc.nat(100), children: fc.array(tie('tree'), { maxLength: 3 }) }),
    ),
  }));
  const values = ({ value, children }: Tree): number[] => [value, ...children.flatMap(values)];

  test('a tree ends at the one node that matters', async () => {
    await reachesLeast<{ readonly tree: Tree }>({
      instances: law(tree, (it) => ({ tree: it })),
      isFalse: ({ tree: it }) => values(it).some((x) => x >= 60),
      least: { tree: { value: 60, children: [] } },
    });
  });

  type Nested = number | readonly Nested[];
  const { nested } = fc.letrec<{ nested: Nested }>((tie) => ({
    nested: fc.oneof(
      { depthSize: 'medium' },
      fc.nat(100),
      fc.array(tie('nested'), { maxLength: 3 }),
    ),
  }));
  const leaves = (it: Nested): number[] =>
    typeof it === 'number' ? [it] : it.flatMap((part) => leaves(part));

  test('nested arrays end at one number', async () => {
    await reachesLeast<{ readonly it: Nested }>({
      instances: law(nested, (it) => ({ it })),
      isFalse: ({ it }) => leaves(it).some((x) => x >= 33),
      least: { it: 33 },
    });
  });

  test('records of several kinds become the kind with less to read', async () => {
    type Shape =
      | { readonly kind: 'box'; readonly sides: readonly number[] }
      | { readonly kind: 'ball'; readonly radius: number };
    const shape: fc.Arbitrary<Shape> = fc.oneof(
      fc.record({
        kind: fc.constant('box' as const),
        sides: fc.array(whole(1, 20), { minLength: 2, maxLength: 3 }),
      }),
      fc.record({ kind: fc.constant('ball' as const), radius: whole(1, 20) }),
    );
    await reachesLeast<{ readonly shapes: readonly Shape[] }>({
      instances: law(fc.array(shape, { maxLength: 6 }), (shapes) => ({ shapes })),
      isFalse: ({ shapes }) => shapes.length >= 2,
      least: {
        shapes: [
          { kind: 'ball', radius: 1 },
          { kind: 'ball', radius: 1 },
        ],
      },
    });
  });
});
