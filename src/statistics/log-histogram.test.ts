import { describe, expect, test } from 'vitest';
import { randomSource } from '../math/index.js';
import { addHistograms, binStart, EMPTY_HISTOGRAM, histogramOf } from './log-histogram.js';

describe('histogramOf', () => {
  test('every positive double lies in its bin, and bins are at most 0.8 % wide', () => {
    const random = randomSource('log-histogram');
    for (let i = 0; i < 2000; i += 1) {
      const value = 2 ** (2000 * random.uniform() - 1000) * (1 + random.uniform());
      const [[bin, count]] = histogramOf([value]).bins;
      expect(count).toBe(1);
      expect(binStart(bin)).toBeLessThanOrEqual(value);
      expect(binStart(bin + 1)).toBeGreaterThan(value);
      expect(binStart(bin + 1) / binStart(bin)).toBeLessThanOrEqual(1 + 1 / 128);
    }
  });

  test('values without a logarithm are counted apart; bins come in order', () => {
    expect(histogramOf([4, NaN, 0, -1, Infinity, -Infinity, 1, 4])).toMatchObject({
      nonPositive: 3,
      infinite: 1,
      nan: 1,
      bins: [
        [expect.any(Number), 1],
        [expect.any(Number), 2],
      ],
    });
  });

  test('order and grouping change nothing', () => {
    const random = randomSource('log-histogram', 'merge');
    const values = Array.from({ length: 500 }, () => random.uniform() * 10 - 1);
    const whole = histogramOf(values);
    const parts = [values.slice(300), values.slice(0, 300)].map(histogramOf);
    expect(addHistograms(parts[0], parts[1])).toEqual(whole);
    expect(addHistograms(whole, EMPTY_HISTOGRAM)).toEqual(whole);
  });
});
