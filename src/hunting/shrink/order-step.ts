import type { Simplifier } from '../../claims/index.js';
import type { Plain } from '../../model/index.js';
import type { Costs } from './complexity.js';
import type { Component } from './components.js';
import { componentsOf, hasLawfulLengths, keepEntries } from './components.js';
import { replaceAt, valueAt } from './edit.js';
import type { Path } from './places.js';
import { visit } from './places.js';
import type { Structure } from './structure.js';
import { admits, kindAt } from './structure.js';

/** Puts cheaper numbers first: all entries in order, else neighbours exchanged, and numbers outside of arrays. */
export function orderStep(structure: Structure, costs: Costs): Simplifier<Plain> {
  return {
    name: 'simpler entries first',
    *candidates(instance) {
      for (const component of componentsOf(instance, structure, true)) {
        if (component.size < 2) continue;
        const keys = keysOf(instance, component, costs);
        const order = Array.from({ length: component.size }, (_, k) => k);
        const sorted = order.toSorted((a, b) => compare(keys[a], keys[b]) || a - b);
        const swapped = order.slice(1).flatMap((k) => {
          if (compare(keys[k], keys[k - 1]) >= 0) return [];
          return [order.with(k, k - 1).with(k - 1, k)];
        });
        for (const kept of [sorted, ...swapped]) {
          const candidate = keepEntries(instance, [{ component, kept }]);
          if (hasLawfulLengths(candidate, structure)) yield candidate;
        }
      }
      yield* exchanged(instance, structure, costs);
    },
  };
}

/** Two numbers outside of arrays exchanged. */
function* exchanged(instance: Plain, structure: Structure, costs: Costs): Generator<Plain> {
  const alone: { path: Path; x: number; cost: number }[] = [];
  visit(instance, {
    number(path, x, place) {
      if (typeof path.at(-1) === 'number' || structure.counts.has(place)) return;
      alone.push({ path, x, cost: costs.number(x, path) });
    },
  });
  for (const [k, one] of alone.entries()) {
    for (const other of alone.slice(k + 1)) {
      if (other.cost >= one.cost) continue;
      const allowed =
        admits(kindAt(structure, one.path), other.x) &&
        admits(kindAt(structure, other.path), one.x);
      if (allowed) yield replaceAt(replaceAt(instance, one.path, other.x), other.path, one.x);
    }
  }
}

/** What the numbers of each entry cost, those of the component’s first array first. */
function keysOf(instance: Plain, { arrays, size }: Component, costs: Costs): number[][] {
  return Array.from({ length: size }, (_, k) => {
    const key: number[] = [];
    for (const text of arrays) {
      const path = [...(JSON.parse(text) as Path), k];
      visit(
        valueAt(instance, path),
        { number: (inside, x) => key.push(costs.number(x, inside)) },
        path,
      );
    }
    return key;
  });
}

function compare(one: readonly number[], other: readonly number[]): number {
  for (const [k, cost] of one.entries()) {
    if (cost !== other[k]) return cost - (other[k] ?? Infinity);
  }
  return 0;
}
