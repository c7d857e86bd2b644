import { describe, expect, test } from 'vitest';
import { normal, randomSource } from '../math/index.js';
import { predictionHalfWidth } from './prediction-interval.js';

describe('predictionHalfWidth', () => {
  test('misses the mean of the repeats at any look in at most alpha of 1000 histories', () => {
    const alpha = 0.1;
    let missed = 0;
    for (let history = 0; history < 1000; history += 1) {
      const random = randomSource('prediction', history);
      const repeats = [1, 5, 20][history % 3];
      let reported = 0;
      for (let i = 0; i < repeats; i += 1) reported += (7 + 3 * normal(random)) / repeats;
      let [n, mean, squares] = [0, 0, 0];
      for (let look = 0; look < 400; look += 1) {
        const value = 7 + 3 * normal(random);
        n += 1;
        const step = (value - mean) / n;
        squares += step * (value - mean) * (n - 1);
        mean += step;
        if (n < 3) continue;
        const half = predictionHalfWidth(n, squares / (n - 1), repeats, alpha);
        if (Math.abs(reported - mean) > half) {
          missed += 1;
          break;
        }
      }
    }
    // At a miss probability of alpha, 130 or more of 1000 happen with probability below 2e-3.
    expect(missed).toBeLessThan(130);
  });

  test('tends to 3.57 standard errors of the repeats at 1 %, and is infinite with few replications', () => {
    expect(predictionHalfWidth(1e9, 4, 4, 0.01)).toBeCloseTo(3.57, 2);
    expect(predictionHalfWidth(3, 4, 4, 0.01)).toBe(Infinity);
    expect(predictionHalfWidth(100, 0, 4, 0.01)).toBe(0);
  });
});
