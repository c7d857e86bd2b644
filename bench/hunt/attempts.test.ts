import { describe, expect, test } from 'vitest';
import { hunted } from './attempts.js';
import { BENCHMARKS } from './claims/index.js';

/** The half that the search was tuned on. */
const QUICK = BENCHMARKS.filter(({ heldOut }) => !heldOut);

test('there are two claims of each of six difficulties, one of each pair left alone', () => {
  const difficulties = new Set(BENCHMARKS.map(({ difficulty }) => difficulty));
  expect(difficulties.size).toBe(6);
  for (const difficulty of difficulties) {
    const pair = BENCHMARKS.filter((benchmark) => benchmark.difficulty === difficulty);
    expect(pair.map(({ heldOut }) => heldOut)).toEqual([false, true]);
  }
});

describe.each(QUICK)('$name', ({ falseClaim, trueTwin }) => {
  test.each([1, 2, 3])('is hit with seed %d', async (seed) => {
    expect((await hunted(falseClaim, seed)).hit).not.toBeNull();
  });

  test('has a true twin, which is not', async () => {
    const { hit, evaluations } = await hunted(trueTwin, 1, 20_000);
    expect(hit).toBeNull();
    expect(evaluations).toBeGreaterThanOrEqual(20_000);
  });
});
