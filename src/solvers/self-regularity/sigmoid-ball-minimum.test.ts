import { describe, expect, it } from 'vitest';
import { normalVector, randomSource, sigmoid, unitSphere } from '../../math/index.js';
import { halfspaceDepth } from './halfspace-depth.js';
import { sigmoidBallMinimum } from './sigmoid-ball-minimum.js';
import { sigmoidMinimumMeanLowerBound } from './sigmoid-min-mean.js';

function meanSigmoid(w: readonly number[], inputs: readonly (readonly number[])[]): number {
  const total = inputs.reduce(
    (sum, x) => sum + sigmoid(x.reduce((product, entry, k) => product + entry * w[k], 0)),
    0,
  );
  return total / inputs.length;
}

function cloud(key: string, size: number, inputDim: number): number[][] {
  const random = randomSource('ball minimum', key, inputDim);
  return Array.from({ length: size }, () => normalVector(random, inputDim));
}

describe('sigmoidBallMinimum', () => {
  it.each([1, 2, 3])('encloses what descent and random neurons reach in dimension %i', (d) => {
    for (const size of [3, 12]) {
      for (const radius of [0.2, 2, 15]) {
        const inputs = cloud(`${size} ${radius}`, size, d);
        const found = sigmoidBallMinimum(inputs, radius);
        if (found === null) throw new Error('must be found');
        const { lower, upper, direction } = found;
        expect(Math.hypot(...direction)).toBeLessThanOrEqual(radius * (1 + 1e-12));
        expect(meanSigmoid(direction, inputs)).toBeCloseTo(upper, 12);
        expect(upper - lower).toBeLessThanOrEqual(2e-3 * upper);
        const random = randomSource('neurons', d, size, radius);
        for (let t = 0; t < 2000; t += 1) {
          const length = radius * random.uniform() ** (1 / d);
          const w = unitSphere(random, d).map((entry) => length * entry);
          expect(meanSigmoid(w, inputs)).toBeGreaterThanOrEqual(lower);
        }
        expect(descend(direction, inputs, radius)).toBeGreaterThanOrEqual(lower);
      }
    }
  });

  it('agrees with the closed form for two opposite inputs and for one', () => {
    // SGM(t) + SGM(−t) = 1; one input is lowest at −radius.
    const opposite = sigmoidBallMinimum(
      [
        [1, 0],
        [-1, 0],
      ],
      7,
    );
    expect(opposite?.lower).toBeGreaterThan(0.4995);
    expect(opposite?.upper).toBeCloseTo(0.5, 12);
    const one = sigmoidBallMinimum([[0.6, 0.8, 0]], 3);
    expect(one?.upper).toBeCloseTo(1 / (1 + Math.exp(3)), 4);
    expect(one?.lower).toBeGreaterThan(0.998 / (1 + Math.exp(3)));
    expect(one?.lower).toBeLessThanOrEqual(1 / (1 + Math.exp(3)));
  });

  it('tends to the depth from above as the radius grows, in general position', () => {
    const inputs = cloud('depth', 9, 2);
    const depth = halfspaceDepth(inputs, 2).count / 9;
    const means = [1, 10, 100, 1e4].map((radius) => sigmoidBallMinimum(inputs, radius)?.lower ?? 0);
    expect(means.toSorted((a, b) => b - a)).toEqual(means);
    expect(means[3]).toBeCloseTo(depth, 2);
    expect(means[0]).toBeGreaterThan(depth);
  });

  it('is ½ for inputs at 0, and leaves radii too large for its cubes', () => {
    expect(sigmoidBallMinimum([[0, 0]], 5)).toMatchObject({ upper: 0.5 });
    expect(sigmoidBallMinimum([[1, 0]], 1e20)).toBeNull();
    expect(sigmoidBallMinimum([[1, 0]], Infinity)).toBeNull();
  });

  it('is looked for only where the cheap bounds do not reach what is enough', () => {
    const inputs = cloud('enough', 20, 2);
    const cheap = sigmoidMinimumMeanLowerBound(inputs, 2, 3, undefined, 0);
    const sharp = sigmoidMinimumMeanLowerBound(inputs, 2, 3);
    expect(sharp).toBeGreaterThan(1.5 * cheap);
    expect(sigmoidMinimumMeanLowerBound(inputs, 2, 3, undefined, cheap * 0.99)).toBe(cheap);
    expect(sigmoidMinimumMeanLowerBound(inputs, 2, 3, undefined, cheap * 1.01)).toBe(sharp);
  });
});

/** The lowest mean that projected gradient steps reach. */
function descend(
  start: readonly number[],
  inputs: readonly (readonly number[])[],
  radius: number,
): number {
  let w = [...start];
  let best = meanSigmoid(w, inputs);
  for (let step = 0; step < 200; step += 1) {
    const gradient = w.map(() => 0);
    for (const x of inputs) {
      const s = sigmoid(x.reduce((sum, entry, k) => sum + entry * w[k], 0));
      x.forEach((entry, k) => {
        gradient[k] += (s * (1 - s) * entry) / inputs.length;
      });
    }
    w = w.map((entry, k) => entry - 0.3 * gradient[k]);
    const length = Math.hypot(...w);
    if (length > radius) w = w.map((entry) => (entry * radius) / length);
    best = Math.min(best, meanSigmoid(w, inputs));
  }
  return best;
}
