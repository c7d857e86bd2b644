import type {
  AnyReading,
  Claim,
  Effort,
  Evidence,
  Judged,
  Judgement,
  Kind,
  TrialRecord,
} from '../claims/index.js';
import { judge, tallyOf } from '../claims/index.js';
import type { Batch, Line, Range } from '../evidence/index.js';
import {
  BATCH_SCHEMA,
  accumulate,
  batchesOf,
  encodeTally,
  folderStore,
  overlap,
  runsOf,
  sizeOf,
  trialsText,
  violationRate,
} from '../evidence/index.js';
import { InputError } from '../model/index.js';
import type { Engine } from '../training/index.js';
import type { AccumulatedEvidence } from './outcome.js';
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
  /** Numbers of the trials, in order. */
  readonly trials: Iterable<number>;
  /** Takes note of the next trial; a batch that it completes is in the ledger afterwards. */
  note(record: TrialRecord): Promise<void>;
  /** Stores what was noted of an unfinished batch: the run ends there. */
  flush(): Promise<void>;
  /** The judgement, by the accumulated evidence where the kind is judged by numbers of trials. */
  judge(
    evidence: Evidence,
  ): Promise<{ readonly judgement: Judgement; readonly accumulated: AccumulatedEvidence | null }>;
  /** Gives back the trials that were not run. */
  close(): Promise<void>;
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
}

/**
 * Opens the session of a reading: without a ledger the trials from `settings.from` on; with one the next
 * that no run has, or those from `settings.from` on, cut into the batches that are stored.
 *
 * @throws InputError when the ledger cannot be used, or counts the asked trials on another engine or effort
 */
export async function openSession(job: SessionJob): Promise<EvidenceSession> {
  const { settings, effort, judged } = job;
  const asked =
    settings.from === undefined ? null : { from: settings.from, to: settings.from + effort.trials };
  const ledger = settings.ledger ?? null;
  if (ledger === null) {
    return {
      trials: numbers([asked ?? { from: 0, to: effort.trials }]),
      note: async () => {},
      flush: async () => {},
      judge: async (evidence) => ({ judgement: judge(judged, evidence), accumulated: null }),
      close: async () => {},
    };
  }
  return ledgerSession(job, ledger, asked);
}

async function ledgerSession(
  { claim, readingId, judged, settings, effort, engine }: SessionJob,
  ledger: LedgerSettings,
  asked: Range | null,
): Promise<EvidenceSession> {
  const store = folderStore(ledger.folder);
  const line: Line = {
    claim: claim.id,
    reading: readingId,
    version: claim.version,
    draws: drawsHash(claim, readingId),
    precision: engine.precision,
  };
  const { seed } = settings;
  // A broken ledger should not cost a run.
  const before = await store.batches(line);
  const seams = asked === null ? [] : counted(asked);
  const { ranges, release } = await store.reserve(line, seed, asked ?? effort.trials);
  const planned = batchesOf(ranges, BATCH_TRIALS, seams);
  let current = 0;
  let noted: TrialRecord[] = [];
  const flush = async (): Promise<void> => {
    if (noted.length === 0) return;
    const { from } = planned[current];
    const batch: Batch = {
      schema: BATCH_SCHEMA,
      ...line,
      engine: engine.name,
      seed,
      from,
      to: from + noted.length,
      attack: effort.attack,
      tally: encodeTally(tallyOf(judged, noted)),
      origin: ledger.origin,
    };
    await store.append(batch);
    noted = [];
    current += 1;
  };

  /** The stored batches of trials that are asked for again. */
  function counted(range: Range): Batch[] {
    const stored = before.filter((b) => b.seed === seed && overlap(b, range));
    const other = stored.find((b) => b.engine !== engine.name || b.attack !== effort.attack);
    if (other !== undefined) {
      throw new InputError(
        `--from ${range.from}: ${claim.id} ${readingId}, ${trialsText(other)}, is counted in ${store.name} by engine ${other.engine} at attack effort ${other.attack}, and a trial counts once; repeat it with that engine and profile, or look at it with --no-ledger`,
      );
    }
    return stored;
  }

  return {
    trials: numbers(ranges),
    async note(record) {
      noted.push(record);
      if (noted.length === sizeOf([planned[current]])) await flush();
    },
    flush,
    async judge(evidence) {
      const batches = await store.batches(line);
      const tally = accumulate(judged, batches);
      const own = judge(judged, evidence);
      const all = judge(judged, { ...evidence, tally });
      const decides = JUDGED_BY_EVIDENCE.has(judged.kind);
      const accumulated: AccumulatedEvidence = {
        trials: all.trials,
        batches: batches.length,
        runs: runsOf(batches),
        ranges: ranges.map(({ from, to }) => ({ from, to })),
        worstMargin: all.worstMargin,
        violationRate: violationRate(judged, tally),
        logEValue: all.logEValue,
        impliedConstants: all.impliedConstants,
        exponents: all.exponents,
        decides,
      };
      const { verdict, grade, reason, decidedBy } = all;
      return {
        judgement: decides ? { ...own, verdict, grade, reason, decidedBy } : own,
        accumulated,
      };
    },
    close: release,
  };
}

function* numbers(ranges: readonly Range[]): Generator<number> {
  for (const { from, to } of ranges) for (let trial = from; trial < to; trial += 1) yield trial;
}
