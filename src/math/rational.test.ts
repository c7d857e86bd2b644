import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextDown, nextUp } from './interval.js';
import {
  absolute,
  add,
  compare,
  divide,
  dotExact,
  formatRational,
  fromDouble,
  multiply,
  negate,
  parseRational,
  ratio,
  rational,
  sign,
  subtract,
  sumExact,
  toDouble,
} from './rational.js';
import type { Rational } from './rational.js';

fc.configureGlobal({ seed: 1 }); // tests are deterministic

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const rationals = fc
  .tuple(
    fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }),
    fc.bigInt({ min: 1n, max: 2n ** 200n }),
  )
  .map(([p, q]) => ratio(p, q));
/** k halves of the least double. */
const half = (k: bigint) => ratio(k, 2n ** 1075n);
const equal = (x: Rational, y: Rational) => compare(x, y) === 0;

describe('doubles', () => {
  test('a double is the dyadic rational it is, and comes back', () => {
    fc.assert(fc.property(finite, (x) => toDouble(fromDouble(x)) === x || x === 0));
    expect(formatRational(0.1)).toBe('3602879701896397/36028797018963968');
    expect(fromDouble(Number.MIN_VALUE)).toEqual({ numerator: 1n, denominator: 2n ** 1074n });
    expect(fromDouble(-Number.MAX_VALUE).numerator).toBe(-(2n ** 1024n - 2n ** 971n));
  });

  test('the order of doubles is the order of their rationals', () => {
    fc.assert(
      fc.property(finite, finite, (x, y) => compare(x, y) === Math.sign(x - y) || x - y === 0),
    );
  });

  test('toDouble gives the nearest double, ties to even', () => {
    fc.assert(
      fc.property(rationals, (x) => {
        const nearest = toDouble(x);
        const distance = absolute(subtract(x, nearest));
        return [nextUp(nearest), nextDown(nearest)].every(
          (other) => compare(distance, absolute(subtract(x, other))) <= 0,
        );
      }),
    );
    expect(toDouble(ratio(2n ** 53n + 1n, 1n))).toBe(2 ** 53);
    expect(toDouble(ratio(2n ** 53n + 3n, 1n))).toBe(2 ** 53 + 4);
    expect(toDouble(ratio(2n ** 54n + 2n, 2n))).toBe(2 ** 53);
  });

  test('toDouble rounds once in and near the subnormal range', () => {
    expect(toDouble(half(1n))).toBe(0);
    expect(toDouble(half(3n))).toBe(2 * Number.MIN_VALUE);
    expect(toDouble(half(5n))).toBe(2 * Number.MIN_VALUE);
    expect(toDouble(add(half(1n), ratio(1n, 2n ** 3000n)))).toBe(Number.MIN_VALUE);
    expect(toDouble(subtract(half(3n), ratio(1n, 2n ** 3000n)))).toBe(Number.MIN_VALUE);
    // Halfway between the largest subnormal and the least normal double.
    expect(toDouble(half(2n ** 53n - 1n))).toBe(2 ** -1022);
  });

  test('toDouble keeps large terms and overflows only beyond the largest double', () => {
    expect(toDouble(ratio(10n ** 1000n, 3n * 10n ** 1000n))).toBe(1 / 3);
    expect(toDouble(2n ** 1024n - 2n ** 970n - 1n)).toBe(Number.MAX_VALUE);
    expect(toDouble(2n ** 1024n - 2n ** 970n)).toBe(Infinity);
    expect(toDouble(-(10n ** 400n))).toBe(-Infinity);
    expect(toDouble(ratio(1n, 10n ** 400n))).toBe(0);
  });

  test('refuses what is not finite', () => {
    expect(() => fromDouble(NaN)).toThrow('fromDouble: value must be finite, got NaN');
    expect(() => add(Infinity, 1)).toThrow('fromDouble: value must be finite, got Infinity');
  });
});

describe('arithmetic', () => {
  test('the rationals are an ordered field', () => {
    fc.assert(
      fc.property(rationals, rationals, rationals, (x, y, z) => {
        expect(add(add(x, y), z)).toEqual(add(x, add(y, z)));
        expect(multiply(x, add(y, z))).toEqual(add(multiply(x, y), multiply(x, z)));
        expect(add(x, negate(x))).toEqual(rational(0n));
        expect(sign(subtract(x, y))).toBe(compare(x, y));
        expect(sign(multiply(x, y)) === sign(x) * sign(y)).toBe(true); // 0 and −0 are equal
        if (sign(y) !== 0) expect(multiply(divide(x, y), y)).toEqual(x);
      }),
    );
  });

  test('results are in lowest terms with a positive denominator', () => {
    expect(ratio(6n, -4n)).toEqual({ numerator: -3n, denominator: 2n });
    expect(divide(-2, -6)).toEqual({ numerator: 1n, denominator: 3n });
    expect(ratio(0n, -7n)).toEqual({ numerator: 0n, denominator: 1n });
  });

  test('sums and scalar products round nothing', () => {
    expect(sumExact([1e300, 1, -1e300])).toEqual(rational(1n));
    expect(dotExact([0.1, 0.2], [10, -5])).toEqual(subtract(multiply(0.1, 10n), multiply(0.2, 5n)));
    expect(() => dotExact([1], [1, 2])).toThrow(
      'dotExact: y must have length 1 (length of x), got 2',
    );
  });

  test('division by zero is refused', () => {
    expect(() => ratio(1n, 0n)).toThrow('ratio: denominator must not be 0');
    expect(() => divide(1n, 0)).toThrow('divide: y must not be 0');
  });
});

describe('text', () => {
  test('"p/q" comes back', () => {
    fc.assert(fc.property(rationals, (x) => equal(parseRational(formatRational(x)), x)));
  });

  test.each([
    ['7', 7n, 1n],
    ['-6/4', -3n, 2n],
    ['0.1', 1n, 10n],
    ['-.5', -1n, 2n],
    ['12.50', 25n, 2n],
    ['1e-3', 1n, 1000n],
    ['+2.5E2', 250n, 1n],
  ])('%s is exact', (text, numerator, denominator) => {
    expect(parseRational(text)).toEqual({ numerator, denominator });
  });

  test.each(['', '.', '1/', '/2', '1/-2', 'NaN', '1.5/2', ' 1', 'e3'])('%j is refused', (text) => {
    expect(() => parseRational(text)).toThrow(
      `parseRational: text must be "p/q", an integer or a decimal, got "${text}"`,
    );
  });
});
