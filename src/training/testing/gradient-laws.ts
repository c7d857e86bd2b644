import { describe, expect, test } from 'vitest';
import { randomSource } from '../../math/index.js';
import type { Dataset, Network } from '../../model/index.js';
import type { AnyNetwork, Engine, Objective } from '../engine.js';
import { isDeep } from '../flat-problem.js';
import {
  bigEvaluation,
  bigInputGradients,
  bigLaplacian,
  bigOutputs,
  bigPass,
} from './big-gradient.js';
import type { Estimate } from './estimate.js';
import { excess, isSharp } from './estimate.js';
import type { ProblemOptions } from './random-problem.js';
import { EVERY_ACTIVATION, randomDeepProblem, randomProblem } from './random-problem.js';

export const OBJECTIVES: readonly Objective[] = [
  { scale: 'mean' },
  { scale: 'half-mean' },
  { scale: 'half-mean', weightDecay: { lambda: 0.3, on: 'inner' }, derivativeAtKink: 1 },
  { scale: 'mean', weightDecay: { lambda: 0.2, on: 'all' } },
];

const PARTS = ['inner', 'outer', 'biases'] as const;

/** Every entry must be within its derived bound; where `sharp`, the bounds must mean something. */
function expectWithin(
  what: string,
  actual: ArrayLike<number>,
  expected: readonly Estimate[],
  sharp: boolean,
): void {
  expect(actual, what).toHaveLength(expected.length);
  expected.forEach((estimate, at) => {
    const times = excess(actual[at], estimate);
    if (times <= 1 && (!sharp || isSharp(estimate))) return;
    const { value, error, reach } = estimate;
    expect.fail(
      `${what}[${at}] must be ${value.toNumber()} ± ${error} (sums reach ${reach}), got ${actual[at]}`,
    );
  });
}

/** Compares all that an engine computes at a point with the 64-digit evaluation. */
export function expectAgreement(
  engine: Engine,
  network: AnyNetwork,
  dataset: Dataset,
  objective: Objective,
  { sharp = false }: { readonly sharp?: boolean } = {},
): void {
  const actual = engine.lossAndGradient(network, dataset, objective);
  const { inputs } = dataset;
  const kink = objective.derivativeAtKink;
  const pass = bigPass(network, inputs, kink);
  const expected = bigEvaluation(network, dataset, objective, pass);
  for (const part of PARTS) expectWithin(part, actual[part], expected[part], sharp);
  for (const part of ['objective', 'dataLoss'] as const) {
    expectWithin(part, [actual[part]], [expected[part]], sharp);
  }
  expectWithin('predict', engine.predict(network, inputs), bigOutputs(network, pass), sharp);
  const gradients = engine.inputGradients(network, inputs, kink);
  expectWithin('inputGradients', gradients, bigInputGradients(network, pass), sharp);
  if (isDeep(network)) return;
  const laplacian = engine.lossLaplacian(network, dataset, objective);
  const exact = bigLaplacian(network, dataset, objective, pass);
  for (const part of PARTS) {
    expectWithin(`lossLaplacian.${part}`, [laplacian[part]], [exact[part]], sharp);
  }
}

