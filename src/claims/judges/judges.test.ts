import { describe, expect, test } from 'vitest';
import { bernoulliConfidenceSequence } from '../../statistics/index.js';
import type { Judged } from './index.js';
import { coverage, evidence, family, judge, trials } from './testing/records.js';

describe('universal', () => {
  const universal: Judged = { kind: 'universal', coverage };

  test('survives with its strength: counts, coverage, worst margin, rate limit', () => {
    const result = judge(
      universal,
      evidence(trials(100, (t) => ({ margin: { lower: t / 100, upper: 1 } }))),
    );
    expect(result).toMatchObject({
      verdict: 'survived',
      decidedBy: 'exact',
      trials: { effective: 100, discarded: 0, gaveUp: 0, violated: 0 },
      coverage: { small: 100, large: 0 },
      worstMargin: 0,
    });
    expect(result.violationRateLower).toBe(0);
    expect(result.violationRateUpper).toBeCloseTo(
      bernoulliConfidenceSequence(0, 100, 0.01).upper,
      12,
    );
  });

  test('one attack among exact decisions makes the verdict an attack', () => {
    const mixed = trials(100, (t) => (t === 7 ? { decidedBy: 'attack' } : {}));
    expect(judge(universal, evidence(mixed)).decidedBy).toBe('attack');
  });

  test('is refuted by a certified or confirmed find, with the best grade', () => {
    const finds = [
      { grade: 'confirmed', clause: 'c' },
      { grade: 'certified', clause: 'd' },
    ] as const;
    expect(judge(universal, evidence(trials(100), { finds }))).toMatchObject({
      verdict: 'refuted',
      grade: 'certified',
    });
  });

  test('a suspect find refutes nothing and lets nothing survive', () => {
    const finds = [{ grade: 'suspect', clause: 'c' }] as const;
    expect(judge(universal, evidence(trials(100), { finds }))).toMatchObject({
      verdict: 'inconclusive',
      grade: 'suspect',
    });
  });

  test('is vacuous when every draw is discarded or every conclusion trivial', () => {
    expect(judge(universal, evidence(trials(100, () => ({ outcome: 'discarded' })))).verdict).toBe(
      'vacuous',
    );
    expect(judge(universal, evidence(trials(100, () => ({ trivial: true })))).verdict).toBe(
      'vacuous',
    );
  });

  test('is inconclusive below the minimum effort and when a solver keeps giving up', () => {
    expect(judge(universal, evidence(trials(49)))).toMatchObject({
      verdict: 'inconclusive',
      reason:
        '49 effective trials of the 50 that this profile demands (0 discarded, 0 gave up); more trials would settle it',
    });
    const stuck = trials(100, (t) => (t < 30 ? { outcome: 'gave-up', reason: 'no gap' } : {}));
    expect(judge(universal, evidence(stuck)).reason).toContain('most often: no gap');
  });
});

describe('probable', () => {
  const probable: Judged = { kind: 'probable', coverage };

  test('survives at the admitted rate and falls when violations are far more frequent', () => {
    const rate = (every: number) =>
      trials(2000, (t) => ({
        admitted: 0.05,
        outcome: t % every === 0 ? 'violated' : 'holds',
      }));
    expect(judge(probable, evidence(rate(20))).verdict).toBe('survived');
    expect(judge(probable, evidence(rate(5)))).toMatchObject({
      verdict: 'refuted',
      grade: 'statistical',
    });
  });

  test('is vacuous where the claim admits everything', () => {
    expect(judge(probable, evidence(trials(100, () => ({ admitted: 1 })))).verdict).toBe('vacuous');
  });

  test('a trial that gave up does not help to refute', () => {
    const stuck = trials(100, () => ({ outcome: 'gave-up', admitted: 0.01, reason: 'r' }));
    expect(judge(probable, evidence(stuck)).verdict).toBe('inconclusive');
  });
});

describe('existential and observation', () => {
  test('a witness settles existence, its absence does not', () => {
    const existential: Judged = { kind: 'existential', coverage };
    const one = trials(100, (t) => ({ outcome: t === 41 ? 'holds' : 'violated' }));
    expect(judge(existential, evidence(one)).verdict).toBe('witnessed');
    const none = trials(100, () => ({ outcome: 'violated' }));
    expect(judge(existential, evidence(none)).verdict).toBe('inconclusive');
    expect(judge(existential, evidence(none, { families: [family(true)] })).verdict).toBe(
      'refuted',
    );
  });

  test('an observation is reproduced inside the prediction interval at the paper’s repeats', () => {
    const at = (value: number): Judged => ({
      kind: 'observation',
      coverage,
      reported: { name: 'norm', value, repeats: 1 },
    });
    const replications = trials(60, (t) => ({ measurements: { norm: 6 + 0.1 * ((t % 5) - 2) } }));
    expect(judge(at(5.99), evidence(replications)).verdict).toBe('reproduced');
    expect(judge(at(9), evidence(replications)).verdict).toBe('not-reproduced');
  });
});
