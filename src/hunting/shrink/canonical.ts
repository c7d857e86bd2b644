import type { AnyReading, OpaqueInstance } from '../../claims/index.js';
import { guarded } from '../../claims/index.js';
import type { Json } from '../../model/index.js';
import { encodeJson } from '../../model/index.js';

/**
 * A representative of an instance under the symmetries that its reading declares, as JSON: instances that are the same
 * counterexample have the same one. A reading that declares none has the instance itself, with −0 as 0.
 */
export function canonicalForm(reading: AnyReading, instance: OpaqueInstance): Json {
  const form = guarded('canonical form', () => reading.canonical?.(instance) ?? instance);
  return withoutNegativeZero(encodeJson(form));
}

function withoutNegativeZero(json: Json): Json {
  if (Array.isArray(json)) return json.map((entry: Json) => withoutNegativeZero(entry));
  if (json === null || typeof json !== 'object') return json;
  const entries = Object.entries(json);
  if (entries.length === 1 && entries[0][0] === '$number' && entries[0][1] === '-0') return 0;
  return Object.fromEntries(entries.map(([key, entry]) => [key, withoutNegativeZero(entry)]));
}
