import { bernoulliConfidenceSequence, mayFallToZero } from '../../statistics/index.js';
import type { Suspect } from '../evidence-types.js';
import { confirmedBeyond } from './extension.js';
import type { Levels } from './levels.js';
import type { Draws } from './suspects.js';
import { mixtureShare, pathsOf, retestShare, stratumShare } from './suspects.js';
import type { Judged, RungTally, Tally } from './tally.js';
import { SMALLEST_EXPONENT } from './traces.js';
import { stratumName } from './worst-stratum.js';

type DrawsAtSize = Draws & { readonly size: number };

/** Draws along a path whose rates surely stay above the tolerance: of the mixture, or of one of its strata. */
export interface Stuck {
  readonly path: string;
  /** Whose rate it is; null for the mixture. */
  readonly suspect: Suspect | null;
  readonly last: DrawsAtSize;
  /** Whether the larger sizes that a refutation asks for were drawn, where it asks for any. */
  readonly confirmed: boolean;
}

/** The mixture of each path that is stuck. */
export function stuckMixtures(
  judged: Judged,
  rungs: readonly RungTally[],
  levels: Levels,
): Omit<Stuck, 'confirmed'>[] {
  return pathsOf(judged).flatMap((path) => {
    const here = rungs.filter((rung) => rung.path === path);
    const last = stuckAt(here, judged.tolerance ?? 0, mixtureShare(judged, levels));
    return last === null ? [] : [{ path, suspect: null, last }];
  });
}

/** Everything that is stuck, the mixtures first: strata by their draws in the mixture and suspects by fresh ones. */
export function allStuck(judged: Judged, tally: Tally, levels: Levels): Stuck[] {
  const mixtures = stuckMixtures(judged, tally.rungs, levels).map((stuck) => ({
    ...stuck,
    confirmed: confirmedBeyond(judged, tally, stuck.path),
  }));
  if (judged.mixtureAlone === true) return mixtures;
  const { strata = [], retests = [] } = tally;
  const mixed = strata.map((s) => ({ ...s, law: null }));
  return [
    ...mixtures,
    ...trails(judged, retests, (suspect) => retestShare(judged, tally, suspect, levels)),
    ...trails(judged, mixed, ({ path }) => stratumShare(judged, tally, path, levels)),
  ];
}

function trails(
  judged: Judged,
  draws: readonly (Suspect & DrawsAtSize)[],
  shareOf: (suspect: Suspect) => number,
): Stuck[] {
  const { alone = false, extended = [] } = judged;
  return [...grouped(draws).values()].flatMap((along): Stuck[] => {
    const { path, stratum, law } = along[0];
    const suspect = { path, stratum, law };
    const last = stuckAt(along, judged.tolerance ?? 0, shareOf(suspect));
    if (last === null) return [];
    const beyond = extended.filter((rung) => rung.path === path);
    const drawn = beyond.every(({ size }) => along.some((d) => d.size === size && d.telling > 0));
    return [{ path, suspect, last, confirmed: alone || (beyond.length > 0 && drawn) }];
  });
}

function grouped<D extends Suspect>(draws: readonly D[]): Map<string, D[]> {
  const groups = new Map<string, D[]>();
  for (const one of draws) {
    const key = JSON.stringify([one.path, one.stratum, one.law]);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}

/**
 * The draws at the last size, if on three sizes or more the rate of both of the last two surely exceeds the tolerance
 * and no curve that falls to 0 like size^−0.2 or 1/log(size) or faster explains the rates; null otherwise.
 */
function stuckAt<D extends DrawsAtSize>(
  draws: readonly D[],
  tolerance: number,
  share: number,
): D | null {
  const drawn = draws
    .filter(({ telling, gaveUp }) => telling + gaveUp > 0)
    .toSorted((a, b) => a.size - b.size);
  if (drawn.length < 3) return null;
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
    ? drawn[drawn.length - 1]
    : null;
}

/** What is stuck, in a sentence. */
export function stuckSentence({ path, suspect, last }: Stuck, tolerance: number): string {
  const whose = suspect === null ? '' : ` of ${stratumName(suspect)}`;
  const draws = `${last.violated} of ${last.telling + last.gaveUp}${suspect === null ? '' : ' of its'} draws`;
  return `along ${path} the violation rate${whose} stays above ${tolerance}: ${draws} at size ${last.size}`;
}
