import { describe, expect, test } from 'vitest';
import { randomSource } from '../math/index.js';
import type { Bet } from './e-process.js';
import { logEProcess } from './e-process.js';

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
      mean += probability * Math.exp(logEProcess(outcome));
    }
    expect(mean).toBeCloseTo(1, 12);
  });

  test('reaches ln(1/α) at any of 1000 looks in at most α of 300 histories at the boundary', () => {
    const alpha = 0.1;
    let alarms = 0;
    for (let history = 0; history < 300; history += 1) {
      const all = bets(`null-${history}`, 1000, 0.05, 0.05);
      for (let n = 50; n <= 1000; n += 50) {
        if (logEProcess(all.slice(0, n)) >= -Math.log(alpha)) {
          alarms += 1;
          break;
        }
      }
    }
    // At a false-alarm probability of α, 48 or more of 300 happen with probability below 1e-3.
    expect(alarms).toBeLessThan(48);
  });

  test('detects twice the admitted rate within a few thousand trials', () => {
    expect(logEProcess(bets('alternative', 3000, 0.1, 0.05))).toBeGreaterThan(-Math.log(1e-6));
  });

  test('a violation that the claim excludes is decisive; certain admission carries no evidence', () => {
    expect(logEProcess([{ violated: true, admitted: 0 }])).toBe(Infinity);
    expect(logEProcess([{ violated: true, admitted: 1 }])).toBe(0);
    expect(logEProcess([])).toBe(0);
  });

  test('refuses probabilities out of range', () => {
    expect(() => logEProcess([{ violated: false, admitted: 2 }])).toThrow(
      'logEProcess: admitted must lie in [0, 1], got 2',
    );
  });
});
