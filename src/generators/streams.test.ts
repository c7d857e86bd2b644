import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { generator } from './generator.js';
import { search, seedOf, testDraw } from './streams.js';
import type { SearchDraw, SearchFind, TestDraw } from './streams.js';

interface Point {
  readonly size: number;
  readonly values: readonly number[];
}

const points = generator<number, Point>({
  law: 'a size in 0…1000 and three uniform numbers',
  structure: fc.integer({ min: 0, max: 1000 }),
  build: (size, random) => ({
    size,
    values: [random.uniform(), random.uniform(), random.uniform()],
  }),
  labels: ({ size }) => [size === 0 ? 'empty' : 'sized'],
});

const isLarge = async ({ instance }: SearchDraw<Point>): Promise<boolean> => instance.size > 400;

function signature(size: number): string {
  if (size < 20) return 'NaN';
  return size >= 500 ? 'violated' : 'holds';
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('seedOf', () => {
  it('is a 32-bit integer that depends on every part of the key, and on nothing else', () => {
    const keys = [['a', 'b', 1], ['a', 'b', 2], ['a', 'b1'], ['ab', 1], ['a', 'b', '1'], []];
    const seeds = keys.map((key) => seedOf(key));
    for (const seed of seeds) expect(seed).toBe(seed | 0);
    expect(new Set(seeds).size).toBe(keys.length);
    expect(keys.map((key) => seedOf(key))).toEqual(seeds);
  });

  it('is the first four bytes, little-endian, of the SHA-256 of the key as JSON', () => {
    // printf '[1,"song2022/claim","literal","test",17]' | sha256sum
    expect(seedOf([1, 'song2022/claim', 'literal', 'test', 17])).toBe(-1854634909);
  });
});

describe('the test stream', () => {
  const key = [1, 'paper/claim', 'literal'];

  it('gives trial 17 alone as in a run, in any order', () => {
    const run = Array.from({ length: 40 }, (_, trial) => testDraw(points, key, trial));
    expect(testDraw(points, key, 17)).toEqual(run[17]);
    const backwards = Array.from({ length: 40 }, (_, i) => testDraw(points, key, 39 - i));
    expect(backwards.reverse()).toEqual(run);
  });

  it('gives trial 17 the same in another thread that draws nothing else', async () => {
    // The library itself, bundled because a worker loads no TypeScript, with the law of `points`.
    const { outputFiles } = await build({
      stdin: {
        contents: `
          import fc from 'fast-check';
          import { parentPort } from 'node:worker_threads';
          import { generator } from './generator.js';
          import { testDraw } from './streams.js';
          const points = generator({
            law: '',
            structure: fc.integer({ min: 0, max: 1000 }),
            build: (size, random) => ({
              size,
              values: [random.uniform(), random.uniform(), random.uniform()],
            }),
            labels: ({ size }) => [size === 0 ? 'empty' : 'sized'],
          });
          parentPort.postMessage(testDraw(points, ${JSON.stringify(key)}, 17));`,
        resolveDir: import.meta.dirname,
        loader: 'ts',
      },
      bundle: true,
      write: false,
      platform: 'node',
      format: 'cjs',
      packages: 'external',
      // A script that is evaluated has no URL of its own to resolve packages from.
      define: { 'import.meta.url': JSON.stringify(import.meta.url) },
    });
    const worker = new Worker(outputFiles[0].text, { eval: true });
    const drawn = await new Promise<unknown>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    expect(drawn).toEqual(testDraw(points, key, 17));
  });

  it('differs between seeds, claims, readings and trials', () => {
    const draws = [
      testDraw(points, key, 0),
      testDraw(points, key, 1),
      testDraw(points, [2, 'paper/claim', 'literal'], 0),
      testDraw(points, [1, 'paper/other', 'literal'], 0),
      testDraw(points, [1, 'paper/claim', 'intended'], 0),
    ];
    expect(new Set(draws.map((draw) => draw.instance.values[0])).size).toBe(draws.length);
  });

  it('has the bias of fast-check off', () => {
    const trials = 2000;
    const unbiased = Array.from(
      { length: trials },
      (_, trial) => testDraw(points, key, trial).instance.size,
    );
    // Uniform on 0…1000: mean 500, standard deviation 289; six standard errors, error below 2e-9.
    expect(Math.abs(mean(unbiased) - 500)).toBeLessThan((6 * 289) / Math.sqrt(trials));
    // Boundary values come as often as any others: Binomial(2000, 22/1001) has mean 44, s.d. 6.6.
    const atTheEnds = unbiased.filter((size) => size <= 10 || size >= 990).length;
    expect(Math.abs(atTheEnds - 44)).toBeLessThan(40);
    const biased = fc
      .sample(points.arbitrary, { seed: 1, numRuns: trials })
      .map(({ instance }) => instance.size);
    expect(biased.filter((size) => size <= 10 || size >= 990).length).toBeGreaterThan(200);
  });

  it('has independent trials', () => {
    const trials = 4000;
    const values = Array.from(
      { length: trials },
      (_, trial) => testDraw(points, ['independence'], trial).instance.values[0] - 0.5,
    );
    // The lag-1 correlation of independent draws has standard deviation 1/√trials; six of them.
    const products = values.slice(1).map((value, i) => value * values[i] * 12);
    expect(Math.abs(mean(products))).toBeLessThan(6 / Math.sqrt(trials));
  });
});

describe('the search stream', () => {
  const key = [1, 'paper/claim', 'literal'];

  it('shrinks to the smallest instance that fails', async () => {
    const find = await search(points, key, async ({ instance }) => instance.size >= 37, {
      runs: 200,
      maxShrinks: 500,
    });
    expect(find?.instance.size).toBe(37);
    expect(find?.labels).toEqual(['sized']);
    expect(find?.stream).toBe('search');
    expect(find?.shrinks).toBeGreaterThan(0);
  });

  it('keeps the signature: an instance that fails in another way does not end a shrink', async () => {
    // Small sizes fail with another signature, as 0/0 does when data degenerate; the predicate says no.
    const find = await search(
      points,
      key,
      async ({ instance }) => signature(instance.size) === 'violated',
      { runs: 200, maxShrinks: 500 },
    );
    expect(find?.instance.size).toBe(500);
  });

  it('finds boundary values with its bias on', async () => {
    // Without bias, 60 draws reach the edge with probability 6 %.
    const find = await search(points, key, async ({ instance }) => instance.size === 1000, {
      runs: 60,
      maxShrinks: 10,
    });
    expect(find?.instance.size).toBe(1000);
  });

  it('gives null when nothing fails, after the stated number of draws', async () => {
    const trials: number[] = [];
    const find = await search(
      points,
      key,
      async ({ trial }) => {
        trials.push(trial);
        return false;
      },
      { runs: 25, maxShrinks: 10 },
    );
    expect(find).toBeNull();
    expect(trials).toEqual(Array.from({ length: 25 }, (_, i) => i));
  });

  it('evaluates at most maxShrinks further instances', async () => {
    let evaluations = 0;
    let first = -1;
    const find = await search(
      points,
      key,
      async ({ instance, trial }) => {
        evaluations += 1;
        if (instance.size < 37) return false;
        if (first < 0) first = trial;
        return true;
      },
      { runs: 200, maxShrinks: 3 },
    );
    expect(find?.trial).toBe(first);
    expect(evaluations).toBeLessThanOrEqual(first + 1 + 3);
  });

  it('depends on its key alone, and can be told its seed', async () => {
    const options = { runs: 100, maxShrinks: 100 };
    const find = await search(points, key, isLarge, options);
    expect(await search(points, key, isLarge, options)).toEqual(find);
    const again = await search(points, ['other'], isLarge, { ...options, seed: find?.seed });
    expect(again).toEqual(find);
  });

  it('passes on an error of the predicate', async () => {
    const fault = new Error('solver: matrix must be finite, got NaN');
    const run = search(
      points,
      key,
      async () => {
        throw fault;
      },
      { runs: 5, maxShrinks: 5 },
    );
    await expect(run).rejects.toBe(fault);
  });
});

describe('the types of the streams', () => {
  it('keep search draws out of statistics', () => {
    expectTypeOf<SearchDraw<Point>>().not.toExtend<TestDraw<Point>>();
    expectTypeOf<TestDraw<Point>>().not.toExtend<SearchDraw<Point>>();
    expectTypeOf<SearchFind<Point>>().toExtend<SearchDraw<Point>>();
    expectTypeOf<SearchFind<Point>>().not.toExtend<TestDraw<Point>>();
    expectTypeOf(testDraw(points, [], 0)).toEqualTypeOf<TestDraw<Point>>();
    const rate = (draws: readonly TestDraw<Point>[]): number => draws.length;
    expectTypeOf(rate).parameter(0).toEqualTypeOf<readonly TestDraw<Point>[]>();
    // @ts-expect-error a draw of the search stream cannot feed statistics
    expectTypeOf(rate).toBeCallableWith([] as SearchDraw<Point>[]);
  });
});
