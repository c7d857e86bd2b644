import type { Network } from '../../../src/model/index.js';
import type { Objective } from '../../../src/training/index.js';
import type { VillaniInstance } from './villani-instances.js';

/** The network of an instance at inner weights W, row-major (width, inputDim). */
export function networkAt(
  { activation, outer, dataset: { inputDim } }: VillaniInstance,
  weights: ArrayLike<number>,
): Network {
  const inner = outer.map((_, j) =>
    Array.from({ length: inputDim }, (__, k) => weights[j * inputDim + k]),
  );
  return { activation, inputDim, inner, outer };
}

/** L̃, whose weight decay acts on the inner weights alone. */
export function objectiveOf({ scale, lambda }: VillaniInstance): Objective {
  return { scale, weightDecay: { lambda, on: 'inner' } };
}
