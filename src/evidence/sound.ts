import type { RungTally, Tally } from '../claims/index.js';
import type { Rational } from '../math/index.js';
import { compare, multiply, parseRational } from '../math/index.js';
import { decodeTally } from './accumulate.js';
import type { Batch } from './batch.js';

/** What a tally cannot be, given how many trials it is of; null when nothing contradicts it. */
type Check = (tally: Tally, trials: Trials) => string | null;

interface Trials {
  readonly from: number;
  readonly to: number;
  readonly size: number;
}

/**
 * Why the content of a batch cannot be what its range says, for a batch that the schema admits; null when it can. The
 * counts must add up to the range, those of the rungs too, and every statistic must be one of so many trials.
 */
export function contradiction(batch: Batch): string | null {
  const { from, to } = batch;
  if (!(from < to)) return `from must be below to, got ${from} and ${to}`;
  const tally = decodeTally(batch.tally);
  for (const check of CHECKS) {
    const problem = check(tally, { from, to, size: to - from });
    if (problem !== null) return problem;
  }
  return null;
}

const CHECKS: readonly Check[] = [
  outcomesAddUp,
  partsOfEffective,
  reasonsAddUp,
  witnessIsOneOfThem,
  numbersHaveTrials,
  wagersFit,
  rungsAddUp,
  rungsAreConsistent,
  strataAddUp,
  retestsAreConsistent,
  extremesAreThoseOfRungs,
  replicationsFit,
];

function outcomesAddUp(tally: Tally, { size }: Trials): string | null {
  const { effective, discarded, gaveUp } = tally;
  const sum = effective + discarded + gaveUp;
  return sum === size
    ? null
    : `its range has ${size} trials, its counts ${sum} (${effective} effective, ${discarded} discarded, ${gaveUp} gave up)`;
}

function partsOfEffective(tally: Tally): string | null {
  const { effective } = tally;
  for (const part of ['violated', 'telling', 'exact'] as const) {
    if (tally[part] > effective) return `${tally[part]} of ${effective} effective trials ${part}`;
  }
  const label = Object.entries(tally.coverage).find(([, count]) => count > effective);
  return label === undefined
    ? null
    : `${label[1]} of ${effective} effective trials have the label ${label[0]}`;
}

function reasonsAddUp({ reasons, gaveUp }: Tally): string | null {
  const sum = Object.values(reasons).reduce((total, count) => total + count, 0);
  return sum === gaveUp ? null : `${gaveUp} trials gave up, with ${sum} reasons`;
}

function witnessIsOneOfThem({ witness, telling }: Tally, { from, to }: Trials): string | null {
  if (witness === null) return null;
  if (telling === 0) return `trial ${witness} is a witness, and no trial says something`;
  return witness >= from && witness < to ? null : `trial ${witness} is a witness outside its range`;
}

function numbersHaveTrials({ effective, worstMargin, tightest }: Tally): string | null {
  if (effective > 0) return null;
  return worstMargin === null && tightest === null
    ? null
    : 'it has margins, and no effective trial';
}

function wagersFit({ wagers, effective, gaveUp, violated }: Tally): string | null {
  if (wagers === null) return null;
  const bets = wagers.placed + wagers.idle;
  if (bets !== effective + gaveUp)
    return `${effective + gaveUp} trials are bet on, got ${bets} bets`;
  if (wagers.violated > Math.min(wagers.placed, violated)) {
    return `${wagers.violated} bets are won, of ${wagers.placed} placed and ${violated} violations`;
  }
  // A violation where everything is admitted is no bet.
  if (violated - wagers.violated > wagers.idle) {
    return `${violated} violations, ${wagers.violated} bets won and ${wagers.idle} idle`;
  }
  if (wagers.impossible > wagers.violated) {
    return `${wagers.impossible} of ${wagers.violated} violations are impossible`;
  }
  const costly = wagers.costs.findIndex((cost, j) => j > 0 && cost < wagers.costs[j - 1]);
  if (costly >= 0) return 'the costs of bets must grow with their odds';
  return wagers.placed === 0 && wagers.costs.some((cost) => cost > 0)
    ? 'bets cost something, and none is placed'
    : null;
}

/** On a ladder every trial is at one of the rungs, or a fresh draw of a suspicious stratum. */
function rungsAddUp({ rungs, effective, gaveUp, retests = [] }: Tally): string | null {
  if (rungs.length === 0) return null;
  const places = new Set(rungs.map(({ path, size }) => JSON.stringify([path, size])));
  if (places.size < rungs.length) return 'a rung is listed twice';
  const sums = { effective: 0, gaveUp: 0 };
  for (const part of [...rungs, ...retests]) {
    sums.effective += part.effective;
    sums.gaveUp += part.gaveUp;
  }
  return sums.effective === effective && sums.gaveUp === gaveUp
    ? null
    : `the rungs have ${sums.effective} effective trials of ${effective} and ${sums.gaveUp} that gave up of ${gaveUp}`;
}

