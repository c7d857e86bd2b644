import { randomSource } from '../../math/index.js';
import type { RandomSource } from '../../math/index.js';
import type { Activation, Dataset, DeepNetwork, Network } from '../../model/index.js';

/** One of each activation, parametrised ones with an ordinary parameter. */
export const EVERY_ACTIVATION: readonly Activation[] = [
  { name: 'relu' },
  { name: 'saturated-relu' },
  { name: 'step' },
  { name: 'sigmoid' },
  { name: 'tanh' },
  { name: 'arctan' },
  { name: 'erf' },
  { name: 'sine' },
  { name: 'gaussian-bump' },
  { name: 'softplus', beta: 3 },
  { name: 'constant', value: 0.75 },
  { name: 'linear' },
];

/** Sizes of a test problem. */
export interface Sizes {
  readonly width: number;
  readonly inputDim: number;
  readonly sampleSize: number;
}

/** Sizes of a test problem with a deep network: the widths of its hidden layers from the first on. */
export interface DeepSizes extends Omit<Sizes, 'width'> {
  readonly widths: readonly number[];
}

export interface ProblemOptions {
  /** Default false. */
  readonly biases?: boolean;
  /** What all weights are multiplied by. Default 1. */
  readonly size?: number;
}

/** A network with its data. */
export interface Problem<N> {
  readonly network: N;
  readonly dataset: Dataset;
}

/** A network and a dataset with entries uniform on (−1, 1), weights multiplied by `size`. */
export function randomProblem(
  key: string,
  activation: Activation,
  { width, inputDim, sampleSize }: Sizes,
  { biases: biased = false, size = 1 }: ProblemOptions = {},
): Problem<Network> {
  const random = randomSource('training test', key);
  const weights = (count: number): number[] => entries(random, count).map((entry) => size * entry);
  const inner = Array.from({ length: width }, () => weights(inputDim));
  const outer = weights(width);
  const network = { activation, inputDim, inner, outer };
  const biases = weights(width);
  return {
    network: biased ? { ...network, biases } : network,
    dataset: randomDataset(random, inputDim, sampleSize),
  };
}

/** As `randomProblem`, for a deep network. */
export function randomDeepProblem(
  key: string,
  activation: Activation,
  { widths, inputDim, sampleSize }: DeepSizes,
  { biases: biased = false, size = 1 }: ProblemOptions = {},
): Problem<DeepNetwork> {
  const random = randomSource('training test', 'deep', key);
  const weights = (count: number): number[] => entries(random, count).map((entry) => size * entry);
  const hidden = widths.map((width, l) =>
    Array.from({ length: width }, () => weights(l === 0 ? inputDim : widths[l - 1])),
  );
  const outer = weights(widths[widths.length - 1]);
  const network = { activation, inputDim, hidden, outer };
  const biases = widths.map((width) => weights(width));
  return {
    network: biased ? { ...network, biases } : network,
    dataset: randomDataset(random, inputDim, sampleSize),
  };
}

function randomDataset(random: RandomSource, inputDim: number, sampleSize: number): Dataset {
  return {
    inputDim,
    inputs: Array.from({ length: sampleSize }, () => entries(random, inputDim)),
    labels: entries(random, sampleSize),
  };
}

function entries(random: RandomSource, count: number): number[] {
  return Array.from({ length: count }, () => 2 * random.uniform() - 1);
}
