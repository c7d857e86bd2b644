import type { Tensor } from '@tensorflow/tfjs-core';
import type { AnyNetwork, LossLaplacian, Objective } from './engine.js';
import type { Dataset, Network, Vector } from '../model/index.js';
import { checkTwoLayer, flatParameters, shapeOf } from './flat-problem.js';
import { checkObjective, kinkOf } from './settings-checks.js';
import { tensorActivation } from './tfjs-activations.js';
import type { TensorFlow } from './tfjs-backend.js';
import { tidied } from './tfjs-backend.js';
import { firstLayer, outputs, upload } from './tfjs-network.js';
import { packInputs, packSample, sampleTensors } from './tfjs-sample.js';

/** ∇_x f at each input, by autodiff of Σ_i f(x_i) in the inputs. As `Engine.inputGradients`. */
export function tensorInputGradients(
  tf: TensorFlow,
  network: AnyNetwork,
  inputs: readonly Vector[],
  derivativeAtKink: 0 | 1 | undefined,
): Float64Array {
  const where = 'inputGradients';
  const parameters = flatParameters(where, network);
  const kink = kinkOf(where, derivativeAtKink);
  const rows = packInputs(where, 'inputs', inputs, network.inputDim);
  if (inputs.length === 0) return new Float64Array(0);
  return tidied(tf, () => {
    const tensors = upload(tf, shapeOf(network), parameters);
    const activation = tensorActivation(tf, network.activation, kink);
    const total = (x: Tensor): Tensor => tf.sum(outputs(tf, tensors, activation, x));
    const slopes = tf.grad(total)(tf.tensor2d(rows, [inputs.length, network.inputDim]));
    return Float64Array.from(slopes.dataSync());
  });
}

/** The Laplacian by its closed form, σ' and σ'' by autodiff. As `Engine.lossLaplacian`. */
export function tensorLaplacian(
  tf: TensorFlow,
  network: Network,
  dataset: Dataset,
  objective: Objective,
): LossLaplacian {
  const where = 'lossLaplacian';
  checkTwoLayer(where, network);
  const parameters = flatParameters(where, network);
  checkObjective(where, objective);
  const flat = packSample(where, dataset, network.inputDim);
  const count = flat.labels.length;
  const width = parameters.outer.length;
  const biased = parameters.biases.length > 0;
  const [inner, outer, biases] = tidied(tf, () => {
    const tensors = upload(tf, shapeOf(network), parameters);
    const sample = sampleTensors(tf, flat);
    const activation = tensorActivation(tf, network.activation, objective.derivativeAtKink ?? 0);
    const z = firstLayer(tf, tensors, sample.inputs);
    const slope = tf.grad((at) => tf.sum(activation.value(at)))(z);
    const curvature = tf.grad((at) => tf.sum(activation.slope(at)))(z);
    const weights = tf.reshape(tensors.tensors[tensors.kinds.indexOf('outer')], [1, width]);
    const residuals = tf.reshape(
      tf.sub(outputs(tf, tensors, activation, sample.inputs), sample.labels),
      [count, 1],
    );
    const gaussNewton = tf.square(tf.mul(weights, slope));
    const bending = tf.mul(residuals, tf.mul(weights, curvature));
    const perSample = tf.sum(tf.add(gaussNewton, bending), 1);
    const lengths = tf.sum(tf.square(sample.inputs), 1);
    return [
      tf.sum(tf.mul(lengths, perSample)),
      tf.sum(tf.square(activation.value(z))),
      tf.sum(perSample),
    ].map((scalar) => scalar.dataSync()[0]);
  });
  const factor = (objective.scale === 'mean' ? 2 : 1) / count;
  const lambda = objective.weightDecay?.lambda ?? 0;
  const rest = objective.weightDecay?.on === 'all' ? lambda : 0;
  return {
    inner: factor * inner + lambda * width * network.inputDim,
    outer: factor * outer + rest * width,
    biases: biased ? factor * biases + rest * width : 0,
  };
}
