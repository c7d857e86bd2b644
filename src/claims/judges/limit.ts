import type { Rung } from '../reading.js';
import type { Judgement, RungSummary } from '../verdict.js';
import type { Evidence, Summary } from './evidence.js';
import { judgement, refutation, summarise, unhealthy } from './evidence.js';
import { ladderAlone } from './extension.js';
import type { Levels } from './levels.js';
import { DEFAULT_LEVELS } from './levels.js';
import { allStuck, stuckMixtures, stuckSentence } from './stuck.js';
import { suspectsOf } from './suspects.js';
import type { SuspectAtEnd } from './suspects.js';
import type { Judged, RungTally, Tally } from './tally.js';
import { SMALLEST_EXPONENT } from './traces.js';
import { judgeStrata, strataPhrase } from './worst-stratum.js';

/**
 * `limit`: the violation probability tends to 0 along every path, for every law. Draws come from a mixture of laws,
 * which strata tell apart; the worst decides. Refuted by a family; statistically when on some path of three sizes or more,
 * its extension included, the violation rate of the mixture, of a stratum or of a suspicious law that was drawn again surely
 * exceeds the tolerance at both of the last two, and no curve that falls to 0 like size^−0.2 or like
 * 1/log(size) or faster explains the rates. Survived when at the last rung of every path the mixture, every
 * stratum with draws enough, and everything suspicious that was drawn again have an upper limit within the
 * tolerance: it says what happens up to that size, no more.
 */
export function judgeLimit(judged: Judged, evidence: Evidence, levels: Levels): Judgement {
  const summary = summarise(judged, evidence, levels);
  const { tally } = evidence;
  const tolerance = judged.tolerance ?? 0;
  const { open, ...strata } = judgeStrata(judged, tally, levels);
  const more = judged.mixtureAlone === true ? {} : { strata };
  const refuted = refutation(summary, { ...evidence, finds: [] });
  if (refuted) return { ...refuted, ...more };
  const stuck = allStuck(judged, tally, levels);
  const confirmed = stuck.find((one) => one.confirmed);
  if (confirmed) {
    return judgement(
      summary,
      'refuted',
      `${stuckSentence(confirmed, tolerance)}${judged.alone === true ? '' : ', on larger sizes too'}; a fall like size^−${SMALLEST_EXPONENT} or 1/log(size) does not explain it`,
      { ...more, grade: 'statistical' },
    );
  }
  if (stuck.length > 0) {
    return judgement(
      summary,
      'inconclusive',
      `${stuckSentence(stuck[0], tolerance)} on the ladder; draws at larger sizes would settle it`,
      more,
    );
  }
  const ill = unhealthy(...mixtureOf(summary, evidence));
  if (ill) return { ...ill, ...more, trials: summary.trials };
  const ends = atTheEnds(summary, evidence, tolerance, levels);
  if (ends.verdict !== 'survived' || judged.mixtureAlone === true) return { ...ends, ...more };
  if (open.length > 0) {
    const [first, ...others] = open;
    const rest = others.length === 0 ? '' : `; so ${others.length} more`;
    return judgement(
      summary,
      'inconclusive',
      `${first}${rest}; more trials or larger sizes would settle it`,
      more,
    );
  }
  return { ...ends, ...more, reason: `${ends.reason}${strataPhrase(strata)}` };
}

/** Paths along which the ladder alone would be called stuck: those to extend before that stands. */
export function limitPathsToExtend(judged: Judged, evidence: Evidence, levels: Levels): string[] {
  return stuckMixtures(judged, ladderAlone(judged, evidence.tally), levels).map(({ path }) => path);
}

/**
 * The suspects that fresh draws are to judge: those of paths whose mixture is not stuck already, which settles more.
 */
export function suspectsToDraw(
  judged: Judged,
  tally: Tally,
  levels: Levels = DEFAULT_LEVELS,
): SuspectAtEnd[] {
  const stuck = stuckMixtures(judged, tally.rungs, levels).map(({ path }) => path);
  return suspectsOf(judged, tally).filter(({ path }) => !stuck.includes(path));
}

/** The evidence without the fresh draws of suspects: whether it is healthy is a matter of the mixture. */
function mixtureOf(summary: Summary, evidence: Evidence): [Summary, Evidence] {
  const { tally } = evidence;
  const sum = (field: 'effective' | 'gaveUp' | 'telling'): number =>
    (tally.retests ?? []).reduce((total, retest) => total + retest[field], 0);
  const trials = {
    ...summary.trials,
    effective: summary.trials.effective - sum('effective'),
    gaveUp: summary.trials.gaveUp - sum('gaveUp'),
  };
  return [
    { ...summary, trials },
    { ...evidence, tally: { ...tally, telling: tally.telling - sum('telling') } },
  ];
}

/** The verdict by the last rung of every path. */
function atTheEnds(
  summary: Summary,
  { tally }: Evidence,
  tolerance: number,
  { confidence }: Levels,
): Judgement {
  const paths = [...new Set(summary.rungs.map(({ path }) => path))];
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

function along<R extends Rung>(rungs: readonly R[], path: string): R[] {
  return rungs.filter((rung) => rung.path === path).toSorted((a, b) => a.size - b.size);
}
