import { describe, expect, test } from 'vitest';
import { randomSource } from '../math/index.js';
import type { Dataset, Network } from '../model/index.js';
import { activationBounds, activationValue, isSmooth } from '../model/index.js';
import type { AnyNetwork, Engine, Objective } from './engine.js';
import { isDeep } from './flat-problem.js';
import { createJs64 } from './js64.js';
import { UNIT_ROUNDOFF, gradientErrorBound } from './rounding-error.js';
import { EVERY_ACTIVATION, randomProblem, randomDeepProblem } from './testing/random-problem.js';
import { backendsUnderTest } from './testing/tfjs-engines.js';

const reference = createJs64();
const u = UNIT_ROUNDOFF.float32;

const OBJECTIVES: readonly Objective[] = [
  { scale: 'mean' },
  { scale: 'half-mean' },
  { scale: 'half-mean', weightDecay: { lambda: 0.3, on: 'inner' }, derivativeAtKink: 1 },
  { scale: 'mean', weightDecay: { lambda: 0.2, on: 'all' } },
];

const PARTS = ['inner', 'outer', 'biases'] as const;

/** The float64 engine's own error is 2⁻²⁹ of the bound. */
function expectWithin(actual: number, expected: number, bound: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(bound * (1 + 2 ** -28));
}

function expectGradient(
  engine: Engine,
  network: AnyNetwork,
  dataset: Dataset,
  objective: Objective,
): void {
  const actual = engine.lossAndGradient(network, dataset, objective);
  const expected = reference.lossAndGradient(network, dataset, objective);
  const bound = gradientErrorBound(network, dataset, objective, u);
  expectWithin(actual.objective, expected.objective, bound.objective);
  expectWithin(actual.dataLoss, expected.dataLoss, bound.objective);
  for (const part of PARTS) {
    expect(actual[part]).toHaveLength(expected[part].length);
    expected[part].forEach((entry, k) => expectWithin(actual[part][k], entry, bound[part][k]));
  }
}

/**
 * Outputs and input gradients through the error bound of a loss: at the label f(x) − 1 the residual is 1, so
 * the loss r²/2 of the one sample has the derivative ∂f/∂b in the first biases, an error of f shows in
 * it undiminished, and ∇_x f = W₁ᵀ∂f/∂b₁ adds width + 2 roundings.
 */
function expectOutputs(engine: Engine, network: AnyNetwork, dataset: Dataset): void {
  const { inputDim, inputs } = dataset;
  const first = isDeep(network) ? network.hidden[0] : network.inner;
  const biased: AnyNetwork = isDeep(network)
    ? { ...network, biases: network.biases ?? network.hidden.map((rows) => rows.map(() => 0)) }
    : { ...network, biases: network.biases ?? network.outer.map(() => 0) };
  const outputs = reference.predict(network, inputs);
  const predicted = engine.predict(network, inputs);
  const slopes = reference.inputGradients(network, inputs, 1);
  const computed = engine.inputGradients(network, inputs, 1);
  expect(predicted).toHaveLength(inputs.length);
  expect(computed).toHaveLength(inputs.length * inputDim);
  inputs.forEach((input, i) => {
    const one: Dataset = { inputDim, inputs: [input], labels: [outputs[i] - 1] };
    const objective: Objective = { scale: 'half-mean', derivativeAtKink: 1 };
    const bound = gradientErrorBound(biased, one, objective, u);
    const { biases } = reference.lossAndGradient(biased, one, objective);
    expectWithin(predicted[i], outputs[i], bound.objective);
    for (let k = 0; k < inputDim; k += 1) {
      const allowed = first.reduce((sum, row, j) => {
        const roundings = (first.length + 2) * u * (Math.abs(biases[j]) + bound.biases[j]);
        return sum + Math.abs(row[k]) * (bound.biases[j] + roundings);
      }, 0);
      expectWithin(computed[i * inputDim + k], slopes[i * inputDim + k], allowed);
    }
  });
}

/**
 * The terms of ΔL have fewer than inputDim + width + sampleSize + 40 roundings in a row. One of z, relative
 * to Z = Σ|w||x| + |b|, reaches σ, σ' and σ'' times their Lipschitz constants; sup|σ'''| is at most 6 for all
 * of the catalogue (the bump's, 5.7, is the largest; β² for SoftPlus).
 */
