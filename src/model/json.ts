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
 * @throws TypeError when the value is not plain data
 */
export function encodeJson(value: unknown): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') {
    if (Object.is(value, -0)) return { [SPECIAL_KEY]: '-0' };
    return Number.isFinite(value) ? value : { [SPECIAL_KEY]: String(value) };
  }
  if (Array.isArray(value) || value instanceof Float64Array) {
    return Array.from(value as readonly unknown[], encodeJson);
  }
  if (typeof value === 'object') {
    const entries = Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(
      entries.map(([k, v]) => [ESCAPED_KEY.test(k) ? `$${k}` : k, encodeJson(v)]),
    );
  }
  throw new TypeError(`encodeJson: value must be plain data, got ${typeof value}`);
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
