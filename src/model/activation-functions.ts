import {
  atan,
  cos,
  erf,
  exp,
  notOneOf,
  requireOneOf,
  sigmoid,
  sin,
  softplus,
  tanh,
} from '../math/index.js';
import { ACTIVATION_NAMES } from './activation.js';
import type { Activation } from './activation.js';

/** 2/√π. */
const TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);

/** @throws RangeError when there is no such activation or a parameter of it is out of range */
export function checkActivation(activation: Activation): void {
  const name: unknown = (activation as Partial<Activation> | null | undefined)?.name;
  requireOneOf('checkActivation', 'activation.name', name, ACTIVATION_NAMES);
  if (activation.name === 'softplus' && !(activation.beta > 0 && activation.beta < Infinity)) {
    throw new RangeError(
      `checkActivation: beta must be finite and > 0, got ${String(activation.beta)}`,
    );
  }
  if (activation.name === 'constant' && !Number.isFinite(activation.value)) {
    throw new RangeError(`checkActivation: value must be finite, got ${String(activation.value)}`);
  }
}

/** For activations that no branch knows. */
function unknownActivation(where: string, activation: never): RangeError {
  const { name } = activation as Activation;
  return notOneOf(where, 'activation.name', name, ACTIVATION_NAMES);
}

/**
 * σ(u). ReLU max(u, 0); saturated ReLU min(max(u, 0), 1); step 1{u ≥ 0}; sigmoid 1/(1 + e^{−u});
 * Gaussian bump e^{−u²}; SoftPlus_β log(1 + e^{βu})/β; erf, sine, tanh and arctan as named.
 *
 * @throws RangeError when there is no such activation
 */
export function activationValue(activation: Activation, u: number): number {
  switch (activation.name) {
    case 'relu':
      return u <= 0 ? 0 : u;
    case 'saturated-relu':
      return u <= 0 ? 0 : u >= 1 ? 1 : u;
    case 'step':
      return u >= 0 ? 1 : u < 0 ? 0 : NaN;
    case 'sigmoid':
      return sigmoid(u);
    case 'tanh':
      return tanh(u);
    case 'arctan':
      return atan(u);
    case 'erf':
      return erf(u);
    case 'sine':
      return sin(u);
    case 'gaussian-bump':
      return exp(-u * u);
    case 'softplus':
      return softplus(activation.beta * u) / activation.beta;
    case 'constant':
      return activation.value;
    case 'linear':
      return u;
    default:
      throw unknownActivation('activationValue', activation);
  }
}

/** e^{−|u|}/(1 + e^{−|u|})² = σ(u)(1 − σ(u)) for the sigmoid, accurate on both tails. */
function sigmoidSlope(u: number): number {
  const e = exp(-Math.abs(u));
  return e / ((1 + e) * (1 + e));
}

/** 1 − tanh²u = 4e^{−2|u|}/(1 + e^{−2|u|})², accurate on both tails. */
function squaredSech(u: number): number {
  return 4 * sigmoidSlope(2 * u);
}

/**
 * σ'(u). The derivative of the step is 0 everywhere.
 *
 * @param atKink what it is at the kinks: at 0 for ReLU, at 0 and 1 for saturated ReLU. Default 0.
 * @throws RangeError when there is no such activation
 */
export function activationDerivative(activation: Activation, u: number, atKink: 0 | 1 = 0): number {
  switch (activation.name) {
    case 'relu':
      return u > 0 ? 1 : u === 0 ? atKink : u < 0 ? 0 : NaN;
    case 'saturated-relu':
      return u > 0 && u < 1 ? 1 : u === 0 || u === 1 ? atKink : u < 0 || u > 1 ? 0 : NaN;
    case 'step':
    case 'constant':
      return 0;
    case 'sigmoid':
      return sigmoidSlope(u);
    case 'tanh':
      return squaredSech(u);
    case 'arctan':
      return 1 / (1 + u * u);
    case 'erf':
      return TWO_OVER_ROOT_PI * exp(-u * u);
    case 'sine':
      return cos(u);
    case 'gaussian-bump': {
      const e = exp(-u * u);
      return e === 0 ? 0 : -2 * u * e;
    }
    case 'softplus':
      return sigmoid(activation.beta * u);
    case 'linear':
      return 1;
    default:
      throw unknownActivation('activationDerivative', activation);
  }
}

/**
 * σ''(u) of a smooth activation.
 *
 * @throws RangeError when the activation has a kink or a jump (see `isSmooth`), or there is none such
 */
export function activationSecondDerivative(activation: Activation, u: number): number {
  switch (activation.name) {
    case 'relu':
    case 'saturated-relu':
    case 'step':
      throw new RangeError(
        `activationSecondDerivative: activation must be smooth, got ${activation.name}`,
      );
    case 'sigmoid': {
      const e = exp(-Math.abs(u));
      const size = (e * (1 - e)) / ((1 + e) * (1 + e) * (1 + e));
      return u > 0 ? -size : size;
    }
    case 'tanh':
      return -2 * tanh(u) * squaredSech(u);
    case 'arctan': {
      const slope = 1 / (1 + u * u);
      return slope === 0 ? 0 : -2 * u * slope * slope;
    }
    case 'erf': {
      const e = exp(-u * u);
      return e === 0 ? 0 : -2 * u * TWO_OVER_ROOT_PI * e;
    }
    case 'sine':
      return -sin(u);
    case 'gaussian-bump': {
      const e = exp(-u * u);
      return e === 0 ? 0 : (4 * u * u - 2) * e;
    }
    case 'softplus':
      return activation.beta * sigmoidSlope(activation.beta * u);
    case 'constant':
    case 'linear':
      return 0;
    default:
      throw unknownActivation('activationSecondDerivative', activation);
  }
}
