import { join } from 'node:path';
import { buildReport } from '../build-report.js';
import { enrichResults } from '../enrich-results.js';
import { DEMO_VIEWS } from './demo-views.js';
import { writeRunnerResults } from './demo-results.js';

/** Builds the demonstration report in a folder and returns its HTML file. */
export async function buildDemoReport(folder: string): Promise<string> {
  const resultsDir = join(folder, 'allure-results');
  const outputFile = join(folder, 'index.html');
  writeRunnerResults(resultsDir, DEMO_VIEWS);
  await enrichResults({ resultsDir, views: DEMO_VIEWS });
  await buildReport({ resultsDir, outputFile, title: 'Falsum (demonstration)' });
  return outputFile;
}
