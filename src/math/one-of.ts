type Tag = string | number | boolean | null | undefined;

/** The longest text that an error message quotes. */
const LONGEST_QUOTE = 60;

/**
 * Refuses a value that is none of those a tagged union has: the types keep it out, but JavaScript, a cast and a
 * file let it in, and a branch that nobody wrote would compute something else.
 *
 * @throws RangeError that lists the admissible values
 */
export function requireOneOf(
  where: string,
  what: string,
  value: unknown,
  admissible: readonly Tag[],
): void {
  if (!(admissible as readonly unknown[]).includes(value)) {
    throw notOneOf(where, what, value, admissible);
  }
}

/** The error of `requireOneOf`, for the last branch of a switch that has looked already. */
export function notOneOf(
  where: string,
  what: string,
  value: unknown,
  admissible: readonly Tag[],
): RangeError {
  return new RangeError(
    `${where}: ${what} must be one of ${admissible.map(String).join(', ')}, got ${quoted(value)}`,
  );
}

function quoted(value: unknown): string {
  if (typeof value === 'string') {
    return JSON.stringify(
      value.length > LONGEST_QUOTE ? `${value.slice(0, LONGEST_QUOTE)}…` : value,
    );
  }
  if (typeof value === 'object' && value !== null) {
    return Array.isArray(value) ? 'an array' : 'an object';
  }
  return typeof value === 'function' ? 'a function' : String(value);
}
