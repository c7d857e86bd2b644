import { readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Batch } from '../../src/evidence/index.js';
import { accumulate, folderStore, sizeOf, union } from '../../src/evidence/index.js';
import { randomSource } from '../../src/math/index.js';
import { BATCH_TRIALS } from '../../src/running/evidence-session.js';
import { judgedOf } from '../../src/running/judged-of.js';
import { runReading } from '../../src/running/run-reading.js';
import { killClaim, killSettings } from './kill-claim.js';
import type { Moment, Runners } from './kill-process.js';
import { startRunners } from './kill-process.js';

/** What killing runs did to their ledger. */
export interface KillReport {
  readonly kills: number;
  /** Kills that hit a run with its trials under way: after its first and before its last. */
  readonly underWay: number;
  /** The most trials that one kill lost. */
  readonly mostLost: number;
  readonly trials: number;
  readonly batches: number;
}

export interface KillOptions {
  /** A folder that is emptied. */
  readonly folder: string;
  readonly kills: number;
  /** Keys the moments of the kills. */
  readonly seed: number;
  /** Trials of one run. */
  readonly trials: number;
  readonly onKill?: (done: number) => void;
}

/**
 * Kills runs at random moments, one after another and two at once, on one ledger, and checks after each kill
 * that the ledger opens, lost no batch that was complete, and holds no trial twice; at the end, after a last
 * run that is left alone, that no trial below the highest is missing and that everything together is
 * the tally of one run that nobody disturbed, bit for bit.
 *
 * @throws Error naming the kill and what it broke
 */
export async function killRuns(options: KillOptions): Promise<KillReport> {
  const runners = startRunners();
  try {
    return await killWith(runners, options);
  } finally {
    runners.close();
  }
}

async function killWith(runners: Runners, options: KillOptions): Promise<KillReport> {
  const { folder, kills, seed, trials } = options;
  rmSync(folder, { recursive: true, force: true });
  const ledger = join(folder, 'ledger');
  const random = randomSource('kill', seed);
  let [underWay, mostLost, before] = [0, 0, 0];
  for (let kill = 0; kill < kills; kill += 1) {
    // By trials where the moment is one of the run, by time for what comes before.
    const moment: Moment =
      random.uniform() < 0.8
        ? { trials: 1 + Math.floor(random.uniform() * trials), plusMs: random.uniform() * 4 }
        : { trials: 0, plusMs: random.uniform() * 200 };
    const companion =
      random.uniform() < 0.2
        ? runners.run({ ledger, trials, name: `${kill}b` })
        : Promise.resolve(null);
    const killed = await runners.run({ ledger, trials, name: `${kill}a` }, moment);
    const other = await companion;
    if (other !== null && other.judged === null) throw broken(kill, 'the run beside it failed');
    const stored = sizeOf(await checked(ledger, `kill ${kill}`)) - before;
    const whole = stored - (other === null ? 0 : trials);
    const lost = killed.done - whole;
    // What a run said is done it wrote before; of the rest only the batch in flight may be gone.
    if (lost >= BATCH_TRIALS) throw broken(kill, `${lost} trials that were done are lost`);
    if (whole > trials || whole < 0) throw broken(kill, `${whole} trials were counted`);
    if (killed.done > 0 && killed.judged === null) underWay += 1;
    mostLost = Math.max(mostLost, lost);
    before += stored;
    options.onKill?.(kill + 1);
  }
  const last = await runners.run({ ledger, trials, name: 'last' });
  if (last.judged === null) throw new Error('killRuns: the run after the kills failed');
  return { kills, underWay, mostLost, ...(await compared(folder, ledger)) };
}

/** Two whole runs at once on one new ledger: both must count. Returns the trials counted. */
export async function twoAtOnce(folder: string, trials: number): Promise<number> {
  rmSync(folder, { recursive: true, force: true });
  const ledger = join(folder, 'ledger');
  const runners = startRunners();
  const both = await Promise.all(
    ['a', 'b'].map((name) => runners.run({ ledger, trials, name })),
  ).finally(runners.close);
  if (both.some(({ judged }) => judged === null)) throw new Error('twoAtOnce: a run failed');
  const ranges = both.flatMap(({ judged }) => judged?.ranges ?? []);
  if (sizeOf(union(ranges)) !== 2 * trials) throw new Error('twoAtOnce: both ran the same trials');
  await compared(folder, ledger);
  return sizeOf(await checked(ledger, 'two at once'));
}

/** The trials of a ledger that opens. @throws Error when it does not, or holds a trial twice */
async function checked(ledger: string, what: string) {
  const batches = await batchesOfLedger(ledger, what);
  const trials = union(batches);
  if (sizeOf(trials) !== sizeOf(batches))
    throw new Error(`killRuns: ${what}: a trial counts twice`);
  return trials;
}

async function batchesOfLedger(ledger: string, what: string): Promise<Batch[]> {
  const store = folderStore(ledger);
  try {
    const lines = await store.lines();
    return lines.length === 0 ? [] : await store.batches(lines[0]);
  } catch (error) {
    throw new Error(`killRuns: ${what}: the ledger does not open: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** Checks a ledger against one run in this process on a ledger of its own. */
async function compared(folder: string, ledger: string) {
  const batches = await batchesOfLedger(ledger, 'the end');
  const covered = union(batches);
  if (covered.length !== 1 || covered[0].from !== 0) {
    throw new Error(`killRuns: trials are missing: the ledger holds ${JSON.stringify(covered)}`);
  }
  const trials = covered[0].to;
  const claim = killClaim(trials);
  const judged = judgedOf(claim.readings['literal']);
  const reference = join(folder, 'reference');
  const settings = killSettings(folder, reference, 'reference');
  const outcome = await runReading(claim, 'literal', settings);
  const [ours, theirs] = await Promise.all(
    [reference, ledger].map(async (place) => batchesOfLedger(place, 'the end')),
  );
  const same =
    JSON.stringify(accumulate(judged, theirs)) === JSON.stringify(accumulate(judged, ours)) &&
    outcome.trials.effective === trials;
  if (!same) throw new Error('killRuns: the ledger is not that of one run');
  // A kill within a write leaves an unfinished file, which counts for nothing and is kept for a day: it may be another host's.
  const left = readdirSync(ledger, { recursive: true }).filter((name) =>
    /^\.(?:reserved|lock)-/.test(basename(String(name))),
  );
  if (left.length > 0) throw new Error(`killRuns: left behind: ${left.join(', ')}`);
  return { trials, batches: batches.length };
}

function broken(kill: number, what: string): Error {
  return new Error(`killRuns: kill ${kill}: ${what}`);
}
