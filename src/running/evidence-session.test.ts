import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AnyReading, Claim, Tally } from '../claims/index.js';
import { atMost, decided, limit, probable, universal } from '../claims/index.js';
import { accumulate, folderStore } from '../evidence/index.js';
import { judgedOf } from './judged-of.js';
import { runReading } from './run-reading.js';
import type { RunSettings } from './settings.js';
import type { Toy } from './testing/toy-claims.js';
import {
  boundedBy,
  concluding,
  rarelyFalse,
  toyClaim,
  toyCoverage,
  toyRung,
  toys,
} from './testing/toy-claims.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'falsum-session-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A night on a ledger of this test's own. */
const night = async (
  claim: Claim,
  day: number,
  more: Partial<RunSettings> = {},
  ledger = 'ledger',
  now?: () => number,
) =>
  runReading(
    claim,
    'literal',
    {
      seed: 1,
      profile: 'ci',
      engine: 'js64',
      readings: null,
      budgetMsPerReading: null,
      corpus: join(folder, 'corpus'),
      found: join(folder, 'found'),
      ledger: {
        folder: join(folder, ledger),
        origin: {
          falsum: '0.1.0',
          commit: null,
          startedAt: `2026-01-${String(10 + day)}T00:00:00.000Z`,
          profile: 'ci',
        },
      },
      ...more,
    },
    undefined,
    now,
  );

/** P(v > bound) ≤ admitted, for v uniform on [0, 1). */
const rarelyAbove = (bound: number, admitted: number, trials: number): AnyReading =>
  probable<Toy>({
    note: 'As printed.',
    instances: toys,
    assumptions: [],
    admitted: () => admitted,
    conclude: ({ value }) => decided('exact', [atMost('v ≤ b', value, bound)]),
    controls: { control: rarelyFalse },
    coverage: toyCoverage,
    effort: { ci: { trials, minimumEffective: 50 } },
  });

const rungs = (sizes: readonly number[]) => sizes.map((size) => ({ path: 'n', size }));

const stored = async (claim: Claim, ledger = 'ledger') => {
  const store = folderStore(join(folder, ledger));
  const [line] = await store.lines();
  const batches = await store.batches(line);
  return { batches, tally: accumulate(judgedOf(claim.readings['literal']), batches) };
};

