import { shapesAt } from './growth-shapes.js';
import type { KeptCurves } from './kept-curves.js';
import { RESOLUTION, keptCurves } from './kept-curves.js';
import type { LadderSample, QuantileEvidence } from './quantile-curve.js';
import { leastEvidence, quantileEvidence } from './quantile-curve.js';
import { leastSquares, quantilePoints } from './sample-quantiles.js';

/** The exponent of a quantile along a ladder. */
export interface ExponentLimits {
  /** Least-squares slope of the logarithm of the sample quantiles. */
  readonly estimate: number;
  /** Time-uniform limits over all admissible shapes. */
  readonly lower: number;
  readonly upper: number;
  /** Whether some curve of the family explains the draws; else the limits are no confidence limits. */
  readonly fits: boolean;
}

/**
 * A curve within 5 % of the draws' quantiles counts as explaining them: no truth is exactly of the family, a finite
 * grid of shapes. Between its members transients and logarithms are up to 27 % away from the nearest one.
 */
const TOLERANCE = 0.05;

/**
 * Limits of the exponent e of a τ-quantile that is size^e times an unknown constant times one of
 * `growthShapes`: every e for which some such curve is not rejected by the e-process of
 * `quantileEvidence`, multiplied over the sizes, where a curve may miss the quantiles by 5 %. A true curve of
 * the family is rejected at any time with probability at most alpha, whatever the law of the draws at each
 * size, so the limits hold at all looks at once.
 *
 * Where every curve of the family is rejected, the family is wrong (`fits` is false). Then the limits are those
 * of the curves that explain the draws as well as the best pure power does: they say how fast the draws grow,
 * and promise nothing.
 */
export function exponentLimits(
  samples: readonly LadderSample[],
  tau: number,
  alpha: number,
): ExponentLimits {
  const rungs = samples.map((sample) => quantileEvidence(widened(sample), tau));
  const known = quantilePoints(samples, tau);
  const smallest = Math.min(...rungs.map(({ logSize }) => logSize));
  const sizes = rungs.map(({ logSize }) => logSize - smallest);
  const slopeBeside = leastSquares(known);
  const table = shapesAt(smallest, sizes);
  const estimate = slopeBeside(table[0]);
  if (Number.isNaN(estimate)) return { estimate, lower: -Infinity, upper: Infinity, fits: true };
  const shapes = table
    .map((factors) => ({ factors, slope: slopeBeside(factors) }))
    .toSorted((a, b) => a.slope - b.slope);
  const limits = (threshold: number): readonly [lower: number, upper: number] | null => {
    const curves = keptCurves(rungs, sizes, threshold);
    const lower = furthest(curves, shapes, -1);
    const upper = lower === null ? null : furthest(curves, shapes, 1);
    return lower === null || upper === null ? null : [lower, upper];
  };
  const threshold = -Math.log(alpha);
  const honest = limits(threshold);
  const [lower, upper] = honest ??
    limits(Math.max(threshold, bestPower(rungs, sizes, estimate) + 1e-9)) ?? [-Infinity, Infinity];
  return { estimate, lower, upper, fits: honest !== null };
}

/**
 * The outermost kept exponent beside any shape; null when no curve is kept.
 *
 * @param shapes by the slope of the power that fits best beside them
 */
function furthest(
  curves: KeptCurves,
  shapes: readonly { readonly factors: readonly number[] }[],
  direction: 1 | -1,
): number | null {
  let end: number | null = null;
  // Beyond the end of the shapes beside which the steepest powers fit, few others are kept.
  for (const { factors } of direction === 1 ? shapes.toReversed() : shapes) {
    const beyond: number = end === null ? -direction * Infinity : end + direction * RESOLUTION;
    end = curves.outermost(factors, direction, beyond) ?? end;
    if (end === direction * Infinity) break;
  }
  // Later shapes were asked only from a step beyond the end on.
  return end === null ? null : end + direction * RESOLUTION;
}

/**
 * Whether the τ-quantile is surely larger at the second of two sizes: every pair of values that does not rise is
 * rejected by the e-process of both sizes. True at any time with probability at most alpha where it does not rise.
 */
export function surelyRises(
  [before, after]: readonly [LadderSample, LadderSample],
  tau: number,
  alpha: number,
): boolean {
  const rungs = [quantileEvidence(before, tau), quantileEvidence(after, tau)];
  return keptCurves(rungs, [0, 1], -Math.log(alpha)).outermost([0, 0], -1, 0) === null;
}

function widened({ bins, ...sample }: LadderSample): LadderSample {
  return {
    ...sample,
    bins: bins.map(({ low, high, count }) => ({
      low: low - TOLERANCE,
      high: high + TOLERANCE,
      count,
    })),
  };
}

/** The least evidence against a pure power whose exponent is within ½ of an estimate. */
function bestPower(
  rungs: readonly QuantileEvidence[],
  sizes: readonly number[],
  estimate: number,
): number {
  let best = Infinity;
  for (let i = -16; i <= 16; i += 1) {
    const shifts = sizes.map((u) => (estimate + i / 32) * u);
    best = Math.min(best, leastEvidence(rungs, shifts));
  }
  return best;
}
