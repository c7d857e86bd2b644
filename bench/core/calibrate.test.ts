import { expect, test } from 'vitest';
import { calibrate } from './calibrate.js';

const LENGTHS = { target: 0.1, fewest: 20, most: 2 };

/** A contestant with a fixed cost per call and per step, in seconds. */
const clock = (perCall: number, perStep: number) => {
  const asked: number[] = [];
  return {
    asked,
    seconds: async (steps: number) => {
      asked.push(steps);
      return perCall + perStep * steps;
    },
  };
};

test('a fast step is repeated until the measurement is long enough, in few tries', async () => {
  const { seconds, asked } = clock(0, 1e-6);
  const steps = await calibrate(seconds, LENGTHS);
  expect(steps * 1e-6).toBeGreaterThanOrEqual(0.1);
  expect(steps * 1e-6).toBeLessThan(0.25);
  expect(asked.length).toBeLessThan(8);
});

test('a step that is long enough by itself is still taken 20 times where 2 s allow it', async () => {
  expect(await calibrate(clock(0, 0.05).seconds, LENGTHS)).toBe(20);
});

test('fewer where 2 s do not', async () => {
  expect(await calibrate(clock(0, 0.25).seconds, LENGTHS)).toBe(8);
});

test('a start that costs much hides no room for more steps', async () => {
  expect(await calibrate(clock(0.5, 0.01).seconds, LENGTHS)).toBe(20);
});

test('four steps at least, however slow', async () => {
  expect(await calibrate(clock(0, 7).seconds, LENGTHS)).toBe(4);
});

test('a clock too coarse for one step is no reason to stop', async () => {
  const seconds = async (steps: number) => (steps < 100 ? 0 : steps * 1e-3);
  expect(await calibrate(seconds, LENGTHS)).toBeGreaterThanOrEqual(100);
});
