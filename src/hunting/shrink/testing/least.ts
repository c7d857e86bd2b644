import type fc from 'fast-check';
import { expect } from 'vitest';
import type { AnyReading, OpaqueInstance } from '../../../claims/index.js';
import type { Generator } from '../../../generators/index.js';
import { generator, testDraw } from '../../../generators/index.js';
import type { RandomSource } from '../../../math/index.js';
import { shrinkInstance } from '../shrink.js';
import { simplificationOf } from '../structural.js';

/** A statement with a known least counterexample: what its law draws, and where it is false. */
interface Known<I> {
  readonly instances: Generator<I>;
  /** Whether the assumptions hold and the statement is false; may throw out of shape, as claims do. */
  readonly isFalse: (instance: I) => boolean;
  readonly least: I;
}

/** A law with no words of its own. */
export const law = <S, I>(
  structure: fc.Arbitrary<S>,
  build: (structure: S, random: RandomSource) => I,
): Generator<I> => generator({ law: 'l', structure, build, labels: () => [] });

const SEEDS = 5;
/** As in a hunt. */
const BUDGET = 4000;
const MOST_DRAWS = 20_000;

/** Shrinks counterexamples of several draws: all must end at the least one, called minimal. Returns what each judged. */
export async function reachesLeast<I>({ instances, isFalse, least }: Known<I>): Promise<number[]> {
  const reading = { instances } as unknown as AnyReading;
  const evaluations: number[] = [];
  let trial = 0;
  for (let seed = 0; seed < SEEDS; seed += 1) {
    let start: I;
    do {
      start = testDraw(instances, ['least'], trial++).instance;
    } while (!isFalse(start) && trial < MOST_DRAWS);
    expect(isFalse(start), 'a draw is a counterexample').toBe(true);
    const keeps = async (candidate: OpaqueInstance): Promise<boolean> => {
      try {
        return isFalse(candidate as unknown as I);
      } catch {
        return false;
      }
    };
    const shrunk = await shrinkInstance(start as unknown as OpaqueInstance, {
      ...simplificationOf(reading, start as unknown as OpaqueInstance),
      keeps,
      budget: BUDGET,
    });
    expect({ from: start, to: shrunk.instance, minimal: shrunk.minimal }).toEqual({
      from: start,
      to: least,
      minimal: true,
    });
    evaluations.push(shrunk.evaluations);
  }
  return evaluations;
}

export const vector = (n: number, random: RandomSource): number[] =>
  Array.from({ length: n }, () => 2 * random.uniform() - 1);
