import { requireOneOf } from '../math/index.js';
import {
  activationDerivative,
  activationSecondDerivative,
  activationValue,
  checkActivation,
} from '../model/index.js';
import type { Activation, Dataset, Vector } from '../model/index.js';

/**
 * The regularised square loss as a function of the inner weights W (width, inputDim) alone:
 * c·Σ_i r_i² + (λ/2)‖W‖_F² with r_i = y_i − Σ_j outer[j]·σ(⟨w_j, x_i⟩), c = 1/n for scale 'mean'
 * and 1/(2n) for 'half-mean'. [mukherjee2023], "Consider The Following Setup With Neural Nets!".
 */
export interface LossProblem {
  readonly activation: Activation;
  /** Shape (width). */
  readonly outer: Vector;
  readonly dataset: Dataset;
  readonly lambda: number;
  readonly scale: 'mean' | 'half-mean';
}

/** What a `lossEvaluator` finds at one W. */
export interface LossDerivatives {
  readonly value: number;
  /** The data term alone. */
  readonly dataTerm: number;
  /** Row-major (width, inputDim); overwritten by the evaluator's next call. */
  readonly gradient: Float64Array;
  readonly gradientNormSquared: number;
  /** Σ over all entries of W of the second derivative, λ·width·inputDim included. */
  readonly laplacian: number;
}

export type LossEvaluator = (inner: ArrayLike<number>) => LossDerivatives;

/** The factor c in front of the sum of squared residuals. @throws RangeError when there is no such scale */
export function dataFactor(problem: LossProblem): number {
  requireOneOf('dataFactor', 'scale', problem.scale, ['mean', 'half-mean']);
  const n = problem.dataset.labels.length;
  return problem.scale === 'mean' ? 1 / n : 1 / (2 * n);
}

/**
 * A function that evaluates the loss, its gradient and its Laplacian at row-major inner weights:
 * ∇_{w_j} = −2c Σ_i r_i a_j σ'(u_ij) x_i + λ w_j and
 * Δ = 2c Σ_i ‖x_i‖² Σ_j [a_j² σ'(u_ij)² − r_i a_j σ''(u_ij)] + λ·width·inputDim, u_ij = ⟨w_j, x_i⟩.
 * The evaluator owns scratch memory: one thread, and the gradient is overwritten by the next call.
 *
 * @throws RangeError when the problem's shapes do not fit, it has no sample, or activation or scale are unknown; when called, when the
 *   activation has a kink
 */
export function lossEvaluator(problem: LossProblem): LossEvaluator {
  checkProblem(problem);
  const { activation, outer, dataset, lambda } = problem;
  const width = outer.length;
  const { inputDim, labels } = dataset;
  const sampleSize = labels.length;
  const inputs = Float64Array.from(dataset.inputs.flat());
  const squaredNorms = dataset.inputs.map((x) => x.reduce((sum, v) => sum + v * v, 0));
  const twice = 2 * dataFactor(problem);
  const gradient = new Float64Array(width * inputDim);
  const slopes = new Float64Array(width);

  return (inner) => {
    if (inner.length !== width * inputDim) {
      throw new RangeError(
        `lossEvaluator: inner must have length ${width * inputDim} (width × inputDim), got ${inner.length}`,
      );
    }
    let squaredNorm = 0;
    for (let k = 0; k < gradient.length; k += 1) {
      squaredNorm += inner[k] * inner[k];
      gradient[k] = lambda * inner[k];
    }
    let squaredResiduals = 0;
    let curvature = 0;
    for (let i = 0; i < sampleSize; i += 1) {
      const x = i * inputDim;
      let output = 0;
      let squaredSlopes = 0;
      let bend = 0;
      for (let j = 0; j < width; j += 1) {
        const w = j * inputDim;
        let u = 0;
        for (let k = 0; k < inputDim; k += 1) u += inner[w + k] * inputs[x + k];
        output += outer[j] * activationValue(activation, u);
        slopes[j] = outer[j] * activationDerivative(activation, u);
        squaredSlopes += slopes[j] * slopes[j];
        bend += outer[j] * activationSecondDerivative(activation, u);
      }
      const residual = labels[i] - output;
      squaredResiduals += residual * residual;
      curvature += squaredNorms[i] * (squaredSlopes - residual * bend);
      for (let j = 0; j < width; j += 1) {
        const factor = twice * residual * slopes[j];
        const w = j * inputDim;
        for (let k = 0; k < inputDim; k += 1) gradient[w + k] -= factor * inputs[x + k];
      }
    }
    const dataTerm = (twice / 2) * squaredResiduals;
    let gradientNormSquared = 0;
    for (let k = 0; k < gradient.length; k += 1) gradientNormSquared += gradient[k] * gradient[k];
    return {
      value: dataTerm + (lambda / 2) * squaredNorm,
      dataTerm,
      gradient,
      gradientNormSquared,
      laplacian: twice * curvature + lambda * width * inputDim,
    };
  };
}

function checkProblem(problem: LossProblem): void {
  const { activation, dataset, outer, scale } = problem;
  checkActivation(activation);
  requireOneOf('lossEvaluator', 'scale', scale, ['mean', 'half-mean']);
  const { inputDim, inputs, labels } = dataset;
  if (outer.length === 0) throw new RangeError('lossEvaluator: outer must not be empty, got []');
  if (inputs.length === 0) {
    throw new RangeError('lossEvaluator: dataset must have at least one sample, got 0');
  }
  if (labels.length !== inputs.length) {
    throw new RangeError(
      `lossEvaluator: labels must have length ${inputs.length} (number of inputs), got ${labels.length}`,
    );
  }
  for (const x of inputs) {
    if (x.length !== inputDim) {
      throw new RangeError(
        `lossEvaluator: every input must have length ${inputDim} (inputDim), got ${x.length}`,
      );
    }
  }
}
