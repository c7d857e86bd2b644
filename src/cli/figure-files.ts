import { join } from 'node:path';
import { writeAtomically } from '../files/index.js';
import type { Json } from '../model/index.js';
import type { ReadingOutcome, RunSettings } from '../running/index.js';
import { FALSUM_VERSION } from '../running/index.js';

export const TABLE_SCHEMA = 'falsum/figure-table@1';

/**
 * Writes every figure that carries a table as `<folder>/<claim>/<reading>.svg` beside its numbers as
 * `<reading>.json`, and returns the paths without their endings. The same run gives the same bytes.
 */
export async function writeFigureFiles(
  folder: string,
  outcomes: readonly ReadingOutcome[],
  settings: Pick<RunSettings, 'seed' | 'profile'>,
): Promise<string[]> {
  const written: string[] = [];
  for (const { figure, claim, reading, version, trialsPlanned, trialsCut, engine } of outcomes) {
    if (figure?.table === undefined) continue;
    const { figureSvg } = await import('../reporting/index.js');
    const { name, columns, rows } = figure.table;
    const file = join(folder, claim, reading);
    const { seed, profile } = settings;
    const head: Readonly<Record<string, Json>> = {
      schema: TABLE_SCHEMA,
      claim,
      reading,
      version,
      seed,
      profile,
      trials: trialsPlanned - trialsCut,
      engine,
      falsum: FALSUM_VERSION,
      title: figure.title,
      name,
    };
    writeAtomically(`${file}.svg`, figureSvg(figure));
    writeAtomically(`${file}.json`, tableText(head, columns, rows));
    written.push(file);
  }
  return written;
}

/** JSON with one row a line, so that differences between two runs can be read. */
function tableText(
  head: Readonly<Record<string, Json>>,
  columns: readonly object[],
  rows: readonly (readonly unknown[])[],
): string {
  const fields = Object.entries(head).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  );
  const list = (entries: readonly unknown[]): string =>
    `[\n${entries.map((entry) => `    ${JSON.stringify(entry)}`).join(',\n')}\n  ]`;
  const all = [...fields, `  "columns": ${list(columns)}`, `  "rows": ${list(rows)}`];
  return `{\n${all.join(',\n')}\n}\n`;
}
