import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { oneLine, printable } from './printable.js';

describe('printable', () => {
  test('names what it replaces', () => {
    expect(printable('a\u001b[31mred\u0007\u009b1m\u202eb\u2069')).toBe(
      String.raw`a\x1b[31mred\x07\x9b1m\u202eb\u2069`,
    );
  });

  test('leaves formulas, letters and emoji alone', () => {
    const text = 'Σ_j |a_j|·‖b_j‖ ≤ ½ — naïve 数学 🙂';
    expect(printable(text)).toBe(text);
  });

  test('no text leaves a control character, and it is done once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = printable(text);
        expect(shown).not.toMatch(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u);
        expect(printable(shown)).toBe(shown);
      }),
    );
  });

  test('one line of several', () => {
    expect(oneLine('first\r\n  second\tthird\n')).toBe('first second third');
  });
});
