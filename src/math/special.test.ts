import type { BigNumber } from 'mathjs';
import { describe, expect, test } from 'vitest';
import { bigNumber, highPrecision } from './expression.js';
import { randomSource } from './random.js';
import { add, fromDouble, multiply, subtract, toDouble } from './rational.js';
import type { Rational } from './rational.js';
import {
  logBeta,
  logGamma,
  normalCdf,
  normalPdf,
  normalQuantile,
  regularisedIncompleteBeta,
  regularisedLowerGamma,
  regularisedUpperGamma,
  studentTMeanAbsolute,
} from './special.js';
import { errorFunctionSeries } from './testing/big-functions.js';
import { testArguments, ulpError } from './testing/ulp.js';

const pi = bigNumber(highPrecision.evaluate('pi') as BigNumber);

function factorial(n: number): bigint {
  let product = 1n;
  for (let k = 2n; k <= BigInt(n); k += 1n) product *= k;
  return product;
}

/** Γ(x) for a positive multiple x of ½, from factorials. */
function exactGamma(x: number): BigNumber {
  if (Number.isInteger(x)) return bigNumber(String(factorial(x - 1)));
  const n = x - 0.5;
  return bigNumber(String(factorial(2 * n)))
    .div(bigNumber(String(4n ** BigInt(n) * factorial(n))))
    .times(pi.sqrt());
}

function relativeError(actual: number, exact: BigNumber | number): number {
  const expected = bigNumber(exact);
  return bigNumber(actual).minus(expected).div(expected).abs().toNumber();
}

describe('logGamma and logBeta', () => {
  test('agree with factorials at multiples of ½', () => {
    for (let x = 0.5; x <= 200; x += x < 20 ? 0.5 : 7.5) {
      const exact = exactGamma(x).ln();
      const error = bigNumber(logGamma(x)).minus(exact).abs().toNumber();
      expect(error, `at ${x}`).toBeLessThan(4e-15 + 1e-15 * exact.abs().toNumber());
    }
  });

  test("satisfy the recurrence and Legendre's duplication formula between them", () => {
    for (const x of testArguments('logGamma', 1e-3, 1000, 300)) {
      const size = 1e-15 * (10 + 3 * Math.abs(logGamma(x)) + 3 * Math.abs(logGamma(2 * x)));
      expect(Math.abs(logGamma(x + 1) - logGamma(x) - Math.log(x))).toBeLessThan(size);
      const doubled =
        (2 * x - 1) * Math.LN2 + logGamma(x) + logGamma(x + 0.5) - Math.log(Math.PI) / 2;
      expect(Math.abs(logGamma(2 * x) - doubled)).toBeLessThan(size);
    }
  });

  test('at the ends of the range', () => {
    expect(logGamma(Infinity)).toBe(Infinity);
    expect(logGamma(Number.MIN_VALUE)).toBeCloseTo(744.4400719213812, 10);
    expect(logGamma(1e15)).toBeCloseTo(1e15 * (Math.log(1e15) - 1), -3);
    expect(() => logGamma(0)).toThrow('logGamma: x must be > 0, got 0');
    expect(() => logBeta(1, NaN)).toThrow('logBeta: a and b must be > 0, got 1 and NaN');
  });

  test('log B(a, b) keeps its digits when one argument is large', () => {
    // B(2, b) = 1/(b(b + 1)) and B(1, b) = 1/b.
    for (const b of [0.3, 7, 1e3, 1e8, 1e14]) {
      expect(Math.abs(logBeta(2, b) + Math.log(b) + Math.log1p(b))).toBeLessThan(2e-14);
      expect(Math.abs(logBeta(b, 1) + Math.log(b))).toBeLessThan(2e-14);
    }
    expect(logBeta(0.5, 0.5)).toBeCloseTo(Math.log(Math.PI), 14);
  });
});

/** Q(shape, x) for a positive multiple of ½: the finite sum from Q(1, ·) or Q(½, ·) = erfc √·. */
function exactUpperGamma(shape: number, x: number): BigNumber {
  const big = bigNumber(x);
  const start = Number.isInteger(shape) ? 1 : 0.5;
  let sum = start === 1 ? big.neg().exp() : errorFunctionSeries(120, true)(big.sqrt());
  let term = big
    .neg()
    .exp()
    .times(big.pow(start))
    .div(exactGamma(start + 1));
  for (let a = start; a < shape; a += 1) {
    sum = sum.plus(term);
    term = term.times(big).div(a + 1);
  }
  return sum;
}

