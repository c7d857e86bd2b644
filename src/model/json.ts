/** JSON as it stands in a file. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/** Plain data: what instances and witnesses are made of. Every double is allowed, also NaN and ±∞. */
export type Plain =
  | null
  | undefined
  | boolean
  | number
  | string
  | readonly Plain[]
  | { readonly [key: string]: Plain };

const SPECIAL_KEY = '$number';

/** The keys that could be mistaken for `SPECIAL_KEY`: it, and it after further dollar signs. */
const ESCAPED_KEY = /^\$+number$/;

const SPECIAL_NUMBERS = new Map([
  ['-0', -0],
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

/**
 * Plain data as JSON that loses nothing: −0, NaN and infinities become {"$number": "-0"} and the
 * like; other doubles already survive JSON. A key of the data that is "$number", "$$number", … gets
 * one dollar sign more. Keys are sorted, so equal data give equal text; entries that are undefined
 * are left out.
 *
 * @param name what messages call the value
 * @throws TypeError when the value is not plain data; says which part of it and what that is
 */
export function encodeJson(value: unknown, name = 'value'): Json {
  try {
    return encode(value);
  } catch (error) {
    const found = notPlain(value, name, new Set());
    if (found === null) throw error;
    throw new TypeError(`encodeJson: ${found.path} must be plain data, got ${found.got}`, {
      cause: error,
    });
  }
}

function encode(value: unknown): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') {
    if (Object.is(value, -0)) return { [SPECIAL_KEY]: '-0' };
    return Number.isFinite(value) ? value : { [SPECIAL_KEY]: String(value) };
  }
  if (Array.isArray(value) || value instanceof Float64Array) {
    return Array.from(value as readonly unknown[], encode);
  }
  if (isPlainObject(value)) {
    const entries = Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(
      entries.map(([k, v]) => [ESCAPED_KEY.test(k) ? `$${k}` : k, encode(v)]),
    );
  }
  throw new TypeError('encode: value must be plain data');
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** The first part of a value that is not plain data; null where all is. */
function notPlain(
  value: unknown,
  path: string,
  above: ReadonlySet<unknown>,
): { readonly path: string; readonly got: string } | null {
  if (value === null || ['boolean', 'string', 'number'].includes(typeof value)) return null;
  if (value instanceof Float64Array) return null;
  if (!Array.isArray(value) && !isPlainObject(value)) return { path, got: kindOf(value) };
  if (above.has(value)) return { path, got: 'a part of which it is a part' };
  const within = new Set(above).add(value);
  const parts: readonly (readonly [string, unknown])[] = Array.isArray(value)
    ? Array.from(value as readonly unknown[], (part, i) => [`${path}[${i}]`, part] as const)
    : Object.entries(value)
        .filter(([, part]) => part !== undefined)
        .map(([key, part]) => [`${path}.${key}`, part] as const);
  for (const [place, part] of parts) {
    const found = notPlain(part, place, within);
    if (found !== null) return found;
  }
  return null;
}

function kindOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return typeof value;
  const { constructor } = value as { constructor?: { name?: unknown } };
  return typeof constructor?.name === 'string' && constructor.name !== ''
    ? constructor.name
    : 'an object of a class';
}

/** The first place where two encoded values differ, with what stands there; null where they are equal. */
export function firstDifference(
  a: Json | undefined,
  b: Json | undefined,
  path: string,
): { readonly path: string; readonly was: string; readonly is: string } | null {
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length) {
    const first = a as readonly Json[];
    const second = b as readonly Json[];
    for (let i = 0; i < first.length; i += 1) {
      const found = firstDifference(first[i], second[i], `${path}[${i}]`);
      if (found !== null) return found;
    }
    return null;
  }
  if (isRecord(a) && isRecord(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const found = firstDifference(a[key], b[key], `${path}.${key}`);
      if (found !== null) return found;
    }
    return null;
  }
  return a === b ? null : { path, was: briefly(a), is: briefly(b) };
}

function isRecord(json: Json | undefined): json is { readonly [key: string]: Json } {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function briefly(json: Json | undefined): string {
  const text = json === undefined ? 'missing' : JSON.stringify(json);
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}

/**
 * The inverse of `encodeJson`.
 *
 * @throws TypeError when "$number" holds anything but "-0", "NaN", "Infinity" or "-Infinity"
 */
export function decodeJson(json: Json): Plain {
  if (Array.isArray(json)) return json.map((entry: Json) => decodeJson(entry));
  if (json !== null && typeof json === 'object') {
    const entries = Object.entries(json);
    const special = entries.find(([k]) => k === SPECIAL_KEY);
    if (special !== undefined) {
      const number = SPECIAL_NUMBERS.get(String(special[1]));
      if (number === undefined || entries.length !== 1) {
        throw new TypeError(
          `decodeJson: an object with the key $number must hold nothing but "-0", "NaN", ` +
            `"Infinity" or "-Infinity" there, got ${JSON.stringify(json)}`,
        );
      }
      return number;
    }
    return Object.fromEntries(
      entries.map(([k, v]) => [ESCAPED_KEY.test(k) ? k.slice(1) : k, decodeJson(v)]),
    );
  }
  return json as Plain;
}
