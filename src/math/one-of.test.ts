import { describe, expect, test } from 'vitest';
import { requireOneOf } from './one-of.js';

describe('requireOneOf', () => {
  const check = (value: unknown) => () =>
    requireOneOf('paint', 'colour', value, ['red', 1, false, null]);

  test('admits what is listed, of the same type', () => {
    for (const value of ['red', 1, false, null]) expect(check(value)).not.toThrow();
  });

  test.each([
    ['Red', '"Red"'],
    ['constructor', '"constructor"'],
    [undefined, 'undefined'],
    ['1', '"1"'],
    [true, 'true'],
    [NaN, 'NaN'],
    [['red'], 'an array'],
    [{ toString: () => 'red' }, 'an object'],
    [() => 'red', 'a function'],
    ['x'.repeat(1000), `"${'x'.repeat(60)}…"`],
    ['two\nlines', '"two\\nlines"'],
  ])('refuses anything else on one line that lists what there is', (value, shown) => {
    expect(check(value)).toThrow(
      new RangeError(`paint: colour must be one of red, 1, false, null, got ${shown}`),
    );
  });
});
