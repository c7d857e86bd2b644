import { expect, test } from 'vitest';
import { wrapped } from './table.js';

test('lines break at spaces, and not at all where nobody sees their end', () => {
  const text = 'certified · 40 trials (exact) · 17 violated · controls 1/2';
  expect(wrapped(text, 30)).toEqual([
    'certified · 40 trials (exact)',
    '· 17 violated · controls 1/2',
  ]);
  expect(wrapped(text, Infinity)).toEqual([text]);
  expect(wrapped('a'.repeat(50), 5)).toEqual(['a'.repeat(50)]);
});
