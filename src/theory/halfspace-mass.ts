import { cos, erfc } from '../math/index.js';
import { halfStepGammaRatio } from './half-step-gamma.js';

/**
 * Closed forms and lower bounds of inf over ‖w‖₂ = 1 of P(w·X ≥ margin), the number η of the step
 * bound ([gamarnik2021], p. 14) read as a mass of halfspaces; margin ≥ 0.
 */

/** 1 − Φ(t), the upper tail of N(0, 1). */
function upperTail(t: number): number {
  return erfc(t / Math.SQRT2) / 2;
}

/**
 * X ~ N(0, Σ), Σ ≠ 0: 1 − Φ(margin/√λ), λ the smallest eigenvalue of Σ. For singular Σ: ½ at margin 0
 * (directions with w·X = 0 have mass 1), 0 above.
 */
export function gaussianHalfspaceMass(smallestEigenvalue: number, margin: number): number {
  if (margin === 0) return 0.5;
  return smallestEigenvalue === 0 ? 0 : upperTail(margin / Math.sqrt(smallestEigenvalue));
}

/** X ~ N(b, s²I), ‖b‖ = `distance`, s = `spread` > 0: Φ(−(‖b‖ + margin)/s), attained at −b/‖b‖. */
export function shiftedGaussianHalfspaceMass(
  distance: number,
  spread: number,
  margin: number,
): number {
  return upperTail((distance + margin) / spread);
}

/**
 * X uniform on the sphere of this radius in R^d. For d ≥ 2 the mass of the cap u_1 ≥ c, c =
 * margin/radius, is Γ(d/2)/(√π·Γ((d−1)/2))·∫ from arcsin c to π/2 of cos^{d−2}; Simpson's rule with 512
 * panels, error below 1e-9 for d ≤ 100.
 */
export function sphereHalfspaceMass(dimension: number, radius: number, margin: number): number {
  if (margin === 0) return 0.5;
  const c = margin / radius;
  if (c > 1) return 0;
  if (dimension === 1) return 0.5;
  const panels = 512;
  const from = Math.asin(c);
  const width = (Math.PI / 2 - from) / panels;
  let sum = 0;
  for (let i = 0; i <= panels; i += 1) {
    const weight = i === 0 || i === panels ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * Math.abs(cos(from + i * width)) ** (dimension - 2);
  }
  const constant = halfStepGammaRatio((dimension - 1) / 2) / Math.sqrt(Math.PI);
  return (constant * width * sum) / 3;
}

/**
 * X uniform on ±√(constant·d)·e_i. At margin 0: ½. For 0 < margin ≤ √constant: 1/(2d), since some
 * |w_i| ≥ 1/√d and w = e_1 has no other. Above: 0, at the flat w.
 */
export function signedBasisHalfspaceMass(
  dimension: number,
  constant: number,
  margin: number,
): number {
  if (margin === 0) return 0.5;
  return margin <= Math.sqrt(constant) ? 1 / (2 * dimension) : 0;
}

/** X uniform on {0, 1}^d: 2^{−d} at margin 0 (w = −(1, …, 1)/√d keeps only X = 0), 0 above. */
export function binaryCubeHalfspaceMass(dimension: number, margin: number): number {
  return margin === 0 ? 2 ** -dimension : 0;
}

/**
 * A lower bound for centred X with a log-concave law: 1/e at margin 0 (Grünbaum 1960); attained by
 * centred exponential coordinates at w = e_1.
 */
export const LOG_CONCAVE_HALFSPACE_MASS = Math.exp(-1);

/**
 * A lower bound for symmetric X: ½ at margin 0, else ½(1 − margin²/E S²)²(E S²)²/E S⁴ where margin² < E S²
 * (Paley and Zygmund 1932), S = w·X.
 *
 * @param variance a lower bound on E S² over unit w
 * @param fourthMoment an upper bound on E S⁴ over unit w
 */
export function symmetricHalfspaceMassBound(
  variance: number,
  fourthMoment: number,
  margin: number,
): number {
  if (margin === 0) return 0.5;
  const excess = variance - margin * margin;
  return excess > 0 ? (excess * excess) / fourthMoment / 2 : 0;
}

/**
 * A lower bound from the mean: E ReLU(S) ≤ margin + √(E S²·P(S ≥ margin)) by Cauchy–Schwarz, so the mass is
 * at least (reluMean − margin)₊²/E S².
 *
 * @param reluMean a lower bound on E ReLU(w·X) over unit w
 * @param largestVariance an upper bound on E (w·X)² over unit w
 */
export function halfspaceMassFromMean(
  reluMean: number,
  largestVariance: number,
  margin: number,
): number {
  const excess = reluMean - margin;
  return excess > 0 && largestVariance < Infinity ? (excess * excess) / largestVariance : 0;
}

/** X multivariate t with `degrees` > 0: at least 1 − Φ(margin), since 1 − Φ(c√v) is convex in v and E χ²_ν/ν = 1. */
export function studentHalfspaceMassBound(margin: number): number {
  return upperTail(margin);
}
