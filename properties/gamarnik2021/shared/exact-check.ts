import type { ExactCheck } from '../../../src/claims/index.js';
import { add, compare, formatRational, ratio, rational } from '../../../src/math/index.js';
import type { Rational } from '../../../src/math/index.js';

/** How a family that is about every N, or about every N of a path, satisfies the limit of the sizes drawn. */
export const ANY_SIZE =
  'This limits the sizes that are drawn, not the claim; the family is about every size, those within reach included.';

/** A check of two rationals, its sides written as fractions. */
export function check(
  what: string,
  left: Rational,
  relation: ExactCheck['relation'],
  right: Rational,
): ExactCheck {
  return {
    what,
    left: formatRational(left),
    relation,
    right: formatRational(right),
    holds: holds(compare(left, right), relation),
  };
}

function holds(order: -1 | 0 | 1, relation: ExactCheck['relation']): boolean {
  switch (relation) {
    case '=':
      return order === 0;
    case '≤':
      return order <= 0;
    case '<':
      return order < 0;
    case '≥':
      return order >= 0;
    case '>':
      return order > 0;
  }
}

/** A rational below e^n, n ≥ 0 an integer: the exponential series up to its term of order 4n + 20. */
export function expLowerBound(n: number): Rational {
  return expSeries(n, 4 * n + 20).sum;
}

/** A rational above e: the series up to 1/20! and its remainder, below 2/21!. */
export function eulerUpperBound(): Rational {
  const { sum, next } = expSeries(1, 20);
  return add(sum, { numerator: 2n * next.numerator, denominator: next.denominator });
}

/** Σ_{k ≤ order} n^k/k! and the term that follows. */
function expSeries(n: number, order: number): { sum: Rational; next: Rational } {
  let sum = rational(0n);
  let power = 1n;
  let factorial = 1n;
  for (let k = 0; k <= order; k += 1) {
    sum = add(sum, ratio(power, factorial));
    power *= BigInt(n);
    factorial *= BigInt(k + 1);
  }
  return { sum, next: ratio(power, factorial) };
}

/** The largest multiple of 2^{−40} that is at most x: a short rational below. */
export function roundDown(x: Rational): Rational {
  const scaled = (x.numerator << 40n) / x.denominator;
  return ratio(scaled, 1n << 40n);
}
