import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AnyReading, Clause, Decided } from '../claims/index.js';
import {
  atMost,
  decided,
  existential,
  limit,
  observation,
  probable,
  scaling,
  universal,
} from '../claims/index.js';
import { counterexampleFile, readCounterexample, replay } from '../hunting/index.js';
import { engineOf } from './engines.js';
import { runReading } from './run-reading.js';
import type { RunSettings } from './settings.js';
import type { Toy } from './testing/toy-claims.js';
import {
  boundedBy,
  toyClaim,
  toyCoverage,
  toyRung,
  toys,
  rarelyFalse,
} from './testing/toy-claims.js';

// Attempts to make a judge say what the evidence does not carry.

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'falsum-honesty-'));
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

const common = {
  note: 'As printed.',
  instances: toys,
  assumptions: [],
  controls: { control: rarelyFalse },
  coverage: toyCoverage,
};

const universally = (conclude: (toy: Toy) => Decided): AnyReading =>
  universal<Toy>({ ...common, conclude });

const one = (clause: Clause, more = {}): Decided => decided('exact', [clause], more);

describe('trials that say nothing', () => {
  test('a bound that is infinite everywhere is vacuous', async () => {
    const outcome = await run(universally(({ value }) => one(atMost('v ≤ ∞', value, Infinity))));
    expect(outcome.verdict).toBe('vacuous');
  });

  test('conclusions without a clause are vacuous', async () => {
    expect((await run(universally(() => decided('exact', [])))).verdict).toBe('vacuous');
  });

  test('trivial trials do not make up for too few that say something', async () => {
    const outcome = await run(
      universally(({ value, size }) => one(atMost('v ≤ 1', value, 1), { trivial: size > 2 })),
    );
    expect(outcome.verdict).toBe('inconclusive');
    expect(outcome.reason).toMatch(/trivial/);
  });

  test('a trivial trial is no witness', async () => {
    const outcome = await run(
      existential<Toy>({
        ...common,
        conclude: () => one(atMost('nothing', 0, 1), { trivial: true }),
      }),
    );
    expect(outcome.verdict).toBe('inconclusive');
  });

  test('a limit does not survive where its last sizes are trivial', async () => {
    const outcome = await run(
      limit<Toy>({
        ...common,
        quantity: 'P(v > 1)',
        tolerance: 0.25,
        ladder: { rungs: rungs([2, 8, 64, 512]), at: toyRung },
        conclude: ({ value, size }) => one(atMost('v ≤ 1', value, 1), { trivial: size > 8 }),
        effort: { ci: { trials: 160 } },
      }),
    );
    expect(outcome.verdict).toBe('inconclusive');
  });
});

const rungs = (sizes: readonly number[]) => sizes.map((size) => ({ path: 'n', size }));

describe('scaling', () => {
  const measuring = (
    implied: (toy: Toy) => number,
    sizes = [2, 8, 64, 512],
    trials = 160,
  ): AnyReading =>
    scaling<Toy>({
      ...common,
      constants: { C: { meaning: 'the constant', bounded: 'above' } },
      ladder: { rungs: rungs(sizes), at: toyRung },
      conclude: (toy) => decided('exact', [], { implied: { C: implied(toy) } }),
      effort: { ci: { trials } },
    });

  test('a bounded constant survives where the ladder excludes growth, and is open where it does not', async () => {
    const bounded = ({ value }: Toy): number => 1 + value;
    const few = await run(measuring(bounded));
    expect(few.verdict).toBe('inconclusive');
    expect(few.reason).toMatch(/would decide/);
    expect((await run(measuring(bounded, [2, 16, 256, 4096], 1600))).verdict).toBe('survived');
  });

  test('an instance that no constant makes true lets nothing survive', async () => {
    const outcome = await run(measuring(({ size }) => (size === 512 ? Infinity : 1)));
    expect(outcome.verdict).toBe('inconclusive');
    expect(outcome.reason).toContain('no finite constant');
  });

  test('a constant that is NaN lets nothing survive', async () => {
    const outcome = await run(measuring(({ size }) => (size === 512 ? NaN : 1)));
    expect(outcome.verdict).toBe('inconclusive');
  });

  test('a path measured at fewer than three sizes shows no trend', async () => {
    const outcome = await run(
      scaling<Toy>({
        ...common,
        constants: { C: { meaning: 'the constant', bounded: 'above' } },
        ladder: { rungs: rungs([2, 8, 64, 512]), at: toyRung },
        conclude: ({ size }) => decided('exact', [], size > 8 ? {} : { implied: { C: 1 } }),
      }),
    );
    expect(outcome.verdict).toBe('inconclusive');
  });
});

