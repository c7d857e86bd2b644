import { exp, log, log1p } from './elementary.js';

/** ½·log(2π). */
const HALF_LOG_TWO_PI = 0.9189385332046728;

/** B_{2k}/(2k(2k−1)), k = 1…8: Stirling's series (DLMF 5.11.1). */
const STIRLING = [
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360360,
  1 / 156,
  -3617 / 122400,
] as const;

/** From here on 8 terms of Stirling's series leave less than 2e-18 (the first term left out). */
export const STIRLING_START = 10;

/** log Γ(x) − ((x − ½)·log x − x + ½·log 2π) for x ≥ `STIRLING_START`. */
export function stirlingRemainder(x: number): number {
  const inverse = 1 / x;
  const square = inverse * inverse;
  let sum: number = STIRLING[7];
  for (let k = 6; k >= 0; k -= 1) sum = STIRLING[k] + square * sum;
  return sum * inverse;
}

/**
 * log Γ(x) for x > 0, error below 4e-15 + 1e-15·|log Γ(x)|: Stirling's series after the recurrence
 * Γ(x) = Γ(x + n)/(x(x + 1)…(x + n − 1)). The same bits on every machine.
 *
 * @throws RangeError unless x > 0
 */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`logGamma: x must be > 0, got ${x}`);
  if (x === Infinity) return x;
  let product = 1;
  let shifted = x;
  while (shifted < STIRLING_START) {
    product *= shifted;
    shifted += 1;
  }
  const main = (shifted - 0.5) * (log(shifted) - 1) - 0.5 + HALF_LOG_TWO_PI;
  return main + stirlingRemainder(shifted) - (product === 1 ? 0 : log(product));
}

/**
 * log B(a, b) = log Γ(a) + log Γ(b) − log Γ(a + b), without the cancellation between the last two when
 * one argument is large.
 *
 * @throws RangeError unless a and b are > 0
 */
export function logBeta(a: number, b: number): number {
  if (!(a > 0 && b > 0)) throw new RangeError(`logBeta: a and b must be > 0, got ${a} and ${b}`);
  const small = Math.min(a, b);
  const large = Math.max(a, b);
  if (large < STIRLING_START) return logGamma(small) + logGamma(large) - logGamma(small + large);
  return (
    logGamma(small) -
    small * (log(large) - 1) -
    (small + large - 0.5) * log1p(small / large) +
    (stirlingRemainder(large) - stirlingRemainder(small + large))
  );
}

/**
 * E|T| for Student's t with `degrees` degrees of freedom ν: 2√ν/((ν − 1)·B(ν/2, ½)); Infinity for
 * ν ≤ 1.
 *
 * @throws RangeError unless degrees > 0
 */
export function studentTMeanAbsolute(degrees: number): number {
  if (!(degrees > 0)) {
    throw new RangeError(`studentTMeanAbsolute: degrees must be > 0, got ${degrees}`);
  }
  if (degrees <= 1) return Infinity;
  if (degrees === Infinity) return Math.sqrt(2 / Math.PI);
  return ((2 * Math.sqrt(degrees)) / (degrees - 1)) * exp(-logBeta(degrees / 2, 0.5));
}
