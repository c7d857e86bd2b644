import type { Plain } from '../../model/index.js';
import type { Sized, Sizes } from './links.js';
import { joined, sizesOf } from './links.js';
import type { Path, Place } from './places.js';
import type { Structure } from './structure.js';

/** Arrays of one instance whose lengths move together, with the numbers that repeat them. */
export interface Component {
  /** Paths as JSON text, in the order in which they stand in the instance. */
  readonly arrays: ReadonlySet<string>;
  readonly counts: ReadonlySet<string>;
  readonly size: number;
  /** The least length that the law’s members have there. */
  readonly least: number;
}

/**
 * The arrays of an instance, those together whose lengths move together.
 *
 * @param guesses whether links that few members show join arrays as well
 */
export function componentsOf(instance: Plain, structure: Structure, guesses: boolean): Component[] {
  const sizes = sizesOf(instance);
  const parent = new Map<string, string>();
  const rootOf = (path: string): string => {
    let root = path;
    while (parent.get(root) !== undefined) root = parent.get(root) as string;
    return root;
  };
  const join = (one: Sized, other: Sized): void => {
    // Where lengths differ now, a guess was wrong.
    if (one.size !== other.size) return;
    const [a, b] = [rootOf(one.path), rootOf(other.path)];
    if (a !== b) parent.set(b, a);
  };
  for (const [one, other] of pairsOf(sizes, structure, guesses)) join(one, other);
  const components = new Map<
    string,
    { arrays: Set<string>; counts: Set<string>; size: number; least: number }
  >();
  const at = (path: string, size: number) => {
    const root = rootOf(path);
    const here = components.get(root) ?? { arrays: new Set(), counts: new Set(), size, least: 0 };
    components.set(root, here);
    return here;
  };
  for (const [place, sized] of sizes.arrays) {
    for (const { path, size } of sized) {
      const component = at(path, size);
      component.arrays.add(path);
      component.least = Math.max(component.least, structure.least.get(place) ?? 0);
    }
  }
  for (const sized of sizes.numbers.values()) {
    for (const { path } of sized) components.get(rootOf(path))?.counts.add(path);
  }
  return [...components.values()];
}

/** Pairs whose lengths are equal by what was learnt. */
function* pairsOf(
  sizes: Sizes,
  { axes, links }: Structure,
  guesses: boolean,
): Generator<readonly [Sized, Sized]> {
  for (const axis of axes) {
    const [first, ...others] = alongOf(sizes, guesses ? axis.arrays : axis.sure);
    if (first === undefined) continue;
    for (const other of others) yield [first, other];
    for (const count of axis.counts) {
      for (const number of sizes.numbers.get(count) ?? []) yield [first, number];
    }
  }
  for (const link of links) {
    if (link.sure || guesses) yield* joined(link, sizes);
  }
}

function alongOf({ arrays }: Sizes, places: ReadonlySet<Place>): readonly Sized[] {
  return [...places].flatMap((place) => arrays.get(place) ?? []);
}

/** Whether the lengths of an instance are as those of its law’s members surely are. */
export function hasLawfulLengths(instance: Plain, structure: Structure): boolean {
  const sizes = sizesOf(instance);
  for (const [one, other] of pairsOf(sizes, structure, false)) {
    if (one.size !== other.size) return false;
  }
  return [...sizes.arrays].every(([place, sized]) => {
    const least = structure.least.get(place) ?? 0;
    return sized.every(({ size }) => size >= least);
  });
}

/** Which entries of a component’s arrays stay, in their order then. */
export interface Kept {
  readonly component: Component;
  readonly kept: readonly number[];
}

/** The instance with some entries of arrays alone, its counts adjusted. */
export function keepEntries(value: Plain, all: readonly Kept[], path: Path = []): Plain {
  const text = JSON.stringify(path);
  if (Array.isArray(value)) {
    const own = all.find(({ component }) => component.arrays.has(text));
    const kept: readonly number[] = own?.kept ?? [...value.keys()];
    return kept.map((k) => keepEntries(value[k] as Plain, all, [...path, k]));
  }
  if (typeof value === 'number') {
    return all.find(({ component }) => component.counts.has(text))?.kept.length ?? value;
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, keepEntries(entry, all, [...path, key])]),
  );
}
