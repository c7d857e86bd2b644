import type { Plain } from '../../model/index.js';
import type { Costs } from './complexity.js';
import { complexityOf, isSimpler } from './complexity.js';
import type { Path, Place } from './places.js';
import { visit } from './places.js';

/** What sorts of values were seen at each place, with the simplest one of each; and which words. */
export interface Shapes {
  readonly at: ReadonlyMap<Place, ReadonlyMap<string, Plain>>;
  /** Places whose words are free text: too many different ones to be a list of names. */
  readonly texts: ReadonlySet<Place>;
}

/** More different words than a list of names has. */
const MOST_NAMES = 24;

/** Which parts are simpler as far as counting and sizes tell. */
const COUNTS: Costs = { number: Math.abs, word: () => 0, ordered: false };

/** The sort of a value; of a record its keys. */
export function sortOf(value: Plain): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'object' ? JSON.stringify(Object.keys(value).toSorted()) : typeof value;
}

export function shapesOf(members: readonly Plain[]): Shapes {
  const at = new Map<Place, Map<string, Plain>>();
  const words = new Map<Place, Set<string>>();
  for (const member of members) {
    visit(member, {
      value(_, value, place) {
        const here = at.get(place) ?? new Map<string, Plain>();
        at.set(place, here);
        const sort = sortOf(value);
        if (!here.has(sort) || value === false) here.set(sort, value);
        if (typeof value === 'string') {
          const seen = words.get(place) ?? new Set();
          words.set(place, seen.add(value));
        }
      },
    });
  }
  for (const member of members) {
    visit(member, {
      value(_, value, place) {
        // Only where something else may stand does it matter which one is simplest.
        const here = at.get(place);
        if (here === undefined || here.size < 2 || typeof value !== 'object') return;
        const sort = sortOf(value);
        const known = complexityOf(here.get(sort), COUNTS);
        if (isSimpler(complexityOf(value, COUNTS), known)) here.set(sort, value);
      },
    });
  }
  const texts = [...words].filter(([, seen]) => seen.size > MOST_NAMES).map(([place]) => place);
  return { at, texts: new Set(texts) };
}

/** Whether all values of a subtree are of sorts that were seen where they are to stand. */
export function fits({ at }: Shapes, subtree: Plain, path: Path): boolean {
  let fitting = true;
  visit(
    subtree,
    {
      value(_, value, place) {
        fitting &&= at.get(place)?.has(sortOf(value)) === true;
      },
    },
    path,
  );
  return fitting;
}
