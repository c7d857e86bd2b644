import type { GrowthShape } from './growth-shapes.js';
import { PURE_POWER, growthShapes } from './growth-shapes.js';
import type { LadderSample } from './quantile-curve.js';
import type { Point } from './sample-quantiles.js';
import { quantilePoints } from './sample-quantiles.js';

/** A curve through the quantiles of a ladder, and how the draws scatter around them: what a forecast starts from. */
export interface FittedLadder {
  readonly exponent: number;
  /** The logarithm of the quantile at a size. */
  readonly at: (logSize: number) => number;
  /** Equally likely deviations of a draw's logarithm from it, by increasing value. */
  readonly deviations: readonly number[];
  /** The share of draws whose value is not known. */
  readonly unknown: number;
}

/** Sample quantiles are known no better than within the width of their bins. */
const BIN_ERROR = 0.01;

/** Deviations are kept as this many quantiles. */
const MOST_DEVIATIONS = 61;

/** The spread is measured where this many draws are. */
const ENOUGH_FOR_SPREAD = 5;

/**
 * The curve of `growthShapes` that a forecast goes by: a pure power where the sample quantiles allow one, and the
 * constant where they do not tell its exponent from 0; else of the shapes that fit about as well as the best the one of
 * the smallest exponent. A description of what was drawn, without a confidence. Null without two known quantiles.
 */
export function fittedLadder(samples: readonly LadderSample[], tau: number): FittedLadder | null {
  const known = quantilePoints(samples, tau);
  if (known.length < 2) return null;
  const smallest = Math.min(...samples.map(({ logSize }) => logSize));
  const deviations = deviationsOf(samples, known);
  const spread =
    (deviations[Math.floor(0.84 * deviations.length)] -
      deviations[Math.floor(0.16 * deviations.length)]) /
    2;
  const weights = known.map(({ index }) => {
    const n = samples[index].bins.reduce((sum, { count }) => sum + count, 0);
    // The standard error of a median of n normal draws.
    return 1 / (BIN_ERROR ** 2 + (1.25 * spread) ** 2 / n);
  });
  const total = weights.reduce((sum, w) => sum + w, 0);
  const meanOf = (value: (point: Point) => number): number =>
    known.reduce((sum, point, i) => sum + weights[i] * value(point), 0) / total;
  const meanU = meanOf(({ u }) => u);
  const variance = meanOf(({ u }) => (u - meanU) ** 2);
  if (!(variance > 0)) return null;
  const fit = (shape: GrowthShape, fixed?: number) => {
    const rest = ({ u, y }: Point): number => y - shape(u);
    const slope = fixed ?? meanOf((point) => (point.u - meanU) * rest(point)) / variance;
    const height = meanOf((point) => rest(point) - slope * point.u);
    const misfit = total * meanOf((point) => (rest(point) - height - slope * point.u) ** 2);
    return { shape, slope, height, misfit };
  };
  const allowed = (misfit: number): boolean =>
    misfit <= known.length + 4 * Math.sqrt(2 * known.length);
  const power = fit(PURE_POWER);
  const constant = fit(PURE_POWER, 0);
  let best = Math.abs(power.slope) <= 2 / Math.sqrt(total * variance) ? constant : power;
  if (!allowed(best.misfit)) {
    const fits = growthShapes(smallest).map((shape) => fit(shape));
    const least = Math.min(...fits.map(({ misfit }) => misfit));
    best = fits
      .filter(({ misfit }) => misfit <= least + known.length || allowed(misfit))
      .reduce((x, y) => (Math.abs(y.slope) < Math.abs(x.slope) ? y : x));
  }
  const { shape, height } = best;
  const slope =
    best === power ? (laterSlope(known, weights, power.slope) ?? best.slope) : best.slope;
  const [unknown, all] = samples.reduce(
    ([u, n], { bins, unknown: lost }) => [
      u + lost,
      n + lost + bins.reduce((s, b) => s + b.count, 0),
    ],
    [0, 0],
  );
  return {
    exponent: slope,
    at: (logSize) => height + slope * (logSize - smallest) + shape(logSize - smallest),
    deviations,
    unknown: unknown / all,
  };
}

/**
 * The slope at the larger half of the sizes, three at least, where it differs from the slope at all of them by more than twice
 * its standard error: a transient too small to reject a power still changes it, and dies away. Null where it does not.
 */
function laterSlope(
  known: readonly Point[],
  weights: readonly number[],
  slope: number,
): number | null {
  const from = Math.min(Math.floor(known.length / 2), known.length - 3);
  if (from <= 0) return null;
  const later = known.map((point, i) => ({ ...point, w: weights[i] })).slice(from);
  const total = later.reduce((sum, { w }) => sum + w, 0);
  const meanU = later.reduce((sum, { w, u }) => sum + w * u, 0) / total;
  const spread = later.reduce((sum, { w, u }) => sum + w * (u - meanU) ** 2, 0);
  const found = later.reduce((sum, { w, u, y }) => sum + w * (u - meanU) * y, 0) / spread;
  return Math.abs(found - slope) > 2 / Math.sqrt(spread) ? found : null;
}

/** The deviations from the quantile of their own size, pooled; from 0 alone where no size has enough draws. */
function deviationsOf(samples: readonly LadderSample[], known: readonly Point[]): number[] {
  const pooled = known
    .flatMap(({ index, y }) => {
      const { bins } = samples[index];
      const draws = bins.reduce((sum, { count }) => sum + count, 0);
      return draws < ENOUGH_FOR_SPREAD
        ? []
        : bins.map(({ low, high, count }) => ({ by: (low + high) / 2 - y, count }));
    })
    .sort((a, b) => a.by - b.by);
  const total = pooled.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return [0];
  const kept: number[] = [];
  const n = Math.min(total, MOST_DEVIATIONS);
  let [seen, k] = [0, 0];
  for (const { by, count } of pooled) {
    seen += count;
    while (k < n && (k + 0.5) / n <= seen / total) {
      kept.push(by);
      k += 1;
    }
  }
  return kept;
}
