import fc from 'fast-check';
import type { Generator } from '../../generators/index.js';
import { seedOf, testDraw } from '../../generators/index.js';
import type { RandomSource } from '../../math/index.js';
import { randomSource } from '../../math/index.js';
import type { Plain } from '../../model/index.js';
import { decodeJson, encodeJson } from '../../model/index.js';
import { EMPTY_TAPE, drawOnTape } from '../search/index.js';

/** Draws from the law itself: enough that two independent sizes differ in one of them. */
const DRAWS = 48;
/** Draws with fast-check’s bias towards small and boundary values. */
const BIASED = 48;
/** Descents by fast-check’s own shrinking, and the most members that one of them visits. */
const DESCENTS = 8;
const DESCENT = 40;
/** Draws with some of their random numbers at the ends of their ranges, and how many of a stream’s first ones. */
const CORNERS = 32;
const AT_CORNERS = 24;
/** A random decision at its end, on the scale of a Gaussian: a uniform number is 1e-9 or 1 − 1e-9 then. */
const CORNER = 6;

/** An instance of a law; those of one source were made from each other and count as one witness together. */
export interface Member {
  readonly instance: Plain;
  readonly source: number;
}

/**
 * Members of a law, to learn from what all of them have in common: plain draws, draws biased to boundary values, what
 * fast-check’s own shrinking makes of draws (the simplest members, and ones that differ in one component alone), and
 * draws with random numbers at the ends of their ranges. A law that throws at a rare draw teaches by the others.
 */
export function membersOf<I>(generator: Generator<I>): Member[] {
  const told = (times: number, tell: (k: number, hear: (instance: I) => void) => void): I[][] =>
    Array.from({ length: times }, (_, k) => heard<I>((hear) => tell(k, hear)));
  const [biased] = told(1, (_, hear) => {
    const seed = seedOf(['structure', 'biased']);
    const drawn = fc.sample(generator.arbitrary, { seed, numRuns: BIASED });
    for (const { instance } of drawn) hear(instance);
  });
  const sources = [
    ...told(DRAWS, (k, hear) => hear(testDraw(generator, ['structure'], k).instance)),
    ...biased.map((instance) => [instance]),
    ...told(DESCENTS, (k, hear) => descend(generator, k, hear)),
    ...told(CORNERS, (k, hear) => corner(generator, k, hear)),
  ];
  return sources.flatMap((instances, source) =>
    instances.map((instance) => ({ instance: decodeJson(encodeJson(instance)), source })),
  );
}

/** What was told before the law threw, if it did. */
function heard<I>(tell: (hear: (instance: I) => void) => void): I[] {
  const instances: I[] = [];
  try {
    tell((instance) => instances.push(instance));
  } catch {
    return instances;
  }
  return instances;
}

/** The first descent takes every step that fast-check offers, the others take some. */
function descend<I>(generator: Generator<I>, k: number, hear: (instance: I) => void): void {
  const random = randomSource('structure', 'descent', k);
  let visited = 0;
  const property = fc.property(generator.arbitrary, ({ instance }) => {
    visited += 1;
    if (visited > DESCENT) return true;
    hear(instance);
    return !(visited === 1 || k === 0 || random.uniform() < 0.5);
  });
  fc.check(property, { seed: seedOf(['structure', 'descent', k]), numRuns: 1, unbiased: true });
}

/** The first two have all of their first random numbers at one end. */
function corner<I>(generator: Generator<I>, k: number, hear: (instance: I) => void): void {
  const filler = (): RandomSource => randomSource('structure', 'corner', k, 'filler');
  const random = randomSource('structure', 'corner', k);
  const { tape } = drawOnTape(generator, EMPTY_TAPE, filler);
  const moved = (entries: readonly number[]): number[] =>
    entries.map((entry, at) => {
      if (at >= AT_CORNERS) return entry;
      if (k < 2) return k === 0 ? -CORNER : CORNER;
      return random.uniform() < 0.5 ? entry : random.sign() * CORNER;
    });
  const strands = {
    structure: moved(tape.structure),
    data: Object.fromEntries(Object.entries(tape.data).map(([path, own]) => [path, moved(own)])),
  };
  hear(drawOnTape(generator, strands, filler).instance);
}
