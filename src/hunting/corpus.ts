import { join } from 'node:path';
import { fileReader, oneLine, readTextIfAny, writeDurably } from '../files/index.js';
import { InputError } from '../model/index.js';
import type { Counterexample } from './counterexample.js';
import { counterexampleFile, filesOf, readCounterexample } from './files.js';

/**
 * All counterexamples of a corpus, by claim, reading and id.
 *
 * @throws InputError when a folder or a file cannot be read, is broken or lies in the folder of another reading
 */
export function corpusEntries(folder: string): Counterexample[] {
  return filesOf(folder, 'empty').map(({ path }) => {
    const stored = readCounterexample(path);
    const place = counterexampleFile(folder, stored);
    if (place !== path) {
      throw new InputError(
        `${oneLine(path)}: is counterexample ${stored.id} to ${stored.claim} ${stored.reading}; move it to ${oneLine(place)}`,
      );
    }
    return stored;
  });
}

/**
 * Checks that no part of a corpus would be passed over: every folder can be read, and every file is where it is looked
 * for.
 *
 * @throws InputError
 */
export function checkCorpus(folder: string): void {
  filesOf(folder, 'empty');
}

/** When something of the corpus happened: dates, by id. */
export interface CorpusDates {
  /** When it was stored, or first seen to reproduce. */
  readonly first: string;
  /** When it last reproduced. */
  readonly last: string;
}

const DATES_SCHEMA = 'falsum/corpus-dates@1';

interface DatesFile {
  readonly dates: Readonly<Record<string, CorpusDates>>;
}

const date = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
const SCHEMA = {
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
};

const reader = fileReader<DatesFile>({
  schema: SCHEMA,
  isNot: 'is not a file of dates',
  mend: 'delete it, only ages are lost',
});

/** The file with the dates of a folder: that of a corpus is tracked and changes when one is added, that of reports is not. */
export function datesFile(folder: string): string {
  return join(folder, 'corpus.dates');
}

/** The dates that a folder holds; none when there is no file. @throws InputError when it is broken */
export function readDates(folder: string): Readonly<Record<string, CorpusDates>> {
  const file = datesFile(folder);
  const text = readTextIfAny(file);
  return text === null ? {} : reader.parse(file, text).dates;
}

/** Notes in a folder that counterexamples reproduced on a day; the first day stays. */
export function noteReproduced(folder: string, ids: readonly string[], today: string): void {
  if (ids.length === 0) return;
  const dates = { ...readDates(folder) };
  for (const id of ids) dates[id] = { first: dates[id]?.first ?? today, last: today };
  const sorted = Object.fromEntries(Object.entries(dates).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  writeDurably(
    datesFile(folder),
    `${JSON.stringify({ schema: DATES_SCHEMA, dates: sorted }, null, 2)}\n`,
  );
}
