import {
  add,
  divide,
  formatRational,
  fromDouble,
  multiply,
  parseRational,
  ratio,
  sign,
  subtract,
  toDouble,
} from '../math/index.js';
import type { Rational } from '../math/index.js';

/** Count and exact sums of some doubles, as plain data: merging is exact in any order. */
export interface Moments {
  readonly count: number;
  /** Σ x, Σ x², Σ x³, Σ x⁴, as "p/q". */
  readonly sum: string;
  readonly sumOfSquares: string;
  readonly sumOfCubes: string;
  readonly sumOfFourths: string;
}

const SUMS = ['sum', 'sumOfSquares', 'sumOfCubes', 'sumOfFourths'] as const;

/** The moments of no value. */
export const NO_MOMENTS: Moments = {
  count: 0,
  sum: '0',
  sumOfSquares: '0',
  sumOfCubes: '0',
  sumOfFourths: '0',
};

/** The moments of some finite values. @throws RangeError when a value is not finite */
export function momentsOf(values: readonly number[]): Moments {
  // Over the largest denominator, a power of two that all others divide, the powers are integers.
  const exact = values.map(fromDouble);
  const common = exact.reduce((d, { denominator }) => (denominator > d ? denominator : d), 1n);
  const totals = SUMS.map(() => 0n);
  for (const { numerator, denominator } of exact) {
    const scaled = numerator * (common / denominator);
    let power = 1n;
    for (let k = 0; k < SUMS.length; k += 1) {
      power *= scaled;
      totals[k] += power;
    }
  }
  return withSums(
    values.length,
    totals.map((total, k) => ratio(total, common ** BigInt(k + 1))),
  );
}

/** The moments of both sets of values together. */
export function addMoments(x: Moments, y: Moments): Moments {
  const totals = SUMS.map((name) => add(parseRational(x[name]), parseRational(y[name])));
  return withSums(x.count + y.count, totals);
}

function withSums(count: number, totals: readonly Rational[]): Moments {
  const [sum, sumOfSquares, sumOfCubes, sumOfFourths] = totals.map(formatRational);
  return { count, sum, sumOfSquares, sumOfCubes, sumOfFourths };
}

/** Mean and variance (denominator n − 1), correctly rounded; NaN where there are too few values. */
export function meanAndVariance({
  count,
  sum,
  sumOfSquares,
}: Pick<Moments, 'count' | 'sum' | 'sumOfSquares'>): {
  readonly mean: number;
  readonly variance: number;
} {
  if (count === 0) return { mean: NaN, variance: NaN };
  const mean = divide(parseRational(sum), BigInt(count));
  if (count === 1) return { mean: toDouble(mean), variance: NaN };
  const squares = subtract(parseRational(sumOfSquares), multiply(mean, parseRational(sum)));
  return { mean: toDouble(mean), variance: toDouble(divide(squares, BigInt(count - 1))) };
}

/**
 * Skewness m₃/m₂^{3/2} and excess kurtosis m₄/m₂² − 3 of the values, m_k the central moments with denominator n;
 * both 0 for a normal law. NaN where all values are equal.
 */
export function momentShape(moments: Moments): {
  readonly skewness: number;
  readonly kurtosis: number;
} {
  const n = BigInt(moments.count);
  if (n === 0n) return { skewness: NaN, kurtosis: NaN };
  const [m, s2, s3, s4] = SUMS.map((name) => divide(parseRational(moments[name]), n));
  const square = multiply(m, m);
  const second = subtract(s2, square);
  if (sign(second) === 0) return { skewness: NaN, kurtosis: NaN };
  const third = add(subtract(s3, multiply(3n, multiply(m, s2))), multiply(2n, multiply(m, square)));
  const fourth = subtract(
    add(subtract(s4, multiply(4n, multiply(m, s3))), multiply(6n, multiply(square, s2))),
    multiply(3n, multiply(square, square)),
  );
  const squared = divide(multiply(third, third), multiply(second, multiply(second, second)));
  return {
    skewness: sign(third) * Math.sqrt(toDouble(squared)),
    kurtosis: toDouble(divide(fourth, multiply(second, second))) - 3,
  };
}
