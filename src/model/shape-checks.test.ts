import { describe, expect, test } from 'vitest';
import { checkDataset, checkDeepNetwork, checkNetwork } from './shape-checks.js';
import type { Dataset, DeepNetwork, Network } from './types.js';

const network: Network = {
  activation: { name: 'relu' },
  inputDim: 2,
  inner: [
    [3, 4],
    [-1, 0],
    [0, 0],
  ],
  outer: [2, -0.5, 7],
};

describe('checkNetwork', () => {
  test('accepts networks, also without neurons and with weights that diverged', () => {
    expect(() => checkNetwork(network)).not.toThrow();
    expect(() => checkNetwork({ ...network, inner: [], outer: [], biases: [] })).not.toThrow();
    expect(() => checkNetwork({ ...network, outer: [NaN, Infinity, 0] })).not.toThrow();
  });

  test.each<[Partial<Network>, string]>([
    [{ outer: [1, 2, 3, 4] }, 'checkNetwork: outer must have length 3 (width), got 4'],
    [{ biases: [1] }, 'checkNetwork: biases must have length 3 (width), got 1'],
    [
      { inner: [[1, 2], [1], [1, 2]] },
      'checkNetwork: inner[1] must have length 2 (inputDim), got 1',
    ],
    [{ inputDim: 0 }, 'checkNetwork: inputDim must be an integer ≥ 1, got 0'],
    [{ inputDim: 1.5 }, 'checkNetwork: inputDim must be an integer ≥ 1, got 1.5'],
    [
      { activation: { name: 'softplus', beta: -1 } },
      'checkActivation: beta must be finite and > 0, got -1',
    ],
  ])('%o: %s', (change, message) => {
    expect(() => checkNetwork({ ...network, ...change })).toThrow(message);
  });
});

describe('checkDataset', () => {
  const dataset: Dataset = { inputDim: 1, inputs: [[1], [2]], labels: [3, 4] };

  test('accepts datasets, also empty ones', () => {
    expect(() => checkDataset(dataset)).not.toThrow();
    expect(() => checkDataset({ inputDim: 3, inputs: [], labels: [] })).not.toThrow();
  });

  test.each<[Partial<Dataset>, string]>([
    [{ labels: [1] }, 'checkDataset: labels must have length 2 (sampleSize), got 1'],
    [{ inputs: [[1], [2, 3]] }, 'checkDataset: inputs[1] must have length 1 (inputDim), got 2'],
    [{ inputDim: NaN }, 'checkDataset: inputDim must be an integer ≥ 1, got NaN'],
  ])('%o: %s', (change, message) => {
    expect(() => checkDataset({ ...dataset, ...change })).toThrow(message);
  });
});

describe('checkDeepNetwork', () => {
  const deep: DeepNetwork = {
    activation: { name: 'tanh' },
    inputDim: 2,
    hidden: [
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      [[7, 8, 9]],
    ],
    outer: [1],
    biases: [[1, 2, 3], [4]],
  };

  test('accepts deep networks, with and without biases and with weights that diverged', () => {
    const { biases: _biases, ...plain } = deep;
    expect(() => checkDeepNetwork(deep)).not.toThrow();
    expect(() => checkDeepNetwork(plain)).not.toThrow();
    expect(() => checkDeepNetwork({ ...deep, outer: [NaN] })).not.toThrow();
  });

  test.each<[Partial<DeepNetwork>, string]>([
    [{ inputDim: 0 }, 'checkDeepNetwork: inputDim must be an integer ≥ 1, got 0'],
    [{ inputDim: 2.5 }, 'checkDeepNetwork: inputDim must be an integer ≥ 1, got 2.5'],
    [{ hidden: [] }, 'checkDeepNetwork: hidden must have at least one matrix, got 0'],
    [
      { hidden: [deep.hidden[0], []] },
      'checkDeepNetwork: hidden[1] must have at least one row, got 0',
    ],
    [
      { hidden: [[[1, 2], [3]], [[7, 8, 9]]] },
      'checkDeepNetwork: hidden[0][1] must have length 2 (width of the layer below), got 1',
    ],
    [
      { hidden: [deep.hidden[0], [[7, 8]]] },
      'checkDeepNetwork: hidden[1][0] must have length 3 (width of the layer below), got 2',
    ],
    [{ biases: [[1, 2, 3]] }, 'checkDeepNetwork: biases must have length 2 (depth), got 1'],
    [
      { biases: [[1, 2, 3], []] },
      'checkDeepNetwork: biases[1] must have length 1 (width of the layer), got 0',
    ],
    [
      { outer: [1, 2] },
      'checkDeepNetwork: outer must have length 1 (width of the last layer), got 2',
    ],
    [
      { activation: { name: 'constant', value: Infinity } },
      'checkActivation: value must be finite, got Infinity',
    ],
  ])('%o: %s', (change, message) => {
    expect(() => checkDeepNetwork({ ...deep, ...change })).toThrow(new RangeError(message));
  });
});
