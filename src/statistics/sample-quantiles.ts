import type { LadderSample } from './quantile-curve.js';

/** A sample quantile. */
export interface Point {
  /** Which of the samples. */
  readonly index: number;
  readonly u: number;
  readonly y: number;
}

/** Sample quantiles of the known values; those without a finite logarithm are left out. */
export function quantilePoints(samples: readonly LadderSample[], tau: number): Point[] {
  const smallest = Math.min(...samples.map(({ logSize }) => logSize));
  return samples.flatMap(({ logSize, bins }, index) => {
    const total = bins.reduce((sum, { count }) => sum + count, 0);
    let left = Math.max(1, Math.ceil(tau * total));
    for (const { low, high, count } of bins) {
      left -= count;
      if (left <= 0) {
        const y = (low + high) / 2;
        return Number.isFinite(y) ? [{ index, u: logSize - smallest, y }] : [];
      }
    }
    return [];
  });
}

/** The least-squares slope of the points beside a factor, given by its logarithm at each sample. */
export function leastSquares(known: readonly Point[]): (factors: readonly number[]) => number {
  const n = known.length;
  const meanU = known.reduce((sum, { u }) => sum + u, 0) / n;
  const suu = known.reduce((sum, { u }) => sum + (u - meanU) ** 2, 0);
  if (n < 2 || suu === 0) return () => NaN;
  return (factors) => {
    let sum = 0;
    for (const { index, u, y } of known) sum += (u - meanU) * (y - factors[index]);
    return sum / suu;
  };
}

/**
 * The slope of the sample τ-quantiles against ln(size) by least squares, with its standard error from the
 * residuals; NaN with fewer than two known quantiles, an infinite error with two.
 */
export function quantileSlope(
  samples: readonly LadderSample[],
  tau: number,
): { readonly slope: number; readonly standardError: number } {
  const known = quantilePoints(samples, tau);
  const slope = leastSquares(known)(samples.map(() => 0));
  const n = known.length;
  const meanU = known.reduce((sum, { u }) => sum + u, 0) / n;
  const meanY = known.reduce((sum, { y }) => sum + y, 0) / n;
  const suu = known.reduce((sum, { u }) => sum + (u - meanU) ** 2, 0);
  const residual = known.reduce((sum, { u, y }) => sum + (y - meanY - slope * (u - meanU)) ** 2, 0);
  return { slope, standardError: n < 3 ? Infinity : Math.sqrt(residual / (n - 2) / suu) };
}
