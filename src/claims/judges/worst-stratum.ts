import { bernoulliConfidenceSequence } from '../../statistics/index.js';
import type { Suspect } from '../evidence-types.js';
import type { StrataSummary, StratumSummary } from '../verdict.js';
import type { Levels } from './levels.js';
import { membersOf } from '../stratum.js';
import { isSuspect } from './strata.js';
import type { StratumTally } from './strata.js';
import type { Draws } from './suspects.js';
import { endOf, jointLevel, pathsOf, strataAt, suspectsOf } from './suspects.js';
import type { Judged, Tally } from './tally.js';

/** Strata that a reason names; the outcome lists them all. */
const NAMED = 3;

/** The strata at the ends of all paths, and the sentences about those that stand in the way of survival. */
export function judgeStrata(
  judged: Judged,
  tally: Tally,
  levels: Levels,
): StrataSummary & { readonly open: readonly string[] } {
  const tolerance = judged.tolerance ?? 0;
  const retested = retestedAtEnds(tally, levels);
  const needed = drawsNeeded(tolerance, 1 - levels.confidence);
  const open: string[] = [];
  const fine: StratumSummary[] = [];
  const thin: { path: string; stratum: string; draws: number }[] = [];
  let seen = 0;
  let byFresh = 0;
  for (const path of pathsOf(judged)) {
    const size = endOf(judged, tally, path);
    const strata = withPools(strataAt(tally, path, size));
    seen += strata.length;
    if (strata.length === 0) {
      open.push(
        `on ${path} there is a verdict on the mixture of laws alone, whose labels tell no strata`,
      );
    }
    for (const stratum of strata) {
      const draws = stratum.telling + stratum.gaveUp;
      if (draws < needed) {
        thin.push({ path, stratum: stratum.stratum, draws });
        continue;
      }
      const one = summaryOf({ ...stratum, law: null }, size, stratum, 1 - levels.confidence, false);
      // What was violated in the mixture is suspicious, and fresh draws decide: the mixture alone when it is surely above.
      if (one.rateUpper <= tolerance) fine.push(one);
      else if (one.rateLower > tolerance) open.push(aboveTolerance(one, tolerance));
      else byFresh += 1;
    }
  }
  for (const one of retested) {
    if (one.rateUpper > tolerance) open.push(aboveTolerance(one, tolerance));
  }
  for (const suspect of suspectsOf(judged, tally)) {
    const { path, stratum } = suspect;
    const asked = retested.some((r) => r.path === path && r.stratum === stratum);
    if (asked) continue;
    open.push(`${stratum} on ${path} has a violated or undecided draw and was not drawn again`);
  }
  const worst = [...fine, ...retested].reduce<StratumSummary | null>(
    (a, b) => (a === null || b.rateUpper > a.rateUpper ? b : a),
    null,
  );
  return { seen, judged: fine.length + byFresh, worst, retested, thin, open: [...new Set(open)] };
}

/**
 * Strata and, where several members of pools name them, those of each member alone: an input law over all label laws has
 * draws enough before any of its strata has.
 */
function withPools(strata: readonly StratumTally[]): StratumTally[] {
  const pools = new Map<string, StratumTally>();
  for (const one of strata) {
    const members = membersOf(one.stratum);
    if (members.length < 2) continue;
    for (const stratum of members) {
      const before = pools.get(stratum);
      pools.set(stratum, {
        ...one,
        stratum,
        telling: one.telling + (before?.telling ?? 0),
        gaveUp: one.gaveUp + (before?.gaveUp ?? 0),
        violated: one.violated + (before?.violated ?? 0),
      });
    }
  }
  return [...pools.values(), ...strata];
}

/** What is said of the strata of a reading that survives. */
export function strataPhrase({ seen, judged, worst, retested, thin }: StrataSummary): string {
  const again =
    retested.length === 0
      ? ''
      : `; ${retested.length === 1 ? 'a suspicious law was' : `${retested.length} suspicious laws were`} drawn again and ${retested.length === 1 ? 'is' : 'are'} within it`;
  const apart =
    worst === null
      ? ''
      : `; the worst stratum, ${stratumName(worst)} on ${worst.path}, is violated on ${worst.violated} of ${worst.draws} draws, at most ${worst.rateUpper.toFixed(3)}`;
  const few =
    thin.length === 0
      ? `; all ${seen} strata were judged apart`
      : `; ${judged} of ${seen} strata were judged apart, ${thin.length} are too thin for it, none of them violated but those drawn again: ${namesOf(thin)}`;
  return `${again}${apart}${few}`;
}

/** A stratum in words, with the law of it that was drawn. */
export function stratumName({ stratum, law }: Pick<Suspect, 'stratum' | 'law'>): string {
  return law === null ? stratum : `${stratum} (one law, seed ${law})`;
}

function namesOf(thin: StrataSummary['thin']): string {
  // The thickest first: nearest to being judged.
  const ordered = thin.toSorted((a, b) => b.draws - a.draws);
  const names = [...new Set(ordered.map(({ stratum }) => stratum))];
  const more = names.length - NAMED;
  return `${names.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function aboveTolerance(one: StratumSummary, tolerance: number): string {
  const { path, size, violated, gaveUp, draws, rateUpper, retested } = one;
  const undecided = gaveUp === 0 ? '' : ` and undecided on ${gaveUp}`;
  return `${stratumName(one)} on ${path}, size ${size}, is violated on ${violated}${undecided} of ${draws} ${retested ? 'fresh ' : ''}draws, upper limit ${rateUpper.toFixed(3)} > ${tolerance}`;
}

/** Every suspect at the largest size at which it was drawn again; the limits of all hold together. */
function retestedAtEnds({ retests = [] }: Tally, levels: Levels): StratumSummary[] {
  const ends = retests.filter(
    (one) => !retests.some((other) => isSuspect(one, other) && other.size > one.size),
  );
  const level = jointLevel(Math.max(1, ends.length), levels);
  return ends.map((one) => summaryOf(one, one.size, one, level, true));
}

function summaryOf(
  { path, stratum, law }: Suspect,
  size: number,
  { telling, gaveUp, violated }: Draws,
  level: number,
  retested: boolean,
): StratumSummary {
  const draws = telling + gaveUp;
  return {
    path,
    size,
    stratum,
    law,
    retested,
    draws,
    gaveUp,
    violated,
    rateLower: bernoulliConfidenceSequence(violated, draws, level).lower,
    rateUpper: bernoulliConfidenceSequence(violated + gaveUp, draws, level).upper,
  };
}

/** The least number of draws whose rate, none of them violated, is surely within the tolerance. */
function drawsNeeded(tolerance: number, alpha: number): number {
  const enough = (n: number): boolean =>
    bernoulliConfidenceSequence(0, n, alpha).upper <= tolerance;
  let high = 1;
  while (!enough(high)) high *= 2;
  let low = high / 2;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return high;
}