describe('limit', () => {
  test('a rate that falls as slowly as a logarithm is not refuted by two noisy sizes', async () => {
    const reading = limit<Toy>({
      ...common,
      quantity: 'P(v > 1 − 1/ln n)',
      tolerance: 0.05,
      ladder: { rungs: rungs([8, 16, 32, 64]), at: toyRung },
      conclude: ({ value, size }) => one(atMost('v ≤ 1 − 1/ln n', value, 1 - 1 / Math.log(size))),
      effort: { ci: { trials: 800 } },
    });
    const verdicts = [];
    for (let seed = 1; seed <= 12; seed += 1) verdicts.push((await run(reading, { seed })).verdict);
    expect(new Set(verdicts)).toEqual(new Set(['inconclusive']));
  });

  test('a rate that stays at 1 is refuted after the ladder was extended, and not before', async () => {
    const reading = (extended: readonly number[]): AnyReading =>
      limit<Toy>({
        ...common,
        quantity: 'P(v > −1)',
        tolerance: 0.25,
        ladder: { rungs: rungs([8, 16, 32, 64]), extended: rungs(extended), at: toyRung },
        conclude: ({ value }) => one(atMost('v ≤ −1', value, -1)),
        effort: { ci: { trials: 400 } },
      });
    const refuted = await run(reading([128, 256]));
    expect(refuted).toMatchObject({ verdict: 'refuted', grade: 'statistical', trialsPlanned: 600 });
    expect(refuted.rungs.map(({ size, effective }) => [size, effective])).toEqual(
      [8, 16, 32, 64, 128, 256].map((size) => [size, 100]),
    );
    expect(await run(reading([]))).toMatchObject({ verdict: 'inconclusive', trialsPlanned: 400 });
  });
});

describe('controls', () => {
  test('a control of a probable claim is judged with the admitted probability', async () => {
    const reading = probable<Toy>({
      ...common,
      admitted: () => 0.5,
      conclude: ({ value }) => one(atMost('v ≤ ¾', value, 0.75)),
      controls: {
        // Violated with probability 0.4 < 0.5: as the claim is judged, it is true.
        true: {
          statement: 'v ≤ 0.6 with probability ½',
          argument: 'it is true',
          judge: 'as-reading',
          conclude: ({ value }) => one(atMost('v ≤ 0.6', value, 0.6)),
        },
      },
    });
    const outcome = await run(reading);
    expect(outcome.controls[0].killed).toBe(false);
    expect(outcome.verdict).toBe('inconclusive');
  });

  test('a control of a universal claim judged as the claim is killed by one violation', async () => {
    const reading = universal<Toy>({
      ...common,
      conclude: ({ value }) => one(atMost('v ≤ 1', value, 1)),
      controls: { control: { ...rarelyFalse, judge: 'as-reading' } },
    });
    expect((await run(reading)).verdict).toBe('survived');
  });

  test('a control of an observation is killed when its number is not reproduced', async () => {
    const measured =
      (factor: number) =>
      ({ value }: Toy) =>
        decided('exact', [], { measurements: { mean: factor * value } });
    const reading = (factor: number) =>
      observation<Toy>({
        ...common,
        reported: { name: 'mean', value: 0.5, repeats: 100 },
        conclude: measured(1),
        controls: {
          control: {
            statement: 'scaled',
            argument: 'the mean changes',
            judge: 'as-reading',
            conclude: measured(factor),
          },
        },
      });
    expect((await run(reading(9))).controls[0].killed).toBe(true);
    expect((await run(reading(9))).verdict).toBe('reproduced');
    expect((await run(reading(1))).verdict).toBe('inconclusive');
  });
});

