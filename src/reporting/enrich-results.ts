import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestResult } from 'allure-js-commons';
import { descriptionHtml } from './description.js';
import { figureSvg } from './figure-svg.js';
import type { ReadingView } from './result-view.js';
import { notTypesetIn } from './rich-text.js';
import { tableCsv } from './table-csv.js';
import { formatNumber, formatPercent } from './text.js';
import {
  controlsSentence,
  expectationSentence,
  nameOf,
  statusOf,
  verdictSentence,
} from './verdict-sentence.js';

/** The parts of an Allure result file that are read or written here. */
type Result = Omit<Partial<TestResult>, 'status' | 'stage'> & {
  status?: string;
  stage?: string;
};

/** What `enrichResults` did. */
export interface Enriched {
  /** Result files completed. */
  readonly enriched: number;
  /** Readings for which the runner left no result: a result was written from the view alone. */
  readonly created: readonly string[];
  /** Result files of no known reading, left as they are: what broke before a verdict. */
  readonly unmatched: readonly string[];
  /** Formulas of claims that are shown as source because they do not parse: "claim#reading: TeX". */
  readonly notTypeset: readonly string[];
}

/**
 * Completes the runner's Allure result files, found by their labels `claim` and `reading`, with
 * status, description, labels, parameters and attachments.
 *
 * @throws SyntaxError when a result file is not JSON: `enrichResults: <file> must be JSON, got …`
 */
export async function enrichResults(options: {
  readonly resultsDir: string;
  readonly views: readonly ReadingView[];
}): Promise<Enriched> {
  const { resultsDir, views } = options;
  await mkdir(resultsDir, { recursive: true });
  const byReading = new Map(views.map((view) => [keyOf(view.claim.id, view.reading.id), view]));
  const found = new Set<string>();
  const unmatched: string[] = [];
  const notTypeset: string[] = [];
  const write = async (file: string, result: Result, view: ReadingView): Promise<void> => {
    const whole = await completed(result, view, resultsDir);
    for (const source of notTypesetIn(whole.descriptionHtml ?? '')) {
      notTypeset.push(`${whole.fullName}: ${source}`);
    }
    await writeResult(join(resultsDir, file), whole);
  };
  let enriched = 0;
  const files = (await readdir(resultsDir)).filter((name) => name.endsWith('-result.json'));
  for (const file of files.toSorted()) {
    const result = await readResult(join(resultsDir, file));
    const key = keyOf(labelOf(result, 'claim'), labelOf(result, 'reading'));
    const view = byReading.get(key);
    if (view === undefined) {
      unmatched.push(file);
      continue;
    }
    found.add(key);
    await write(file, result, view);
    enriched += 1;
  }
  const created: string[] = [];
  for (const [key, view] of byReading) {
    if (found.has(key)) continue;
    const uuid = createHash('sha256').update(key).digest('hex').slice(0, 32);
    await write(`${uuid}-result.json`, { uuid, stage: 'finished' }, view);
    created.push(key);
  }
  return { enriched, created, unmatched, notTypeset };
}

const keyOf = (claim: string, reading: string): string => `${claim}#${reading}`;

function labelOf(result: Result, name: string): string {
  return result.labels?.find((label) => label.name === name)?.value ?? '';
}

async function readResult(file: string): Promise<Result> {
  const text = await readFile(file, 'utf8');
  try {
    return JSON.parse(text) as Result;
  } catch (error) {
    throw new SyntaxError(
      `enrichResults: ${file} must be JSON, got ${JSON.stringify(text.slice(0, 40))}`,
      { cause: error },
    );
  }
}

/** Through a second file, so that an interrupted run leaves no half-written result. */
async function writeResult(file: string, result: Result): Promise<void> {
  await writeFile(`${file}.part`, JSON.stringify(result));
  await rename(`${file}.part`, file);
}

