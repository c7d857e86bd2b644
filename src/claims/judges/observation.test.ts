import { describe, expect, test } from 'vitest';
import type { RandomSource } from '../../math/index.js';
import { exponential, normal, randomSource } from '../../math/index.js';
import type { Reported } from '../reported.js';
import type { Judged } from './index.js';
import { judge as judgeTally, mergeTallies, tallyOf } from './index.js';
import { coverage, evidence, judge, trials } from './testing/records.js';

const judged = (reported: Reported): Judged => ({ kind: 'observation', coverage, reported });
const number = (value: number | string, repeats: number, more: object = {}): Reported =>
  ({ name: 'x', value, repeats, ...more }) as Reported;
const measuring = (count: number, value: (t: number) => number) =>
  evidence(trials(count, (t) => ({ measurements: { x: value(t) } })));
const verdictOf = (reported: Reported, count: number, value: (t: number) => number) =>
  judge(judged(reported), measuring(count, value));

/** Successes at the first places of every hundred. */
const share = (percent: number) => (t: number) => (t % 100 < percent ? 1 : 0);

describe('shares', () => {
  const of200 = (value: string) => number(value, 200, { statistic: 'share' });

  test('are compared by exact limits, which are said', () => {
    expect(verdictOf(of200('0.02'), 600, share(2))).toMatchObject({
      verdict: 'reproduced',
      reason:
        'reported 0.02 ± 0.005, which is 3 … 5 of 200 repeats; 12 of 600 replications predict 0 … 21 (exact, 99 % over all looks)',
    });
    expect(verdictOf(of200('0.30'), 600, share(2)).verdict).toBe('not-reproduced');
    expect(verdictOf(of200('0.02'), 600, share(60)).verdict).toBe('not-reproduced');
  });

  test('no success among few replications is no proof that there are none', () => {
    expect(verdictOf(of200('0.02'), 60, () => 0).verdict).toBe('reproduced');
    expect(verdictOf(of200('0.02'), 10_000, () => 0).verdict).toBe('not-reproduced');
  });

  test('where nothing is excluded, nothing is reproduced, and it is said whether trials would help', () => {
    const one = number('1', 1, { statistic: 'share' });
    expect(verdictOf(one, 60, share(50))).toMatchObject({
      verdict: 'inconclusive',
      reason:
        '50 of 60 replications exclude no share of 1 repeats; no number of trials would, as long as their share stays near 0.8333',
    });
    expect(verdictOf(one, 60, () => 0).reason).toBe(
      '0 of 60 replications exclude no share of 1 repeats; more trials would settle it',
    );
  });

  test('trials without a number may have had either', () => {
    const gaps = (t: number) => (t % 5 === 0 ? NaN : 0);
    const { verdict, reason } = verdictOf(of200('0.10'), 1000, gaps);
    expect(verdict).toBe('reproduced');
    expect(reason).toContain('0 of 800 replications, 200 more without a number may have had any');
    expect(verdictOf(of200('0.10'), 1000, () => 0).verdict).toBe('not-reproduced');
  });
});

describe('means', () => {
  test('of zeros and ones are judged as shares, once the replications predict that all repeats are such', () => {
    const undeclared = number('0.30', 200);
    expect(verdictOf(undeclared, 600, share(2))).toMatchObject({ verdict: 'inconclusive' });
    expect(verdictOf(undeclared, 600, share(2)).reason).toContain('(statistic share)');
    expect(verdictOf(number('0.02', 200), 600, share(2)).verdict).toBe('reproduced');
    expect(verdictOf(number('0.30', 20), 2000, share(2)).verdict).toBe('not-reproduced');
  });

  test('in a declared range need no normality', () => {
    const skewed = (t: number) => (t % 50 === 0 ? 10 : 0.1 * (t % 3));
    const within = (value: string) => number(value, 100, { range: [0, 10] });
    expect(verdictOf(within('0.29'), 2000, skewed)).toMatchObject({ verdict: 'reproduced' });
    expect(verdictOf(within('0.29'), 2000, skewed).reason).toContain('for any law on 0 … 10');
    expect(verdictOf(within('6.0'), 2000, skewed).verdict).toBe('not-reproduced');
    expect(verdictOf(number('0.29', 1, { range: [0, 10] }), 100, skewed)).toMatchObject({
      verdict: 'inconclusive',
    });
  });

  test('without a range rest on normality, and say so', () => {
    const replications = (t: number) => 6 + 0.1 * ((t % 5) - 2);
    expect(verdictOf(number(5.99, 1), 60, replications)).toMatchObject({
      verdict: 'reproduced',
      reason: expect.stringMatching(
        /^reported 5\.99 ± 0\.005, our prediction interval at 1 repeats is 5\.\d+ … 6\.\d+ \(60 replications, 99 % over all looks if means of 1 are about normal\)$/,
      ),
    });
    expect(verdictOf(number(9, 1), 60, replications).verdict).toBe('not-reproduced');
    expect(verdictOf(number(9, 1), 60, (t) => (t === 7 ? NaN : replications(t))).verdict).toBe(
      'inconclusive',
    );
  });

  test('of skewed or heavy-tailed replications are called not reproduced only as means of many', () => {
    const random = randomSource('observation', 'skewed');
    const values = Array.from({ length: 2000 }, () => exponential(random));
    expect(verdictOf(number('60.0', 2), 2000, (t) => values[t])).toMatchObject({
      verdict: 'inconclusive',
      reason: expect.stringContaining('skewness'),
    });
    expect(verdictOf(number('60.0', 100), 2000, (t) => values[t]).verdict).toBe('not-reproduced');
    const heavy = Array.from({ length: 2000 }, () => normal(random) ** 3);
    expect(verdictOf(number('90.0', 2), 2000, (t) => heavy[t]).reason).toMatch(/skewness|kurtosis/);
  });
});

