import { describe, expect, test } from 'vitest';
import type { Activation, Dataset, Network } from '../model/index.js';
import {
  activationBounds,
  activationDerivative,
  activationValue,
  isSmooth,
} from '../model/index.js';
import type {
  AnyNetwork,
  Engine,
  Objective,
  Observation,
  Optimiser,
  TrainingTask,
} from './engine.js';
import { flatParameters } from './flat-problem.js';
import { createJs64 } from './js64.js';
import { UNIT_ROUNDOFF, gradientErrorBound } from './rounding-error.js';
import { EVERY_ACTIVATION, randomProblem, randomDeepProblem } from './testing/random-problem.js';
import { backendsUnderTest } from './testing/tfjs-engines.js';

const reference = createJs64();
const u = UNIT_ROUNDOFF.float32;
const PARTS = ['inner', 'outer', 'biases'] as const;
const SMOOTH = EVERY_ACTIVATION.filter(isSmooth);

const OPTIMISERS: readonly Optimiser[] = [
  { kind: 'gradient-descent', stepSize: 0.05 },
  { kind: 'sgd', stepSize: 0.05, batchSize: 4, replacement: false, seed: 'tfjs' },
  { kind: 'sgd', stepSize: 0.05, batchSize: 3, replacement: true, seed: 'tfjs' },
  { kind: 'projected', stepSize: 0.05, unitInner: false },
  { kind: 'projected', stepSize: 0.05, unitInner: true },
  { kind: 'mirror', stepSize: 0.05, unitInner: false },
  { kind: 'mirror', stepSize: 0.05, unitInner: true },
];

const nameOf = (optimiser: Optimiser): string =>
  JSON.stringify({ ...optimiser, stepSize: undefined, seed: undefined });

const norm = (values: Iterable<number>): number => {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum);
};

const everything = (network: AnyNetwork): number[] => {
  const { inner, outer, biases } = flatParameters('test', network);
  return [...inner, ...outer, ...biases];
};

/** With positive outer weights, which mirror descent demands. */
function positive<N extends AnyNetwork>(network: N): N {
  return { ...network, outer: network.outer.map((a) => 0.1 + Math.abs(a)) };
}

/**
 * One step from the same point. The gradient, its product with η and the difference are rounded: η·e + 3u
 * (|θ| + η|g|), e the error bound of the gradient. A minibatch is one of few samples, so its bound is that of
 * the worst sample alone, and the sum of at most sampleSize of them adds as many roundings. Normalising
 * a row divides by its length ℓ, which changes lengths of differences by at most 2/ℓ, and adds width
 * roundings; a·exp(−ηg) multiplies an error of g by η·a·exp(η|g|).
 */
function oneStepBound(
  network: AnyNetwork,
  dataset: Dataset,
  objective: Objective,
  optimiser: Optimiser,
): number {
  const { stepSize, kind } = optimiser;
  const parts =
    kind === 'sgd'
      ? dataset.inputs.map((input, i) => ({
          ...dataset,
          inputs: [input],
          labels: [dataset.labels[i]],
        }))
      : [dataset];
  const errors = parts.map((part) => {
    const bound = gradientErrorBound(network, part, objective, u);
    const gradient = reference.lossAndGradient(network, part, objective);
    const size = norm(PARTS.flatMap((name) => Array.from(gradient[name])));
    const error = norm(PARTS.flatMap((name) => Array.from(bound[name])));
    return { error: error + (parts.length > 1 ? parts.length * u * size : 0), size };
  });
  const error = Math.max(...errors.map((entry) => entry.error));
  const size = Math.max(...errors.map((entry) => entry.size));
  const moved = stepSize * error + 3 * u * (norm(everything(network)) + stepSize * size);
  const unit = (kind === 'projected' || kind === 'mirror') && optimiser.unitInner;
  // Rows start with length 1 and lose at most η‖g‖.
  const stretched = unit ? 2 / (1 - stepSize * size) : 1;
  const grown = kind === 'mirror' ? (1 + norm(network.outer)) * Math.exp(stepSize * size) : 1;
  return stretched * grown * moved + 40 * u * norm(everything(network));
}

