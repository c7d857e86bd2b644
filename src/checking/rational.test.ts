import { describe, expect, test } from 'vitest';
import * as math from '../math/index.js';
import {
  ceiling,
  fraction,
  inner,
  minus,
  ofDouble,
  order,
  over,
  parseRational,
  plus,
  shown,
  signOf,
  times,
  total,
  written,
} from './rational.js';

/** Doubles of all sizes, integers, subnormals and simple fractions. */
const doubles = [
  ...Array.from({ length: 40 }, (_, k) => {
    const random = math.randomSource('checker', k);
    return (random.uniform() - 0.5) * 2 ** (random.integer(200) - 100);
  }),
  0,
  -0,
  1,
  -3,
  0.1,
  2 ** 60,
  Number.MIN_VALUE,
  -Number.MAX_VALUE,
];

describe('the checker’s own rationals agree with those of src/math', () => {
  test('doubles, sums, products, quotients and signs', () => {
    for (const x of doubles) {
      expect(written(ofDouble(x))).toBe(math.formatRational(x));
      for (const y of doubles.slice(0, 20)) {
        const [a, b] = [ofDouble(x), ofDouble(y)];
        expect(written(plus(a, b))).toBe(math.formatRational(math.add(x, y)));
        expect(written(minus(a, b))).toBe(math.formatRational(math.subtract(x, y)));
        expect(written(times(a, b))).toBe(math.formatRational(math.multiply(x, y)));
        expect(order(a, b)).toBe(math.compare(x, y));
        if (y !== 0) expect(written(over(a, b))).toBe(math.formatRational(math.divide(x, y)));
      }
    }
  });

  test('sums and inner products of vectors', () => {
    const [x, y] = [doubles.slice(0, 20), doubles.slice(20, 40)];
    const [a, b] = [x.map(ofDouble), y.map(ofDouble)];
    expect(written(inner(a, b))).toBe(math.formatRational(math.dotExact(x, y)));
    expect(written(total(a))).toBe(math.formatRational(math.sumExact(x)));
    expect(() => inner(a, b.slice(1))).toThrow(
      'inner: y must have length 20 (length of x), got 19',
    );
  });

  test('texts, and nothing but "p" and "p/q"', () => {
    expect(parseRational('-6/4')).toEqual({ top: -3n, bottom: 2n });
    for (const text of ['', '1/0', '1/-2', '0.5', '1e3', ' 1', '1/2/3', '+1', 'NaN']) {
      expect(parseRational(text), text).toBeNull();
    }
  });

  test('signs, ceilings, reductions; no zero denominators, no infinities', () => {
    expect(fraction(4n, -6n)).toEqual({ top: -2n, bottom: 3n });
    expect([7n, -7n, 6n].map((top) => ceiling(fraction(top, 3n)))).toEqual([3n, -2n, 2n]);
    expect([-2n, 0n, 5n].map((top) => signOf(fraction(top, 3n)))).toEqual([-1, 0, 1]);
    expect(() => fraction(1n, 0n)).toThrow('fraction: bottom must not be 0');
    expect(() => ofDouble(Infinity)).toThrow('ofDouble: value must be finite, got Infinity');
  });

  test('long fractions are shown rounded', () => {
    expect(shown(fraction(1n, 3n))).toBe('1/3');
    expect(shown(fraction(10n ** 30n, 3n * 10n ** 30n + 1n))).toBe('≈ 0.333333333333333');
    expect(shown(fraction(-(10n ** 30n), 7n))).toBe('≈ -1.42857142857142e+29');
  });
});
