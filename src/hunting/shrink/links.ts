import type { Plain } from '../../model/index.js';
import type { Place } from './places.js';
import { stepInto } from './places.js';

/**
 * Arrays whose lengths are equal in every member of a law although lengths of one place differ within a member: rows
 * of one layer and entries of the next layer’s rows, say. `t` counts leading indices of both paths.
 *
 * - `same`: where the first t indices are equal;
 * - `next`: where the first t − 1 are equal and the t-th of `to` is one more;
 * - `first`, `last`: where the first t − 1 are equal and the t-th of `from` is the first or last of its array.
 */
export interface Link {
  readonly from: Place;
  readonly to: Place;
  /** Whether `to` holds whole numbers that repeat the length. */
  readonly counts: boolean;
  readonly kind: 'same' | 'next' | 'first' | 'last';
  readonly t: number;
  /** Whether so many members show it that it is taken for the law’s; else it is a guess. */
  readonly sure: boolean;
}

/** An array, or a number that may repeat a length. */
export interface Sized {
  readonly path: string;
  readonly indices: readonly number[];
  /** Lengths of the arrays that the indices are in. */
  readonly spans: readonly number[];
  readonly size: number;
}

export interface Sizes {
  readonly arrays: ReadonlyMap<Place, readonly Sized[]>;
  readonly numbers: ReadonlyMap<Place, readonly Sized[]>;
}

/** The sizes of a member, and where it comes from. */
interface SizedMember extends Sizes {
  readonly source: number;
}

/** Sources of members in which a link says something: fewer, and it is not even guessed. */
const FEWEST = 3;
/** So many, and it is the law’s: two lengths of two values each that have nothing to do with each other agree 2⁻⁸ of the time. */
export const SURE = 8;
const DEEPEST = 2;
/** The longest vectors whose numbers may be counts. */
const MOST_COUNTS = 16;

export function sizesOf(instance: Plain): Sizes {
  const arrays = new Map<Place, Sized[]>();
  const numbers = new Map<Place, Sized[]>();
  const go = (
    value: Plain,
    open: { readonly place: string; readonly path: string },
    indices: readonly number[],
    spans: readonly number[],
  ): void => {
    const add = (to: Map<Place, Sized[]>, size: number): void => {
      const sized = { path: `${open.path}]`, indices, spans, size };
      const place = `${open.place}]`;
      const here = to.get(place);
      if (here === undefined) to.set(place, [sized]);
      else here.push(sized);
    };
    if (typeof value === 'number') add(numbers, value);
    else if (Array.isArray(value)) {
      add(arrays, value.length);
      const place = stepInto(open.place, '[]');
      const within = [...spans, value.length];
      // Numbers of long vectors and of matrices are data, not counts.
      const isData = value.length > MOST_COUNTS || place.endsWith('"[]","[]"');
      for (const [k, entry] of value.entries()) {
        if (typeof entry === 'number' && isData) continue;
        const path = `${open.path}${open.path === '[' ? '' : ','}${k}`;
        go(entry as Plain, { place, path }, [...indices, k], within);
      }
    } else if (value !== null && typeof value === 'object') {
      for (const [key, entry] of Object.entries(value)) {
        const place = stepInto(open.place, key);
        go(entry, { place, path: stepInto(open.path, key) }, indices, spans);
      }
    }
  };
  go(instance, { place: '[', path: '[' }, [], []);
  return { arrays, numbers };
}

/** What a path’s partners at the other end of a link have in common; null where it has none. */
function keyFrom({ kind, t }: Pick<Link, 'kind' | 't'>, { indices, spans }: Sized): string | null {
  if (indices.length < t) return null;
  if (kind === 'same') return indices.slice(0, t).join();
  const at = indices[t - 1];
  if (kind === 'next') return [...indices.slice(0, t - 1), at + 1].join();
  const end = kind === 'first' ? 0 : spans[t - 1] - 1;
  return at === end ? indices.slice(0, t - 1).join() : null;
}

