import type { Simplifier } from '../../claims/index.js';
import type { Plain } from '../../model/index.js';
import { complexityOf, isSimpler } from './complexity.js';
import { hasLawfulLengths } from './components.js';
import { replaceAt } from './edit.js';
import type { Path } from './places.js';
import { placeOf, visit } from './places.js';
import { fits, sortOf } from './shapes.js';
import type { Structure } from './structure.js';

/** Steps that change what an instance is made of: trees, tagged records, optional parts, switches, texts. */
export function shapeSteps(structure: Structure): Simplifier<Plain>[] {
  const { shapes } = structure;
  const lawful = (
    name: string,
    candidates: (instance: Plain) => Iterable<Plain>,
  ): Simplifier<Plain> => ({
    name,
    *candidates(instance) {
      for (const candidate of candidates(instance)) {
        if (hasLawfulLengths(candidate, structure)) yield candidate;
      }
    },
  });
  return [
    lawful('a part in place of the whole', function* (instance) {
      for (const [path, value] of valuesOf(instance)) {
        if (value === null || typeof value !== 'object') continue;
        const sorts = shapes.at.get(placeOf(path));
        const parts = valuesOf(value)
          .slice(1)
          .filter(([, part]) => sorts?.has(sortOf(part)) === true && fits(shapes, part, path))
          .map(([, part]) => ({ part, size: complexityOf(part) }));
        parts.sort((a, b) => (isSimpler(a.size, b.size) ? -1 : isSimpler(b.size, a.size) ? 1 : 0));
        for (const { part } of parts) yield replaceAt(instance, path, part);
      }
    }),
    lawful('a simpler kind of part', function* (instance) {
      for (const [path, value] of valuesOf(instance)) {
        const sorts = shapes.at.get(placeOf(path));
        if (sorts === undefined || sorts.size < 2) continue;
        const own = sortOf(value);
        const others = [...sorts].filter(([sort]) => sort !== own);
        for (const [, other] of others) yield replaceAt(instance, path, other);
        if (!own.startsWith('[')) continue;
        const record = value as { readonly [key: string]: Plain };
        for (const [sort] of others.filter(([it]) => it.startsWith('['))) {
          const keys = JSON.parse(sort) as string[];
          if (!keys.every((key) => key in record)) continue;
          const rest = Object.fromEntries(keys.map((key) => [key, record[key]]));
          yield replaceAt(instance, path, rest);
        }
      }
    }),
    {
      name: 'switches off',
      *candidates(instance) {
        for (const [path, value] of valuesOf(instance)) {
          const seen = shapes.at.get(placeOf(path))?.get('boolean');
          if (value === true && seen === false) yield replaceAt(instance, path, false);
        }
      },
    },
    {
      name: 'shorter and plainer texts',
      *candidates(instance) {
        for (const [path, value] of valuesOf(instance)) {
          if (typeof value !== 'string' || !shapes.texts.has(placeOf(path))) continue;
          for (const text of simplerTexts(value)) yield replaceAt(instance, path, text);
        }
      },
    },
  ];
}

/** All values with their paths, the whole first. */
function valuesOf(instance: Plain): (readonly [Path, Plain])[] {
  const values: (readonly [Path, Plain])[] = [];
  visit(instance, { value: (path, value) => values.push([path, value]) });
  return values;
}

/** What a text costs: its length, and how far its characters are from “a”. */
export function textCost(text: string): number {
  return [...text].reduce((sum, letter) => sum + 2 - 1 / (1 + Math.abs(distance(letter))), 0);
}

/** “a” is the plainest character; then come letters, digits and all others by their code. */
function distance(letter: string): number {
  return (letter.codePointAt(0) ?? 0) - 97;
}

function* simplerTexts(text: string): Generator<string> {
  const letters = [...text];
  for (let run = letters.length; run >= 1; run = Math.floor(run / 2)) {
    for (let from = 0; from < letters.length; from += run) {
      yield letters.toSpliced(from, run).join('');
    }
  }
  for (const [k, letter] of letters.entries()) {
    if (letter !== 'a') yield letters.with(k, 'a').join('');
  }
}