async function completed(result: Result, view: ReadingView, resultsDir: string): Promise<Result> {
  const { claim, reading } = view;
  // The runner names a result after its generated test file; a reading's history must follow the
  // claim instead, wherever the reports lie.
  const fullName = keyOf(claim.id, reading.id);
  const identity = createHash('sha256').update(fullName).digest('hex').slice(0, 32);
  return {
    ...result,
    name: nameOf(view),
    fullName,
    titlePath: [claim.source.key, claim.id],
    testCaseId: identity,
    historyId: identity,
    status: statusOf(view),
    statusDetails: { message: messageOf(view) },
    descriptionHtml: await descriptionHtml(view),
    labels: labels(view),
    parameters: parameters(view),
    attachments: await attachments(view, resultsDir),
    links: result.links ?? [],
    steps: [],
  };
}

function messageOf(view: ReadingView): string {
  if (typeof view.fault === 'string') return view.fault;
  const lines = [verdictSentence(view), expectationSentence(view), controlsSentence(view)];
  return lines.join('\n');
}

// The runner's own labels (host, thread, suite, package) tell about the machine and not the claim.
function labels({ claim, reading, verdict, grade }: ReadingView): Result['labels'] {
  return [
    { name: 'epic', value: claim.source.key },
    { name: 'feature', value: titleOf(claim) },
    { name: 'story', value: reading.id },
    { name: 'claim', value: claim.id },
    { name: 'reading', value: reading.id },
    { name: 'verdict', value: verdict },
    ...[verdict, ...(grade === null ? [] : [grade]), reading.kind, claim.standing].map((value) => ({
      name: 'tag',
      value,
    })),
  ];
}

function titleOf({ catalogue, title }: ReadingView['claim']): string {
  return catalogue === null ? title : `${catalogue} ${title}`;
}

function parameters(view: ReadingView): Result['parameters'] {
  const { trials, worstMargin, violationRateUpper } = view;
  const shown: (readonly [string, string])[] = [
    ['kind', view.reading.kind],
    ['effective trials', formatNumber(trials.effective)],
    ['violated', formatNumber(trials.violated)],
    ['discarded', formatNumber(trials.discarded)],
    ['gave up', formatNumber(trials.gaveUp)],
    ...(view.decidedBy === null ? [] : [['decided by', view.decidedBy] as const]),
    ...(worstMargin === null ? [] : [['smallest margin', formatNumber(worstMargin)] as const]),
    ...(violationRateUpper === null || view.rungs.length > 0
      ? []
      : [['violation rate ≤', formatPercent(violationRateUpper)] as const]),
    [
      'controls killed',
      `${view.controls.filter((c) => c.killed).length} of ${view.controls.length}`,
    ],
    ['expected', view.expected === null ? 'none stated' : view.expected.join(' or ')],
    ['seed', String(view.seed)],
    ['profile', view.profile],
    ['engine', `${view.engine}: ${view.engineDescription}`],
  ];
  // Excluded: the history of a reading must not start anew when a number changes.
  return shown.map(([name, value]) => ({ name, value, excluded: true }));
}

async function attachments(
  { figure, counterexamples }: ReadingView,
  resultsDir: string,
): Promise<Result['attachments']> {
  const files = [
    ...(figure === null
      ? []
      : [
          {
            name: `Figure: ${figure.title}`,
            type: 'image/svg+xml',
            end: 'svg',
            text: figureSvg(figure),
          },
        ]),
    ...(figure?.table === undefined
      ? []
      : [
          {
            name: `Table: ${figure.table.name}`,
            type: 'text/csv',
            end: 'csv',
            text: tableCsv(figure.table),
          },
        ]),
    ...counterexamples.map(({ id, json }) => ({
      name: `Counterexample ${id}`,
      type: 'application/json',
      end: 'json',
      text: json,
    })),
  ];
  return Promise.all(
    files.map(async ({ name, type, end, text }) => {
      const hash = createHash('sha256').update(text).digest('hex').slice(0, 32);
      const source = `${hash}-attachment.${end}`;
      await writeFile(join(resultsDir, source), text);
      return { name, type, source };
    }),
  );
}
