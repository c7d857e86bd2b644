import type { Generator } from '../../generators/index.js';
import type { Plain } from '../../model/index.js';
import type { Link } from './links.js';
import { SURE, linksOf, sizesOf } from './links.js';
import { membersOf } from './members.js';
import type { Path, Place } from './places.js';
import { keyOf, placeOf, visit } from './places.js';
import type { Shapes } from './shapes.js';
import { shapesOf } from './shapes.js';

/** Arrays that have the same length in every member, such as inner rows and outer weights of a network. */
export interface Axis {
  readonly arrays: ReadonlySet<Place>;
  /** Whole numbers that repeat the length, such as a width or an input dimension. */
  readonly counts: ReadonlySet<Place>;
  /** The least length that was seen. */
  readonly least: number;
  /** Whether enough members show it to take it for the law’s. */
  readonly sure: boolean;
}

/** What all numbers at a place have in common in every member. */
export interface NumberKind {
  readonly whole: boolean;
  readonly positive: boolean;
  readonly nonNegative: boolean;
  readonly negative: boolean;
  /** Ends of the range of whole numbers, where many members reach them; else infinite. */
  readonly least: number;
  readonly most: number;
  /** The largest size that was seen. */
  readonly largest: number;
}

/** The shape of a reading's instances, learnt from members of its law. */
export interface Structure {
  readonly axes: readonly Axis[];
  readonly links: readonly Link[];
  /** The law’s least length of arrays, where many members reach it; else 0. */
  readonly least: ReadonlyMap<Place, number>;
  readonly numbers: ReadonlyMap<Place, NumberKind>;
  readonly shapes: Shapes;
  /** Places of numbers that surely repeat a length: they follow it and say nothing by themselves. */
  readonly counts: ReadonlySet<Place>;
}

/**
 * Learns the shape of instances from the generator alone, so that claims which declare nothing shrink too: arrays
 * that have equal lengths in every member of the law belong together, and what all numbers at a place have in common
 * is kept.
 *
 * @param witness an instance of the law besides: what it breaks is not the law’s
 */
export function learnStructure<I>(
  generator: Generator<I>,
  ...witness: readonly Plain[]
): Structure {
  return structureOf([...membersOf(generator), ...witness]);
}

type Lengths = (number | undefined)[];