describe('counterexamples', () => {
  const false2 = boundedBy(() => 0.2);

  test('a stored counterexample counts with the grade that it earns now', async () => {
    const [stored] = (await run(false2)).counterexamples;
    const file = counterexampleFile(join(folder, 'corpus'), stored);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, JSON.stringify({ ...stored, grade: 'certified', lhs: 0.123, version: 1 }));
    const outcome = await run(false2, { found: join(folder, 'again') });
    expect(outcome.grade).toBe('confirmed');
    expect(outcome.counterexamples.find(({ id }) => id === stored.id)).toMatchObject({
      grade: 'confirmed',
      lhs: stored.lhs,
    });
  });

  test('a counterexample of another reading is refused', async () => {
    const [stored] = (await run(false2)).counterexamples;
    const wrong = join(folder, 'corpus', 'toy/claim', 'other', `${stored.id}.json`);
    mkdirSync(join(wrong, '..'), { recursive: true });
    writeFileSync(wrong, JSON.stringify(stored));
    const claim = toyClaim(false2);
    const two = { ...claim, readings: { ...claim.readings, other: boundedBy(() => 1) } };
    await expect(
      runReading(two, 'other', {
        seed: 1,
        profile: 'smoke',
        engine: 'js64',
        readings: null,
        budgetMsPerReading: null,
        corpus: join(folder, 'corpus'),
        found: join(folder, 'found'),
      }),
    ).rejects.toThrow(
      /is a counterexample to toy\/claim literal, in the folder of toy\/claim other/,
    );
  });

  test('an attack’s counterexample replays with the randomness that found it', async () => {
    const reading = universal<Toy>({
      ...common,
      conclude: (_, { random, attack }) => {
        let best = 0;
        for (let i = 0; i < 3 * attack; i += 1) best = Math.max(best, random.uniform());
        return decided('attack', [atMost('best ≤ 0.9', best, 0.9)], { witness: best });
      },
      confirm: (_, { clause }) => ({
        method: 'the witness again',
        digits: 64,
        clause: clause.name,
        lhs: String(clause.lhs),
        rhs: '0.9',
        violated: clause.lhs > 0.9,
        assumptions: [],
      }),
      effort: { ci: { attack: 7 } },
    });
    const outcome = await run(reading);
    expect(outcome.verdict).toBe('refuted');
    const [counterexample] = outcome.counterexamples;
    const stored = readCounterexample(counterexampleFile(join(folder, 'found'), counterexample));
    expect(await replay(toyClaim(reading), stored, await engineOf('js64'))).toMatchObject({
      reproduces: true,
      identical: true,
    });
    expect(await run(reading, { corpus: join(folder, 'found') })).toMatchObject({ lost: [] });
  });

  test('a violation that does not replay from its own file does not count', async () => {
    // A file does not keep that an instance is frozen, so the stored instance holds.
    const reading = universal<Toy>({
      ...common,
      instances: {
        law: 'frozen toys',
        arbitrary: toys.arbitrary.map(({ labels, instance }) => ({
          labels,
          instance: Object.freeze({ ...instance }),
        })),
      },
      conclude: (toy) => one(atMost('v ≤ ½', Object.isFrozen(toy) ? toy.value : 0, 0.5)),
      confirm: (_, { clause }) => ({
        method: 'trust',
        digits: 64,
        clause: clause.name,
        lhs: '1',
        rhs: '0',
        violated: true,
        assumptions: [],
      }),
    });
    const outcome = await run(reading);
    expect(outcome.verdict).toBe('inconclusive');
    expect(outcome.counterexamples).toEqual([]);
  });

  test('a confirmation of another clause, or without the assumptions, confirms nothing', async () => {
    const confirming = (clause: string, assumptions: readonly string[]): AnyReading =>
      universal<Toy>({
        ...common,
        assumptions: [{ name: 'positive size', tex: 'n', margin: ({ size }) => size }],
        conclude: ({ value }) => one(atMost('v ≤ ½', value, 0.5)),
        confirm: ({ value }) => ({
          method: 'again',
          digits: 64,
          clause,
          lhs: String(value),
          rhs: '0.5',
          violated: value > 0.5,
          assumptions: assumptions.map((name) => ({ name, margin: '1', holds: true })),
        }),
      });
    expect((await run(confirming('v ≤ ½', ['positive size']))).verdict).toBe('refuted');
    expect((await run(confirming('another', ['positive size']))).verdict).toBe('inconclusive');
    expect((await run(confirming('v ≤ ½', []))).verdict).toBe('inconclusive');
  });

  test('a certificate whose check contradicts its own sides certifies nothing', async () => {
    const certified = (left: string, right: string): AnyReading =>
      universal<Toy>({
        ...common,
        conclude: ({ value }) => one(atMost('v ≤ ½', value, 0.5)),
        certify: () => ({
          kind: 'instance',
          statement: 'v > ½',
          argument: 'by comparison',
          checks: [{ what: 'v', left, relation: '>', right, holds: true }],
        }),
      });
    expect((await run(certified('3/4', '1/2'))).verdict).toBe('refuted');
    expect((await run(certified('1/4', '1/2'))).verdict).toBe('inconclusive');
  });
});

