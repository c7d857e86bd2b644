import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';
import type { Profile } from '../claims/index.js';
import type { EngineName } from '../running/index.js';
import { DEFAULT_ENGINE, ENGINES } from '../running/index.js';
import { UsageError } from './errors.js';

type OptionSpecs = NonNullable<ParseArgsConfig['options']>;

/** Options that every command has. */
const COMMON = {
  help: { type: 'boolean', short: 'h' },
  json: { type: 'string' },
  quiet: { type: 'boolean' },
} as const satisfies OptionSpecs;

/** The options of a command as they were given. */
export type OptionValues = Readonly<
  Record<string, string | boolean | (string | boolean)[] | undefined>
>;

/**
 * Parses a command's arguments.
 *
 * @throws UsageError naming the option and the command's help
 */
export function parse<T extends OptionSpecs>(
  command: string,
  argv: readonly string[],
  options: T,
): {
  readonly values: OptionValues;
  readonly positionals: readonly string[];
} {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { ...COMMON, ...options },
      allowPositionals: true,
      strict: true,
    });
    return { values, positionals };
  } catch (error) {
    const message = (error as Error).message.split('. ')[0].replace(/\.$/, '');
    throw new UsageError(`${command}: ${message}; see "falsum ${command} --help"`);
  }
}

/** An option's text, or undefined. */
export function text(values: OptionValues, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/** A whole number in a range. @throws UsageError otherwise */
export function wholeNumber(
  option: string,
  value: string | undefined,
  fallback: number,
  least: number,
  most: number,
): number {
  if (value === undefined) return fallback;
  const number = /^\d+$/.test(value) ? Number(value) : NaN;
  if (!(number >= least && number <= most)) {
    throw new UsageError(`--${option}: must be a whole number in ${least}…${most}, got "${value}"`);
  }
  return number;
}

export const PROFILES: readonly Profile[] = ['smoke', 'ci', 'nightly'];

/** A profile's name. @throws UsageError otherwise */
export function profileOption(value: string | undefined): Profile {
  return choice('profile', value ?? 'ci', PROFILES);
}

/** An engine's name. @throws UsageError otherwise */
export function engineOption(value: string | undefined): EngineName {
  return choice('engine', value ?? DEFAULT_ENGINE, ENGINES);
}

function choice<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((entry) => entry === value);
  if (found === undefined) {
    throw new UsageError(`--${option}: must be one of ${allowed.join(', ')}, got "${value}"`);
  }
  return found;
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** A time such as 500ms, 60s, 10m or 8h, in milliseconds; null when not given. @throws UsageError */
export function duration(option: string, value: string | undefined): number | null {
  if (value === undefined) return null;
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(value);
  if (!match || Number(match[1]) === 0) {
    throw new UsageError(`--${option}: must be a time like 500ms, 60s, 10m or 8h, got "${value}"`);
  }
  return Number(match[1]) * UNITS[match[2]];
}
