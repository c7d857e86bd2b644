import { join } from 'node:path';
import { folderStore, overlap } from '../evidence/index.js';
import { storedCounterexamples } from '../hunting/index.js';
import type { LastResult, LastRun } from './last-run.js';
import { lastRun } from './last-run.js';
import type { LeftOut } from './ledger.js';
import type { LineSummary, LoadedClaim, Reached } from '../running/index.js';
import { reachedByHunt, storedHunts, summariseLine } from '../running/index.js';

/** Where a board looks. */
export interface Places {
  readonly reports: string;
  readonly corpus: string;
  /** Null where there is no ledger. */
  readonly ledger: string | null;
  /** Told of what the ledger holds and counts for nothing. */
  readonly leftOut: LeftOut;
}

/**
 * What is known of the readings of some claims: the last verdicts, the ledger, all hunts and the stored
 * counterexamples. Trials of the last run that the ledger holds count once.
 *
 * @throws InputError when a file is broken
 */
export async function allReached(
  claims: readonly LoadedClaim[],
  { reports, corpus, ledger, leftOut }: Places,
): Promise<Reached[]> {
  const lines = ledger === null ? [] : await linesOf(claims, ledger, leftOut);
  const found = claims.flatMap(({ claim }) =>
    Object.keys(claim.readings).flatMap((reading) =>
      [corpus, join(reports, 'found')].flatMap((folder) =>
        storedCounterexamples(folder, claim.id, reading).filter(({ grade }) => grade !== 'suspect'),
      ),
    ),
  );
  const stored = found.map(({ claim, reading, version }) => ({
    claim,
    reading,
    version,
    margin: null,
    effort: 0,
    refuted: true,
  }));
  const ids = new Set(found.map(({ id }) => id));
  return [
    ...lastResults(reports, lines),
    ...lines.map(reachedByLine),
    ...storedHunts(reports).map((state) => reachedByHunt(state, ids)),
    ...stored,
  ];
}

/** The lines of evidence about the claims as they are now. */
async function linesOf(
  claims: readonly LoadedClaim[],
  ledger: string,
  leftOut: LeftOut,
): Promise<LineSummary[]> {
  const store = folderStore(ledger, leftOut.note);
  const summaries: LineSummary[] = [];
  for (const line of await store.lines()) {
    const loaded = claims.find(({ claim }) => claim.id === line.claim);
    if (loaded === undefined) continue;
    const summary = summariseLine(loaded.claim, line, await store.batches(line));
    if (summary.stale === null) summaries.push(summary);
  }
  return summaries;
}

function reachedByLine({ claim, reading, version, ...line }: LineSummary): Reached {
  return {
    claim,
    reading,
    version,
    // In float32 a margin may be small by rounding alone.
    margin: line.precision === 'float64' ? line.worstMargin : null,
    effort: line.trials.effective,
    // Whether accumulated evidence refutes is for a verdict to say, with its controls.
    refuted: false,
  };
}

function lastResults(reports: string, lines: readonly LineSummary[]): Reached[] {
  const run = lastRun(reports);
  if (run === null) return [];
  return run.results.map((result) => {
    const { claim, reading, version, verdict, worstMargin, trials } = result;
    return {
      claim,
      reading,
      version,
      margin: worstMargin === null ? null : Number(worstMargin),
      effort: lines.some((line) => holds(line, run, result)) ? 0 : trials.effective,
      refuted: verdict === 'refuted',
    };
  });
}

/** Whether a line of the ledger counts the trials of a result of the last run. */
function holds(
  line: LineSummary,
  { seed, engine }: LastRun,
  { claim, reading, version, evidence }: LastResult,
): boolean {
  if (line.claim !== claim || line.reading !== reading || line.version !== version) return false;
  // A run that time cut short holds fewer trials than it had for itself.
  const ranges = evidence?.ranges ?? [];
  return line.history.some(
    (run) =>
      run.seed === seed &&
      run.engine === engine &&
      run.ranges.some((held) => ranges.some((range) => overlap(held, range))),
  );
}
