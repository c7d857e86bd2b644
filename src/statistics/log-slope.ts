/** A straight-line fit of ln(value) against ln(size). */
export interface LogSlope {
  readonly slope: number;
  /** Standard error of the slope; Infinity with fewer than three distinct sizes. */
  readonly standardError: number;
  readonly points: number;
}

/**
 * Ordinary least squares of ln(value) on ln(size): the exponent of a power law.
 *
 * @param points sizes and values, both > 0; others are left out
 */
export function logSlope(points: readonly (readonly [size: number, value: number])[]): LogSlope {
  const logs = points
    .filter(([size, value]) => size > 0 && value > 0 && Number.isFinite(size + value))
    .map(([size, value]) => [Math.log(size), Math.log(value)] as const);
  const n = logs.length;
  const meanX = logs.reduce((sum, [x]) => sum + x, 0) / n;
  const meanY = logs.reduce((sum, [, y]) => sum + y, 0) / n;
  const sxx = logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  if (n < 2 || sxx === 0) return { slope: 0, standardError: Infinity, points: n };
  const sxy = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const slope = sxy / sxx;
  const residual = logs.reduce((sum, [x, y]) => sum + (y - meanY - slope * (x - meanX)) ** 2, 0);
  const standardError = n < 3 ? Infinity : Math.sqrt(residual / (n - 2) / sxx);
  return { slope, standardError, points: n };
}
