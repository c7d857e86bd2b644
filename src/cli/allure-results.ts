import { renameSync } from 'node:fs';
import { join } from 'node:path';
import {
  discard,
  ensureFolder,
  entriesOf,
  exists,
  fileReader,
  inWords,
  oneLine,
  parseJson,
  readText,
  writeDurably,
} from '../files/index.js';
import { InputError } from '../model/index.js';
import { REPORTS_MEND } from './own-files.js';

interface Manifest {
  readonly files: readonly string[];
}

/** The hidden file that lists what Falsum wrote into a folder of results. */
const MANIFEST = '.falsum.json';

const SCHEMA = 'falsum/allure-results@1';

const reader = fileReader<Manifest>({
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['schema', 'files'],
    properties: {
      schema: { const: SCHEMA },
      files: { type: 'array', items: { type: 'string', pattern: '^[\\w-][\\w.-]*$' } },
    },
  },
  isNot: 'is not the list of what Falsum wrote',
  mend: 'delete the folder if all of it is Falsum’s, or choose another with --reports',
});

/**
 * The files that Falsum wrote into a folder of results.
 *
 * @throws InputError when the folder holds anything else
 */
export function ownResults(folder: string): string[] {
  const entries = entriesOf(folder, 'empty', REPORTS_MEND);
  const manifest = join(folder, MANIFEST);
  const files = exists(manifest) ? reader.read(manifest).files : filesOfBefore(folder);
  const own = new Set(files);
  const other = entries.find(({ name, kind }) => kind !== 'file' || !own.has(name));
  if (other !== undefined) {
    throw new InputError(
      `${oneLine(other.path)}: was not written by Falsum, which keeps its results there; move it away or choose another folder with --reports`,
    );
  }
  return entries.map(({ name }) => name);
}

/** Versions without a list: all files, where every result is of a claim's reading; else none. */
function filesOfBefore(folder: string): string[] {
  const entries = entriesOf(folder, 'empty');
  const results = entries.filter(({ name }) => name.endsWith('-result.json'));
  return results.length > 0 && results.every(({ path }) => isOfReading(path))
    ? entries.map(({ name }) => name)
    : [];
}

function isOfReading(file: string): boolean {
  let labels: unknown;
  try {
    ({ labels } = (parseJson(file, readText(file)) ?? {}) as { readonly labels?: unknown });
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
  const names = Array.isArray(labels)
    ? labels.map((label: unknown) => (label as { readonly name?: unknown } | null)?.name)
    : [];
  return names.includes('claim') && names.includes('reading');
}

/**
 * Replaces the results in a folder by those in a work folder. What is going to be written is listed first, so that a
 * run that is killed leaves nothing that the next one would not know for its own.
 *
 * @throws InputError when the folder holds what Falsum did not write, or cannot be written
 */
export function publishResults(work: string, folder: string): void {
  const before = ownResults(folder);
  const names = entriesOf(work, 'error').map(({ name }) => name);
  ensureFolder(folder, REPORTS_MEND);
  const list = (files: readonly string[]): void =>
    writeDurably(
      join(folder, MANIFEST),
      `${JSON.stringify({ schema: SCHEMA, files })}\n`,
      REPORTS_MEND,
    );
  list([...new Set([...before, ...names])]);
  try {
    for (const name of before) discard(join(folder, name));
    for (const name of names) renameSync(join(work, name), join(folder, name));
  } catch (error) {
    throw inWords(folder, 'written', error, REPORTS_MEND);
  }
  list(names);
}
