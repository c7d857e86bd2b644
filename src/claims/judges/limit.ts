import { bernoulliConfidenceSequence } from '../../statistics/index.js';
import type { Judgement, RungSummary } from '../verdict.js';
import { ALPHA } from '../verdict.js';
import type { Evidence, Summary } from './evidence.js';
import { judgement, refutation, summarise, unhealthy } from './evidence.js';
import type { Judged } from './tally.js';

/**
 * `limit`: the violation probability tends to 0 along every path. Refuted by a family; statistically
 * when on some path of three sizes or more the violation rate of both of its last two rungs surely
 * exceeds the tolerance, is nowhere higher before, and surely falls slower than the power −0.2 of the
 * size, if it falls: a logarithm is no plateau, and noise is no rise. Survived when the last rung of every path has an upper limit
 * within the tolerance: it says what happens up to that size, no more.
 */
export function judgeLimit(judged: Judged, evidence: Evidence): Judgement {
  const summary = summarise(judged, evidence);
  const tolerance = judged.tolerance ?? 0;
  const refuted = refutation(summary, { ...evidence, finds: [] });
  if (refuted) return refuted;
  const paths = [...new Set(summary.rungs.map((rung) => rung.path))];
  for (const path of paths) {
    const stuck = stuckAbove(summary, path, tolerance);
    if (stuck) {
      return judgement(
        summary,
        'refuted',
        `along ${path} the violation rate stays above ${tolerance}: ${stuck.violated} of ${stuck.effective} draws at size ${stuck.size}`,
        { grade: 'statistical' },
      );
    }
  }
  const ill = unhealthy(summary, evidence);
  if (ill) return ill;
  const open: string[] = [];
  let worst: RungSummary | null = null;
  for (const path of paths) {
    const last = rungsOf(summary, path).at(-1);
    if (!last || saysNothing(evidence, last)) {
      open.push(`${path} has no trial at its last rung on which the claim says something`);
      continue;
    }
    if (last.rateUpper > tolerance) {
      open.push(
        `${path}, size ${last.size}: violated on ${last.violated} of ${last.effective}, upper limit ${last.rateUpper.toFixed(3)} > ${tolerance}`,
      );
    }
    if (worst === null || last.rateUpper > worst.rateUpper) worst = last;
  }
  if (open.length > 0) {
    return judgement(
      summary,
      'inconclusive',
      `${open.join('; ')}; more trials or larger sizes would settle it`,
    );
  }
  return judgement(
    summary,
    'survived',
    `on ${paths.length} paths the violation rate at the largest size is at most ${worst?.rateUpper.toFixed(3)} (99 % confidence each)`,
  );
}

function saysNothing({ tally }: Evidence, { path, size }: RungSummary): boolean {
  const rung = tally.rungs.find((r) => r.path === path && r.size === size);
  return rung === undefined || rung.telling + rung.gaveUp === 0;
}

function rungsOf(summary: Summary, path: string): RungSummary[] {
  return summary.rungs.filter((rung) => rung.path === path).toSorted((a, b) => a.size - b.size);
}

/** The slowest fall of a rate that is taken for one: as for the growth of constants. */
const SMALLEST_EXPONENT = 0.2;

function stuckAbove(summary: Summary, path: string, tolerance: number): RungSummary | null {
  const rungs = rungsOf(summary, path).filter((rung) => rung.effective + rung.gaveUp > 0);
  if (rungs.length < 3) return null;
  const [first] = rungs;
  const last = rungs[rungs.length - 1];
  const surelyAtLeast = (rung: RungSummary): number =>
    bernoulliConfidenceSequence(rung.violated, rung.effective + rung.gaveUp, ALPHA).lower;
  const rate = (rung: RungSummary): number => rung.violated / (rung.effective + rung.gaveUp);
  const highest = bernoulliConfidenceSequence(
    first.violated + first.gaveUp,
    first.effective + first.gaveUp,
    ALPHA,
  ).upper;
  return rungs.slice(-2).every((rung) => surelyAtLeast(rung) > tolerance) &&
    rungs.every((rung) => rate(rung) <= rate(last)) &&
    surelyAtLeast(last) > highest * (first.size / last.size) ** SMALLEST_EXPONENT
    ? last
    : null;
}
