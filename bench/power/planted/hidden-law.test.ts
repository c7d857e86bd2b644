import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import sigmoid from '../../../properties/gamarnik2021/sigmoid-outer-norm-is-bounded.property.js';
import type { AnyReading, LimitReading, OpaqueInstance } from '../../../src/claims/index.js';
import { runReading } from '../../../src/running/run-reading.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'falsum-hidden-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A reading of GZ-08 without what was built to refute it: its family, and the path of the far atom. */
function unaided(reading: LimitReading<OpaqueInstance>, paths: RegExp, perRung: number) {
  const rungs = reading.ladder.rungs.filter(({ path }) => paths.test(path));
  return {
    ...reading,
    families: [],
    ladder: { ...reading.ladder, rungs, visits: rungs },
    effort: { ci: { trials: perRung * rungs.length, minimumEffective: 100 } },
  } satisfies AnyReading;
}

describe('a false limit that fails on laws of a small share', () => {
  test.each([1, 2])('does not survive without its family, seed %i', async (seed) => {
    const reading = sigmoid.readings['mean-condition'] as LimitReading<OpaqueInstance>;
    const alone = unaided(reading, /^d = [12],/, 100);
    const outcome = await runReading(
      { ...sigmoid, readings: { 'mean-condition': alone } },
      'mean-condition',
      {
        seed,
        profile: 'ci',
        engine: 'js64',
        readings: null,
        budgetMsPerReading: null,
        corpus: join(folder, 'corpus'),
        found: join(folder, 'found'),
      },
    );
    expect(outcome).toMatchObject({ verdict: 'refuted', grade: 'statistical' });
    expect(outcome.strata?.worst?.law).toBeTypeOf('number');
  });
});
