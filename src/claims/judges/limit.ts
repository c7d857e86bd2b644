import { bernoulliConfidenceSequence } from '../../statistics/index.js';
import type { Judgement, RungSummary } from '../verdict.js';
import { ALPHA } from '../verdict.js';
import type { Evidence, Judged, Summary } from './evidence.js';
import { judgement, refutation, summarise, unhealthy } from './evidence.js';

/**
 * `limit`: the violation probability tends to 0 along every path. Refuted by a family; statistically
 * when on some path the violation rate of both of its last two rungs surely exceeds the tolerance and
 * did not fall from one to the other. Survived when the last rung of every path has an upper limit
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
    const last = lastRungs(summary, path).at(-1);
    if (!last || last.effective + last.gaveUp === 0) {
      open.push(`${path} has no effective trial at its last rung`);
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

function lastRungs(summary: Summary, path: string): RungSummary[] {
  return summary.rungs
    .filter((rung) => rung.path === path)
    .toSorted((a, b) => a.size - b.size)
    .slice(-2);
}

function stuckAbove(summary: Summary, path: string, tolerance: number): RungSummary | null {
  const rungs = lastRungs(summary, path);
  if (rungs.length < 2) return null;
  const [before, last] = rungs;
  const surely = rungs.every(
    (rung) =>
      bernoulliConfidenceSequence(rung.violated, rung.effective + rung.gaveUp, ALPHA).lower >
      tolerance,
  );
  return surely && last.violated / last.effective >= before.violated / before.effective
    ? last
    : null;
}
