import { describe, expect, test } from 'vitest';
import { randomSource } from '../math/index.js';
import type { Dataset, Network } from '../model/index.js';
import type { LossAndGradient, Objective } from './engine.js';
import { createJs64 } from './js64.js';
import type { Summed } from './testing/big-gradient.js';
import { bigEvaluation } from './testing/big-gradient.js';
import { EVERY_ACTIVATION, randomProblem } from './testing/random-problem.js';

const engine = createJs64();

const OBJECTIVES: readonly Objective[] = [
  { scale: 'mean' },
  { scale: 'half-mean' },
  { scale: 'half-mean', weightDecay: { lambda: 0.3, on: 'inner' }, derivativeAtKink: 1 },
  { scale: 'mean', weightDecay: { lambda: 0.2, on: 'all' } },
];

/**
 * Every operation that leads to a term has a relative error of at most 2⁻⁵³ (elementary functions:
 * a few of them), and there are fewer than inputDim + width + sampleSize + 40 in a row. Errors of
 * the residual and of z are relative to sums of absolute values, which exceed the terms by the
 * cancellation in them: at most a factor 64 on these problems.
 */
const RELATIVE = 64 * 200 * 2 ** -53;

function expectClose(actual: number, expected: Summed, scale: number): void {
  const error = expected.value.minus(actual).abs().toNumber();
  expect(error).toBeLessThanOrEqual(RELATIVE * Math.max(expected.magnitude, scale));
}

function expectAgreement(network: Network, dataset: Dataset, objective: Objective): void {
  const actual = engine.lossAndGradient(network, dataset, objective);
  const expected = bigEvaluation(network, dataset, objective);
  const scale = sizeOf(network, dataset);
  expectClose(actual.objective, expected.objective, scale);
  expected.inner.flat().forEach((entry, i) => expectClose(actual.inner[i], entry, scale));
  expected.outer.forEach((entry, j) => expectClose(actual.outer[j], entry, scale));
  expected.biases.forEach((entry, j) => expectClose(actual.biases[j], entry, scale));
  expect(actual.biases).toHaveLength(expected.biases.length);
}

/** (1 + Σ|a|(1+‖w‖₁+|b|))²: how large a product of residual, weight and input can be. */
function sizeOf({ inner, outer, biases }: Network, { labels }: Dataset): number {
  const largestLabel = labels.reduce((most, label) => Math.max(most, Math.abs(label)), 0);
  const reach = outer.reduce((sum, a, j) => {
    const row = inner[j].reduce((total, entry) => total + Math.abs(entry), 0);
    return sum + (1 + Math.abs(a)) * (1 + row + Math.abs(biases?.[j] ?? 0));
  }, largestLabel);
  return reach * reach;
}

