import { expect, test } from 'vitest';
import type { DescentState } from './descent.js';
import { descend, startDescent, trialsOf } from './descent.js';
import type { Score } from './problem.js';

type Judge = (x: readonly number[]) => Score;

function run(judge: Judge, start: readonly number[]): { state: DescentState; evaluations: number } {
  let state = startDescent(start, judge(start));
  let evaluations = 0;
  while (!state.rests && evaluations < 20_000) {
    const points = trialsOf(state);
    evaluations += points.length;
    state = descend(state, points.map(judge));
  }
  return { state, evaluations };
}

test('Rosenbrock’s valley in 6 dimensions: to the minimum within some hundred gradients', () => {
  const { state, evaluations } = run(
    (x) => {
      let sum = 0;
      for (let i = 0; i + 1 < x.length; i += 1) {
        sum += 100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2;
      }
      return [0, sum, 0];
    },
    [0, 0, 0, 0, 0, 0],
  );
  expect(state.score[1]).toBeLessThan(1e-6);
  expect(evaluations).toBeLessThan(4000);
});

test('it comes to hold the assumptions first, then descends within them', () => {
  // The assumption is x ≥ 1, and its edge does not cross the way down to (3, 0).
  const { state } = run(
    ([x, y]) => (x < 1 ? [1 + (1 - x) / (2 - x), 1, 1] : [0, (x - 3) ** 2 + 10 * y * y, 0]),
    [-3, 2],
  );
  expect(state.score[0]).toBe(0);
  expect(state.score[1]).toBeLessThan(1e-6);
});

test('a plateau is left alone', () => {
  const { state, evaluations } = run(() => [0, 1, 1], [1, 2, 3]);
  expect(state.rests).toBe(true);
  expect(evaluations).toBe(3);
});
