import { checkDataset, checkDeepNetwork, checkNetwork } from '../model/index.js';
import type { Dataset, DeepNetwork, Matrix, Network } from '../model/index.js';
import type { AnyNetwork } from './engine.js';

/** Sizes of a network: `widths` of its hidden layers from the first on; one for a two-layer network. */
export interface NetworkShape {
  readonly inputDim: number;
  readonly widths: readonly number[];
}

/**
 * A network's parameters as flat arrays, layer after layer. Shapes: `inner` Σ_l widths[l]·widths[l−1]
 * with widths[−1] = inputDim, each matrix row-major; `outer` (last width).
 */
export interface FlatParameters {
  readonly inner: Float64Array;
  readonly outer: Float64Array;
  /** Shape (Σ widths); empty where the network has none. */
  readonly biases: Float64Array;
}

/** Whether a network is a deep one. */
export function isDeep(network: AnyNetwork): network is DeepNetwork {
  return 'hidden' in network;
}

/** @throws RangeError for a deep network, which the types keep out but data read from files may be. */
export function checkTwoLayer(where: string, network: Network): void {
  if (isDeep(network)) {
    throw new RangeError(`${where}: network must be two-layer, got a deep one`);
  }
}

/** The hidden matrices: one for a two-layer network. */
function hiddenOf(network: AnyNetwork): readonly Matrix[] {
  return isDeep(network) ? network.hidden : [network.inner];
}

/** The sizes of a network, which need not be checked. */
export function shapeOf(network: AnyNetwork): NetworkShape {
  return { inputDim: network.inputDim, widths: hiddenOf(network).map((rows) => rows.length) };
}

/** The length of the rows of each hidden matrix: the width of the layer below. */
export function rowLengths({ inputDim, widths }: NetworkShape): readonly number[] {
  return [inputDim, ...widths.slice(0, -1)];
}

/**
 * The parameters of a network, checked and copied.
 *
 * @throws RangeError when shapes do not fit, there is no neuron, or a weight is not finite
 */
export function flatParameters(where: string, network: AnyNetwork): FlatParameters {
  const deep = isDeep(network);
  if (deep) checkDeepNetwork(network);
  else checkNetwork(network);
  const shape = shapeOf(network);
  if (shape.widths[0] < 1) {
    throw new RangeError(`${where}: network must have at least one neuron, got 0`);
  }
  const lengths = rowLengths(shape);
  const inner = new Float64Array(
    shape.widths.reduce((sum, width, l) => sum + width * lengths[l], 0),
  );
  let start = 0;
  hiddenOf(network).forEach((rows, l) => {
    const end = start + rows.length * lengths[l];
    const what = deep ? `network.hidden[${l}]` : 'network.inner';
    flatten(where, what, rows, lengths[l], inner.subarray(start, end));
    start = end;
  });
  return {
    inner,
    outer: new Float64Array(finite(where, 'network.outer', network.outer)),
    biases: new Float64Array(finite(where, 'network.biases', network.biases?.flat() ?? [])),
  };
}

/** The network with other parameters. */
export function networkWith<N extends AnyNetwork>(network: N, parameters: FlatParameters): N;
export function networkWith(network: AnyNetwork, parameters: FlatParameters): AnyNetwork {
  const shape = shapeOf(network);
  const lengths = rowLengths(shape);
  const outer = slice(parameters.outer, 0, parameters.outer.length);
  let start = 0;
  const hidden = shape.widths.map((width, l) => {
    const rows: number[][] = [];
    for (let j = 0; j < width; j += 1) {
      rows.push(slice(parameters.inner, start, lengths[l]));
      start += lengths[l];
    }
    return rows;
  });
  let from = 0;
  const biases = shape.widths.map((width) => {
    from += width;
    return network.biases === undefined ? [] : slice(parameters.biases, from - width, width);
  });
  if (isDeep(network)) {
    return network.biases === undefined
      ? { ...network, hidden, outer }
      : { ...network, hidden, outer, biases };
  }
  const moved = { ...network, inner: hidden[0], outer };
  return network.biases === undefined ? moved : { ...moved, biases: biases[0] };
}

/** `count` entries as a plain array; a loop is several times faster than views and iterators. */
function slice(from: Float64Array, start: number, count: number): number[] {
  const entries: number[] = [];
  for (let i = 0; i < count; i += 1) entries.push(from[start + i]);
  return entries;
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
        `${where}: ${what}[${i}] must have length ${columns}, got ${row.length}`,
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
