import fc from 'fast-check';
import type { Activation, ActivationName } from '../model/index.js';
import { oneOfMembers, oneTwoFive } from './pool.js';

/** Labels of the pool P-A with a phrase each. */
export const ACTIVATION_PHRASES: Readonly<Record<`activation:${ActivationName}`, string>> = {
  'activation:relu': 'ReLU, max(x, 0)',
  'activation:linear': 'the identity',
  'activation:constant': 'a constant',
  'activation:saturated-relu': 'saturated ReLU, min(max(x, 0), 1)',
  'activation:step': 'the step 1{x ≥ 0}',
  'activation:sigmoid': 'the sigmoid 1/(1 + e^{−x})',
  'activation:tanh': 'tanh',
  'activation:arctan': 'arctan',
  'activation:erf': 'the error function',
  'activation:sine': 'sine',
  'activation:gaussian-bump': 'the Gaussian bump exp(−x²)',
  'activation:softplus': 'SoftPlus, log(1 + e^{βx})/β, β from 0.1 to 100',
};

/** The coverage label of an activation. */
export function activationLabel(activation: Activation): keyof typeof ACTIVATION_PHRASES {
  return `activation:${activation.name}`;
}

/**
 * The pool P-A: every activation of the catalogue with the same probability. SoftPlus has β
 * uniform on 0.1, 0.2, 0.5, …, 100; the constant is k/4 for k uniform on −8…8.
 *
 * @param options.members the activations that a claim admits; all by default
 * @throws RangeError when a member is unknown or none is left
 */
export function activations(
  options: { readonly members?: readonly ActivationName[] } = {},
): fc.Arbitrary<Activation> {
  const table: Record<ActivationName, fc.Arbitrary<Activation>> = {
    relu: fc.constant({ name: 'relu' }),
    linear: fc.constant({ name: 'linear' }),
    constant: fc
      .integer({ min: -8, max: 8 })
      .map((quarters) => ({ name: 'constant', value: quarters / 4 })),
    'saturated-relu': fc.constant({ name: 'saturated-relu' }),
    step: fc.constant({ name: 'step' }),
    sigmoid: fc.constant({ name: 'sigmoid' }),
    tanh: fc.constant({ name: 'tanh' }),
    arctan: fc.constant({ name: 'arctan' }),
    erf: fc.constant({ name: 'erf' }),
    sine: fc.constant({ name: 'sine' }),
    'gaussian-bump': fc.constant({ name: 'gaussian-bump' }),
    softplus: oneTwoFive(-1, 2).map((beta) => ({ name: 'softplus', beta })),
  };
  return oneOfMembers('activations', table, options.members);
}