/**
 * The largest possible norm of the Hessian at these weights: 2cΣ(‖∇f‖² + |r|·‖∇²f‖) + λ with ∇²f in
 * blocks, one a neuron, of norm |a|·sup|σ''|·‖x̃‖² + sup|σ'|·‖x̃‖ at most, x̃ = (x, 1). For one minibatch
 * the worst sample stands for all.
 */
function hessianBound(
  activation: Activation,
  { inner, outer, biases }: Pick<Observation, 'inner' | 'outer' | 'biases'>,
  dataset: Dataset,
  objective: Objective,
  stochastic: boolean,
): number {
  const { slope, curvature } = activationBounds(activation);
  const { inputDim, labels } = dataset;
  const samples = dataset.inputs.map((input, i) => {
    const squared = 1 + input.reduce((sum, x) => sum + x * x, 0);
    let tangent = 0;
    let block = 0;
    let output = 0;
    outer.forEach((a, j) => {
      const z = input.reduce((sum, x, k) => sum + x * inner[j * inputDim + k], biases[j] ?? 0);
      const value = activationValue(activation, z);
      tangent += value ** 2 + (a * activationDerivative(activation, z)) ** 2 * squared;
      block = Math.max(block, Math.abs(a) * curvature * squared + slope * Math.sqrt(squared));
      output += a * value;
    });
    return tangent + Math.abs(output - labels[i]) * block;
  });
  const factor = objective.scale === 'mean' ? 2 : 1;
  const data = stochastic
    ? Math.max(...samples)
    : samples.reduce((sum, entry) => sum + entry, 0) / samples.length;
  return factor * data + (objective.weightDecay?.lambda ?? 0);
}

for (const { title, engine: here } of await backendsUnderTest()) {
  if (here === null) {
    test.skip(title, () => {});
    continue;
  }
  describe(title, () => {
    describe.each(OPTIMISERS.map((optimiser) => [nameOf(optimiser), optimiser] as const))(
      '%s',
      (_, optimiser) => {
        test.each(EVERY_ACTIVATION)(
          'takes the steps of js64 from each point of its trajectory, for $name',
          (activation) => {
            const sizes = { width: 3, inputDim: 3, sampleSize: 10 };
            const key = `steps ${activation.name}`;
            const problem = randomProblem(key, activation, sizes, { biases: true });
            const deep = randomDeepProblem(
              key,
              activation,
              { inputDim: 2, widths: [3, 2], sampleSize: 10 },
              { biases: true },
            );
            expectSameSteps(here, positive(problem.network), problem.dataset, optimiser);
            expectSameSteps(here, positive(deep.network), deep.dataset, optimiser);
          },
        );
      },
    );

    test.each(SMOOTH)(
      'stays with js64 over 20 small steps of every plain descent, as far as roundings grow, for $name',
      (activation) => {
        const sizes = { width: 4, inputDim: 3, sampleSize: 10 };
        const { network, dataset } = randomProblem(`run ${activation.name}`, activation, sizes, {
          biases: true,
        });
        const objective = { scale: 'mean', weightDecay: { lambda: 0.1, on: 'all' } } as const;
        for (const optimiser of OPTIMISERS.filter(
          ({ kind }) => kind === 'gradient-descent' || kind === 'sgd',
        )) {
          // (1 + ηL)^T must stay near 1 for the bound to say something; L is about 10 here.
          const small = { ...optimiser, stepSize: 0.005 };
          expectSameRun(here, { initial: network, dataset, objective, optimiser: small }, 20);
        }
      },
    );

    test('trains the parts that are to be trained, and decays only those', () => {
      const sizes = { width: 3, inputDim: 2, sampleSize: 8 };
      const { network, dataset } = randomProblem('parts', { name: 'tanh' }, sizes, {
        biases: true,
      });
      for (const trainable of [
        { inner: false },
        { outer: false },
        { biases: false },
        { inner: false, biases: false },
        { inner: false, outer: false, biases: false },
      ]) {
        for (const on of ['inner', 'all'] as const) {
          const task: TrainingTask = {
            initial: network,
            dataset,
            objective: { scale: 'mean', weightDecay: { lambda: 0.5, on } },
            optimiser: { kind: 'gradient-descent', stepSize: 0.05 },
            trainable,
            budget: { maxSteps: 10 },
          };
          const actual = here.train(task);
          const expected = reference.train(task);
          // Ten small steps of a smooth problem of size 1: far fewer than 1000 roundings, not amplified.
          const tolerance = 1000 * u;
          expect(Math.abs(actual.objective - expected.objective)).toBeLessThan(tolerance);
          expect(Math.abs(actual.gradientNorm - expected.gradientNorm)).toBeLessThan(tolerance);
          const start = everything(expected.network);
          everything(actual.network).forEach((entry, k) => {
            expect(Math.abs(entry - start[k])).toBeLessThan(tolerance);
          });
          if (trainable.inner === false) {
            expect(actual.network.inner).toEqual(network.inner.map((row) => row.map(Math.fround)));
          }
        }
      }
    });
  });
}

