import type { Simplifier } from '../../claims/index.js';
import type { Plain } from '../../model/index.js';
import type { Component } from './components.js';
import { componentsOf, hasLawfulLengths, keepEntries } from './components.js';
import type { Path } from './places.js';
import { placeOf, visit } from './places.js';
import type { Axis } from './axes.js';
import type { Structure } from './structure.js';
import { admits, kindAt } from './structure.js';

/** Arrays with at most so many entries lose every run of entries; longer ones those of an even grid. */
const EVERY_RUN = 24;
/** Runs that are tried besides halves, quarters, …: what must stay odd or a multiple of three loses two or three. */
const SHORT_RUNS = [3, 2, 1] as const;

/** Which entries stay: the longest runs leave first. */
export function* cuts(size: number, least: number): Generator<number[]> {
  const without = (from: number, run: number): number[] =>
    Array.from({ length: size }, (_, k) => k).filter((k) => k < from || k >= from + run);
  const most = size - least;
  if (most < 1) return;
  yield without(least, most);
  yield without(0, most);
  const runs = new Set<number>();
  for (let run = Math.floor(size / 2); run > 3; run = Math.floor(run / 2)) runs.add(run);
  for (const run of SHORT_RUNS) runs.add(run);
  for (const run of runs) {
    if (run > most) continue;
    const stride = size <= EVERY_RUN || run === 1 ? 1 : run;
    for (let from = 0; from + run <= size; from += stride) yield without(from, run);
  }
}

/** An axis as people call it: the names of its arrays. */
function axisName({ arrays }: Axis): string {
  const names = [...arrays].map((place) =>
    (JSON.parse(place) as string[]).join('.').replaceAll('.[]', '[]'),
  );
  return names.join(', ');
}

/** Steps that leave out entries of arrays, those together whose lengths move together. */
export function entrySteps(structure: Structure): Simplifier<Plain>[] {
  const isOf = (places: ReadonlySet<string>, { arrays }: Component): boolean =>
    [...arrays].some((path) => places.has(placeOf(JSON.parse(path) as Path)));
  const along = (
    name: string,
    components: (instance: Plain) => readonly Component[],
  ): Simplifier<Plain> => ({
    name,
    *candidates(instance) {
      for (const component of components(instance)) {
        for (const kept of cuts(component.size, component.least)) {
          const candidate = keepEntries(instance, [{ component, kept }]);
          if (hasLawfulLengths(candidate, structure)) yield candidate;
        }
      }
    },
  });
  const named = new Set(structure.axes.flatMap(({ arrays }) => [...arrays]));
  return [
    ...structure.axes.map((axis) =>
      along(`fewer entries of ${axisName(axis)}`, (instance) =>
        componentsOf(instance, structure, true).filter((it) => isOf(axis.arrays, it)),
      ),
    ),
    along('fewer entries of other arrays', (instance) =>
      componentsOf(instance, structure, true).filter((it) => !isOf(named, it)),
    ),
    along('fewer entries of one array whose length seemed tied to others', (instance) => {
      const tied = componentsOf(instance, structure, true).map(textOf);
      return componentsOf(instance, structure, false).filter((it) => !tied.includes(textOf(it)));
    }),
  ];
}

function textOf({ arrays }: Component): string {
  return [...arrays].join();
}

/** Leaves out as many entries of one array as of another, for statements that tie their lengths. */
export function twoArraysStep(structure: Structure): Simplifier<Plain> {
  return {
    name: 'fewer entries of two arrays at once',
    *candidates(instance) {
      const components = componentsOf(instance, structure, false);
      for (const [k, one] of components.entries()) {
        for (const other of components.slice(k + 1)) {
          for (const [first, second] of twoCuts(one, other)) {
            const candidate = keepEntries(instance, [
              { component: one, kept: first },
              { component: other, kept: second },
            ]);
            if (hasLawfulLengths(candidate, structure)) yield candidate;
          }
        }
      }
    },
  };
}

/** Leaves out entries of an array together with a number that is their number, for statements that tie the two. */
export function arrayAndNumberStep(structure: Structure): Simplifier<Plain> {
  return {
    name: 'fewer entries of an array and a number that counts them',
    *candidates(instance) {
      const numbers = new Map<number, string[]>();
      visit(instance, {
        number(path, x, place) {
          if (structure.counts.has(place)) return;
          numbers.set(x, [...(numbers.get(x) ?? []), JSON.stringify(path)]);
        },
      });
      for (const component of componentsOf(instance, structure, false)) {
        for (const number of numbers.get(component.size) ?? []) {
          const counts = new Set([...component.counts, number]);
          const path = JSON.parse(number) as Path;
          for (const kept of cuts(component.size, component.least)) {
            if (!admits(kindAt(structure, path), kept.length)) continue;
            const counted = { component: { ...component, counts }, kept };
            const candidate = keepEntries(instance, [counted]);
            if (hasLawfulLengths(candidate, structure)) yield candidate;
          }
        }
      }
    },
  };
}

/** Of equal lengths the same entries; else runs at the ends. */
function* twoCuts(one: Component, other: Component): Generator<readonly [number[], number[]]> {
  if (one.size === other.size) {
    const least = Math.max(one.least, other.least);
    for (const kept of cuts(one.size, least)) yield [kept, kept];
    return;
  }
  const most = Math.min(one.size - one.least, other.size - other.least);
  const entries = (from: number, to: number): number[] =>
    Array.from({ length: to - from }, (_, k) => from + k);
  for (let run = most; run >= 1; run = Math.floor(run / 2)) {
    yield [entries(0, one.size - run), entries(0, other.size - run)];
    yield [entries(run, one.size), entries(run, other.size)];
  }
}
