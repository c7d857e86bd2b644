import { describe, expect, test } from 'vitest';
import type { DeepNetwork, Network } from '../../model/index.js';
import type { AnyNetwork, Engine, TrainingTask } from '../engine.js';
import type { AnyTask } from './law-tasks.js';
import { randomDeepProblem, randomProblem } from './random-problem.js';

const SIZES = { inputDim: 2, sampleSize: 10 };
const RELU = { name: 'relu' } as const;
const { network, dataset } = randomProblem('errors', RELU, { ...SIZES, width: 3 });
const deep = randomDeepProblem('errors', RELU, { ...SIZES, widths: [3, 2] }).network;

const TASK: AnyTask = {
  initial: network,
  dataset,
  objective: { scale: 'mean' },
  optimiser: { kind: 'gradient-descent', stepSize: 0.1 },
  budget: { maxSteps: 20 },
};

const sgd = (batchSize: number): Partial<AnyTask> => ({
  optimiser: { kind: 'sgd', stepSize: 1, batchSize, replacement: true, seed: '' },
});

const NETWORKS: readonly [string, AnyNetwork, string][] = [
  [
    'no neuron',
    { ...network, inner: [], outer: [] },
    '@: network must have at least one neuron, got 0',
  ],
  [
    'outer weights',
    { ...network, outer: [1] },
    'checkNetwork: outer must have length 3 (width), got 1',
  ],
  ['biases', { ...network, biases: [1] }, 'checkNetwork: biases must have length 3 (width), got 1'],
  [
    'row',
    { ...network, inner: [[1, 2], [1], [1, 2]] },
    'checkNetwork: inner[1] must have length 2 (inputDim), got 1',
  ],
  [
    'inner weight',
    { ...network, inner: [...network.inner.slice(1), [0, Infinity]] },
    '@: network.inner[2][1] must be finite, got Infinity',
  ],
  [
    'outer weight',
    { ...network, outer: [1, NaN, 1] },
    '@: network.outer[1] must be finite, got NaN',
  ],
  [
    'bias',
    { ...network, biases: [0, 0, -Infinity] },
    '@: network.biases[2] must be finite, got -Infinity',
  ],
  [
    'beta',
    { ...network, activation: { name: 'softplus', beta: 0 } },
    'checkActivation: beta must be finite and > 0, got 0',
  ],
];

const DEEP_NETWORKS: readonly [string, DeepNetwork, string][] = [
  [
    'no matrix',
    { ...deep, hidden: [] },
    'checkDeepNetwork: hidden must have at least one matrix, got 0',
  ],
  [
    'no row',
    { ...deep, hidden: [deep.hidden[0], []] },
    'checkDeepNetwork: hidden[1] must have at least one row, got 0',
  ],
  [
    'row',
    { ...deep, hidden: [deep.hidden[0], [[1, 2, 3], [1]]] },
    'checkDeepNetwork: hidden[1][1] must have length 3 (width of the layer below), got 1',
  ],
  [
    'outer weights',
    { ...deep, outer: [1] },
    'checkDeepNetwork: outer must have length 2 (width of the last layer), got 1',
  ],
  [
    'biases',
    { ...deep, biases: [[0, 0, 0], [0]] },
    'checkDeepNetwork: biases[1] must have length 2 (width of the layer), got 1',
  ],
  [
    'weight',
    {
      ...deep,
      hidden: [
        deep.hidden[0],
        [
          [1, 2, 3],
          [1, NaN, 3],
        ],
      ],
    },
    '@: network.hidden[1][1][1] must be finite, got NaN',
  ],
  ['outer weight', { ...deep, outer: [1, NaN] }, '@: network.outer[1] must be finite, got NaN'],
];

const DATASETS: readonly [string, TrainingTask['dataset'], string][] = [
  [
    'row',
    { ...dataset, inputDim: 3 },
    'checkDataset: inputs[0] must have length 3 (inputDim), got 2',
  ],
  [
    'other dimension',
    { inputDim: 1, inputs: [[1]], labels: [0] },
    '@: dataset.inputDim must be 2 (inputDim of network), got 1',
  ],
  [
    'empty',
    { ...dataset, inputs: [], labels: [] },
    '@: dataset must have at least one input, got 0',
  ],
  [
    'labels',
    { ...dataset, labels: [1] },
    'checkDataset: labels must have length 10 (sampleSize), got 1',
  ],
  [
    'input',
    { ...dataset, inputs: [[1, Infinity], ...dataset.inputs.slice(1)] },
    '@: dataset.inputs[0][1] must be finite, got Infinity',
  ],
  [
    'label',
    { ...dataset, labels: [...dataset.labels.slice(1), NaN] },
    '@: dataset.labels[9] must be finite, got NaN',
  ],
];

