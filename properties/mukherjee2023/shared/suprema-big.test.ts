import { describe, expect, it } from 'vitest';
import { bigNumber, compare, rational } from '../../../src/math/index.js';
import type { Activation } from '../../../src/model/index.js';
import { activationSuprema } from '../../../src/theory/index.js';
import { rationalAbove, rationalBelow, supremaBig } from './suprema-big.js';

const POOL: readonly Activation[] = [
  { name: 'sigmoid' },
  { name: 'tanh' },
  { name: 'arctan' },
  { name: 'erf' },
  { name: 'sine' },
  { name: 'gaussian-bump' },
  { name: 'constant', value: -0.75 },
  { name: 'softplus', beta: 0.1 },
  { name: 'softplus', beta: 100 },
];

describe('supremaBig', () => {
  it.each(POOL)('agrees with the closed forms, found another way: $name', (activation) => {
    const big = supremaBig(activation);
    const closed = activationSuprema(activation);
    for (const name of ['value', 'slope', 'curvature', 'homogeneityDefect'] as const) {
      const value = big[name];
      if (value === null) {
        expect([Infinity, null]).toContain(closed[name]);
        continue;
      }
      // The closed form is the least double that is not below.
      const double = bigNumber(closed[name] ?? Number.NaN);
      expect(double.minus(value).gte(value.times(-1e-60))).toBe(true);
      expect(double.minus(value).lte(value.times(2 ** -51))).toBe(true);
    }
  });

  it('refuses activations whose maximisers are not known', () => {
    expect(() => supremaBig({ name: 'relu' })).toThrow(
      'supremaBig: activation must be smooth and bounded, or SoftPlus, got relu',
    );
  });
});

describe('rationalAbove and rationalBelow', () => {
  it('enclose a number that is no double, and keep a double', () => {
    const third = bigNumber(1).div(3);
    expect(compare(rationalAbove(third), rational(1 / 3))).toBe(1);
    expect(compare(rationalBelow(third), rational(1 / 3))).toBe(-1);
    expect(compare(rationalAbove(bigNumber(0.25)), rational(0.25))).toBe(0);
    expect(compare(rationalBelow(bigNumber(0.25)), rational(0.25))).toBe(0);
  });
});
