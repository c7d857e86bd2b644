import { describe, expect, test } from 'vitest';
import type { DeepNetwork, Network } from '../model/index.js';
import type { TrainingTask } from './engine.js';
import { engineLaws } from './testing/engine-laws.js';
import { EVERY_ACTIVATION, randomProblem } from './testing/random-problem.js';
import { instantiate } from './wasm64-module.js';
import { trainInWasm } from './wasm64-training.js';
import { createWasm64 } from './wasm64.js';

const engine = createWasm64();

engineLaws('wasm64', createWasm64);

function task(sizes: { width: number; inputDim: number; sampleSize: number }): TrainingTask {
  const { network, dataset } = randomProblem('wasm64', { name: 'relu' }, sizes);
  return {
    initial: network,
    dataset,
    objective: { scale: 'mean' },
    optimiser: { kind: 'gradient-descent', stepSize: 0.01 },
    budget: { maxSteps: 5 },
  };
}

describe('memory', () => {
  test('grows to what the largest problem needs, not with the number of steps or runs', () => {
    const { kernels, arena } = instantiate();
    const large = task({ width: 40, inputDim: 30, sampleSize: 500 });
    const small = task({ width: 3, inputDim: 2, sampleSize: 7 });
    trainInWasm(kernels, arena, large);
    const bytes = kernels.memory.buffer.byteLength;
    expect(bytes).toBeGreaterThan(8 * 500 * 30);
    for (let run = 0; run < 300; run += 1) trainInWasm(kernels, arena, small);
    trainInWasm(kernels, arena, { ...large, budget: { maxSteps: 200 } });
    expect(kernels.memory.buffer.byteLength).toBe(bytes);
  });

  test('what a larger problem left behind changes nothing', () => {
    const small = task({ width: 5, inputDim: 3, sampleSize: 9 });
    const fresh = createWasm64().train(small);
    const used = createWasm64();
    const { network, dataset } = randomProblem(
      'left behind',
      { name: 'relu' },
      { width: 17, inputDim: 11, sampleSize: 90 },
      { size: 1e200 },
    );
    used.train({ ...small, initial: network, dataset });
    expect(used.train(small)).toEqual(fresh);
  });

  test('refuses what cannot fit, in one line', () => {
    const { arena } = instantiate();
    expect(() => arena.allocate(2 ** 31)).toThrow(
      /^wasm64: a problem must fit into 2047 MiB, this one needs \d+ or more$/,
    );
    arena.reset();
    expect(arena.allocate(8) % 64).toBe(0);
  });
});

describe('fused and layered passes', () => {
  test.each(EVERY_ACTIVATION)('give the same outputs, bit for bit, for $name', (activation) => {
    for (let width = 1; width <= 9; width += 1) {
      const { network, dataset } = randomProblem(`passes ${width}`, activation, {
        width,
        inputDim: 1 + (width % 4),
        sampleSize: 70,
      });
      const { dataLoss } = engine.lossAndGradient(network, dataset, { scale: 'mean' });
      const layered = engine.lossAndGradient(asDeep(network), dataset, { scale: 'mean' });
      expect(layered.dataLoss).toBe(dataLoss);
    }
  });

  test('ReLU masks and stored residuals give the same bits on both sides of the switch', () => {
    // Up to 8 columns the kernel masks scaled samples, beyond it stores masked residuals; a column of
    // zeros more moves a problem from one to the other.
    for (const derivativeAtKink of [0, 1] as const) {
      const sizes = { width: 7, inputDim: 8, sampleSize: 41 };
      const { network, dataset } = randomProblem('switch', { name: 'relu' }, sizes, {
        biases: true,
      });
      const wider = {
        ...network,
        inputDim: 9,
        inner: network.inner.map((row) => [...row, 0]),
      };
      const inputs = dataset.inputs.map((row) => [...row, 0]);
      const objective = { scale: 'mean', derivativeAtKink } as const;
      const masked = engine.lossAndGradient(network, dataset, objective);
      const stored = engine.lossAndGradient(wider, { ...dataset, inputDim: 9, inputs }, objective);
      expect(stored.objective).toBe(masked.objective);
      const kept = Array.from(stored.inner).filter((_, at) => at % 9 < 8);
      expect(kept).toEqual(Array.from(masked.inner));
    }
  });
});

function asDeep(network: Network): DeepNetwork {
  const { activation, inputDim, inner, outer } = network;
  return { activation, inputDim, hidden: [inner], outer };
}

describe('stochastic runs', () => {
  test('go on over more epochs than seeds are handed over at once', () => {
    const base = task({ width: 3, inputDim: 2, sampleSize: 6 });
    const optimiser = {
      kind: 'sgd',
      stepSize: 0.01,
      batchSize: 6,
      replacement: true,
      seed: 'many epochs',
    } as const;
    const whole = engine.train({ ...base, optimiser, budget: { maxSteps: 600 } });
    let seen = 0;
    const observer = { every: 7, see: () => void (seen += 1) };
    const watched = engine.train({ ...base, optimiser, budget: { maxSteps: 600 }, observer });
    expect(watched).toEqual(whole);
    expect(seen).toBe(87);
  });
});

test('a run without an end is stopped by its clock', () => {
  const base = task({ width: 3, inputDim: 2, sampleSize: 7 });
  const { reason, steps } = engine.train({
    ...base,
    budget: { maxSteps: 2 ** 52, maxMilliseconds: 20 },
  });
  expect(reason).toBe('time-budget');
  expect(steps).toBeGreaterThan(0);
});