/** Loss, outputs and all derivatives: what holds at every engine. */
export function gradientLaws(make: () => Engine): void {
  describe('loss, gradients, Laplacian and input gradients', () => {
    const engine = make();

    test.each(EVERY_ACTIVATION)(
      'agree with a 64-digit evaluation for $name over random shapes, two-layer and deep',
      (activation) => {
        const random = randomSource('shapes', activation.name);
        const upTo = (most: number): number => 1 + random.integer(most);
        for (let trial = 0; trial < 12; trial += 1) {
          const options: ProblemOptions = { biases: trial % 2 === 1, size: trial < 6 ? 1 : 3 };
          const objective = OBJECTIVES[trial % OBJECTIVES.length];
          const key = `${activation.name} ${trial}`;
          const shape = { inputDim: upTo(4), sampleSize: upTo(6) };
          const shallow = randomProblem(key, activation, { ...shape, width: upTo(4) }, options);
          const widths = Array.from({ length: upTo(4) }, () => upTo(4));
          const deep = randomDeepProblem(key, activation, { ...shape, widths }, options);
          for (const { network, dataset } of [shallow, deep]) {
            expectAgreement(engine, network, dataset, objective, { sharp: true });
          }
        }
      },
    );

    // Engines take samples, neurons and coordinates in blocks: every remainder must come up.
    test.each([
      // The transcendental one takes every fifth sample size: 64 digits are slow.
      { activation: { name: 'relu' }, from: 1, every: 1 },
      { activation: { name: 'tanh' }, from: 1, every: 5 },
    ] as const)(
      'agree for $activation.name at sample sizes up to 70',
      ({ activation, from, every }) => {
        for (let sampleSize = from; sampleSize <= 70; sampleSize += every) {
          const width = 1 + (sampleSize % 9);
          const inputDim = 1 + ((5 * sampleSize) % 8);
          const objective = OBJECTIVES[sampleSize % OBJECTIVES.length];
          const options = { biases: sampleSize % 3 > 0 };
          const { network, dataset } = randomProblem(
            `blocks ${sampleSize}`,
            activation,
            { width, inputDim, sampleSize },
            options,
          );
          expectAgreement(engine, network, dataset, objective, { sharp: true });
        }
      },
    );

    test('agree at every width and input dimension up to 9', () => {
      for (let width = 1; width <= 9; width += 1) {
        for (let inputDim = 1; inputDim <= 9; inputDim += 1) {
          const activation = EVERY_ACTIVATION[(3 * width + inputDim) % EVERY_ACTIVATION.length];
          const sizes = { width, inputDim, sampleSize: 6 + ((width * inputDim) % 5) };
          const key = `grid ${width} ${inputDim}`;
          const { network, dataset } = randomProblem(key, activation, sizes, { biases: true });
          expectAgreement(engine, network, dataset, { scale: 'mean' }, { sharp: true });
        }
      }
    });

    test.each(EVERY_ACTIVATION)(
      'agree for deep networks of $name whose widths and sample cross several blocks',
      (activation) => {
        for (const [index, sampleSize] of [33, 67].entries()) {
          const widths = [[9, 5, 2], [5]][index];
          const sizes = { widths, inputDim: 9 - 4 * index, sampleSize };
          const problem = randomDeepProblem('deep blocks', activation, sizes, { biases: true });
          const objective = OBJECTIVES[1 + index];
          expectAgreement(engine, problem.network, problem.dataset, objective, { sharp: true });
        }
      },
    );

    test.each(EVERY_ACTIVATION)('agree for $name with zero weights', (activation) => {
      const sizes = { width: 2, inputDim: 3, sampleSize: 5 };
      const shallow = randomProblem('zero', activation, sizes, { size: 0, biases: true });
      const deep = randomDeepProblem('zero', activation, { ...sizes, widths: [2, 3] }, { size: 0 });
      for (const { network, dataset } of [shallow, deep]) {
        for (const objective of OBJECTIVES) expectAgreement(engine, network, dataset, objective);
      }
    });

    test.each(EVERY_ACTIVATION)(
      'agree for $name with one sample, one neuron, one dimension',
      (activation) => {
        const sizes = { width: 1, inputDim: 1, sampleSize: 1 };
        const shallow = randomProblem('one', activation, sizes);
        const deep = randomDeepProblem('one', activation, { ...sizes, widths: [1, 1, 1] });
        for (const { network, dataset } of [shallow, deep]) {
          for (const objective of OBJECTIVES) {
            expectAgreement(engine, network, dataset, objective, { sharp: true });
          }
        }
      },
    );

    test.each(EVERY_ACTIVATION)('agree for $name with weights of 1e3 and 1e8', (activation) => {
      for (const size of [1e3, 1e8]) {
        const sizes = { width: 3, inputDim: 2, sampleSize: 9 };
        const options = { size, biases: true };
        const shallow = randomProblem('large', activation, sizes, options);
        const deep = randomDeepProblem('large', activation, { ...sizes, widths: [2, 3] }, options);
        for (const { network, dataset } of [shallow, deep]) {
          expectAgreement(engine, network, dataset, { scale: 'half-mean' });
        }
      }
    });

    test.each(
      EVERY_ACTIVATION.filter(({ name }) => !['relu', 'linear', 'softplus'].includes(name)),
    )('agree for the bounded $name with weights of 1e150', (activation) => {
      const sizes = { width: 3, inputDim: 2, sampleSize: 9 };
      const options = { size: 1e150, biases: true };
      const shallow = randomProblem('huge', activation, sizes, options);
      const deep = randomDeepProblem('huge', activation, { ...sizes, widths: [2, 3] }, options);
      const { network, dataset } = deep;
      // Through 1e150 twice, residuals of 1e150 would overflow before slopes of 0 end them.
      const moderate = { ...network, outer: network.outer.map((a) => a / 1e150) };
      expectAgreement(engine, shallow.network, shallow.dataset, { scale: 'half-mean' });
      expectAgreement(engine, moderate, dataset, { scale: 'half-mean' });
    });

    test('take the stated derivatives where ReLU and saturated ReLU have kinks', () => {
      const dataset: Dataset = { inputDim: 1, inputs: [[0], [1]], labels: [-1, 0] };
      for (const [name, kink, bias, slopes] of [
        // Sample 0 sits at the kink 0 with residual 1, sample 1 at the kink 1 with residual 1.
        ['relu', 0, 1, [0, 1]],
        ['relu', 1, 2, [1, 1]],
        ['saturated-relu', 0, 0, [0, 0]],
        ['saturated-relu', 1, 2, [1, 1]],
        ['step', 1, 0, [0, 0]],
      ] as const) {
        const rest = { activation: { name }, inputDim: 1, outer: [1] };
        const network: Network = { ...rest, inner: [[1]], biases: [0] };
        const objective: Objective = { scale: 'mean', derivativeAtKink: kink };
        expect(engine.lossAndGradient(network, dataset, objective).biases[0]).toBe(bias);
        expect(Array.from(engine.inputGradients(network, dataset.inputs, kink))).toEqual(slopes);
        // Only Σ a²σ'² is left of the Laplacian, x² = 0 and 1.
        const laplacian = engine.lossLaplacian(network, dataset, objective);
        expect(laplacian.inner).toBe(slopes[1]);
        expect(laplacian.biases).toBe(slopes[0] + slopes[1]);
        const deep = { ...rest, hidden: [[[1]], [[1]]], biases: [[0], [0]] };
        expect(Array.from(engine.inputGradients(deep, dataset.inputs, kink))).toEqual(slopes);
        if (name !== 'step') {
          const { biases } = engine.lossAndGradient(deep, dataset, objective);
          expect(Array.from(biases)).toEqual([bias, bias]);
        }
      }
    });

    test('give an infinite objective, not NaN, when huge weights overflow the square', () => {
      const rest = { activation: { name: 'relu' }, inputDim: 1, outer: [1] } as const;
      const dataset: Dataset = { inputDim: 1, inputs: [[1]], labels: [0] };
      for (const network of [
        { ...rest, inner: [[1e200]] },
        { ...rest, hidden: [[[1e100]], [[1e100]]] },
      ]) {
        const { objective } = engine.lossAndGradient(network, dataset, { scale: 'mean' });
        expect(objective).toBe(Infinity);
      }
    });

    test('do not depend on where samples sit in a block: N copies have the same mean', () => {
      const { network } = randomProblem(
        'copies',
        { name: 'relu' },
        {
          width: 3,
          inputDim: 2,
          sampleSize: 1,
        },
      );
      for (let copies = 1; copies <= 70; copies += 3) {
        const inputs = Array.from({ length: copies }, () => [0.5, -0.25]);
        const dataset = { inputDim: 2, inputs, labels: inputs.map(() => 2) };
        expectAgreement(engine, network, dataset, { scale: 'mean' }, { sharp: true });
      }
    });

    test('of no inputs are empty', () => {
      const sizes = { width: 2, inputDim: 3, sampleSize: 1 };
      const shallow = randomProblem('none', { name: 'tanh' }, sizes).network;
      const deep = randomDeepProblem(
        'none',
        { name: 'tanh' },
        { ...sizes, widths: [2, 2] },
      ).network;
      for (const network of [shallow, deep]) {
        expect(engine.predict(network, [])).toHaveLength(0);
        expect(engine.inputGradients(network, [])).toHaveLength(0);
      }
    });
  });
}
