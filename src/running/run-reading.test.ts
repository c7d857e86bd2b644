import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Claim } from '../claims/index.js';
import { atMost } from '../claims/index.js';
import { readCounterexample, replay, storeCounterexample } from '../hunting/index.js';
import { engineOf } from './engines.js';
import { runReading } from './run-reading.js';
import type { RunSettings } from './settings.js';
import { boundedBy, concluding, toyClaim, unkillable, vanishing } from './testing/toy-claims.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'falsum-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const run = async (claim: Claim, more: Partial<RunSettings> = {}) =>
  runReading(claim, 'literal', {
    seed: 1,
    profile: 'ci',
    engine: 'js64',
    readings: null,
    budgetMsPerReading: null,
    corpus: join(folder, 'corpus'),
    found: join(folder, 'found'),
    ...more,
  });

const timeless = (outcome: object) => ({ ...outcome, durationMs: 0 });

describe('runReading', () => {
  test('a true claim survives, its control is killed on few draws', async () => {
    const outcome = await run(toyClaim(boundedBy(() => 1)));
    expect(outcome.verdict).toBe('survived');
    expect(outcome.trials.effective).toBe(120);
    expect(outcome.controls[0]).toMatchObject({ killed: true, effective: 120 });
    expect(outcome.controls[0].violated / 120).toBeLessThan(0.1);
    expect(outcome.uncovered).toEqual([]);
  });

  test('a false claim is refuted; the counterexample is shrunk, stored, and replays', async () => {
    const claim = toyClaim(boundedBy((size) => (size >= 3 ? 0.2 : 1)));
    const outcome = await run(claim);
    expect(outcome).toMatchObject({ verdict: 'refuted', grade: 'confirmed' });
    const [counterexample] = outcome.counterexamples;
    // The first violating trial has an arbitrary size; the smallest that still fails is 3.
    expect(counterexample.instance).toMatchObject({ size: 3 });
    expect(counterexample.nearestAssumption).toEqual({ name: 'positive size', margin: 2 });
    const file = join(folder, 'found', 'toy/claim', 'literal', `${counterexample.id}.json`);
    const stored = readCounterexample(file);
    const replayed = await replay(claim, stored, await engineOf('js64'));
    expect(replayed).toMatchObject({ reproduces: true, identical: true, grade: 'confirmed' });
  });

  test('a violation too rare for the test stream is found by the biased search stream', async () => {
    // fast-check favours the ends of a range: size 20 with a value above 0.5.
    const claim = toyClaim(boundedBy((size) => (size === 20 ? 0.5 : 1)));
    const outcome = await run(claim, { seed: 3 });
    expect(outcome.verdict).toBe('refuted');
  });

  test('a violation that is not confirmed is suspect and lets nothing survive', async () => {
    const claim = toyClaim(boundedBy(() => 0.5, { confirms: false }));
    const outcome = await run(claim);
    expect(outcome).toMatchObject({ verdict: 'inconclusive', grade: 'suspect' });
    expect(outcome.counterexamples).toEqual([]);
  });

  test('a surviving control takes the verdict away', async () => {
    const outcome = await run(toyClaim(boundedBy(() => 1, { control: unkillable })));
    expect(outcome.verdict).toBe('inconclusive');
    expect(outcome.reason).toContain('control “control” survives');
  });

  test('the same seed gives the same outcome, another seed other draws', async () => {
    const claim = toyClaim(boundedBy((size) => (size >= 3 ? 0.2 : 1)));
    const [first, second, other] = [
      await run(claim),
      await run(claim),
      await run(claim, { seed: 2 }),
    ];
    expect(timeless(second)).toEqual(timeless(first));
    expect(other.worstMargin).not.toBe(first.worstMargin);
  });

  test('a stored counterexample is tried first; one that holds again is reported as lost', async () => {
    const broken = toyClaim(boundedBy(() => 0.2));
    const [counterexample] = (await run(broken)).counterexamples;
    storeCounterexample(join(folder, 'corpus'), counterexample);
    const kept = await run(broken, { found: join(folder, 'again') });
    expect(kept.counterexamples.map((c) => c.id)).toContain(counterexample.id);
    const mended = await run(toyClaim(boundedBy(() => 1)));
    const unchanged = 'claim, engine and Falsum have the versions that found it';
    const reason = expect.stringContaining(`every clause holds; ${unchanged}`) as string;
    expect(mended.lost).toEqual([{ id: counterexample.id, reason }]);
    const renewed = { ...toyClaim(boundedBy(() => 1)), version: 2 };
    expect((await run(renewed)).lost[0].reason).toContain('the claim’s version (1, now 2) changed');
  });

  test('a stored instance refutes although no draw of this run does', async () => {
    const rare = toyClaim(boundedBy((size) => (size === 20 ? 0.5 : 1)));
    const outcome = await run(rare, { seed: 3 });
    storeCounterexample(join(folder, 'corpus'), outcome.counterexamples[0]);
    const smoke = await run(rare, { profile: 'smoke', seed: 99 });
    expect(smoke.verdict).toBe('refuted');
  });

  test('a family whose certificate the independent checker rejects refutes nothing', async () => {
    const family = {
      id: 'silent-neuron',
      statement: 'v is 1 along n',
      argument: 'by construction',
      verify: () => [{ what: '1 > 0', left: '1', relation: '>' as const, right: '0', holds: true }],
    };
    const known = toyClaim(vanishing([family]));
    const outcome = await run({ ...known, id: 'gamarnik2021/step-outer-norm-is-bounded' });
    expect(outcome).toMatchObject({
      verdict: 'survived',
      counterexamples: [],
      lost: [
        {
          id: 'silent-neuron',
          reason: expect.stringContaining(
            'the independent checker rejects its certificate',
          ) as string,
        },
      ],
    });
  });

  test('families refute limits, and are stored with their certificate', async () => {
    const check = (holds: boolean) => ({
      id: 'always-above',
      statement: 'v is 1 along n',
      argument: 'by construction',
      verify: () => [
        { what: '1 > 1 − 1/n', left: '1', relation: '>' as const, right: '1/2', holds },
      ],
    });
    expect(await run(toyClaim(vanishing()))).toMatchObject({ verdict: 'survived' });
    const failing = await run(toyClaim(vanishing([check(false)])));
    expect(failing).toMatchObject({
      verdict: 'survived',
      lost: [{ id: 'always-above', reason: expect.stringContaining('fails: 1 > 1/2') as string }],
    });
    const refuted = await run(toyClaim(vanishing([check(true)])));
    expect(refuted).toMatchObject({ verdict: 'refuted', grade: 'certified' });
    expect(refuted.counterexamples[0]).toMatchObject({ form: 'family', lhs: null, checked: null });
    expect(readdirSync(join(folder, 'found', 'toy/claim', 'literal'))).toHaveLength(1);
    const replayed = await replay(
      toyClaim(vanishing([check(false)])),
      refuted.counterexamples[0],
      await engineOf('js64'),
    );
    expect(replayed.reproduces).toBe(false);
  });

  test('a budget only cuts the number of trials, and says so', async () => {
    const outcome = await run(toyClaim(boundedBy(() => 1)), { budgetMsPerReading: 0 });
    expect(outcome.trialsCut).toBeGreaterThan(100);
    expect(outcome.verdict).toBe('inconclusive');
  });

  test('a claim that throws is named with reading and trial', async () => {
    const claim = toyClaim(
      concluding(({ size }) => {
        if (size > 15) throw new RangeError('too big');
        return [atMost('ok', 0, 1)];
      }),
    );
    await expect(run(claim)).rejects.toThrow(
      /^toy\/claim, reading literal, trial \d+, conclude: threw RangeError: too big$/,
    );
  });

  test('a claim that returns nothing is refused with what it must return', async () => {
    const claim = toyClaim(concluding(() => undefined as never));
    await expect(run(claim)).rejects.toThrow(/clauses|must return/);
  });
});
