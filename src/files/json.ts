import type { ValidateFunction } from 'ajv';
import { Ajv } from 'ajv';
import { InputError } from '../model/index.js';
import { oneLine } from './failures.js';
import { MOST_BYTES, readText } from './read.js';

/** How deep what is read may be nested: what walks it calls itself. Instances are ten deep. */
export const MOST_DEPTH = 500;

/**
 * Parses JSON that is not trusted: nested at most `MOST_DEPTH` deep, without the key `__proto__` and with numbers that
 * are doubles.
 *
 * @param where names the file, or file and line, in messages
 * @param mend what to do where it is broken; begins a clause
 * @throws InputError
 */
export function parseJson(where: string, text: string, mend?: string): unknown {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw bad(where, `is not JSON (${(error as Error).message})`, mend);
  }
  const problem = problemOf(json);
  if (problem !== null) throw bad(where, problem, mend);
  return json;
}

function bad(where: string, what: string, mend: string | undefined): InputError {
  return new InputError(
    `${oneLine(where)}: ${oneLine(what)}${mend === undefined ? '' : `; ${mend}`}`,
  );
}

/** What is wrong with parsed JSON whatever it is meant to be; without recursion, since it may be nested too deep. */
function problemOf(json: unknown): string | null {
  const open: [value: unknown, depth: number][] = [[json, 0]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [value, depth] = next;
    if (typeof value === 'number' && !Number.isFinite(value)) {
      return 'holds a number that is too large for a double';
    }
    if (typeof value !== 'object' || value === null) continue;
    if (depth === MOST_DEPTH) return `must be nested at most ${MOST_DEPTH} deep`;
    if (Object.hasOwn(value, '__proto__')) return 'must not have a key __proto__';
    for (const entry of Object.values(value)) open.push([entry, depth + 1]);
  }
  return null;
}

/** What files of one kind are, and how they are read. */
export interface FileKind<T> {
  /** JSON Schema. */
  readonly schema: object;
  /** What is said of another file: "is not a counterexample file". */
  readonly isNot: string;
  /** What to do where one is broken. */
  readonly mend?: string;
  /** What no schema can say: why the content is not believed; null when it is. */
  readonly check?: (content: T) => string | null;
  /** Whether NaN and infinities are numbers, in content that was decoded. Default: false. */
  readonly nonFinite?: boolean;
  /** The largest size in bytes. Default: `MOST_BYTES`. */
  readonly most?: number;
}

/** Reads and judges files of one kind. */
export interface FileReader<T> {
  /** @throws InputError when the file is missing, or no file of this kind in full */
  readonly read: (file: string) => T;
  /** As `read`, for the text of a file. @param where names it in messages */
  readonly parse: (where: string, text: string) => T;
  /** As `read`, for JSON that was parsed already. */
  readonly accept: (where: string, json: unknown) => T;
}

/** The reader of files of one kind. A file is used when it is valid in full, or not at all. */
export function fileReader<T>(kind: FileKind<T>): FileReader<T> {
  let compiled: ValidateFunction | null = null;
  const accept = (where: string, json: unknown): T => {
    compiled ??= new Ajv({
      allErrors: false,
      strict: false,
      strictNumbers: kind.nonFinite !== true,
    }).compile(kind.schema);
    if (!compiled(json)) {
      const [first] = compiled.errors ?? [];
      const what = `${kind.isNot}: ${first?.instancePath || 'it'} ${first?.message ?? 'is malformed'}`;
      throw bad(where, what, kind.mend);
    }
    const problem = kind.check?.(json as T) ?? null;
    if (problem !== null) throw bad(where, problem, kind.mend);
    return json as T;
  };
  const parse = (where: string, text: string): T =>
    accept(where, parseJson(where, text, kind.mend));
  return { accept, parse, read: (file) => parse(file, readText(file, kind.most ?? MOST_BYTES)) };
}
