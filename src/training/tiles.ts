import type { Dataset, Matrix } from '../model/index.js';
import { checkSample, flatten } from './flat-problem.js';

/** Samples that one pass of the kernel takes together. */
export const TILE = 4;

/**
 * A sample packed for the kernel: tiles of four inputs, coordinate by coordinate, so that the inner
 * loop reads four neighbours. Shapes: `inputs` (tiles, inputDim, 4), `labels` (tiles·4). The last
 * tile is filled up with zeros.
 */
export interface Tiles {
  readonly count: number;
  readonly inputDim: number;
  readonly inputs: Float64Array;
  readonly labels: Float64Array;
}

/** Empty tiles for up to `capacity` samples. */
export function emptyTiles(capacity: number, inputDim: number): Tiles {
  const tiles = Math.ceil(capacity / TILE);
  return {
    count: capacity,
    inputDim,
    inputs: new Float64Array(tiles * TILE * inputDim),
    labels: new Float64Array(tiles * TILE),
  };
}

/** Packs a dataset. @throws RangeError when shapes do not fit or an entry is not finite. */
export function packDataset(where: string, dataset: Dataset, inputDim: number): Tiles {
  checkSample(where, dataset, inputDim);
  const tiles = packInputs(where, 'dataset.inputs', dataset.inputs, inputDim);
  tiles.labels.set(dataset.labels);
  return tiles;
}

/** Packs inputs, labels 0. @throws RangeError when shapes do not fit or an entry is not finite. */
export function packInputs(where: string, what: string, inputs: Matrix, inputDim: number): Tiles {
  const flat = new Float64Array(inputs.length * inputDim);
  flatten(where, what, inputs, inputDim, flat);
  const tiles = emptyTiles(inputs.length, inputDim);
  for (let i = 0; i < inputs.length; i += 1) {
    const offset = (i - (i % TILE)) * inputDim + (i % TILE);
    for (let k = 0; k < inputDim; k += 1) tiles.inputs[offset + k * TILE] = flat[i * inputDim + k];
  }
  return tiles;
}

/** Copies input i to `target`, shape (inputDim). */
export function inputAt({ inputs, inputDim }: Tiles, i: number, target: Float64Array): void {
  const offset = (i - (i % TILE)) * inputDim + (i % TILE);
  for (let k = 0; k < inputDim; k += 1) target[k] = inputs[offset + k * TILE];
}

/**
 * Copies the samples with the given indices into `target`, in that order.
 *
 * @returns `target` cut to `indices.length` samples; it shares the memory of `target`
 */
export function gather(source: Tiles, indices: ArrayLike<number>, target: Tiles): Tiles {
  const { inputDim } = source;
  const tiles = Math.ceil(indices.length / TILE);
  for (let i = 0; i < tiles * TILE; i += 1) {
    const to = (i - (i % TILE)) * inputDim + (i % TILE);
    const filled = i < indices.length;
    const index = filled ? indices[i] : 0;
    const from = (index - (index % TILE)) * inputDim + (index % TILE);
    for (let k = 0; k < inputDim; k += 1) {
      target.inputs[to + k * TILE] = filled ? source.inputs[from + k * TILE] : 0;
    }
    target.labels[i] = filled ? source.labels[index] : 0;
  }
  return { ...target, count: indices.length };
}