describe('replications that are all equal', () => {
  test('decide by the rounding of the printed number, and only when there are many', () => {
    const third = () => 1 / 3;
    expect(verdictOf(number(0.33, 10), 60, third)).toMatchObject({
      verdict: 'inconclusive',
      reason:
        'reported 0.33 ± 0.005; all 60 replications measured 0.3333; 363 that are equal would predict 10 equal repeats',
    });
    expect(verdictOf(number(0.33, 10), 400, third).verdict).toBe('reproduced');
    expect(verdictOf(number(0.33, 10), 400, () => 2 / 3).verdict).toBe('not-reproduced');
  });

  test('without rounding never decide', () => {
    for (const value of [1 / 3, 0.5]) {
      const exact = number(value, 10, { rounding: 0 });
      expect(verdictOf(exact, 2000, () => 1 / 3).verdict).toBe('inconclusive');
    }
  });
});

describe('numbers that a trial computes as the source did', () => {
  const median = (value: string) => number(value, 50, { statistic: 'replicate' });
  const random = randomSource('observation', 'cauchy');
  const values = Array.from({ length: 1000 }, () => normal(random) / normal(random));

  test('are compared by ranks, for any law', () => {
    expect(verdictOf(median('0.5'), 1000, (t) => values[t]).verdict).toBe('reproduced');
    expect(verdictOf(median('40000'), 1000, (t) => values[t])).toMatchObject({
      verdict: 'not-reproduced',
      reason:
        'reported 40000 ± 0.5: of 1000 replications 1000 are smaller and 0 larger (by ranks, for any law, 99 % over all looks)',
    });
    expect(verdictOf(median('-40000'), 1000, (t) => values[t]).verdict).toBe('not-reproduced');
    expect(verdictOf(median('40000'), 200, (t) => values[t])).toMatchObject({
      verdict: 'inconclusive',
      reason: '200 replications: by ranks 276 are the fewest that could call it not reproduced',
    });
  });

  test('counts against another printed number speak for nothing', () => {
    const { records } = measuring(1000, () => 7);
    const old = tallyOf(judged(median('5.0')), records);
    const now = mergeTallies(judged(median('9.0')), [old]);
    expect(now.replications).toMatchObject({ below: 0, above: 0, missing: 0 });
    expect(mergeTallies(judged(median('5.0')), [old]).replications).toMatchObject({ above: 1000 });
  });
});

test('a number of the same law is rarely called not reproduced, looked at again and again', () => {
  const draw = (random: RandomSource): number => (random.uniform() < 0.02 ? 1 : 0);
  let called = 0;
  for (let history = 0; history < 300; history += 1) {
    const random = randomSource('observation', 'small shares', history);
    let successes = 0;
    for (let i = 0; i < 200; i += 1) successes += draw(random);
    const reported = number((successes / 200).toFixed(2), 200, { statistic: 'share' });
    let all = tallyOf(judged(reported), []);
    for (let look = 0; look < 12; look += 1) {
      const { records } = measuring(60, () => draw(random));
      all = mergeTallies(judged(reported), [all, tallyOf(judged(reported), records)]);
      const again = { finds: [], families: [], effort: evidence([]).effort, tally: all };
      if (judgeTally(judged(reported), again).verdict !== 'not-reproduced') continue;
      called += 1;
      break;
    }
  }
  // Of 300 histories at 1 % each, 9 or more happen with probability below 4e-3.
  expect(called).toBeLessThan(9);
});
