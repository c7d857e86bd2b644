import type { BigNumber } from 'mathjs';
import { describe, expect, test } from 'vitest';
import {
  atan,
  cos,
  erf,
  erfc,
  exp,
  expm1,
  log,
  log1p,
  pow,
  sigmoid,
  sin,
  softplus,
  tanh,
} from './elementary.js';
import { bigNumber } from './expression.js';
import { errorFunctionSeries, shortened, withDigits } from './testing/big-functions.js';
import type { BigFunction } from './testing/big-functions.js';
import { hashOfBits } from './testing/law-tests.js';
import { testArguments, ulpError, worstUlpError } from './testing/ulp.js';

/** 36 digits: 20 more than the functions under test have, and several times as fast as 64. */
const reference = withDigits(36);
const referenceNumber = (x: BigNumber) => reference.bignumber(x.toString()) as BigNumber;
const viaReference =
  (name: string): BigFunction =>
  (x) =>
    (reference as unknown as Record<string, BigFunction>)[name](referenceNumber(x));
const big = Object.fromEntries(
  ['exp', 'expm1', 'tanh', 'log', 'log1p', 'sin', 'cos', 'atan'].map((f) => [f, viaReference(f)]),
);
const one = bigNumber(1);

/** sin and cos of the largest doubles: 309 digits go into the multiple of π. */
const long = withDigits(500);

describe('accuracy against BigNumbers, in ulp', () => {
  test.each<[string, (x: number) => number, BigFunction, number, number, number]>([
    ['exp', exp, big.exp, -708.3, 709.7827, 0.52],
    ['exp', exp, big.exp, -2, 2, 0.52],
    ['exp', exp, big.exp, -745, -708.4, 1],
    ['expm1', expm1, (x) => x.exp().minus(one), -1, 1, 1],
    ['expm1', expm1, big.expm1, -70, 70, 1],
    ['tanh', tanh, big.tanh, -1, 1, 2.5],
    ['tanh', tanh, big.tanh, -25, 25, 2.5],
    ['sigmoid', sigmoid, (x) => one.div(one.plus(big.exp(x.neg()))), -40, 40, 2],
    ['sigmoid', sigmoid, (x) => one.div(one.plus(big.exp(x.neg()))), -700, 700, 2],
    ['softplus', softplus, (x) => one.plus(x.exp()).ln(), -45, 45, 2],
    ['log', log, big.log, 0.5, 2, 0.52],
    ['log', log, big.log, 1, 2, 0.52],
    ['log', log, big.log, 1e-300, 1e300, 0.52],
    ['log', log, big.log, Number.MIN_VALUE, 2 ** -1022, 0.52],
    ['log1p', log1p, (x) => x.plus(one).ln(), -0.9999, 2, 0.6],
    ['log1p', log1p, big.log1p, 1, 1e300, 0.6],
    ['sin', sin, big.sin, -7, 7, 1],
    ['cos', cos, big.cos, -7, 7, 1],
    ['sin', sin, big.sin, -3e6, 3e6, 1],
    ['cos', cos, big.cos, -1e9, 1e9, 1],
    ['atan', atan, big.atan, -1, 1, 1],
    ['atan', atan, big.atan, -50, 50, 1],
    ['erf', erf, errorFunctionSeries(90, false), -6, 6, 1],
    ['erfc', erfc, errorFunctionSeries(110, true), -1, 6, 2],
    ['erfc', erfc, errorFunctionSeries(690, true), 5, 26.5, 2],
  ])('%s', (name, f, reference, lower, upper, allowed) => {
    const count = lower === 5 ? 6 : name.startsWith('erf') ? 60 : 150;
    const worst = worstUlpError(f, reference, testArguments(name, lower, upper, count));
    expect(worst.error, `at ${worst.at}`).toBeLessThan(allowed);
  });

  test.each([0.5, 2, -1.3, 1 / 3, 100, -700, 1e-5, 1e10, -1e15])('x^%d', (y) => {
    const exponent = referenceNumber(bigNumber(y));
    const largest = Math.min(1e300, Math.exp(690 / Math.abs(y)));
    const worst = worstUlpError(
      (x) => pow(x, y),
      (x) => reference.pow(referenceNumber(x), exponent) as unknown as BigNumber,
      testArguments('pow', 1 / largest, largest, 60),
    );
    expect(worst.error, `at ${worst.at}`).toBeLessThan(0.6);
  });

  test('sin and cos of huge arguments, among them those nearest to multiples of π/2', () => {
    const huge = [
      1e22,
      9e298,
      1e300,
      Number.MAX_VALUE,
      -3e6 - 0.25,
      2 ** 53 + 2,
      6381956970095103 * 2 ** 797,
    ];
    for (const x of huge) {
      const exact = long.bignumber(bigNumber(x).toString()) as BigNumber;
      const sine = shortened(long.sin(exact) as unknown as BigNumber);
      const cosine = shortened(long.cos(exact) as unknown as BigNumber);
      expect(ulpError(sin(x), sine)).toBeLessThan(1);
      expect(ulpError(cos(x), cosine)).toBeLessThan(1);
    }
  });
});

