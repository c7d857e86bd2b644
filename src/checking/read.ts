import type { Rational } from './rational.js';
import { ofDouble, parseRational } from './rational.js';
import { demand, reject } from './rejection.js';

/** Reads untrusted JSON piece by piece; whatever is not as it must be rejects, naming the place. */

/** An object with exactly these keys, and perhaps some of the optional ones. */
export function record<K extends string, O extends string = never>(
  value: unknown,
  where: string,
  keys: readonly K[],
  optional: readonly O[] = [],
): Readonly<Record<K, unknown> & Partial<Record<O, unknown>>> {
  demand(
    typeof value === 'object' && value !== null && !Array.isArray(value),
    `${where} must be an object`,
  );
  const allowed: readonly string[] = [...keys, ...optional];
  for (const key of Object.keys(value)) {
    demand(allowed.includes(key), `${where} has an unknown entry “${key.slice(0, 40)}”`);
  }
  for (const key of keys) demand(Object.hasOwn(value, key), `${where} must have “${key}”`);
  return value as Readonly<Record<K, unknown> & Partial<Record<O, unknown>>>;
}

/** An array of least to most entries. */
export function list(value: unknown, where: string, least = 0, most = 4096): readonly unknown[] {
  demand(Array.isArray(value), `${where} must be an array`);
  demand(
    value.length >= least && value.length <= most,
    `${where} must have ${least === most ? least : `${least} to ${most}`} entries, got ${value.length}`,
  );
  return value;
}

export function text(value: unknown, where: string): string {
  demand(typeof value === 'string', `${where} must be text`);
  return value;
}

/** One of the given words. */
export function oneOf<T extends string>(value: unknown, where: string, words: readonly T[]): T {
  const found = words.find((word) => word === value);
  return found ?? reject(`${where} must be one of ${words.join(', ')}`);
}

/** A whole number in least…most. */
export function whole(value: unknown, where: string, least: number, most: number): number {
  demand(
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most,
    `${where} must be a whole number in ${least}…${most}`,
  );
  return value;
}

/** A finite double; −0 stands in files as {"$number": "-0"}. */
export function double(value: unknown, where: string): number {
  if (typeof value === 'object' && value !== null) {
    const special = (value as { $number?: unknown }).$number;
    demand(special === '-0' && Object.keys(value).length === 1, `${where} must be a finite number`);
    return 0;
  }
  demand(typeof value === 'number' && Number.isFinite(value), `${where} must be a finite number`);
  return value;
}

/** A finite double, taken exactly, or a fraction "p/q". */
export function exact(value: unknown, where: string): Rational {
  if (typeof value !== 'string') return ofDouble(double(value, where));
  return parseRational(value) ?? reject(`${where} must be a number or a fraction "p/q"`);
}

/** A finite double, taken exactly. */
export function real(value: unknown, where: string): Rational {
  return ofDouble(double(value, where));
}

/** A vector of numbers, of the given length where one is given; `entry` reads one. */
export function vector(
  value: unknown,
  where: string,
  length?: number,
  entry: (value: unknown, where: string) => Rational = exact,
): Rational[] {
  const entries = length === undefined ? list(value, where) : list(value, where, length, length);
  return entries.map((it, i) => entry(it, `${where}[${i}]`));
}

/** Rows of numbers of the given length. */
export function matrix(
  value: unknown,
  where: string,
  columns: number,
  entry: (value: unknown, where: string) => Rational = exact,
): Rational[][] {
  return list(value, where).map((row, i) => vector(row, `${where}[${i}]`, columns, entry));
}
