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

/**
 * Plain data as JSON that loses nothing: −0, NaN and infinities become {"$number": "-0"} and the
 * like; other doubles already survive JSON. Keys are sorted, so equal data give equal text.
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
    return Object.fromEntries(entries.map(([k, v]) => [k, encodeJson(v)]));
  }
  throw new TypeError(`encodeJson: value must be plain data, got ${typeof value}`);
}

/** The inverse of `encodeJson`. */
export function decodeJson(json: Json): Plain {
  if (Array.isArray(json)) return json.map((entry: Json) => decodeJson(entry));
  if (json !== null && typeof json === 'object') {
    const special = (json as Record<string, Json>)[SPECIAL_KEY];
    if (typeof special === 'string') return Number(special);
    return Object.fromEntries(Object.entries(json).map(([k, v]) => [k, decodeJson(v)]));
  }
  return json as Plain;
}
