import type { RandomSource } from '../../../src/math/index.js';
import { norm } from '../../../src/math/index.js';
import type { Matrix, Vector } from '../../../src/model/index.js';
import {
  VERTEX_DIMENSION_LIMIT,
  smallMeanDirections,
  stepColumns,
  vertexDirections,
} from '../../../src/solvers/index.js';
import type { Neuron, OuterNormActivation } from './neurons.js';
import { neuron } from './neurons.js';

/** Neurons to build students from. */
export interface Dictionary {
  readonly neurons: readonly Neuron[];
  /** Whether every student's outer norm is attained or exceeded by one on these neurons. */
  readonly complete: boolean;
}

/** Entries above which a complete dictionary is not built: neurons × sample size. */
const COMPLETE_LIMIT = 3e5;

/**
 * Every neuron that the supremum needs, or null where there are too many or no enumeration is known.
 *
 * ReLU: on a cell of the arrangement {x_i^⊥}, w = Σc_k r_k over its extreme rays gives the same outputs
 * from neurons r_k with Σc_k ≥ ‖w‖ = 1, so the vertex directions suffice (T11, T12 of the conic program).
 * Step, d ≤ 2: all distinct output vectors.
 */
export function completeDictionary(
  activation: OuterNormActivation,
  inputs: Matrix,
  inputDim: number,
): Dictionary | null {
  const size = inputs.length;
  if (activation === 'relu') {
    if (inputDim > VERTEX_DIMENSION_LIMIT) return null;
    if (2 * subsets(size, inputDim - 1) * size > COMPLETE_LIMIT) return null;
    const { directions, complement } = vertexDirections(inputs, inputDim);
    const all = complement === null ? directions : [...directions, complement];
    return {
      neurons: all.flatMap((w) => [w, opposite(w)]).map((w) => neuron('relu', w, inputs)),
      complete: true,
    };
  }
  if (
    activation === 'step' &&
    inputDim <= 2 &&
    (inputDim === 1 || 6 * size * size <= COMPLETE_LIMIT)
  ) {
    const { directions, complete } = stepColumns(inputs, inputDim);
    return { neurons: directions.map((w) => neuron('step', w, inputs)), complete };
  }
  return null;
}

function subsets(size: number, order: number): number {
  let count = 1;
  for (let k = 0; k < order; k += 1) count = (count * (size - k)) / (k + 1);
  return Math.max(1, count);
}

/** Effort of the attack that looks for neurons with a small mean. */
export interface AttackEffort {
  readonly starts: number;
  readonly steps: number;
  /** Neurons kept, the smallest means first. */
  readonly neurons: number;
}

/**
 * Neurons for an adversarial student: subgradient minimisers of the ReLU mean, the axes, the inputs turned
 * round; for sigmoids each at several lengths up to the radius.
 *
 * @param shallow a direction of least halfspace mass, where one is known
 */
export function attackDictionary(
  activation: OuterNormActivation,
  inputs: Matrix,
  inputDim: number,
  radius: number,
  shallow: Vector | null,
  random: RandomSource,
  effort: AttackEffort,
): Dictionary {
  const directions: Vector[] = [...smallMeanDirections(inputs, inputDim, random, effort)];
  // Step neurons are scale-free; normalising would round the sides of inputs near the hyperplane.
  if (shallow !== null) directions.push(activation === 'step' ? shallow : unit(shallow));
  for (let k = 0; k < Math.min(inputDim, 12); k += 1) {
    const axis = Array.from({ length: inputDim }, (_, j) => (j === k ? 1 : 0));
    directions.push(axis, opposite(axis));
  }
  for (const x of inputs.slice(0, 8)) if (norm(x) > 0) directions.push(opposite(unit(x)));
  const lengths = activation === 'sigmoid' ? lengthsUpTo(radius, inputs) : [1];
  const neurons = directions
    .flatMap((w) => lengths.map((length) => w.map((entry) => length * entry)))
    .map((w) => neuron(activation, w, inputs))
    .sort((a, b) => a.mean - b.mean)
    .slice(0, effort.neurons);
  return { neurons, complete: false };
}

/** The smallest means first, and as many neurons as asked for. */
export function thinned(neurons: readonly Neuron[], count: number): Neuron[] {
  return [...neurons].sort((a, b) => a.mean - b.mean).slice(0, count);
}

/** The radius itself and lengths at which a typical |w·x| is 1, 4, 16, 64. */
function lengthsUpTo(radius: number, inputs: Matrix): number[] {
  const typical = inputs.reduce((sum, x) => sum + norm(x), 0) / inputs.length;
  const lengths = [radius];
  if (typical > 0) {
    for (const factor of [1, 4, 16, 64])
      if (factor / typical < radius) lengths.push(factor / typical);
  }
  return lengths;
}

function opposite(w: Vector): Vector {
  return w.map((entry) => -entry);
}

function unit(w: Vector): Vector {
  const length = norm(w);
  return w.map((entry) => entry / length);
}
