import { describe, expect, test } from 'vitest';
import { erf, expression, randomSource } from '../math/index.js';
import { activationBounds, isSmooth } from './activation-facts.js';
import {
  activationDerivative,
  activationSecondDerivative,
  activationValue,
  checkActivation,
} from './activation-functions.js';
import type { Activation } from './activation.js';

/** Value, slope and curvature as formulas, differentiated by hand and evaluated at 64 digits. */
const SMOOTH: readonly (readonly [Activation, string, string, string])[] = [
  [
    { name: 'sigmoid' },
    '1/(1+exp(-u))',
    'exp(-u)/(1+exp(-u))^2',
    'exp(-u)*(exp(-u)-1)/(1+exp(-u))^3',
  ],
  [{ name: 'tanh' }, 'tanh(u)', '1/cosh(u)^2', '-2*sinh(u)/cosh(u)^3'],
  [{ name: 'arctan' }, 'atan(u)', '1/(1+u^2)', '-2*u/(1+u^2)^2'],
  [{ name: 'sine' }, 'sin(u)', 'cos(u)', '-sin(u)'],
  [{ name: 'gaussian-bump' }, 'exp(-u^2)', '-2*u*exp(-u^2)', '(4*u^2-2)*exp(-u^2)'],
  [
    { name: 'softplus', beta: 3 },
    'log(1+exp(3*u))/3',
    '1/(1+exp(-3*u))',
    '3*exp(-3*u)/(1+exp(-3*u))^2',
  ],
  [{ name: 'constant', value: -2.5 }, '-2.5', '0', '0'],
  [{ name: 'linear' }, 'u', '1', '0'],
];

const KINKED: readonly Activation[] = [
  { name: 'relu' },
  { name: 'saturated-relu' },
  { name: 'step' },
];

const EVERY: readonly Activation[] = [
  ...KINKED,
  { name: 'erf' },
  ...SMOOTH.map(([activation]) => activation),
];

const random = randomSource('activation points');
const POINTS = Array.from({ length: 60 }, (_, i) => (i < 50 ? 1 : 20) * (4 * random.uniform() - 2));

