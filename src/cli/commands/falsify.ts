import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureFolder, writeAtomically } from '../../files/index.js';
import { InputError, noteReproduced } from '../../hunting/index.js';
import type { LoadedClaim, RunSettings } from '../../running/index.js';
import { DEFAULT_ENGINE, InternalFault, PACKAGE_ROOT, runClaims } from '../../running/index.js';
import { faultLines, keepFaults, exitCodeOf } from '../faults.js';
import { publishResults, ownResults } from '../allure-results.js';
import { EXIT } from '../errors.js';
import type { Comparison } from '../expectations.js';
import { compare, orphans, readKnownVerdicts } from '../expectations.js';
import { writeFigureFiles } from '../figure-files.js';
import { onInterrupt } from '../interrupt.js';
import { leftOutOf, ledgerLines, ledgerOption } from '../ledger.js';
import { lockFolder } from '../lock.js';
import { REPORTS_MEND, checkOwn } from '../own-files.js';
import { duration, engineOption, parse, profileOption, text, wholeNumber } from '../options.js';
import { readingView } from '../reading-view.js';
import { checkReadings, claimsFor, select } from '../select.js';
import { verdictTable } from '../table.js';
import { terminal } from '../terminal.js';
import { enginesOf, verdictsJson } from '../verdicts-json.js';
import { corpusFolder } from './board.js';
import { checkJson, writeJson } from './list.js';
import { historyOf } from './report.js';
import { today } from './corpus.js';

export const FALSIFY_HELP = `falsum falsify [pattern…]

Judges claims with their controls, writes verdicts, counterexamples and the report.

  pattern               claim ids or catalogue ids; * stands for any text (SL-*, song2022/*)
  --profile <name>      smoke, ci or nightly: trials and sizes (default: ci); "falsum show" lists them
  --trials <n>          draws of each reading, in place of the profile's; fewer effective ones than the
                        profile demands leave a reading inconclusive
  --seed <n>            keys every random stream (default: 1)
  --reading <id>        only this reading; may be repeated
  --budget <time>       cuts the number of trials so that about this time is used (60s, 10m)
  --engine <name>       the training engine: wasm64, js64 (the readable reference) or tfjs (float32,
                        an independent implementation); default: wasm64
  --mutants             generic mutants of each reading too: an assumption dropped, a side scaled, a clause
                        flipped, an exponent changed (always in nightly)
  --workers <n>         worker threads (default: one per core); changes no result
  --properties <glob>   claims of your own, TypeScript or JavaScript, instead of the built-in ones;
                        may be repeated
  --known <file>        expected verdicts (default: those of the package for its own claims, none for
                        yours)
  --corpus <folder>     stored counterexamples, tried first (default: those of the package)
  --reports <folder>    where everything is written (default: reports)
  --ledger <folder>     evidence accumulates there over runs, and verdicts by numbers of trials rest on all of
                        it; the run takes the next trials that no other run has (default: ledger with
                        the profile nightly, none with the others)
  --no-ledger           this run stands alone
  --from <trial>        the first trial, to repeat a run of the ledger; what is there counts once
  --no-report           leave the HTML report out
  --json <file|->       the verdicts as JSON (falsum/verdicts@1); with - to standard output
  --quiet               print nothing but errors

Exits 0 when every verdict is as expected, 1 when one is not, 2 when a claim's own code left a reading without a
verdict: it throws, ends its thread, or loops beyond the budget. The others are judged and written nonetheless.
`;

const MOST_SEED = 2 ** 31 - 1;
const MOST_TRIAL = 2 ** 40;
const MOST_TRIALS = 2 ** 31 - 1;

