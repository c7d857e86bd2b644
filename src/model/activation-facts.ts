import { checkActivation } from './activation-functions.js';
import type { Activation } from './activation.js';

/** Sup-norm constants of an activation; Infinity where there is none. */
export interface ActivationBounds {
  /** sup|σ|. */
  readonly value: number;
  /** The least Lipschitz constant of σ: sup|σ'| where σ is differentiable everywhere. */
  readonly slope: number;
  /** The least Lipschitz constant of σ': sup|σ''| where σ is twice differentiable everywhere. */
  readonly curvature: number;
}

/**
 * Whether σ has derivatives of every order at every point.
 *
 * @throws RangeError when there is no such activation
 */
export function isSmooth(activation: Activation): boolean {
  checkActivation(activation);
  return !['relu', 'saturated-relu', 'step'].includes(activation.name);
}

/**
 * sup|σ|, sup|σ'|, sup|σ''|, each rounded to nearest. With s = σ(u) for the sigmoid, σ' = s(1−s) ≤ 1/4
 * and σ'' = s(1−s)(1−2s) is extreme at s = ½ ± 1/(2√3), where it is ±1/(6√3); tanh u = 2σ(2u) − 1
 * multiplies these by 4 and 8. arctan'' = −2u/(1+u²)² is extreme at u² = 1/3; erf'' and the slope
 * −2u·e^{−u²} of the bump at u² = ½; the bump's σ'' = (4u²−2)e^{−u²} at 0. SoftPlus_β' is the sigmoid
 * at βu. The sigmoid and tanh values are those of [mukherjee2023], constants M_D and M'_D.
 *
 * @throws RangeError when there is no such activation or a parameter of it is out of range
 */
export function activationBounds(activation: Activation): ActivationBounds {
  checkActivation(activation);
  switch (activation.name) {
    case 'relu':
      return { value: Infinity, slope: 1, curvature: Infinity };
    case 'saturated-relu':
      return { value: 1, slope: 1, curvature: Infinity };
    case 'step':
      return { value: 1, slope: Infinity, curvature: Infinity };
    case 'sigmoid':
      return { value: 1, slope: 1 / 4, curvature: 1 / (6 * Math.sqrt(3)) };
    case 'tanh':
      return { value: 1, slope: 1, curvature: 4 / (3 * Math.sqrt(3)) };
    case 'arctan':
      return { value: Math.PI / 2, slope: 1, curvature: (3 * Math.sqrt(3)) / 8 };
    case 'erf':
      return {
        value: 1,
        slope: 2 / Math.sqrt(Math.PI),
        curvature: 2 * Math.sqrt(2 / (Math.PI * Math.E)),
      };
    case 'sine':
      return { value: 1, slope: 1, curvature: 1 };
    case 'gaussian-bump':
      return { value: 1, slope: Math.sqrt(2 / Math.E), curvature: 2 };
    case 'softplus':
      return { value: Infinity, slope: 1, curvature: activation.beta / 4 };
    case 'constant':
      return { value: Math.abs(activation.value), slope: 0, curvature: 0 };
    case 'linear':
      return { value: Infinity, slope: 1, curvature: 0 };
  }
}
