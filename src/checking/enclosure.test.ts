import { describe, expect, test } from 'vitest';
import { highPrecision } from '../math/index.js';
import type { Enclosure } from './enclosure.js';
import {
  circleConstant,
  exponential,
  inverseOf,
  logarithmOfTwo,
  point,
  productOf,
  quotientOf,
  rootOf,
  rootOfEnclosed,
  sumOf,
} from './enclosure.js';
import type { Rational } from './rational.js';
import { fraction, integer, minus, order, over } from './rational.js';

function big({ top, bottom }: Rational) {
  return highPrecision.bignumber(top.toString()).div(highPrecision.bignumber(bottom.toString()));
}

/** Both ends agree with 64-digit arithmetic to 50 digits, and lie on the right sides of each other. */
function expectEncloses({ lower, upper }: Enclosure, expression: string): void {
  const value = highPrecision.bignumber(String(highPrecision.evaluate(expression)));
  for (const end of [lower, upper]) {
    expect(big(end).minus(value).abs().lte(value.abs().times('1e-50')), expression).toBe(true);
  }
  expect(order(lower, upper)).toBeLessThanOrEqual(0);
}

describe('enclosures', () => {
  test.each([
    ['π', circleConstant(), 'pi'],
    ['ln 2', logarithmOfTwo(), 'log(2)'],
    ['e', exponential(1), 'e'],
    ['e^50', exponential(50), 'exp(50)'],
    ['√2', rootOf(integer(2)), 'sqrt(2)'],
    ['√(1/3·10⁻⁴⁰)', rootOf(fraction(1n, 3n * 10n ** 40n)), 'sqrt(1/(3*10^40))'],
    [
      '2/√π',
      rootOfEnclosed(productOf(point(integer(4)), inverseOf(circleConstant()))),
      '2/sqrt(pi)',
    ],
    ['e/π', quotientOf(exponential(1), circleConstant()), 'e/pi'],
    ['−√2·π', productOf(sumOf([negated(rootOf(integer(2)))]), circleConstant()), '-sqrt(2)*pi'],
  ])('%s', (_, enclosure, expression) => {
    expectEncloses(enclosure, expression);
  });

  test('ends are strictly outside where the number is irrational, and a square’s root is exact', () => {
    const { lower, upper } = rootOf(integer(2));
    expect(order(fraction(lower.top ** 2n, lower.bottom ** 2n), integer(2))).toBe(-1);
    expect(order(fraction(upper.top ** 2n, upper.bottom ** 2n), integer(2))).toBe(1);
    expect(rootOf(fraction(9n, 16n))).toEqual(point(fraction(3n, 4n)));
    expect(rootOf(fraction(2n, 8n))).toEqual(point(fraction(1n, 2n)));
    expect(() => rootOf(integer(-1))).toThrow('rootOf: x must be ≥ 0');
  });

  test('rounding keeps 190 significant bits of small numbers too', () => {
    const small = inverseOf(exponential(100));
    const relative = over(minus(small.upper, small.lower), small.upper);
    expect(order(relative, fraction(1n, 1n << 190n))).toBe(-1);
    expectEncloses(small, 'exp(-100)');
  });
});

function negated({ lower, upper }: Enclosure): Enclosure {
  const zero = integer(0);
  return { lower: minus(zero, upper), upper: minus(zero, lower) };
}
