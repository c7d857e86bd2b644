import type { Tensor } from '@tensorflow/tfjs-core';
import type { Activation } from '../model/index.js';
import type { TensorFlow } from './tfjs-backend.js';

/** An activation on tensors; NaN gives NaN. */
export interface TensorActivation {
  /** σ(z); its gradient is TensorFlow.js's, but for the kinks, whose derivative is a convention. */
  readonly value: (z: Tensor) => Tensor;
  /**
   * σ'(z) written out. TensorFlow.js's gradients of tanh, sigmoid and exp use their saved outputs,
   * which a nested gradient takes for constants, so σ'' is the gradient of this function instead.
   */
  readonly slope: (z: Tensor) => Tensor;
}

const TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);

/**
 * The activation in TensorFlow.js's operations.
 *
 * @param kink the derivative of ReLU and saturated ReLU at their kinks
 */
export function tensorActivation(
  tf: TensorFlow,
  activation: Activation,
  kink: 0 | 1,
): TensorActivation {
  const indicator = (condition: Tensor): Tensor => tf.cast(condition, 'float32');
  /** A function with a slope that is constant between jumps; its second derivative is 0. */
  const piecewise = (
    value: (z: Tensor) => Tensor,
    slope: (z: Tensor) => Tensor,
  ): TensorActivation => ({
    value: tf.customGrad((...inputs) => {
      const [z, save] = inputs as unknown as [Tensor, (saved: Tensor[]) => void];
      save([z]);
      return {
        value: value(z),
        gradFunc: (dy: Tensor, [at]: Tensor[]) => tf.mul(dy, slope(at)),
      };
    }),
    slope: tf.customGrad((...inputs) => ({
      value: slope(inputs[0] as Tensor),
      gradFunc: (dy: Tensor) => tf.zerosLike(dy),
    })),
  });
  const orNotANumber = (z: Tensor, value: Tensor): Tensor => tf.where(tf.isNaN(z), z, value);
  switch (activation.name) {
    case 'relu':
      return piecewise(
        (z) => tf.where(tf.lessEqual(z, 0), tf.zerosLike(z), z),
        (z) => indicator(kink === 1 ? tf.greaterEqual(z, 0) : tf.greater(z, 0)),
      );
    case 'saturated-relu':
      return piecewise(
        (z) => {
          const bent = tf.where(tf.lessEqual(z, 0), tf.zerosLike(z), z);
          return tf.where(tf.greaterEqual(bent, 1), tf.onesLike(z), bent);
        },
        (z) =>
          indicator(
            kink === 1
              ? tf.logicalAnd(tf.greaterEqual(z, 0), tf.lessEqual(z, 1))
              : tf.logicalAnd(tf.greater(z, 0), tf.less(z, 1)),
          ),
      );
    case 'step':
      return piecewise(
        (z) => orNotANumber(z, indicator(tf.greaterEqual(z, 0))),
        (z) => tf.zerosLike(z),
      );
    case 'constant':
      return piecewise(
        (z) => orNotANumber(z, tf.fill(z.shape, activation.value)),
        (z) => tf.zerosLike(z),
      );
    case 'linear':
      return piecewise(
        (z) => tf.clone(z),
        (z) => tf.onesLike(z),
      );
    case 'sigmoid':
      return {
        value: (z) => tf.sigmoid(z),
        slope: (z) => tf.mul(tf.sigmoid(z), tf.sigmoid(tf.neg(z))),
      };
    case 'tanh':
      return {
        value: (z) => tf.tanh(z),
        // 1 − tanh² = 4s(2z)s(−2z) with the sigmoid s, without cancellation in the tails.
        slope: (z) => {
          const twice = tf.mul(z, 2);
          return tf.mul(tf.mul(tf.sigmoid(twice), tf.sigmoid(tf.neg(twice))), 4);
        },
      };
    case 'arctan':
      return {
        value: (z) => tf.atan(z),
        slope: (z) => tf.reciprocal(tf.add(tf.square(z), 1)),
      };
    case 'erf':
      return {
        value: (z) => tf.erf(z),
        slope: (z) => tf.mul(tf.exp(tf.neg(tf.square(z))), TWO_OVER_ROOT_PI),
      };
    case 'sine':
      return { value: (z) => tf.sin(z), slope: (z) => tf.cos(z) };
    case 'gaussian-bump': {
      const bump = (z: Tensor): Tensor => tf.exp(tf.neg(tf.square(z)));
      return { value: bump, slope: (z) => tf.mul(tf.mul(z, -2), bump(z)) };
    }
    case 'softplus': {
      const { beta } = activation;
      return {
        value: (z) => tf.div(tf.softplus(tf.mul(z, beta)), beta),
        slope: (z) => tf.sigmoid(tf.mul(z, beta)),
      };
    }
  }
}
