import { describe, expect, test } from 'vitest';
import { addMoments, meanAndVariance, momentsOf, NO_MOMENTS } from './moments.js';

describe('momentsOf', () => {
  test('mean and variance are those of the doubles, even where float sums would cancel', () => {
    const moments = momentsOf([1e8 + 1, 1e8 + 2, 1e8 + 4]);
    expect(meanAndVariance(moments).variance).toBe(7 / 3);
    expect(meanAndVariance(momentsOf([1, 2, 4])).mean).toBe(7 / 3);
    expect(meanAndVariance(momentsOf([5]))).toEqual({ mean: 5, variance: NaN });
    expect(meanAndVariance(NO_MOMENTS)).toEqual({ mean: NaN, variance: NaN });
  });

  test('order and grouping change nothing', () => {
    const values = [0.1, 0.2, 0.3, 1e-30, 1e30, -7];
    const parts = [values.slice(4), values.slice(0, 4)].map(momentsOf);
    expect(addMoments(parts[0], parts[1])).toEqual(momentsOf(values));
  });

  test('refuses values that are not finite', () => {
    expect(() => momentsOf([Infinity])).toThrow('must be finite');
  });
});
