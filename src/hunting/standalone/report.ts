import type { Json } from '../../model/index.js';

/** Lines for a person, about one counterexample; nothing here needs more than JavaScript. */

/** Plain JSON in few lines: what fits in a line stays in one. */
export function compact(value: Json, indent = ''): string {
  const flat = JSON.stringify(value);
  if (flat.length + indent.length <= 100 || value === null || typeof value !== 'object')
    return flat;
  const inner = `${indent}  `;
  const entries = Array.isArray(value)
    ? value.map((entry: Json) => compact(entry, inner))
    : Object.entries(value).map(
        ([key, entry]) => `${JSON.stringify(key)}: ${compact(entry, inner)}`,
      );
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${entries.map((entry) => inner + entry).join(',\n')}\n${indent}${close}`;
}

/** The lines that both kinds of standalone files begin with. */
export function heading(stored: {
  readonly claim: string;
  readonly reading: string;
  readonly id: string;
  readonly instance: Json;
}): string[] {
  return [
    `${stored.claim}, reading ${stored.reading}, counterexample ${stored.id}`,
    '',
    `instance ${compact(stored.instance)}`,
    '',
  ];
}

/** Both sides of the violated inequality. */
export function sidesLines(clause: string, lhs: string, rhs: string): string[] {
  return [
    `the claim says: ${clause}, as left side ≤ right side`,
    `  left side   ${lhs}`,
    `  right side  ${rhs}`,
  ];
}
