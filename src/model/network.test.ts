import { describe, expect, test } from 'vitest';
import { evaluate, evaluateAll, outerNorm, pathNorm } from './network.js';
import { checkDataset, checkNetwork } from './shape-checks.js';
import type { Dataset, Network } from './types.js';

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

describe('evaluate', () => {
  test('is Σ a_j·σ(w_j·x + b_j)', () => {
    expect(evaluate(network, [1, 1])).toBe(14);
    expect(evaluate(network, [-2, 1])).toBe(-1);
    expect(evaluate({ ...network, biases: [-6, 5, 1] }, [1, 1])).toBe(2 * 1 - 0.5 * 4 + 7);
    expect(
      evaluateAll(network, [
        [1, 1],
        [-2, 1],
      ]),
    ).toEqual([14, -1]);
    expect(evaluateAll(network, [])).toEqual([]);
  });

  test('of the network without neurons is 0', () => {
    expect(evaluate({ ...network, inner: [], outer: [] }, [1, 2])).toBe(0);
  });

  test('is positively homogeneous in inner weights and linear in outer ones', () => {
    const scaled = { ...network, inner: network.inner.map((row) => row.map((w) => 4 * w)) };
    const shrunk = { ...scaled, outer: network.outer.map((a) => a / 4) };
    expect(evaluate(shrunk, [0.3, -0.7])).toBe(evaluate(network, [0.3, -0.7]));
  });

  test('wants an input of length inputDim', () => {
    expect(() => evaluate(network, [1, 2, 3])).toThrow(
      'evaluate: input must have length 2 (inputDim), got 3',
    );
  });
});

describe('norms', () => {
  test('outer norm and path norm', () => {
    expect(outerNorm(network)).toBe(9.5);
    expect(pathNorm(network)).toBe(2 * 5 + 0.5 * 1);
    expect(outerNorm({ ...network, inner: [], outer: [] })).toBe(0);
  });

  test('the path norm does not change when weight moves between the layers', () => {
    const moved = {
      ...network,
      inner: network.inner.map((row) => row.map((w) => w / 2)),
      outer: network.outer.map((a) => 2 * a),
    };
    expect(pathNorm(moved)).toBe(pathNorm(network));
  });
});

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
