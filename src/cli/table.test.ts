import { describe, expect, test } from 'vitest';
import type { Comparison } from './expectations.js';
import { styledLines } from './styled-lines.js';
import { strength, verdictTable } from './table.js';

type Outcome = Comparison['outcome'];

const outcome: Outcome = {
  claim: 'toy/narrow',
  catalogue: null,
  title: 'A toy',
  reading: 'literal',
  version: 1,
  kind: 'probable',
  standing: 'lemma',
  engine: 'wasm64',
  engineDescription: '',
  verdict: 'survived',
  grade: null,
  decidedBy: 'exact',
  reason: 'r',
  trials: { effective: 150, discarded: 0, gaveUp: 11, violated: 8 },
  gaveUpBecause: 'the program hit its pivot limit',
  coverage: {},
  worstMargin: null,
  violationRateLower: null,
  violationRateUpper: null,
  logEValue: null,
  minimumDetectableRate: null,
  impliedConstants: null,
  exponents: null,
  exponentLimits: null,
  excludedGrowth: null,
  rungs: [],
  strata: null,
  trialsPlanned: 161,
  trialsCut: 0,
  controls: [],
  mutants: null,
  counterexamples: [],
  lost: [],
  uncovered: [],
  histograms: [],
  sharpness: { factor: null, clause: null, reason: 'nothing is bounded' },
  figure: null,
  durationMs: 1,
};

const ledger = {
  trials: { effective: 9000, discarded: 0, gaveUp: 0, violated: 310 },
  batches: 3,
  runs: 3,
  ranges: [],
  worstMargin: null,
  violationRate: null,
  logEValue: null,
  minimumDetectableRate: null,
  impliedConstants: null,
  exponents: null,
  exponentLimits: null,
  excludedGrowth: null,
  decides: true,
};

describe('strength', () => {
  test('says why trials gave up, once', () => {
    expect(strength(outcome)).toContain('11 gave up (most often: the program hit its pivot limit)');
    const reason = '11 of 161 trials gave up (most often: the program hit its pivot limit)';
    expect(strength({ ...outcome, verdict: 'inconclusive', reason })).toContain('· 11 gave up ·');
  });

  test('violations beside a survival are those that the claim admits', () => {
    expect(strength(outcome)).toContain(
      '150 trials (exact) · 8 violated, within what the claim admits',
    );
    expect(strength({ ...outcome, verdict: 'refuted' })).toContain('8 violated ·');
  });

  test('where the ledger decides, its counts come first', () => {
    expect(strength({ ...outcome, evidence: ledger })).toMatch(
      /^ledger 9000 trials in 3 runs, 310 violated · this run 150 trials/,
    );
  });
});

test.each([24, 40, 60, 80])('the table fits %s columns, and no word is lost', (columns) => {
  const terminal = {
    print: () => {},
    status: () => {},
    clearStatus: () => {},
    complain: () => {},
    style: (_: string, text: string) => text,
    columns,
  };
  const comparison = { outcome, expected: null, surprises: [], notes: [] };
  const lines = verdictTable([comparison], terminal).flatMap(({ line, hang }) =>
    styledLines(line, { colour: false, columns, hang }),
  );
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
  expect(lines.join(' ').replaceAll(/\s+/g, ' ')).toContain(strength(outcome));
});
