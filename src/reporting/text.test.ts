import { describe, expect, it } from 'vitest';
import { counted, escapeMarkup, formatNumber, formatPercent, sentence } from './text.js';

describe('escapeMarkup', () => {
  it('leaves no character that could open a tag, an attribute or an entity', () => {
    expect(escapeMarkup(`<img src="x" onerror='a&b'>`)).toBe(
      '&lt;img src=&quot;x&quot; onerror=&#39;a&amp;b&#39;&gt;',
    );
  });
  it('drops the characters that XML forbids and keeps line breaks', () => {
    expect(escapeMarkup('a\u0000b\u001Bc\nd\te')).toBe('abc\nd\te');
  });
});

describe('formatNumber', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [12, '12'],
    [-3, '−3'],
    [0.123456, '0.1235'],
    [-0.5, '−0.5'],
    [123456.7, '123500'],
    [1e-5, '10⁻⁵'],
    [-1e-5, '−10⁻⁵'],
    [2.5e-12, '2.5·10⁻¹²'],
    [1.23456e13, '1.235·10¹³'],
    [Infinity, '∞'],
    [-Infinity, '−∞'],
    [Number.NaN, 'not a number'],
    ['Infinity', '∞'],
    ['355/113', '355/113'],
  ] as const)('shows %s as %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });
});

describe('phrases', () => {
  it('counts, gives shares and ends sentences', () => {
    expect(counted(1, 'trial')).toBe('1 trial');
    expect(counted(3, 'trial')).toBe('3 trials');
    expect(formatPercent(0.03765)).toBe('3.77 %');
    expect(sentence('no draw was violated')).toBe('No draw was violated.');
    expect(sentence('Done.')).toBe('Done.');
    expect(sentence('  ')).toBe('');
  });
});

it('a sentence that begins with a symbol keeps it: d is not D', () => {
  expect(sentence('d + 1 inputs in every cell')).toBe('d + 1 inputs in every cell.');
  expect(sentence('as printed')).toBe('As printed.');
});
