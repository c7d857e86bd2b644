import { join } from 'node:path';
import type { Entry } from '../files/index.js';
import { entriesOf, fileReader, oneLine, writeDurably } from '../files/index.js';
import { InputError } from '../model/index.js';
import type { Counterexample } from './counterexample.js';
import { counterexampleId, counterexampleText } from './counterexample.js';
import { counterexampleSchema } from './counterexample-schema.js';

const reader = fileReader<Counterexample>({
  schema: counterexampleSchema,
  isNot: 'is not a counterexample file',
  check({ id, claim, reading, form, instance }) {
    const own = counterexampleId(claim, reading, instance);
    if (id !== own) {
      return `id must be ${own} (hash of claim, reading and instance), got ${id}; the file was edited`;
    }
    return form === 'family' && !namesFamily(instance)
      ? 'the instance of a family must be its name, {"family": …}'
      : null;
  },
});

function namesFamily(instance: unknown): boolean {
  return (
    typeof instance === 'object' &&
    instance !== null &&
    'family' in instance &&
    typeof instance.family === 'string'
  );
}

/**
 * Reads and validates one counterexample file.
 *
 * @throws InputError when it is missing, not JSON, not a counterexample, or its id does not match
 */
export function readCounterexample(file: string): Counterexample {
  return reader.read(file);
}

const PARTS: readonly (readonly ['claim' | 'reading' | 'id', RegExp])[] = [
  ['claim', /^[a-z0-9][a-z0-9-]*\/[a-z0-9][a-z0-9-]*$/],
  ['reading', /^[a-z0-9][a-z0-9-]*$/],
  ['id', /^[0-9a-f]{16}$/],
];

/**
 * `<folder>/<claim>/<reading>/<id>.json`
 *
 * @throws InputError when a part is none: no name leads out of the folder
 */
export function counterexampleFile(
  folder: string,
  counterexample: Pick<Counterexample, 'claim' | 'reading' | 'id'>,
): string {
  for (const [part, pattern] of PARTS) {
    const value = counterexample[part];
    if (!pattern.test(value)) {
      throw new InputError(
        `counterexampleFile: ${part} must match ${pattern.source}, got ${JSON.stringify(oneLine(value, 60))}`,
      );
    }
  }
  const { claim, reading, id } = counterexample;
  return join(folder, claim, reading, `${id}.json`);
}

/**
 * Stores a counterexample in a folder, durably, and returns the file's path.
 *
 * @throws InputError when it could not be read back, or not be written
 */
export function storeCounterexample(folder: string, counterexample: Counterexample): string {
  const file = counterexampleFile(folder, counterexample);
  const text = counterexampleText(counterexample);
  reader.parse(`${file} (not written)`, text);
  writeDurably(file, text);
  return file;
}

/**
 * The counterexamples of one reading that a folder holds, by file name.
 *
 * @throws InputError when the folder or one of them cannot be read, is broken, or of another reading
 */
export function storedCounterexamples(
  folder: string,
  claim: string,
  reading: string,
): Counterexample[] {
  return entriesOf(join(folder, claim, reading), 'empty')
    .filter(isStored)
    .map(({ path }) => {
      const stored = readCounterexample(path);
      if (stored.claim !== claim || stored.reading !== reading) {
        throw new InputError(
          `${oneLine(path)}: is a counterexample to ${stored.claim} ${stored.reading}, in the folder of ${claim} ${reading}; move it`,
        );
      }
      return stored;
    });
}

/** Whether an entry is meant to be a counterexample; a folder of that name is read too, and refused. */
export function isStored({ name }: Entry): boolean {
  return name.endsWith('.json');
}

/**
 * The files below a folder of counterexamples, by claim, reading and name; hidden entries and other files than JSON are
 * left out. Nothing that can hold a counterexample is passed over: what cannot be read or lies elsewhere is an error.
 *
 * @throws InputError
 */
export function filesOf(folder: string, absent: 'empty' | 'error'): Entry[] {
  const below = (entries: readonly Entry[]): Entry[] =>
    entries.flatMap((entry) => {
      if (entry.kind === 'file') {
        if (isStored(entry)) throw misplaced(entry.path, folder);
        return [];
      }
      return entriesOf(entry.path, 'error');
    });
  const papers = entriesOf(folder, absent);
  const readings = below(below(below(papers)));
  for (const entry of readings) {
    if (entry.kind === 'folder' && !isStored(entry)) throw misplaced(entry.path, folder);
  }
  return readings.filter(isStored);
}

function misplaced(path: string, folder: string): InputError {
  return new InputError(
    `${oneLine(path)}: lies outside of ${oneLine(folder)}/<claim>/<reading>/, where counterexamples are; move it, or name the folder above`,
  );
}
