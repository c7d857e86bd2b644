import type { AnyReading, OpaqueInstance, Simplifier } from '../../claims/index.js';
import { dropping } from '../../claims/index.js';
import { simplerNumbers } from '../../math/index.js';
import type { Plain } from '../../model/index.js';
import { keepAlong, mapNumbers, replaceAt } from './edit.js';
import type { Axis, NumberKind, Path, Structure } from './structure.js';
import { admits, learnStructure, placeOf, visit } from './structure.js';

const ANY: NumberKind = { whole: false, positive: false, nonNegative: false, negative: false };

/** The length that all arrays of an axis have in an instance; null where they differ or are missing. */
export function lengthAlong(instance: Plain, axis: Axis): number | null {
  let length: number | null | undefined;
  visit(instance, {
    array(path, here) {
      if (!axis.arrays.has(placeOf(path))) return;
      length = length === undefined || length === here ? here : null;
    },
  });
  return length ?? null;
}

/** An axis as people call it: the names of its arrays. */
export function axisName({ arrays }: Axis): string {
  const names = [...arrays].map((place) =>
    (JSON.parse(place) as string[]).join('.').replaceAll('.[]', '[]'),
  );
  return names.join(', ');
}

/** Simplifiers for any plain instance whose shape was learnt from draws. */
export function structuralSimplifiers(structure: Structure): Simplifier<Plain>[] {
  const { axes, numbers } = structure;
  const counts = new Set(axes.flatMap((axis) => [...axis.counts]));
  const kindAt = (path: Path): NumberKind => numbers.get(placeOf(path)) ?? ANY;
  const free = (path: Path): boolean => !counts.has(placeOf(path));
  return [
    ...axes.map((axis) =>
      dropping<Plain>(
        `fewer entries of ${axisName(axis)}`,
        (instance) => lengthAlong(instance, axis) ?? 0,
        (instance, kept) => keepAlong(instance, axis, kept),
        axis.least,
      ),
    ),
    {
      name: 'simpler numbers, all together',
      *candidates(instance) {
        for (const rank of [0, 1, 2, 4, 8, 12]) {
          yield mapNumbers(instance, (x, path) => {
            if (!free(path)) return x;
            const kind = kindAt(path);
            const simpler = simplerNumbers(x, kind.whole).filter((it) => admits(kind, it));
            // Rank 0 is the simplest number there is, later ones stay nearer.
            return simpler.length === 0 ? x : simpler[Math.min(rank, simpler.length - 1)];
          });
        }
        for (const grid of [1, 2, 4, 8, 16, 64, 1024]) {
          yield mapNumbers(instance, (x, path) => {
            const rounded = Math.round(x * grid) / grid + 0;
            return free(path) && admits(kindAt(path), rounded) ? rounded : x;
          });
        }
      },
    },
    {
      name: 'simpler numbers, one at a time',
      *candidates(instance) {
        const found: [Path, number][] = [];
        visit(instance, { number: (path, x) => found.push([path, x]) });
        for (const [path, x] of found) {
          if (!free(path)) continue;
          const kind = kindAt(path);
          for (const simpler of simplerNumbers(x, kind.whole)) {
            if (admits(kind, simpler)) yield replaceAt(instance, path, simpler);
          }
        }
      },
    },
  ];
}

/** The simplifiers of a reading: those it declares, else those learnt from its law. */
export function simplifiersOf(reading: AnyReading): readonly Simplifier<OpaqueInstance>[] {
  if (reading.simplify !== undefined) return reading.simplify;
  const learnt = structuralSimplifiers(learnStructure(reading.instances));
  return learnt as unknown as readonly Simplifier<OpaqueInstance>[];
}
