import type fc from 'fast-check';
import type { Generator, Labelled } from '../../generators/index.js';
import type { RandomSource, StreamKey } from '../../math/index.js';
import { normal, normalCdf } from '../../math/index.js';

/**
 * The randomness of one draw, written down: Gaussian numbers, one for each random decision. A uniform number is Φ of
 * its entry, an integer the cell that Φ falls into, a normal number the entry itself. So under independent N(0, 1)
 * entries a draw has the generator's law, and a small change of an entry is a small change of the draw.
 */
export interface Tape {
  /** What fast-check's arbitraries consume, in order. */
  readonly structure: readonly number[];
  /** What the data's stream and each of its forks consume, by the fork's path. */
  readonly data: Readonly<Record<string, readonly number[]>>;
}

export const EMPTY_TAPE: Tape = { structure: [], data: {} };

/** Entries beyond this change a uniform number no more. */
export const FARTHEST = 38;

/** The largest double below 1. */
const BELOW_ONE = 1 - 2 ** -53;
const LEAST_POSITIVE = 2 ** -54;

/** One strand of a tape: gives its entries in turn, then fresh ones of the filler, and remembers what it gave. */
function strand(entries: readonly number[], filler: () => RandomSource) {
  const used: number[] = [];
  return {
    used,
    next(): number {
      const entry = used.length < entries.length ? entries[used.length] : normal(filler());
      const kept = Math.max(-FARTHEST, Math.min(FARTHEST, entry));
      used.push(kept);
      return kept;
    },
  };
}

const uniformOf = (entry: number): number => Math.min(normalCdf(entry), BELOW_ONE);

/** What fast-check's arbitraries take for their source of randomness. */
function structureRandom(next: () => number): fc.Random {
  const uniform = (): number => uniformOf(next());
  const nextInt = (min = -0x80000000, max = 0x7fffffff): number =>
    min + Math.floor(uniform() * (max - min + 1));
  const random = {
    clone: () => random,
    next: (bits: number) => nextInt(0, 2 ** bits - 1),
    nextBoolean: () => uniform() < 0.5,
    nextInt,
    nextBigInt(min: bigint, max: bigint): bigint {
      const share = BigInt(Math.floor(uniform() * 2 ** 53));
      return min + ((max - min + 1n) * share) / 2n ** 53n;
    },
    nextDouble: uniform,
    getState: () => undefined,
  };
  // Arbitraries use these methods alone; the class adds private fields that nothing reads from outside.
  return random as unknown as fc.Random;
}

/** The data's stream on tape. Forks have strands of their own, so that a change in one shifts no other. */
function dataRandom(
  path: string,
  key: StreamKey,
  data: Tape['data'],
  filler: () => RandomSource,
  used: Record<string, readonly number[]>,
): RandomSource {
  const own = strand(data[path] ?? [], filler);
  used[path] = own.used;
  const uniform = (): number => uniformOf(own.next());
  const forks = new Map<string, number>();
  return {
    key,
    uniform,
    uniformPositive: () => Math.max(LEAST_POSITIVE, uniform()),
    integer: (bound) => Math.floor(uniform() * bound),
    sign: () => (uniform() < 0.5 ? -1 : 1),
    normal: () => own.next(),
    fork(...parts) {
      const name = `${path}/${JSON.stringify(parts)}`;
      const times = forks.get(name) ?? 0;
      forks.set(name, times + 1);
      // A fork of the same key is the same stream again.
      return dataRandom(name, [...key, ...parts], times === 0 ? data : used, filler, used);
    },
  };
}

/** A draw with the entries that it consumed. */
export interface TapedDraw<I> extends Labelled<I> {
  readonly tape: Tape;
}

/**
 * Draws an instance from a tape; where the tape ends, the filler goes on. A generator that was not made by `generator`
 * keeps everything in the structure, the seeds of its data too.
 */
export function drawOnTape<I>(
  generator: Generator<I>,
  tape: Tape,
  filler: () => RandomSource,
): TapedDraw<I> {
  let source: RandomSource | null = null;
  const fill = (): RandomSource => (source ??= filler());
  const structure = strand(tape.structure, fill);
  const data: Record<string, readonly number[]> = {};
  const random = structureRandom(structure.next);
  const { instance, labels } =
    generator.drawFrom === undefined
      ? generator.arbitrary.generate(random, undefined).value
      : generator.drawFrom(random, dataRandom('', ['tape'], tape.data, fill, data));
  return { instance, labels, tape: { structure: structure.used, data } };
}

/** All entries in one row: those of the structure, then those of the data, strands in the order of their paths. */
export function entriesOf(tape: Tape): number[] {
  return [...tape.structure, ...strandNames(tape).flatMap((name) => tape.data[name])];
}

/** The tape with other entries, in the order of `entriesOf`. */
export function withEntries(tape: Tape, entries: ArrayLike<number>): Tape {
  const data: Record<string, number[]> = {};
  let at = tape.structure.length;
  for (const name of strandNames(tape)) {
    data[name] = tape.data[name].map((_, i) => entries[at + i]);
    at += tape.data[name].length;
  }
  return { structure: tape.structure.map((_, i) => entries[i]), data };
}

function strandNames(tape: Tape): string[] {
  return Object.keys(tape.data).toSorted();
}