const SETTINGS: readonly [string, Partial<AnyTask>, string][] = [
  ...[-1, NaN, Infinity].map((stepSize): [string, Partial<AnyTask>, string] => [
    'step size',
    { optimiser: { kind: 'gradient-descent', stepSize } },
    `train: stepSize must be finite and ≥ 0, got ${stepSize}`,
  ]),
  ...[11, 0, 1.5].map((size): [string, Partial<AnyTask>, string] => [
    'batch size',
    sgd(size),
    `train: batchSize must be an integer in 1…10 (sampleSize), got ${size}`,
  ]),
  ...[0, -1].map((weight): [string, Partial<AnyTask>, string] => [
    'mirror descent',
    {
      initial: { ...network, outer: [1, weight, 1] },
      optimiser: { kind: 'mirror', stepSize: 1, unitInner: false },
    },
    `train: network.outer[1] must be > 0 for mirror descent, got ${weight}`,
  ]),
  ...[1.5, -1, NaN].map((maxSteps): [string, Partial<AnyTask>, string] => [
    'budget',
    { budget: { maxSteps } },
    `train: maxSteps must be an integer ≥ 0, got ${maxSteps}`,
  ]),
  ...[0, 1.5].map((every): [string, Partial<AnyTask>, string] => [
    'observer',
    { observer: { every, see: () => {} } },
    `train: observer.every must be an integer ≥ 1, got ${every}`,
  ]),
  ...[network, deep].map((initial): [string, Partial<AnyTask>, string] => [
    'biases',
    { initial, trainable: { biases: true } },
    'train: trainable.biases must be false for a network without biases',
  ]),
];

/** A message's `@` is the name of the method called. */
const error = (message: string, method: string): RangeError =>
  new RangeError(message.replace('@', method));

/** What does not fit is refused: what holds at every engine. */
export function inputErrorLaws(make: () => Engine): void {
  describe('errors', () => {
    const engine = make();
    const { objective } = TASK;

    test.each([...NETWORKS, ...DEEP_NETWORKS])(
      'every method checks its network: %s',
      (_, wrong, message) => {
        const task = { ...TASK, initial: wrong };
        expect(() => engine.train(task)).toThrow(error(message, 'train'));
        expect(() => engine.trainMany([TASK, task])).toThrow(error(message, 'train'));
        expect(() => engine.lossAndGradient(wrong, dataset, objective)).toThrow(
          error(message, 'lossAndGradient'),
        );
        expect(() => engine.predict(wrong, dataset.inputs)).toThrow(error(message, 'predict'));
        expect(() => engine.inputGradients(wrong, dataset.inputs)).toThrow(
          error(message, 'inputGradients'),
        );
        if ('hidden' in wrong) return;
        expect(() => engine.lossLaplacian(wrong, dataset, objective)).toThrow(
          error(message, 'lossLaplacian'),
        );
      },
    );

    test.each(DATASETS)('every method checks its dataset: %s', (_, wrong, message) => {
      for (const initial of [network, deep]) {
        const task = { ...TASK, initial, dataset: wrong };
        expect(() => engine.train(task)).toThrow(error(message, 'train'));
        expect(() => engine.lossAndGradient(initial, wrong, objective)).toThrow(
          error(message, 'lossAndGradient'),
        );
      }
      expect(() => engine.lossLaplacian(network, wrong, objective)).toThrow(
        error(message, 'lossLaplacian'),
      );
    });

    test.each([-1, NaN, Infinity])('every method checks the weight decay: λ = %d', (lambda) => {
      const wrong = { scale: 'mean', weightDecay: { lambda, on: 'all' } } as const;
      const message = `@: weightDecay.lambda must be finite and ≥ 0, got ${lambda}`;
      for (const initial of [network, deep]) {
        expect(() => engine.train({ ...TASK, initial, objective: wrong })).toThrow(
          error(message, 'train'),
        );
        expect(() => engine.lossAndGradient(initial, dataset, wrong)).toThrow(
          error(message, 'lossAndGradient'),
        );
      }
      expect(() => engine.lossLaplacian(network, dataset, wrong)).toThrow(
        error(message, 'lossLaplacian'),
      );
    });

    test.each(SETTINGS)('train checks its settings: %s', (_, wrong, message) => {
      expect(() => engine.train({ ...TASK, ...wrong })).toThrow(new RangeError(message));
    });

    test('predict and inputGradients check their inputs', () => {
      for (const initial of [network, deep]) {
        for (const method of ['predict', 'inputGradients'] as const) {
          const of = (inputs: readonly number[][]) => () => engine[method](initial, inputs);
          expect(of([[1, 2], [1]])).toThrow(
            error('@: inputs[1] must have length 2, got 1', method),
          );
          expect(of([[1, NaN]])).toThrow(error('@: inputs[0][1] must be finite, got NaN', method));
        }
      }
    });

    test('lossLaplacian refuses deep networks', () => {
      expect(() => engine.lossLaplacian(deep as unknown as Network, dataset, objective)).toThrow(
        new RangeError('lossLaplacian: network must be two-layer, got a deep one'),
      );
    });

    test('an engine that refused something still works', () => {
      const fresh = make().train(TASK);
      expect(() => engine.train({ ...TASK, budget: { maxSteps: -1 } })).toThrow(RangeError);
      expect(engine.train(TASK)).toEqual(fresh);
    });
  });
}
