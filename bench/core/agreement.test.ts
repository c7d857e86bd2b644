import { expect, test } from 'vitest';
import { createJs64 } from '../../src/training/index.js';
import { checkAgreement } from './agreement.js';
import type { Contestant } from './contestant.js';
import { engineContestant } from './engine-contestant.js';

const reference = engineContestant(createJs64(), 'js64');

/** A contestant whose objectives are off by a relative error, in a batch only where said so. */
const off = (error: number, precision: Contestant['precision'], batchOnly = false): Contestant => ({
  ...reference,
  name: 'other',
  precision,
  async objectives(problems, settings) {
    const found = await reference.objectives(problems, settings);
    return found.map((value) => (settings.batch || !batchOnly ? value * (1 + error) : value));
  },
});

test('an engine agrees with itself, and rounding is forgiven', async () => {
  await checkAgreement(reference, reference);
  await checkAgreement(off(1e-10, 'float64'), reference);
  await checkAgreement(off(1e-5, 'float32'), reference);
});

test.each([
  ['float64', off(1e-8, 'float64'), /^other: the objective after 25 steps must be [\d.]+ \(js64\)/],
  ['float32', off(1e-3, 'float32'), /within 0\.0001, got/],
  ['in a batch alone', off(1e-3, 'float64', true), /in a batch; it computes something else/],
  ['not a number', off(NaN, 'float64'), /got NaN/],
])('a contestant that computes something else is an error: %s', async (_, contestant, message) => {
  await expect(checkAgreement(contestant, reference)).rejects.toThrow(message);
});

test('a run that ends early is an error, for its time means nothing', async () => {
  const engine = createJs64();
  const stopped = engineContestant(
    { ...engine, train: (task) => engine.train({ ...task, budget: { maxSteps: 3 } }) },
    'stopped',
  );
  await expect(stopped.seconds({ inputDim: 2, width: 3, sampleSize: 4 }, 5)).rejects.toThrow(
    'stopped, d=2 m=3 N=4: a run must take 5 steps, got 3 (step-budget)',
  );
});
