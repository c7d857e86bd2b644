import { exp, logBeta, normalCdf, normalPdf, studentTMeanAbsolute } from '../math/index.js';

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
  return Math.max(0, spread * (normalPdf(b) - b * normalCdf(-b)));
}

/**
 * X uniform on the sphere of this radius in R^d: radius·Γ(d/2)/(2√π·Γ((d+1)/2)) = radius·B(d/2, ½)/(2π) for
 * every w.
 */
export function sphereReluMean(dimension: number, radius: number): number {
  return (radius * exp(logBeta(dimension / 2, 0.5))) / (2 * Math.PI);
}

/** X uniform on {−1, 1}^d: ½ for d = 1, else 1/(2√2), attained at (1, 1, 0, …)/√2. Szarek 1976. */
export function rademacherReluMean(dimension: number): number {
  return dimension === 1 ? 0.5 : 1 / (2 * Math.SQRT2);
}

/** X uniform on ±√(constant·d)·e_i: √(constant/d)/2, since it is √(constant·d)‖w‖₁/(2d) and ‖w‖₁ ≥ 1. */
export function signedBasisReluMean(dimension: number, constant: number): number {
  return Math.sqrt(constant / dimension) / 2;
}

/** X multivariate t with `degrees` ν > 0 and identity scale: E|T_ν|/2 for every w; Infinity for ν ≤ 1. */
export function studentReluMean(degrees: number): number {
  return studentTMeanAbsolute(degrees) / 2;
}

/**
 * A lower bound for X with independent coordinates of mean 0, variance v and the given fourth moment.
 * With S = w·X: E ReLU(S) = ½E|S| ≥ ½(E S²)^{3/2}/(E S⁴)^{1/2} by Hölder's inequality
 * E S² ≤ (E|S|)^{2/3}(E S⁴)^{1/3}, and E S⁴ = 3v² + Σw_i⁴(E ξ_i⁴ − 3v²) ≤ max(3v², E ξ_i⁴).
 */
export function independentReluMeanBound(variance: number, fourthMoment: number): number {
  const largest = Math.max(3 * variance * variance, fourthMoment);
  return variance ** 1.5 / Math.sqrt(largest) / 2;
}
