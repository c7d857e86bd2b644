/**
 * How far from the mean of n replications the mean of further repeats may lie, at all n at once: half the
 * length of a prediction interval for normal replications of unknown mean and variance. For replications of another
 * law it promises nothing: see `repeat-predictions.ts` for limits that do.
 *
 * Method: the e-process of the sequential t-test with the right Haar prior on location and scale, which is
 * the ratio of the laws of the maximal invariant (D, s²), D the difference of the means, when the repeats'
 * mean is off by N(0, κσ²/repeats), and when it is not:
 * E_n = √(v₀/v₁)·((S + D²/v₀)/(S + D²/v₁))^{n/2}, S = (n−1)s², v₀ = 1/n + 1/repeats, v₁ = v₀ + κ/repeats
 * [perezortiz2024, Section 4; the t-test of lai1976]. The half-length solves E_n = 1/alpha for D.
 *
 * @param n replications, ≥ 2
 * @param variance of the replications, denominator n − 1
 * @param repeats behind the mean that is predicted, ≥ 1
 * @param alpha error probability over all n, in (0, 1)
 * @returns Infinity where n replications do not bound it yet
 */
export function predictionHalfWidth(
  n: number,
  variance: number,
  repeats: number,
  alpha: number,
): number {
  const v0 = 1 / n + 1 / repeats;
  const v1 = v0 + SPREAD / repeats;
  const ratio = (v1 / (v0 * alpha * alpha)) ** (1 / n);
  const slope = 1 / v0 - ratio / v1;
  return slope > 0 ? Math.sqrt(((n - 1) * variance * (ratio - 1)) / slope) : Infinity;
}

/** κ: at n = ∞ and alpha = 1 % it makes the interval shortest, ±3.6 standard errors. */
const SPREAD = 11;
