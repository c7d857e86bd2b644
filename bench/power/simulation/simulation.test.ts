import { describe, expect, test } from 'vitest';
import { judge, mergeTallies } from '../../../src/claims/index.js';
import { randomSource } from '../../../src/math/index.js';
import { PROBABLE, drawTally, evidenceOf, heldTimes, stockOf } from './bets.js';
import { ALTERNATIVES, detection, divergence } from './detection.js';
import { exponentCoverage, ladderHistories } from './exponents.js';
import { falseAlarms } from './false-alarms.js';
import { fraction } from './fraction.js';
import { failuresOf } from './index.js';
import { MISS_LEVEL, observationRow } from './observations.js';
import { judgeTrueClaims } from './true-claims.js';

describe('the tallies of the simulation', () => {
  test('are those of so many single trials', () => {
    const stock = stockOf([0.05]);
    const one = heldTimes(stock, 1);
    expect(heldTimes(stock, 7)).toEqual(
      mergeTallies(
        PROBABLE,
        Array.from({ length: 7 }, () => one),
      ),
    );
    const drawn = drawTally(stock, () => 0.5, 40, randomSource('simulation', 'tally'));
    expect(drawn).toMatchObject({ effective: 40, telling: 40, wagers: { placed: 40 } });
    expect(drawn.wagers?.violated).toBe(drawn.violated);
  });
});

describe('fraction', () => {
  test('its lower limit is that of Clopper and Pearson', () => {
    // All of n: p^n = 0.01; one of n: 1 − (1 − p)^n = 0.01.
    expect(fraction(5, 5).lower).toBeCloseTo(0.01 ** (1 / 5), 8);
    expect(fraction(1, 50).lower).toBeCloseTo(1 - 0.99 ** (1 / 50), 8);
    expect(fraction(0, 50).lower).toBe(0);
  });
});

describe('short simulations through the real judges', () => {
  test('the judge keeps its level under nightly looks, a naive test does not', () => {
    const {
      judge: ours,
      naive,
      missed,
    } = falseAlarms('p = 0.3', {
      histories: 150,
      nights: 120,
      trials: 10,
    });
    expect(ours.total.lower).toBeLessThanOrEqual(0.05);
    expect(missed.total.lower).toBeLessThanOrEqual(0.05);
    expect(naive.total.lower).toBeGreaterThan(0.05);
  });

  test('detection takes at most 2·ln(1/α)/KL trials in the median', () => {
    for (const { admitted, rate, alpha } of ALTERNATIVES) {
      if (rate < 2.5 * admitted) continue;
      const { median, bound } = detection({ admitted, rate, alpha }, 120);
      expect(median).toBeLessThanOrEqual(bound);
    }
    expect(divergence(0.5, 0.25)).toBeCloseTo(0.5 * Math.log(2) + 0.5 * Math.log(2 / 3), 12);
  });

  test('limits of exponents hold beside a logarithm', () => {
    const looks = { histories: 6, nights: 60, every: 30 };
    const truth = 'size^0.2 · log(size)';
    const histories = ladderHistories(truth, looks, 0, 6);
    expect(ladderHistories(truth, looks, 4, 2)).toEqual(histories.slice(4));
    const { missed, refuted } = exponentCoverage(truth, 60, histories);
    expect(missed.lower).toBeLessThanOrEqual(0.05);
    expect(refuted.count).toBe(0);
  });

  test('numbers of the same law are reproduced, numbers of another are not', () => {
    const size = { histories: 40, nights: 15, trials: 40 };
    for (const law of [
      'share, p = 0.002 at 50',
      'replicate, rounded to ties',
      'mean, normal at 5',
    ]) {
      const { missed, found } = observationRow(law, size);
      expect(missed.lower).toBeLessThanOrEqual(MISS_LEVEL);
      expect(found.count).toBe(found.of);
    }
  });

  test('true claims are not refuted', () => {
    for (const { verdicts } of judgeTrueClaims(150)) expect(verdicts.refuted ?? 0).toBe(0);
  });
});

test('what a simulation must not find is said in lines', () => {
  const course: [number, number][] = [];
  const bad = { total: fraction(60, 100), course };
  const good = { total: fraction(1, 100), course };
  const failures = failuresOf({
    falseAlarms: [
      { law: 'a', judge: bad, naive: good, missed: bad },
      { law: 'b', judge: good, naive: bad, missed: good },
    ],
    detections: [
      { admitted: 0.1, rate: 0.2, alpha: 0.05, ratio: 2, histories: 9, median: 9, bound: 8 },
    ],
    exponents: [{ truth: 't', exponent: 0, missed: bad.total, course, refuted: bad.total }],
    observations: [
      { law: 'm', promised: true, missed: bad.total, course, open: bad.total, found: good.total },
      { law: 'n', promised: false, missed: bad.total, course, open: bad.total, found: good.total },
    ],
    trueClaims: [
      { claim: 'c', runs: 10, verdicts: { refuted: 1, survived: 9 } },
      { claim: 'o', runs: 1000, verdicts: { 'not-reproduced': 100 } },
    ],
  });
  expect(failures).toHaveLength(9);
});

test('a refuted synthetic claim is seen as refuted: the simulation can fail', () => {
  const stock = stockOf([0.05]);
  const tally = drawTally(stock, () => 0.5, 200, randomSource('simulation', 'false'));
  expect(judge(PROBABLE, evidenceOf(tally)).verdict).toBe('refuted');
});
