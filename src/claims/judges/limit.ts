import { bernoulliConfidenceSequence, mayFallToZero } from '../../statistics/index.js';
import type { Rung } from '../reading.js';
import type { Judgement, RungSummary } from '../verdict.js';
import type { Evidence, Summary } from './evidence.js';
import { judgement, refutation, summarise, unhealthy } from './evidence.js';
import { confirmedBeyond, ladderAlone } from './extension.js';
import type { Levels } from './levels.js';
import type { Judged, RungTally } from './tally.js';
import { SMALLEST_EXPONENT } from './traces.js';

/**
 * `limit`: the violation probability tends to 0 along every path. Refuted by a family; statistically
 * when on some path of three sizes or more, its extension included, the violation rate of both of its
 * last two rungs surely exceeds the tolerance, and no curve that falls to 0 like size^−0.2 or like
 * 1/log(size) or faster explains the rates. Survived when the last rung of every path has an upper limit
 * within the tolerance: it says what happens up to that size, no more.
 */
export function judgeLimit(judged: Judged, evidence: Evidence, levels: Levels): Judgement {
  const summary = summarise(judged, evidence, levels);
  const { tally } = evidence;
  const tolerance = judged.tolerance ?? 0;
  const refuted = refutation(summary, { ...evidence, finds: [] });
  if (refuted) return refuted;
  const stuck = stuckRungs(judged, tally.rungs, levels);
  const confirmed = stuck.find(({ path }) => confirmedBeyond(judged, tally, path));
  if (confirmed) {
    return judgement(
      summary,
      'refuted',
      `${sentence(confirmed, tolerance)}${judged.alone === true ? '' : ', on larger sizes too'}; a fall like size^−${SMALLEST_EXPONENT} or 1/log(size) does not explain it`,
      { grade: 'statistical' },
    );
  }
  if (stuck.length > 0) {
    return judgement(
      summary,
      'inconclusive',
      `${sentence(stuck[0], tolerance)} on the ladder; draws at larger sizes would settle it`,
    );
  }
  return unhealthy(summary, evidence) ?? atTheEnds(summary, evidence, tolerance, levels);
}

/** Paths along which the ladder alone would be called stuck: those to extend before that stands. */
export function limitPathsToExtend(judged: Judged, evidence: Evidence, levels: Levels): string[] {
  return stuckRungs(judged, ladderAlone(judged, evidence.tally), levels).map(({ path }) => path);
}

/** The verdict by the last rung of every path. */
function atTheEnds(
  summary: Summary,
  { tally }: Evidence,
  tolerance: number,
  { confidence }: Levels,
): Judgement {
  const paths = pathsOf(summary.rungs);
  const open: string[] = [];
  let worst: RungSummary | null = null;
  for (const path of paths) {
    const last = along(summary.rungs, path).at(-1);
    if (!last || saysNothing(tally.rungs, last)) {
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
    `on ${paths.length} paths the violation rate at the largest size is at most ${worst?.rateUpper.toFixed(3)} (${Number((100 * confidence).toPrecision(12))} % confidence each)`,
  );
}

function saysNothing(rungs: readonly RungTally[], { path, size }: RungSummary): boolean {
  const rung = rungs.find((r) => r.path === path && r.size === size);
  return rung === undefined || rung.telling + rung.gaveUp === 0;
}

function pathsOf(rungs: readonly Rung[]): string[] {
  return [...new Set(rungs.map((rung) => rung.path))];
}

function along<R extends Rung>(rungs: readonly R[], path: string): R[] {
  return rungs.filter((rung) => rung.path === path).toSorted((a, b) => a.size - b.size);
}

/** The last rung of each path whose rates surely stay above the tolerance. */
function stuckRungs(judged: Judged, rungs: readonly RungTally[], { alpha }: Levels): RungTally[] {
  const tolerance = judged.tolerance ?? 0;
  const paths = pathsOf(judged.rungs ?? []);
  const share = alpha / paths.length;
  return paths.flatMap((path) => {
    const drawn = along(rungs, path).filter((rung) => rung.telling + rung.gaveUp > 0);
    if (drawn.length < 3) return [];
    // A trial that gave up may or may not have been violated.
    const samples = drawn.map(({ size, telling, gaveUp, violated }) => ({
      logSize: Math.log(size),
      trials: telling + gaveUp,
      successes: violated,
      unknown: gaveUp,
    }));
    const above = samples
      .slice(-2)
      .every(
        ({ successes, trials }) =>
          bernoulliConfidenceSequence(successes, trials, share).lower > tolerance,
      );
    return above && !mayFallToZero(samples, SMALLEST_EXPONENT, share)
      ? [drawn[drawn.length - 1]]
      : [];
  });
}

function sentence({ path, size, violated, effective }: RungTally, tolerance: number): string {
  return `along ${path} the violation rate stays above ${tolerance}: ${violated} of ${effective} draws at size ${size}`;
}
