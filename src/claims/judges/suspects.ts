import { bernoulliConfidenceSequence } from '../../statistics/index.js';
import type { Suspect } from '../evidence-types.js';
import type { Levels } from './levels.js';
import { DEFAULT_LEVELS } from './levels.js';
import { isSuspect } from './strata.js';
import type { Judged, Tally } from './tally.js';

/** Strata or laws of one path that are drawn again at most; one of each stratum before the second of any. */
const MOST_SUSPECTS = 12;

/** A suspect with the size at which it was met: the end of its path. */
export interface SuspectAtEnd extends Suspect {
  readonly size: number;
}

/**
 * What is to be drawn again before a limit survives: of every stratum with a violated or given-up draw at the end of a path,
 * the laws of such draws, or the stratum itself where laws are not told apart. The worst strata come first.
 */
export function suspectsOf(judged: Judged, tally: Tally): SuspectAtEnd[] {
  return pathsOf(judged).flatMap((path) => {
    const size = endOf(judged, tally, path);
    const strata = strataAt(tally, path, size)
      .filter(({ violated, gaveUp }) => violated + gaveUp > 0)
      .toSorted((a, b) => b.violated - a.violated || b.gaveUp - a.gaveUp);
    const lists = strata.map(({ stratum, suspects, undecided }): SuspectAtEnd[] => {
      const laws = [...suspects, ...undecided];
      return (laws.length === 0 ? [null] : laws).map((law) => ({ path, size, stratum, law }));
    });
    const rounds = Math.max(0, ...lists.map((list) => list.length));
    const inTurn = Array.from({ length: rounds }, (_, k) =>
      lists.flatMap((list) => list.slice(k, k + 1)),
    ).flat();
    return inTurn.slice(0, MOST_SUSPECTS);
  });
}

/** Draws of a suspect at one size. */
export interface Draws {
  readonly telling: number;
  readonly gaveUp: number;
  readonly violated: number;
}

/** The fresh draws of a suspect at one size. */
export function drawsOf({ retests = [] }: Tally, suspect: Suspect, size: number): Draws {
  return (
    retests.find((other) => other.size === size && isSuspect(other, suspect)) ?? {
      telling: 0,
      gaveUp: 0,
      violated: 0,
    }
  );
}

/**
 * What fresh draws say of a suspect at one size: its violation rate is surely within the tolerance, surely above it, or neither.
 *
 * @param among how many suspects there are: the limits of all of them hold together
 */
export function standing(
  judged: Judged,
  tally: Tally,
  suspect: Suspect,
  draws: Draws,
  among: number,
  levels: Levels = DEFAULT_LEVELS,
): 'within' | 'above' | 'open' {
  const tolerance = judged.tolerance ?? 0;
  const attempted = draws.telling + draws.gaveUp;
  const level = jointLevel(among, levels);
  const { upper } = bernoulliConfidenceSequence(draws.violated + draws.gaveUp, attempted, level);
  if (upper <= tolerance) return 'within';
  const share = retestShare(judged, tally, suspect, levels);
  const { lower } = bernoulliConfidenceSequence(draws.violated, attempted, share);
  return lower > tolerance ? 'above' : 'open';
}

/** The error of one limit of so many that hold together, at every number of them: Σ 1/(k(k + 1)) = 1. */
export function jointLevel(among: number, { confidence }: Levels): number {
  return (1 - confidence) / (among * (among + 1));
}

/** The error of the test of the mixture on one path: half of all. */
export function mixtureShare(judged: Judged, { alpha }: Levels): number {
  return alpha / 2 / pathsOf(judged).length;
}

/**
 * The error of the test of one stratum by its draws in the mixture. Each of the strata that have been seen might have been
 * selected, and more may come: Σ 1/(s(s + 1)) = 1 over the order in which they come.
 */
export function stratumShare(judged: Judged, tally: Tally, path: string, levels: Levels): number {
  return apart(strataSeen(tally, path), judged, levels);
}

/** The same for fresh draws: of laws each draw at the end of the path gives one that might have been selected. */
export function retestShare(
  judged: Judged,
  tally: Tally,
  { path, law }: Suspect,
  levels: Levels,
): number {
  if (law === null) return stratumShare(judged, tally, path, levels);
  const last = lastOf(judged, path);
  const drawn = (tally.strata ?? [])
    .filter((s) => s.path === path && s.size >= last)
    .reduce((sum, { telling, gaveUp }) => sum + telling + gaveUp, 0);
  return apart(drawn, judged, levels);
}

/** A quarter of all error for strata in the mixture, a quarter for fresh draws. */
function apart(selectable: number, judged: Judged, { alpha }: Levels): number {
  const count = Math.max(1, selectable);
  return alpha / 4 / (pathsOf(judged).length * count * (count + 1));
}

function strataSeen({ strata = [] }: Tally, path: string): number {
  return new Set(strata.filter((s) => s.path === path).map(({ stratum }) => stratum)).size;
}

/** The paths of the ladder. */
export function pathsOf({ rungs = [] }: Judged): string[] {
  return [...new Set(rungs.map(({ path }) => path))];
}

/** The largest size of the ladder itself on a path. */
function lastOf({ rungs = [] }: Judged, path: string): number {
  return Math.max(...rungs.filter((rung) => rung.path === path).map(({ size }) => size));
}

/** The largest size of a path that was drawn, its extension included. */
export function endOf(judged: Judged, tally: Tally, path: string): number {
  const drawn = tally.rungs.filter((r) => r.path === path && r.telling + r.gaveUp > 0);
  return Math.max(lastOf(judged, path), ...drawn.map(({ size }) => size));
}

/** The strata of the mixture at a rung. */
export function strataAt({ strata = [] }: Tally, path: string, size: number) {
  return strata.filter((s) => s.path === path && s.size === size);
}
