import type { Plain } from '../../model/index.js';

/** A place in an instance: keys, and `[]` for any index of an array, as JSON text. */
export type Place = string;

export type Path = readonly (string | number)[];

export function placeOf(path: Path): Place {
  return JSON.stringify(path.map((step) => (typeof step === 'number' ? '[]' : step)));
}

/** The key that a place lies under, whatever the depth: what a tree’s nodes have in common. */
export function keyOf(place: Place): string {
  return (JSON.parse(place) as string[]).findLast((step) => step !== '[]') ?? '';
}

/** Calls back with every value of plain data, with every array and with every number. */
export function visit(
  value: Plain,
  on: {
    readonly value?: (path: Path, value: Plain, place: Place) => void;
    readonly array?: (path: Path, length: number, place: Place) => void;
    readonly number?: (path: Path, number: number, place: Place) => void;
  },
  path: Path = [],
): void {
  // The place grows with the path, since it is asked for at every value.
  const go = (inside: Plain, at: Path, open: string): void => {
    const place = `${open}]`;
    on.value?.(at, inside, place);
    if (typeof inside === 'number') on.number?.(at, inside, place);
    else if (Array.isArray(inside)) {
      on.array?.(at, inside.length, place);
      const within = stepInto(open, '[]');
      inside.forEach((entry: Plain, k) => go(entry, [...at, k], within));
    } else if (inside !== null && typeof inside === 'object') {
      for (const [key, entry] of Object.entries(inside)) {
        go(entry, [...at, key], stepInto(open, key));
      }
    }
  };
  go(value, path, placeOf(path).slice(0, -1));
}

/** A place without its closing bracket, one step longer. */
export function stepInto(open: string, step: string): string {
  return `${open}${open === '[' ? '' : ','}${JSON.stringify(step)}`;
}
