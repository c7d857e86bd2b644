import type { Simplifier } from '../../claims/index.js';
import { numberCost, simplerNumbers } from '../../math/index.js';
import type { Plain } from '../../model/index.js';
import { mapNumbers, replaceAt } from './edit.js';
import type { Path } from './places.js';
import { visit } from './places.js';
import type { NumberKind, Structure } from './structure.js';
import { admits, kindAt } from './structure.js';

/** A number that repeats no length. */
interface Free {
  readonly path: Path;
  readonly text: string;
  readonly x: number;
  readonly kind: NumberKind;
}

/**
 * What a number of a kind costs. Of whole numbers the one nearer to 0 is simpler, so that shrinking ends at the least
 * one; others cost what there is to read.
 */
export function costOf(x: number, { whole }: NumberKind): number {
  if (!whole || !Number.isFinite(x)) return numberCost(x);
  return Math.log2(1 + Math.abs(x) + (x < 0 ? 0.5 : 0));
}

/** Simpler numbers of the same kind, the simplest first. */
export function targets(x: number, kind: NumberKind): number[] {
  return simplerOf(x, kind, [...simplerNumbers(x, kind.whole), ...nearer(x, kind)]);
}

/** The same for numbers that move others with them: of whole ones those alone that a search needs. */
function boldTargets(x: number, kind: NumberKind): number[] {
  return simplerOf(x, kind, kind.whole ? [...nearer(x, kind)] : simplerNumbers(x));
}

function simplerOf(x: number, kind: NumberKind, candidates: readonly number[]): number[] {
  const cost = costOf(x, kind);
  return [...new Set([0, 1, -1, ...candidates])]
    .filter((it) => costOf(it, kind) < cost && admits(kind, it))
    .sort((a, b) => costOf(a, kind) - costOf(b, kind));
}

/** Halfway to 0, then ever nearer to x, the next whole number last: a search for where a violation ends. */
function* nearer(x: number, { whole, least, most }: NumberKind): Generator<number> {
  for (const end of [least, most]) if (Number.isFinite(end)) yield end;
  if (!whole || !Number.isFinite(x)) return;
  const size = Math.abs(x);
  yield size;
  for (let part = Math.ceil(size / 2); part >= 1; part = Math.floor(part / 2)) {
    yield Math.sign(x) * (size - part) + 0;
  }
}

function freeNumbers(instance: Plain, structure: Structure): Free[] {
  const found: Free[] = [];
  visit(instance, {
    number(path, x, place) {
      if (structure.counts.has(place)) return;
      found.push({ path, text: JSON.stringify(path), x, kind: kindAt(structure, path) });
    },
  });
  return found;
}

export function singleNumberSteps(structure: Structure): Simplifier<Plain>[] {
  return [
    {
      name: 'simpler numbers, all together',
      *candidates(instance) {
        const free = freeNumbers(instance, structure);
        const lists = free.map(({ x, kind }) => targets(x, kind));
        for (const rank of [0, 1, 2, 4, 8, 12]) {
          // Rank 0 is the simplest number there is, later ones stay nearer.
          yield replaced(instance, free, ({ x }, k) => {
            const list = lists[k];
            return list.length === 0 ? x : list[Math.min(rank, list.length - 1)];
          });
        }
        for (const grid of [1, 2, 4, 8, 16, 64, 1024]) {
          yield replaced(instance, free, ({ x, kind }) => {
            const rounded = Math.round(x * grid) / grid + 0;
            return admits(kind, rounded) ? rounded : x;
          });
        }
      },
    },
    {
      name: 'simpler numbers, one at a time',
      *candidates(instance) {
        for (const { path, x, kind } of freeNumbers(instance, structure)) {
          for (const simpler of targets(x, kind)) yield replaceAt(instance, path, simpler);
        }
      },
    },
  ];
}

function replaced(
  instance: Plain,
  free: readonly Free[],
  change: (number: Free, k: number) => number,
): Plain {
  const values = new Map(free.map((it, k) => [it.text, change(it, k)]));
  return mapNumbers(instance, (x, path) => values.get(JSON.stringify(path)) ?? x);
}

/** With at most so many numbers that are not 0, three of them move together too. */
const FEW = 8;

/**
 * Numbers that a statement ties to each other: moved by the same amount (x = y, x = y + 7), in proportion (x = 2y,
 * x = −y), or two of them by opposite amounts (x + y = 7).
 */
export function tiedNumbersStep(structure: Structure): Simplifier<Plain> {
  return {
    name: 'simpler numbers, several tied together',
    *candidates(instance) {
      const free = freeNumbers(instance, structure).filter(({ x }) => Number.isFinite(x));
      for (const group of groupsOf(free)) {
        const before = group.reduce((sum, { x, kind }) => sum + costOf(x, kind), 0);
        for (const values of movesOf(group)) {
          const allowed = values.every((x, k) => Number.isFinite(x) && admits(group[k].kind, x));
          if (!allowed) continue;
          const after = values.reduce((sum, x, k) => sum + costOf(x, group[k].kind), 0);
          if (after < before) yield replaced(instance, group, (_, k) => values[k]);
        }
      }
    },
  };
}

/** Larger groups first: all, those of one size, those of one array; then three, and two. */
function* groupsOf(free: readonly Free[]): Generator<readonly Free[]> {
  const busy = free.filter(({ x }) => x !== 0);
  if (busy.length > 2) yield busy;
  yield* classes(busy, ({ x }) => String(Math.abs(x)));
  yield* classes(busy, ({ path }) => JSON.stringify(path.slice(0, -1)));
  const small = busy.length <= FEW;
  for (const [a, one] of busy.entries()) {
    if (!small) break;
    for (let b = a + 1; b < busy.length; b += 1) {
      for (let c = b + 1; c < busy.length; c += 1) yield [one, busy[b], busy[c]];
    }
  }
  for (const [a, one] of free.entries()) {
    for (const other of free.slice(a + 1)) {
      if (one.x !== 0 || other.x !== 0) yield [one, other];
    }
  }
}

function classes(free: readonly Free[], keyOf: (it: Free) => string): (readonly Free[])[] {
  const groups = new Map<string, Free[]>();
  for (const it of free) {
    const here = groups.get(keyOf(it));
    if (here === undefined) groups.set(keyOf(it), [it]);
    else here.push(it);
  }
  return [...groups.values()].filter(({ length }) => length > 2);
}

function* movesOf(group: readonly Free[]): Generator<number[]> {
  const sizes = group.map(({ x }) => Math.abs(x));
  const pivots = new Set([
    sizes.indexOf(Math.max(...sizes)),
    sizes.indexOf(Math.min(...sizes.filter((size) => size > 0))),
  ]);
  for (const pivot of pivots) {
    const { x: from, kind } = group[pivot];
    for (const to of boldTargets(from, kind)) {
      yield group.map(({ x }, k) => (k === pivot ? to : x + (to - from)));
      yield group.map(({ x }, k) => (k === pivot ? to : (x * to) / from + 0));
      if (group.length === 2) {
        const values = group.map(({ x }, k) => (k === pivot ? to : x - (to - from)));
        // One of them grows, but not beyond what the law was seen to give.
        if (values.every((x, k) => Math.abs(x) <= group[k].kind.largest)) yield values;
      }
    }
  }
}
