import { atan, cos, erf, exp, log1p, sin, tanh } from '../math/index.js';
import { activationSecondDerivative, checkActivation, isSmooth } from '../model/index.js';
import type { Activation } from '../model/index.js';

/**
 * Applies an activation to a buffer: `value[i] = σ(z[i])` and `slope[i] = σ'(z[i])` for i < count.
 * NaN gives NaN.
 */
export type ActivationPass = (
  z: Float64Array,
  value: Float64Array,
  slope: Float64Array,
  count: number,
) => void;

/** Applies σ'' to a buffer: `curvature[i] = σ''(z[i])` for i < count. */
export type CurvaturePass = (z: Float64Array, curvature: Float64Array, count: number) => void;

/**
 * The second derivative as a pass; 0 everywhere for ReLU, saturated ReLU and step, as at
 * `Objective.derivativeAtKink`.
 *
 * @throws RangeError when a parameter of the activation is out of range
 */
export function curvaturePass(activation: Activation): CurvaturePass {
  checkActivation(activation);
  if (!isSmooth(activation)) return (_, curvature, count) => void curvature.fill(0, 0, count);
  return (z, curvature, count) => {
    for (let i = 0; i < count; i += 1) curvature[i] = activationSecondDerivative(activation, z[i]);
  };
}

/**
 * The pass of an activation. One call handles a whole tile, so that the loop over neurons stays
 * free of indirect calls.
 *
 * @param kink the derivative of ReLU and saturated ReLU at their kinks
 * @throws RangeError when a parameter of the activation is out of range
 */
export function activationPass(activation: Activation, kink: 0 | 1): ActivationPass {
  checkActivation(activation);
  switch (activation.name) {
    case 'relu':
      return (z, value, slope, count) => {
        for (let i = 0; i < count; i += 1) {
          const t = z[i];
          value[i] = t <= 0 ? 0 : t;
          slope[i] = t > 0 ? 1 : t === 0 ? kink : 0;
        }
      };
    case 'saturated-relu':
      return (z, value, slope, count) => {
        for (let i = 0; i < count; i += 1) {
          const t = z[i];
          value[i] = t <= 0 ? 0 : t >= 1 ? 1 : t;
          slope[i] = t > 0 && t < 1 ? 1 : t === 0 || t === 1 ? kink : 0;
        }
      };
    case 'step':
      return (z, value, slope, count) => {
        for (let i = 0; i < count; i += 1) {
          const t = z[i];
          value[i] = t >= 0 ? 1 : t < 0 ? 0 : t;
          slope[i] = 0;
        }
      };
    case 'sigmoid':
      return (z, value, slope, count) => {
        for (let i = 0; i < count; i += 1) {
          const t = z[i];
          // e ≤ 1 keeps both tails accurate: 1 − σ would lose them.
          const e = exp(-Math.abs(t));
          const s = 1 / (1 + e);
          value[i] = t >= 0 ? s : e * s;
          slope[i] = e * s * s;
        }
      };
    case 'tanh':
      return (z, value, slope, count) => {
        for (let i = 0; i < count; i += 1) {
          const t = z[i];
          const e = exp(-2 * Math.abs(t));
          value[i] = tanh(t);
          slope[i] = (4 * e) / ((1 + e) * (1 + e));
        }
      };
    case 'arctan':
      return (z, value, slope, count) => {
        for (let i = 0; i < count; i += 1) {
          value[i] = atan(z[i]);
          slope[i] = 1 / (1 + z[i] * z[i]);
        }
      };
    case 'erf':
      return (z, value, slope, count) => {
        for (let i = 0; i < count; i += 1) {
          value[i] = erf(z[i]);
          slope[i] = TWO_OVER_ROOT_PI * exp(-z[i] * z[i]);
        }
      };
    case 'sine':
      return (z, value, slope, count) => {
        for (let i = 0; i < count; i += 1) {
          value[i] = sin(z[i]);
          slope[i] = cos(z[i]);
        }
      };
    case 'gaussian-bump':
      return (z, value, slope, count) => {
        for (let i = 0; i < count; i += 1) {
          const t = z[i];
          const e = exp(-t * t);
          value[i] = e;
          slope[i] = e === 0 ? 0 : -2 * t * e;
        }
      };
    case 'softplus':
      return softplusPass(activation.beta);
    case 'constant': {
      const constant = activation.value;
      return (z, value, slope, count) => {
        for (let i = 0; i < count; i += 1) {
          value[i] = Number.isNaN(z[i]) ? z[i] : constant;
          slope[i] = 0;
        }
      };
    }
    case 'linear':
      return (z, value, slope, count) => {
        for (let i = 0; i < count; i += 1) {
          value[i] = z[i];
          slope[i] = 1;
        }
      };
    default:
      throw new RangeError(
        `activationPass: activation must be one of the catalogue's, got ${JSON.stringify(activation satisfies never)}`,
      );
  }
}

const TWO_OVER_ROOT_PI = 1.1283791670955126;

/** σ(z) = log(1 + e^{βz})/β, as max(z, 0) + log1p(e^{−β|z|})/β, which cannot overflow. */
function softplusPass(beta: number): ActivationPass {
  return (z, value, slope, count) => {
    for (let i = 0; i < count; i += 1) {
      const t = z[i];
      const e = exp(-beta * Math.abs(t));
      value[i] = (t <= 0 ? 0 : t) + log1p(e) / beta;
      slope[i] = t >= 0 ? 1 / (1 + e) : e / (1 + e);
    }
  };
}
