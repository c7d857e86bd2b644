import type {
  AnyReading,
  Claim,
  Effort,
  Evidence,
  Judged,
  Judgement,
  Kind,
  Tally,
  TrialRecord,
} from '../claims/index.js';
import { judge, tallyOf } from '../claims/index.js';
import type { Batch, Line, Range, Reservation } from '../evidence/index.js';
import {
  BATCH_SCHEMA,
  TEST_STREAM,
  accumulate,
  batchesOf,
  encodeTally,
  folderStore,
  overlap,
  runsOf,
  sizeOf,
  trialsText,
} from '../evidence/index.js';
import { InputError } from '../model/index.js';
import type { Engine } from '../training/index.js';
import type { AccumulatedEvidence } from './outcome.js';
import { figuresOf } from './outcome.js';
import { drawsHash } from './pinned-draws.js';
import type { LedgerSettings, RunSettings } from './settings.js';

/** Trials of a batch: what a kill can lose. Batches end at its multiples. */
export const BATCH_TRIALS = 100;

/**
 * Kinds that are judged by numbers of trials: with a ledger, by all of its line. Their judges hold at any
 * time, however often they are asked.
 */
const JUDGED_BY_EVIDENCE: ReadonlySet<Kind> = new Set([
  'probable',
  'scaling',
  'limit',
  'observation',
]);

/** The trials of one run of one reading, and where their evidence goes. */
export interface EvidenceSession {
  /** Numbers of the trials of the test stream, in order. */
  readonly trials: Iterable<number>;
  /** Goes on to draws of another stream, such as those at a size beyond the ladder; returns their numbers. */
  goOn(stream: string, count: number): Promise<Iterable<number>>;
  /** Takes note of the next trial; a batch that it completes is in the ledger afterwards. */
  note(record: TrialRecord): Promise<void>;
  /** Stores what was noted of an unfinished batch: the run goes no further in this stream. */
  flush(): Promise<void>;
  /** The evidence so far, the ledger's included; `records` are all that were noted. */
  soFar(records: readonly TrialRecord[]): Promise<Tally>;
  /** The judgement, by the accumulated evidence where the kind is judged by numbers of trials. */
  judge(
    evidence: Evidence,
  ): Promise<{ readonly judgement: Judgement; readonly accumulated: AccumulatedEvidence | null }>;
  /** Gives back the trials that were not run. */
  close(): Promise<void>;
}

/** A trial of a batch that is not stored yet. */
export interface Unstored {
  readonly batch: Omit<Batch, 'to' | 'tally'>;
  readonly record: TrialRecord;
}

/** What a session is of. */
export interface SessionJob {
  readonly claim: Claim;
  readonly readingId: string;
  readonly reading: AnyReading;
  readonly judged: Judged;
  readonly settings: RunSettings;
  readonly effort: Effort;
  readonly engine: Engine;
  /**
   * Told of every trial for a ledger, and null once its batch is stored: should this thread not come back, another one
   * stores what it was told (`storeUnstored`).
   */
  readonly onUnstored?: (trial: Unstored | null) => void;
}

/**
 * Opens the session of a reading: without a ledger the trials from `settings.from` on; with one the next
 * that no run has, or those from `settings.from` on, cut into the batches that are stored.
 *
 * @throws InputError when the ledger cannot be used, or counts the asked trials on another engine or effort
 */
export async function openSession(job: SessionJob): Promise<EvidenceSession> {
  const { settings, effort } = job;
  const { from, ledger } = settings;
  const asked = from === undefined ? null : { from, to: from + effort.trials };
  return ledger === undefined
    ? loneSession(job.judged, asked ?? { from: 0, to: effort.trials })
    : ledgerSession(job, ledger, asked);
}

function loneSession(judged: Judged, range: Range): EvidenceSession {
  return {
    trials: numbers([range]),
    goOn: async (_, count) => numbers([{ from: 0, to: count }]),
    note: async () => {},
    flush: async () => {},
    soFar: async (records) => tallyOf(judged, records),
    judge: async (evidence) => ({ judgement: judge(judged, evidence), accumulated: null }),
    close: async () => {},
  };
}

