import { exp, log, log1p } from './elementary.js';
import { logBeta, STIRLING_START, stirlingRemainder } from './gamma-function.js';

const CONVERGED = 2 ** -52;
/** Replaces an exact zero in Lentz's method. */
const TINY = 1e-300;

/**
 * x^a·(1 − x)^b/B(a, b). For large a and b in the form √(ab/(2πn))·(xn/a)^a·((1 − x)n/b)^b with
 * n = a + b, whose powers stay near 1 around the peak x = a/n (Loader 2000).
 */
function betaFactor(x: number, a: number, b: number): number {
  if (a < STIRLING_START || b < STIRLING_START) {
    return exp(a * log(x) + b * log1p(-x) - logBeta(a, b));
  }
  const n = a + b;
  const shift = x * b - (1 - x) * a; // = xn − a = b − (1 − x)n
  const exponent = a * logRatio(shift / a, x, a / n) + b * logRatio(-shift / b, 1 - x, b / n);
  const rest = stirlingRemainder(n) - stirlingRemainder(a) - stirlingRemainder(b);
  return Math.sqrt((a / n) * (b / (2 * Math.PI))) * exp(exponent + rest);
}

/** log(value/centre) = log(1 + excess): from the excess near 0, where the quotient has lost it. */
function logRatio(excess: number, value: number, centre: number): number {
  return excess > -0.5 && excess < 1 ? log1p(excess) : log(value / centre);
}

/** I_x(a, b) for x below the mean, by the continued fraction DLMF 8.17.22 with Lentz's method. */
function lowerFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; ; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / nonZero(1 + even * d);
    c = nonZero(1 + even / c);
    value *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonZero(1 + odd * d);
    c = nonZero(1 + odd / c);
    const factor = c * d;
    value *= factor;
    if (Math.abs(factor - 1) <= CONVERGED) return (value * betaFactor(x, a, b)) / a;
  }
}

function nonZero(value: number): number {
  return value === 0 ? TINY : value;
}

/**
 * I_x(a, b) = ∫₀ˣ t^{a−1}(1 − t)^{b−1}dt/B(a, b), the distribution function of the beta law; relative
 * error below 1e-13 for a + b up to 1e4 where the value is above 1e-250 and x is below the mean
 * a/(a + b), absolute error below 1e-13 elsewhere.
 *
 * @throws RangeError unless 0 ≤ x ≤ 1 and a and b are finite and > 0
 */
export function regularisedIncompleteBeta(x: number, a: number, b: number): number {
  if (!(x >= 0 && x <= 1)) {
    throw new RangeError(`regularisedIncompleteBeta: x must lie in [0, 1], got ${x}`);
  }
  if (!(a > 0 && b > 0 && a < Infinity && b < Infinity)) {
    throw new RangeError(
      `regularisedIncompleteBeta: a and b must be finite and > 0, got ${a} and ${b}`,
    );
  }
  if (x === 0 || x === 1) return x;
  return x < (a + 1) / (a + b + 2) ? lowerFraction(x, a, b) : 1 - lowerFraction(1 - x, b, a);
}
