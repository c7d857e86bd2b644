import fc from 'fast-check';
import type { RandomSource } from '../math/index.js';
import { randomSource } from '../math/index.js';

/** An instance with the coverage labels that say which parts of the assumption space it visits. */
export interface Labelled<I> {
  readonly instance: I;
  readonly labels: readonly string[];
}

/**
 * A documented law of instances. Structure (sizes, which pool, which degeneracy) is drawn by
 * fast-check and shrinks; data are drawn by seeded laws from a random source that fast-check's
 * own randomness keys. The instance is a pure function of both.
 */
export interface Generator<I> {
  /** The law in words, precise enough to be reproduced. */
  readonly law: string;
  readonly arbitrary: fc.Arbitrary<Labelled<I>>;
  /**
   * Draws from given randomness, structure and data apart, so that a search can record and change every number that
   * a draw rests on. Generators made by `generator` have it.
   */
  readonly drawFrom?: (structure: fc.Random, data: RandomSource) => Labelled<I>;
  /**
   * Draws again from the law of one draw: the structure is that of the draw with this fast-check seed (unbiased, as in
   * the test stream), the data are fresh. Generators made by `generator` have it.
   */
  readonly again?: (seed: number, data: RandomSource) => Labelled<I>;
}

/**
 * Makes a generator.
 *
 * @param definition.structure what fast-check draws and shrinks
 * @param definition.build the instance, a pure function of structure and random source
 * @param definition.labels the coverage labels of an instance
 */
export function generator<S, I>(definition: {
  readonly law: string;
  readonly structure: fc.Arbitrary<S>;
  readonly build: (structure: S, random: RandomSource) => I;
  readonly labels: (instance: I, structure: S) => readonly string[];
}): Generator<I> {
  const { structure, build, labels } = definition;
  const dataSeed = fc.noBias(fc.noShrink(fc.integer({ min: 0, max: 0x7fffffff })));
  const drawn = fc.tuple(structure, dataSeed, dataSeed);
  return {
    law: definition.law,
    arbitrary: drawn.map(([s, high, low]) => {
      const instance = build(s, randomSource('instance', high, low));
      return { instance, labels: labels(instance, s) };
    }),
    drawFrom(structureRandom, data) {
      const s = structure.generate(structureRandom, undefined).value;
      const instance = build(s, data);
      return { instance, labels: labels(instance, s) };
    },
    again(seed, data) {
      const [[s]] = fc.sample(drawn, { seed, numRuns: 1, unbiased: true });
      const instance = build(s, data);
      return { instance, labels: labels(instance, s) };
    },
  };
}
