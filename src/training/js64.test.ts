import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Dataset, Network } from '../model/index.js';
import type { Observation, TrainingTask } from './engine.js';
import { createJs64 } from './js64.js';
import { EVERY_ACTIVATION, randomProblem } from './testing/random-problem.js';

const engine = createJs64();
const SIZES = { width: 3, inputDim: 2, sampleSize: 10 };

function task(more: Partial<TrainingTask> = {}): TrainingTask {
  const { network, dataset } = randomProblem('js64', { name: 'relu' }, SIZES);
  return {
    initial: network,
    dataset,
    objective: { scale: 'mean' },
    optimiser: { kind: 'gradient-descent', stepSize: 0.1 },
    budget: { maxSteps: 20 },
    ...more,
  };
}

describe('train', () => {
  test('stops at the step budget, also when it is 0', () => {
    expect(engine.train(task())).toMatchObject({
      reason: 'step-budget',
      steps: 20,
      engine: 'js64',
    });
    const none = engine.train(task({ budget: { maxSteps: 0 } }));
    expect(none).toMatchObject({ reason: 'step-budget', steps: 0, network: task().initial });
  });

  test('stops when the objective or the gradient is small enough', () => {
    const start = engine.train(task({ budget: { maxSteps: 0 } }));
    const byLoss = engine.train(
      task({ budget: { maxSteps: 1e4, targetLoss: start.objective / 2 } }),
    );
    expect(byLoss.reason).toBe('target-loss');
    expect(byLoss.objective).toBeLessThanOrEqual(start.objective / 2);
    const byGradient = engine.train(task({ budget: { maxSteps: 1e4, targetGradient: 0.02 } }));
    expect(byGradient.reason).toBe('target-gradient');
    expect(byGradient.gradientNorm).toBeLessThanOrEqual(0.02);
  });

  test('stops at the time budget', () => {
    const late = engine.train(task({ budget: { maxSteps: 1e9, maxMilliseconds: 0 } }));
    expect(late).toMatchObject({ reason: 'time-budget', steps: 0 });
  });

  test('stops as diverged when the step size is too large', () => {
    const optimiser = { kind: 'gradient-descent', stepSize: 50 } as const;
    const result = engine.train(task({ optimiser, budget: { maxSteps: 1e4 } }));
    expect(result.reason).toBe('diverged');
    expect(result.steps).toBeLessThan(1e3);
  });

  test('stops as diverged when the objective overflows at the start', () => {
    const initial: Network = { ...task().initial, outer: [1e160, 1e160, 1e160] };
    expect(engine.train(task({ initial })).reason).toBe('diverged');
  });

  test('stops as not a number when infinities cancel', () => {
    const initial: Network = {
      activation: { name: 'linear' },
      inputDim: 1,
      inner: [[1e200], [1e200]],
      outer: [1e200, -1e200],
    };
    const dataset: Dataset = { inputDim: 1, inputs: [[1]], labels: [0] };
    const result = engine.train(task({ initial, dataset }));
    expect(result).toMatchObject({ reason: 'not-a-number', steps: 0 });
  });

  test('starting at an interpolating network is no divergence', () => {
    const initial: Network = { ...task().initial, outer: [0, 0, 0] };
    const dataset: Dataset = { ...task().dataset, labels: Array.from({ length: 10 }, () => 0) };
    const optimiser = { kind: 'gradient-descent', stepSize: 0.1 } as const;
    expect(engine.train(task({ initial, dataset, optimiser })).reason).toBe('step-budget');
  });

  test('shows the start, every n-th step and the last one to its observer', () => {
    const seen: Pick<Observation, 'step' | 'objective' | 'gradientNorm'>[] = [];
    const observer = {
      every: 8,
      see: ({ step, objective, gradientNorm }: Observation) =>
        void seen.push({ step, objective, gradientNorm }),
    };
    const result = engine.train(task({ observer }));
    expect(seen.map(({ step }) => step)).toEqual([0, 8, 16, 20]);
    expect(seen[3]).toEqual({
      step: 20,
      objective: result.objective,
      gradientNorm: result.gradientNorm,
    });
    seen.length = 0;
    engine.train(task({ observer, budget: { maxSteps: 16 } }));
    expect(seen.map(({ step }) => step)).toEqual([0, 8, 16]);
  });

  test('observing does not change the run, stochastic runs included', () => {
    const optimiser = {
      kind: 'sgd',
      stepSize: 0.1,
      batchSize: 3,
      replacement: true,
      seed: 'x',
    } as const;
    const observer = { every: 1, see: () => {} };
    expect(engine.train(task({ optimiser, observer }))).toEqual(engine.train(task({ optimiser })));
  });

  test('reports objective and gradient of the network it returns', () => {
    for (const kind of ['gradient-descent', 'sgd'] as const) {
      const optimiser =
        kind === 'sgd'
          ? ({ kind, stepSize: 0.1, batchSize: 3, replacement: false, seed: 'x' } as const)
          : ({ kind, stepSize: 0.1 } as const);
      const { network, objective } = engine.train(task({ optimiser }));
      const again = engine.lossAndGradient(network, task().dataset, { scale: 'mean' });
      expect(again.objective).toBe(objective);
    }
  });

  test('trains several tasks as it trains each', () => {
    const tasks = [task(), task({ budget: { maxSteps: 3 } })];
    expect(engine.trainMany(tasks)).toEqual(tasks.map((each) => engine.train(each)));
  });

  test('does not change the initial network', () => {
    const { initial } = task();
    const before = structuredClone(initial);
    engine.train(task({ initial }));
    expect(initial).toEqual(before);
  });
});

