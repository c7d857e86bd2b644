import { SURE } from './links.js';
import type { Place } from './places.js';

/** Arrays that have the same length in every member, such as inner rows and outer weights of a network. */
export interface Axis {
  readonly arrays: ReadonlySet<Place>;
  /** Those of the arrays for which enough members show it to take it for the law’s. */
  readonly sure: ReadonlySet<Place>;
  /** Whole numbers that repeat the length, such as a width or an input dimension. */
  readonly counts: ReadonlySet<Place>;
  /** The least length that was seen. */
  readonly least: number;
}

/** A length, or a number, of each member; undefined where a member has none. */
type Lengths = readonly (number | undefined)[];

/**
 * The axes of some members: arrays at places of one length in each of them, that agree.
 *
 * @param firsts the first number at each place
 * @param ragged places whose lengths differ within a member
 * @param sources where each member comes from
 */
export function axesOf(
  arrays: ReadonlyMap<Place, Lengths>,
  firsts: ReadonlyMap<Place, Lengths>,
  ragged: ReadonlySet<Place>,
  sources: readonly number[],
): Axis[] {
  const axes: {
    arrays: Set<Place>;
    counts: Set<Place>;
    least: number;
    sure: Set<Place>;
    lengths: Lengths;
  }[] = [];
  for (const [place, lengths] of arrays) {
    const known = lengths.filter((length) => length !== undefined);
    if (ragged.has(place) || new Set(known).size < 2) continue;
    const least = Math.min(...known);
    const axis = axes.find((it) => agreeing(it.lengths, lengths, sources) > 0);
    const sure = agreeing(axis?.lengths ?? lengths, lengths, sources) >= SURE ? [place] : [];
    if (axis === undefined) {
      const own = { arrays: new Set([place]), sure: new Set(sure), counts: new Set<Place>() };
      axes.push({ ...own, least, lengths });
      continue;
    }
    axis.arrays.add(place);
    for (const it of sure) axis.sure.add(it);
    axis.least = Math.min(axis.least, least);
    axis.lengths = sources.map((_, draw) => axis.lengths[draw] ?? lengths[draw]);
  }
  for (const [place, single] of firsts) {
    if (place.includes('"[]"')) continue;
    const axis = axes.find(({ lengths }) => agreeing(lengths, single, sources) >= SURE);
    axis?.counts.add(place);
  }
  return axes;
}

/** How many sources show lengths agreeing; 0 where some do not, or all that agree are the same. */
function agreeing(one: Lengths, other: Lengths, sources: readonly number[]): number {
  const values = new Set<number>();
  const showing = new Set<number>();
  for (const [draw, source] of sources.entries()) {
    const [a, b] = [one[draw], other[draw]];
    if (a === undefined || b === undefined) continue;
    if (a !== b) return 0;
    values.add(a);
    showing.add(source);
  }
  return values.size > 1 ? showing.size : 0;
}
