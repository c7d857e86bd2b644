import { describe, expect, it } from 'vitest';
import type { Verdict } from '../claims/index.js';
import { ALLURE_STATUS, allureStatus, expectationOf } from './allure-status.js';

const VERDICTS: readonly Verdict[] = [
  'survived',
  'refuted',
  'witnessed',
  'reproduced',
  'not-reproduced',
  'inconclusive',
  'vacuous',
];
const GREY: readonly Verdict[] = ['inconclusive', 'vacuous'];
const GOOD_NEWS: readonly Verdict[] = ['survived', 'witnessed', 'reproduced'];

function subsets(verdicts: readonly Verdict[]): Verdict[][] {
  return Array.from({ length: 2 ** verdicts.length }, (_, bits) =>
    verdicts.filter((__, index) => bits & (1 << index)),
  );
}

describe('allureStatus', () => {
  it('has a row for every verdict', () => {
    expect(Object.keys(ALLURE_STATUS).toSorted()).toEqual(VERDICTS.toSorted());
  });

  it('is grey for inconclusive and vacuous whatever was expected, else green exactly when expected', () => {
    for (const verdict of VERDICTS) {
      for (const expected of subsets(VERDICTS)) {
        const wanted = GREY.includes(verdict)
          ? 'skipped'
          : expected.includes(verdict)
            ? 'passed'
            : 'failed';
        expect(allureStatus(verdict, expected), `${verdict} of ${expected.join()}`).toBe(wanted);
      }
    }
  });

  it('judges a reading without expectation as the exit code does', () => {
    for (const verdict of VERDICTS) {
      const wanted = GREY.includes(verdict)
        ? 'skipped'
        : GOOD_NEWS.includes(verdict)
          ? 'passed'
          : 'failed';
      expect(allureStatus(verdict, null), verdict).toBe(wanted);
    }
  });

  it('fails for every verdict when a control survived, and is broken after a fault of ours', () => {
    for (const verdict of VERDICTS) {
      for (const expected of [null, [], [verdict]]) {
        expect(allureStatus(verdict, expected, { survivingControls: 1 })).toBe('failed');
        expect(allureStatus(verdict, expected, { fault: true })).toBe('broken');
        expect(allureStatus(verdict, expected, { fault: true, survivingControls: 1 })).toBe(
          'broken',
        );
      }
    }
  });

  it('tells no expectation from an empty one', () => {
    expect(expectationOf('survived', null)).toBe('none stated');
    expect(expectationOf('survived', [])).toBe('unexpected');
    expect(expectationOf('survived', ['refuted', 'survived'])).toBe('expected');
  });
});
