import { describe, expect, test } from 'vitest';
import type { Reported } from './reported.js';
import {
  checkReported,
  misfit,
  reportedInterval,
  reportedSuccesses,
  reportedText,
} from './reported.js';

const of = (value: number | string, more: object = {}): Reported =>
  ({ name: 'x', value, repeats: 10, ...more }) as Reported;

describe('a printed number stands for an interval', () => {
  test.each([
    ['0.33', 0.005],
    ['0.330', 0.0005],
    ['-1.5', 0.05],
    ['.5', 0.05],
    ['12', 0.5],
    ['12.', 0.5],
    ['1.2e3', 50],
    ['1.20e-3', 5e-6],
    [' 0.33 ', 0.005],
    ['4/200', 0],
  ])('%s ± %d', (value, rounding) => {
    expect(reportedInterval(of(value)).rounding).toBe(rounding);
  });

  test('of a JavaScript number, half a unit of the shortest decimal', () => {
    expect(reportedInterval(of(0.33)).rounding).toBe(0.005);
    expect(reportedInterval(of(1e-7)).rounding).toBe(5e-8);
    expect(reportedInterval(of(3)).rounding).toBe(0.5);
  });

  test('or what is declared, and its ends are rounded outwards', () => {
    expect(reportedInterval(of('0.33', { rounding: 0 }))).toMatchObject({ rounding: 0 });
    const { lower, upper } = reportedInterval(of('0.33'));
    expect([lower <= 0.325, upper >= 0.335]).toEqual([true, true]);
    expect(upper - lower).toBeLessThan(0.01 + 4 * Number.EPSILON);
    expect(reportedText(of('0.33'))).toBe('0.33 ± 0.005');
    expect(reportedText(of('1/3'))).toBe('1/3');
  });

  test.each([
    ['0.02', 200, 3, 5],
    ['0.020', 200, 4, 4],
    ['4/200', 200, 4, 4],
    ['0.33', 3, 1, 1],
    ['1.00', 7, 7, 7],
    ['0', 5, 0, 2],
  ])('%s of %d repeats: %d … %d successes', (value, repeats, lower, upper) => {
    expect(reportedSuccesses(of(value, { repeats }))).toEqual({ lower, upper });
  });

  test('no number of successes where the printed share is none', () => {
    const { lower, upper } = reportedSuccesses(of('0.33', { repeats: 10 }));
    expect(upper).toBeLessThan(lower);
  });
});

describe('what cannot be compared is refused', () => {
  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'reported.name must name a measurement'],
    ['no name', of(1, { name: '' }), 'reported.name must name a measurement'],
    [
      'a statistic that there is not',
      of(1, { statistic: 'median' }),
      'reported.statistic must be one of mean, share, replicate, got "median"',
    ],
    ...[NaN, Infinity, 'about 3', '', '1/0', null].map((value): [string, unknown, string] => [
      `the value ${String(value)}`,
      of(value as number),
      `reported.value must be a finite number, a decimal or a fraction such as "4/200", got ${JSON.stringify(value)}`,
    ]),
    ...[0, 1.5, NaN, -1].map((repeats): [string, unknown, string] => [
      `${repeats} repeats`,
      of(1, { repeats }),
      `reported.repeats must be an integer ≥ 1, got ${repeats}`,
    ]),
    [
      'a negative rounding',
      of(1, { rounding: -1 }),
      'reported.rounding must be finite and ≥ 0, got -1',
    ],
    [
      'a share that no number of successes gives',
      of('0.33', { statistic: 'share' }),
      'reported.value must be a share of 10 repeats within its rounding, got 0.33 ± 0.005, which no number of successes gives',
    ],
    [
      'a range of a share',
      of('0.3', { statistic: 'share', range: [0, 1] }),
      'reported.range is for the statistic mean alone',
    ],
    [
      'an empty range',
      of(1, { range: [2, 2] }),
      'reported.range must be [least, largest], finite, got [2,2]',
    ],
    ['no range', of(1, { range: 3 }), 'reported.range must be [least, largest], finite, got 3'],
    [
      'a value outside of its range',
      of('7.0', { range: [0, 1] }),
      'reported.value must lie in reported.range 0 … 1, got 7.0 ± 0.05',
    ],
  ])('%s', (_, reported, message) => {
    expect(() => checkReported('here', reported as Reported)).toThrow(
      new TypeError(`here: ${message}`),
    );
  });

  test('measurements of another kind, but not missing ones', () => {
    const share = of('0.3', { statistic: 'share' });
    expect(misfit(share, 0.5)).toBe(
      '“x” must be 0 or 1, as each trial is one repeat of a share, got 0.5',
    );
    expect(misfit(of('0.3', { range: [0, 1] }), 2)).toBe(
      '“x” must lie in the declared range 0 … 1, got 2',
    );
    for (const fine of [0, 1, NaN]) expect(misfit(share, fine)).toBe(null);
    expect(misfit(of('0.3'), 7)).toBe(null);
  });
});
