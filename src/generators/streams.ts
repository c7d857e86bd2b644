import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { StreamKey } from '../math/index.js';
import { randomSource } from '../math/index.js';
import type { Generator, Labelled } from './generator.js';

declare const streamBrand: unique symbol;

/**
 * One draw. `S` says where it came from: statistics take draws of the test stream only, and the
 * type checker enforces it. The brand exists in types alone.
 */
export interface Draw<I, S extends 'test' | 'search'> extends Labelled<I> {
  readonly [streamBrand]?: S;
  readonly stream: S;
  readonly trial: number;
  /** The fast-check seed that gives this draw. */
  readonly seed: number;
}

export type TestDraw<I> = Draw<I, 'test'>;
export type SearchDraw<I> = Draw<I, 'search'>;

/** A 32-bit fast-check seed that depends on the key alone. */
export function seedOf(key: StreamKey): number {
  return createHash('sha256').update(JSON.stringify(key)).digest().readInt32LE(0);
}

/**
 * Trial number `trial` of the test stream: an independent draw from the generator's documented law,
 * fast-check's bias towards small and boundary values switched off.
 */
export function testDraw<I>(generator: Generator<I>, key: StreamKey, trial: number): TestDraw<I> {
  const seed = seedOf([...key, 'test', trial]);
  const [drawn] = fc.sample(generator.arbitrary, { seed, numRuns: 1, unbiased: true });
  return { ...drawn, stream: 'test', trial, seed };
}

/** Draws of the mixture that are rejected at most before a stratum is called too rare. */
const MOST_REJECTED = 1000;

/**
 * A draw of one stratum of the generator's law: the first of the stream's draws with accepted labels. Null when a
 * thousand have others.
 */
export function stratumDraw<I>(
  generator: Generator<I>,
  key: StreamKey,
  trial: number,
  accepts: (labels: readonly string[]) => boolean,
): TestDraw<I> | null {
  for (let attempt = 0; attempt < MOST_REJECTED; attempt += 1) {
    const drawn = testDraw(generator, [...key, trial], attempt);
    if (accepts(drawn.labels)) return { ...drawn, trial };
  }
  return null;
}

/** A draw with the structure of the draw of a seed and fresh data; null for generators that cannot. */
export function lawDraw<I>(
  { again }: Generator<I>,
  seed: number,
  key: StreamKey,
  trial: number,
): TestDraw<I> | null {
  if (again === undefined) return null;
  const drawn = again(seed, randomSource('instance', ...key, 'again', trial));
  return { ...drawn, stream: 'test', trial, seed };
}

/** What a search pass found: the smallest instance that still fails, as fast-check shrank it. */
export interface SearchFind<I> extends SearchDraw<I> {
  readonly path: string;
  readonly shrinks: number;
}

/**
 * Runs the generator as a fast-check property with its bias on, and shrinks the first failure.
 *
 * @param fails whether the instance fails with the signature that the search keeps
 * @param options.runs number of draws
 * @param options.maxShrinks number of further evaluations that shrinking may spend
 */
export async function search<I>(
  generator: Generator<I>,
  key: StreamKey,
  fails: (draw: SearchDraw<I>) => Promise<boolean>,
  options: {
    readonly runs: number;
    readonly maxShrinks: number;
    readonly seed?: number;
    readonly unbiased?: boolean;
  },
): Promise<SearchFind<I> | null> {
  const seed = options.seed ?? seedOf([...key, 'search']);
  let trial = -1;
  let shrinking = 0;
  let failed = false;
  const property = fc.asyncProperty(generator.arbitrary, async (labelled) => {
    if (!failed) trial += 1;
    else if (++shrinking > options.maxShrinks) return;
    const draw: SearchDraw<I> = { ...labelled, stream: 'search', trial, seed };
    let failure = true;
    try {
      failure = await fails(draw);
    } finally {
      // An error of the claim's own code ends the search as well, and its shrinking is bounded too.
      failed ||= failure;
    }
    if (failure) throw new SignatureFailure();
  });
  const details = await fc.check(property, {
    seed,
    numRuns: options.runs,
    unbiased: options.unbiased ?? false,
    includeErrorInReport: false,
  });
  if (!details.failed || details.counterexample === null) return null;
  if (!(details.errorInstance instanceof SignatureFailure)) throw details.errorInstance;
  const [labelled] = details.counterexample;
  return {
    ...labelled,
    stream: 'search',
    trial,
    seed,
    path: details.counterexamplePath ?? '',
    shrinks: details.numShrinks,
  };
}

class SignatureFailure extends Error {}
