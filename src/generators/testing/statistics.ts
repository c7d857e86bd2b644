/**
 * Statistics for tests of laws. A test compares a sample mean with the mean of the law and allows six
 * standard errors: by the central limit theorem a right law fails with probability below 2e-9 at a
 * fixed key, up to a factor for skewed summands, and keys are fixed, so a test that passes keeps passing.
 */
export const STANDARD_ERRORS = 6;

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** How many standard errors, estimated from the sample, its mean lies from `expected`. */
export function errorsFrom(values: readonly number[], expected: number): number {
  const centre = mean(values);
  const variance = mean(values.map((value) => (value - centre) * (value - centre)));
  // A constant sample has no error; what is left is the rounding of the mean.
  if (variance <= 1e-24 * expected * expected) {
    return Math.abs(centre - expected) <= 1e-12 * Math.max(1, Math.abs(expected)) ? 0 : Infinity;
  }
  return Math.abs(centre - expected) / Math.sqrt(variance / values.length);
}

/** max |F_n − F| of a sample and a continuous distribution function. */
export function kolmogorovDistance(
  values: readonly number[],
  distribution: (x: number) => number,
): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.reduce((largest, x, i) => {
    const f = distribution(x);
    return Math.max(largest, f - i / sorted.length, (i + 1) / sorted.length - f);
  }, 0);
}

/**
 * The distance that a right law exceeds with probability at most 1e-9: √(ln(2e9)/(2n)) by the
 * inequality of Dvoretzky, Kiefer, Wolfowitz and Massart (doi:10.1214/aop/1176990746).
 */
export function kolmogorovLimit(sampleSize: number): number {
  return Math.sqrt(Math.log(2e9) / (2 * sampleSize));
}