describe('incomplete gamma', () => {
  test.each([0.5, 1, 1.5, 4, 10.5, 30, 200])('Q(%d, x) and P agree with finite sums', (shape) => {
    for (const x of [0.01, 0.5, 1, 0.6, 1.5, 2, 4].map((factor, i) =>
      i < 3 ? factor : factor * shape,
    )) {
      const upper = exactUpperGamma(shape, x);
      expect(relativeError(regularisedUpperGamma(shape, x), upper), `Q at ${x}`).toBeLessThan(
        2e-14,
      );
      const lower = bigNumber(1).minus(upper);
      if (lower.toNumber() < 1e-30) continue; // 64 digits no longer resolve 1 − Q
      expect(relativeError(regularisedLowerGamma(shape, x), lower), `P at ${x}`).toBeLessThan(
        2e-14,
      );
    }
  });

  test('keep the far tails of large shapes: P(χ²_20000 > 24000) from Poisson sums', () => {
    // Q(n, x) = P(Poisson(x) < n), summed from the largest term down.
    const [n, x] = [10_000, 12_000];
    let term = bigNumber(x)
      .pow(n - 1)
      .div(exactGamma(n))
      .times(bigNumber(-x).exp());
    let sum = term;
    for (let k = n - 1; k > 0 && term.gt(sum.times('1e-30')); k -= 1) {
      term = term.times(k).div(x);
      sum = sum.plus(term);
    }
    expect(relativeError(regularisedUpperGamma(n, x), sum)).toBeLessThan(1e-13);
  });

  test('at the ends of the range', () => {
    expect(regularisedLowerGamma(2, 0)).toBe(0);
    expect(regularisedLowerGamma(2, Infinity)).toBe(1);
    expect(regularisedUpperGamma(2, 0)).toBe(1);
    expect(regularisedUpperGamma(2, Infinity)).toBe(0);
    expect(() => regularisedLowerGamma(0, 1)).toThrow(
      'regularisedLowerGamma: shape must be finite and > 0, got 0',
    );
    expect(() => regularisedUpperGamma(1, -1)).toThrow(
      'regularisedUpperGamma: x must be ≥ 0, got -1',
    );
  });
});

function power(base: Rational, k: number): Rational {
  return {
    numerator: base.numerator ** BigInt(k),
    denominator: base.denominator ** BigInt(k),
  };
}

/** I_x(a, b) = P(Binomial(a + b − 1, x) ≥ a) for integers a and b, in exact rationals. */
function exactBeta(x: number, a: number, b: number): Rational {
  const n = a + b - 1;
  const success = fromDouble(x);
  const failure = subtract(1n, success);
  let choose = 1n;
  let total: Rational = fromDouble(0);
  for (let k = 0; k <= n; k += 1) {
    if (k >= a)
      total = add(total, multiply(choose, multiply(power(success, k), power(failure, n - k))));
    choose = (choose * BigInt(n - k)) / BigInt(k + 1);
  }
  return total;
}

describe('regularisedIncompleteBeta', () => {
  test.each([
    [1, 1],
    [1, 12],
    [3, 2],
    [7, 20],
    [20, 20],
    [40, 5],
  ])('I_x(%i, %i) agrees with exact binomial sums', (a, b) => {
    for (const x of [2 ** -20, 0.125, 0.3046875, 0.5, 0.75, 0.984375]) {
      const exact = toDouble(exactBeta(x, a, b));
      const value = regularisedIncompleteBeta(x, a, b);
      const allowed = x < a / (a + b) ? 1e-13 * exact : 1e-13;
      expect(Math.abs(value - exact), `at ${x}`).toBeLessThanOrEqual(allowed);
    }
  });

  test('agrees with the arcsine law and with powers', () => {
    for (const x of testArguments('arcsine', 1e-12, 1, 100)) {
      const arcsine = (2 / Math.PI) * Math.asin(Math.sqrt(x));
      expect(Math.abs(regularisedIncompleteBeta(x, 0.5, 0.5) - arcsine)).toBeLessThan(1e-13);
      expect(Math.abs(regularisedIncompleteBeta(x, 2.5, 1) - x ** 2.5)).toBeLessThan(1e-13);
    }
    // Clopper and Pearson's interval for 0 of n: I_x(1, n) = 1 − (1 − x)ⁿ.
    for (const n of [10, 1e4, 1e8]) {
      expect(regularisedIncompleteBeta(1 / n, 1, n)).toBeCloseTo(
        -Math.expm1(n * Math.log1p(-1 / n)),
        12,
      );
    }
  });

  test('is symmetric: I_x(a, b) + I_{1−x}(b, a) = 1, also for large a and b', () => {
    const random = randomSource('beta symmetry');
    for (let i = 0; i < 300; i += 1) {
      const a = Math.exp(10 * random.uniform() - 2);
      const b = Math.exp(10 * random.uniform() - 2);
      const x = Math.floor(1024 * random.uniform()) / 1024;
      const sum = regularisedIncompleteBeta(x, a, b) + regularisedIncompleteBeta(1 - x, b, a);
      expect(Math.abs(sum - 1)).toBeLessThan(2e-13);
    }
  });

  test('wants its arguments in range', () => {
    expect(regularisedIncompleteBeta(0, 1, 2)).toBe(0);
    expect(regularisedIncompleteBeta(1, 1, 2)).toBe(1);
    expect(() => regularisedIncompleteBeta(1.5, 1, 1)).toThrow(
      'regularisedIncompleteBeta: x must lie in [0, 1], got 1.5',
    );
    expect(() => regularisedIncompleteBeta(0.5, 0, 1)).toThrow(
      'regularisedIncompleteBeta: a and b must be finite and > 0, got 0 and 1',
    );
  });
});

