import type { Tensor } from '@tensorflow/tfjs-core';
import type { Optimiser, Trainable } from './engine.js';
import type { TensorFlow } from './tfjs-backend.js';
import type { TensorNetwork } from './tfjs-network.js';

/** The smallest normal float32: what mirror descent's outer weights never fall below. */
const SMALLEST_WEIGHT = 2 ** -126;

/** Update rules on tensors. Both return new tensors for what changes and the old ones for the rest. */
export interface TensorStepper {
  /** Makes the initial point feasible. */
  readonly projectStart: (network: TensorNetwork) => readonly Tensor[];
  readonly step: (
    network: TensorNetwork,
    gradient: readonly (Tensor | null)[],
  ) => readonly Tensor[];
}

/** The update rule of an optimiser on the trained parts, as `Optimiser` describes it, in float32. */
export function tensorStepper(
  tf: TensorFlow,
  optimiser: Optimiser,
  trained: Trainable,
): TensorStepper {
  const { kind, stepSize } = optimiser;
  const unitInner = (kind === 'projected' || kind === 'mirror') && optimiser.unitInner;
  const atLeast = (tensor: Tensor, least: number): Tensor =>
    // Not tf.maximum: NaN must stay, so that the run stops for it.
    tf.where(tf.less(tensor, least), tf.fill(tensor.shape, least), tensor);
  const clipped = (tensor: Tensor): Tensor =>
    tf.where(tf.lessEqual(tensor, 0), tf.zerosLike(tensor), tensor);
  const descended = (tensor: Tensor, slope: Tensor): Tensor =>
    tf.sub(tensor, tf.mul(slope, stepSize));
  return {
    projectStart: ({ tensors, kinds }) =>
      tensors.map((tensor, i) => {
        if (!trained[kinds[i]]) return tensor;
        if (kinds[i] === 'inner' && unitInner) return unitRows(tf, tensor, tensor);
        if (kinds[i] === 'outer' && kind === 'projected') return clipped(tensor);
        if (kinds[i] === 'outer' && kind === 'mirror') return atLeast(tensor, SMALLEST_WEIGHT);
        return tensor;
      }),
    step: ({ tensors, kinds }, gradient) =>
      tensors.map((tensor, i) => {
        const slope = gradient[i];
        if (slope === null) return tensor;
        if (kinds[i] === 'inner' && unitInner) {
          return unitRows(tf, descended(tensor, slope), tensor);
        }
        if (kinds[i] === 'outer' && kind === 'mirror') {
          const moved = tf.mul(tensor, tf.exp(tf.mul(slope, -stepSize)));
          return atLeast(moved, SMALLEST_WEIGHT);
        }
        const moved = descended(tensor, slope);
        return kinds[i] === 'outer' && kind === 'projected' ? clipped(moved) : moved;
      }),
  };
}

/** Rows of length 1; a row of zeros becomes that of `fallback`. Scaled first, against overflow. */
function unitRows(tf: TensorFlow, rows: Tensor, fallback: Tensor): Tensor {
  const isZero = tf.equal(tf.sum(tf.abs(rows), 1, true), 0);
  const largest = tf.max(tf.abs(rows), 1, true);
  const scaled = tf.div(rows, tf.where(isZero, tf.onesLike(largest), largest));
  const length = tf.sqrt(tf.sum(tf.square(scaled), 1, true));
  const unit = tf.div(scaled, tf.where(isZero, tf.onesLike(length), length));
  return tf.where(tf.broadcastTo(isZero, rows.shape), fallback, unit);
}
