import { expression, norm } from '../math/index.js';
import { dataFactor } from './loss-derivatives.js';
import type { LossProblem } from './loss-derivatives.js';
import { activationSuprema } from './villani-activations.js';

/**
 * Constants of one loss with, for every W and R = ‖W‖_F > 0,
 * L̃ ≥ (λ/2)R², ‖∇L̃‖ ≥ λR − gradient − inner/R and ΔL̃ ≤ laplacian + laplacianSlope·R.
 * Each is an upper bound on its formula, rounding included.
 */
export interface GrowthBound {
  readonly lambda: number;
  /** Bounded activations: sup of the data term's gradient norm. Else 0. */
  readonly gradient: number;
  /** SoftPlus: bound on λR² − ⟨∇L̃, W⟩. Else 0. */
  readonly inner: number;
  readonly laplacian: number;
  readonly laplacianSlope: number;
  /** sup of the data term over all W; infinite for SoftPlus. */
  readonly dataTerm: number;
}

/**
 * A radius from which the functional is at least λ²R²/(2s): there G and K/R are at most λR/8 each, so
 * the square is at least (9/16)λ²R², and D_0 and D_1R at most λ²R²/(32s) each.
 */
export const growthRadiusFormula = expression(
  'max(8*gradient/lambda, sqrt(8*inner/lambda), 32*step*laplacianSlope/lambda^2, sqrt(32*step*laplacian)/lambda)',
  {
    lambda: '\\lambda',
    gradient: 'G',
    inner: 'K',
    laplacian: 'D_0',
    laplacianSlope: 'D_1',
    step: 's',
  },
);

/** What the functional is shown to exceed beyond the growth radius. */
export const growthFormula = expression('lambda^2*radius^2/(2*step)', {
  lambda: '\\lambda',
  radius: 'R',
  step: 's',
});

/**
 * Sums of non-negative terms with fewer than 100 roundings each carry a relative error below
 * 100·2⁻⁵³ < 1.2e-14; this factor covers them a hundredfold.
 */
const UPWARD = 1 + 1e-12;

/**
 * The constants of `GrowthBound`.
 *
 * With B, M_D, M'_D the suprema of |σ|, |σ'|, |σ''| and ρ_i = |y_i| + ‖a‖₁B, bounded activations have
 * G = 2c‖a‖M_D Σρ_i‖x_i‖ and D_0 = 2cΣ‖x_i‖²(‖a‖²M_D² + ρ_i‖a‖₁M'_D) + λ·width·inputDim.
 *
 * SoftPlus_β: with h = sup(σ − uσ') = ln 2/β and q_i = Σ_j a_j(σ − uσ')(u_ij), |q_i| ≤ ‖a‖₁h,
 * ⟨∇L̃, W⟩ = λR² + 2cΣ(r_i² − r_i(y_i − q_i)) ≥ λR² − (c/2)Σ(y_i − q_i)², whence K; and
 * 0 < σ(u) ≤ max(u, 0) + h gives |r_i| ≤ |y_i| + ‖a‖₁h + ‖a‖‖x_i‖R, whence D_0 and D_1.
 *
 * @throws RangeError when the activation is neither bounded and smooth nor SoftPlus, or λ < 0
 */
export function villaniGrowthBound(problem: LossProblem): GrowthBound {
  const { activation, outer, dataset, lambda } = problem;
  if (!(lambda >= 0) || lambda === Infinity) {
    throw new RangeError(`villaniGrowthBound: lambda must be finite and ≥ 0, got ${lambda}`);
  }
  const bounds = activationSuprema(activation);
  const twice = 2 * dataFactor(problem);
  const outerNorm = norm(outer);
  const outerSum = outer.reduce((sum, a) => sum + Math.abs(a), 0);
  const unbounded = bounds.homogeneityDefect !== null;
  // What |output| is at most at bounded pre-activations: ‖a‖₁ sup|σ|, or ‖a‖₁h.
  const level = outerSum * (bounds.homogeneityDefect ?? bounds.value);

  let gradient = 0;
  let laplacian = lambda * outer.length * dataset.inputDim;
  let laplacianSlope = 0;
  let squares = 0;
  dataset.inputs.forEach((x, i) => {
    const inputNorm = norm(x);
    const reach = Math.abs(dataset.labels[i]) + level;
    squares += reach * reach;
    gradient += twice * outerNorm * bounds.slope * reach * inputNorm;
    laplacian +=
      twice *
      inputNorm ** 2 *
      (outerNorm ** 2 * bounds.slope ** 2 + reach * outerSum * bounds.curvature);
    laplacianSlope += twice * inputNorm ** 3 * outerNorm * outerSum * bounds.curvature;
  });
  return {
    lambda,
    gradient: unbounded ? 0 : gradient * UPWARD,
    inner: unbounded ? (twice / 4) * squares * UPWARD : 0,
    laplacian: laplacian * UPWARD,
    laplacianSlope: unbounded ? laplacianSlope * UPWARD : 0,
    dataTerm: unbounded ? Infinity : (twice / 2) * squares * UPWARD,
  };
}

