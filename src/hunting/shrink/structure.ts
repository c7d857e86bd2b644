import type { Generator } from '../../generators/index.js';
import type { Plain } from '../../model/index.js';
import type { Axis } from './axes.js';
import { axesOf } from './axes.js';
import type { Link } from './links.js';
import { SURE, linksOf, sizesOf } from './links.js';
import type { Member } from './members.js';
import { membersOf } from './members.js';
import type { Path, Place } from './places.js';
import { keyOf, placeOf, visit } from './places.js';
import type { Shapes } from './shapes.js';
import { shapesOf } from './shapes.js';

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
  const own = witness.map((instance, k) => ({ instance, source: -1 - k }));
  return structureOf([...membersOf(generator), ...own]);
}

function structureOf(members: readonly Member[]): Structure {
  const lengths = new Map<Place, (number | undefined)[]>();
  const firsts = new Map<Place, (number | undefined)[]>();
  const ragged = new Set<Place>();
  const arrays: Seen = new Map();
  const numbers: Seen = new Map();
  for (const [draw, { instance, source }] of members.entries()) {
    const lengthsHere = new Map<Place, number[]>();
    const numbersHere = new Map<Place, number[]>();
    visit(instance, {
      array: (_, length, place) => at(lengthsHere, place, () => []).push(length),
      number: (_, number, place) => at(numbersHere, place, () => []).push(number),
    });
    for (const [place, here] of lengthsHere) {
      if (here.some((length) => length !== here[0])) ragged.add(place);
      at(lengths, place, () => [])[draw] = here[0];
      collect(arrays, place, source, here);
    }
    for (const [place, here] of numbersHere) {
      at(firsts, place, () => [])[draw] = here[0];
      collect(numbers, place, source, here);
    }
  }
  const sources = members.map(({ source }) => source);
  const axes = axesOf(lengths, firsts, ragged, sources);
  const counts = new Set(axes.flatMap((axis) => [...axis.counts]));
  const uniform = new Set(axes.flatMap((axis) => [...axis.arrays]));
  const sized = members.map(({ instance, source }) => ({ ...sizesOf(instance), source }));
  const links = linksOf(sized, uniform).filter((link) => !link.counts || !counts.has(link.to));
  for (const link of links) if (link.counts && link.sure) counts.add(link.to);
  return {
    axes,
    links,
    least: leastOf(arrays),
    numbers: kindsOf(numbers, counts),
    shapes: shapesOf(members.map(({ instance }) => instance)),
    counts,
  };
}

/** Numbers at each place, by the source of the members that they are in. */
type Seen = Map<Place, Map<number, number[]>>;

/** So many sources at the end of a range, and the range is taken to end there. */
const REACHED = 5;

function leastOf(lengths: Seen): Map<Place, number> {
  const under = pooled(lengths);
  return new Map(
    [...lengths].map(([place, own]) => [place, reached(own) ?? reached(under(place)) ?? 0]),
  );
}

/** The least of some numbers, where many sources have it. */
function reached(bySource: ReadonlyMap<number, readonly number[]>): number | null {
  const ends = [...bySource.values()].map((own) => own.reduce((a, b) => Math.min(a, b), Infinity));
  const least = Math.min(...ends);
  return ends.filter((end) => end === least).length >= REACHED ? least : null;
}

/** A place that few sources reach is judged with all that lie under the same key, as in the depths of a tree. */
function kindsOf(numbers: Seen, counts: ReadonlySet<Place>): Map<Place, NumberKind> {
  const under = pooled(numbers);
  const kinds = new Map<Place, NumberKind>();
  for (const [place, own] of numbers) {
    if (!counts.has(place)) kinds.set(place, kindOf(own.size < SURE ? under(place) : own));
  }
  return kinds;
}

/** All numbers at places under the same key. */
function pooled(seen: Seen) {
  const under: Seen = new Map();
  for (const [place, own] of seen) {
    for (const [source, numbers] of own) collect(under, keyOf(place), source, numbers);
  }
  return (place: Place) => at(under, keyOf(place), () => new Map());
}

function collect(seen: Seen, place: Place, source: number, numbers: readonly number[]): void {
  const here = at(
    at(seen, place, () => new Map<number, number[]>()),
    source,
    () => [],
  );
  for (const number of numbers) here.push(number);
}

function at<K, V>(map: Map<K, V>, key: K, fresh: () => V): V {
  const here = map.get(key);
  if (here !== undefined) return here;
  const value = fresh();
  map.set(key, value);
  return value;
}

function kindOf(bySource: ReadonlyMap<number, readonly number[]>): NumberKind {
  const numbers = [...bySource.values()].flat();
  const whole = numbers.every(Number.isInteger);
  const turned = new Map([...bySource].map(([source, own]) => [source, own.map((x) => -x)]));
  const most = whole ? reached(turned) : null;
  return {
    whole,
    positive: numbers.every((x) => x > 0),
    nonNegative: numbers.every((x) => x >= 0),
    negative: numbers.every((x) => x < 0),
    least: (whole ? reached(bySource) : null) ?? -Infinity,
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

const ANY: NumberKind = { ...kindOf(new Map([[0, [NaN]]])), largest: Infinity };

export function kindAt({ numbers }: Structure, path: Path): NumberKind {
  return numbers.get(placeOf(path)) ?? ANY;
}
