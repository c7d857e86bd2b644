import { erfc, log } from './elementary.js';
import { expOfSum } from './exponential.js';

/** √½ as a double-double. */
const ROOT_HALF = Math.sqrt(0.5);
const ROOT_HALF_LOW = -4.833646656726457e-17;
/** 1/√(2π). */
const PEAK = 0.3989422804014327;
/** 2/√π. */
const TWO_OVER_ROOT_PI = 1.1283791670955126;

/** What the product x·y rounds away, by Veltkamp's splitting and Dekker's product. */
function productRest(x: number, y: number, product: number): number {
  const splitX = 134217729 * x;
  const highX = splitX - (splitX - x);
  const splitY = 134217729 * y;
  const highY = splitY - (splitY - y);
  const lowX = x - highX;
  const lowY = y - highY;
  return lowX * lowY - (product - highX * highY - lowX * highY - highX * lowY);
}

/** The density e^{−x²/2}/√(2π) of N(0, 1), error below 3 ulp. */
export function normalPdf(x: number): number {
  if (x > 40 || x < -40) return 0;
  const square = x * x;
  return PEAK * expOfSum(-0.5 * square, -0.5 * productRest(x, x, square));
}

/** Φ(x) = P(N(0, 1) ≤ x), error below 5 ulp down to the least normal double. */
export function normalCdf(x: number): number {
  if (!(x > -40 && x < 40)) return x > 0 ? 1 : x < 0 ? 0 : NaN;
  const z = -x * ROOT_HALF;
  // erfc at the exact −x/√2: in the tail its relative derivative −2z would magnify the rounding of z.
  const rest = productRest(-x, ROOT_HALF, z) - x * ROOT_HALF_LOW;
  return 0.5 * (erfc(z) - TWO_OVER_ROOT_PI * expOfSum(-z * z, 0) * rest);
}

/**
 * The x with Φ(x) = p, error below 4e-16·(1 + |x|): Newton's iteration on log Φ(x) = log p, which
 * increases to the solution from −√(−2·log p), since log Φ is concave. ±∞ at p = 1 and 0.
 *
 * @throws RangeError unless 0 ≤ p ≤ 1
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`normalQuantile: p must lie in [0, 1], got ${p}`);
  if (p === 0) return -Infinity;
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p === 0.5) return 0;
  const target = log(p);
  let x = -Math.sqrt(-2 * target);
  for (let step = 0; step < 100; step += 1) {
    const value = normalCdf(x);
    const next = x + ((target - log(value)) * value) / normalPdf(x);
    if (!(next > x)) return x;
    x = next;
  }
  return x;
}
