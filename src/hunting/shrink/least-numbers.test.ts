import fc from 'fast-check';
import { describe, test } from 'vitest';
import { law, reachesLeast, vector } from './testing/least.js';

const whole = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });

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
