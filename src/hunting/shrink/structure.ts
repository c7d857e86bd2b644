import type { Generator } from '../../generators/index.js';
import { testDraw } from '../../generators/index.js';
import type { Plain } from '../../model/index.js';

/** A place in an instance: keys, and `[]` for any index of an array, as JSON text. */
export type Place = string;

/** Arrays that have the same length in every draw, such as inner rows and outer weights of a network. */
export interface Axis {
  readonly arrays: ReadonlySet<Place>;
  /** Whole numbers that repeat the length, such as a width or an input dimension. */
  readonly counts: ReadonlySet<Place>;
  /** The least length that was drawn. */
  readonly least: number;
}

/** What all numbers at a place have in common in every draw. */
export interface NumberKind {
  readonly whole: boolean;
  readonly positive: boolean;
  readonly nonNegative: boolean;
  readonly negative: boolean;
}

/** The shape of a reading's instances, learnt from draws of its law. */
export interface Structure {
  readonly axes: readonly Axis[];
  readonly numbers: ReadonlyMap<Place, NumberKind>;
}

export type Path = readonly (string | number)[];

export function placeOf(path: Path): Place {
  return JSON.stringify(path.map((step) => (typeof step === 'number' ? '[]' : step)));
}

/** Calls back with every array and every number of plain data. */
export function visit(
  value: Plain,
  on: {
    readonly array?: (path: Path, length: number) => void;
    readonly number?: (path: Path, number: number) => void;
  },
  path: Path = [],
): void {
  if (typeof value === 'number') on.number?.(path, value);
  else if (Array.isArray(value)) {
    on.array?.(path, value.length);
    value.forEach((entry: Plain, k) => visit(entry, on, [...path, k]));
  } else if (value !== null && typeof value === 'object') {
    for (const [key, entry] of Object.entries(value)) visit(entry, on, [...path, key]);
  }
}

/** Draws that the shape is learnt from: enough that two independent sizes differ in one of them. */
const DRAWS = 48;

/**
 * Learns the shape of instances from the generator alone, so that claims which declare nothing shrink too: arrays
 * that have equal lengths in every draw belong to one axis, and what all numbers at a place have in common is kept.
 */
export function learnStructure<I>(generator: Generator<I>): Structure {
  const draws = Array.from(
    { length: DRAWS },
    (_, trial) => testDraw(generator, ['structure'], trial).instance as Plain,
  );
  return structureOf(draws);
}

type Lengths = (number | undefined)[];

export function structureOf(draws: readonly Plain[]): Structure {
  const arrays = new Map<Place, Lengths>();
  const ragged = new Set<Place>();
  const values = new Map<Place, number[][]>();
  for (const [draw, instance] of draws.entries()) {
    visit(instance, {
      array(path, length) {
        const place = placeOf(path);
        const lengths = arrays.get(place) ?? [];
        if (lengths[draw] !== undefined && lengths[draw] !== length) ragged.add(place);
        lengths[draw] = length;
        arrays.set(place, lengths);
      },
      number(path, number) {
        const place = placeOf(path);
        const drawn = values.get(place) ?? draws.map(() => []);
        drawn[draw].push(number);
        values.set(place, drawn);
      },
    });
  }
  const axes = axesOf(arrays, ragged);
  const counts = new Set<Place>();
  for (const [place, drawn] of values) {
    const single: Lengths = drawn.map((numbers) => numbers.at(0));
    if (place.includes('[]') || !single.some((it) => it !== undefined)) continue;
    const axis = axes.find(({ lengths }) => agree(lengths, single));
    if (axis === undefined) continue;
    axis.counts.add(place);
    counts.add(place);
  }
  const numbers = new Map<Place, NumberKind>();
  for (const [place, drawn] of values) {
    if (!counts.has(place)) numbers.set(place, kindOf(drawn.flat()));
  }
  return { axes, numbers };
}

/** Whether lengths agree wherever both are there, which is often enough and not always the same. */
function agree(one: Lengths, other: Lengths): boolean {
  const both = one.flatMap((length, draw) =>
    length !== undefined && other[draw] !== undefined ? [[length, other[draw]]] : [],
  );
  return both.every(([a, b]) => a === b) && new Set(both.map(([a]) => a)).size > 1;
}

function axesOf(arrays: ReadonlyMap<Place, Lengths>, ragged: ReadonlySet<Place>) {
  const axes: { arrays: Set<Place>; counts: Set<Place>; least: number; lengths: Lengths }[] = [];
  for (const [place, lengths] of arrays) {
    const known = lengths.filter((length) => length !== undefined);
    if (ragged.has(place) || new Set(known).size < 2) continue;
    const least = Math.min(...known);
    const axis = axes.find((it) => agree(it.lengths, lengths));
    if (axis === undefined) {
      axes.push({ arrays: new Set([place]), counts: new Set(), least, lengths: [...lengths] });
      continue;
    }
    axis.arrays.add(place);
    axis.least = Math.min(axis.least, least);
    axis.lengths = axis.lengths.map((length, draw) => length ?? lengths[draw]);
  }
  return axes;
}

function kindOf(numbers: readonly number[]): NumberKind {
  return {
    whole: numbers.every(Number.isInteger),
    positive: numbers.every((x) => x > 0),
    nonNegative: numbers.every((x) => x >= 0),
    negative: numbers.every((x) => x < 0),
  };
}

/** Whether a number may stand at a place, as far as draws show. */
export function admits({ whole, positive, nonNegative, negative }: NumberKind, x: number): boolean {
  if (whole && !Number.isInteger(x)) return false;
  if (positive) return x > 0;
  if (nonNegative) return x >= 0;
  return !negative || x < 0;
}
