import {
  add,
  divide,
  formatRational,
  multiply,
  parseRational,
  subtract,
  toDouble,
} from '../math/index.js';

/** Count and exact sums of some doubles, as plain data: merging is exact in any order. */
export interface Moments {
  readonly count: number;
  /** Σ x and Σ x², as "p/q". */
  readonly sum: string;
  readonly sumOfSquares: string;
}

/** The moments of no value. */
export const NO_MOMENTS: Moments = { count: 0, sum: '0', sumOfSquares: '0' };

/** The moments of some finite values. @throws RangeError when a value is not finite */
export function momentsOf(values: readonly number[]): Moments {
  const sum = values.reduce((total, value) => add(total, value), parseRational('0'));
  const sumOfSquares = values.reduce(
    (total, value) => add(total, multiply(value, value)),
    parseRational('0'),
  );
  return {
    count: values.length,
    sum: formatRational(sum),
    sumOfSquares: formatRational(sumOfSquares),
  };
}

/** The moments of both sets of values together. */
export function addMoments(x: Moments, y: Moments): Moments {
  return {
    count: x.count + y.count,
    sum: formatRational(add(parseRational(x.sum), parseRational(y.sum))),
    sumOfSquares: formatRational(add(parseRational(x.sumOfSquares), parseRational(y.sumOfSquares))),
  };
}

/** Mean and variance (denominator n − 1), correctly rounded; NaN where there are too few values. */
export function meanAndVariance({ count, sum, sumOfSquares }: Moments): {
  readonly mean: number;
  readonly variance: number;
} {
  if (count === 0) return { mean: NaN, variance: NaN };
  const mean = divide(parseRational(sum), BigInt(count));
  if (count === 1) return { mean: toDouble(mean), variance: NaN };
  const squares = subtract(parseRational(sumOfSquares), multiply(mean, parseRational(sum)));
  return { mean: toDouble(mean), variance: toDouble(divide(squares, BigInt(count - 1))) };
}
