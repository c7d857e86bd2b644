import { atan, cos, erf, exp, log1p, sin } from '../math/index.js';
import type { Activation } from '../model/index.js';

/** The activations of the pool P-A that are infinitely often differentiable. */
export type SmoothActivation = Extract<
  Activation,
  {
    readonly name:
      | 'sigmoid'
      | 'tanh'
      | 'arctan'
      | 'erf'
      | 'sine'
      | 'gaussian-bump'
      | 'softplus'
      | 'constant'
      | 'linear';
  }
>;

/** An activation's value and first two derivatives at one point. */
export interface ActivationJet {
  value: number;
  first: number;
  second: number;
}

const TWO_OVER_ROOT_PI = 1.1283791670955126;

/** Whether an activation is infinitely often differentiable. */
export function isSmooth(activation: Activation): activation is SmoothActivation {
  return !['relu', 'saturated-relu', 'step'].includes(activation.name);
}

/**
 * Writes σ(u), σ'(u) and σ''(u) into `jet` and returns it. Formulas are arranged so that nothing
 * overflows for any finite u and σ' keeps its relative accuracy in the tails.
 *
 * @throws RangeError when the activation has a kink
 */
export function activationJet(
  activation: Activation,
  u: number,
  jet: ActivationJet = { value: 0, first: 0, second: 0 },
): ActivationJet {
  switch (activation.name) {
    case 'sigmoid': {
      const decay = exp(-Math.abs(u));
      const q = 1 / (1 + decay);
      jet.value = u >= 0 ? q : decay * q;
      jet.first = decay * q * q;
      jet.second = (u >= 0 ? decay - 1 : 1 - decay) * jet.first * q;
      return jet;
    }
    case 'tanh': {
      const decay = exp(-2 * Math.abs(u));
      const q = 1 / (1 + decay);
      const t = (1 - decay) * q;
      jet.value = u >= 0 ? t : -t;
      jet.first = 4 * decay * q * q;
      jet.second = -2 * jet.value * jet.first;
      return jet;
    }
    case 'arctan':
      jet.value = atan(u);
      jet.first = 1 / (1 + u * u);
      jet.second = -2 * u * jet.first * jet.first;
      return jet;
    case 'erf':
      jet.value = erf(u);
      jet.first = TWO_OVER_ROOT_PI * exp(-u * u);
      jet.second = jet.first === 0 ? 0 : -2 * u * jet.first;
      return jet;
    case 'sine':
      jet.value = sin(u);
      jet.first = cos(u);
      jet.second = -jet.value;
      return jet;
    case 'gaussian-bump':
      jet.value = exp(-u * u);
      jet.first = jet.value === 0 ? 0 : -2 * u * jet.value;
      jet.second = jet.value === 0 ? 0 : (4 * u * u - 2) * jet.value;
      return jet;
    case 'softplus': {
      const { beta } = activation;
      const decay = exp(-beta * Math.abs(u));
      const q = 1 / (1 + decay);
      jet.value = Math.max(u, 0) + log1p(decay) / beta;
      jet.first = u >= 0 ? q : decay * q;
      jet.second = beta * decay * q * q;
      return jet;
    }
    case 'constant':
      jet.value = activation.value;
      jet.first = 0;
      jet.second = 0;
      return jet;
    case 'linear':
      jet.value = u;
      jet.first = 1;
      jet.second = 0;
      return jet;
    default:
      throw new RangeError(
        `activationJet: activation must have two derivatives everywhere, got ${activation.name}`,
      );
  }
}
