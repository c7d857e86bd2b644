/**
 * Tests of laws. Each returns a number to be compared with a limit whose error probability is stated;
 * keys are fixed, so a test that passes keeps passing.
 */

/** The error probability of every test of a law. */
export const LAW_ERROR_PROBABILITY = 1e-6;

/**
 * √n·max|F_n − F| for a sample and a continuous distribution function. A right law exceeds `ksLimit`
 * with probability at most 1e-6, by the inequality of Dvoretzky, Kiefer, Wolfowitz and Massart
 * (doi:10.1214/aop/1176990746), at every sample size.
 */
export function ksStatistic(sample: readonly number[], cdf: (x: number) => number): number {
  const sorted = [...sample].sort((a, b) => a - b);
  let largest = 0;
  sorted.forEach((x, i) => {
    const value = cdf(x);
    largest = Math.max(largest, value - i / sorted.length, (i + 1) / sorted.length - value);
  });
  return Math.sqrt(sorted.length) * largest;
}

/** √(ln(2/1e-6)/2). */
export const ksLimit = Math.sqrt(Math.log(2 / LAW_ERROR_PROBABILITY) / 2);

/**
 * |mean of the values − expected| in standard errors of the known standard deviation. A right law
 * exceeds 4.9 with probability about 1e-6 by the central limit theorem; `meanLimit` leaves room for
 * skewness at the sample sizes used here.
 */
export function meanDeviation(
  values: readonly number[],
  expected: number,
  standardDeviation: number,
): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return (Math.sqrt(values.length) * Math.abs(mean - expected)) / standardDeviation;
}

export const meanLimit = 5.5;

/**
 * √n times the correlation of consecutive values: standard normal in the limit for independent draws
 * with finite variance.
 */
export function serialDeviation(values: readonly number[]): number {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  let covariance = 0;
  let variance = 0;
  for (let i = 0; i < n; i += 1) {
    variance += (values[i] - mean) ** 2;
    if (i > 0) covariance += (values[i] - mean) * (values[i - 1] - mean);
  }
  return (Math.sqrt(n) * Math.abs(covariance)) / variance;
}

const VIEW = new DataView(new ArrayBuffer(8));

/** A 32-bit hash of the bits of the values. */
export function hashOfBits(values: Iterable<number>): number {
  let hash = 0;
  for (const value of values) {
    VIEW.setFloat64(0, value);
    hash = Math.imul(hash ^ VIEW.getInt32(0), 0x9e3779b1);
    hash = Math.imul(hash ^ VIEW.getInt32(4), 0x85ebca6b);
    hash ^= hash >>> 15;
  }
  return hash;
}
