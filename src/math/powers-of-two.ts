/** The exponent of the smallest subnormal double. */
export const LEAST_EXPONENT = -1074;

/** 2^k at index k − LEAST_EXPONENT, k = −1074…1023. */
export const POWERS_OF_TWO = new Float64Array(1024 - LEAST_EXPONENT);

for (let i = 0, power = Number.MIN_VALUE; power < Infinity; i += 1, power *= 2) {
  POWERS_OF_TWO[i] = power;
}

const VIEW = new DataView(new ArrayBuffer(8));

/** ⌊log₂|x|⌋, exactly, subnormal numbers included. @throws RangeError unless x is finite and not 0 */
export function binaryExponent(x: number): number {
  if (x === 0 || !Number.isFinite(x)) {
    throw new RangeError(`binaryExponent: x must be finite and not 0, got ${x}`);
  }
  VIEW.setFloat64(0, x);
  const biased = (VIEW.getUint32(0) >>> 20) & 0x7ff;
  // 2⁶⁰ makes every subnormal number normal.
  return biased > 0 ? biased - 1023 : binaryExponent(x * 2 ** 60) - 60;
}

/**
 * x·2^k, rounded once: exact unless the result overflows (±∞) or has bits below 2⁻¹⁰⁷⁴.
 *
 * @param k an integer
 */
export function timesPowerOfTwo(x: number, k: number): number {
  if (k >= LEAST_EXPONENT && k <= 1023) return x * POWERS_OF_TWO[k - LEAST_EXPONENT];
  if (k > 1023) {
    let value = x;
    let left = k;
    // Scaling up is exact up to the overflow; after three steps everything has overflowed.
    for (let step = 0; step < 3 && left > 0; step += 1) {
      const now = Math.min(left, 1023);
      value *= POWERS_OF_TWO[now - LEAST_EXPONENT];
      left -= now;
    }
    return value;
  }
  // The first factor is exact, or the product lies below half the least double either way.
  const first = Math.max(k - LEAST_EXPONENT, LEAST_EXPONENT);
  return x * POWERS_OF_TWO[first - LEAST_EXPONENT] * Number.MIN_VALUE;
}

/** The exponent of the largest entry; null for the zero vector and where an entry is not finite. */
export function largestExponent(x: Iterable<number>): number | null {
  let largest = 0;
  for (const entry of x) largest = Math.max(largest, Math.abs(entry));
  return largest > 0 && largest < Infinity ? binaryExponent(largest) : null;
}
