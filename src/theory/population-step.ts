import { dot } from '../math/index.js';
import type { Matrix } from '../model/index.js';
import { populationGradient } from './population-loss.js';

/** What one step of population gradient descent does to the distance from the teacher. */
export interface StepContraction {
  /**
   * (1 − ρ)/η with ρ = ‖W − η∇L(W) − W*‖_F²/‖W − W*‖_F²: what the theorem calls c_3/(λκ²).
   * It is 2⟨∇L, v⟩ − η‖∇L‖² per ‖v‖², v = W − W*, which avoids the cancellation of 1 − ρ.
   */
  readonly rate: number;
  /** A bound on the rounding error of `rate`. */
  readonly error: number;
}

/**
 * The contraction of W ↦ W − η∇L(W) at W = W* + radius·direction.
 *
 * @param teacher rows w*_j, shape (width, inputDim)
 * @param direction shape (width, inputDim), of Frobenius norm 1
 * @param radius > 0
 * @throws RangeError when shapes do not fit
 */
export function populationStep(
  teacher: Matrix,
  direction: Matrix,
  radius: number,
  stepSize: number,
): StepContraction {
  const student = teacher.map((row, k) => row.map((entry, p) => entry + radius * direction[k][p]));
  // What was really stepped from, after rounding.
  const offset = student.flatMap((row, k) => row.map((entry, p) => entry - teacher[k][p]));
  const gradient = populationGradient(student, teacher).flat();
  const squared = dot(offset, offset);
  const inner = dot(gradient, offset);
  const step = dot(gradient, gradient);
  const rate = (2 * inner - stepSize * step) / squared;
  // An entry of the gradient sums 2·width terms of size ≤ ‖w‖, each with a few roundings.
  const size = [...student, ...teacher].reduce((sum, row) => sum + Math.sqrt(dot(row, row)), 0);
  const gradientError = 16 * Number.EPSILON * size * Math.sqrt(offset.length);
  const distance = Math.sqrt(squared);
  const error =
    ((2 * distance + 2 * stepSize * Math.sqrt(step)) * gradientError) / squared +
    offset.length * 4 * Number.EPSILON * Math.abs(rate);
  return { rate, error };
}

/**
 * The limit of `populationStep` as the radius tends to 0, at a Hessian H of L at the teacher:
 * 2vᵀHv − η‖Hv‖².
 *
 * @param hessian row-major, shape (order, order), order = width·inputDim
 * @param direction flat, of norm 1, shape (order)
 */
export function linearisedStep(
  hessian: Float64Array,
  direction: Float64Array,
  stepSize: number,
): StepContraction {
  const order = direction.length;
  let inner = 0;
  let step = 0;
  for (let i = 0; i < order; i += 1) {
    let sum = 0;
    for (let j = 0; j < order; j += 1) sum += hessian[i * order + j] * direction[j];
    inner += sum * direction[i];
    step += sum * sum;
  }
  const rate = 2 * inner - stepSize * step;
  // Entries of H are at most ½ and correct to a few ulp; the sums have `order` terms.
  const error = 2 * order * Number.EPSILON * (2 + stepSize * Math.sqrt(step));
  return { rate, error };
}
