import type { Scalar, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Objective, Trainable } from './engine.js';
import type { FlatParameters, NetworkShape } from './flat-problem.js';
import { rowLengths } from './flat-problem.js';
import type { TensorActivation } from './tfjs-activations.js';
import type { TensorFlow } from './tfjs-backend.js';

/** What a tensor of parameters is. */
export type ParameterKind = 'inner' | 'outer' | 'biases';

/**
 * A network's parameters as float32 tensors, each with its kind: the hidden matrices
 * (widths[l], widths[l − 1]) from the first on, the outer weights (last width, 1), the biases
 * (widths[l]) layer after layer, if any.
 */
export interface TensorNetwork {
  readonly tensors: readonly Tensor[];
  readonly kinds: readonly ParameterKind[];
}

/** A sample on tensors. Shapes: `inputs` (sampleSize, inputDim), `labels` (sampleSize). */
export interface TensorSample {
  readonly inputs: Tensor2D;
  readonly labels: Tensor1D;
}

/** The kinds of a network's tensors, in their order. */
function kindsOf(depth: number, biased: boolean): readonly ParameterKind[] {
  const hidden = Array.from({ length: depth }, () => 'inner' as const);
  return [...hidden, 'outer', ...(biased ? hidden.map(() => 'biases' as const) : [])];
}

/** The sizes of a network's tensors, in their order. */
function tensorShapes(shape: NetworkShape, biased: boolean): readonly (readonly number[])[] {
  const { widths } = shape;
  const lengths = rowLengths(shape);
  return [
    ...widths.map((width, l) => [width, lengths[l]]),
    [widths[widths.length - 1], 1],
    ...(biased ? widths.map((width) => [width]) : []),
  ];
}

/** Copies parameters to tensors, rounded to float32; what lies above 3.4e38 becomes infinite. */
export function upload(
  tf: TensorFlow,
  shape: NetworkShape,
  parameters: FlatParameters,
): TensorNetwork {
  const biased = parameters.biases.length > 0;
  const kinds = kindsOf(shape.widths.length, biased);
  const start = { inner: 0, outer: 0, biases: 0 };
  const tensors = tensorShapes(shape, biased).map((size, i) => {
    const kind = kinds[i];
    const from = start[kind];
    start[kind] += size.reduce((product, entry) => product * entry, 1);
    const values = Float32Array.from(parameters[kind].subarray(from, start[kind]));
    return tf.tensor(values, [...size], 'float32');
  });
  return { tensors, kinds };
}

/** Copies tensors back, those of one kind one after another; null stands for zeros. */
export function download(
  { kinds }: TensorNetwork,
  tensors: readonly (Tensor | null)[],
  like: FlatParameters,
): FlatParameters {
  const flat = {
    inner: new Float64Array(like.inner.length),
    outer: new Float64Array(like.outer.length),
    biases: new Float64Array(like.biases.length),
  };
  const start = { inner: 0, outer: 0, biases: 0 };
  tensors.forEach((tensor, i) => {
    // A part that is not trained is missing as a whole, so its offset does not matter.
    if (tensor === null) return;
    const values = tensor.dataSync();
    flat[kinds[i]].set(values, start[kinds[i]]);
    start[kinds[i]] += values.length;
  });
  return flat;
}

/** The pre-activations of the first hidden layer, shape (sampleSize, widths[0]). */
export function firstLayer(
  tf: TensorFlow,
  { tensors, kinds }: TensorNetwork,
  inputs: Tensor,
): Tensor {
  return layer(tf, inputs, tensors[0], tensors[kinds.indexOf('biases')]);
}

function layer(tf: TensorFlow, below: Tensor, weights: Tensor, biases: Tensor | undefined): Tensor {
  // An explicit transpose: the wasm backend's product with a transposed factor is far slower.
  const z = tf.matMul(below as Tensor2D, tf.transpose(weights) as Tensor2D);
  return biases === undefined ? z : tf.add(z, biases);
}

/** The outputs Σ_j a_jσ(z_j), shape (sampleSize). */
export function outputs(
  tf: TensorFlow,
  { tensors, kinds }: TensorNetwork,
  activation: TensorActivation,
  inputs: Tensor,
): Tensor1D {
  const outer = kinds.indexOf('outer');
  const hasBiases = kinds.includes('biases');
  let below = inputs;
  for (let l = 0; l < outer; l += 1) {
    const biases = hasBiases ? tensors[outer + 1 + l] : undefined;
    below = activation.value(layer(tf, below, tensors[l], biases));
  }
  return tf.reshape(tf.matMul(below as Tensor2D, tensors[outer] as Tensor2D), [-1]);
}

/** An objective's value and gradient; `gradient` has null where a part is not trained. */
export interface TensorEvaluation {
  readonly objective: number;
  readonly dataLoss: number;
  readonly gradient: readonly (Tensor | null)[];
}

/**
 * Objective, data loss and gradient over a sample, through TensorFlow.js's autodiff. The caller disposes
 * the gradient. What overflows float32 is infinite, and NaN where infinities cancel.
 */
export function evaluateTensors(
  tf: TensorFlow,
  network: TensorNetwork,
  activation: TensorActivation,
  sample: TensorSample,
  { scale, weightDecay }: Objective,
  trained: Trainable,
): TensorEvaluation {
  const { kinds } = network;
  const factor = (scale === 'mean' ? 1 : 0.5) / sample.labels.shape[0];
  const lambda = weightDecay?.lambda ?? 0;
  const decays = kinds.map((kind) =>
    weightDecay?.on === 'inner' ? kind === 'inner' : trained[kind],
  );
  const numbers = { objective: NaN, dataLoss: NaN };
  const objective = (tensors: readonly Tensor[]): Scalar => {
    const residuals = tf.sub(
      outputs(tf, { tensors, kinds }, activation, sample.inputs),
      sample.labels,
    );
    let total = tf.mul<Scalar>(tf.sum(tf.square(residuals)), factor);
    numbers.dataLoss = total.dataSync()[0];
    if (lambda > 0) {
      for (const tensor of tensors.filter((_, i) => decays[i])) {
        total = tf.add(total, tf.mul(tf.sum(tf.square(tensor)), lambda / 2));
      }
    }
    numbers.objective = total.dataSync()[0];
    return total;
  };
  const gradient = tf.tidy(() => {
    const moving = network.tensors.filter((_, i) => trained[kinds[i]]);
    if (moving.length === 0) {
      objective(network.tensors);
      return [];
    }
    const place = network.tensors.map((tensor) => moving.indexOf(tensor));
    const { grads } = tf.valueAndGrads((...moved: Tensor[]) =>
      objective(network.tensors.map((tensor, i) => (place[i] < 0 ? tensor : moved[place[i]]))),
    )(moving);
    return grads;
  });
  const slots = gradient[Symbol.iterator]();
  return {
    ...numbers,
    gradient: kinds.map((kind) => (trained[kind] ? (slots.next().value ?? null) : null)),
  };
}
