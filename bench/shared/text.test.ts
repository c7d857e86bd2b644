import { expect, test } from 'vitest';
import { significant } from './text.js';

test.each([
  [0, '0'],
  [0.0474, '0.0474'],
  [1, '1.00'],
  [73.84, '73.8'],
  [999.4, '999'],
  [5110, '5 110'],
  [1980123, '1 980 000'],
])('%d is shown as %s', (value, shown) => {
  expect(significant(value)).toBe(shown);
});
