import { expression, norm } from '../math/index.js';
import type { Activation, Dataset, Vector } from '../model/index.js';
import { activationSuprema } from './villani-activations.js';

/** The printed threshold as a formula, for compiled, high-precision and typeset use. */
export const thresholdFormula = expression('2*slope*lipschitz*(inputNorm*outerNorm)^2', {
  slope: 'M_D',
  lipschitz: 'L',
  inputNorm: 'B_x',
  outerNorm: '\\lVert a\\rVert',
});

/** B_x: the largest Euclidean norm of an input. */
export function largestInputNorm(dataset: Dataset): number {
  return dataset.inputs.reduce((largest, x) => Math.max(largest, norm(x)), 0);
}

/**
 * λ_c = 2·M_D·L·B_x²‖a‖², with M_D = sup|σ'| and L = M_D the best Lipschitz constant; 1/8 for the
 * sigmoid at B_x‖a‖ = 1. Source: the formula behind [mukherjee2023], "λ_c = 0.125", as the catalogue's
 * tool T32 states it. Relative rounding error below 20·2⁻⁵³·(inputDim + width).
 *
 * @throws RangeError when the activation has no known bounded derivative
 */
export function villaniThreshold(activation: Activation, outer: Vector, dataset: Dataset): number {
  const { slope } = activationSuprema(activation);
  return thresholdFormula.evaluate({
    slope,
    lipschitz: slope,
    inputNorm: largestInputNorm(dataset),
    outerNorm: norm(outer),
  });
}
