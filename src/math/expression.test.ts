import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HIGH_PRECISION_DIGITS, bigNumber, expression, highPrecision } from './expression.js';
import { parseRational, toDouble } from './rational.js';

fc.configureGlobal({ seed: 1 }); // tests are deterministic

describe('expression', () => {
  it('carries its digits in literals, constants and functions', () => {
    const third = expression('1/3', {}).evaluateBig({});
    expect(third.toString()).toBe(`0.${'3'.repeat(HIGH_PRECISION_DIGITS)}`);
    const root = expression('sqrt(pi*x)', { x: 'x' }).evaluateBig({ x: '2' });
    // oxlint-disable-next-line oxc/number-arg-out-of-range -- a BigNumber's method, not Number's
    expect(root.pow(2).div(2).toFixed(60)).toBe(
      '3.141592653589793238462643383279502884197169399375105820974945',
    );
  });

  it('compiles the same formula to float64', () => {
    expect(expression('1/3', {}).evaluate({})).toBe(1 / 3);
  });

  it('agrees with itself in float64 and at high precision', () => {
    const bound = expression('4*(delta + 2*M)/mu^2 - log(1 + delta)', {
      delta: '\\delta',
      M: 'M',
      mu: '\\mu^*',
    });
    const size = fc.double({ noNaN: true, min: 1e-6, max: 1e6 });
    fc.assert(
      fc.property(size, size, size, (delta, M, mu) => {
        const scope = { delta, M, mu };
        const exact = bound.evaluateBig(scope).toNumber();
        // Seven roundings, in terms of at most this size.
        const terms = (4 * (delta + 2 * M)) / (mu * mu) + Math.log(1 + delta) + 1;
        return Math.abs(bound.evaluate(scope) - exact) <= 8 * Number.EPSILON * terms;
      }),
    );
  });

  it('is typeset with the given names, and by mathjs where none is given', () => {
    const bound = expression('4*(delta + 2*M)/mu', { delta: '\\delta', mu: '\\mu^*' });
    expect(bound.tex.replaceAll(/\s/g, '')).toBe(
      '\\frac{4\\cdot\\left(\\delta+2\\cdotM\\right)}{\\mu^*}',
    );
    expect(bound.symbols).toEqual(['delta', 'mu']);
    expect(bound.text).toBe('4*(delta + 2*M)/mu');
  });

  it('keeps a given name apart from the command before it', () => {
    expect(expression('2*M*L', { M: 'M_D', L: 'L' }).tex).not.toMatch(/\\cdot[A-Za-z]/);
  });

  it('refuses what does not parse and what is not a real number', () => {
    expect(() => expression('1 +', {})).toThrow(SyntaxError);
    const root = expression('sqrt(x)', { x: 'x' });
    expect(() => root.evaluate({ x: -1 })).toThrow(
      'evaluate: sqrt(x) must be a real number, got i',
    );
    expect(() => root.evaluateBig({ x: -1 })).toThrow(
      'evaluateBig: sqrt(x) must be a real number, got i',
    );
    expect(() => root.evaluate({} as { x: number })).toThrow('Undefined symbol x');
  });
});

describe('bigNumber', () => {
  it('has exactly the value of the double, however many digits that takes', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        const text = highPrecision.format(bigNumber(x), { notation: 'exponential' });
        return toDouble(parseRational(text.replace('e+', 'e'))) === x || x === 0;
      }),
    );
    expect(bigNumber(0.1).toString()).toBe(
      '0.1000000000000000055511151231257827021181583404541015625',
    );
    expect(bigNumber(Number.MAX_VALUE).toFixed()).toBe(String(BigInt(Number.MAX_VALUE)));
    // 2⁻¹⁰⁷⁴ = 5¹⁰⁷⁴·10⁻¹⁰⁷⁴.
    expect(bigNumber(Number.MIN_VALUE).toExponential()).toMatch(/^4\.94065645841246544\d+e-324$/);
    expect(bigNumber(Number.MIN_VALUE).precision()).toBe(String(5n ** 1074n).length);
  });

  it('reads a string as the decimal it shows', () => {
    expect(bigNumber('0.1').toString()).toBe('0.1');
    expect(bigNumber(Infinity).isFinite()).toBe(false);
  });
});