async function ledgerSession(
  job: SessionJob,
  ledger: LedgerSettings,
  asked: Range | null,
): Promise<EvidenceSession> {
  const { claim, readingId, judged, settings, effort, engine } = job;
  const { seed } = settings;
  const store = folderStore(ledger.folder);
  const line: Line = {
    claim: claim.id,
    reading: readingId,
    version: claim.version,
    draws: drawsHash(claim, readingId),
    precision: engine.precision,
  };
  // Read before anything is run: a broken ledger should not cost a run.
  const before = await store.batches(line);
  const seams = asked === null ? [] : counted(before, asked, job, store.name);
  const reservations: Reservation[] = [];
  let stream = TEST_STREAM;
  let planned: readonly Range[] = [];
  let noted: TrialRecord[] = [];

  const open = async (of: string, want: number | Range, cuts: readonly Range[] = []) => {
    const reservation = await store.reserve(line, { seed, stream: of }, want);
    reservations.push(reservation);
    stream = of;
    planned = batchesOf(reservation.ranges, BATCH_TRIALS, cuts);
    return reservation.ranges;
  };
  const frame = (): Unstored['batch'] => ({
    schema: BATCH_SCHEMA,
    ...line,
    engine: engine.name,
    seed,
    stream,
    from: planned[0].from,
    attack: effort.attack,
    origin: ledger.origin,
  });
  const flush = async (): Promise<void> => {
    if (noted.length === 0) return;
    await store.append(batchOf(judged, frame(), noted));
    noted = [];
    planned = planned.slice(1);
    job.onUnstored?.(null);
  };
  const ranges = await open(TEST_STREAM, asked ?? effort.trials, seams);

  return {
    trials: numbers(ranges),
    async goOn(of, count) {
      // A run that is repeated adds nothing where the first one did.
      if (asked !== null && before.some((b) => b.stream === of)) return [];
      return numbers(await open(of, count));
    },
    async note(record) {
      noted.push(record);
      job.onUnstored?.({ batch: frame(), record });
      for (const { renew } of reservations) renew();
      if (noted.length === sizeOf(planned.slice(0, 1))) await flush();
    },
    flush,
    soFar: async () => accumulate(judged, await store.batches(line)),
    async judge(evidence) {
      const batches = await store.batches(line);
      const own = judge(judged, evidence);
      const all = judge(judged, { ...evidence, tally: accumulate(judged, batches) });
      const decides = JUDGED_BY_EVIDENCE.has(judged.kind);
      const { verdict, grade, reason, decidedBy, strata } = all;
      return {
        judgement: decides
          ? { ...own, verdict, grade, reason, decidedBy, strata }
          : unlessCounted(own, all),
        accumulated: {
          ...figuresOf(all),
          batches: batches.length,
          runs: runsOf(batches),
          ranges: ranges.map(({ from, to }) => ({ from, to })),
          decides,
        },
      };
    },
    async close() {
      for (const { release } of reservations) await release();
    },
  };
}

function batchOf(judged: Judged, frame: Unstored['batch'], records: readonly TrialRecord[]): Batch {
  const to = frame.from + records.length;
  return { ...frame, to, tally: encodeTally(tallyOf(judged, records)) };
}

/** Stores the trials of one unfinished batch for a session whose thread did not come back. */
export async function storeUnstored(
  folder: string,
  judged: Judged,
  trials: readonly Unstored[],
): Promise<void> {
  const [first] = trials;
  if (first === undefined) return;
  const records = trials.map(({ record }) => record);
  await folderStore(folder).append(batchOf(judged, first.batch, records));
}

/** What one violation refutes does not survive while the ledger counts some that this run has not met. */
function unlessCounted(own: Judgement, all: Judgement): Judgement {
  const { violated } = all.trials;
  if (own.verdict !== 'survived' || violated === 0) return own;
  return {
    ...own,
    verdict: 'inconclusive',
    reason: `the ledger counts ${violated} violation${violated === 1 ? '' : 's'} of this reading in ${all.trials.effective} trials, and no counterexample is stored; repeating those trials (--from) would settle it`,
  };
}

/**
 * The stored batches of trials that are asked for again.
 *
 * @throws InputError when they were judged on another engine or at another effort
 */
function counted(
  batches: readonly Batch[],
  asked: Range,
  { claim, readingId, settings, effort, engine }: SessionJob,
  ledger: string,
): Batch[] {
  const stored = batches.filter(
    (b) => b.seed === settings.seed && b.stream === TEST_STREAM && overlap(b, asked),
  );
  const other = stored.find((b) => b.engine !== engine.name || b.attack !== effort.attack);
  if (other !== undefined) {
    throw new InputError(
      `--from ${asked.from}: ${claim.id} ${readingId}, ${trialsText(other)}, is counted in ${ledger} by engine ${other.engine} at attack effort ${other.attack}, and a trial counts once; repeat it with that engine and profile, or look at it with --no-ledger`,
    );
  }
  return stored;
}

function* numbers(ranges: readonly Range[]): Generator<number> {
  for (const { from, to } of ranges) for (let trial = from; trial < to; trial += 1) yield trial;
}
