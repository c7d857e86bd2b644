import { describe, expect, it } from 'vitest';
import { HIGH_PRECISION_DIGITS, expression } from './expression.js';

describe('expression', () => {
  it('carries its digits in literals, constants and functions', () => {
    const third = expression('1/3', {}).evaluateBig({});
    expect(third.toString()).toBe(`0.${'3'.repeat(HIGH_PRECISION_DIGITS)}`);
    const root = expression('sqrt(pi*x)', { x: 'x' }).evaluateBig({ x: '2' });
    expect(root.pow(2).div(2).toFixed(60)).toBe(
      '3.141592653589793238462643383279502884197169399375105820974945',
    );
  });

  it('compiles the same formula to float64', () => {
    expect(expression('1/3', {}).evaluate({})).toBe(1 / 3);
  });
});
