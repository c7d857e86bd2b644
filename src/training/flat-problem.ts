import { checkDataset, checkNetwork } from '../model/index.js';
import type { Dataset, Network } from '../model/index.js';
import type { Budget, Objective, Observer, Optimiser, Trainable } from './engine.js';

/** A network's parameters as flat arrays. Shapes: `inner` (width·inputDim) row-major. */
export interface FlatParameters {
  readonly inner: Float64Array;
  readonly outer: Float64Array;
  /** Shape (width); empty where the network has none. */
  readonly biases: Float64Array;
}

/**
 * The parameters of a network, checked and copied.
 *
 * @throws RangeError when shapes do not fit, there is no neuron, or a weight is not finite
 */
export function flatParameters(where: string, network: Network): FlatParameters {
  checkNetwork(network);
  const { inputDim, inner, outer, biases } = network;
  if (inner.length < 1) {
    throw new RangeError(`${where}: network must have at least one neuron, got 0`);
  }
  const flat = new Float64Array(inner.length * inputDim);
  flatten(where, 'network.inner', inner, inputDim, flat);
  return {
    inner: flat,
    outer: Float64Array.from(finite(where, 'network.outer', outer)),
    biases: Float64Array.from(finite(where, 'network.biases', biases ?? [])),
  };
}

/** The network with other parameters. */
export function networkWith(network: Network, parameters: FlatParameters): Network {
  const { inputDim } = network;
  const { inner, outer, biases } = parameters;
  const rows = Array.from(outer, (_, j) =>
    Array.from(inner.subarray(j * inputDim, (j + 1) * inputDim)),
  );
  const moved = { ...network, inner: rows, outer: Array.from(outer) };
  return network.biases === undefined ? moved : { ...moved, biases: Array.from(biases) };
}

/** Checks a dataset against a network. @throws RangeError when shapes do not fit or it is empty */
export function checkSample(where: string, dataset: Dataset, inputDim: number): void {
  checkDataset(dataset);
  if (dataset.inputDim !== inputDim) {
    throw new RangeError(
      `${where}: dataset.inputDim must be ${inputDim} (inputDim of network), got ${dataset.inputDim}`,
    );
  }
  if (dataset.inputs.length < 1) {
    throw new RangeError(`${where}: dataset must have at least one input, got 0`);
  }
  finite(where, 'dataset.labels', dataset.labels);
}

/** Writes rows into a flat array. @throws RangeError for a row of another length or not finite. */
export function flatten(
  where: string,
  what: string,
  rows: readonly (readonly number[])[],
  columns: number,
  target: Float64Array,
): void {
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i];
    if (row.length !== columns) {
      throw new RangeError(
        `${where}: ${what}[${i}] must have length ${columns} (inputDim), got ${row.length}`,
      );
    }
    for (let k = 0; k < columns; k += 1) {
      if (!Number.isFinite(row[k])) {
        throw new RangeError(`${where}: ${what}[${i}][${k}] must be finite, got ${row[k]}`);
      }
      target[i * columns + k] = row[k];
    }
  }
}

function finite(where: string, what: string, values: readonly number[]): readonly number[] {
  for (let i = 0; i < values.length; i += 1) {
    if (!Number.isFinite(values[i])) {
      throw new RangeError(`${where}: ${what}[${i}] must be finite, got ${values[i]}`);
    }
  }
  return values;
}

/** @throws RangeError when λ is negative or not finite. */
export function checkObjective(where: string, objective: Objective): void {
  const lambda = objective.weightDecay?.lambda ?? 0;
  if (!(lambda >= 0 && lambda < Infinity)) {
    throw new RangeError(`${where}: weightDecay.lambda must be finite and ≥ 0, got ${lambda}`);
  }
}

/** @throws RangeError when a setting of the optimiser does not fit the problem. */
export function checkOptimiser(
  where: string,
  optimiser: Optimiser,
  sampleSize: number,
  outer: Float64Array,
): void {
  const { stepSize } = optimiser;
  if (!(stepSize >= 0 && stepSize < Infinity)) {
    throw new RangeError(`${where}: stepSize must be finite and ≥ 0, got ${stepSize}`);
  }
  if (optimiser.kind === 'sgd') {
    const { batchSize } = optimiser;
    if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > sampleSize) {
      throw new RangeError(
        `${where}: batchSize must be an integer in 1…${sampleSize} (sampleSize), got ${batchSize}`,
      );
    }
  }
  if (optimiser.kind === 'mirror') {
    const at = outer.findIndex((weight) => !(weight > 0));
    if (at >= 0) {
      throw new RangeError(
        `${where}: network.outer[${at}] must be > 0 for mirror descent, got ${outer[at]}`,
      );
    }
  }
}

/** @throws RangeError when the budget or the observer's interval is not usable. */
export function checkBudget(where: string, budget: Budget, observer: Observer | undefined): void {
  const { maxSteps } = budget;
  if (!Number.isInteger(maxSteps) || maxSteps < 0) {
    throw new RangeError(`${where}: maxSteps must be an integer ≥ 0, got ${maxSteps}`);
  }
  if (observer !== undefined && (!Number.isInteger(observer.every) || observer.every < 1)) {
    throw new RangeError(`${where}: observer.every must be an integer ≥ 1, got ${observer.every}`);
  }
}

/** The trained parts, defaults filled in. @throws RangeError when biases are to be trained and absent. */
export function trainedParts(
  where: string,
  trainable: Partial<Trainable> | undefined,
  hasBiases: boolean,
): Trainable {
  if (trainable?.biases === true && !hasBiases) {
    throw new RangeError(`${where}: trainable.biases must be false for a network without biases`);
  }
  return {
    inner: trainable?.inner ?? true,
    outer: trainable?.outer ?? true,
    biases: trainable?.biases ?? hasBiases,
  };
}