/** The main job. */
export async function falsify(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse('falsify', argv, {
    profile: { type: 'string' },
    trials: { type: 'string' },
    seed: { type: 'string' },
    reading: { type: 'string', multiple: true },
    budget: { type: 'string' },
    engine: { type: 'string' },
    mutants: { type: 'boolean' },
    workers: { type: 'string' },
    properties: { type: 'string', multiple: true },
    known: { type: 'string' },
    corpus: { type: 'string' },
    reports: { type: 'string' },
    ledger: { type: 'string' },
    'no-ledger': { type: 'boolean' },
    from: { type: 'string' },
    'no-report': { type: 'boolean' },
  });
  const startedAt = new Date().toISOString();
  const json = text(values, 'json');
  const out = terminal({ quiet: values['quiet'] === true, jsonOnStdout: json === '-' });
  const profile = profileOption(text(values, 'profile'));
  const seed = wholeNumber('seed', text(values, 'seed'), 1, 0, MOST_SEED);
  const trials =
    text(values, 'trials') === undefined
      ? undefined
      : wholeNumber('trials', text(values, 'trials'), 0, 1, MOST_TRIALS);
  const workers = wholeNumber('workers', text(values, 'workers'), availableParallelism(), 1, 256);
  const budget = duration('budget', text(values, 'budget'));
  const engine = engineOption(text(values, 'engine'));
  const reports = resolve(text(values, 'reports') ?? 'reports');
  const ledger = ledgerOption(values, profile, startedAt);
  const from = wholeNumber('from', text(values, 'from'), 0, 0, MOST_TRIAL);
  const properties = (values['properties'] ?? []) as string[];
  const readings = (values['reading'] ?? null) as string[] | null;
  checkJson(json);
  /** What claims' code has been doing for longer than a moment, by claim. */
  const stuckAt = new Map<string, string>();
  onInterrupt(() => {
    out.clearStatus();
    return interruption(join(reports, 'found'), [...stuckAt.values()]);
  });
  prepare(reports);

  const loaded = await claimsFor(properties);
  const claims = select(loaded, positionals);
  if (readings) checkReadings(claims, readings);
  const chosen = readings
    ? claims.filter(({ claim }) =>
        readings.some((reading) => Object.hasOwn(claim.readings, reading)),
      )
    : claims;
  const builtIn = properties.length === 0;
  const knownFile =
    text(values, 'known') ??
    (builtIn ? join(PACKAGE_ROOT, 'fixtures', 'known-verdicts.json') : null);
  const planned = readingCount(chosen, readings);
  const settings: RunSettings = {
    seed,
    profile,
    engine,
    readings,
    mutants: values['mutants'] === true || profile === 'nightly',
    ...(trials === undefined ? {} : { trials }),
    budgetMsPerReading:
      budget === null ? null : (budget * Math.min(workers, chosen.length)) / planned,
    corpus: corpusFolder(text(values, 'corpus'), properties),
    found: join(reports, 'found'),
    ...(text(values, 'from') === undefined ? {} : { from }),
    ...(ledger === null ? {} : { ledger }),
  };

  const where = {
    properties,
    reports: text(values, 'reports'),
    corpus: text(values, 'corpus'),
    ledger: text(values, 'ledger'),
  };

  // A broken file should not cost a run; what it says is read again once the verdicts are final.
  if (knownFile !== null) readKnownVerdicts(knownFile);

  for (const line of ledger === null ? [] : await leftOutOf(ledger, chosen)) {
    out.print(`${out.style('yellow', '!')} ${line}`);
  }
  const page = values['no-report'] !== true;
  ownResults(join(reports, 'allure-results'));
  checkOwn(reports, {
    page,
    figures: chosen.flatMap(({ claim }) =>
      Object.keys(claim.readings).map((reading) => `${claim.id}/${reading}`),
    ),
  });
  // Only Falsum has a folder of this name, so all of it may go.
  const workFolder = join(reports, '.falsum-run');

  const started = performance.now();
  let judged = 0;
  const running = new Map<string, string>();
  const showStatus = (): void => {
    const now = [...stuckAt.values(), ...running.values()].join('   ');
    out.status(`${judged}/${planned} readings judged   ${now}`);
  };
  const { outcomes, faults } = await runClaims({
    claims: chosen,
    settings,
    budgetMs: budget,
    workers,
    workFolder,
    allureResults: join(workFolder, 'allure-results'),
    onProgress({ claim, reading, done, planned: trials, stuck }) {
      running.set(claim, `${claim.split('/')[1]} ${reading} ${done}/${trials}`);
      if (stuck === null) stuckAt.delete(claim);
      else stuckAt.set(claim, stuck);
      showStatus();
    },
    onReading(claim) {
      stuckAt.delete(claim);
      judged += 1;
      running.delete(claim);
      showStatus();
    },
  });
  const comparisons = compare(
    outcomes,
    knownFile === null ? {} : readKnownVerdicts(knownFile),
    profile,
    where,
  );
  const kept = keepFaults(reports, faults, settings);
  const verdicts = verdictsJson(comparisons, kept, settings, {
    startedAt,
    durationMs: Math.round(performance.now() - started),
  });
  const verdictsFile = join(reports, 'verdicts.json');
  writeAtomically(verdictsFile, `${JSON.stringify(verdicts, null, 2)}\n`, REPORTS_MEND);
  onInterrupt(() => {
    out.clearStatus();
    return `interrupted; the verdicts are in ${join(reports, 'verdicts.json')}, the report is not complete`;
  });
  const reportFile = join(reports, 'index.html');
  if (values['no-report'] !== true) {
    out.status('building the report');
    const { buildReport, enrichResults } = await import('../../reporting/index.js');
    const byId = new Map(chosen.map(({ claim }) => [claim.id, claim]));
    const views = comparisons.flatMap((comparison) => {
      const claim = byId.get(comparison.outcome.claim);
      return claim ? [readingView(claim, comparison, settings, where)] : [];
    });
    const workResults = join(workFolder, 'allure-results');
    const { created, notTypeset } = await enrichResults({ resultsDir: workResults, views });
    if (created.length > 0) {
      throw new InternalFault(`the test runner left no result for ${created.join(', ')}`);
    }
    for (const formula of notTypeset) out.print(`! not typeset: ${formula}`);
    const resultsDir = join(reports, 'allure-results');
    publishResults(workResults, resultsDir);
    await buildReport({ resultsDir, outputFile: reportFile, historyFile: historyOf(reports) });
  }
  noteReproduced(
    reports,
    outcomes.flatMap(({ counterexamples }) => counterexamples.map(({ id }) => id)),
    today(),
  );
  const figures = await writeFigureFiles(join(reports, 'figures'), outcomes, settings);
  for (const { line, hang } of verdictTable(comparisons, out)) out.print(line, hang);
  out.print();
  out.print(summary(comparisons, kept.length, profile, seed, performance.now() - started));
  for (const line of ledger === null ? [] : ledgerLines(comparisons, ledger, seed)) out.print(line);
  if (engine !== DEFAULT_ENGINE && comparisons.length > 0) {
    out.print(`engine ${engine}: ${enginesOf(comparisons)}`);
  }
  const surprises = comparisons.flatMap((comparison) => comparison.surprises);
  if (builtIn && knownFile !== null) {
    surprises.push(
      ...orphans(
        readKnownVerdicts(knownFile),
        loaded.map(({ claim }) => claim),
      ),
    );
  }
  for (const surprise of surprises) {
    out.print(`${out.style('yellow', '!')} ${surprise}`);
  }
  for (const note of comparisons.flatMap((comparison) => comparison.notes)) {
    out.print(out.style('dim', `  ${note}`));
  }
  for (const file of figures) out.print(`figure and table: ${relative('', file)}.{svg,json}`);
  if (values['no-report'] !== true) out.print(`report: ${pathToFileURL(reportFile).href}`);
  if (json !== undefined) writeJson(json, verdicts);
  for (const line of faultLines(kept)) out.complain(line);
  return exitCodeOf(kept, surprises.length > 0 ? EXIT.unexpected : EXIT.asExpected);
}

