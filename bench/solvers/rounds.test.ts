import { expect, test } from 'vitest';
import type { Contestant } from './contestant.js';
import { timeProblems } from './rounds.js';

const contestant = (name: string, seconds: () => number): Contestant => ({
  name,
  description: name,
  peer: false,
  takes: () => true,
  solve: async () => ({ seconds: seconds(), lower: 1, upper: 1, proved: true }),
});
const problems = Array.from({ length: 3 }, () => ({ inputs: [[1]], labels: [1] }));

test('contestants take turns on each problem, and slow ones come to fewer', async () => {
  const turns: string[] = [];
  const timings = await timeProblems(
    [contestant('fast', () => 0.1), contestant('slow', () => 0.6)],
    problems,
    { problems: 3, rounds: 2, seconds: 1 },
    (name, what) => turns.push(`${name}, ${what}`),
  );
  expect(turns.slice(0, 5)).toEqual([
    'fast, round 1, problem 1',
    'slow, round 1, problem 1',
    'fast, round 1, problem 2',
    'slow, round 1, problem 2',
    'fast, round 1, problem 3',
  ]);
  expect(timings.map(({ solved }) => solved.length)).toEqual([3, 2]);
});

test('a contestant solves one problem however slow it is, and its least time counts', async () => {
  const times = [5, 0.3, 0.1, 0.2];
  const [slow] = await timeProblems([contestant('slow', () => 9)], problems, {
    problems: 3,
    rounds: 2,
    seconds: 1,
  });
  expect(slow.solved).toHaveLength(1);
  const [once] = await timeProblems(
    [contestant('once', () => times.shift() ?? NaN)],
    problems.slice(0, 1),
    { problems: 1, rounds: 4, seconds: 100 },
  );
  expect(once.solved[0].seconds).toBe(0.1);
});