/** Φ(x) = ½·erfc(−x/√2), for x ≥ −8. */
const bigCdf = (() => {
  const complement = errorFunctionSeries(100, true);
  const rootHalf = bigNumber(0.5).sqrt();
  return (x: number) => complement(rootHalf.times(bigNumber(-x))).div(2);
})();

/** Φ(x) for x ≤ −5 by Laplace's continued fraction φ(x)/(|x| + 1/(|x| + 2/(|x| + 3/(|x| + …)))). */
function bigTail(x: number): BigNumber {
  const size = bigNumber(-x);
  let tail = size;
  for (let k = 400; k >= 1; k -= 1) tail = size.plus(bigNumber(k).div(tail));
  return size.times(size).div(-2).exp().div(pi.times(2).sqrt()).div(tail);
}

describe('the normal law', () => {
  test('Φ is within 5 ulp of 60 digits, in the body and in the tail', () => {
    for (const x of testArguments('cdf', -7, 8, 30)) {
      expect(ulpError(normalCdf(x), bigCdf(x)), `at ${x}`).toBeLessThan(5);
    }
    for (const x of testArguments('tail', -37.5, -5, 20)) {
      expect(ulpError(normalCdf(x), bigTail(x)), `at ${x}`).toBeLessThan(5);
    }
    expect(normalCdf(0)).toBe(0.5);
    expect([-Infinity, -50, 50, Infinity].map(normalCdf)).toEqual([0, 0, 1, 1]);
    expect(normalCdf(NaN)).toBeNaN();
  });

  test('the density is within 3 ulp', () => {
    for (const x of testArguments('pdf', -37, 37, 60)) {
      const big = bigNumber(x);
      const exact = big.times(big).div(-2).exp().div(pi.times(2).sqrt());
      expect(ulpError(normalPdf(x), exact), `at ${x}`).toBeLessThan(3);
    }
    expect([normalPdf(Infinity), normalPdf(-100)]).toEqual([0, 0]);
  });

  test('the quantile inverts Φ', () => {
    for (const p of testArguments('quantile', 1e-12, 1, 30)) {
      if (p === 1) continue;
      const x = normalQuantile(p);
      // |x − Φ⁻¹(p)| ≈ |Φ(x) − p|/φ(x).
      const error = bigCdf(x)
        .minus(bigNumber(p))
        .abs()
        .div(bigNumber(normalPdf(x)))
        .toNumber();
      expect(error, `at ${p}`).toBeLessThan(4e-16 * (1 + Math.abs(x)));
    }
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 15);
    expect(normalQuantile(0.5)).toBe(0);
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity]);
    expect(normalQuantile(1e-300)).toBeCloseTo(-37.0470962993612, 12);
    expect(() => normalQuantile(-0.1)).toThrow('normalQuantile: p must lie in [0, 1], got -0.1');
  });
});

describe('studentTMeanAbsolute', () => {
  test('agrees with closed forms', () => {
    expect(studentTMeanAbsolute(2)).toBeCloseTo(Math.SQRT2, 13);
    expect(studentTMeanAbsolute(3)).toBeCloseTo((2 * Math.sqrt(3)) / Math.PI, 13);
    expect(studentTMeanAbsolute(4)).toBeCloseTo(1, 13);
    expect(studentTMeanAbsolute(Infinity)).toBe(Math.sqrt(2 / Math.PI));
    expect(studentTMeanAbsolute(1e12)).toBeCloseTo(Math.sqrt(2 / Math.PI), 11);
    expect([1, 0.5].map(studentTMeanAbsolute)).toEqual([Infinity, Infinity]);
  });

  test('is the integral of the tail, 2∫₀^∞ P(T > t)dt', () => {
    const degrees = 5.5;
    const tail = (t: number) =>
      regularisedIncompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
    // t = u/(1 − u), by the midpoint rule.
    const cells = 20_000;
    let sum = 0;
    for (let i = 0; i < cells; i += 1) {
      const u = (i + 0.5) / cells;
      sum += tail(u / (1 - u)) / ((1 - u) * (1 - u) * cells);
    }
    expect(studentTMeanAbsolute(degrees)).toBeCloseTo(sum, 7);
  });

  test('wants degrees > 0', () => {
    expect(() => studentTMeanAbsolute(0)).toThrow(
      'studentTMeanAbsolute: degrees must be > 0, got 0',
    );
  });
});
