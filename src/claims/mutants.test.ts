import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generator } from '../generators/index.js';
import type { AnyReading } from './claim.js';
import { cite, claim, identity, observation, scaling, universal } from './claim.js';
import type { Conclusion } from './conclusion.js';
import { atMost, decided, oneSided, outcomeOf } from './conclusion.js';
import { mutantsOf } from './mutants.js';

interface Size {
  readonly n: number;
}

const instances = generator<number, Size>({
  law: 'n uniform on 1…9',
  structure: fc.integer({ min: 1, max: 9 }),
  build: (n) => ({ n }),
  labels: () => [],
});

const common = {
  note: 'As printed.',
  instances,
  assumptions: [
    { name: 'large', tex: 'n \\ge 5', margin: ({ n }: Size) => n - 5 },
    { name: 'positive', tex: 'n > 0', margin: ({ n }: Size) => n },
  ],
  controls: {
    half: {
      statement: 'n ≤ 2',
      argument: 'n = 9',
      judge: 'every-draw' as const,
      conclude: ({ n }: Size) => decided('exact', [atMost('n ≤ 2', n, 2)]),
    },
  },
  coverage: { sampled: {} },
};

const conclusion = decided('exact', [
  atMost('a', 3, 4),
  oneSided(atMost('b', 3, 4)),
  oneSided(atMost('c', 3, 4), 0.2),
]);

const reading = universal<Size>({ ...common, conclude: () => conclusion });

async function concludedBy(of: AnyReading, id: string, original: Conclusion): Promise<Conclusion> {
  const found = mutantsOf(of).find((mutant) => mutant.id === id);
  if (found === undefined) throw new RangeError(`no mutant ${id}`);
  return found.control.conclude({} as never, () => Promise.resolve(original), {} as never);
}

describe('mutantsOf', () => {
  test('lists each assumption, each factor and each clause', () => {
    expect(mutantsOf(reading).map(({ id }) => id)).toEqual([
      'drop: large',
      'drop: positive',
      'scale: 0.9',
      'scale: 0.5',
      'scale: 0.1',
      'flip: 1',
      'flip: 2',
      'flip: 3',
    ]);
  });

  test('a dropped assumption leaves the others', () => {
    const [{ control }] = mutantsOf(reading);
    expect(control.assumptions?.map(({ name }) => name)).toEqual(['positive']);
  });

  test('scaled sides are violated where that is certain, and open where only bounds are known', async () => {
    const only = (k: number) => decided('exact', [conclusion.clauses[k]]);
    const at = async (factor: number, k: number) =>
      outcomeOf(await concludedBy(reading, `scale: ${factor}`, only(k)));
    expect([await at(0.9, 0), await at(0.5, 0)]).toEqual(['holds', 'violated']);
    expect(await at(0.1, 1)).toBe('gave-up');
    expect([await at(0.5, 2), await at(0.1, 2)]).toEqual(['holds', 'violated']);
    const negative = decided('exact', [atMost('d', -2, -1)]);
    expect(outcomeOf(await concludedBy(reading, 'scale: 0.1', negative))).toBe('holds');
  });

  test('a flipped clause is violated where the clause holds strictly, and the other clauses stay', async () => {
    const flipped = await concludedBy(reading, 'flip: 2', conclusion);
    if (flipped.status !== 'decided') throw new TypeError('the conclusion is decided');
    expect(flipped.clauses.map((clause) => clause.margin.upper < 0)).toEqual([false, true, false]);
    expect(await concludedBy(reading, 'flip: 3', decided('exact', []))).toMatchObject({
      status: 'gave-up',
    });
  });

  test('of a scaling reading the exponents change, in the direction that is stronger', () => {
    const ladder = {
      rungs: [1, 4, 16].map((size) => ({ path: 'n', size })),
      at: () => instances,
    };
    const constants = {
      up: { meaning: 'u', bounded: 'above' as const },
      low: { meaning: 'l', bounded: 'below' as const },
    };
    const mutants = mutantsOf(
      scaling<Size>({ ...common, ladder, constants, conclude: () => conclusion }),
    );
    const adjusted = (id: string) =>
      mutants
        .find((mutant) => mutant.id === id)
        ?.adjust({
          trial: 0,
          outcome: 'holds',
          labels: [],
          rung: { path: 'n', size: 16 },
          implied: { up: 3, low: 3 },
        }).implied;
    expect(adjusted('exponent: up, 0.5')).toEqual({ up: 12, low: 3 });
    expect(adjusted('exponent: low, 0.25')).toEqual({ up: 3, low: 1.5 });
    expect(mutants.map(({ change }) => change)).not.toContain('scale-side');
  });

  test('identities lose assumptions only; observations have none', () => {
    const changes = mutantsOf(identity<Size>({ ...common, conclude: () => conclusion })).map(
      ({ change }) => change,
    );
    expect(new Set(changes)).toEqual(new Set(['drop-assumption']));
    const reported = { name: 'x', value: 1, repeats: 1 };
    expect(
      mutantsOf(observation<Size>({ ...common, reported, conclude: () => conclusion })),
    ).toEqual([]);
  });
});

describe('mutants declared false', () => {
  const declaring = (falseMutants: Readonly<Record<string, string>>) =>
    universal<Size>({ ...common, falseMutants, conclude: () => conclusion });

  test('carry their argument', () => {
    const mutants = mutantsOf(declaring({ 'drop: large': 'n = 4 fails' }));
    expect(mutants.filter(({ argument }) => argument !== null).map(({ id }) => id)).toEqual([
      'drop: large',
    ]);
  });

  test('must exist', () => {
    expect(() =>
      claim({
        id: 'toy/claim',
        version: 1,
        catalogue: null,
        source: cite('toy', 'nowhere'),
        standing: 'lemma',
        title: 'A toy',
        statement: 'n',
        readings: { literal: declaring({ 'drop: small': 'because' }) },
      }),
    ).toThrow(
      /^claim toy\/claim, reading literal: falseMutants must name mutants of this reading \(drop: large; drop: positive; .*\), got "drop: small"$/,
    );
  });
});
