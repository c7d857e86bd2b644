import { exp, normalCdf, regularisedIncompleteBeta } from '../math/index.js';

/**
 * Closed forms and lower bounds of inf over ‖w‖₂ = 1 of P(w·X ≥ margin), the number η of the step
 * bound ([gamarnik2021], p. 14) read as a mass of halfspaces; margin ≥ 0.
 */

/**
 * X ~ N(0, Σ), Σ ≠ 0: 1 − Φ(margin/√λ), λ the smallest eigenvalue of Σ. For singular Σ: ½ at margin 0
 * (directions with w·X = 0 have mass 1), 0 above.
 */
export function gaussianHalfspaceMass(smallestEigenvalue: number, margin: number): number {
  if (margin === 0) return 0.5;
  return smallestEigenvalue === 0 ? 0 : normalCdf(-margin / Math.sqrt(smallestEigenvalue));
}

/** X ~ N(b, s²I), ‖b‖ = `distance`, s = `spread` > 0: Φ(−(‖b‖ + margin)/s), attained at −b/‖b‖. */
export function shiftedGaussianHalfspaceMass(
  distance: number,
  spread: number,
  margin: number,
): number {
  return normalCdf(-(distance + margin) / spread);
}

/**
 * X uniform on the sphere of this radius in R^d: the mass ½·I_{1−c²}((d−1)/2, ½) of a cap, c =
 * margin/radius ≤ 1; for d = 1 it is ½.
 */
export function sphereHalfspaceMass(dimension: number, radius: number, margin: number): number {
  const c = margin / radius;
  if (c > 1) return 0;
  if (c === 0 || dimension === 1) return 0.5;
  return regularisedIncompleteBeta((1 - c) * (1 + c), (dimension - 1) / 2, 0.5) / 2;
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
export const LOG_CONCAVE_HALFSPACE_MASS = exp(-1);

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

/** X multivariate t with `degrees` ν > 0: P(T_ν ≥ margin) = ½·I_{ν/(ν+margin²)}(ν/2, ½) for every w. */
export function studentHalfspaceMass(degrees: number, margin: number): number {
  return regularisedIncompleteBeta(degrees / (degrees + margin * margin), degrees / 2, 0.5) / 2;
}
