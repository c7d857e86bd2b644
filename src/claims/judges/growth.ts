import type { WhatDecides } from '../../statistics/index.js';
import { whatDecides } from '../../statistics/index.js';
import { exponentText } from '../growth-phrase.js';
import type { ExcludedGrowth, Judgement } from '../verdict.js';
import type { Levels } from './levels.js';
import type { Judged, Tally } from './tally.js';
import type { Trace } from './traces.js';
import { SMALLEST_EXPONENT, shareOf } from './traces.js';

/** The median's exponents and their limits, of the constants themselves: hardness grows where one that is bounded below falls. */
export function reportedGrowth(
  traced: readonly Trace[],
): Pick<Judgement, 'exponents' | 'exponentLimits' | 'excludedGrowth'> {
  const exponents: Record<string, number> = {};
  const exponentLimits: Record<string, { lower: number; upper: number }> = {};
  const excludedGrowth: Record<string, ExcludedGrowth> = {};
  for (const trace of traced) {
    if (Number.isNaN(trace.median)) continue;
    const key = `${trace.name} along ${trace.path}`;
    exponents[key] = trace.bounded === 'above' ? trace.median : -trace.median;
    exponentLimits[key] = ofConstant(trace);
    excludedGrowth[key] = { from: trace.limits.upper, needed: trace.needed };
  }
  return { exponents, exponentLimits, excludedGrowth };
}

/** The limits of the constant's exponent. */
function ofConstant({ bounded, limits }: Trace): Trace['limits'] {
  return bounded === 'above' ? limits : { lower: -limits.upper, upper: -limits.lower };
}

/** The deciding traces that leave open the growth that must be excluded. */
export function undecided(traced: readonly Trace[]): Trace[] {
  return traced.filter(({ needed, limits }) => needed !== null && !(limits.upper < needed));
}

/**
 * The sentence about deciding paths that leave the growth open that must be excluded: the first in full, with what
 * would decide it, and the names of the others. Null without any.
 */
export function openGrowth(
  judged: Judged,
  tally: Tally,
  traced: readonly Trace[],
  levels: Levels,
): string | null {
  const [first, ...others] = undecided(traced);
  if (first === undefined) return null;
  const rest = others.map(({ name, path }) => `${name} along ${path}`);
  const decision = first.fits
    ? decidingSentence(judged, tally, first, levels)
    : 'sizes from which on it follows one would settle it';
  return [
    `${limitsSentence(first, levels)}; ${decision}`,
    ...(rest.length === 0 ? [] : [`open as well: ${rest.join(', ')}`]),
  ].join('; ');
}

function limitsSentence(trace: Trace, { confidence }: Levels): string {
  const { name, path, bounded, needed, fits } = trace;
  if (!fits) {
    return `along ${path} no power of the size with a logarithm or a transient beside it explains the implied constant ${name}, so that its exponent has no limits`;
  }
  const { lower, upper } = ofConstant(trace);
  const grows = bounded === 'above' ? 'growth' : 'a fall';
  const open = power(bounded === 'above' ? (needed ?? NaN) : -(needed ?? NaN));
  const end = trace.limits.upper;
  const excluded =
    end === Infinity
      ? 'excludes nothing'
      : `excludes only ${power(bounded === 'above' ? end : -end)} and faster`;
  return `along ${path} the exponent of the implied constant ${name} lies in [${exponentText(lower)}, ${exponentText(upper)}] (${Number((100 * confidence).toPrecision(12))} % confidence), which leaves ${grows} like ${open} open and ${excluded}`;
}

/** What would decide an open path, by a forecast for one of its quantiles. */
export function decidingSentence(
  judged: Judged,
  tally: Tally,
  { path, samples, needed }: Trace,
  { alpha, confidence }: Levels,
  tau = 0.5,
): string {
  const unforeseen = 'more trials or larger sizes would settle it';
  // Nobody reads why a control is open.
  if (judged.alone === true) return unforeseen;
  const found = whatDecides(samples, tau, {
    below: needed ?? SMALLEST_EXPONENT,
    alphaBelow: 1 - confidence,
    above: SMALLEST_EXPONENT,
    alphaAbove: shareOf(judged, tally, alpha),
  });
  return found === null ? unforeseen : adviceSentence(found, path);
}

function adviceSentence({ draws, larger, exponent }: WhatDecides, path: string): string {
  const beyond =
    larger === null
      ? null
      : `sizes to ${whole(larger.sizes[larger.sizes.length - 1])} with ${whole(larger.draws)} draws each`;
  if (draws !== null) {
    const more = `${whole(draws)} draws at each of these sizes would decide`;
    return beyond === null ? more : `${more}, or ${beyond}`;
  }
  return beyond === null
    ? `neither more draws nor a ladder along ${path} of any feasible length would decide, since the growth seen, ${power(exponent)}, is too close to that`
    : `no number of draws on these sizes decides: ${beyond} would`;
}

function power(exponent: number): string {
  return `size^${exponentText(exponent)}`;
}

function whole(value: number): string {
  return String(Number(value.toPrecision(6)));
}