export function structureOf(members: readonly Plain[]): Structure {
  const arrays = new Map<Place, Lengths>();
  const all = new Map<Place, number[]>();
  const ragged = new Set<Place>();
  const values = new Map<Place, number[][]>();
  for (const [draw, instance] of members.entries()) {
    visit(instance, {
      array(_, length, place) {
        const lengths = arrays.get(place) ?? [];
        if (lengths[draw] !== undefined && lengths[draw] !== length) ragged.add(place);
        lengths[draw] = length;
        arrays.set(place, lengths);
        collect(all, place, length);
      },
      number(_, number, place) {
        const drawn = values.get(place) ?? members.map(() => []);
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
  const uniform = new Set(axes.flatMap((axis) => [...axis.arrays]));
  const links = linksOf(members.map(sizesOf), uniform).filter(
    ({ counts: isCount, to }) => !isCount || !counts.has(to),
  );
  for (const { counts: isCount, sure, to } of links) if (isCount && sure) counts.add(to);
  return {
    axes,
    links,
    least: leastOf(all),
    numbers: kindsOf(values, counts),
    shapes: shapesOf(members),
    counts,
  };
}

/** Whether lengths agree wherever both are there, which is often enough and not always the same. */
function agree(one: Lengths, other: Lengths): boolean {
  const both = one.flatMap((length, draw) =>
    length !== undefined && other[draw] !== undefined ? [[length, other[draw]]] : [],
  );
  return both.every(([a, b]) => a === b) && new Set(both.map(([a]) => a)).size > 1;
}

function axesOf(arrays: ReadonlyMap<Place, Lengths>, ragged: ReadonlySet<Place>) {
  const axes: {
    arrays: Set<Place>;
    counts: Set<Place>;
    least: number;
    sure: boolean;
    lengths: Lengths;
  }[] = [];
  for (const [place, lengths] of arrays) {
    const known = lengths.filter((length) => length !== undefined);
    if (ragged.has(place) || new Set(known).size < 2) continue;
    const least = Math.min(...known);
    const sure = known.length >= SURE;
    const axis = axes.find((it) => agree(it.lengths, lengths));
    if (axis === undefined) {
      const own = { arrays: new Set([place]), counts: new Set<Place>() };
      axes.push({ ...own, least, sure, lengths: [...lengths] });
      continue;
    }
    axis.arrays.add(place);
    axis.least = Math.min(axis.least, least);
    axis.sure &&= sure;
    axis.lengths = axis.lengths.map((length, draw) => length ?? lengths[draw]);
  }
  return axes;
}

/** So many members at the end of a range, and the range is taken to end there. */
const REACHED = 5;
/** A place with fewer numbers is judged with all that lie under the same key, as in the depths of a tree. */
const FEW = 20;

function leastOf(lengths: ReadonlyMap<Place, readonly number[]>): Map<Place, number> {
  const under = pooled(lengths);
  return new Map(
    [...lengths].map(([place, own]) => [place, reached(own) ?? reached(under(place)) ?? 0]),
  );
}

/** The least of some numbers, where many of them are it. */
function reached(numbers: Iterable<number>): number | null {
  let least = Infinity;
  let often = 0;
  for (const number of numbers) {
    if (number < least) [least, often] = [number, 0];
    if (number === least) often += 1;
  }
  return often >= REACHED ? least : null;
}

function kindsOf(
  values: ReadonlyMap<Place, readonly (readonly number[])[]>,
  counts: ReadonlySet<Place>,
): Map<Place, NumberKind> {
  const flat = new Map([...values].map(([place, drawn]) => [place, drawn.flat()]));
  const under = pooled(flat);
  const kinds = new Map<Place, NumberKind>();
  for (const [place, own] of flat) {
    if (!counts.has(place)) kinds.set(place, kindOf(own.length < FEW ? under(place) : own));
  }
  return kinds;
}

/** All numbers at places under the same key. */
function pooled(numbers: ReadonlyMap<Place, readonly number[]>) {
  const byKey = new Map<string, number[]>();
  for (const [place, own] of numbers) for (const x of own) collect(byKey, keyOf(place), x);
  return (place: Place): readonly number[] => byKey.get(keyOf(place)) ?? [];
}

function collect(into: Map<string, number[]>, key: string, number: number): void {
  const here = into.get(key);
  if (here === undefined) into.set(key, [number]);
  else here.push(number);
}

function kindOf(numbers: readonly number[]): NumberKind {
  const whole = numbers.every(Number.isInteger);
  const most = whole ? reached(numbers.map((x) => -x)) : null;
  return {
    whole,
    positive: numbers.every((x) => x > 0),
    nonNegative: numbers.every((x) => x >= 0),
    negative: numbers.every((x) => x < 0),
    least: (whole ? reached(numbers) : null) ?? -Infinity,
    most: most === null ? Infinity : -most,
    largest: numbers.reduce((largest, x) => Math.max(largest, Math.abs(x)), 0),
  };
}

/** Whether a number may stand at a place, as far as members show. */
export function admits(kind: NumberKind, x: number): boolean {
  const { whole, positive, nonNegative, negative, least, most } = kind;
  if (whole && !Number.isInteger(x)) return false;
  if (x < least || x > most) return false;
  if (positive) return x > 0;
  if (nonNegative) return x >= 0;
  return !negative || x < 0;
}

const ANY: NumberKind = { ...kindOf([NaN]), largest: Infinity };

export function kindAt({ numbers }: Structure, path: Path): NumberKind {
  return numbers.get(placeOf(path)) ?? ANY;
}
