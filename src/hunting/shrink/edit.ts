import type { Plain } from '../../model/index.js';
import type { Path } from './places.js';

/** The instance with each number replaced; the instance is not changed. */
export function mapNumbers(
  value: Plain,
  change: (number: number, path: Path) => number,
  path: Path = [],
): Plain {
  if (typeof value === 'number') return change(value, path);
  if (Array.isArray(value)) {
    return value.map((entry: Plain, k) => mapNumbers(entry, change, [...path, k]));
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, mapNumbers(entry, change, [...path, key])]),
  );
}

/** The value at a path; undefined where there is none. */
export function valueAt(value: Plain, path: Path): Plain {
  return path.reduce<Plain>((inside, step) => {
    if (inside === null || typeof inside !== 'object') return undefined;
    return (inside as Readonly<Record<string | number, Plain>>)[step];
  }, value);
}

/** The instance with another value at a path. */
export function replaceAt(value: Plain, path: Path, other: Plain): Plain {
  const [step, ...rest] = path;
  if (step === undefined) return other;
  if (Array.isArray(value)) {
    return value.map((entry: Plain, k) => (k === step ? replaceAt(entry, rest, other) : entry));
  }
  return { ...(value as object), [step]: replaceAt(valueAt(value, [step]), rest, other) };
}