describe('faults of a claim’s own code are named as such', () => {
  const boom = (): never => {
    throw new Error('on purpose');
  };
  const violated = { ...common, conclude: () => one(atMost('1 ≤ 0', 1, 0)) };
  const cases: readonly (readonly [string, AnyReading, RegExp])[] = [
    ['confirm', universal<Toy>({ ...violated, confirm: boom }), /confirm: threw Error: on purpose/],
    ['certify', universal<Toy>({ ...violated, certify: boom }), /certify: threw Error: on purpose/],
    ['figure', universal<Toy>({ ...violated, figure: boom }), /figure: threw Error: on purpose/],
    [
      'a generator',
      universal<Toy>({
        ...violated,
        instances: { law: 'none', arbitrary: toys.arbitrary.map(boom) },
      }),
      /trial 0, instances: threw Error: on purpose/,
    ],
    [
      'labels',
      universal<Toy>({
        ...violated,
        instances: {
          law: 'none',
          arbitrary: toys.arbitrary.map(({ instance }) => ({ instance, labels: 'small' as never })),
        },
      }),
      /labels must be an array of strings/,
    ],
    [
      'a clause without a margin',
      universally(() => decided('exact', [{ name: 'x', lhs: 1, rhs: 2 } as never])),
      /conclude: clause 1 must be made by atMost/,
    ],
    [
      'an admitted probability of 2',
      probable<Toy>({ ...violated, admitted: () => 2 }),
      /admitted must lie in \[0, 1\], got 2/,
    ],
    [
      'an instance that is not plain data',
      universal<Toy>({
        ...violated,
        instances: {
          law: 'none',
          arbitrary: toys.arbitrary.map(({ labels }) => ({
            labels,
            instance: { size: 1, value: 2, f: () => 1 } as Toy,
          })),
        },
      }),
      /trial 0, instances: instance\.f must be plain data, got function/,
    ],
  ];
  test.each(cases)('%s', async (_, reading, text) => {
    await expect(run(reading)).rejects.toMatchObject({
      name: 'ClaimFault',
      message: expect.stringMatching(text) as string,
    });
  });
});

test('a search draw that throws is named, and shrinking it is bounded', async () => {
  let calls = 0;
  const reading = universal<Toy>({
    ...common,
    conclude: ({ size, value }) => {
      calls += 1;
      // The first trial is concluded twice.
      if (calls > 121) throw new Error('late');
      return one(atMost('v ≤ 1', value, 1 + size));
    },
  });
  await expect(run(reading)).rejects.toThrow(/search 0, conclude: threw Error: late/);
  expect(calls).toBeLessThan(130);
});
