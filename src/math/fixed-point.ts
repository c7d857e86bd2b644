/**
 * Constants and tables for the elementary functions, computed in integer arithmetic: a real number x
 * is held as the integer nearest to x·2^bits, up to a few units, so callers carry spare bits.
 */

/** Double-double: the double nearest to x, and the double nearest to what is left. */
export type DoublePair = readonly [high: number, low: number];

/** The double-double nearest to value·2^−bits. */
export function toDoublePair(value: bigint, bits: number): DoublePair {
  if (bits > 900) return toDoublePair(value >> BigInt(bits - 900), 900); // keeps Number finite
  const high = Number(value); // BigInt to Number rounds to nearest, ties to even
  return [scaleDown(high, bits), scaleDown(Number(value - BigInt(high)), bits)];
}

/** value·2^−bits in two exact steps, since 2^−bits alone may underflow. */
function scaleDown(value: number, bits: number): number {
  const half = Math.floor(bits / 2);
  return value / Number(1n << BigInt(half)) / Number(1n << BigInt(bits - half));
}

/** numerator/denominator·2^bits, rounded down. */
export function fixedRatio(numerator: number, denominator: number, bits: number): bigint {
  return (BigInt(numerator) << BigInt(bits)) / BigInt(denominator);
}

/** e^x for 0 ≤ x, by its Taylor series at x/16, raised to the 16th power. */
export function fixedExp(x: bigint, bits: number): bigint {
  const shift = BigInt(bits);
  const argument = x >> 4n;
  let sum = 0n;
  let term = 1n << shift;
  for (let n = 1n; term > 0n; n += 1n) {
    sum += term;
    term = ((term * argument) >> shift) / n;
  }
  for (let i = 0; i < 4; i += 1) sum = (sum * sum) >> shift;
  return sum;
}

/** log(numerator/denominator) = 2·artanh((numerator − denominator)/(numerator + denominator)). */
export function fixedLog(numerator: number, denominator: number, bits: number): bigint {
  const shift = BigInt(bits);
  const s = ((BigInt(numerator) - BigInt(denominator)) << shift) / BigInt(numerator + denominator);
  const square = (s * s) >> shift;
  let sum = 0n;
  let power = s;
  for (let n = 1n; power !== 0n && power !== -1n; n += 2n) {
    sum += power / n;
    power = (power * square) >> shift;
  }
  return 2n * sum;
}

/** arctan x for 0 ≤ x ≤ 1, by Euler's series Σ 4ⁿ(n!)²/(2n+1)!·x^{2n+1}/(1+x²)^{n+1}. */
export function fixedAtan(x: bigint, bits: number): bigint {
  const shift = BigInt(bits);
  const one = 1n << shift;
  const square = (x * x) >> shift;
  const ratio = (square << shift) / (one + square);
  let sum = 0n;
  let term = (x << shift) / (one + square);
  for (let n = 1n; term > 0n; n += 1n) {
    sum += term;
    term = (((term * ratio) >> shift) * (2n * n)) / (2n * n + 1n);
  }
  return sum;
}

const knownPi = new Map<number, bigint>();

/** π = 4·arctan 1. */
export function fixedPi(bits: number): bigint {
  const pi = knownPi.get(bits) ?? 4n * fixedAtan(1n << BigInt(bits), bits);
  knownPi.set(bits, pi);
  return pi;
}

/** √x for 0 ≤ x, by Newton's iteration on integers. */
export function fixedSqrt(x: bigint, bits: number): bigint {
  const target = x << BigInt(bits);
  if (target === 0n) return 0n;
  let root = 1n << BigInt(Math.ceil(target.toString(2).length / 2));
  for (;;) {
    const next = (root + target / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** √π. */
export function fixedRootPi(bits: number): bigint {
  return fixedSqrt(fixedPi(bits), bits);
}

/** erf x for 0 ≤ x, by (2/√π)·e^{−x²}·Σ 2ⁿx^{2n+1}/(2n+1)!!, whose terms are all positive. */
export function fixedErf(x: bigint, bits: number): bigint {
  const shift = BigInt(bits);
  const one = 1n << shift;
  const square = (x * x) >> shift;
  let sum = 0n;
  let term = x;
  for (let n = 1n; term > 0n; n += 1n) {
    sum += term;
    term = ((term * 2n * square) >> shift) / (2n * n + 1n);
  }
  const factor = ((2n * one) << shift) / fixedRootPi(bits);
  return (((sum * factor) >> shift) << shift) / fixedExp(square, bits);
}

/**
 * e^{x²}·erfc x for x ≥ 3, by Laplace's continued fraction
 * (1/√π)/(x + (1/2)/(x + (2/2)/(x + (3/2)/(x + …)))) cut after 600 levels, where its error is below
 * 2⁻²⁰⁰.
 */
export function fixedScaledErfc(x: bigint, bits: number): bigint {
  const shift = BigInt(bits);
  const one = 1n << shift;
  let tail = x;
  for (let k = 600n; k >= 1n; k -= 1n) tail = x + ((k * one) << shift) / (2n * tail);
  return (((one << shift) / tail) << shift) / fixedRootPi(bits);
}