describe('special cases', () => {
  const { MAX_VALUE, MIN_VALUE, NaN: nan, POSITIVE_INFINITY: inf } = Number;
  test.each<[string, (x: number) => number, [number, number][]]>([
    [
      'exp',
      exp,
      [
        [0, 1],
        [-0, 1],
        [inf, inf],
        [-inf, 0],
        [nan, nan],
        [MAX_VALUE, inf],
        [-MAX_VALUE, 0],
        [MIN_VALUE, 1],
        [709.782712893384, 1.7976931348622732e308],
        [709.7827128933841, inf],
        [-745.1332191019411, MIN_VALUE],
        [-745.1332191019412, 0],
      ],
    ],
    [
      'expm1',
      expm1,
      [
        [0, 0],
        [-0, -0],
        [inf, inf],
        [-inf, -1],
        [nan, nan],
        [MIN_VALUE, MIN_VALUE],
        [-60, -1],
        [-800, -1],
        [710, inf],
        [1e-300, 1e-300],
      ],
    ],
    [
      'tanh',
      tanh,
      [
        [0, 0],
        [-0, -0],
        [inf, 1],
        [-inf, -1],
        [nan, nan],
        [MIN_VALUE, MIN_VALUE],
        [1000, 1],
        [-30, -1],
      ],
    ],
    [
      'sigmoid',
      sigmoid,
      [
        [0, 0.5],
        [-0, 0.5],
        [inf, 1],
        [-inf, 0],
        [nan, nan],
        [1000, 1],
        [-1000, 0],
        [-745, MIN_VALUE],
      ],
    ],
    [
      'softplus',
      softplus,
      [
        [0, Math.LN2],
        [inf, inf],
        [-inf, 0],
        [nan, nan],
        [1000, 1000],
        [-1000, 0],
        [-745, MIN_VALUE],
      ],
    ],
    [
      'log',
      log,
      [
        [1, 0],
        [0, -inf],
        [-0, -inf],
        [inf, inf],
        [-1, nan],
        [-inf, nan],
        [nan, nan],
        [MIN_VALUE, -744.4400719213812],
        [MAX_VALUE, 709.782712893384],
        [Math.E, 1],
      ],
    ],
    [
      'log1p',
      log1p,
      [
        [0, 0],
        [-0, -0],
        [-1, -inf],
        [inf, inf],
        [-1.1, nan],
        [-inf, nan],
        [nan, nan],
        [MIN_VALUE, MIN_VALUE],
        [-1e-300, -1e-300],
      ],
    ],
    [
      'sin',
      sin,
      [
        [0, 0],
        [-0, -0],
        [inf, nan],
        [-inf, nan],
        [nan, nan],
        [MIN_VALUE, MIN_VALUE],
        [Math.PI, 1.2246467991473532e-16],
      ],
    ],
    [
      'cos',
      cos,
      [
        [0, 1],
        [-0, 1],
        [inf, nan],
        [-inf, nan],
        [nan, nan],
        [MIN_VALUE, 1],
        [Math.PI, -1],
      ],
    ],
    [
      'atan',
      atan,
      [
        [0, 0],
        [-0, -0],
        [inf, Math.PI / 2],
        [-inf, -Math.PI / 2],
        [nan, nan],
        [1, Math.PI / 4],
        [MAX_VALUE, Math.PI / 2],
        [MIN_VALUE, MIN_VALUE],
      ],
    ],
    [
      'erf',
      erf,
      [
        [0, 0],
        [-0, -0],
        [inf, 1],
        [-inf, -1],
        [nan, nan],
        [7, 1],
        [-7, -1],
        [MIN_VALUE, MIN_VALUE],
      ],
    ],
    [
      'erfc',
      erfc,
      [
        [0, 1],
        [-0, 1],
        [inf, 0],
        [-inf, 2],
        [nan, nan],
        [30, 0],
        [-7, 2],
        [MIN_VALUE, 1],
      ],
    ],
  ])('%s', (_, f, cases) => {
    for (const [x, value] of cases) expect([x, f(x)]).toEqual([x, value]);
  });

  test('pow treats every pair of special values as ECMAScript does', () => {
    const values = [
      0,
      -0,
      1,
      -1,
      2,
      -2,
      3,
      -3,
      0.5,
      -0.5,
      2.5,
      -2.5,
      inf,
      -inf,
      nan,
      1e308,
      -1e308,
      MIN_VALUE,
      -MIN_VALUE,
      2 ** 53 - 1,
      1 - 2 ** -53,
    ];
    for (const x of values) {
      for (const y of values) {
        const [own, builtIn] = [pow(x, y), x ** y];
        const close = Math.abs(own - builtIn) <= 1e-14 * Math.abs(builtIn);
        expect(Object.is(own, builtIn) || (own !== 0 && close), `${x} ** ${y} = ${own}`).toBe(true);
      }
    }
  });

  test('the functions are odd, even or complementary to the bit', () => {
    for (const x of testArguments('symmetry', 0, 30, 200)) {
      expect(sin(-x)).toBe(-sin(x));
      expect(cos(-x)).toBe(cos(x));
      expect(tanh(-x)).toBe(-tanh(x));
      expect(atan(-x)).toBe(-atan(x));
      expect(erf(-x)).toBe(-erf(x));
    }
  });
});

test('the bits never change', () => {
  const functions = [exp, expm1, tanh, sigmoid, softplus, log, log1p, sin, cos, atan, erf, erfc];
  const values = testArguments('pinned', 1e-3, 20, 500).flatMap((x) => functions.map((f) => f(x)));
  expect(hashOfBits(values)).toBe(-187234152);
});
