import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { Ajv } from 'ajv';
import { InputError } from '../model/index.js';
import type { Counterexample } from './counterexample.js';
import { counterexampleId, counterexampleText } from './counterexample.js';
import { counterexampleSchema } from './counterexample-schema.js';

const validate = new Ajv({ allErrors: false, strict: false }).compile(counterexampleSchema);

/**
 * Reads and validates one counterexample file.
 *
 * @throws InputError when it is missing, not JSON, not a counterexample, or its id does not match
 */
export function readCounterexample(file: string): Counterexample {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new InputError(`${file}: cannot be read (${(error as Error).message.split(',')[0]})`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new InputError(`${file}: is not JSON (${(error as Error).message.split('\n')[0]})`);
  }
  if (!validate(json)) {
    const [first] = validate.errors ?? [];
    throw new InputError(
      `${file}: is not a counterexample file: ${first?.instancePath || 'it'} ${first?.message ?? 'is malformed'}`,
    );
  }
  const counterexample = json as unknown as Counterexample;
  const id = counterexampleId(
    counterexample.claim,
    counterexample.reading,
    counterexample.instance,
  );
  if (id !== counterexample.id) {
    throw new InputError(
      `${file}: id must be ${id} (hash of claim, reading and instance), got ${counterexample.id}; the file was edited`,
    );
  }
  return counterexample;
}

let written = 0;

/**
 * Writes a file whole or not at all: into a temporary neighbour of this write's own, then renamed. Processes and
 * threads may write the same file at once; the last one stays.
 */
export function writeAtomically(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  written += 1;
  const temporary = `${file}.${process.pid}-${threadId}-${written}.tmp`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** `<folder>/<claim>/<reading>/<id>.json` */
export function counterexampleFile(
  folder: string,
  counterexample: Pick<Counterexample, 'claim' | 'reading' | 'id'>,
): string {
  const { claim, reading, id } = counterexample;
  return join(folder, claim, reading, `${id}.json`);
}

/** Stores a counterexample in a folder and returns the file's path. */
export function storeCounterexample(folder: string, counterexample: Counterexample): string {
  const file = counterexampleFile(folder, counterexample);
  writeAtomically(file, counterexampleText(counterexample));
  return file;
}

/**
 * The counterexamples of one reading that a folder holds, by file name.
 *
 * @throws InputError when one is broken or of another reading
 */
export function storedCounterexamples(
  folder: string,
  claim: string,
  reading: string,
): Counterexample[] {
  const place = join(folder, claim, reading);
  let names: string[];
  try {
    names = readdirSync(place);
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => {
      const stored = readCounterexample(join(place, name));
      if (stored.claim !== claim || stored.reading !== reading) {
        throw new InputError(
          `${join(place, name)}: is a counterexample to ${stored.claim} ${stored.reading}, in the folder of ${claim} ${reading}; move it`,
        );
      }
      return stored;
    });
}
