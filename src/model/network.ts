import { dot, norm } from '../math/index.js';
import { activationValue } from './activation-functions.js';
import type { DeepNetwork, Matrix, Network, Vector } from './types.js';

/**
 * The network's value at one input, Σ_j outer[j]·σ(⟨inner[j], input⟩ + biases[j]), added from the
 * first neuron on.
 *
 * @param input shape (inputDim)
 * @throws RangeError when the input's length is not inputDim
 */
export function evaluate(network: Network, input: Vector): number {
  const { activation, inputDim, inner, outer, biases } = network;
  if (input.length !== inputDim) {
    throw new RangeError(
      `evaluate: input must have length ${inputDim} (inputDim), got ${input.length}`,
    );
  }
  let sum = 0;
  for (let j = 0; j < inner.length; j += 1) {
    const preactivation = dot(inner[j], input);
    sum +=
      outer[j] *
      activationValue(activation, biases === undefined ? preactivation : preactivation + biases[j]);
  }
  return sum;
}

/**
 * The network's values at many inputs, shape (sampleSize).
 *
 * @param inputs shape (sampleSize, inputDim)
 * @throws RangeError when a row's length is not inputDim
 */
export function evaluateAll(network: Network, inputs: Matrix): number[] {
  return inputs.map((input) => evaluate(network, input));
}

/**
 * A deep network's value at one input, layer by layer.
 *
 * @param input shape (inputDim)
 * @throws RangeError when the input's length is not inputDim
 */
export function evaluateDeep(network: DeepNetwork, input: Vector): number {
  const { activation, inputDim, hidden, outer, biases } = network;
  if (input.length !== inputDim) {
    throw new RangeError(
      `evaluateDeep: input must have length ${inputDim} (inputDim), got ${input.length}`,
    );
  }
  let below: Vector = input;
  hidden.forEach((rows, l) => {
    below = rows.map((row, j) =>
      activationValue(activation, dot(row, below) + (biases === undefined ? 0 : biases[l][j])),
    );
  });
  return dot(outer, below);
}

/** ‖a‖₁ = Σ_j |outer[j]|. */
export function outerNorm(network: Network): number {
  return network.outer.reduce((sum, entry) => sum + Math.abs(entry), 0);
}

/** Σ_j |outer[j]|·‖inner[j]‖₂; biases do not enter. */
export function pathNorm(network: Network): number {
  return network.outer.reduce((sum, entry, j) => sum + Math.abs(entry) * norm(network.inner[j]), 0);
}
