import type fc from 'fast-check';
import type { Assumption, Claim } from '../../src/claims/index.js';
import { atMost, cite, claim, decided, universal } from '../../src/claims/index.js';
import { generator } from '../../src/generators/index.js';
import type { RandomSource } from '../../src/math/index.js';

/** What the search has to overcome. */
export type Difficulty =
  | 'smooth'
  | 'narrow ridge'
  | 'rotated and ill-conditioned'
  | 'discrete and continuous'
  | 'behind an assumption'
  | 'decoy';

/** A claim that is false on a tiny part of its law, with its true twin. */
export interface Benchmark {
  readonly name: string;
  readonly difficulty: Difficulty;
  /** Whether it was left alone while the search was tuned. */
  readonly heldOut: boolean;
  /** The probability under the law that a draw violates the claim, within a few per cent or as a bound from above. */
  readonly probability: number;
  readonly falseClaim: Claim;
  readonly trueTwin: Claim;
}

interface Definition<S, I> {
  readonly name: string;
  readonly difficulty: Difficulty;
  readonly heldOut: boolean;
  readonly probability: number;
  readonly law: string;
  readonly structure: fc.Arbitrary<S>;
  readonly build: (structure: S, random: RandomSource) => I;
  readonly assumptions?: readonly Assumption<I>[];
  /** The claim says floor ≤ value; it is false where the value is smaller. */
  readonly value: (instance: I) => number;
  /** The floor of the false claim and that of its twin, which no value goes below. */
  readonly floor: number;
  readonly trueFloor: number;
}

/** Makes a benchmark: the claim floor ≤ value(instance), once with a floor that is too high and once with a true one. */
export function benchmark<S, I>(definition: Definition<S, I>): Benchmark {
  const { name, difficulty, heldOut, probability, floor, trueFloor } = definition;
  return {
    name,
    difficulty,
    heldOut,
    probability,
    falseClaim: claimWith(definition, name, floor),
    trueTwin: claimWith(definition, `${name}-twin`, trueFloor),
  };
}

function claimWith<S, I>(definition: Definition<S, I>, name: string, floor: number): Claim {
  const { law, structure, build, assumptions, value } = definition;
  return claim({
    id: `bench-hunt/${name}`,
    version: 1,
    catalogue: null,
    source: cite('bench', name),
    standing: 'question',
    title: `The value of ${name} is at least ${floor}`,
    statement: `${floor} \\le v(x)`,
    readings: {
      literal: universal<I>({
        note: 'As stated.',
        instances: generator({ law, structure, build, labels: () => [] }),
        assumptions: assumptions ?? [],
        conclude: (instance) => decided('exact', [atMost('floor ≤ value', floor, value(instance))]),
        controls: {
          'far-higher-floor': {
            statement: 'The value is at least a thousand millions.',
            argument: 'It is of the order of 1 to 10⁸ on every draw that is likely.',
            judge: 'every-draw',
            conclude: (instance) => decided('exact', [atMost('10⁹ ≤ value', 1e9, value(instance))]),
          },
        },
        coverage: { sampled: {} },
      }),
    },
  });
}
