import type { Judgement } from '../verdict.js';
import type { Evidence } from './evidence.js';
import { judgement, refutation, summarise, unhealthy } from './evidence.js';
import { decidingSentence, openGrowth, reportedGrowth } from './growth.js';
import type { Levels } from './levels.js';
import type { Judged, Tally } from './tally.js';
import type { Trace } from './traces.js';
import { SMALLEST_EXPONENT, traces } from './traces.js';
import { confirmedBeyond, ladderAlone } from './extension.js';

/**
 * `scaling`: bounded by an unspecified constant times a function of the sizes. Each implied constant
 * is traced along each path. A family refutes. A ladder refutes at most statistically: when a quantile
 * of the constant surely grows faster than size^0.2, whatever logarithm or transient is beside the
 * power, on the ladder and again with the larger sizes of its extension, where the quantile surely still rises
 * between the last two sizes. Growth above that exponent
 * that shows up to the end of the ladder and is not sure, or that no larger sizes could confirm, leaves
 * the reading open; so does a draw that no positive, finite constant satisfies, seen in floating point. It survives
 * only where every path that decides excludes the growth that matters: the upper limit of the exponent is below it.
 */
export function judgeScaling(judged: Judged, evidence: Evidence, levels: Levels): Judgement {
  const summary = summarise(judged, evidence, levels);
  const { tally } = evidence;
  const impliedConstants = tally.extremes;
  const traced = traces(judged, tally, tally.rungs, levels);
  const more = { impliedConstants, ...reportedGrowth(traced) };
  const refuted = refutation(summary, { ...evidence, finds: [] });
  if (refuted) return { ...refuted, ...more };
  const diverging = traced.filter(({ surely }) => surely > SMALLEST_EXPONENT);
  const confirmed = diverging.find(
    ({ path, name, sustained }) =>
      confirmedBeyond(judged, tally, path, name) &&
      (judged.alone === true || sustained > SMALLEST_EXPONENT),
  );
  if (confirmed) {
    return judgement(
      summary,
      'refuted',
      `${growth(confirmed)}${judged.alone === true ? '' : ', on larger sizes too'}; surely faster than size^${SMALLEST_EXPONENT}, whatever logarithm or transient is beside the power`,
      { ...more, grade: 'statistical' },
    );
  }
  const impossible = unsatisfiable(judged, impliedConstants);
  if (impossible) {
    return judgement(summary, 'inconclusive', impossible, { ...more, grade: 'suspect' });
  }
  if (diverging.length > 0) {
    return judgement(
      summary,
      'inconclusive',
      `${growth(diverging[0])} on the ladder; draws at larger sizes would settle it`,
      more,
    );
  }
  const ill = unhealthy(summary, evidence);
  if (ill) return { ...ill, ...more };
  const open =
    unseen(judged, traced, impliedConstants) ??
    trend(judged, tally, traced, levels) ??
    openGrowth(judged, tally, traced, levels);
  if (open) return judgement(summary, 'inconclusive', open, more);
  const constants = Object.entries(impliedConstants)
    .map(([name, value]) => `${name} = ${value.toPrecision(3)}`)
    .join(', ');
  return judgement(
    summary,
    'survived',
    `no implied constant diverges along any path, and growth ${excluded(traced)} is excluded; the hardest seen: ${constants}`,
    more,
  );
}

/** Paths along which the ladder alone would be called divergent: those to extend before that stands. */
export function scalingPathsToExtend(judged: Judged, evidence: Evidence, levels: Levels): string[] {
  const { tally } = evidence;
  const diverging = traces(judged, tally, ladderAlone(judged, tally), levels).filter(
    ({ surely }) => surely > SMALLEST_EXPONENT,
  );
  return [...new Set(diverging.map(({ path }) => path))];
}

function growth({ name, path, bounded, steepest }: Trace, hardness = steepest): string {
  const exponent = (bounded === 'above' ? hardness : -hardness).toFixed(2);
  return `the implied constant ${name} ${bounded === 'above' ? 'grows' : 'falls'} along ${path} like size^${exponent}`;
}

/** The sentence about growth up to the end of a ladder that is too fast to be passed over and not sure. */
function trend(
  judged: Judged,
  tally: Tally,
  traced: readonly Trace[],
  levels: Levels,
): string | null {
  const rising = traced.find(({ lasting }) => lasting > SMALLEST_EXPONENT);
  return rising === undefined
    ? null
    : `${growth(rising, rising.lasting)}, which chance, a logarithm or a transient may explain; ${decidingSentence(judged, tally, rising, levels, rising.lastingTau)}`;
}

/** The growth that all deciding paths exclude. */
function excluded(traced: readonly Trace[]): string {
  const deciding = traced.filter(({ needed }) => needed !== null);
  const from = Math.max(...deciding.map(({ limits }) => limits.upper));
  return `like size^${from.toFixed(2)} or faster along ${deciding.length === 1 ? deciding[0].path : 'every path that decides'}`;
}

/** The sentence about constants that the ladder does not show. */
function unseen(
  judged: Judged,
  traced: readonly Trace[],
  extremes: Readonly<Record<string, number>>,
): string | null {
  const names = Object.keys(judged.constants ?? {});
  const missing = names.filter((name) => !(name in extremes));
  if (missing.length > 0) {
    return `no trial measured the implied constant ${missing.join(', ')}; sizes that reach it would settle it`;
  }
  const deciding = traced.filter(({ needed }) => needed !== null);
  const untraced = names.filter((name) => deciding.every((trace) => trace.name !== name));
  if (untraced.length > 0) {
    return `no path that decides measured the implied constant ${untraced.join(', ')} at three sizes; longer ladders would settle it`;
  }
  const silent = Object.keys(judged.decides ?? {}).filter((path) =>
    deciding.every((trace) => trace.path !== path),
  );
  return silent.length === 0
    ? null
    : `${silent.join(', ')} decides and measured no implied constant at three sizes; more trials would settle it`;
}

/** The sentence about a draw that leaves no choice of a constant. */
function unsatisfiable(judged: Judged, extremes: Readonly<Record<string, number>>): string | null {
  for (const [name, value] of Object.entries(extremes)) {
    if (Number.isNaN(value))
      return `the implied constant ${name} of a draw is NaN; a claim that computes it would settle it`;
    const below = judged.constants?.[name].bounded === 'below';
    if (below ? value > 0 : value < Infinity) continue;
    return `a draw asks for ${name} ${below ? '≤' : '≥'} ${value}, which no ${below ? 'positive' : 'finite'} constant is; a family with exact checks would settle it`;
  }
  return null;
}
