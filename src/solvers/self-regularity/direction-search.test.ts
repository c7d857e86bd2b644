import { describe, expect, it } from 'vitest';
import { norm, randomSource } from '../../math/index.js';
import { smallMeanDirections } from './direction-search.js';
import { reluMinimumMean } from './relu-min-mean.js';

const EFFORT = { starts: 24, steps: 60 };

describe('smallMeanDirections', () => {
  it('comes within 5 % of the exact minimum in dimension 3', () => {
    const random = randomSource('cloud for directions');
    for (let key = 0; key < 8; key += 1) {
      const inputs = Array.from({ length: 30 }, () =>
        [0, 1, 2].map(() => 2 * random.uniform() - 1),
      );
      const [w] = smallMeanDirections(inputs, 3, randomSource('search', key), EFFORT);
      const value =
        inputs.reduce(
          (sum, x) =>
            sum +
            Math.max(
              0,
              x.reduce((p, e, k) => p + e * w[k], 0),
            ),
          0,
        ) / 30;
      const { lower, upper } = reluMinimumMean(inputs, 3);
      expect(norm(w)).toBeCloseTo(1, 12);
      expect(value).toBeGreaterThanOrEqual(lower);
      expect(value).toBeLessThan(1.05 * upper);
    }
  });

  it('finds a vanishing neuron when the inputs do not span', () => {
    const inputs = [
      [1, 2, 0, 0, 1],
      [-1, 1, 3, 0, 1],
      [0, -2, 1, 1, -1],
    ];
    const [w] = smallMeanDirections(inputs, 5, randomSource('low rank'), EFFORT);
    const value = inputs.reduce(
      (sum, x) =>
        sum +
        Math.max(
          0,
          x.reduce((p, e, k) => p + e * w[k], 0),
        ),
      0,
    );
    expect(value).toBeLessThan(1e-9);
  });

  it('depends on its random source alone', () => {
    const inputs = [
      [1, 0.5],
      [-1, 0.25],
      [0.2, -1],
    ];
    const once = smallMeanDirections(inputs, 2, randomSource('same'), EFFORT);
    expect(smallMeanDirections(inputs, 2, randomSource('same'), EFFORT)).toEqual(once);
  });
});
