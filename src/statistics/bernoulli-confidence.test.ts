import { describe, expect, test } from 'vitest';
import { randomSource } from '../math/index.js';
import { bernoulliConfidenceSequence, logBernoulliMixture } from './bernoulli-confidence.js';

describe('bernoulliConfidenceSequence', () => {
  test('without successes the upper limit solves (1−p)^n = alpha · C(2n, n)/4^n', () => {
    const { lower, upper } = bernoulliConfidenceSequence(0, 99, 0.01);
    expect(lower).toBe(0);
    // B(½, n+½)/π = C(2n, n)/4^n, as a product of (2k − 1)/(2k).
    let central = 1;
    for (let k = 1; k <= 99; k += 1) central *= (2 * k - 1) / (2 * k);
    expect((1 - upper) ** 99).toBeCloseTo(0.01 * central, 10);
  });

  test('the mixture is the integral of the likelihood ratio over Beta(½, ½)', () => {
    // p = sin²(x) makes the prior uniform in x on (0, π/2).
    const [k, n, p] = [3, 11, 0.2];
    const steps = 4000;
    let integral = 0;
    for (let i = 0; i < steps; i += 1) {
      const q = Math.sin(((i + 0.5) / steps) * (Math.PI / 2)) ** 2;
      integral += ((q / p) ** k * ((1 - q) / (1 - p)) ** (n - k)) / steps;
    }
    expect(logBernoulliMixture(k, n, p)).toBeCloseTo(Math.log(integral), 8);
  });

  test('is symmetric in successes and failures', () => {
    const a = bernoulliConfidenceSequence(3, 20, 0.05);
    const b = bernoulliConfidenceSequence(17, 20, 0.05);
    expect(a.lower).toBeCloseTo(1 - b.upper, 12);
    expect(a.upper).toBeCloseTo(1 - b.lower, 12);
  });

  test('knows nothing before the first trial', () => {
    expect(bernoulliConfidenceSequence(0, 0, 0.05)).toEqual({ lower: 0, upper: 1 });
  });

  test('over 400 histories of 300 looks it misses the truth at any look in at most alpha of them', () => {
    const alpha = 0.1;
    let missed = 0;
    for (let history = 0; history < 400; history += 1) {
      const random = randomSource('confidence-sequence', history);
      const truth = [0.02, 0.3, 0.5][history % 3];
      let successes = 0;
      for (let n = 1; n <= 300; n += 1) {
        if (random.uniform() < truth) successes += 1;
        const { lower, upper } = bernoulliConfidenceSequence(successes, n, alpha);
        if (truth < lower || truth > upper) {
          missed += 1;
          break;
        }
      }
    }
    // Under a miss probability of alpha, 60 or more of 400 happen with probability below 1e-3.
    expect(missed).toBeLessThan(60);
  });

  test('refuses arguments out of range', () => {
    expect(() => bernoulliConfidenceSequence(2, 1, 0.05)).toThrow(
      'bernoulliConfidenceSequence: successes must be an integer in 0…1, got 2',
    );
    expect(() => bernoulliConfidenceSequence(0, -1, 0.05)).toThrow(
      'bernoulliConfidenceSequence: trials must be an integer ≥ 0, got -1',
    );
    expect(() => bernoulliConfidenceSequence(0, 1, 0)).toThrow(
      'bernoulliConfidenceSequence: alpha must lie in (0, 1), got 0',
    );
  });
});
