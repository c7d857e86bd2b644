import { ACTIVATION_NAMES } from '../../model/index.js';
import type { DeepNetwork } from '../../model/index.js';
import type { AnyNetwork, TrainingTask } from '../engine.js';
import type { AnyTask } from './law-tasks.js';
import { randomDeepProblem, randomProblem } from './random-problem.js';

// Problems of which one thing does not fit, each with what engines say; `@` is the name of the method called.

const SIZES = { inputDim: 2, sampleSize: 10 };
const RELU = { name: 'relu' } as const;
export const { network, dataset } = randomProblem('errors', RELU, { ...SIZES, width: 3 });
export const deep = randomDeepProblem('errors', RELU, { ...SIZES, widths: [3, 2] }).network;

export const TASK: AnyTask = {
  initial: network,
  dataset,
  objective: { scale: 'mean' },
  optimiser: { kind: 'gradient-descent', stepSize: 0.1 },
  budget: { maxSteps: 20 },
};

const SGD = { kind: 'sgd', stepSize: 1, batchSize: 2, replacement: true, seed: '' } as const;

const sgd = (batchSize: number): Partial<AnyTask> => ({ optimiser: { ...SGD, batchSize } });

/** Values that no enumerated field has, and how errors show them. */
const UNKNOWN: readonly (readonly [unknown, string])[] = [
  ['ReLU', '"ReLU"'],
  ['constructor', '"constructor"'],
  ['', '""'],
  [undefined, 'undefined'],
  [2, '2'],
  [null, 'null'],
];

export const NETWORKS: readonly [string, AnyNetwork, string][] = [
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
  [
    'constant',
    { ...network, activation: { name: 'constant', value: NaN } },
    'checkActivation: value must be finite, got NaN',
  ],
  ...[network, deep].flatMap((of) =>
    UNKNOWN.map(([value, shown]): [string, AnyNetwork, string] => [
      `activation ${shown}`,
      { ...of, activation: { name: value as never } },
      `checkActivation: activation.name must be one of ${ACTIVATION_NAMES.join(', ')}, got ${shown}`,
    ]),
  ),
];

export const DEEP_NETWORKS: readonly [string, DeepNetwork, string][] = [
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

export const DATASETS: readonly [string, TrainingTask['dataset'], string][] = [
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

export const SETTINGS: readonly [string, Partial<AnyTask>, string][] = [
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
  ...UNKNOWN.flatMap(([value, shown]): [string, Partial<AnyTask>, string][] => [
    [
      `optimiser ${shown}`,
      { optimiser: { kind: value as never, stepSize: 1 } },
      `train: optimiser.kind must be one of gradient-descent, sgd, projected, mirror, got ${shown}`,
    ],
    [
      `replacement ${shown}`,
      { optimiser: { ...SGD, replacement: value as never } },
      `train: optimiser.replacement must be one of true, false, got ${shown}`,
    ],
    ...(['projected', 'mirror'] as const).map((kind): [string, Partial<AnyTask>, string] => [
      `unit rows ${shown}`,
      {
        initial: { ...network, outer: [1, 1, 1] },
        optimiser: { kind, stepSize: 1, unitInner: value as never },
      },
      `train: optimiser.unitInner must be one of true, false, got ${shown}`,
    ]),
  ]),
  [
    'seed',
    { optimiser: { ...SGD, seed: 1 as never } },
    'train: optimiser.seed must be a string, got 1',
  ],
  [
    'trainable',
    { trainable: { inner: 'no' as never } },
    'train: trainable.inner must be one of true, false, undefined, got "no"',
  ],
  [
    'trainable part',
    { trainable: { hidden: false } as never },
    'train: a part of trainable must be one of inner, outer, biases, got "hidden"',
  ],
  ...(['targetLoss', 'targetGradient', 'maxMilliseconds'] as const).map(
    (target): [string, Partial<AnyTask>, string] => [
      target,
      { budget: { maxSteps: 1, [target]: NaN } },
      `train: ${target} must be a number, got NaN`,
    ],
  ),
  ...[network, deep].map((initial): [string, Partial<AnyTask>, string] => [
    'biases',
    { initial, trainable: { biases: true } },
    'train: trainable.biases must be false for a network without biases',
  ]),
];

/** Objectives with a field that no engine has. */
export const OBJECTIVES: readonly (readonly [string, object, string])[] = UNKNOWN.flatMap(
  ([value, shown]) => [
    [
      `loss ${shown}`,
      { scale: value },
      `@: objective.scale must be one of mean, half-mean, got ${shown}`,
    ],
    [
      `regulariser ${shown}`,
      { scale: 'mean', weightDecay: { lambda: 1, on: value } },
      `@: weightDecay.on must be one of inner, all, got ${shown}`,
    ],
    ...(value === undefined
      ? []
      : [
          [
            `kink ${shown}`,
            { scale: 'mean', derivativeAtKink: value },
            `@: derivativeAtKink must be one of 0, 1, got ${shown}`,
          ] as const,
        ]),
  ],
);