describe('lossAndGradient', () => {
  test.each(EVERY_ACTIVATION)(
    'agrees with a 64-digit evaluation for $name over random shapes',
    (activation) => {
      const random = randomSource('shapes', activation.name);
      for (let trial = 0; trial < 8; trial += 1) {
        const sizes = {
          width: 1 + random.integer(4),
          inputDim: 1 + random.integer(4),
          sampleSize: 1 + random.integer(6),
        };
        const { network, dataset } = randomProblem(
          `${activation.name} ${trial}`,
          activation,
          sizes,
          {
            biases: trial % 2 === 1,
            size: trial < 4 ? 1 : 3,
          },
        );
        expectAgreement(network, dataset, OBJECTIVES[trial % OBJECTIVES.length]);
      }
    },
  );

  test.each(EVERY_ACTIVATION.filter(({ name }) => name !== 'step'))(
    'agrees with central differences for $name',
    (activation) => {
      for (const [index, objective] of OBJECTIVES.entries()) {
        const sizes = { width: 3, inputDim: 4, sampleSize: 9 };
        const key = `differences ${activation.name} ${index}`;
        const { network, dataset } = randomProblem(key, activation, sizes, { biases: true });
        const gradient = engine.lossAndGradient(network, dataset, objective);
        const at = (moved: Network): number =>
          engine.lossAndGradient(moved, dataset, objective).objective;
        // Truncation h²/6·|f'''| and cancellation 2⁻⁵³·|f|/h, both below 1e-8 at h = 1e-5 here.
        const h = 1e-5;
        const tolerance = 1e-7;
        for (let j = 0; j < sizes.width; j += 1) {
          for (let k = 0; k < sizes.inputDim; k += 1) {
            const slope =
              (at(moveInner(network, j, k, h)) - at(moveInner(network, j, k, -h))) / (2 * h);
            expect(Math.abs(slope - gradient.inner[j * sizes.inputDim + k])).toBeLessThan(
              tolerance,
            );
          }
          for (const part of ['outer', 'biases'] as const) {
            const slope =
              (at(moveEntry(network, part, j, h)) - at(moveEntry(network, part, j, -h))) / (2 * h);
            expect(Math.abs(slope - gradient[part][j])).toBeLessThan(tolerance);
          }
        }
      }
    },
  );

  test('uses the stated derivative where ReLU and saturated ReLU have kinks', () => {
    const dataset: Dataset = { inputDim: 1, inputs: [[0], [1]], labels: [-1, 0] };
    const at = (name: 'relu' | 'saturated-relu', derivativeAtKink: 0 | 1): LossAndGradient => {
      const network = { activation: { name }, inputDim: 1, inner: [[1]], outer: [1], biases: [0] };
      return engine.lossAndGradient(network, dataset, { scale: 'mean', derivativeAtKink });
    };
    // Sample 0 sits at the kink 0 with residual 1, sample 1 at the kink 1 with residual 1.
    expect(at('relu', 0).biases[0]).toBe(1);
    expect(at('relu', 1).biases[0]).toBe(2);
    expect(at('saturated-relu', 0).biases[0]).toBe(0);
    expect(at('saturated-relu', 1).biases[0]).toBe(2);
  });

  test.each(EVERY_ACTIVATION)('handles zero weights for $name', (activation) => {
    const sizes = { width: 2, inputDim: 3, sampleSize: 5 };
    const { dataset } = randomProblem('zero', activation, sizes);
    const network = {
      activation,
      inputDim: 3,
      inner: [
        [0, 0, 0],
        [0, 0, 0],
      ],
      outer: [0, 0],
    };
    for (const objective of OBJECTIVES) expectAgreement(network, dataset, objective);
  });

  test.each(EVERY_ACTIVATION)(
    'handles one sample, one neuron, one dimension for $name',
    (activation) => {
      const { network, dataset } = randomProblem('one', activation, {
        width: 1,
        inputDim: 1,
        sampleSize: 1,
      });
      for (const objective of OBJECTIVES) expectAgreement(network, dataset, objective);
    },
  );

  test.each(EVERY_ACTIVATION.filter(({ name }) => name !== 'sine'))(
    'stays accurate with weights of 1e3 for $name',
    (activation) => {
      const sizes = { width: 3, inputDim: 2, sampleSize: 5 };
      const { network, dataset } = randomProblem('large', activation, sizes, { size: 1e3 });
      // erf's Taylor series, which the 64-digit evaluation uses, needs small arguments.
      if (activation.name === 'erf') return;
      expectAgreement(network, dataset, { scale: 'half-mean' });
    },
  );

  test('gives an infinite objective, not NaN, when huge weights overflow the square', () => {
    const network: Network = {
      activation: { name: 'relu' },
      inputDim: 1,
      inner: [[1e200]],
      outer: [1],
    };
    const dataset: Dataset = { inputDim: 1, inputs: [[1]], labels: [0] };
    expect(engine.lossAndGradient(network, dataset, { scale: 'mean' }).objective).toBe(Infinity);
  });

  test('does not depend on where samples sit in a tile: N copies have the same mean', () => {
    const dataset: Dataset = { inputDim: 2, inputs: [[0.5, -0.25]], labels: [2] };
    const network: Network = {
      activation: { name: 'relu' },
      inputDim: 2,
      inner: [[1, 1]],
      outer: [2],
    };
    const once = engine.lossAndGradient(network, dataset, { scale: 'mean' });
    for (const copies of [2, 3, 4, 5, 8]) {
      const repeated = {
        ...dataset,
        inputs: Array.from({ length: copies }, () => dataset.inputs[0]),
        labels: Array.from({ length: copies }, () => 2),
      };
      const many = engine.lossAndGradient(network, repeated, { scale: 'mean' });
      expect(many.objective).toBeCloseTo(once.objective, 14);
      expect(many.outer[0]).toBeCloseTo(once.outer[0], 14);
    }
  });
});

function moveInner(network: Network, j: number, k: number, by: number): Network {
  const inner = network.inner.map((row, r) =>
    r === j ? row.map((entry, c) => (c === k ? entry + by : entry)) : row,
  );
  return { ...network, inner };
}

function moveEntry(network: Network, part: 'outer' | 'biases', j: number, by: number): Network {
  const entries = (network[part] ?? []).map((entry, i) => (i === j ? entry + by : entry));
  return { ...network, [part]: entries };
}
