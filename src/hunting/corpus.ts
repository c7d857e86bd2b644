import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { globSync } from 'tinyglobby';
import { InputError } from '../model/index.js';
import type { Counterexample } from './counterexample.js';
import { counterexampleFile, readCounterexample, writeAtomically } from './files.js';

/**
 * All counterexamples of a corpus, by claim, reading and id.
 *
 * @throws InputError when one is broken or lies in the folder of another reading
 */
export function corpusEntries(folder: string): Counterexample[] {
  if (!existsSync(folder)) return [];
  return globSync('*/*/*/*.json', { cwd: folder, absolute: true })
    .toSorted()
    .map((file) => {
      const stored = readCounterexample(file);
      if (counterexampleFile(folder, stored) !== file) {
        throw new InputError(
          `${file}: is counterexample ${stored.id} to ${stored.claim} ${stored.reading}; move it to ${counterexampleFile(folder, stored)}`,
        );
      }
      return stored;
    });
}

/** When something of the corpus happened: dates, by id. */
export interface CorpusDates {
  /** When it was stored, or first seen to reproduce. */
  readonly first: string;
  /** When it last reproduced. */
  readonly last: string;
}

const DATES_SCHEMA = 'falsum/corpus-dates@1';

const date = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
const validate = new Ajv({ strict: false }).compile({
  type: 'object',
  additionalProperties: false,
  required: ['schema', 'dates'],
  properties: {
    schema: { const: DATES_SCHEMA },
    dates: {
      type: 'object',
      propertyNames: { pattern: '^[0-9a-f]{16}$' },
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['first', 'last'],
        properties: { first: date, last: date },
      },
    },
  },
});

/** The file with the dates of a folder: that of a corpus is tracked and changes when one is added, that of reports is not. */
export function datesFile(folder: string): string {
  return join(folder, 'corpus.dates');
}

/** The dates that a folder holds; none when there is no file. @throws InputError when it is broken */
export function readDates(folder: string): Readonly<Record<string, CorpusDates>> {
  const file = datesFile(folder);
  if (!existsSync(file)) return {};
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new InputError(`${file}: is not JSON (${(error as Error).message.split('\n')[0]})`);
  }
  if (!validate(json)) {
    throw new InputError(`${file}: is not a file of dates; delete it, only ages are lost`);
  }
  return (json as { dates: Record<string, CorpusDates> }).dates;
}

/** Notes in a folder that counterexamples reproduced on a day; the first day stays. */
export function noteReproduced(folder: string, ids: readonly string[], today: string): void {
  if (ids.length === 0) return;
  const dates = { ...readDates(folder) };
  for (const id of ids) dates[id] = { first: dates[id]?.first ?? today, last: today };
  const sorted = Object.fromEntries(Object.entries(dates).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  writeAtomically(
    datesFile(folder),
    `${JSON.stringify({ schema: DATES_SCHEMA, dates: sorted }, null, 2)}\n`,
  );
}
