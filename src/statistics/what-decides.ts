import { exponentLimits } from './exponent-limits.js';
import type { FittedLadder } from './fitted-ladder.js';
import { fittedLadder } from './fitted-ladder.js';
import type { LadderSample } from './quantile-curve.js';

/** What must be known of an exponent: that it is below one number, or above another. */
export interface ExponentGoal {
  readonly below: number;
  /** Error probability of the upper limit. */
  readonly alphaBelow: number;
  readonly above: number;
  readonly alphaAbove: number;
}

/** What would decide an exponent, as far as the draws so far let one foresee it. */
export interface WhatDecides {
  /** The exponent of the curve that the forecast goes by. */
  readonly exponent: number;
  /** Draws at each of the present sizes, all together; null where no number would. */
  readonly draws: number | null;
  /** The smallest extension of the ladder that would, with its draws at each size; null where none was found. */
  readonly larger: { readonly sizes: readonly number[]; readonly draws: number } | null;
}

/** Draws at one size that stand for any number of them. */
const UNLIMITED = 1000;
/** More draws at one size are no advice. */
const MOST_DRAWS = 100_000;
/** A ladder is extended by at most this factor. */
const FARTHEST = 2 ** 20;
/** An extension that asks for at most so many draws is preferred to one that is longer. */
const MODERATE = 400;
/**
 * A forecast goes by draws that lie just where they should. Three times as many have limits that are narrower by
 * 1.5 standard errors of the forecast's quantiles, 2.6 of their own: room for draws that do not.
 */
const SAFETY = 3;

/**
 * Foresees what would decide the exponent of a τ-quantile: the limits that `exponentLimits` would give on draws along
 * the fitted curve, for more draws and for larger sizes. No number of draws helps where the limits stay too wide even
 * when the quantiles at all sizes are known exactly: then logarithms and transients explain what is open.
 */
export function whatDecides(
  samples: readonly LadderSample[],
  tau: number,
  goal: ExponentGoal,
): WhatDecides | null {
  const fitted = fittedLadder(samples, tau);
  if (fitted === null) return null;
  const present = samples.map(({ logSize }) => logSize).sort((a, b) => a - b);
  const onSizes = (sizes: readonly number[], draws: number): boolean =>
    decides(
      sizes.map((logSize) => foreseen(fitted, logSize, draws)),
      tau,
      fitted.exponent,
      goal,
    );
  const enough = (sizes: readonly number[], most: number): number | null => {
    for (let n = 5; n <= most; n *= 2) if (onSizes(sizes, n)) return rounded(SAFETY * n);
    return null;
  };
  const possible = (sizes: readonly number[]): boolean =>
    decides(
      sizes.map((logSize) => known(fitted, logSize)),
      tau,
      fitted.exponent,
      goal,
    );
  return {
    exponent: fitted.exponent,
    draws: possible(present) ? enough(present, MOST_DRAWS / SAFETY) : null,
    larger: extension(present, possible, enough),
  };
}

function decides(
  samples: readonly LadderSample[],
  tau: number,
  exponent: number,
  { below, alphaBelow, above, alphaAbove }: ExponentGoal,
): boolean {
  if (exponent < below) {
    const { upper, fits } = exponentLimits(samples, tau, alphaBelow);
    if (fits && upper < below) return true;
  }
  return exponent > above && exponentLimits(samples, tau, alphaAbove).lower > above;
}

/** The first extension that a moderate number of draws decides, else the one that asks for the fewest. */
function extension(
  present: readonly number[],
  possible: (sizes: readonly number[]) => boolean,
  enough: (sizes: readonly number[], most: number) => number | null,
): WhatDecides['larger'] {
  const whole = present.every((u) => Math.abs(Math.exp(u) - Math.round(Math.exp(u))) < 1e-6);
  const largest = present[present.length - 1];
  // Sizes at least an octave apart: more of them say little more.
  const step = Math.max((largest - present[0]) / (present.length - 1), Math.LN2);
  let best: WhatDecides['larger'] = null;
  const sizes = [...present];
  for (let u = largest + step; u <= largest + Math.log(FARTHEST); u += step) {
    sizes.push(whole ? Math.log(Math.round(Math.exp(u))) : u);
    if (!possible(sizes)) continue;
    const draws = enough(sizes, best === null ? MOST_DRAWS / SAFETY : best.draws / (2 * SAFETY));
    if (draws === null) continue;
    best = { sizes: sizes.map(sizeOf), draws };
    if (draws <= MODERATE) break;
  }
  return best;
}

function sizeOf(logSize: number): number {
  const size = Math.exp(logSize);
  return Math.abs(size - Math.round(size)) < 1e-6 ? Math.round(size) : Number(size.toPrecision(6));
}

/** So many draws at a size, as they lie on average. */
function foreseen(
  { at, deviations, unknown }: FittedLadder,
  logSize: number,
  n: number,
): LadderSample {
  const y = at(logSize);
  const lost = Math.round(n * unknown);
  const parts = deviations.length;
  const upTo = (k: number): number => Math.round((k * (n - lost)) / parts);
  return {
    logSize,
    unknown: lost,
    bins: deviations.flatMap((by, k) => {
      const count = upTo(k + 1) - upTo(k);
      return count === 0 ? [] : [{ low: y + by - HALF_BIN, high: y + by + HALF_BIN, count }];
    }),
  };
}

/** Half the width of a histogram's bins: 128 an octave of equal width, at most 1/128 in the logarithm. */
const HALF_BIN = 1 / 256;

/** A size whose quantile is known exactly. */
function known({ at }: FittedLadder, logSize: number): LadderSample {
  const y = at(logSize);
  return {
    logSize,
    unknown: 0,
    bins: [{ low: y - HALF_BIN, high: y + HALF_BIN, count: UNLIMITED }],
  };
}

/** Two significant digits, rounded up. */
function rounded(n: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(n)) - 1);
  return Math.ceil(n / unit) * unit;
}
