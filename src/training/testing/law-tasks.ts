import type { Activation } from '../../model/index.js';
import type { AnyNetwork, Optimiser, TrainingTask } from '../engine.js';
import { flatParameters } from '../flat-problem.js';
import type { ProblemOptions } from './random-problem.js';
import { randomDeepProblem, randomProblem } from './random-problem.js';

/** A training task of either kind of network. */
export type AnyTask = TrainingTask<AnyNetwork>;

/** The kinds of networks that every law of training is tried on. */
export const KINDS = ['two-layer', 'deep'] as const;
export type Kind = (typeof KINDS)[number];

const SIZES = { width: 5, widths: [5, 3], inputDim: 3, sampleSize: 11 };

/** A small task: gradient descent on 11 samples for 20 steps. `more` replaces fields of it. */
export function lawTask(
  kind: Kind,
  activation: Activation,
  more: Partial<AnyTask> = {},
  options: ProblemOptions = {},
): AnyTask {
  const make = kind === 'deep' ? randomDeepProblem : randomProblem;
  const { network, dataset } = make(`law ${activation.name}`, activation, SIZES, options);
  return {
    initial: network,
    dataset,
    objective: { scale: 'mean' },
    optimiser: { kind: 'gradient-descent', stepSize: 0.05 },
    budget: { maxSteps: 20 },
    ...more,
  };
}

/** The task from outer weights that mirror descent admits. */
export function withPositiveOuter(task: AnyTask): AnyTask {
  const outer = task.initial.outer.map((weight) => Math.abs(weight) + 0.1);
  return { ...task, initial: { ...task.initial, outer } };
}

/** Every kind of optimiser with step size 0.05; minibatches of one, some and all samples. */
export const EVERY_OPTIMISER: readonly Optimiser[] = [
  { kind: 'gradient-descent', stepSize: 0.05 },
  ...[1, 4, 11].flatMap((batchSize) =>
    [false, true].map(
      (replacement) =>
        ({
          kind: 'sgd',
          stepSize: 0.05,
          batchSize,
          replacement,
          seed: `law ${batchSize}`,
        }) as const,
    ),
  ),
  ...[false, true].flatMap((unitInner) => [
    { kind: 'projected', stepSize: 0.05, unitInner } as const,
    { kind: 'mirror', stepSize: 0.05, unitInner } as const,
  ]),
];

/** All parameters one after another. */
export function allParameters(network: AnyNetwork): readonly number[] {
  const { inner, outer, biases } = flatParameters('allParameters', network);
  return [...inner, ...outer, ...biases];
}