function keyTo({ kind, t }: Pick<Link, 'kind' | 't'>, { indices }: Sized): string | null {
  const leading = kind === 'same' || kind === 'next' ? t : t - 1;
  return indices.length < leading ? null : indices.slice(0, leading).join();
}

/**
 * Pairs of arrays, or of an array and a number, that a link joins in a value: of each group the pairs with its first
 * ones, which are equal where all pairs are.
 */
export function* joined(
  link: Omit<Link, 'sure'>,
  { arrays, numbers }: Sizes,
): Generator<readonly [Sized, Sized]> {
  const starts = groupsBy(arrays.get(link.from), (sized) => keyFrom(link, sized));
  const ends = groupsBy((link.counts ? numbers : arrays).get(link.to), (sized) =>
    keyTo(link, sized),
  );
  for (const [key, group] of starts) {
    const [first] = group;
    const [end, ...others] = ends.get(key) ?? [];
    if (end === undefined) continue;
    for (const start of group) if (start.path !== end.path) yield [start, end];
    for (const other of others) if (first.path !== other.path) yield [first, other];
  }
}

function groupsBy(
  all: readonly Sized[] | undefined,
  keyOf: (sized: Sized) => string | null,
): Map<string, Sized[]> {
  const groups = new Map<string, Sized[]>();
  for (const sized of all ?? []) {
    const key = keyOf(sized);
    if (key === null) continue;
    const here = groups.get(key);
    if (here === undefined) groups.set(key, [sized]);
    else here.push(sized);
  }
  return groups;
}

/** Links that hold in all members, between places whose lengths vary. */
export function linksOf(members: readonly SizedMember[], uniform: ReadonlySet<Place>): Link[] {
  const varied = variedPlaces(members.map(({ arrays }) => arrays));
  const counted = [...variedPlaces(members.map(({ numbers }) => numbers))].filter((place) =>
    members.every(({ numbers }) =>
      (numbers.get(place) ?? []).every(({ size }) => Number.isInteger(size) && size >= 0),
    ),
  );
  const links: Link[] = [];
  for (const from of varied) {
    for (const counts of [false, true]) {
      for (const to of counts ? counted : varied) {
        if (!counts && uniform.has(from) && uniform.has(to)) continue;
        const link = firstThatHolds(members, from, to, counts);
        links.push(...link);
      }
    }
  }
  return links;
}

function variedPlaces(all: readonly ReadonlyMap<Place, readonly Sized[]>[]): Set<Place> {
  const seen = new Map<Place, Set<number>>();
  for (const places of all) {
    for (const [place, sized] of places) {
      const sizes = seen.get(place) ?? new Set();
      for (const { size } of sized) sizes.add(size);
      seen.set(place, sizes);
    }
  }
  return new Set([...seen].filter(([, sizes]) => sizes.size > 1).map(([place]) => place));
}

/** Of `same`, the one with the fewest indices, which implies the others; of the other kinds all that hold. */
function firstThatHolds(
  members: readonly SizedMember[],
  from: Place,
  to: Place,
  counts: boolean,
): Link[] {
  const links: Link[] = [];
  const same: Pick<Link, 'kind' | 't'>[] = Array.from({ length: DEEPEST + 1 }, (_, t) => ({
    kind: 'same',
    t,
  }));
  for (const shape of counts || from <= to ? same : []) {
    const link = holds(members, { from, to, counts, ...shape });
    if (link === null) continue;
    links.push(link);
    break;
  }
  for (const kind of ['next', 'first', 'last'] as const) {
    if (from === to) break;
    for (let t = 1; t <= DEEPEST; t += 1) {
      const link = holds(members, { from, to, counts, kind, t });
      if (link !== null) links.push(link);
    }
  }
  return links;
}

function holds(members: readonly SizedMember[], shape: Omit<Link, 'sure'>): Link | null {
  const sizes = new Set<number>();
  const saying = new Set<number>();
  for (const member of members) {
    for (const [start, end] of joined(shape, member)) {
      if (start.size !== end.size) return null;
      sizes.add(start.size);
      saying.add(member.source);
    }
  }
  if (saying.size < FEWEST || sizes.size < 2) return null;
  return { ...shape, sure: saying.size >= SURE };
}
