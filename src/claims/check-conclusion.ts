import { notOneOf } from '../math/index.js';
import { ClaimFault } from './claim-fault.js';
import type { Conclusion, Decided } from './conclusion.js';

/**
 * Whether a claim's code returned a conclusion, field by field: what is written to files and ledgers is made of them.
 *
 * @param where names claim, reading, trial and part
 * @throws ClaimFault when it is malformed; the message names the field
 */
export function checkConclusion(conclusion: Conclusion, where: string): void {
  const refuse = (field: string, rule: string, got: unknown): never => {
    throw new ClaimFault(`${where}: ${field} must ${rule}, got ${shown(got)}`);
  };
  const value: unknown = conclusion;
  const { status, reason, clauses, measurements } = (value ?? {}) as Record<string, unknown>;
  if (status !== 'gave-up' && (status !== 'decided' || !Array.isArray(clauses))) {
    throw new ClaimFault(`${where}: must return decided(…) or gaveUp(…), got ${shown(conclusion)}`);
  }
  checkNumbers('measurements', measurements, refuse);
  if (status === 'gave-up') {
    if (typeof reason !== 'string') refuse('reason', 'be a string', reason);
    return;
  }
  const { decidedBy, trivial, implied } = conclusion as Decided;
  if (decidedBy !== 'exact' && decidedBy !== 'attack') {
    throw new ClaimFault(
      `${where}: ${notOneOf('decided', 'decidedBy', decidedBy, ['exact', 'attack']).message}`,
    );
  }
  checkNumbers('implied', implied, refuse);
  if (trivial !== undefined && typeof trivial !== 'boolean') {
    refuse('trivial', 'be true or false', trivial);
  }
  // An array with holes has entries that forEach does not visit.
  Array.from(clauses as readonly unknown[]).forEach((clause, i) => {
    checkClause(clause, (field, rule, got) => {
      throw new ClaimFault(
        `${where}: clause ${i + 1} must be made by atMost, atLeast or within: ${field} must ${rule}, got ${shown(got)}`,
      );
    });
  });
}

type Refuse = (field: string, rule: string, got: unknown) => never;

function checkClause(value: unknown, refuse: Refuse): void {
  if (typeof value !== 'object' || value === null) {
    refuse('it', 'be an object', value);
  }
  const { name, lhs, rhs, margin, attained } = value as Record<string, unknown>;
  if (typeof name !== 'string') refuse('its name', 'be a string', name);
  for (const [side, of] of [
    ['lhs', lhs],
    ['rhs', rhs],
  ] as const) {
    if (typeof of !== 'number' || Number.isNaN(of)) refuse(`its ${side}`, 'be a number', of);
  }
  // A margin that is NaN decides nothing, and says so.
  const { lower, upper } = (margin ?? {}) as Record<string, unknown>;
  if (typeof lower !== 'number') refuse('its margin.lower', 'be a number', lower);
  if (typeof upper !== 'number') refuse('its margin.upper', 'be a number', upper);
  if ((lower as number) > (upper as number)) {
    refuse('its margin.lower', `be at most margin.upper, ${String(upper)}`, lower);
  }
  if (attained !== undefined && attained !== null && typeof attained !== 'number') {
    refuse('its attained', 'be a number or null', attained);
  }
}

/** Named numbers; what is NaN or infinite is judged later. */
function checkNumbers(place: string, value: unknown, refuse: Refuse): void {
  if (value === undefined) return;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    refuse(place, 'hold numbers by name', value);
  }
  for (const [name, number] of Object.entries(value as object)) {
    if (typeof number !== 'number') refuse(`${place}.${name}`, 'be a number', number);
  }
}

function shown(value: unknown): string {
  if (value === undefined || typeof value === 'number') return String(value);
  if (typeof value === 'bigint') return `the bigint ${value}`;
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`;
  try {
    const text = JSON.stringify(value);
    return text.length > 120 ? `${text.slice(0, 120)}…` : text;
  } catch {
    return `a ${typeof value}`;
  }
}