function rungsAreConsistent({ rungs }: Tally): string | null {
  for (const rung of rungs) {
    const problem = rungProblem(rung);
    if (problem !== null) return `rung ${rung.path} ${rung.size}: ${problem}`;
  }
  return null;
}

/** The draws of a rung that belong to a stratum are among its draws. */
function strataAddUp({ rungs, strata = [] }: Tally): string | null {
  const names = new Set(
    strata.map(({ path, size, stratum }) => JSON.stringify([path, size, stratum])),
  );
  if (names.size < strata.length) return 'a stratum is listed twice';
  for (const { path, size, stratum, ...counts } of strata) {
    const { telling, gaveUp, violated, suspects, undecided } = counts;
    const place = `stratum ${stratum} at ${path} ${size}`;
    if (violated > telling) return `${place}: ${violated} of ${telling} telling trials violated`;
    if (suspects.length > violated || undecided.length > gaveUp) {
      return `${place}: ${suspects.length} laws of ${violated} violations, ${undecided.length} of ${gaveUp} that gave up`;
    }
  }
  for (const rung of rungs) {
    const here = strata.filter(({ path, size }) => path === rung.path && size === rung.size);
    for (const part of ['telling', 'gaveUp', 'violated'] as const) {
      const sum = here.reduce((total, stratum) => total + stratum[part], 0);
      if (sum > rung[part]) {
        return `rung ${rung.path} ${rung.size}: its strata have ${sum} ${part} of ${rung[part]}`;
      }
    }
  }
  return null;
}

function retestsAreConsistent({ retests = [] }: Tally): string | null {
  for (const { path, size, stratum, effective, telling, violated } of retests) {
    if (violated > telling || telling > effective) {
      return `fresh draws of stratum ${stratum} at ${path} ${size}: ${violated} violated of ${telling} telling of ${effective} effective`;
    }
  }
  return null;
}

function rungProblem({ effective, telling, violated, constants }: RungTally): string | null {
  if (telling > effective) return `${telling} of ${effective} effective trials telling`;
  if (violated > telling) return `${violated} of ${telling} telling trials violated`;
  for (const [name, { histogram, extreme }] of Object.entries(constants)) {
    const { bins, nonPositive, infinite, nan } = histogram;
    const count = bins.reduce((sum, [, values]) => sum + values, nonPositive + infinite + nan);
    if (count > effective) return `${count} values of ${name} in ${effective} effective trials`;
    if (bins.some(([bin], i) => i > 0 && bin <= bins[i - 1][0])) {
      return `the bins of ${name} must increase`;
    }
    if ((extreme === null) !== (count === 0)) return `the extreme of ${name} must be a value`;
    if (extreme !== null && Number.isNaN(extreme) !== nan > 0) {
      return `the extreme of ${name} must be NaN where a value is, and only there`;
    }
  }
  return null;
}

function extremesAreThoseOfRungs({ rungs, extremes }: Tally): string | null {
  if (rungs.length === 0) return null;
  for (const [name, extreme] of Object.entries(extremes)) {
    const held = rungs.some(({ constants }) =>
      Object.hasOwn(constants, name) ? Object.is(constants[name].extreme, extreme) : false,
    );
    if (!held) return `the extreme of ${name} must be that of a rung`;
  }
  return null;
}

function replicationsFit({ replications, effective, gaveUp }: Tally): string | null {
  if (replications === null) return null;
  const { moments, binary, missing, against, below, above } = replications;
  const { count } = moments;
  if (count + missing !== effective + gaveUp || count > effective) {
    return `${count} replications and ${missing} missing ones of ${effective} effective trials and ${gaveUp} that gave up`;
  }
  if (binary > count || below + above > count) {
    return `of ${count} replications ${binary} are 0 or 1, ${below} lie below and ${above} above the number`;
  }
  if (!(against[0] <= against[1])) return 'the reported number must lie within its rounding';
  const sums = [moments.sum, moments.sumOfSquares, moments.sumOfCubes, moments.sumOfFourths].map(
    parseRational,
  );
  const possible = binary === count ? areOfBits(sums, count) : areOfNumbers(sums, count);
  return possible ? null : 'the sums of the replications are those of no numbers';
}

/** Every power of 0 and 1 is itself. */
function areOfBits([first, ...others]: readonly Rational[], count: number): boolean {
  return (
    first.denominator === 1n &&
    compare(first, 0n) >= 0 &&
    compare(first, BigInt(count)) <= 0 &&
    others.every((sum) => compare(sum, first) === 0)
  );
}

/** Cauchy–Schwarz: (Σ x)² ≤ n·Σ x², (Σ x²)² ≤ n·Σ x⁴, (Σ x³)² ≤ Σ x²·Σ x⁴. */
function areOfNumbers([s1, s2, s3, s4]: readonly Rational[], count: number): boolean {
  const n = BigInt(count);
  return (
    compare(multiply(s1, s1), multiply(s2, n)) <= 0 &&
    compare(multiply(s2, s2), multiply(s4, n)) <= 0 &&
    compare(multiply(s3, s3), multiply(s2, s4)) <= 0
  );
}
