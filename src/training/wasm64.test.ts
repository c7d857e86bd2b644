import { describe, expect, test } from 'vitest';
import { randomSource } from '../math/index.js';
import type { DeepNetwork, Network } from '../model/index.js';
import type { TrainingTask } from './engine.js';
import { engineLaws } from './testing/engine-laws.js';
import { EVERY_ACTIVATION, randomProblem } from './testing/random-problem.js';
import { bucketsOf } from './wasm64-layout.js';
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
      // So few samples share no buckets.
      const sizes = { width: 7, inputDim: 8, sampleSize: 15 };
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

describe('buckets', () => {
  /** Integers so small that no sum is rounded: every order of summation gives the same bits. */
  function integerProblem(key: string, width: number, inputDim: number, sampleSize: number) {
    const random = randomSource('integers', key);
    const row = (count: number, size: number) =>
      Array.from({ length: count }, () => random.integer(2 * size + 1) - size);
    const network: Network = {
      activation: { name: 'relu' },
      inputDim,
      inner: Array.from({ length: width }, () => row(inputDim, 2)),
      outer: row(width, 3),
      biases: row(width, 2),
    };
    const inputs = Array.from({ length: sampleSize }, () => row(inputDim, 3));
    return { network, dataset: { inputDim, inputs, labels: row(sampleSize, 9) } };
  }

  test('give the sums that go without, bit for bit, where nothing is rounded', () => {
    let shared = 0;
    for (let width = 1; width <= 21; width += 1) {
      for (const sampleSize of [16, 33, 64, 150, 301]) {
        const inputDim = 5 + ((3 * width + sampleSize) % 9);
        const problem = integerProblem(`${width} ${sampleSize}`, width, inputDim, sampleSize);
        for (const biased of [true, false]) {
          for (const derivativeAtKink of [0, 1] as const) {
            const network = biased ? problem.network : { ...problem.network, biases: undefined };
            const objective = { scale: 'mean', derivativeAtKink } as const;
            const fused = engine.lossAndGradient(network, problem.dataset, objective);
            const layered = engine.lossAndGradient(asDeep(network), problem.dataset, objective);
            if (bucketsOf(inputDim, biased, width, sampleSize) !== null) shared += 1;
            expect(fused.dataLoss).toBe(layered.dataLoss);
            // Powers of two for N keep the factor 2/N exact as well.
            if (sampleSize === 16 || sampleSize === 64) {
              expect(zeros(fused.inner)).toEqual(zeros(layered.inner));
              expect(zeros(fused.outer)).toEqual(zeros(layered.outer));
              expect(zeros(fused.biases)).toEqual(zeros(layered.biases));
            } else {
              expect(fused.inner.length).toBe(layered.inner.length);
              for (const part of ['inner', 'outer', 'biases'] as const) {
                fused[part].forEach((entry, at) => {
                  // One rounding of 2/N, one of the product with a_j and one with the sum, on each side.
                  expect(Math.abs(entry - layered[part][at])).toBeLessThanOrEqual(
                    6 * 2 ** -53 * Math.abs(entry),
                  );
                });
              }
            }
          }
        }
      }
    }
    expect(shared).toBeGreaterThan(300);
  });
});

/** −0 counts as 0. */
function zeros(values: Float64Array): number[] {
  return Array.from(values, (value) => value + 0);
}

function asDeep(network: Network): DeepNetwork {
  const { activation, inputDim, inner, outer, biases } = network;
  const deep = { activation, inputDim, hidden: [inner], outer };
  return biases === undefined ? deep : { ...deep, biases: [biases] };
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
  let asked = 0;
  const { reason, steps } = createWasm64({ now: () => (asked += 1) }).train({
    ...base,
    budget: { maxSteps: 2 ** 52, maxMilliseconds: 20 },
  });
  expect(reason).toBe('time-budget');
  expect(steps).toBeGreaterThan(0);
});