/** From every point of a run of js64, one step of each engine ends in the same place. */
function expectSameSteps(
  engine: Engine,
  network: AnyNetwork,
  dataset: Dataset,
  optimiser: Optimiser,
): void {
  const objective: Objective = { scale: 'half-mean', weightDecay: { lambda: 0.1, on: 'all' } };
  const task = (initial: AnyNetwork, maxSteps: number): TrainingTask<AnyNetwork> => ({
    initial,
    dataset,
    objective,
    optimiser,
    budget: { maxSteps },
  });
  let at = reference.train(task(network, 0)).network;
  for (let step = 0; step < 3; step += 1) {
    const expected = reference.train(task(at, 1));
    const actual = engine.train(task(at, 1));
    expect(actual).toMatchObject({ reason: 'step-budget', steps: 1, engine: 'tfjs' });
    const start = everything(actual.network);
    const distance = norm(everything(expected.network).map((entry, k) => entry - start[k]));
    expect(distance).toBeLessThanOrEqual(oneStepBound(at, dataset, objective, optimiser));
    // So that an update that does nothing would be seen.
    at = reference.train(task(at, 20)).network;
  }
}

/**
 * Whole runs: e_{t+1} ≤ (1 + ηL_t)e_t + ηε_t + 3u(‖θ_t‖ + η‖g_t‖), L_t the Hessian bound on the way of
 * js64, 5 % more for the points between the two runs, which differ by far less than a twentieth.
 */
function expectSameRun(engine: Engine, task: Omit<TrainingTask, 'budget'>, steps: number): void {
  const { initial, dataset, objective, optimiser } = task;
  const { stepSize } = optimiser;
  const stochastic = optimiser.kind === 'sgd';
  let bound = u * norm(everything(initial));
  const observer = {
    every: 1,
    see: (seen: Observation): void => {
      if (seen.step === steps) return;
      const { inputDim } = initial;
      const here: Network = {
        ...initial,
        inner: initial.inner.map((_, j) =>
          Array.from(seen.inner.subarray(j * inputDim, (j + 1) * inputDim)),
        ),
        outer: Array.from(seen.outer),
        biases: Array.from(seen.biases),
      };
      const growth = 1.05 * hessianBound(initial.activation, seen, dataset, objective, stochastic);
      bound = (1 + stepSize * growth) * bound + oneStepBound(here, dataset, objective, optimiser);
    },
  };
  const budget = { maxSteps: steps };
  const expected = reference.train({ ...task, budget, observer });
  const actual = engine.train({ ...task, budget });
  const end = everything(actual.network);
  const distance = norm(everything(expected.network).map((entry, k) => entry - end[k]));
  expect(distance).toBeLessThanOrEqual(bound);
  // The bound says something: a twentieth of what training moved.
  const start = everything(initial);
  const moved = norm(everything(expected.network).map((entry, k) => entry - start[k]));
  expect(bound).toBeLessThan(moved / 20);
}