describe('predict', () => {
  test('gives the outputs, any number of them', () => {
    const network: Network = {
      activation: { name: 'relu' },
      inputDim: 2,
      inner: [
        [1, -1],
        [0, 2],
      ],
      outer: [3, 0.5],
      biases: [0, 1],
    };
    const outputs = engine.predict(network, [
      [2, 1],
      [0, 0],
      [-1, -1],
      [1, 1],
      [0, 3],
    ]);
    expect(Array.from(outputs)).toEqual([4.5, 0.5, 0, 1.5, 3.5]);
    expect(engine.predict(network, [])).toHaveLength(0);
  });
});

/** The bits of every weight after 200 steps with biases and weight decay. */
function hashOf(activation: (typeof EVERY_ACTIVATION)[number]): string {
  const sizes = { width: 5, inputDim: 3, sampleSize: 22 };
  const { network, dataset } = randomProblem('trajectory', activation, sizes, { biases: true });
  const hash = createHash('sha256');
  for (const optimiser of [
    { kind: 'gradient-descent', stepSize: 0.05 },
    { kind: 'sgd', stepSize: 0.02, batchSize: 4, replacement: false, seed: 'pin' },
  ] as const) {
    const { network: trained } = engine.train({
      initial: network,
      dataset,
      objective: { scale: 'half-mean', weightDecay: { lambda: 0.01, on: 'all' } },
      optimiser,
      budget: { maxSteps: 200 },
    });
    const entries = [...trained.inner.flat(), ...trained.outer, ...(trained.biases ?? [])];
    hash.update(new Uint8Array(Float64Array.from(entries).buffer));
  }
  return hash.digest('hex').slice(0, 16);
}

describe('a trajectory of 200 steps', () => {
  test('has the same bits everywhere', () => {
    const hashes = Object.fromEntries(
      EVERY_ACTIVATION.map((activation) => [activation.name, hashOf(activation)]),
    );
    expect(hashes).toMatchInlineSnapshot(`
      {
        "arctan": "e003520dc239a578",
        "constant": "df91f22d88d0c4f9",
        "erf": "33f7f54cbfe335c9",
        "gaussian-bump": "df10e46914e556e9",
        "linear": "be0955a0948717ab",
        "relu": "efd67e1d790c9cde",
        "saturated-relu": "d65a4dfbfdf3bfdd",
        "sigmoid": "13bd05b9e4209386",
        "sine": "9da3604a1ef8a555",
        "softplus": "52b564cabaf5e4ef",
        "step": "0dbfae06ce86cdaa",
        "tanh": "ac3243f1a6405b7a",
      }
    `);
  });
});