/** Makes the reports folder, proves that it can be written, and locks it. @throws InputError */
function prepare(reports: string): void {
  // The test runner takes file names for URLs.
  if (/[%#?]/.test(reports)) {
    throw new InputError(`--reports ${reports}: must not contain %, # or ?; choose another folder`);
  }
  ensureFolder(reports, REPORTS_MEND);
  ensureFolder(join(reports, 'found'), REPORTS_MEND);
  lockFolder(reports);
}

function readingCount(claims: readonly LoadedClaim[], readings: readonly string[] | null): number {
  return claims
    .flatMap(({ claim }) => Object.keys(claim.readings))
    .filter((reading) => readings === null || readings.includes(reading)).length;
}

function summary(
  comparisons: readonly Comparison[],
  faults: number,
  profile: string,
  seed: number,
  durationMs: number,
): string {
  const counts = new Map<string, number>();
  for (const { outcome } of comparisons) {
    counts.set(outcome.verdict, (counts.get(outcome.verdict) ?? 0) + 1);
  }
  const parts = [...counts].map(([verdict, count]) => `${count} ${verdict}`);
  if (faults > 0) parts.push(`${faults} without a verdict`);
  return `${comparisons.length + faults} readings: ${parts.join(', ')} (profile ${profile}, seed ${seed}, ${(durationMs / 1000).toFixed(0)} s)`;
}

/** What Ctrl-C says while claims are judged. */
function interruption(found: string, stuckAt: readonly string[]): string {
  let count = 0;
  try {
    count = readdirSync(found, { recursive: true }).filter((name) =>
      String(name).endsWith('.json'),
    ).length;
  } catch {
    // Nothing was found yet.
  }
  return `interrupted; ${count} counterexample${count === 1 ? '' : 's'} kept in ${found}, the last verdicts are unchanged${stuckAt.map((where) => `; was at ${where}`).join('')}`;
}
