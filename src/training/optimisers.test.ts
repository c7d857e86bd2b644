import { describe, expect, test } from 'vitest';
import { exp } from '../math/index.js';
import type { Network } from '../model/index.js';
import type { Objective, Optimiser, TrainingTask } from './engine.js';
import { createJs64 } from './js64.js';
import { minibatches } from './optimisers.js';
import { randomProblem } from './testing/random-problem.js';

const engine = createJs64();
const SIZES = { width: 4, inputDim: 3, sampleSize: 17 };
const MEAN: Objective = { scale: 'mean' };

function taskWith(
  optimiser: Optimiser,
  maxSteps: number,
  more: Partial<TrainingTask> = {},
): TrainingTask {
  const { network, dataset } = randomProblem('optimisers', { name: 'tanh' }, SIZES);
  return { initial: network, dataset, objective: MEAN, optimiser, budget: { maxSteps }, ...more };
}

const positive = (network: Network): Network => ({
  ...network,
  outer: network.outer.map((weight) => Math.abs(weight) + 0.1),
});

const sgd = (batchSize: number, replacement: boolean, seed = 's'): Optimiser => ({
  kind: 'sgd',
  stepSize: 0.05,
  batchSize,
  replacement,
  seed,
});

const stochasticRun = (seed: string): Network =>
  engine.train(taskWith(sgd(3, true, seed), 40)).network;

const decayed = (on: 'inner' | 'all', trainOuter: boolean): Network =>
  engine.train({
    initial: { activation: { name: 'relu' }, inputDim: 1, inner: [[-1]], outer: [2] },
    dataset: { inputDim: 1, inputs: [[1]], labels: [0] },
    objective: { scale: 'half-mean', weightDecay: { lambda: 0.5, on } },
    optimiser: { kind: 'gradient-descent', stepSize: 1 },
    trainable: { outer: trainOuter },
    budget: { maxSteps: 1 },
  }).network;

describe('gradient descent', () => {
  test('moves by minus step size times gradient', () => {
    // f(x) = a·max(wx, 0) at a = 2, w = 3, x = 1, y = 4: r = 2, ∂L/∂w = 2ra = 8, ∂L/∂a = 2rw = 12.
    const result = engine.train({
      initial: { activation: { name: 'relu' }, inputDim: 1, inner: [[3]], outer: [2] },
      dataset: { inputDim: 1, inputs: [[1]], labels: [4] },
      objective: MEAN,
      optimiser: { kind: 'gradient-descent', stepSize: 0.125 },
      budget: { maxSteps: 1 },
    });
    expect(result.network.inner).toEqual([[2]]);
    expect(result.network.outer).toEqual([0.5]);
    expect(result.steps).toBe(1);
    expect(result.objective).toBe(9);
    expect(result.dataLoss).toBe(9);
    expect(result.gradientNorm).toBe(Math.hypot(2 * -3 * 0.5, 2 * -3 * 2));
  });

  test('adds weight decay to inner weights, or to every trained parameter', () => {
    expect(decayed('inner', true)).toMatchObject({ inner: [[-0.5]], outer: [2] });
    expect(decayed('all', true)).toMatchObject({ inner: [[-0.5]], outer: [1] });
    expect(decayed('all', false)).toMatchObject({ inner: [[-0.5]], outer: [2] });
  });

  test('leaves frozen parts alone', () => {
    const task = taskWith({ kind: 'gradient-descent', stepSize: 0.1 }, 5);
    const { network } = engine.train({ ...task, trainable: { inner: false } });
    expect(network.inner).toEqual(task.initial.inner);
    expect(network.outer).not.toEqual(task.initial.outer);
  });

  test('decreases the loss', () => {
    const task = taskWith({ kind: 'gradient-descent', stepSize: 0.05 }, 200);
    const start = engine.lossAndGradient(task.initial, task.dataset, MEAN).objective;
    expect(engine.train(task).objective).toBeLessThan(start / 2);
  });
});

describe('projected gradient descent', () => {
  test('keeps outer weights ≥ 0 and, if asked, inner rows of norm 1, from the start on', () => {
    for (const unitInner of [false, true]) {
      const lengths: number[] = [];
      let smallest = Infinity;
      const task = taskWith({ kind: 'projected', stepSize: 0.2, unitInner }, 50, {
        observer: {
          every: 1,
          see({ inner, outer }) {
            smallest = Math.min(smallest, ...outer);
            for (let j = 0; j < 4; j += 1)
              lengths.push(Math.hypot(...inner.subarray(3 * j, 3 * j + 3)));
          },
        },
      });
      const outer = task.initial.outer.map((weight, j) => (j === 0 ? -1 : weight));
      engine.train({ ...task, initial: { ...task.initial, outer } });
      expect(smallest).toBe(0);
      const away = Math.max(...lengths.map((length) => Math.abs(length - 1)));
      if (unitInner) expect(away).toBeLessThan(1e-15 * 4);
      else expect(away).toBeGreaterThan(0.01);
    }
  });

  test('keeps the previous row where a row becomes zero', () => {
    // f = max(wx, 0), x = 1, y = 0, w = 1: ∂L/∂w = 1 for the half loss, so a unit step reaches w = 0.
    const result = engine.train({
      initial: { activation: { name: 'relu' }, inputDim: 1, inner: [[1]], outer: [1] },
      dataset: { inputDim: 1, inputs: [[1]], labels: [0] },
      objective: { scale: 'half-mean' },
      optimiser: { kind: 'projected', stepSize: 1, unitInner: true },
      trainable: { outer: false },
      budget: { maxSteps: 1 },
    });
    expect(result.network.inner).toEqual([[1]]);
  });
});

