import type { GrowthShape } from './growth-shapes.js';
import { PURE_POWER, growthShapes } from './growth-shapes.js';
import type { LadderSample, QuantileEvidence } from './quantile-curve.js';
import { curveIsKept, leastEvidence, quantileEvidence } from './quantile-curve.js';

/** The exponent of a quantile along a ladder. */
export interface ExponentLimits {
  /** Least-squares slope of the logarithm of the sample quantiles. */
  readonly estimate: number;
  /** Time-uniform limits over all admissible shapes. */
  readonly lower: number;
  readonly upper: number;
}

/**
 * A curve within 5 % of the draws' quantiles counts as explaining them: the family of shapes is a grid whose
 * members are mostly that far apart, and no truth is exactly of the family.
 */
const TOLERANCE = 0.05;

/** How finely limits are found; they are rounded outward. */
const RESOLUTION = 1 / 1024;
/** Exponents beyond this are called infinite. */
const STEEPEST = 64;

/**
 * The slope of the sample τ-quantiles against ln(size) by least squares, with its standard error from the
 * residuals; NaN with fewer than two known quantiles, an infinite error with two.
 */
export function quantileSlope(
  samples: readonly LadderSample[],
  tau: number,
): { readonly slope: number; readonly standardError: number } {
  const known = points(samples, tau);
  const slope = slopeBeside(known, PURE_POWER);
  const n = known.length;
  const meanU = known.reduce((sum, { u }) => sum + u, 0) / n;
  const meanY = known.reduce((sum, { y }) => sum + y, 0) / n;
  const suu = known.reduce((sum, { u }) => sum + (u - meanU) ** 2, 0);
  const residual = known.reduce((sum, { u, y }) => sum + (y - meanY - slope * (u - meanU)) ** 2, 0);
  return { slope, standardError: n < 3 ? Infinity : Math.sqrt(residual / (n - 2) / suu) };
}

/**
 * Limits of the exponent e of a τ-quantile that is size^e times an unknown constant times one of
 * `growthShapes`: every e for which some such curve is not rejected by the e-process of
 * `quantileEvidence`, multiplied over the sizes, where a curve may miss the quantiles by 5 %. A true curve of the family is rejected at any time with
 * probability at most alpha, whatever the law of the draws at each size, so the limits hold at all looks
 * at once.
 *
 * Where every curve of the family is rejected, the family is wrong; then no curve that explains the
 * draws as well as the best pure power does is rejected, so that the limits are too wide rather than
 * too narrow.
 */
export function exponentLimits(
  samples: readonly LadderSample[],
  tau: number,
  alpha: number,
): ExponentLimits {
  const rungs = samples.map((sample) => quantileEvidence(widened(sample), tau));
  const known = points(samples, tau);
  const smallest = Math.min(...rungs.map(({ logSize }) => logSize));
  const sizes = rungs.map(({ logSize }) => logSize - smallest);
  const shapes = growthShapes(smallest).map((shape) => ({
    factors: sizes.map(shape),
    slope: slopeBeside(known, shape),
  }));
  const estimate = shapes[0].slope;
  if (Number.isNaN(estimate)) return { estimate, lower: -Infinity, upper: Infinity };
  let threshold = -Math.log(alpha);
  const kept = (exponent: number, factors: readonly number[]): boolean =>
    curveIsKept(
      rungs,
      sizes.map((u, j) => exponent * u + factors[j]),
      threshold,
    );
  if (!shapes.some(({ slope, factors }) => kept(slope, factors))) {
    threshold = Math.max(threshold, bestPower(rungs, sizes, estimate) + 1e-9);
  }
  const limit = (direction: 1 | -1): number => {
    let end: number | null = null;
    for (const { slope, factors } of shapes) {
      const beyond: number = end === null ? slope : end + direction * RESOLUTION;
      const start = direction * (slope - beyond) > 0 ? slope : beyond;
      if (!kept(start, factors)) continue;
      end = outermost(start, direction, (exponent) => kept(exponent, factors));
    }
    return end ?? -direction * Infinity;
  };
  const [lower, upper] = [limit(-1), limit(1)];
  // Nothing kept in the places that were tried: nothing is known.
  return lower > upper
    ? { estimate, lower: -Infinity, upper: Infinity }
    : { estimate, lower, upper };
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

/** The end of the kept exponents in a direction, from a kept one, rounded outward. */
function outermost(start: number, direction: 1 | -1, kept: (exponent: number) => boolean): number {
  let inside = start;
  let step = 16 * RESOLUTION;
  while (kept(inside + direction * step)) {
    inside += direction * step;
    step *= 2;
    if (step > STEEPEST) return direction * Infinity;
  }
  let outside = inside + direction * step;
  while (Math.abs(outside - inside) > RESOLUTION) {
    const middle = (inside + outside) / 2;
    if (kept(middle)) inside = middle;
    else outside = middle;
  }
  return outside;
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

interface Point {
  readonly u: number;
  readonly y: number;
}

/** Sample quantiles of the known values; those without a finite logarithm are left out. */
function points(samples: readonly LadderSample[], tau: number): Point[] {
  const smallest = Math.min(...samples.map(({ logSize }) => logSize));
  return samples.flatMap(({ logSize, bins }) => {
    const total = bins.reduce((sum, { count }) => sum + count, 0);
    let left = Math.max(1, Math.ceil(tau * total));
    for (const { low, high, count } of bins) {
      left -= count;
      if (left <= 0) {
        const y = (low + high) / 2;
        return Number.isFinite(y) ? [{ u: logSize - smallest, y }] : [];
      }
    }
    return [];
  });
}

function slopeBeside(known: readonly Point[], logFactor: GrowthShape): number {
  const n = known.length;
  const meanU = known.reduce((sum, { u }) => sum + u, 0) / n;
  const suu = known.reduce((sum, { u }) => sum + (u - meanU) ** 2, 0);
  if (n < 2 || suu === 0) return NaN;
  return known.reduce((sum, { u, y }) => sum + (u - meanU) * (y - logFactor(u)), 0) / suu;
}
