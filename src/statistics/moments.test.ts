import { describe, expect, test } from 'vitest';
import { addMoments, meanAndVariance, momentShape, momentsOf, NO_MOMENTS } from './moments.js';

describe('momentsOf', () => {
  test('mean and variance are those of the doubles, even where float sums would cancel', () => {
    const moments = momentsOf([1e8 + 1, 1e8 + 2, 1e8 + 4]);
    expect(meanAndVariance(moments).variance).toBe(7 / 3);
    expect(meanAndVariance(momentsOf([1, 2, 4])).mean).toBe(7 / 3);
    expect(meanAndVariance(momentsOf([5]))).toEqual({ mean: 5, variance: NaN });
    expect(meanAndVariance(NO_MOMENTS)).toEqual({ mean: NaN, variance: NaN });
  });

  test('skewness and excess kurtosis are those of the values', () => {
    // Of 0, 0, 0, 1: m₂ = 3/16, m₃ = 3/32, m₄ = 21/256.
    const { skewness, kurtosis } = momentShape(momentsOf([0, 0, 0, 1]));
    expect(skewness).toBeCloseTo(3 / 32 / (3 / 16) ** 1.5, 14);
    expect(kurtosis).toBeCloseTo(21 / 256 / (3 / 16) ** 2 - 3, 14);
    const moved = momentShape(momentsOf([1e6, 1e6, 1e6, 1e6 - 1]));
    expect(moved.skewness).toBeCloseTo(-skewness, 14);
    expect(moved.kurtosis).toBeCloseTo(kurtosis, 14);
    expect(momentShape(momentsOf([5, 5]))).toEqual({ skewness: NaN, kurtosis: NaN });
    expect(momentShape(NO_MOMENTS)).toEqual({ skewness: NaN, kurtosis: NaN });
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
