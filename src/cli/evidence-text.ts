import { ALPHA, CONFIDENCE, growthLines, growthPhrase, sharpnessPhrase } from '../claims/index.js';
import type { AccumulatedEvidence, LineSummary } from '../running/index.js';
import { rangesText } from '../running/index.js';

/**
 * What accumulated evidence comes to, in one sentence: for the report, whose other numbers are of one run.
 */
export function accumulatedText(evidence: AccumulatedEvidence): string {
  const { trials, runs, violationRate: rate, logEValue, decides } = evidence;
  return [
    `${trials.effective} effective trials in ${runs} run${runs === 1 ? '' : 's'}, ${trials.violated} violated`,
    ...(rate === null ? [] : [`violation rate ${short(rate.lower)} … ${short(rate.upper)}`]),
    ...(logEValue === null ? [] : [`ln e = ${fixed(logEValue)}`]),
    decides ? 'the verdict rests on all of them' : 'the verdict rests on this run',
  ].join('; ');
}

/** Kinds that draws alone can refute, by a test at α. */
const TESTED: ReadonlySet<string> = new Set(['probable', 'scaling', 'limit']);

/** How probable it is at most that draws ever refute a true reading among those of some kinds; null if they cannot. */
export function unionBound(kinds: readonly (string | null)[]): string | null {
  const tested = kinds.filter((kind) => kind !== null && TESTED.has(kind)).length;
  if (tested === 0) return null;
  const lines = `${tested} reading${tested === 1 ? ' is' : 's are'}`;
  return `${lines} tested on draws, each at α = ${ALPHA} over all its looks: the probability that draws ever refute a true one is at most ${short(tested * ALPHA)}`;
}

/**
 * What a ledger holds of one line of evidence, for people.
 *
 * @param sharpness of the last run, in words
 */
export function lineText(summary: LineSummary, sharpness: string | null): string[] {
  const { reading, version, precision, kind, stale, history } = summary;
  const apart = precision === 'float32' ? ', float32 (apart)' : '';
  return [
    `  ${reading}, version ${version}${kind === null ? '' : `, ${kind}`}${apart}`,
    ...(stale === null ? [] : [field('set aside', `${stale}; counts only`)]),
    field('effort', effort(summary)),
    ...statistics(summary),
    ...(sharpness === null ? [] : [field('sharpness', `${sharpness} (last run)`)]),
    ...history.map((run, i) => {
      const commit = run.commit === null ? 'no commit' : `commit ${run.commit.slice(0, 10)}`;
      const after = run.logEValueAfter === null ? '' : ` · ln e then ${fixed(run.logEValueAfter)}`;
      return field(
        i === 0 ? 'history' : '',
        `${run.startedAt.slice(0, 19)} · ${commit} · ${run.profile}, ${run.engine}, seed ${run.seed} · ${rangesText(run)} · ${run.violated} of ${run.effective} violated${after}`,
      );
    }),
  ];
}

function effort({ trials, batches, engines, history }: LineSummary): string {
  const parts = [`${trials.effective} effective trials`];
  if (trials.violated > 0) parts.push(`${trials.violated} violated`);
  if (trials.discarded > 0) parts.push(`${trials.discarded} discarded`);
  if (trials.gaveUp > 0) parts.push(`${trials.gaveUp} gave up`);
  parts.push(`${history.length} run${history.length === 1 ? '' : 's'}`);
  parts.push(`${batches} batch${batches === 1 ? '' : 'es'}`, engines.join(', '));
  return parts.join(' · ');
}

function statistics(summary: LineSummary): string[] {
  const { logEValue, violationRate: rate, worstMargin, minimumDetectableRate: least } = summary;
  const { impliedConstants } = summary;
  const lines: string[] = [];
  if (logEValue !== null) {
    lines.push(
      field(
        'e-value',
        `ln e = ${fixed(logEValue)}; ${fixed(-Math.log(ALPHA))} refutes (α = ${ALPHA})`,
      ),
    );
  }
  if (rate !== null) {
    lines.push(
      field(
        'violation rate',
        `${short(rate.lower)} … ${short(rate.upper)} (${100 * CONFIDENCE} %, however often one looks)`,
      ),
    );
  }
  for (const { path, size, rateLower, rateUpper, effective } of summary.rungs) {
    if (summary.kind !== 'limit' || effective === 0) continue;
    lines.push(
      field(
        'violation rate',
        `${path}, size ${size}: ${short(rateLower)} … ${short(rateUpper)} (${effective} trials)`,
      ),
    );
  }
  if (least !== null) lines.push(field('detectable', `a violation rate of ${short(least)}`));
  if (worstMargin !== null) lines.push(field('worst margin', short(worstMargin)));
  const sharpness = summary.sharpness === 0 ? null : sharpnessPhrase({ factor: summary.sharpness });
  if (sharpness !== null) lines.push(field('sharpness', sharpness));
  if (impliedConstants !== null && Object.keys(impliedConstants).length > 0) {
    lines.push(field('constants', numbers(impliedConstants)));
  }
  for (const [i, line] of growthLines(summary).entries()) {
    lines.push(field(i === 0 ? 'exponents' : '', `${growthPhrase(line)} (${100 * CONFIDENCE} %)`));
  }
  return lines;
}

function field(name: string, value: string): string {
  return `    ${name.padEnd(16)}${value}`;
}

function numbers(values: Readonly<Record<string, number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${short(value)}`)
    .join(', ');
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function fixed(value: number): string {
  return value.toFixed(1);
}
