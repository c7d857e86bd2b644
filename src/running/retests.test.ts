import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AnyReading, LimitReading } from '../claims/index.js';
import { atMost, decided, limit } from '../claims/index.js';
import { accumulate, folderStore } from '../evidence/index.js';
import { generator } from '../generators/index.js';
import { judgedOf } from './judged-of.js';
import { runReading } from './run-reading.js';
import type { RunSettings } from './settings.js';
import { toyClaim } from './testing/toy-claims.js';

/** One draw: a law, of which only `law:bad` matters, a parameter of the law, and a number uniform on [0, 1). */
interface Draw {
  readonly law: string;
  readonly share: number;
  readonly size: number;
  readonly value: number;
}

const laws = Array.from({ length: 19 }, (_, i) => `good-${i}`);
const sizes = [8, 64, 512];
const rungs = sizes.map((size) => ({ path: 'N', size }));

const at = ({ size }: { readonly size: number }) =>
  generator<Omit<Draw, 'value' | 'size'>, Draw>({
    law: 'one law of twenty, and a share of 0.1, 0.2, …, 1',
    structure: fc.record({
      law: fc.constantFrom(...laws, 'bad'),
      share: fc.integer({ min: 1, max: 10 }).map((k) => k / 10),
    }),
    build: (structure, random) => ({ ...structure, size, value: random.uniform() }),
    labels: ({ law }) => [`law:${law}`, size > 100 ? 'large' : 'small'],
  });

/** Violated by the draws of one law of twenty with this probability. */
const hidden = (rate: (draw: Draw) => number, more: Partial<LimitReading<Draw>> = {}): AnyReading =>
  limit<Draw>({
    note: 'For every law.',
    instances: at({ size: 8 }),
    assumptions: [],
    quantity: 'P(v < rate)',
    tolerance: 0.25,
    ladder: { rungs, extended: [{ path: 'N', size: 1024 }], at },
    conclude: (draw) =>
      decided('exact', [atMost('1 − v ≤ 1 − rate', 1 - draw.value, 1 - rate(draw))]),
    controls: {
      never: {
        statement: '1 ≤ 0.',
        argument: '1 is larger.',
        judge: 'every-draw',
        conclude: () => decided('exact', [atMost('1 ≤ 0', 1, 0)]),
      },
    },
    coverage: { sampled: { 'law:bad': 'the bad law' } },
    effort: { ci: { trials: 600, minimumEffective: 100 } },
    ...more,
  });

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'falsum-retests-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const run = async (reading: AnyReading, more: Partial<RunSettings> = {}) =>
  runReading(toyClaim(reading), 'literal', {
    seed: 1,
    profile: 'ci',
    engine: 'js64',
    readings: null,
    budgetMsPerReading: null,
    corpus: join(folder, 'corpus'),
    found: join(folder, 'found'),
    ...more,
  });

const onlyBad =
  (rate: number) =>
  ({ law }: Draw): number =>
    law === 'bad' ? rate : 0;

describe('a claim about every law', () => {
  test('that always fails on one law of twenty is refuted by fresh draws of that law alone', async () => {
    const outcome = await run(hidden(onlyBad(1)));
    expect(outcome).toMatchObject({ verdict: 'refuted', grade: 'statistical' });
    expect(outcome.reason).toContain('along N the violation rate of law:bad stays above 0.25: ');
    expect(outcome.strata?.retested).toMatchObject([{ stratum: 'law:bad', law: null }]);
    // Few fresh draws at the last size and three times as many at three others; the mixture sees none of them.
    const [{ draws }] = outcome.strata?.retested ?? [];
    expect(draws).toBeLessThan(100);
    expect(outcome.trialsPlanned).toBe(600 + (10 * draws) / 3);
    expect(outcome.rungs.map(({ effective }) => effective)).toEqual([200, 200, 200]);
  });

  test('that fails there with a probability that vanishes survives', async () => {
    const outcome = await run(hidden((draw) => onlyBad(1)(draw) * (draw.size > 100 ? 0.05 : 1)));
    expect(outcome.verdict).toBe('survived');
    const all = await run(hidden(({ size }) => 2 / size));
    expect(all.verdict).toBe('survived');
  });

  test('is open where larger sizes are missing, or labels that tell laws', async () => {
    const short = await run(hidden(onlyBad(1), { ladder: { rungs, at } }));
    expect(short.verdict).toBe('inconclusive');
    expect(short.reason).toContain('draws at larger sizes would settle it');
    const blind = await run(hidden(() => 0, { stratum: () => null }));
    expect(blind.verdict).toBe('inconclusive');
    expect(blind.reason).toContain('a verdict on the mixture of laws alone');
  });

  test('tells laws within a stratum apart where the structure is the law', async () => {
    // Within the bad stratum one parameter of ten always fails: a tenth of its draws.
    const rate = ({ share }: Draw): number => (share === 0.3 ? 1 : 0);
    const byLabels = await run(hidden(rate));
    expect(byLabels.verdict).not.toBe('refuted');
    const byLaw = await run(hidden(rate, { law: 'structure' }));
    expect(byLaw.verdict).toBe('refuted');
    expect(byLaw.strata?.worst?.law).toBeTypeOf('number');
  });

  test('a stratum function that gives anything but a text or null is a fault of the claim', async () => {
    const wrong = { stratum: (() => 7) as unknown as () => string };
    await expect(run(hidden(() => 0, wrong))).rejects.toThrow(
      'trial 0, stratum: threw TypeError: stratum must give a text or null, got 7',
    );
  });

  test('fresh draws add up in a ledger, are the same when repeated, and count once', async () => {
    const reading = hidden(({ law }) => (law === 'bad' ? 0.5 : 0));
    const night = (day: number, more: Partial<RunSettings> = {}) =>
      run(reading, {
        ledger: {
          folder: join(folder, 'ledger'),
          origin: {
            falsum: '0.1.0',
            commit: null,
            startedAt: `2026-01-${10 + day}T00:00:00.000Z`,
            profile: 'ci',
          },
        },
        ...more,
      });
    const stored = async () => {
      const store = folderStore(join(folder, 'ledger'));
      const [line] = await store.lines();
      const batches = await store.batches(line);
      return { batches, tally: accumulate(judgedOf(reading), batches) };
    };
    await night(1);
    const first = await stored();
    const retests = first.batches.filter(({ stream }) => stream === 'stratum N 512 law:bad');
    expect(retests.length).toBeGreaterThan(0);
    expect(first.tally.retests).toMatchObject([{ stratum: 'law:bad', size: 512 }]);
    const lone = await run(reading);
    expect(lone.strata?.retested[0].violated).toBe(first.tally.retests?.[0].violated);
    await night(2, { from: 0 });
    expect((await stored()).tally.retests).toEqual(first.tally.retests);
    await night(3);
    const [before] = first.tally.retests ?? [];
    const [after] = (await stored()).tally.retests ?? [];
    expect(after.telling).toBeGreaterThanOrEqual(before.telling);
  });
});
