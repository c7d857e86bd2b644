import { join } from 'node:path';
import { exists, fileReader, oneLine, parseJson, readText } from '../files/index.js';
import { readDates } from '../hunting/index.js';
import { InputError } from '../model/index.js';
import { TABLE_SCHEMA } from './figure-files.js';

/** How an unusable reports folder is mended. */
export const REPORTS_MEND = 'choose another folder with --reports or mend its permissions';

/** What a run is about to write over. */
export interface Replaced {
  readonly page: boolean;
  /** Figures as "<claim>/<reading>". */
  readonly figures: readonly string[];
}

/**
 * Checks that what a run is about to replace in a reports folder was written by Falsum: every such file says so itself.
 *
 * @throws InputError naming the first that was not
 */
export function checkOwn(reports: string, { page, figures }: Replaced): void {
  const verdicts = join(reports, 'verdicts.json');
  if (exists(verdicts) && !schemaOf(verdicts).startsWith('falsum/verdicts@')) {
    throw foreign(verdicts);
  }
  readDates(reports);
  if (page) {
    checkPage(join(reports, 'index.html'));
    checkHistory(join(reports, 'history.jsonl'));
  }
  for (const figure of figures) {
    const [table, picture] = ['json', 'svg'].map((end) =>
      join(reports, 'figures', `${figure}.${end}`),
    );
    if (exists(table) ? schemaOf(table) !== TABLE_SCHEMA : exists(picture)) {
      throw foreign(exists(table) ? table : picture);
    }
  }
}

/** The schema that a JSON file names; "" where it names none or is broken: then it is not ours. */
function schemaOf(file: string): string {
  const text = readText(file);
  try {
    const { schema } = (parseJson(file, text) ?? {}) as { readonly schema?: unknown };
    return typeof schema === 'string' ? schema : '';
  } catch (error) {
    if (error instanceof InputError) return '';
    throw error;
  }
}

/** The report's title stands in its first kilobyte. @throws InputError when the file is not the report */
export function checkPage(file: string): void {
  if (exists(file) && !/<title>\s*Falsum\s*<\/title>/.test(beginningOf(file))) throw foreign(file);
}

const BEGINNING = 2 ** 16;

function beginningOf(file: string): string {
  // As any other file: no pipe is waited for, no folder is read.
  const whole = readText(file);
  return whole.slice(0, BEGINNING);
}

const HISTORY = fileReader<object>({
  schema: {
    type: 'object',
    required: ['uuid', 'name', 'timestamp', 'testResults'],
    properties: {
      uuid: { type: 'string' },
      name: { const: 'Falsum' },
      timestamp: { type: 'number' },
      knownTestCaseIds: { type: 'array', items: { type: 'string' } },
      testResults: { type: 'object', additionalProperties: { type: 'object' } },
      metrics: { type: 'object' },
      url: { type: 'string' },
    },
  },
  isNot: 'is no run of the history of a report',
  mend: 'delete the line or the file, only trends are lost',
});

/** @throws InputError when a line of the report's history is broken or another tool's */
export function checkHistory(file: string): void {
  if (!exists(file)) return;
  const lines = readText(file).split('\n');
  if (lines.at(-1) === '') lines.pop();
  lines.forEach((line, i) => HISTORY.parse(`${file}, line ${i + 1}`, line));
}

function foreign(path: string): InputError {
  return new InputError(
    `${oneLine(path)}: was not written by Falsum, which would replace it; move it away or choose another folder with --reports`,
  );
}
