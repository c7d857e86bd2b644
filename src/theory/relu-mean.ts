import { erfc, exp } from '../math/index.js';
import { halfStepGammaRatio } from './half-step-gamma.js';

/**
 * Closed forms and lower bounds of inf over ‖w‖₂ = 1 of E ReLU(w·X), the number μ* of the outer-norm
 * bound ([gamarnik2021], p. 10). Each function names the law; values are in units of X.
 */

/** X ~ N(0, Σ): √(λ/(2π)), λ ≥ 0 the smallest eigenvalue of Σ. Attained at its eigenvector. */
export function gaussianReluMean(smallestEigenvalue: number): number {
  return Math.sqrt(smallestEigenvalue / (2 * Math.PI));
}

/**
 * X ~ N(b, s²I), ‖b‖ = `distance` ≥ 0, s = `spread` ≥ 0: s·φ(‖b‖/s) − ‖b‖·Φ(−‖b‖/s), attained at
 * w = −b/‖b‖, since E ReLU(t + sZ) increases in t = w·b.
 */
export function shiftedGaussianReluMean(distance: number, spread: number): number {
  if (spread === 0) return 0;
  const b = distance / spread;
  const density = exp((-b * b) / 2) / Math.sqrt(2 * Math.PI);
  return Math.max(0, spread * (density - (b * erfc(b / Math.SQRT2)) / 2));
}

/** X uniform on the sphere of this radius in R^d: radius·Γ(d/2)/(2√π·Γ((d+1)/2)) for every w. */
export function sphereReluMean(dimension: number, radius: number): number {
  return radius / (2 * Math.sqrt(Math.PI) * halfStepGammaRatio(dimension / 2));
}

/** X uniform on {−1, 1}^d: ½ for d = 1, else 1/(2√2), attained at (1, 1, 0, …)/√2. Szarek 1976. */
export function rademacherReluMean(dimension: number): number {
  return dimension === 1 ? 0.5 : 1 / (2 * Math.SQRT2);
}

/** X uniform on ±√(constant·d)·e_i: √(constant/d)/2, since it is √(constant·d)‖w‖₁/(2d) and ‖w‖₁ ≥ 1. */
export function signedBasisReluMean(dimension: number, constant: number): number {
  return Math.sqrt(constant / dimension) / 2;
}

/**
 * X multivariate t with `degrees` ν > 0 (identity scale): E|T_ν|/2 = √ν·Γ((ν+1)/2)/(√π·Γ(ν/2)·(ν−1)) for
 * every w; Infinity for ν ≤ 1.
 */
export function studentReluMean(degrees: number): number {
  if (degrees <= 1) return Infinity;
  const ratio = halfStepGammaRatio(degrees / 2);
  return (Math.sqrt(degrees) * ratio) / (Math.sqrt(Math.PI) * (degrees - 1));
}

/**
 * A lower bound for mean-zero X: E ReLU(S) = ½E|S| ≥ ½(E S²)^{3/2}/(E S⁴)^{1/2} for S = w·X, by Hölder's
 * inequality E S² ≤ (E|S|)^{2/3}(E S⁴)^{1/3}.
 *
 * @param variance a lower bound on E S² over unit w
 * @param fourthMoment an upper bound on E S⁴ over unit w
 */
export function centredReluMeanBound(variance: number, fourthMoment: number): number {
  return variance ** 1.5 / Math.sqrt(fourthMoment) / 2;
}

/**
 * A lower bound for X with independent coordinates of mean 0, the given variance v and fourth moment:
 * E S⁴ = 3v² + Σw_i⁴(E ξ⁴ − 3v²) ≤ max(3v², E ξ⁴).
 */
export function independentReluMeanBound(variance: number, fourthMoment: number): number {
  return centredReluMeanBound(variance, Math.max(3 * variance * variance, fourthMoment));
}