/**
 * A rigorous lower bound on −ΔL̃ + ‖∇L̃‖²/s over the sphere ‖W‖_F = R of the given radius:
 * (λR − G − K/R)₊²/s − D₀ − D₁R, less a bound on its rounding.
 *
 * @throws RangeError unless radius > 0 and step > 0
 */
export function functionalLowerBound(bound: GrowthBound, radius: number, step: number): number {
  if (!(radius > 0)) {
    throw new RangeError(`functionalLowerBound: radius must be > 0, got ${radius}`);
  }
  if (!(step > 0)) throw new RangeError(`functionalLowerBound: step must be > 0, got ${step}`);
  const { lambda, gradient, inner, laplacian, laplacianSlope } = bound;
  const linear = lambda * radius;
  const opposing = gradient + inner / radius;
  const floor = Math.max(linear - opposing, 0);
  const losses = laplacian + laplacianSlope * radius;
  const rounding = 1e-14 * ((linear + opposing) ** 2 / step + losses);
  return (floor * floor) / step - losses - rounding;
}

/** The growth radius at step s; infinite when λ = 0, since then nothing is claimed. */
export function growthRadius(bound: GrowthBound, step: number): number {
  if (bound.lambda === 0) return Infinity;
  const { lambda, gradient, inner, laplacian, laplacianSlope } = bound;
  const radius = growthRadiusFormula.evaluate({
    lambda,
    gradient,
    inner,
    laplacian,
    laplacianSlope,
    step,
  });
  return radius * UPWARD;
}

/**
 * Every stationary point of the loss, hence every minimiser, has ‖W‖_F at most this:
 * λR ≤ G + K/R at a zero of the gradient. Infinite when λ = 0.
 */
export function stationaryRadius(bound: GrowthBound): number {
  const { lambda, gradient, inner } = bound;
  if (lambda === 0) return Infinity;
  return ((gradient + Math.sqrt(gradient * gradient + 4 * lambda * inner)) / (2 * lambda)) * UPWARD;
}

/**
 * A bound on the spectral norm of the Hessian over the ball ‖W‖_F ≤ R:
 * 2cΣ‖x_i‖²(‖a‖²M_D² + |r_i|‖a‖_∞M'_D) + λ with |r_i| as in `villaniGrowthBound` (the catalogue's T31).
 */
export function smoothnessBound(problem: LossProblem, radius: number): number {
  const { activation, outer, dataset, lambda } = problem;
  const bounds = activationSuprema(activation);
  const outerNorm = norm(outer);
  const outerSum = outer.reduce((sum, a) => sum + Math.abs(a), 0);
  const outerMax = outer.reduce((largest, a) => Math.max(largest, Math.abs(a)), 0);
  let sum = 0;
  dataset.inputs.forEach((x, i) => {
    const inputNorm = norm(x);
    const level = outerSum * (bounds.homogeneityDefect ?? bounds.value);
    const growing = bounds.homogeneityDefect === null ? 0 : outerNorm * inputNorm * radius;
    const reach = Math.abs(dataset.labels[i]) + level + growing;
    sum +=
      inputNorm ** 2 * (outerNorm ** 2 * bounds.slope ** 2 + reach * outerMax * bounds.curvature);
  });
  return (2 * dataFactor(problem) * sum + lambda) * UPWARD;
}
