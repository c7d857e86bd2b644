import { expect, test } from 'vitest';
import { median } from './median.js';

test('the median of an even number of times is between the middle two', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(() => median([])).toThrow('median: values must not be empty, got none');
});
