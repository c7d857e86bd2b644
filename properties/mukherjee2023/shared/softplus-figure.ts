import type { Figure, FigureSource } from '../../../src/claims/index.js';
import { gibbsGapBound } from '../../../src/theory/index.js';
import { quadrature } from './softplus-convergence.js';
import type { SoftplusInstance } from './softplus-instances.js';

/** Thirds of a decade from 1e-3 to 1. */
const STEPS = Array.from({ length: 10 }, (_, k) => 10 ** (k / 3 - 3));

/** A one-gate SoftPlus loss with B_x‖a‖ = 1. */
const EXAMPLE: SoftplusInstance = {
  activation: { name: 'softplus', beta: 1 },
  outer: [1],
  dataset: { inputDim: 1, inputs: [[1], [-0.5]], labels: [2, -1] },
  lambda: 3,
  scale: 'mean',
  steps: [1],
  step: 0.1,
  accuracy: 0.1,
};

/** The Gibbs law's excess against the step, with the quadratic's and the proven upper bound. */
export function gibbsExcessFigure(source: FigureSource<SoftplusInstance>): Figure {
  const drawn = source.counterexample?.instance ?? null;
  const problem = drawn ?? EXAMPLE;
  const dimension = problem.outer.length * problem.dataset.inputDim;
  return {
    title: 'The Gibbs law never reaches the minimum at a fixed step',
    caption: `E L̃ − min L̃ under μ_s against s by quadrature, ${drawn === null ? 'a fixed example' : 'the data of the counterexample'}, λ = ${Number(problem.lambda.toPrecision(4))}; beside it s·pd/4 and a proven upper bound. A process started in μ_s stays there, so an accuracy below the points is never reached at that s; with s chosen after ε it is.`,
    x: { label: 'step size s', scale: 'log' },
    y: { label: 'E L̃ − min L̃ under μ_s', scale: 'log' },
    marks: [
      {
        kind: 'points',
        name: 'quadrature',
        points: STEPS.flatMap((step): [number, number][] => {
          const found = quadrature(problem, step);
          return found === null ? [] : [[step, found.gap]];
        }),
      },
      {
        kind: 'line',
        name: 's·pd/4',
        points: STEPS.map((step) => [step, (step * dimension) / 4] as const),
      },
      {
        kind: 'line',
        name: 'proven upper bound',
        points: STEPS.map((step) => [step, gibbsGapBound(problem, step).bound] as const),
      },
    ],
  };
}
