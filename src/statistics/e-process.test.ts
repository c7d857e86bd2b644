import { describe, expect, test } from 'vitest';
import { randomSource } from '../math/index.js';
import type { Bet } from './e-process.js';
import {
  LOG_ODDS_RATIOS,
  NO_WAGERS,
  addWagers,
  logEProcess,
  minimumDetectableRate,
  wagersOf,
} from './e-process.js';

const bets = (key: string, n: number, truth: number, admitted: number): Bet[] => {
  const random = randomSource('e-process', key);
  return Array.from({ length: n }, () => ({ violated: random.uniform() < truth, admitted }));
};

describe('logEProcess', () => {
  test('each bet has mean at most 1 under the null: exact sum over all outcomes of three trials', () => {
    const admitted = [0.1, 0.5, 0.03];
    let mean = 0;
    for (let mask = 0; mask < 8; mask += 1) {
      const outcome = admitted.map((p, i) => ({ violated: ((mask >> i) & 1) === 1, admitted: p }));
      const probability = outcome.reduce(
        (product, { violated, admitted: p }) => product * (violated ? p : 1 - p),
        1,
      );
      mean += probability * Math.exp(logEProcess(wagersOf(outcome)));
    }
    // Rounding up the costs takes at most 3·2⁻³⁰.
    expect(mean).toBeLessThan(1 + 1e-14);
    expect(mean).toBeGreaterThan(1 - 3 * 2 ** -30);
  });

  test('reaches ln(1/α) at any of 1000 looks in at most α of 300 histories at the boundary', () => {
    const alpha = 0.1;
    let alarms = 0;
    for (let history = 0; history < 300; history += 1) {
      const all = bets(`null-${history}`, 1000, 0.05, 0.05);
      for (let n = 50; n <= 1000; n += 50) {
        if (logEProcess(wagersOf(all.slice(0, n))) >= -Math.log(alpha)) {
          alarms += 1;
          break;
        }
      }
    }
    // At a false-alarm probability of α, 48 or more of 300 happen with probability below 1e-3.
    expect(alarms).toBeLessThan(48);
  });

  test('detects twice the admitted rate within a few thousand trials', () => {
    expect(logEProcess(wagersOf(bets('alternative', 3000, 0.1, 0.05)))).toBeGreaterThan(
      -Math.log(1e-6),
    );
  });

  test('a violation that the claim excludes is decisive; certain admission carries no evidence', () => {
    expect(logEProcess(wagersOf([{ violated: true, admitted: 0 }]))).toBe(Infinity);
    expect(logEProcess(wagersOf([{ violated: true, admitted: 1 }]))).toBe(0);
    expect(logEProcess(NO_WAGERS)).toBe(0);
  });

  test('is the mean of the bettors’ likelihood ratios, computed factor by factor', () => {
    const random = randomSource('e-process', 'factors');
    const some = Array.from({ length: 200 }, () => ({
      violated: random.uniform() < 0.3,
      admitted: random.uniform(),
    }));
    const wealth = LOG_ODDS_RATIOS.map((logRatio) => {
      const r = Math.exp(logRatio);
      return some.reduce(
        (product, { violated, admitted: p }) => (product * (violated ? r : 1)) / (1 + (r - 1) * p),
        1,
      );
    });
    const mean = wealth.reduce((sum, w) => sum + w, 0) / wealth.length;
    expect(logEProcess(wagersOf(some))).toBeCloseTo(Math.log(mean), 6);
  });

  test('the minimum detectable rate is detected with probability ½, and less is not', () => {
    for (const [placed, admitted, alpha] of [
      [60, 0.01, 0.05],
      [500, 0.3, 1e-6],
      [3000, 0.05, 1e-6],
    ] as const) {
      const held = (count: number, violated: boolean) =>
        Array.from({ length: count }, () => ({ violated, admitted }));
      const rate = minimumDetectableRate(wagersOf(held(placed, false)), alpha) ?? NaN;
      // P(the e-value of that many binomial violations reaches 1/alpha), summed term by term.
      let [power, logTerm] = [0, placed * Math.log1p(-rate)];
      for (let v = 0; v <= placed; v += 1) {
        const wagers = wagersOf([...held(v, true), ...held(placed - v, false)]);
        if (logEProcess(wagers) >= -Math.log(alpha)) power += Math.exp(logTerm);
        logTerm += Math.log(((placed - v) / (v + 1)) * (rate / (1 - rate)));
        if (power > 0 && logTerm < -40) break;
      }
      expect(power).toBeCloseTo(0.5, 8);
      expect(rate).toBeGreaterThan(admitted);
    }
    expect(minimumDetectableRate(wagersOf([{ violated: false, admitted: 0.5 }]), 1e-6)).toBe(null);
    expect(minimumDetectableRate(NO_WAGERS, 1e-6)).toBe(null);
  });

  test('order and grouping of the bets change no bit', () => {
    const random = randomSource('e-process', 'groups');
    const some = Array.from({ length: 300 }, () => ({
      violated: random.uniform() < 0.2,
      admitted: random.uniform() ** 4,
    }));
    const whole = wagersOf(some);
    expect(wagersOf(some.toReversed())).toEqual(whole);
    for (const cut of [0, 1, 77, 300]) {
      const halves = [some.slice(cut), some.slice(0, cut)].map(wagersOf);
      expect(addWagers(halves[0], halves[1])).toEqual(whole);
    }
  });

  test('refuses probabilities out of range', () => {
    expect(() => wagersOf([{ violated: false, admitted: 2 }])).toThrow(
      'wagersOf: admitted must lie in [0, 1], got 2',
    );
  });
});