describe('values and derivatives', () => {
  test.each(SMOOTH)('%o agree with the formulas, also on the tails', (activation, ...formulas) => {
    const [value, slope, curvature] = formulas.map((text) => expression(text, { u: 'u' }));
    for (const u of POINTS) {
      for (const [own, formula] of [
        [activationValue(activation, u), value],
        [activationDerivative(activation, u), slope],
        [activationSecondDerivative(activation, u), curvature],
      ] as const) {
        const exact = formula.evaluateBig({ u }).toNumber();
        // A few ulp each; u² in the exponent of the bump costs up to u² ulp, and (4u² − 2) cancels
        // at its zero.
        const allowed = 1e-15 * (4 + u * u) * Math.abs(exact) + 1e-15 * Math.exp(-u * u);
        expect(Math.abs(own - exact), `${formula.text} at ${u}`).toBeLessThanOrEqual(allowed);
      }
    }
  });

  test('erf: value, 2/√π·e^{−u²}, and its derivative', () => {
    const slope = expression('2/sqrt(pi)*exp(-u^2)', { u: 'u' });
    for (const u of POINTS.slice(0, 50)) {
      const exact = slope.evaluateBig({ u }).toNumber();
      expect(activationValue({ name: 'erf' }, u)).toBe(erf(u));
      expect(activationDerivative({ name: 'erf' }, u) / exact).toBeCloseTo(1, 13);
      expect(activationSecondDerivative({ name: 'erf' }, u) / (-2 * u * exact)).toBeCloseTo(1, 13);
    }
  });

  test.each(EVERY)('%o: the slope is the limit of difference quotients', (activation) => {
    const h = 2 ** -17;
    for (const u of POINTS.slice(0, 50)) {
      const rise = activationValue(activation, u + h) - activationValue(activation, u - h);
      // Third derivatives are below 60 here: h²·60/6 ≈ 6e-10.
      expect(activationDerivative(activation, u)).toBeCloseTo(rise / (2 * h), 8);
      if (!isSmooth(activation)) continue;
      const bend =
        activationDerivative(activation, u + h) - activationDerivative(activation, u - h);
      expect(activationSecondDerivative(activation, u)).toBeCloseTo(bend / (2 * h), 7);
    }
  });

  test('kinks and jumps are where they should be, and the derivative there is the one asked for', () => {
    const [relu, saturated, step] = KINKED;
    expect([-1, 0, 2].map((u) => activationValue(relu, u))).toEqual([0, 0, 2]);
    expect([-1, 0, 0.5, 1, 2].map((u) => activationValue(saturated, u))).toEqual([0, 0, 0.5, 1, 1]);
    expect([-1e-300, 0, -0, 1].map((u) => activationValue(step, u))).toEqual([0, 1, 1, 1]);
    expect([0, 1].map((kink) => activationDerivative(relu, 0, kink as 0 | 1))).toEqual([0, 1]);
    expect(activationDerivative(relu, 0)).toBe(0);
    expect([0, 1].map((u) => activationDerivative(saturated, u, 1))).toEqual([1, 1]);
    expect([0, 1].map((u) => activationDerivative(saturated, u))).toEqual([0, 0]);
    expect(activationDerivative(step, 0, 1)).toBe(0);
  });

  test('infinite arguments give limits, NaN stays NaN', () => {
    for (const activation of EVERY) {
      if (activation.name === 'sine') continue;
      for (const u of [Infinity, -Infinity]) {
        expect(activationValue(activation, u), activation.name).not.toBeNaN();
        expect(activationDerivative(activation, u), activation.name).not.toBeNaN();
        if (isSmooth(activation)) {
          expect(Math.abs(activationSecondDerivative(activation, u)), activation.name).toBe(0);
        }
      }
      if (activation.name === 'constant') continue;
      expect(activationValue(activation, NaN), activation.name).toBeNaN();
    }
  });

  test('what has kinks has no second derivative', () => {
    for (const activation of KINKED) {
      expect(() => activationSecondDerivative(activation, 1)).toThrow(
        `activationSecondDerivative: activation must be smooth, got ${activation.name}`,
      );
    }
  });

  test('parameters must be in range', () => {
    for (const activation of EVERY) expect(() => checkActivation(activation)).not.toThrow();
    expect(() => checkActivation({ name: 'softplus', beta: 0 })).toThrow(
      'checkActivation: beta must be finite and > 0, got 0',
    );
    expect(() => checkActivation({ name: 'constant', value: Infinity })).toThrow(
      'checkActivation: value must be finite, got Infinity',
    );
  });
});

describe('activationBounds', () => {
  const grid = Array.from({ length: 40_001 }, (_, i) => (i - 20_000) / 2000);
  const supremum = (f: (u: number) => number) =>
    grid.reduce((largest, u) => Math.max(largest, Math.abs(f(u))), 0);

  test.each(EVERY)('%o: finite constants are suprema, attained or approached', (activation) => {
    const { value, slope, curvature } = activationBounds(activation);
    const measured: [number, (u: number) => number, number][] = [
      // On |u| ≤ 10 arctan comes within 0.1 of π/2.
      [value, (u) => activationValue(activation, u), activation.name === 'arctan' ? 0.1 : 1e-4],
      [slope, (u) => activationDerivative(activation, u), 1e-4],
    ];
    if (isSmooth(activation)) {
      measured.push([curvature, (u) => activationSecondDerivative(activation, u), 1e-6]);
    } else {
      expect(curvature).toBe(Infinity);
    }
    for (const [bound, f, gap] of measured) {
      const largest = supremum(f);
      if (bound === Infinity) continue;
      expect(largest).toBeLessThanOrEqual(bound * (1 + 4 * Number.EPSILON));
      expect(largest).toBeGreaterThanOrEqual(bound - gap);
    }
  });

  test('infinite constants are infinite: values grow without bound, the step jumps', () => {
    for (const activation of EVERY) {
      const { value, slope } = activationBounds(activation);
      if (value === Infinity) expect(activationValue(activation, 1e200)).toBeGreaterThan(1e199);
      expect(slope === Infinity).toBe(activation.name === 'step');
    }
  });

  test('are the known constants', () => {
    expect(activationBounds({ name: 'sigmoid' }).curvature).toBeCloseTo(0.09622504486493763, 16);
    expect(activationBounds({ name: 'tanh' }).curvature).toBeCloseTo(0.769800358919501, 15);
    expect(activationBounds({ name: 'softplus', beta: 8 }).curvature).toBe(2);
    expect(activationBounds({ name: 'constant', value: -3 }).value).toBe(3);
  });
});
