import { describe, expect, test } from 'vitest';
import type { TrialRecord } from './evidence-types.js';
import type { Judged } from './judges/index.js';
import { sharpnessOf, sharpnessPhrase } from './sharpness.js';
import type { Tightness } from './tightness.js';

const effort = { trials: 100, minimumEffective: 50, searches: 0, attack: 1 };
const coverage = { sampled: {} };
const survived = { verdict: 'survived' } as const;

const trials = (n: number, more: (t: number) => Partial<TrialRecord>): TrialRecord[] =>
  Array.from({ length: n }, (_, trial) => ({
    trial,
    outcome: 'holds',
    labels: [],
    ...more(trial),
  }));

const ratio = (value: number, clause = 'c'): Tightness => ({ clause, ratio: value, most: value });

describe('sharpness of universal readings', () => {
  const universal: Judged = { kind: 'universal', coverage };

  test('is the largest ratio of all trials that say something, with its clause', () => {
    const records = trials(100, (t) => ({
      tightness: ratio(t / 400, t === 99 ? 'last' : 'c'),
      ...(t === 50 ? { tightness: ratio(5), trivial: true } : {}),
    }));
    expect(sharpnessOf(universal, records, effort, survived)).toEqual({
      factor: 99 / 400,
      clause: 'last',
      reason: null,
    });
  });

  test('is none, with the reason, where a factor does not tighten or sides are bounds', () => {
    const told = (tightness: Tightness) =>
      sharpnessOf(
        universal,
        trials(60, () => ({ tightness })),
        effort,
        survived,
      );
    expect(told({ clause: 'c', unscalable: 'sign' })).toMatchObject({
      factor: null,
      reason: expect.stringContaining('≤ 0'),
    });
    expect(told({ clause: 'c', unscalable: 'one-sided' }).reason).toContain('only bounds');
    expect(told(ratio(0)).reason).toContain('no left side is positive');
  });

  test('of a refuted reading is what its bound would need, if the test stream saw it', () => {
    const refuted = { verdict: 'refuted' } as const;
    const at = (value: number) =>
      sharpnessOf(
        universal,
        trials(60, () => ({ tightness: ratio(value) })),
        effort,
        refuted,
      );
    expect(at(1.5).factor).toBe(1.5);
    expect(at(0.5)).toMatchObject({ factor: null, reason: expect.stringContaining('refuted') });
  });
});

describe('sharpness through the judge', () => {
  test('probable: one trial in a hundred may be sharper than the factor', () => {
    const probable: Judged = { kind: 'probable', coverage };
    const records = trials(400, (t) => ({
      // A permutation of 1/400 … 400/400.
      tightness: ratio((((t * 171) % 400) + 1) / 400),
      admitted: 0.01,
    }));
    const { factor } = sharpnessOf(probable, records, effort, survived);
    // Refuted once far more than 1 % lie above the factor: not by the largest alone, and before a quarter does.
    expect(factor).toBeLessThan(0.99);
    expect(factor).toBeGreaterThan(0.75);
  });

  const limit: Judged = {
    kind: 'limit',
    coverage,
    tolerance: 0.25,
    rungs: [1, 10, 100, 1000].map((size) => ({ path: 'p', size })),
  };

  test('limit: the last sizes decide how far it still survives, whatever the first ones do', () => {
    const records = trials(800, (t) => {
      const size = 10 ** (t % 4);
      // Falls towards a plateau of 0.3 from above: at small sizes it exceeds the bound.
      const reached = 0.3 + 2 / size;
      return {
        rung: { path: 'p', size },
        tightness: ratio(reached),
        outcome: reached > 1 ? 'violated' : 'holds',
      };
    });
    const { factor } = sharpnessOf(limit, records, effort, survived);
    expect(factor).toBeCloseTo(0.302, 9);
  });

  test('limit: trials that a factor leaves open do not speak for it', () => {
    const records = trials(800, (t) => ({
      rung: { path: 'p', size: 10 ** (t % 4) },
      tightness: { clause: 'c', ratio: 0.1, most: 0.6 },
    }));
    expect(sharpnessOf(limit, records, effort, survived).factor).toBe(0.6);
    const violated = trials(800, (t) => ({
      rung: { path: 'p', size: 10 ** (t % 4) },
      tightness: ratio(2),
      outcome: 'violated',
    }));
    expect(sharpnessOf(limit, violated, effort, survived)).toMatchObject({
      factor: null,
      reason: 'it does not survive as it is',
    });
  });

  test('is none where the judge never refutes: too few trials', () => {
    const probable: Judged = { kind: 'probable', coverage };
    const records = trials(2, () => ({ tightness: ratio(0.5), admitted: 0.9 }));
    expect(sharpnessOf(probable, records, effort, survived).reason).toContain('this many trials');
  });
});

test('identities, constants that are open, and kinds without a bound have none', () => {
  for (const kind of ['identity', 'scaling', 'existential', 'observation'] as const) {
    const sharpness = sharpnessOf({ kind, coverage }, [], effort, survived);
    expect(sharpness.factor).toBeNull();
    expect(sharpness.reason).not.toBe('');
  }
});

test.each([
  [0.137, 'holds with a factor 7.3 to spare on everything we tried'],
  [0.95, 'holds with a factor 1.053 to spare on everything we tried'],
  [1 - 8e-10, 'sharp: attained to within 8e-10'],
  [1, 'sharp: attained to the last digits'],
  [1.5, 'would need 1.5 times the bound on what was tried'],
  [Infinity, 'no factor saves the bound on what was tried'],
])('the factor %d in words', (factor, words) => {
  expect(sharpnessPhrase({ factor })).toBe(words);
});
