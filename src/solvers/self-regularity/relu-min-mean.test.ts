import { describe, expect, it } from 'vitest';
import { norm, normalise, randomSource } from '../../math/index.js';
import type { Matrix, Vector } from '../../model/index.js';
import { reluMinimumMean } from './relu-min-mean.js';

function meanRelu(w: Vector, inputs: Matrix): number {
  const total = inputs.reduce(
    (sum, x) =>
      sum +
      Math.max(
        0,
        x.reduce((product, entry, k) => product + entry * w[k], 0),
      ),
    0,
  );
  return total / inputs.length;
}

function symmetricCloud(key: string | number, size: number, inputDim: number): number[][] {
  const random = randomSource('relu cloud', key, size, inputDim);
  return Array.from({ length: size }, () => {
    const x = Array.from({ length: inputDim }, () => 2 * random.uniform() - 1);
    const sign = random.sign();
    return x.map((entry) => sign * entry);
  });
}

describe('reluMinimumMean', () => {
  it.each([1, 2, 3, 4])(
    'encloses the least mean over many directions, dimension %i',
    (inputDim) => {
      const random = randomSource('directions', inputDim);
      for (let key = 0; key < 6; key += 1) {
        const inputs = symmetricCloud(key, 4 + 2 * inputDim, inputDim);
        const { lower, upper, direction } = reluMinimumMean(inputs, inputDim);
        expect(norm(direction)).toBeCloseTo(1, 12);
        expect(meanRelu(direction, inputs)).toBeCloseTo(upper, 12);
        expect(upper - lower).toBeLessThan(1e-9);
        let sampled = Infinity;
        for (let t = 0; t < 4000; t += 1) {
          const w = normalise(Array.from({ length: inputDim }, () => 2 * random.uniform() - 1));
          sampled = Math.min(sampled, meanRelu(w, inputs));
          // Near the minimum, where sampling would otherwise never land.
          const near = normalise(direction.map((e, k) => e + 1e-3 * w[k]));
          sampled = Math.min(sampled, meanRelu(near, inputs));
        }
        expect(sampled).toBeGreaterThanOrEqual(lower);
      }
    },
  );

  it('is 0 for inputs that do not span, with a direction orthogonal to all of them', () => {
    const { lower, upper, direction } = reluMinimumMean(
      [
        [1, 2, 0],
        [-1, 3, 0],
      ],
      3,
    );
    expect([lower, upper]).toEqual([0, 0]);
    expect(direction.map(Math.abs)).toEqual([0, 0, 1]);
    expect(reluMinimumMean([[0]], 1).upper).toBe(0);
  });

  it('has the closed form min(mean x₊, mean x₋) in dimension 1', () => {
    expect(reluMinimumMean([[1], [2], [-4]], 1).upper).toBe(1);
  });

  it('is 1/(2d) for the points ±e_i, ties and repetitions included', () => {
    for (const inputDim of [2, 3, 4]) {
      const axes = Array.from({ length: inputDim }, (_, k) => k).flatMap((k) =>
        [1, -1, 1, -1].map((s) => Array.from({ length: inputDim }, (_, j) => (j === k ? s : 0))),
      );
      expect(reluMinimumMean(axes, inputDim).upper).toBeCloseTo(1 / (2 * inputDim), 14);
    }
  });

  it('vanishes as often as Wendel’s theorem says', () => {
    // P(N symmetric points lie in a halfspace) = 2^{1−N}·Σ_{k<d} C(N−1, k); N = 6: 6/32, 16/32 for d = 2, 3.
    for (const [inputDim, probability] of [
      [2, 6 / 32],
      [3, 16 / 32],
    ]) {
      const draws = 2000;
      let vanished = 0;
      for (let key = 0; key < draws; key += 1) {
        const { upper } = reluMinimumMean(symmetricCloud(`wendel ${key}`, 6, inputDim), inputDim);
        if (upper < 1e-12) vanished += 1;
      }
      // Five standard deviations.
      const tolerance = 5 * Math.sqrt((probability * (1 - probability)) / draws);
      expect(Math.abs(vanished / draws - probability)).toBeLessThan(tolerance);
    }
  });

  it('does not depend on the order of the points', () => {
    const inputs = symmetricCloud('order', 15, 3);
    const { upper } = reluMinimumMean(inputs, 3);
    expect(reluMinimumMean([...inputs].reverse(), 3).upper).toBeCloseTo(upper, 14);
  });

  it('refuses dimensions above 4', () => {
    expect(() => reluMinimumMean([[1, 1, 1, 1, 1]], 5)).toThrow(
      'vertexDirections: inputDim must lie in 1…4, got 5',
    );
  });
});
