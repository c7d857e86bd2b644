import { describe, expect, test } from 'vitest';
import { evaluate, evaluateAll, evaluateDeep, outerNorm, pathNorm } from './network.js';
import type { DeepNetwork, Network } from './types.js';

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

describe('evaluateDeep', () => {
  const deep: DeepNetwork = {
    activation: { name: 'relu' },
    inputDim: 2,
    hidden: [
      [
        [1, 1],
        [1, -1],
        [-1, 0],
      ],
      [
        [1, 2, 0],
        [0, -1, 3],
      ],
    ],
    outer: [2, -1],
  };

  test('applies layer after layer', () => {
    // h₁ = (5, 1, 0), h₂ = (7, 0); then (0, 2, 1), (4, 1).
    expect(evaluateDeep(deep, [3, 2])).toBe(14);
    expect(evaluateDeep(deep, [-1, -3])).toBe(2 * 4 - 1);
  });

  test('adds the biases of each layer', () => {
    // h₁ = (5 − 1, 1 + 1, −3 + 4), h₂ = (4 + 4 − 7, −2 + 3 + 1).
    const biases = [
      [-1, 1, 4],
      [-7, 1],
    ];
    expect(evaluateDeep({ ...deep, biases }, [3, 2])).toBe(2 * 1 - 2);
  });

  test('with one hidden matrix is the two-layer network', () => {
    const { activation, inputDim, inner, outer } = network;
    for (const input of [
      [1, 1],
      [-2, 0.3],
    ]) {
      expect(evaluateDeep({ activation, inputDim, hidden: [inner], outer }, input)).toBe(
        evaluate(network, input),
      );
    }
  });

  test('wants an input of length inputDim', () => {
    expect(() => evaluateDeep(deep, [1])).toThrow(
      new RangeError('evaluateDeep: input must have length 2 (inputDim), got 1'),
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
