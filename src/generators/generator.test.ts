import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generator } from './generator.js';
import { search, testDraw } from './streams.js';

const pairs = generator({
  law: 'a size in 1…9 and that many uniform numbers',
  structure: fc.integer({ min: 1, max: 9 }),
  build: (size, random) => Array.from({ length: size }, () => random.uniform()),
  labels: (instance, size) => [size === 1 ? 'one' : 'several', `sum ${instance.length}`],
});

describe('generator', () => {
  it('labels an instance from the instance and its structure', () => {
    const draws = Array.from({ length: 60 }, (_, trial) => testDraw(pairs, ['labels'], trial));
    for (const { instance, labels } of draws) {
      expect(labels).toEqual([instance.length === 1 ? 'one' : 'several', `sum ${instance.length}`]);
    }
    // 60 uniform draws from nine sizes miss a given one with probability (8/9)⁶⁰ < 9e-4.
    expect(new Set(draws.map((draw) => draw.instance.length)).size).toBe(9);
  });

  it('builds the same instance from the same structure and data seed', () => {
    const [first, second] = [1, 2].map(() => fc.sample(pairs.arbitrary, { seed: 5, numRuns: 20 }));
    expect(first).toEqual(second);
  });

  it('keeps the data of an instance while the structure shrinks', async () => {
    const seen: number[][] = [];
    const find = await search(
      pairs,
      ['shrinking'],
      async ({ instance }) => {
        const fails = instance.length >= 3;
        if (fails) seen.push(instance);
        return fails;
      },
      { runs: 100, maxShrinks: 100 },
    );
    expect(find?.instance).toHaveLength(3);
    // The data seed does not shrink, so a smaller instance is a prefix of the larger one.
    for (const larger of seen) expect(larger.slice(0, 3)).toEqual(find?.instance);
  });

  it('draws data uniformly also where the structure is biased', () => {
    const [draws, runs] = [fc.sample(pairs.arbitrary, { seed: 9, numRuns: 2000 }), 2000];
    const mean = draws.reduce((sum, { instance }) => sum + instance[0], 0) / runs;
    // Six standard deviations of the mean of uniform numbers: error probability below 2e-9.
    expect(Math.abs(mean - 0.5)).toBeLessThan(6 / Math.sqrt(12 * runs));
    const distinct = new Set(draws.map(({ instance }) => instance[0]));
    expect(distinct.size).toBe(runs);
  });
});
