import { expect, test } from 'vitest';
import type { Contestant } from './contestant.js';
import { timeShape } from './rounds.js';

const SHAPE = { inputDim: 1, width: 1, sampleSize: 1 };
const EFFORT = {
  lengths: { target: 0.1, fewest: 20, most: 2 },
  rounds: 4,
  seconds: 1,
  fewestRounds: 2,
};

const contestant = (name: string, times: (steps: number) => number): Contestant => ({
  name,
  description: name,
  precision: 'float64',
  seconds: async (_, steps) => times(steps),
  objectives: async () => [],
});

test('contestants take turns within each round, and slow ones fewer', async () => {
  const turns: string[] = [];
  await timeShape(
    [contestant('fast', (steps) => 0.01 * steps), contestant('slow', (steps) => 0.5 * steps)],
    SHAPE,
    EFFORT,
    (name, what) => turns.push(`${name} ${what.split(' ').slice(0, 2).join(' ')}`),
  );
  expect(turns).toEqual([
    'fast calibrating',
    'slow calibrating',
    'fast round 1',
    'slow round 1',
    'fast round 2',
    'slow round 2',
    'fast round 3',
    'fast round 4',
  ]);
});

test('the minimum and the median of the times of one step of one problem are kept', async () => {
  // Calibrated to 20 steps in one jump; then four rounds.
  const seconds = [0.2, 0.2, 0.44, 0.4, 0.48, 0.8];
  const next = () => seconds.shift() ?? NaN;
  const [timing] = await timeShape(
    [contestant('a', next)],
    { ...SHAPE, batch: 10 },
    {
      ...EFFORT,
      seconds: 100,
      lengths: { target: 0.1, fewest: 1, most: 0 },
    },
  );
  expect(timing).toMatchObject({ contestant: 'a', rounds: 4, steps: 4 });
  expect(timing.minimum).toBeCloseTo(0.2 / 40, 12);
  expect(timing.median).toBeCloseTo((0.4 + 0.44) / 2 / 40, 12);
});
