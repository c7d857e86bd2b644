import type { Claim, Judged, Judgement } from '../claims/index.js';
import { judge } from '../claims/index.js';
import type { Batch, Line } from '../evidence/index.js';
import { accumulate, decodeTally, sizeOf, union, violationRate } from '../evidence/index.js';
import { drawsHash } from './pinned-draws.js';
import { effortOf, judgedOf } from './run-reading.js';

/** One run's share of a line. */
interface RunSummary {
  readonly startedAt: string;
  readonly commit: string | null;
  readonly falsum: string;
  readonly profile: string;
  readonly engine: string;
  readonly seed: number;
  readonly ranges: readonly { readonly from: number; readonly to: number }[];
  readonly batches: number;
  readonly effective: number;
  readonly violated: number;
  /** ln e of everything up to and with this run; null where the kind has none. */
  readonly logEValueAfter: number | null;
}

/** What a ledger holds of one line. */
export interface LineSummary extends Line {
  readonly kind: string | null;
  /** Why the statistics are left out; null when they are not. */
  readonly stale: string | null;
  readonly engines: readonly string[];
  readonly trials: Judgement['trials'];
  readonly batches: number;
  readonly worstMargin: number | null;
  readonly violationRate: { readonly lower: number; readonly upper: number } | null;
  readonly logEValue: number | null;
  readonly impliedConstants: Readonly<Record<string, number>> | null;
  readonly exponents: Readonly<Record<string, number>> | null;
  readonly rungs: Judgement['rungs'];
  readonly history: readonly RunSummary[];
}

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
  const judgedBatches = (some: readonly Batch[]): Judgement | null => {
    if (judged === null || reading === undefined) return null;
    const tally = accumulate(judged, some);
    return judge(judged, { tally, finds: [], families: [], effort: effortOf(reading, 'nightly') });
  };
  const all = judgedBatches(batches);
  const counts = countsOf(batches);
  return {
    ...line,
    kind: reading?.kind ?? null,
    stale,
    engines: [...new Set(batches.map(({ engine }) => engine))].toSorted(),
    trials: counts,
    batches: batches.length,
    worstMargin: all?.worstMargin ?? null,
    violationRate: judged && violationRate(judged, accumulate(judged, batches)),
    logEValue: all?.logEValue ?? null,
    impliedConstants: all?.impliedConstants ?? null,
    exponents: all?.exponents ?? null,
    rungs: all?.rungs ?? [],
    history: historyOf(batches, judged, judgedBatches),
  };
}

function staleness(claim: Claim | null, line: Line): string | null {
  if (claim === null) return 'the claim is not loaded; give its file with --properties';
  if (!Object.hasOwn(claim.readings, line.reading)) return 'the claim has no such reading any more';
  if (line.version !== claim.version) return `the claim has version ${claim.version} now`;
  return line.draws === drawsHash(claim, line.reading) ? null : 'the claim draws otherwise now';
}

function historyOf(
  batches: readonly Batch[],
  judged: Judged | null,
  judgement: (some: readonly Batch[]) => Judgement | null,
): RunSummary[] {
  const runs = new Map<string, Batch[]>();
  for (const batch of batches) {
    const { startedAt, commit } = batch.origin;
    const key = `${startedAt} ${commit} ${batch.seed} ${batch.engine}`;
    runs.set(key, [...(runs.get(key) ?? []), batch]);
  }
  const soFar: Batch[] = [];
  return [...runs.keys()].toSorted().map((key): RunSummary => {
    const own = runs.get(key) ?? [];
    soFar.push(...own);
    const [{ origin, engine, seed }] = own;
    const { effective, violated } = countsOf(own);
    return {
      ...origin,
      engine,
      seed,
      ranges: union(own).map(({ from, to }) => ({ from, to })),
      batches: own.length,
      effective,
      violated,
      logEValueAfter: judged?.kind === 'probable' ? (judgement(soFar)?.logEValue ?? null) : null,
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

/** The trials of a run in words: "0…1999, 4000…4499". */
export function rangesText(ranges: LineSummary['history'][number]['ranges']): string {
  const text = ranges.map(({ from, to }) => `${from}…${to - 1}`).join(', ');
  return `${sizeOf(ranges)} trials, ${text}`;
}
