import type { Claim, Judged, Judgement, Tally } from '../claims/index.js';
import { judge, mergeTallies } from '../claims/index.js';
import type { Batch, Line } from '../evidence/index.js';
import { TEST_STREAM, accumulate, decodeTally, sizeOf, union } from '../evidence/index.js';
import type { AccumulatedFigures } from './outcome.js';
import { figuresOf } from './outcome.js';
import { effortOf, judgedOf } from './judged-of.js';
import { drawsHash } from './pinned-draws.js';

/** One run's share of a line. */
interface RunSummary {
  readonly startedAt: string;
  readonly commit: string | null;
  readonly falsum: string;
  readonly profile: string;
  readonly engine: string;
  readonly seed: number;
  /** Its trials in the test stream. */
  readonly ranges: readonly { readonly from: number; readonly to: number }[];
  /** Its draws at sizes beyond the ladder and of suspicious strata. */
  readonly beyond: number;
  readonly batches: number;
  readonly effective: number;
  readonly violated: number;
  /** ln e of everything up to and with this run; null where the kind has none. */
  readonly logEValueAfter: number | null;
}

/** What a ledger holds of one line. */
export interface LineSummary extends Line, AccumulatedFigures {
  readonly kind: string | null;
  /** Why the statistics are left out; null when they are not. */
  readonly stale: string | null;
  readonly engines: readonly string[];
  readonly batches: number;
  readonly rungs: Judgement['rungs'];
  /** The smallest factor on the right sides that no trial refutes; null where there is none, or the kind has none. */
  readonly sharpness: number | null;
  readonly history: readonly RunSummary[];
}

type Judging = (tally: Tally) => Judgement;

/**
 * Sums up the evidence of one line.
 *
 * @param claim the claim of that id; null when it is not loaded: then only counts are given, as where
 *   version or draws are not the claim's any more
 */
export function summariseLine(
  claim: Claim | null,
  line: Line,
  batches: readonly Batch[],
): LineSummary {
  const stale = staleness(claim, line);
  const reading = claim?.readings[line.reading];
  const judged = stale === null && reading !== undefined ? judgedOf(reading) : null;
  const judging: Judging | null =
    judged === null || reading === undefined
      ? null
      : (tally) =>
          judge(judged, { tally, finds: [], families: [], effort: effortOf(reading, 'nightly') });
  const tally = judged && accumulate(judged, batches);
  const all = tally && judging ? judging(tally) : null;
  return {
    ...line,
    kind: reading?.kind ?? null,
    stale,
    engines: [...new Set(batches.map(({ engine }) => engine))].toSorted(),
    ...(all ? figuresOf(all) : NO_FIGURES),
    trials: countsOf(batches),
    batches: batches.length,
    rungs: all?.rungs ?? [],
    sharpness: tally?.tightest?.factor ?? null,
    history: historyOf(batches, judged, judging),
  };
}

const NO_FIGURES = {
  worstMargin: null,
  violationRate: null,
  logEValue: null,
  minimumDetectableRate: null,
  impliedConstants: null,
  exponents: null,
  exponentLimits: null,
  excludedGrowth: null,
};

function staleness(claim: Claim | null, line: Line): string | null {
  if (claim === null) return 'the claim is not loaded; give its file with --properties';
  if (!Object.hasOwn(claim.readings, line.reading)) return 'the claim has no such reading any more';
  if (line.version !== claim.version) return `the claim has version ${claim.version} now`;
  return line.draws === drawsHash(claim, line.reading) ? null : 'the claim draws otherwise now';
}

function historyOf(
  batches: readonly Batch[],
  judged: Judged | null,
  judging: Judging | null,
): RunSummary[] {
  const runs = new Map<string, Batch[]>();
  for (const batch of batches) {
    const { startedAt, commit } = batch.origin;
    const key = `${startedAt} ${commit} ${batch.seed} ${batch.engine}`;
    const run = runs.get(key);
    if (run) run.push(batch);
    else runs.set(key, [batch]);
  }
  let soFar = judged?.kind === 'probable' ? mergeTallies(judged, []) : null;
  return [...runs.keys()].toSorted().map((key): RunSummary => {
    const own = runs.get(key) ?? [];
    // Merging is exact, so it needs no order.
    if (judged && soFar) soFar = mergeTallies(judged, [soFar, accumulate(judged, own)]);
    const [{ origin, engine, seed }] = own;
    const test = own.filter(({ stream }) => stream === TEST_STREAM);
    const { effective, violated } = countsOf(own);
    return {
      ...origin,
      engine,
      seed,
      ranges: union(test).map(({ from, to }) => ({ from, to })),
      beyond: sizeOf(own) - sizeOf(test),
      batches: own.length,
      effective,
      violated,
      logEValueAfter: soFar && judging ? judging(soFar).logEValue : null,
    };
  });
}

function countsOf(batches: readonly Batch[]): Judgement['trials'] {
  const counts = { effective: 0, discarded: 0, gaveUp: 0, violated: 0 };
  for (const batch of batches) {
    const tally = decodeTally(batch.tally);
    counts.effective += tally.effective;
    counts.discarded += tally.discarded;
    counts.gaveUp += tally.gaveUp;
    counts.violated += tally.violated;
  }
  return counts;
}

/** The trials of a run in words: "2500 trials, 0…1999, 4000…4499". */
export function rangesText({ ranges, beyond }: LineSummary['history'][number]): string {
  const text = ranges.map(({ from, to }) => `${from}…${to - 1}`).join(', ');
  return `${sizeOf(ranges)} trials, ${text}${beyond === 0 ? '' : `, and ${beyond} beyond the ladder or of suspicious strata`}`;
}
