import { describe, expect, test } from 'vitest';
import { randomSource } from '../math/index.js';
import {
  bernoulliConfidenceSequence,
  boundedMeanConfidenceSequence,
} from './bernoulli-confidence.js';
import {
  equalDrawsNeeded,
  fewestForRanks,
  predictedBoundedMean,
  predictedSuccesses,
  surelyAmongLowest,
} from './repeat-predictions.js';

/** P(K = k) of a binomial law, term by term. */
function binomial(repeats: number, p: number): number[] {
  const masses = [(1 - p) ** repeats];
  for (let k = 1; k <= repeats; k += 1) {
    masses.push((masses[k - 1] * (repeats - k + 1) * p) / (k * (1 - p)));
  }
  return masses;
}

describe('predictedSuccesses', () => {
  test.each([
    [1, 0.3],
    [7, 0.02],
    [30, 0.5],
    [200, 0.02],
    [200, 0.97],
  ])('are the binomial limits at %d repeats and p = %d', (repeats, p) => {
    const alpha = 0.01;
    const masses = binomial(repeats, p);
    const sum = (from: number, to: number) =>
      masses.slice(from, to + 1).reduce((total, mass) => total + mass, 0);
    const { lower, upper } = predictedSuccesses({ lower: p, upper: p }, repeats, alpha);
    expect(sum(0, lower)).toBeGreaterThan(alpha / 2);
    expect(lower === 0 || sum(0, lower - 1) <= alpha / 2).toBe(true);
    expect(sum(upper, repeats)).toBeGreaterThan(alpha / 2);
    expect(upper === repeats || sum(upper + 1, repeats) <= alpha / 2).toBe(true);
  });

  test('at sure probabilities, and everything where the probability is unknown', () => {
    expect(predictedSuccesses({ lower: 0, upper: 0 }, 5, 0.01)).toEqual({ lower: 0, upper: 0 });
    expect(predictedSuccesses({ lower: 1, upper: 1 }, 5, 0.01)).toEqual({ lower: 5, upper: 5 });
    expect(predictedSuccesses({ lower: 0, upper: 1 }, 5, 0.01)).toEqual({ lower: 0, upper: 5 });
  });
});

describe('bounded means', () => {
  test('zeros and ones give the confidence sequence of a success probability', () => {
    expect(boundedMeanConfidenceSequence(3, 40, 0.01)).toEqual(
      bernoulliConfidenceSequence(3, 40, 0.01),
    );
  });

  test('a mean on the far side has at most half of alpha, at the worst law with two values', () => {
    for (const [repeats, mean] of [
      [5, 0.3],
      [40, 0.1],
      [40, 0.5],
    ]) {
      const { lower, upper } = predictedBoundedMean({ lower: mean, upper: mean }, repeats, 0.05);
      const masses = binomial(repeats, mean);
      const outside = (test: (share: number) => boolean) =>
        masses.reduce((sum, mass, k) => (test(k / repeats) ? sum + mass : sum), 0);
      expect(outside((share) => share > upper)).toBeLessThanOrEqual(0.025);
      expect(outside((share) => share < lower)).toBeLessThanOrEqual(0.025);
      expect(lower).toBeLessThan(mean);
      expect(upper).toBeGreaterThan(mean);
    }
    expect(predictedBoundedMean({ lower: 0, upper: 1 }, 3, 0.05)).toEqual({ lower: 0, upper: 1 });
  });

  test('refuse what is no sum of draws in [0, 1]', () => {
    expect(() => boundedMeanConfidenceSequence(5, 4, 0.1)).toThrow(
      'boundedMeanConfidenceSequence: sum must lie in [0, 4], got 5',
    );
    expect(() => boundedMeanConfidenceSequence(1, 1.5, 0.1)).toThrow('trials must be an integer');
    expect(() => boundedMeanConfidenceSequence(1, 4, 1)).toThrow('alpha must lie in (0, 1)');
  });
});

describe('ranks', () => {
  test('call a number lowest in at most half of alpha of histories, whatever the number of looks', () => {
    const alpha = 0.2;
    let called = 0;
    for (let history = 0; history < 1000; history += 1) {
      const random = randomSource('ranks', history);
      const number = random.uniform();
      let atMost = 0;
      for (let draws = 1; draws <= 600; draws += 1) {
        if (random.uniform() <= number) atMost += 1;
        if (!surelyAmongLowest(atMost, draws, alpha)) continue;
        called += 1;
        break;
      }
    }
    // At 10 %, 130 or more of 1000 happen with probability below 2e-3; a sharp bound is not far below.
    expect(called).toBeLessThan(130);
    expect(called).toBeGreaterThan(50);
  });

  test('the fewest draws are the fewest', () => {
    for (const alpha of [0.01, 0.05, 0.3]) {
      const fewest = fewestForRanks(alpha);
      expect(surelyAmongLowest(0, fewest, alpha)).toBe(true);
      expect(surelyAmongLowest(0, fewest - 1, alpha)).toBe(false);
    }
    expect(fewestForRanks(0.01)).toBe(276);
  });
});

describe('equalDrawsNeeded', () => {
  test.each([1, 5, 200])(
    'bounds the chance of another value among %d repeats, for every law',
    (repeats) => {
      const alpha = 0.01;
      const needed = equalDrawsNeeded(repeats, alpha);
      const worst = (n: number) => {
        let largest = 0;
        for (let step = 1; step < 4000; step += 1) {
          const stays = 1 - 10 ** (-step / 500);
          largest = Math.max(largest, stays ** n * (1 - stays ** repeats));
        }
        return largest;
      };
      expect(worst(needed)).toBeLessThanOrEqual(alpha);
      // The grid of laws comes within 1 % of the worst.
      expect(worst(Math.floor(0.95 * needed) - 1)).toBeGreaterThan(alpha);
    },
  );
});
