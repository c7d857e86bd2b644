import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Claim } from '../claims/index.js';
import { atMost, decided, universal } from '../claims/index.js';
import { replay, storeCounterexample } from '../hunting/index.js';
import { engineOf } from './engines.js';
import { runReading } from './run-reading.js';
import type { RunSettings } from './settings.js';
import type { Toy } from './testing/toy-claims.js';
import { rarelyFalse, toyClaim, toyCoverage, toys } from './testing/toy-claims.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'falsum-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** value ≤ 0.2, false on four draws of five; one counterexample for each remainder of the size modulo 4. */
function byRemainder(confirmed: (toy: Toy) => boolean = () => true): Claim {
  return toyClaim(
    universal<Toy>({
      note: 'As printed.',
      instances: toys,
      assumptions: [],
      conclude: ({ value }) => decided('exact', [atMost('v ≤ 0.2', value, 0.2)]),
      confirm: (toy, { clause }) => ({
        method: 'the same comparison',
        digits: 64,
        clause: clause.name,
        lhs: String(toy.value),
        rhs: '0.2',
        violated: toy.value > 0.2 && confirmed(toy),
        assumptions: [],
      }),
      groups: { of: ({ size }) => String(size % 4), size: ({ size }) => size },
      controls: { control: rarelyFalse },
      coverage: toyCoverage,
    }),
  );
}

const run = (claim: Claim, more: Partial<RunSettings> = {}) =>
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

const sizes = ({ counterexamples }: Awaited<ReturnType<typeof run>>): number[] =>
  counterexamples
    .map(({ instance }) => (instance as unknown as Toy).size)
    .toSorted((a, b) => a - b);

describe('groups', () => {
  test('each keeps its smallest counterexample, and all replay', async () => {
    const claim = byRemainder();
    const outcome = await run(claim);
    expect(outcome).toMatchObject({ verdict: 'refuted', grade: 'confirmed' });
    expect(sizes(outcome)).toEqual([1, 2, 3, 4]);
    for (const counterexample of outcome.counterexamples) {
      const replayed = await replay(claim, counterexample, await engineOf('js64'));
      expect(replayed).toMatchObject({ reproduces: true, identical: true });
    }
    expect((await run(claim)).counterexamples).toEqual(outcome.counterexamples);
  });

  test('a smoke run works on the group whose violation comes first', async () => {
    expect((await run(byRemainder(), { profile: 'smoke' })).counterexamples).toHaveLength(1);
  });

  test('one that the corpus holds as small already is not looked for again', async () => {
    const claim = byRemainder();
    const first = await run(claim);
    for (const counterexample of first.counterexamples) {
      storeCounterexample(join(folder, 'corpus'), counterexample);
    }
    const again = await run(claim, { seed: 2 });
    expect(again.counterexamples.map(({ id }) => id).toSorted()).toEqual(
      first.counterexamples.map(({ id }) => id).toSorted(),
    );
  });

  test('a violation that is not confirmed gives way to the next of its group', async () => {
    const outcome = await run(byRemainder(({ size, value }) => size !== 3 || value > 0.6));
    expect(sizes(outcome)).toEqual([1, 2, 3, 4]);
    const third = outcome.counterexamples
      .map(({ instance }) => instance as unknown as Toy)
      .filter(({ size }) => size === 3);
    expect(third[0].value).toBeGreaterThan(0.6);
  });
});
