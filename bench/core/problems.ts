import { randomSource } from '../../src/math/index.js';
import type { Dataset, Network } from '../../src/model/index.js';
import type { TrainingTask } from '../../src/training/index.js';
import type { Shape } from './shapes.js';

/**
 * Small enough for the widest network not to diverge: below 2/λ for the largest curvature λ of the loss, about
 * m/9 in the outer weights. Time does not depend on it.
 */
const STEP_SIZE = 1e-6;

/** A two-layer ReLU network with its data. */
export interface Problem {
  readonly network: Network;
  readonly dataset: Dataset;
}

/**
 * Inputs and labels uniform on [−1, 1); inner weights uniform on [−1, 1)/√inputDim, outer ones on
 * [−1, 1)/√width.
 *
 * @param key names the problem; the same key gives the same problem
 */
export function makeProblem(shape: Shape, key: string | number): Problem {
  const { inputDim, width, sampleSize } = shape;
  const random = randomSource('bench core', inputDim, width, sampleSize, key);
  const uniform = (count: number, size = 1): number[] =>
    Array.from({ length: count }, () => size * (2 * random.uniform() - 1));
  return {
    network: {
      activation: { name: 'relu' },
      inputDim,
      inner: Array.from({ length: width }, () => uniform(inputDim, 1 / Math.sqrt(inputDim))),
      outer: uniform(width, 1 / Math.sqrt(width)),
    },
    dataset: {
      inputDim,
      inputs: Array.from({ length: sampleSize }, () => uniform(inputDim)),
      labels: uniform(sampleSize),
    },
  };
}

/** Full-batch gradient descent on the mean square loss, both layers, exactly `steps` steps. */
export function trainingTask(
  { network, dataset }: Problem,
  steps: number,
  stepSize = STEP_SIZE,
): TrainingTask {
  return {
    initial: network,
    dataset,
    objective: { scale: 'mean' },
    optimiser: { kind: 'gradient-descent', stepSize },
    budget: { maxSteps: steps },
  };
}
