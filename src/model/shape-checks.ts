import { checkActivation } from './activation-functions.js';
import type { Dataset, DeepNetwork, Matrix, Network } from './types.js';

/**
 * Checks that a network's shapes agree and its activation's parameters are in range. Weights may be
 * any doubles: a run that diverged still has a well-shaped network.
 *
 * @throws RangeError naming the first field that is wrong
 */
export function checkNetwork(network: Network): void {
  checkActivation(network.activation);
  checkInputDim('checkNetwork', network.inputDim);
  checkRows('checkNetwork', 'inner', network.inner, network.inputDim);
  const width = network.inner.length;
  checkLength('checkNetwork', 'outer', network.outer.length, width, 'width');
  if (network.biases !== undefined) {
    checkLength('checkNetwork', 'biases', network.biases.length, width, 'width');
  }
}

/**
 * Checks that a deep network's shapes agree and its activation's parameters are in range. Weights may be
 * any doubles.
 *
 * @throws RangeError naming the first field that is wrong
 */
export function checkDeepNetwork(network: DeepNetwork): void {
  const where = 'checkDeepNetwork';
  const { hidden, outer, biases } = network;
  checkActivation(network.activation);
  checkInputDim(where, network.inputDim);
  if (hidden.length < 1) {
    throw new RangeError(`${where}: hidden must have at least one matrix, got 0`);
  }
  if (biases !== undefined) checkLength(where, 'biases', biases.length, hidden.length, 'depth');
  let previous = network.inputDim;
  hidden.forEach((rows, l) => {
    if (rows.length < 1) {
      throw new RangeError(`${where}: hidden[${l}] must have at least one row, got 0`);
    }
    rows.forEach((row, j) => {
      checkLength(where, `hidden[${l}][${j}]`, row.length, previous, 'width of the layer below');
    });
    previous = rows.length;
    if (biases !== undefined) {
      checkLength(where, `biases[${l}]`, biases[l].length, previous, 'width of the layer');
    }
  });
  checkLength(where, 'outer', outer.length, previous, 'width of the last layer');
}

/**
 * Checks that a dataset's shapes agree; it may be empty, and entries may be any doubles.
 *
 * @throws RangeError naming the first field that is wrong
 */
export function checkDataset(dataset: Dataset): void {
  checkInputDim('checkDataset', dataset.inputDim);
  checkRows('checkDataset', 'inputs', dataset.inputs, dataset.inputDim);
  checkLength('checkDataset', 'labels', dataset.labels.length, dataset.inputs.length, 'sampleSize');
}

function checkInputDim(where: string, inputDim: number): void {
  if (!Number.isInteger(inputDim) || inputDim < 1) {
    throw new RangeError(`${where}: inputDim must be an integer ≥ 1, got ${inputDim}`);
  }
}

function checkRows(where: string, name: string, rows: Matrix, inputDim: number): void {
  rows.forEach((row, i) => {
    checkLength(where, `${name}[${i}]`, row.length, inputDim, 'inputDim');
  });
}

function checkLength(where: string, name: string, got: number, want: number, what: string): void {
  if (got !== want) {
    throw new RangeError(`${where}: ${name} must have length ${want} (${what}), got ${got}`);
  }
}