describe('mirror descent', () => {
  test('multiplies outer weights by exp(−η∂L/∂a) and moves the rest by gradient descent', () => {
    const task = taskWith({ kind: 'mirror', stepSize: 0.1, unitInner: false }, 1);
    const initial = positive(task.initial);
    const gradient = engine.lossAndGradient(initial, task.dataset, MEAN);
    const { network } = engine.train({ ...task, initial });
    initial.outer.forEach((weight, j) => {
      expect(network.outer[j]).toBe(weight * exp(-0.1 * gradient.outer[j]));
    });
    expect(network.inner[0][0]).toBe(initial.inner[0][0] - 0.1 * gradient.inner[0]);
  });

  test('stays positive and decreases the loss at every step for a small step size', () => {
    const losses: number[] = [];
    let smallest = Infinity;
    const task = taskWith({ kind: 'mirror', stepSize: 0.02, unitInner: true }, 200, {
      trainable: { inner: false },
      observer: {
        every: 1,
        see({ objective, outer }) {
          losses.push(objective);
          smallest = Math.min(smallest, ...outer);
        },
      },
    });
    engine.train({ ...task, initial: positive(task.initial) });
    expect(smallest).toBeGreaterThan(0);
    losses.slice(1).forEach((loss, i) => expect(loss).toBeLessThan(losses[i]));
  });

  test('stays positive when a weight would underflow', () => {
    const result = engine.train({
      initial: { activation: { name: 'linear' }, inputDim: 1, inner: [[1]], outer: [1] },
      dataset: { inputDim: 1, inputs: [[100]], labels: [0] },
      objective: MEAN,
      optimiser: { kind: 'mirror', stepSize: 1, unitInner: true },
      trainable: { inner: false },
      budget: { maxSteps: 1 },
    });
    expect(result.network.outer).toEqual([2 ** -1022]);
  });
});

describe('stochastic gradient descent', () => {
  test('is gradient descent up to the order of summation when a batch is the whole sample', () => {
    const full = engine.train(taskWith({ kind: 'gradient-descent', stepSize: 0.05 }, 50));
    const stochastic = engine.train(taskWith(sgd(SIZES.sampleSize, false), 50));
    full.network.inner.flat().forEach((entry, i) => {
      expect(stochastic.network.inner.flat()[i]).toBeCloseTo(entry, 12);
    });
  });

  test('depends on its seed alone', () => {
    expect(stochasticRun('a')).toEqual(stochasticRun('a'));
    expect(stochasticRun('a')).not.toEqual(stochasticRun('b'));
  });

  test('uses weight decay in every step', () => {
    const task = taskWith(sgd(5, false), 1, {
      objective: { scale: 'mean', weightDecay: { lambda: 2, on: 'inner' } },
    });
    const plain = engine.train({ ...task, objective: MEAN }).network;
    const decayed = engine.train(task).network;
    task.initial.inner.flat().forEach((entry, i) => {
      expect(decayed.inner.flat()[i]).toBeCloseTo(plain.inner.flat()[i] - 0.05 * 2 * entry, 14);
    });
  });

  test('without replacement an epoch visits every sample once, the last batch may be smaller', () => {
    const batches = minibatches(
      { kind: 'sgd', stepSize: 1, batchSize: 5, replacement: false, seed: 'e' },
      17,
    );
    const epochs = [1, 2].map(() => Array.from({ length: 4 }, () => Array.from(batches.next())));
    for (const epoch of epochs) {
      expect(epoch.map((batch) => batch.length)).toEqual([5, 5, 5, 2]);
      expect(epoch.flat().sort((x, y) => x - y)).toEqual(Array.from({ length: 17 }, (_, i) => i));
    }
    expect(epochs[0]).not.toEqual(epochs[1]);
  });

  test('with replacement batches are full and repeat samples', () => {
    const batches = minibatches(
      { kind: 'sgd', stepSize: 1, batchSize: 5, replacement: true, seed: 'e' },
      6,
    );
    const drawn = Array.from({ length: 100 }, () => Array.from(batches.next()));
    expect(drawn.every((batch) => batch.length === 5)).toBe(true);
    expect(drawn.some((batch) => new Set(batch).size < 5)).toBe(true);
    expect(new Set(drawn.flat()).size).toBe(6);
  });

  test('the gradient of a minibatch is that of the dataset made of its samples', () => {
    const task = taskWith(sgd(3, false, 'batch'), 1);
    const indices = Array.from(
      minibatches(sgd(3, false, 'batch') as Extract<Optimiser, { kind: 'sgd' }>, 17).next(),
    );
    const part = {
      ...task.dataset,
      inputs: indices.map((i) => task.dataset.inputs[i]),
      labels: indices.map((i) => task.dataset.labels[i]),
    };
    const gradient = engine.lossAndGradient(task.initial, part, MEAN);
    const { network } = engine.train(task);
    expect(network.outer).toEqual(
      task.initial.outer.map((weight, j) => weight - 0.05 * gradient.outer[j]),
    );
  });
});