function expectLaplacian(
  engine: Engine,
  network: Network,
  dataset: Dataset,
  objective: Objective,
): void {
  const { activation, inner, outer, biases, inputDim } = network;
  const sampleSize = dataset.labels.length;
  const roundings = inputDim + outer.length + sampleSize + 40;
  const smooth = isSmooth(activation);
  const { slope: s1, curvature } = activationBounds(activation);
  const slope = Number.isFinite(s1) ? s1 : 0;
  const s2 = smooth ? curvature : 0;
  const s3 = activation.name === 'softplus' ? activation.beta ** 2 : smooth ? 6 : 0;
  const factor = (objective.scale === 'mean' ? 2 : 1) / sampleSize;
  const lambda = objective.weightDecay?.lambda ?? 0;
  const allowed = { inner: 0, outer: 0, biases: 0 };
  dataset.inputs.forEach((input, i) => {
    const neurons = inner.map((row, j) => {
      const z = row.reduce((sum, w, k) => sum + w * input[k], biases?.[j] ?? 0);
      const size = row.reduce(
        (sum, w, k) => sum + Math.abs(w * input[k]),
        Math.abs(biases?.[j] ?? 0),
      );
      return { size: 1 + size, value: Math.abs(activationValue(activation, z)) };
    });
    const residual = neurons.reduce(
      (sum, { size, value }, j) => sum + Math.abs(outer[j]) * (1 + value + slope * size),
      Math.abs(dataset.labels[i]),
    );
    const squared = input.reduce((sum, x) => sum + x * x, 0);
    neurons.forEach(({ size, value }, j) => {
      const a = Math.abs(outer[j]);
      const term =
        2 * a * a * slope * (slope + 1 + s2 * size) + residual * a * (s2 + 1 + s3 * size);
      allowed.inner += factor * squared * term;
      allowed.biases += factor * term;
      allowed.outer += factor * 2 * value * (1 + value + slope * size);
    });
  });
  const actual = engine.lossLaplacian(network, dataset, objective);
  const expected = reference.lossLaplacian(network, dataset, objective);
  const decay = lambda * outer.length * inputDim;
  for (const part of PARTS) {
    expectWithin(actual[part], expected[part], roundings * u * (allowed[part] + decay));
  }
}

for (const { title, engine: here } of await backendsUnderTest()) {
  if (here === null) {
    test.skip(title, () => {});
    continue;
  }
  describe(title, () => {
    test.each(EVERY_ACTIVATION)(
      'agrees with js64 within the roundings of float32 for $name over random shapes',
      (activation) => {
        const random = randomSource('tfjs shapes', activation.name);
        for (let trial = 0; trial < 8; trial += 1) {
          const sizes = {
            width: 1 + random.integer(6),
            inputDim: 1 + random.integer(5),
            sampleSize: 1 + random.integer(12),
          };
          const options = { biases: trial % 2 === 1, size: trial < 4 ? 1 : 3 };
          const key = `tfjs ${activation.name} ${trial}`;
          const { network, dataset } = randomProblem(key, activation, sizes, options);
          const objective = OBJECTIVES[trial % OBJECTIVES.length];
          expectGradient(here, network, dataset, objective);
          expectOutputs(here, network, dataset);
          expectLaplacian(here, network, dataset, objective);
        }
      },
    );

    test.each(EVERY_ACTIVATION)('agrees with js64 on deep networks for $name', (activation) => {
      for (const [index, widths] of [[3], [4, 3], [2, 5, 3]].entries()) {
        const sizes = { inputDim: 3, widths, sampleSize: 7 };
        const key = `tfjs deep ${activation.name} ${index}`;
        const { network, dataset } = randomDeepProblem(key, activation, sizes, {
          biases: index !== 1,
        });
        for (const objective of OBJECTIVES) expectGradient(here, network, dataset, objective);
        expectOutputs(here, network, dataset);
      }
    });

    test('uses the stated derivative where ReLU and saturated ReLU have kinks', () => {
      const dataset: Dataset = { inputDim: 1, inputs: [[0], [1]], labels: [-1, 0] };
      const at = (name: 'relu' | 'saturated-relu', derivativeAtKink: 0 | 1) => {
        const network = {
          activation: { name },
          inputDim: 1,
          inner: [[1]],
          outer: [1],
          biases: [0],
        };
        const objective = { scale: 'mean', derivativeAtKink } as const;
        return [
          here.lossAndGradient(network, dataset, objective).biases[0],
          here.lossLaplacian(network, dataset, objective).biases,
          ...here.inputGradients(network, dataset.inputs, derivativeAtKink),
        ];
      };
      // Sample 0 sits at the kink 0 with residual 1, sample 1 at the kink 1 with residual 1.
      expect(at('relu', 0)).toEqual([1, 1, 0, 1]);
      expect(at('relu', 1)).toEqual([2, 2, 1, 1]);
      expect(at('saturated-relu', 0)).toEqual([0, 0, 0, 0]);
      expect(at('saturated-relu', 1)).toEqual([2, 2, 1, 1]);
    });

    test.each(EVERY_ACTIVATION)('handles zero weights for $name', (activation) => {
      const sizes = { width: 2, inputDim: 3, sampleSize: 5 };
      const { dataset } = randomProblem('zero', activation, sizes);
      const inner = [
        [0, 0, 0],
        [0, 0, 0],
      ];
      const network = { activation, inputDim: 3, inner, outer: [0, 0] };
      for (const objective of OBJECTIVES) expectGradient(here, network, dataset, objective);
    });

    test('is exact on small integers', () => {
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
      const inputs = [
        [2, 1],
        [0, 0],
        [-1, -1],
        [1, 1],
        [0, 3],
      ];
      expect(Array.from(here.predict(network, inputs))).toEqual([4.5, 0.5, 0, 1.5, 3.5]);
      expect(here.predict(network, [])).toHaveLength(0);
      expect(here.inputGradients(network, [])).toHaveLength(0);
    });

    test('gives an infinite objective, not NaN, when a square overflows float32', () => {
      const network: Network = {
        activation: { name: 'relu' },
        inputDim: 1,
        inner: [[1e20]],
        outer: [1],
      };
      const dataset: Dataset = { inputDim: 1, inputs: [[1]], labels: [0] };
      expect(here.lossAndGradient(network, dataset, { scale: 'mean' }).objective).toBe(Infinity);
    });
  });
}
