import { randomSource } from '../../math/index.js';
import type { RandomSource } from '../../math/index.js';
import type { Activation, Dataset, Network } from '../../model/index.js';

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

/** A network and a dataset with entries uniform on (−1, 1), weights multiplied by `size`. */
export function randomProblem(
  key: string,
  activation: Activation,
  { width, inputDim, sampleSize }: Sizes,
  options: { readonly biases?: boolean; readonly size?: number } = {},
): { readonly network: Network; readonly dataset: Dataset } {
  const random = randomSource('training test', key);
  const size = options.size ?? 1;
  const weights = (count: number): number[] => entries(random, count).map((entry) => size * entry);
  const inner = Array.from({ length: width }, () => weights(inputDim));
  const outer = weights(width);
  const network = { activation, inputDim, inner, outer };
  const biases = weights(width);
  return {
    network: options.biases === true ? { ...network, biases } : network,
    dataset: {
      inputDim,
      inputs: Array.from({ length: sampleSize }, () => entries(random, inputDim)),
      labels: entries(random, sampleSize),
    },
  };
}

function entries(random: RandomSource, count: number): number[] {
  return Array.from({ length: count }, () => 2 * random.uniform() - 1);
}
