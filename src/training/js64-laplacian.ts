import type { ActivationPass, CurvaturePass } from './activation-pass.js';
import type { LossLaplacian, Objective } from './engine.js';
import type { FlatParameters } from './flat-problem.js';
import { activate, lossFactor, scratchFor } from './js64-kernels.js';
import type { Tiles } from './tiles.js';
import { TILE } from './tiles.js';

/**
 * The Laplacian of the objective of a two-layer network in each kind of parameter; the formulas stand
 * at `Engine.lossLaplacian`. Sums run over the samples in order, and inside a sample over the neurons.
 */
export function laplacianOf(
  tiles: Tiles,
  parameters: FlatParameters,
  pass: ActivationPass,
  curvaturePass: CurvaturePass,
  objective: Objective,
): LossLaplacian {
  const { count, inputDim, inputs, labels } = tiles;
  const { outer } = parameters;
  const width = outer.length;
  const scratch = scratchFor(width);
  const { z, value, slope } = scratch;
  const curvature = new Float64Array(width * TILE);
  let innerSum = 0;
  let outerSum = 0;
  let biasSum = 0;
  for (let first = 0; first < count; first += TILE) {
    activate(first / TILE, tiles, parameters, pass, scratch);
    curvaturePass(z, curvature, width * TILE);
    for (let s = 0; s < Math.min(TILE, count - first); s += 1) {
      let residual = 0;
      for (let j = 0; j < width; j += 1) residual += outer[j] * value[j * TILE + s];
      residual -= labels[first + s];
      let unit = 0;
      for (let j = 0; j < width; j += 1) {
        const at = j * TILE + s;
        const pull = outer[j] * slope[at];
        unit += pull * pull + residual * outer[j] * curvature[at];
        outerSum += value[at] * value[at];
      }
      let squaredLength = 0;
      for (let k = 0; k < inputDim; k += 1) {
        const entry = inputs[first * inputDim + k * TILE + s];
        squaredLength += entry * entry;
      }
      innerSum += squaredLength * unit;
      biasSum += unit;
    }
  }
  const sums = { inner: innerSum, outer: outerSum, biases: biasSum };
  return laplacianFromSums(sums, objective, count, parameters);
}

/** Scales the sums over samples and neurons, and adds what weight decay does. */
export function laplacianFromSums(
  sums: LossLaplacian,
  { scale, weightDecay }: Objective,
  count: number,
  { inner, outer, biases }: FlatParameters,
): LossLaplacian {
  const factor = 2 * lossFactor(scale, count);
  const lambda = weightDecay?.lambda ?? 0;
  const rest = weightDecay?.on === 'all' ? lambda : 0;
  return {
    inner: factor * sums.inner + lambda * inner.length,
    outer: factor * sums.outer + rest * outer.length,
    biases: biases.length === 0 ? 0 : factor * sums.biases + rest * outer.length,
  };
}
