import { nextDown, nextUp } from '../../math/index.js';
import type { Json } from '../../model/index.js';

/** One changed file: what was done to it, in words, and the file with its id recomputed elsewhere. */
export interface Mutation {
  readonly what: string;
  readonly json: Json;
}

type Path = readonly (string | number)[];

/** The value at a path; undefined where there is none. */
export function at(json: Json, path: Path): Json | undefined {
  let here: Json | undefined = json;
  for (const step of path) {
    here = (here as Readonly<Record<string | number, Json>> | null | undefined)?.[step];
  }
  return here;
}

/** A copy with another value at a path. */
export function replaced(json: Json, path: Path, value: Json): Json {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(json)) {
    return json.map((entry: Json, i) => (i === step ? replaced(entry, rest, value) : entry));
  }
  const record = json as Readonly<Record<string, Json>>;
  return { ...record, [step]: replaced(record[step] ?? null, rest, value) };
}

/** Other values to put in place of one. */
function alternatives(value: Json): readonly (readonly [string, Json])[] {
  if (typeof value === 'boolean') return [['flipped', !value]];
  if (typeof value === 'number') return numberAlternatives(value);
  if (typeof value === 'string') return textAlternatives(value);
  if (Array.isArray(value) && value.length > 0) {
    const [first, ...rest] = value as readonly Json[];
    const last = (value as readonly Json[])[value.length - 1];
    return [
      ['first entry dropped', rest],
      ['last entry dropped', (value as readonly Json[]).slice(0, -1)],
      ['last entry doubled', [...(value as readonly Json[]), last]],
      ['first two swapped', rest.length > 0 ? [rest[0], first, ...rest.slice(1)] : []],
    ];
  }
  return [];
}

function numberAlternatives(value: number): readonly (readonly [string, Json])[] {
  return [
    ['one ulp up', nextUp(value)],
    ['one ulp down', nextDown(value)],
    ['one more', value + 1],
    ['one less', value - 1],
    ['sign flipped', -value],
    ['doubled', 2 * value],
    ['zero', 0],
  ];
}

const WORDS = ['sigmoid', 'tanh', 'softplus', 'mean', 'half-mean', 'smaller', 'equal', 'instance'];

function textAlternatives(text: string): readonly (readonly [string, Json])[] {
  const fraction = /^(-?\d+)(?:\/(\d+))?$/.exec(text);
  if (fraction !== null) {
    const [top, bottom] = [BigInt(fraction[1]), BigInt(fraction[2] ?? '1')];
    return [
      ['one unit more', `${top + 1n}/${bottom}`],
      ['one unit less', `${top - 1n}/${bottom}`],
      ['a larger denominator', `${top}/${bottom + 1n}`],
      ['sign flipped', `${-top}/${bottom}`],
      ['not in lowest terms', `${3n * top}/${3n * bottom}`],
      ['upside down', top > 0n ? `${bottom}/${top}` : '1'],
    ];
  }
  const ends = /^\[(\S+), (\S+)\]$/.exec(text);
  if (ends !== null) {
    const [lower, upper] = [Number(ends[1]), Number(ends[2])];
    return [
      ['widened', `[${nextDown(lower)}, ${nextUp(upper)}]`],
      ['narrowed from below', `[${upper}, ${upper}]`],
      ['narrowed from above', `[${lower}, ${lower}]`],
      ['moved', `[${lower + 1e-3}, ${upper + 1e-3}]`],
      ['turned round', `[${upper}, ${lower}]`],
    ];
  }
  return [['other text', `${text} not`], ...WORDS.map((word) => [`made “${word}”`, word] as const)];
}

/** Every path below a value, itself included. */
export function pathsBelow(value: Json, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, entry]) =>
      pathsBelow(entry as Json, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

/** All single changes of the parts of a file under the given paths. */
export function mutationsUnder(json: Json, roots: readonly Path[]): Mutation[] {
  return roots.flatMap((root) => {
    const value = at(json, root);
    if (value === undefined) return [];
    return pathsBelow(value, root).flatMap((path) => {
      const here = at(json, path) as Json;
      return alternatives(here)
        .filter(([, other]) => JSON.stringify(other) !== JSON.stringify(here))
        .map(([how, other]) => ({
          what: `${path.join('.')} ${how}`,
          json: replaced(json, path, other),
        }));
    });
  });
}

/** At most `count` of the items, evenly spread, first and last included. */
export function spread<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return Array.from(
    { length: count },
    (_, i) => items[Math.round((i * (items.length - 1)) / (count - 1))],
  );
}
