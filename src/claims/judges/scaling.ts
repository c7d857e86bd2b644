import { studentTUpperQuantile, logSlope } from '../../statistics/index.js';
import type { Judgement } from '../verdict.js';
import { ALPHA } from '../verdict.js';
import type { Evidence, Summary } from './evidence.js';
import { judgement, refutation, summarise, unhealthy } from './evidence.js';
import type { Judged } from './tally.js';

/**
 * A trend below this exponent is not called a divergence: a logarithm over two decades of sizes looks
 * like a power of about a fifth.
 */
const SMALLEST_EXPONENT = 0.2;

/**
 * `scaling`: bounded by an unspecified constant times a function of the sizes. Each implied constant
 * is traced along each path. A family refutes. A ladder alone refutes at most statistically: when the
 * constant's exponent surely exceeds 0.2 on the whole path and on both of its halves. A draw that no positive,
 * finite constant satisfies, seen in floating point, leaves the reading open: no slope shows it.
 */
export function judgeScaling(judged: Judged, evidence: Evidence): Judgement {
  const summary = summarise(judged, evidence);
  const impliedConstants = evidence.tally.extremes;
  const { exponents, diverging } = trace(judged, summary);
  const more = { impliedConstants, exponents };
  const refuted = refutation(summary, { ...evidence, finds: [] });
  if (refuted) return { ...refuted, ...more };
  if (diverging) {
    return judgement(summary, 'refuted', diverging, { ...more, grade: 'statistical' });
  }
  const impossible = unsatisfiable(judged, impliedConstants);
  if (impossible) {
    return judgement(summary, 'inconclusive', impossible, { ...more, grade: 'suspect' });
  }
  const ill = unhealthy(summary, evidence);
  if (ill) return { ...ill, ...more };
  const unseen = Object.keys(judged.constants ?? {}).filter((name) => !(name in impliedConstants));
  if (unseen.length > 0) {
    return judgement(
      summary,
      'inconclusive',
      `no trial measured the implied constant ${unseen.join(', ')}; sizes that reach it would settle it`,
      more,
    );
  }
  const untraced = Object.keys(judged.constants ?? {}).filter(
    (name) => !Object.keys(exponents).some((path) => path.startsWith(`${name} along `)),
  );
  if (untraced.length > 0) {
    return judgement(
      summary,
      'inconclusive',
      `no path measured the implied constant ${untraced.join(', ')} at three sizes; longer ladders would settle it`,
      more,
    );
  }
  const constants = Object.entries(impliedConstants)
    .map(([name, value]) => `${name} = ${value.toPrecision(3)}`)
    .join(', ');
  return judgement(
    summary,
    'survived',
    `no implied constant diverges along any path; the hardest seen: ${constants}`,
    more,
  );
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

function trace(judged: Judged, summary: Summary) {
  const exponents: Record<string, number> = {};
  let diverging: string | null = null;
  const paths = [...new Set(summary.rungs.map((rung) => rung.path))];
  for (const [name, { bounded }] of Object.entries(judged.constants ?? {})) {
    const sign = bounded === 'above' ? 1 : -1;
    for (const path of paths) {
      const points = summary.rungs
        .filter((rung) => rung.path === path && name in rung.implied)
        .map((rung) => [rung.size, rung.implied[name]] as const)
        .toSorted((a, b) => a[0] - b[0]);
      if (points.length < 3) continue;
      const fit = logSlope(points);
      exponents[`${name} along ${path}`] = fit.slope;
      const middle = Math.floor(points.length / 2);
      const halves = [points.slice(0, middle + 1), points.slice(middle)];
      const quantile = studentTUpperQuantile(ALPHA, Math.max(1, fit.points - 2));
      const surely = sign * fit.slope - quantile * fit.standardError > SMALLEST_EXPONENT;
      if (surely && halves.every((half) => sign * logSlope(half).slope > SMALLEST_EXPONENT)) {
        diverging ??= `the implied constant ${name} ${bounded === 'above' ? 'grows' : 'falls'} along ${path} like size^${fit.slope.toFixed(2)}`;
      }
    }
  }
  return { exponents, diverging };
}
