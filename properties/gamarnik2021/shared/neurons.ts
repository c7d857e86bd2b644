import { norm, sigmoid } from '../../../src/math/index.js';
import type { Matrix, Vector } from '../../../src/model/index.js';

/** The activations of the outer-norm bounds. */
export type OuterNormActivation = 'relu' | 'sigmoid' | 'step';

/** A neuron's inner weights and its outputs at the inputs, shape (sampleSize). */
export interface Neuron {
  readonly inner: Vector;
  readonly outputs: Float64Array;
  /** The mean of the outputs: the smaller, the more outer weight a training error allows. */
  readonly mean: number;
}

/** A student as plain data: outer weights a ≥ 0 and inner weights. */
export interface Student {
  readonly outer: Vector;
  readonly inner: Matrix;
}

/** The neuron with these inner weights: of unit norm for ReLU, of any length for step and sigmoid. */
export function neuron(activation: OuterNormActivation, inner: Vector, inputs: Matrix): Neuron {
  const outputs = new Float64Array(inputs.length);
  let total = 0;
  for (let i = 0; i < inputs.length; i += 1) {
    const x = inputs[i];
    let product = 0;
    for (let k = 0; k < inner.length; k += 1) product += inner[k] * x[k];
    outputs[i] = activate(activation, product);
    total += outputs[i];
  }
  return { inner, outputs, mean: total / inputs.length };
}

function activate(activation: OuterNormActivation, t: number): number {
  if (activation === 'relu') return t > 0 ? t : 0;
  if (activation === 'step') return t >= 0 ? 1 : 0;
  return sigmoid(t);
}

/**
 * ‖a‖₁ of a student in the normal form of the document: for ReLU Σ a_j‖w_j‖, the outer norm after
 * (a_j, w_j) → (a_j‖w_j‖, w_j/‖w_j‖), which changes no output.
 */
export function outerNormOf(activation: OuterNormActivation, student: Student): number {
  return student.outer.reduce(
    (sum, a, j) => sum + (activation === 'relu' ? a * norm(student.inner[j]) : a),
    0,
  );
}
