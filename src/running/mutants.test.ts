import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { AnyReading } from '../claims/index.js';
import { atMost, decided, universal } from '../claims/index.js';
import { runReading } from './run-reading.js';
import type { Toy } from './testing/toy-claims.js';
import { rarelyFalse, toyClaim, toyCoverage, toys } from './testing/toy-claims.js';

const folder = mkdtempSync(join(tmpdir(), 'falsum-mutants-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (reading: AnyReading, mutants?: boolean) =>
  runReading(toyClaim(reading), 'literal', {
    seed: 1,
    profile: 'ci',
    engine: 'js64',
    readings: null,
    budgetMsPerReading: null,
    corpus: join(folder, 'corpus'),
    found: join(folder, 'found'),
    ...(mutants === undefined ? {} : { mutants }),
  });

/** v ≤ 0.6·(size ≤ 10) on draws with v ≤ 0.5: true with a factor 1.2 to spare, on small sizes alone. */
const bounded = (falseMutants: Readonly<Record<string, string>> = {}) =>
  universal<Toy>({
    note: 'As printed.',
    instances: toys,
    assumptions: [
      { name: 'small value', tex: 'v \\le 1/2', margin: ({ value }) => 0.5 - value },
      {
        name: 'small size',
        tex: 'n \\le 10',
        margin: ({ size }) => {
          return 10 - size;
        },
      },
    ],
    conclude: ({ size, value }) => {
      if (size > 10) throw new RangeError('sizes above 10 have no bound');
      return decided('exact', [atMost('v ≤ 0.6', value, 0.6)]);
    },
    falseMutants,
    controls: {
      zero: { ...rarelyFalse, conclude: ({ value }) => decided('exact', [atMost('v', value, 0)]) },
    },
    coverage: { sampled: { small: toyCoverage.sampled.small } },
    effort: { ci: { trials: 400 } },
  });

describe('generic mutants', () => {
  test('run when asked for, and with nightly alone otherwise', async () => {
    expect((await run(bounded())).mutants).toBeNull();
    expect((await run(bounded(), true)).mutants).not.toBeNull();
  });

  test('say what is killed and what is alive, and decide nothing', async () => {
    const { mutants, verdict, controls } = await run(bounded(), true);
    const fate = Object.fromEntries((mutants ?? []).map(({ id, killed }) => [id, killed]));
    expect(fate).toEqual({
      'drop: small value': true,
      // The conclusion throws there, which shows nothing.
      'drop: small size': false,
      'scale: 0.9': false,
      'scale: 0.5': true,
      'scale: 0.1': true,
      'flip: 1': true,
    });
    expect(verdict).toBe('survived');
    expect(controls).toHaveLength(1);
  });

  test('declared false they are controls: a survivor takes the verdict away', async () => {
    const killed = await run(bounded({ 'scale: 0.5': 'v = 0.4' }), true);
    expect(killed.verdict).toBe('survived');
    expect(killed.controls.map(({ name }) => name)).toEqual(['zero', 'scale: 0.5']);
    expect(killed.mutants?.map(({ id }) => id)).not.toContain('scale: 0.5');
    const alive = await run(bounded({ 'scale: 0.9': 'none' }), true);
    expect(alive.verdict).toBe('inconclusive');
    expect(alive.reason).toContain('“scale: 0.9”');
  });

  test('leave everything else as it was', async () => {
    const [without, together] = [await run(bounded()), await run(bounded(), true)];
    expect({ ...together, mutants: null, durationMs: 0 }).toEqual({ ...without, durationMs: 0 });
  });
});