describe('errors', () => {
  const { initial, dataset } = task();
  const cases: readonly [string, Partial<TrainingTask>, string][] = [
    [
      'width',
      { initial: { ...initial, inner: [], outer: [] } },
      'train: network must have at least one neuron, got 0',
    ],
    [
      'inputDim',
      { initial: { ...initial, inputDim: 0 } },
      'checkNetwork: inputDim must be an integer ≥ 1, got 0',
    ],
    [
      'outer',
      { initial: { ...initial, outer: [1] } },
      'checkNetwork: outer must have length 3 (width), got 1',
    ],
    [
      'biases',
      { initial: { ...initial, biases: [1] } },
      'checkNetwork: biases must have length 3 (width), got 1',
    ],
    [
      'row',
      { initial: { ...initial, inner: [[1, 2], [1], [1, 2]] } },
      'checkNetwork: inner[1] must have length 2 (inputDim), got 1',
    ],
    [
      'weight',
      { initial: { ...initial, outer: [1, NaN, 1] } },
      'train: network.outer[1] must be finite, got NaN',
    ],
    [
      'dataset',
      { dataset: { ...dataset, inputDim: 3 } },
      'checkDataset: inputs[0] must have length 3 (inputDim), got 2',
    ],
    [
      'other dimension',
      { dataset: { inputDim: 1, inputs: [[1]], labels: [0] } },
      'train: dataset.inputDim must be 2 (inputDim of network), got 1',
    ],
    [
      'empty',
      { dataset: { ...dataset, inputs: [], labels: [] } },
      'train: dataset must have at least one input, got 0',
    ],
    [
      'labels',
      { dataset: { ...dataset, labels: [1] } },
      'checkDataset: labels must have length 10 (sampleSize), got 1',
    ],
    [
      'input',
      { dataset: { ...dataset, inputs: [[1, Infinity], ...dataset.inputs.slice(1)] } },
      'train: dataset.inputs[0][1] must be finite, got Infinity',
    ],
    [
      'lambda',
      { objective: { scale: 'mean', weightDecay: { lambda: -1, on: 'all' } } },
      'train: weightDecay.lambda must be finite and ≥ 0, got -1',
    ],
    [
      'step size',
      { optimiser: { kind: 'gradient-descent', stepSize: -1 } },
      'train: stepSize must be finite and ≥ 0, got -1',
    ],
    [
      'batch',
      { optimiser: { kind: 'sgd', stepSize: 1, batchSize: 11, replacement: true, seed: '' } },
      'train: batchSize must be an integer in 1…10 (sampleSize), got 11',
    ],
    [
      'mirror',
      {
        initial: { ...initial, outer: [1, 0, 1] },
        optimiser: { kind: 'mirror', stepSize: 1, unitInner: false },
      },
      'train: network.outer[1] must be > 0 for mirror descent, got 0',
    ],
    ['budget', { budget: { maxSteps: 1.5 } }, 'train: maxSteps must be an integer ≥ 0, got 1.5'],
    [
      'observer',
      { observer: { every: 0, see: () => {} } },
      'train: observer.every must be an integer ≥ 1, got 0',
    ],
    [
      'frozen biases',
      { trainable: { biases: true } },
      'train: trainable.biases must be false for a network without biases',
    ],
    [
      'beta',
      { initial: { ...initial, activation: { name: 'softplus', beta: 0 } } },
      'checkActivation: beta must be finite and > 0, got 0',
    ],
  ];

  test.each(cases)('%s', (_, wrong, message) => {
    expect(() => engine.train(task(wrong))).toThrow(new RangeError(message));
  });
});
