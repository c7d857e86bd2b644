import { expect, test } from 'vitest';
import {
  activationDerivative,
  activationSecondDerivative,
  activationValue,
  isSmooth,
} from '../model/index.js';
import { activationPass, curvaturePass } from './activation-pass.js';
import { EVERY_ACTIVATION } from './testing/random-problem.js';

const POINTS = Float64Array.of(
  -1e308,
  -800,
  -40,
  -6,
  -1,
  -0.5,
  -1e-9,
  -1e-300,
  -0,
  0,
  1e-300,
  1e-9,
  0.25,
  1,
  3,
  40,
  800,
  1e308,
);

for (const activation of EVERY_ACTIVATION) {
  for (const kink of [0, 1] as const) {
    test(`the pass of ${activation.name} agrees with value and derivative, kink ${kink}`, () => {
      const value = new Float64Array(POINTS.length);
      const slope = new Float64Array(POINTS.length);
      activationPass(activation, kink)(POINTS, value, slope, POINTS.length);
      POINTS.forEach((u, i) => {
        for (const [actual, expected] of [
          [value[i], activationValue(activation, u)],
          [slope[i], activationDerivative(activation, u, kink)],
        ]) {
          // Both are within a few ulp of the function, by different formulas.
          const tolerance = 16 * Number.EPSILON * Math.abs(expected) + Number.MIN_VALUE;
          expect(Math.abs(actual - expected), `at ${u}`).toBeLessThanOrEqual(tolerance);
        }
      });
    });
  }

  test(`the pass of ${activation.name} keeps NaN`, () => {
    const value = new Float64Array(1);
    activationPass(activation, 0)(Float64Array.of(NaN), value, new Float64Array(1), 1);
    expect(value[0]).toBeNaN();
  });

  test(`the curvature pass of ${activation.name} is σ'', 0 where there are kinks`, () => {
    const curvature = new Float64Array(POINTS.length + 1).fill(7);
    curvaturePass(activation)(POINTS, curvature, POINTS.length);
    POINTS.forEach((u, i) => {
      expect(curvature[i]).toBe(
        isSmooth(activation) ? activationSecondDerivative(activation, u) : 0,
      );
    });
    expect(curvature[POINTS.length]).toBe(7);
  });
}

test('passes check the parameters of their activation', () => {
  const wrong = { name: 'softplus', beta: -2 } as const;
  const message = 'checkActivation: beta must be finite and > 0, got -2';
  expect(() => activationPass(wrong, 0)).toThrow(new RangeError(message));
  expect(() => curvaturePass(wrong)).toThrow(new RangeError(message));
});
