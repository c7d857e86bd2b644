import fc from 'fast-check';
import type { AnyReading, Claim, Clause, Family } from '../../claims/index.js';
import { atMost, cite, claim, decided, gaveUp, limit, universal } from '../../claims/index.js';
import type { Generator } from '../../generators/index.js';
import { generator } from '../../generators/index.js';

/** An instance of the toy claims: a size and a number uniform on [0, 1). */
export interface Toy {
  readonly size: number;
  readonly value: number;
}

/** Sizes 1…20, values uniform on [0, 1). */
export const toys = generator<number, Toy>({
  law: 'size uniform on 1…20, value uniform on [0, 1)',
  structure: fc.integer({ min: 1, max: 20 }),
  build: (size, random) => ({ size, value: random.uniform() }),
  labels: ({ size }) => [size <= 10 ? 'small' : 'large'],
});

/** The coverage of the toy claims. */
export const toyCoverage = { sampled: { small: 'size at most 10', large: 'size above 10' } };

/** A control that is violated on three draws of a hundred. */
export const rarelyFalse = {
  statement: 'The value is at most 0.97.',
  argument: 'it is uniform on [0, 1)',
  judge: 'every-draw' as const,
  conclude: ({ value }: Toy) => decided('exact', [atMost('value ≤ 0.97', value, 0.97)]),
};

/** A claim around one reading. */
export function toyClaim(reading: AnyReading, version = 1): Claim {
  return claim({
    id: 'toy/claim',
    version,
    catalogue: null,
    source: cite('toy', 'nowhere'),
    standing: 'lemma',
    title: 'A toy',
    statement: 'v \\le 1',
    readings: { literal: reading },
  });
}

/** value ≤ bound(size), confirmed when `confirms`. */
export function boundedBy(
  bound: (size: number) => number,
  {
    confirms = true,
    control = rarelyFalse,
  }: { confirms?: boolean; control?: typeof rarelyFalse } = {},
): AnyReading {
  return universal<Toy>({
    note: 'As printed.',
    instances: toys,
    assumptions: [{ name: 'positive size', tex: 'n \\ge 1', margin: ({ size }) => size - 1 }],
    conclude: ({ value, size }) => decided('exact', [atMost('v ≤ b', value, bound(size))]),
    confirm: ({ value, size }, { clause }) => ({
      method: 'the same comparison',
      digits: 64,
      clause: clause.name,
      lhs: String(value),
      rhs: String(bound(size)),
      violated: confirms && value > bound(size),
      assumptions: [{ name: 'positive size', margin: String(size - 1), holds: size >= 1 }],
    }),
    controls: { control },
    coverage: toyCoverage,
  });
}

/** A control that is no control: it is true. */
export const unkillable: typeof rarelyFalse = {
  ...rarelyFalse,
  statement: 'The value is at most 2.',
  conclude: ({ value }) => decided('exact', [atMost('value ≤ 2', value, 2)]),
};

/** A reading with a given conclusion. */
export function concluding(conclude: (toy: Toy) => Clause[] | 'gave-up'): AnyReading {
  return universal<Toy>({
    note: 'As printed.',
    instances: toys,
    assumptions: [],
    conclude: (toy) => {
      const clauses = conclude(toy);
      return clauses === 'gave-up' ? gaveUp('on purpose') : decided('exact', clauses);
    },
    controls: { half: rarelyFalse },
    coverage: toyCoverage,
  });
}

/** The law at one size. */
export const toyRung = ({ size }: { readonly size: number }): Generator<Toy> =>
  generator<null, Toy>({
    law: `size ${size}, value uniform on [0, 1)`,
    structure: fc.constant(null),
    build: (_, random) => ({ size, value: random.uniform() }),
    labels: () => [size <= 10 ? 'small' : 'large'],
  });

/** A ladder in the size, violated with probability 1/size, with a family if one is given. */
export function vanishing(families: readonly Family[] = []): AnyReading {
  return limit<Toy>({
    note: 'As printed.',
    instances: toys,
    assumptions: [],
    quantity: 'P(v > 1 − 1/n)',
    tolerance: 0.25,
    ladder: {
      rungs: [2, 8, 64, 512].map((size) => ({ path: 'n', size })),
      at: toyRung,
    },
    families,
    conclude: ({ size, value }) => decided('exact', [atMost('v ≤ 1 − 1/n', value, 1 - 1 / size)]),
    controls: { half: rarelyFalse },
    coverage: toyCoverage,
    effort: { ci: { trials: 160 } },
  });
}
