import { describe, expect, test } from 'vitest';
import {
  fixedAtan,
  fixedErf,
  fixedExp,
  fixedLog,
  fixedPi,
  fixedRatio,
  fixedScaledErfc,
  fixedSqrt,
  toDoublePair,
} from './fixed-point.js';
import { bigNumber, highPrecision } from './expression.js';
import type { BigNumber } from 'mathjs';

const BITS = 200;

/** |value·2^−200 − expected|. */
function distance(value: bigint, expected: BigNumber): number {
  return bigNumber(String(value)).div(bigNumber('2').pow(BITS)).minus(expected).abs().toNumber();
}

const big = (text: string) => highPrecision.evaluate(text) as BigNumber;

describe('fixed-point functions agree with BigNumbers to 55 digits', () => {
  test.each([
    ['π', fixedPi(BITS), 'pi'],
    ['e^(3/7)', fixedExp(fixedRatio(3, 7, BITS), BITS), 'exp(3/7)'],
    ['e^2', fixedExp(fixedRatio(2, 1, BITS), BITS), 'exp(2)'],
    ['log 2', fixedLog(2, 1, BITS), 'log(2)'],
    ['log(512/700)', fixedLog(512, 700, BITS), 'log(512/700)'],
    ['arctan(5/16)', fixedAtan(fixedRatio(5, 16, BITS), BITS), 'atan(5/16)'],
    ['√2', fixedSqrt(2n << BigInt(BITS), BITS), 'sqrt(2)'],
    ['√0', fixedSqrt(0n, BITS), '0'],
  ])('%s', (_, value, text) => {
    expect(distance(value, big(text))).toBeLessThan(1e-55);
  });

  test('e^9·(1 − erf 3) by the series is the scaled erfc by the continued fraction', () => {
    const three = fixedRatio(3, 1, BITS);
    const series =
      (((1n << BigInt(BITS)) - fixedErf(three, BITS)) * fixedExp(3n * three, BITS)) >> BigInt(BITS);
    expect(distance(series - fixedScaledErfc(three, BITS), bigNumber(0))).toBeLessThan(1e-50);
  });
});

test('a double-double holds a value to 106 bits', () => {
  const third = fixedRatio(1, 3, BITS);
  const [high, low] = toDoublePair(third, BITS);
  expect(high).toBe(1 / 3);
  const rest = bigNumber(high).plus(bigNumber(low)).minus(big('1/3')).abs().toNumber();
  expect(rest).toBeLessThan(2 ** -107);
  expect(toDoublePair(fixedPi(1240), 1240)[0]).toBe(Math.PI);
});
