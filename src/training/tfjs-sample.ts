import type { Dataset } from '../model/index.js';
import { checkSample, flatten } from './flat-problem.js';
import type { TensorFlow } from './tfjs-backend.js';
import type { TensorSample } from './tfjs-network.js';

/** A sample as float32 arrays, row-major. */
export interface FlatSample {
  readonly inputDim: number;
  readonly inputs: Float32Array;
  readonly labels: Float32Array;
}

/** Checks a dataset against a network and packs it. @throws RangeError when shapes do not fit */
export function packSample(where: string, dataset: Dataset, inputDim: number): FlatSample {
  checkSample(where, dataset, inputDim);
  const inputs = packInputs(where, 'dataset.inputs', dataset.inputs, inputDim);
  return { inputDim, inputs, labels: Float32Array.from(dataset.labels) };
}

/** Checks and packs inputs. @throws RangeError for a row of another length or not finite */
export function packInputs(
  where: string,
  what: string,
  inputs: Dataset['inputs'],
  inputDim: number,
): Float32Array {
  const flat = new Float64Array(inputs.length * inputDim);
  flatten(where, what, inputs, inputDim, flat);
  return Float32Array.from(flat);
}

/** The sample, or the part with the given indices, as tensors that the caller disposes. */
export function sampleTensors(
  tf: TensorFlow,
  { inputDim, inputs, labels }: FlatSample,
  indices?: ArrayLike<number>,
): TensorSample {
  if (indices === undefined) {
    return { inputs: tf.tensor2d(inputs, [labels.length, inputDim]), labels: tf.tensor1d(labels) };
  }
  const rows = new Float32Array(indices.length * inputDim);
  const some = new Float32Array(indices.length);
  for (let i = 0; i < indices.length; i += 1) {
    const from = indices[i] * inputDim;
    rows.set(inputs.subarray(from, from + inputDim), i * inputDim);
    some[i] = labels[indices[i]];
  }
  return { inputs: tf.tensor2d(rows, [indices.length, inputDim]), labels: tf.tensor1d(some) };
}
