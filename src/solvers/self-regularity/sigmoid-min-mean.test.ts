import { describe, expect, it } from 'vitest';
import { randomSource, sigmoid } from '../../math/index.js';
import { sigmoidMinimumMeanLowerBound } from './sigmoid-min-mean.js';

function meanSigmoid(w: readonly number[], inputs: readonly (readonly number[])[]): number {
  const total = inputs.reduce(
    (sum, x) => sum + sigmoid(x.reduce((product, entry, k) => product + entry * w[k], 0)),
    0,
  );
  return total / inputs.length;
}

describe('sigmoidMinimumMeanLowerBound', () => {
  it('is a sharp lower bound on the line', () => {
    const random = randomSource('sigmoid line');
    for (let key = 0; key < 20; key += 1) {
      const inputs = Array.from({ length: 9 }, () => [4 * random.uniform() - 2]);
      const radius = [0.1, 1, 10, 1e4][key % 4];
      const bound = sigmoidMinimumMeanLowerBound(inputs, 1, radius);
      let sampled = Infinity;
      for (let t = -4000; t <= 4000; t += 1) {
        sampled = Math.min(sampled, meanSigmoid([(radius * t) / 4000], inputs));
        sampled = Math.min(
          sampled,
          meanSigmoid([Math.sign(t) * Math.min(radius, 2 ** (t / 200))], inputs),
        );
      }
      expect(bound).toBeLessThanOrEqual(sampled);
      expect(bound).toBeGreaterThan(0.99 * sampled);
    }
  });

  it.each([2, 3])('bounds random neurons of the ball from below in dimension %i', (inputDim) => {
    const random = randomSource('sigmoid ball', inputDim);
    const inputs = Array.from({ length: 15 }, () =>
      Array.from({ length: inputDim }, () => 2 * random.uniform() - 1),
    );
    for (const radius of [0.1, 3, 1e3]) {
      const bound = sigmoidMinimumMeanLowerBound(inputs, inputDim, radius);
      expect(bound).toBeGreaterThan(0);
      for (let t = 0; t < 3000; t += 1) {
        const w = Array.from({ length: inputDim }, () => (radius * (2 * random.uniform() - 1)) / 2);
        expect(meanSigmoid(w, inputs)).toBeGreaterThanOrEqual(bound);
      }
    }
  });

  it('goes below the value at infinite radius: the points 1 and −1e-6 allow ¼', () => {
    const bound = sigmoidMinimumMeanLowerBound([[1], [-1e-6]], 1, Infinity);
    expect(bound).toBeLessThan(0.2501);
    expect(bound).toBeGreaterThan(0.2499);
  });

  it('is ½ for inputs at 0 and tends to 0 for points on one side', () => {
    expect(sigmoidMinimumMeanLowerBound([[0]], 1, 5)).toBeCloseTo(0.5, 12);
    expect(sigmoidMinimumMeanLowerBound([[1], [2]], 1, 50)).toBeLessThan(1e-20);
    expect(sigmoidMinimumMeanLowerBound([[1], [2]], 1, 50)).toBeGreaterThan(0);
  });
});
