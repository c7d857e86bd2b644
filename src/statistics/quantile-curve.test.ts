import { describe, expect, test } from 'vitest';
import { randomSource } from '../math/index.js';
import { logBernoulliMixture } from './bernoulli-confidence.js';
import { leastEvidence, quantileEvidence } from './quantile-curve.js';

const sample = (values: readonly number[], unknown = 0) => ({
  logSize: 0,
  bins: values
    .toSorted((a, b) => a - b)
    .map((value) => ({ low: value, high: value + 0.1, count: 1 })),
  unknown,
});

describe('quantileEvidence', () => {
  test('is the mixture martingale in the number of draws below', () => {
    const { at } = quantileEvidence(sample([1, 2, 3, 4, 5, 6, 7, 8]), 0.5);
    expect(at(0)).toBeCloseTo(logBernoulliMixture(0, 8, 0.5), 10);
    expect(at(9)).toBeCloseTo(logBernoulliMixture(8, 8, 0.5), 10);
    expect(at(6.5)).toBeCloseTo(logBernoulliMixture(6, 8, 0.5), 10);
  });

  test('a draw whose bin holds the value counts as the claim would like it', () => {
    const { at } = quantileEvidence(sample([1, 2, 3, 4, 5, 6, 7, 8]), 0.5);
    expect(at(6.05)).toBeCloseTo(logBernoulliMixture(5, 8, 0.5), 10);
    expect(at(2.05)).toBeCloseTo(logBernoulliMixture(2, 8, 0.5), 10);
  });

  test('draws of unknown value speak for every value', () => {
    const { at } = quantileEvidence(sample([1, 2, 3, 4], 4), 0.5);
    for (const x of [0, 2.5, 9]) expect(at(x)).toBeCloseTo(logBernoulliMixture(4, 8, 0.5), 10);
  });

  test('within a level lies every value with less evidence', () => {
    const random = randomSource('quantile-curve', 'within');
    const evidence = quantileEvidence(
      sample(Array.from({ length: 60 }, () => random.uniform() * 20)),
      0.3,
    );
    for (const level of [-1, 0, 2, 5]) {
      const range = evidence.within(level);
      for (let x = -1; x < 22; x += 0.01) {
        const inside = range !== null && x >= range.low && x <= range.high;
        expect(evidence.at(x) <= level).toBe(inside);
      }
    }
  });

  test('rejects the true quantile at any of 200 looks in at most alpha of 500 histories', () => {
    const alpha = 0.1;
    let rejected = 0;
    for (let history = 0; history < 500; history += 1) {
      const random = randomSource('quantile-curve', 'looks', history);
      const values: number[] = [];
      for (let look = 0; look < 100; look += 1) {
        values.push(random.uniform() ** 3, random.uniform() ** 3);
        const bins = values
          .toSorted((a, b) => a - b)
          .map((value) => ({ low: value, high: value, count: 1 }));
        if (quantileEvidence({ logSize: 0, bins, unknown: 0 }, 0.5).at(0.125) >= -Math.log(alpha)) {
          rejected += 1;
          break;
        }
      }
    }
    // At a probability of alpha, 71 or more of 500 happen with probability below 2e-3.
    expect(rejected).toBeLessThan(71);
  });
});

describe('leastEvidence', () => {
  const random = randomSource('quantile-curve', 'curve');
  const rungs = [0, 1, 2].map((u) =>
    quantileEvidence(sample(Array.from({ length: 20 }, () => u + random.uniform())), 0.5),
  );

  test('is found at steps: a fine grid finds no less', () => {
    for (const shifts of [
      [0, 1, 2],
      [0, 0, 0],
      [0, 0.4, 1.9],
    ]) {
      const least = leastEvidence(rungs, shifts);
      for (let mu = -3; mu < 5; mu += 0.001) {
        const sum = rungs.reduce((total, rung, j) => total + rung.at(mu + shifts[j]), 0);
        expect(sum).toBeGreaterThanOrEqual(least - 1e-12);
      }
    }
  });
});
