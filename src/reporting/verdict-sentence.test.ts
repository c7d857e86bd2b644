import { describe, expect, it } from 'vitest';
import type { ReadingView } from './result-view.js';
import { DEMO_VIEWS } from './testing/demo-views.js';
import {
  controlsSentence,
  expectationSentence,
  nameOf,
  statusOf,
  verdictSentence,
} from './verdict-sentence.js';

function demo(reading: string, claim = 'gamarnik2021'): ReadingView {
  const view = DEMO_VIEWS.find((v) => v.reading.id === reading && v.claim.id.startsWith(claim));
  if (!view) throw new RangeError(`demo: no reading ${reading}`);
  return view;
}

describe('verdictSentence', () => {
  it('gives the strength of a survival: trials, decided by, rate with confidence, margin', () => {
    expect(verdictSentence({ ...demo('weak'), rungs: [] })).toBe(
      'Survived 120 of 120 effective trials (3 discarded, 1 gave up); decided by attack, so only for the students that were trained or built; violation rate over this law at most 7.12 % with confidence 99 %; smallest margin 0.1235; holds with a factor 7.3 to spare on everything we tried.',
    );
    expect(verdictSentence({ ...demo('weak'), decidedBy: 'exact' })).toContain(
      'decided exactly for all students of each instance',
    );
  });

  it('states no pooled violation rate for a ladder, whose rungs follow different laws', () => {
    const ladder = verdictSentence(demo('intended'));
    expect(ladder).toMatch(/^Survived on its ladder, 120 effective trials \(4 violated, /);
    expect(ladder).not.toContain('rate');
  });

  it('names the counterexample, its two sides and what backs it', () => {
    expect(verdictSentence(demo('literal'))).toBe(
      'Refuted, certified: counterexample 3fa94be2c1d07788 satisfies every assumption and violates “outer norm ≤ bound”, 12.53 > 10.03, shown in exact arithmetic.',
    );
    expect(verdictSentence(demo('mean-condition'))).toContain('recomputed with 64 digits');
    expect(verdictSentence(demo('literal', 'zhang2019'))).toMatch(/^Refuted, certified: Along/);
  });

  it('falls back on the reason of the judge where no counterexample has the verdict’s grade', () => {
    expect(
      verdictSentence({ ...demo('literal'), grade: 'statistical', reason: 'e-value 10^8' }),
    ).toBe('Refuted, statistical: e-value 10^8.');
  });

  it.each([
    ['witnessed', 'Witnessed: because.'],
    ['reproduced', 'Reproduced: because.'],
    ['not-reproduced', 'Not reproduced: because.'],
    ['inconclusive', 'Inconclusive after 12 effective trials (300 discarded, 4 gave up): because.'],
    ['vacuous', 'Vacuous: because.'],
  ] as const)('says why: %s', (verdict, wanted) => {
    expect(verdictSentence({ ...demo('mass-condition'), verdict, reason: 'because' })).toBe(wanted);
  });
});

describe('expectation, controls, name and status', () => {
  it('says how the verdict stands to what was expected', () => {
    expect(expectationSentence(demo('literal'))).toBe('As expected.');
    expect(expectationSentence(demo('mean-condition'))).toBe(
      'Unexpected: expected survived or inconclusive.',
    );
    expect(expectationSentence({ ...demo('literal'), expected: null })).toBe(
      'No verdict is expected of this reading.',
    );
  });

  it('names the controls that survived and what that means', () => {
    expect(controlsSentence(demo('literal'))).toBe('Both controls were killed.');
    expect(controlsSentence(demo('weak'))).toBe(
      '1 of 2 controls survived (bound-divided-by-ten): as it stands the verdict proves nothing.',
    );
    expect(controlsSentence({ ...demo('weak'), controls: [] })).toBe('No controls ran.');
  });

  it('shows a surviving control and a fault in name and status', () => {
    expect([nameOf(demo('literal')), statusOf(demo('literal'))]).toEqual([
      'literal: refuted, certified',
      'passed',
    ]);
    expect([nameOf(demo('weak')), statusOf(demo('weak'))]).toEqual([
      'weak: survived, but a control survived',
      'failed',
    ]);
    expect([nameOf(demo('broken')), statusOf(demo('broken'))]).toEqual([
      'broken: not judged, a fault of Falsum',
      'broken',
    ]);
  });
});
