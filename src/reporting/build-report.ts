import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { readTextIfAny, writeAtomically } from '../files/index.js';
import { selfContained } from './self-contained.js';

export interface ReportOptions {
  /** The folder of Allure results. */
  readonly resultsDir: string;
  /** The HTML file to write; its folder is made, an older file is replaced. */
  readonly outputFile: string;
  /** Default: "Falsum". */
  readonly title?: string;
  /** A file that keeps past runs for the report's trends. Default: no history. */
  readonly historyFile?: string;
  /** Whether this run enters the history: false when a report is only built again. Default: true. */
  readonly appendHistory?: boolean;
}

/** The groups of the tab "Categories"; a reading enters the first that fits. */
const CATEGORIES = [
  {
    name: 'No verdict: faults of the claim’s code or of Falsum',
    matchers: { statuses: ['broken'] },
  },
  { name: 'Unexpected verdicts and surviving controls', matchers: { statuses: ['failed'] } },
  ...[
    ['Refuted, as expected', 'refuted'],
    ['Not reproduced, as expected', 'not-reproduced'],
    ['Survived', 'survived'],
    ['Witnessed', 'witnessed'],
    ['Reproduced', 'reproduced'],
    ['Inconclusive', 'inconclusive'],
    ['Vacuous', 'vacuous'],
  ].map(([name, verdict]) => ({ name, matchers: { labels: { verdict } } })),
].map((category) => ({ ...category, groupBy: [], groupByMessage: false }));

/** What is kept of a run in the history file. */
const HISTORY_LIMIT = 100;

/**
 * Builds the report: one HTML file that opens from disk and loads nothing from outside.
 *
 * @throws RangeError when the folder has no results
 * @throws Error when Allure fails; the message holds what it printed
 */
export async function buildReport(options: ReportOptions): Promise<void> {
  const resultsDir = resolve(options.resultsDir);
  const outputFile = resolve(options.outputFile);
  await checkResults(resultsDir);
  // A fresh folder each time: left-overs would show as retries.
  const work = await mkdtemp(join(tmpdir(), 'falsum-report-'));
  try {
    const config = join(work, 'allurerc.json');
    const built = join(work, 'report');
    // On a copy: a run that is killed in between must not leave a history that is cut.
    const history = options.historyFile === undefined ? null : join(work, 'history.jsonl');
    const before = history === null ? null : readTextIfAny(resolve(options.historyFile ?? ''));
    if (history !== null && before !== null) await writeFile(history, before);
    await writeFile(config, JSON.stringify(configuration(options, history)));
    await generate(config, built, resultsDir, work);
    const page = selfContained(await readFile(await onlyPage(built), 'utf8'));
    writeAtomically(outputFile, page);
    const after = history === null ? null : readTextIfAny(history);
    if (after !== null && after !== before)
      writeAtomically(resolve(options.historyFile ?? ''), after);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function checkResults(resultsDir: string): Promise<void> {
  const names = await readdir(resultsDir).catch(() => []);
  if (!names.some((name) => name.endsWith('-result.json'))) {
    throw new RangeError(`buildReport: resultsDir must hold Allure results, got ${resultsDir}`);
  }
}

/** Allure refuses unknown keys: https://allurereport.org/docs/v3/configure/ lists the known ones. */
function configuration(
  { title = 'Falsum', appendHistory = true }: ReportOptions,
  history: string | null,
) {
  return {
    name: title,
    ...(history === null
      ? {}
      : { historyPath: history, historyLimit: HISTORY_LIMIT, appendHistory }),
    categories: CATEGORIES,
    plugins: {
      awesome: {
        options: {
          reportName: title,
          singleFile: true,
          reportLanguage: 'en',
          theme: 'light',
          groupBy: ['epic', 'feature'],
          charts: [{ type: 'currentStatus', title: 'Readings' }, { type: 'statusDynamics' }],
          sections: ['charts'],
        },
      },
    },
  };
}

async function generate(
  config: string,
  output: string,
  resultsDir: string,
  cwd: string,
): Promise<void> {
  const require = createRequire(import.meta.url);
  const cli = join(dirname(require.resolve('allure')), '..', 'cli.js');
  const argv = ['generate', '--config', config, '--output', output, resultsDir];
  try {
    await promisify(execFile)(process.execPath, [cli, ...argv], { cwd });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`buildReport: allure generate failed: ${`${stdout}${stderr}`.trim()}`, {
      cause: error,
    });
  }
}

/** One plugin writes into the folder itself, several into folders of their own. */
async function onlyPage(folder: string): Promise<string> {
  for (const file of [join(folder, 'index.html'), join(folder, 'awesome', 'index.html')]) {
    if (await stat(file).catch(() => null)) return file;
  }
  throw new Error(`buildReport: allure generate must leave index.html, got none in ${folder}`);
}
