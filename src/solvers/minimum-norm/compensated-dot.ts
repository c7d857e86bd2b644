import type { Vector } from '../../model/index.js';

/**
 * Σx_iy_i as high + low with an error of about n²·2⁻¹⁰⁴·Σ|x_iy_i|: the compensated dot product Dot2
 * (Ogita, Rump and Oishi 2005, doi:10.1137/030601818). Exact products by Dekker's splitting.
 */
export function compensatedDot(
  x: Vector,
  y: Vector,
): { readonly high: number; readonly low: number } {
  let high = 0;
  let low = 0;
  for (let i = 0; i < x.length; i += 1) {
    const product = x[i] * y[i];
    const xHigh = upperHalf(x[i]);
    const xLow = x[i] - xHigh;
    const yHigh = upperHalf(y[i]);
    const yLow = y[i] - yHigh;
    const productError = xLow * yLow - (product - xHigh * yHigh - xLow * yHigh - xHigh * yLow);
    const sum = high + product;
    const shifted = sum - high;
    const sumError = high - (sum - shifted) + (product - shifted);
    high = sum;
    low += sumError + productError;
  }
  return { high, low };
}

/** The leading 26 bits of a double. */
function upperHalf(value: number): number {
  const shifted = 134217729 * value;
  return shifted - (shifted - value);
}