describe('a reading on a ledger', () => {
  test('three nights are one run of three times the trials, e-value included', async () => {
    const claim = toyClaim(rarelyAbove(0.9, 0.1, 130));
    const nights = [];
    for (const day of [1, 2, 3]) nights.push(await night(claim, day));
    expect(nights.map((n) => n.evidence?.ranges)).toEqual([
      [{ from: 0, to: 130 }],
      [{ from: 130, to: 260 }],
      [{ from: 260, to: 390 }],
    ]);
    expect(nights.map((n) => n.trials.effective)).toEqual([130, 130, 130]);
    const once = toyClaim(rarelyAbove(0.9, 0.1, 390));
    const whole = await night(once, 9, {}, 'whole');
    const last = nights[2].evidence;
    expect(last).toMatchObject({ runs: 3, batches: 6, decides: true });
    expect(last?.logEValue).toBe(whole.logEValue);
    expect(last?.logEValue).toBe(whole.evidence?.logEValue);
    expect(last?.trials).toEqual(whole.trials);
    expect(last?.worstMargin).toBe(whole.worstMargin);
    expect(nights[2].reason).toBe(whole.reason);
    expect((await stored(claim)).tally).toEqual((await stored(once, 'whole')).tally);
  });

  test('what one violation refutes does not survive while earlier nights count some', async () => {
    const reading = universal<Toy>({
      note: 'As printed.',
      instances: toys,
      assumptions: [],
      conclude: ({ value }) => decided('exact', [atMost('v ≤ 0.99', value, 0.99)]),
      controls: { control: rarelyFalse },
      coverage: toyCoverage,
      effort: { ci: { trials: 60, minimumEffective: 50, searches: 0 } },
    });
    const nights = [];
    for (let day = 0; day < 8; day += 1) nights.push(await night(toyClaim(reading), day));
    const first = nights.findIndex(({ trials }) => trials.violated > 0);
    const after = nights.slice(first + 1).find(({ trials }) => trials.violated === 0);
    expect(after).toMatchObject({
      verdict: 'inconclusive',
      reason: expect.stringMatching(
        /^the ledger counts \d+ violations? of this reading in \d+ trials, and no counterexample is stored/,
      ) as string,
    });
  });

  test('a claim that is a little false is refuted by the nights together, by none of them alone', async () => {
    const claim = toyClaim(rarelyAbove(0.8, 0.1, 100));
    const verdicts = [];
    for (let day = 0; day < 8; day += 1) verdicts.push((await night(claim, day)).verdict);
    expect(verdicts[0]).toBe('survived');
    expect(verdicts.at(-1)).toBe('refuted');
    for (let day = 0; day < 8; day += 1) {
      const outcome = await night(claim, day, { ledger: undefined, from: 100 * day });
      expect(outcome).toMatchObject({ verdict: 'survived' });
      expect(outcome.evidence).toBeUndefined();
    }
  });

  test('a universal reading is judged by this run, and shows what has accumulated', async () => {
    const claim = toyClaim(boundedBy(() => 1));
    await night(claim, 1);
    const outcome = await night(claim, 2);
    expect(outcome).toMatchObject({
      verdict: 'survived',
      trials: { effective: 120 },
      evidence: { trials: { effective: 240 }, runs: 2, decides: false },
    });
  });

  test('a night that is repeated is the same and counts once', async () => {
    const claim = toyClaim(rarelyAbove(0.9, 0.1, 130));
    await night(claim, 1);
    const second = await night(claim, 2);
    const again = await night(claim, 3, { from: 130 });
    expect(again.trials).toEqual(second.trials);
    expect(again.evidence).toEqual(second.evidence);
    expect((await stored(claim)).batches).toHaveLength(4);
    expect((await night(claim, 4)).evidence?.ranges).toEqual([{ from: 260, to: 390 }]);
  });

  test('trials that another effort or engine has counted are not repeated', async () => {
    const claim = toyClaim(rarelyAbove(0.9, 0.1, 130));
    await night(claim, 1);
    await expect(night(claim, 2, { from: 0, engine: 'wasm64' })).rejects.toThrow(
      /^--from 0: toy\/claim literal, trials 0…99 of seed 1, is counted in .*ledger by engine js64 at attack effort 1, and a trial counts once; repeat it with that engine and profile, or look at it with --no-ledger$/,
    );
    const next = await night(claim, 2, { engine: 'wasm64' });
    expect(next.evidence).toMatchObject({ ranges: [{ from: 130, to: 260 }], runs: 2 });
  });

  test('a budget that cuts a run keeps what was done; the next run goes on there', async () => {
    const slow = concluding(() => [atMost('ok', 0, 1)]);
    // A clock that every draw moves by 2 ms.
    let elapsed = 0;
    const waiting: AnyReading = {
      ...slow,
      conclude: (...args: Parameters<typeof slow.conclude>) => {
        elapsed += 2;
        return slow.conclude(...args);
      },
    } as AnyReading;
    const cut = await night(
      toyClaim(waiting),
      1,
      { budgetMsPerReading: 60 },
      'ledger',
      () => elapsed,
    );
    const done = cut.trials.effective;
    // Of 30 conclusions two are of the first trial.
    expect(done).toBe(29);
    expect(cut.trialsCut).toBe(120 - done);
    expect(cut.evidence).toMatchObject({ trials: { effective: done } });
    const next = await night(toyClaim(slow), 2);
    expect(next.evidence?.ranges).toEqual([{ from: done, to: done + 120 }]);
  });

  test('an error of the claim’s keeps the trials before it and frees the rest, its own trial included', async () => {
    const throwing = (at: number) => {
      let calls = 0;
      // Each trial concludes once, the first twice.
      return toyClaim(
        concluding(() => {
          calls += 1;
          if (calls > at + 1) throw new RangeError('too many');
          return [atMost('ok', 0, 1)];
        }),
      );
    };
    await expect(night(throwing(105), 1)).rejects.toThrow('trial 105, conclude: threw');
    const next = await night(throwing(10_000), 2);
    expect(next.evidence).toMatchObject({ ranges: [{ from: 105, to: 225 }], runs: 2 });
    const place = join(folder, 'ledger', 'toy', 'claim');
    const left = readdirSync(place, { recursive: true }).filter((name) =>
      /\.(?:reserved|lock|tmp)-/.test(String(name)),
    );
    expect(left).toEqual([]);
  });

  test('two runs at once take different trials and both count', async () => {
    const claim = toyClaim(rarelyAbove(0.9, 0.1, 130));
    const both = await Promise.all([night(claim, 1), night(claim, 2)]);
    const ranges = both.map((outcome) => outcome.evidence?.ranges[0].from).toSorted();
    expect(ranges).toEqual([0, 130]);
    expect((await stored(claim)).tally.effective).toBe(260);
  });

  test('a claim that concludes otherwise without a new version is told; a new version starts anew', async () => {
    const claim = toyClaim(rarelyAbove(0.9, 0.1, 130));
    await night(claim, 1);
    const changed = rarelyAbove(0.8, 0.1, 130);
    await expect(night(toyClaim(changed), 2, { from: 0 })).rejects.toThrow(
      /came out otherwise when it was stored; what decides its trials has changed: raise the version/,
    );
    const mended = await night(toyClaim(changed, 2), 3);
    expect(mended.evidence).toMatchObject({ ranges: [{ from: 0, to: 130 }], runs: 1 });
  });

  test('draws beyond a ladder accumulate by size, and a repeated run adds none', async () => {
    const claim = toyClaim(
      limit<Toy>({
        note: 'As printed.',
        instances: toys,
        assumptions: [],
        quantity: 'P(v > −1)',
        tolerance: 0.25,
        ladder: { rungs: rungs([8, 16, 32, 64]), extended: rungs([128, 256]), at: toyRung },
        conclude: ({ value }) => decided('exact', [atMost('v ≤ −1', value, -1)]),
        controls: { control: rarelyFalse },
        coverage: toyCoverage,
        effort: { ci: { trials: 400 } },
      }),
    );
    const at = (tally: Tally) => tally.rungs.map(({ size, effective }) => [size, effective]);
    const first = await night(claim, 1);
    expect(first).toMatchObject({ verdict: 'refuted', trialsPlanned: 600, trialsCut: 0 });
    const once = [8, 16, 32, 64, 128, 256].map((size) => [size, 100]);
    expect(at((await stored(claim)).tally)).toEqual(once);
    const repeated = await night(claim, 2, { from: 0 });
    expect(repeated).toMatchObject({ verdict: 'refuted', trialsPlanned: 400, trialsCut: 0 });
    expect(at((await stored(claim)).tally)).toEqual(once);
    await night(claim, 3);
    const { batches, tally } = await stored(claim);
    expect(at(tally)).toEqual(once.map(([size, count]) => [size, 2 * count]));
    const beyond = batches.filter(({ stream }) => stream === 'beyond n 256');
    expect(beyond.map(({ from, to }) => [from, to])).toEqual([
      [0, 100],
      [100, 200],
    ]);
  });

  test('float32 evidence stands apart', async () => {
    const claim = toyClaim(rarelyAbove(0.9, 0.1, 130));
    await night(claim, 1);
    const float = await night(claim, 2, { engine: 'tfjs' });
    expect(float.evidence).toMatchObject({ ranges: [{ from: 0, to: 130 }], runs: 1 });
    expect(await folderStore(join(folder, 'ledger')).lines()).toHaveLength(2);
  });
});
