import { randomSource } from '../../math/index.js';
import type { Activation, Dataset, DeepNetwork } from '../../model/index.js';

/** A deep network and a dataset with entries uniform on (−1, 1). */
export function randomDeepProblem(
  key: string,
  activation: Activation,
  sizes: {
    readonly inputDim: number;
    readonly widths: readonly number[];
    readonly sampleSize: number;
  },
  biased = false,
): { readonly network: DeepNetwork; readonly dataset: Dataset } {
  const random = randomSource('deep training test', key);
  const { inputDim, widths, sampleSize } = sizes;
  const entries = (count: number): number[] =>
    Array.from({ length: count }, () => 2 * random.uniform() - 1);
  const lengths = [inputDim, ...widths.slice(0, -1)];
  const hidden = widths.map((width, l) => Array.from({ length: width }, () => entries(lengths[l])));
  const network = { activation, inputDim, hidden, outer: entries(widths[widths.length - 1]) };
  return {
    network: biased ? { ...network, biases: widths.map(entries) } : network,
    dataset: {
      inputDim,
      inputs: Array.from({ length: sampleSize }, () => entries(inputDim)),
      labels: entries(sampleSize),
    },
  };
}
