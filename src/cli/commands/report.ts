import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { entriesOf } from '../../files/index.js';
import { InputError } from '../../hunting/index.js';
import { EXIT } from '../errors.js';
import { checkHistory, checkPage } from '../own-files.js';
import { parse, text } from '../options.js';
import { terminal } from '../terminal.js';
import { writeJson } from './list.js';

export const REPORT_HELP = `falsum report

Builds the report, one HTML file, from the results of the last falsify.

  --reports <folder>    where they are (default: reports)
  --json <file|->       the report's place as JSON; with - to standard output
`;

/** Where the report's history of verdicts is kept. */
export function historyOf(reports: string): string {
  return join(reports, 'history.jsonl');
}

/** Builds the report from the last results. */
export async function report(argv: readonly string[]): Promise<number> {
  const { values } = parse('report', argv, { reports: { type: 'string' } });
  const json = text(values, 'json');
  const out = terminal({ quiet: values['quiet'] === true, jsonOnStdout: json === '-' });
  const reports = text(values, 'reports') ?? 'reports';
  const resultsDir = join(reports, 'allure-results');
  if (entriesOf(resultsDir, 'empty').length === 0) {
    throw new InputError(`${resultsDir}: holds no results; run "falsum falsify" first`);
  }
  const { buildReport } = await import('../../reporting/index.js');
  const outputFile = resolve(reports, 'index.html');
  checkPage(outputFile);
  checkHistory(historyOf(reports));
  await buildReport({
    resultsDir,
    outputFile,
    historyFile: historyOf(reports),
    appendHistory: false,
  });
  out.print(`report: ${pathToFileURL(outputFile).href}`);
  if (json !== undefined) writeJson(json, { report: outputFile });
  return EXIT.asExpected;
}
