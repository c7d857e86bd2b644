import type { Kind } from '../../claims/index.js';
import type { LoadedClaim } from '../load.js';
import { huntingOf } from './huntable.js';
import { evaluationsOf, marginOf } from './rounds.js';
import type { HuntState } from './state.js';

/** What one body of evidence says of a reading, wherever it comes from. */
export interface Reached {
  readonly claim: string;
  readonly reading: string;
  /** The claim's version that it is about; null where the source does not say. */
  readonly version: number | null;
  /** The smallest margin; null where there is none. */
  readonly margin: number | null;
  /** Trials or evaluations. */
  readonly effort: number;
  readonly refuted: boolean;
}

/** One line of the board. */
export interface BoardRow {
  readonly rank: number;
  readonly claim: string;
  readonly catalogue: string | null;
  readonly reading: string;
  readonly kind: Kind;
  /** `refuted` by a counterexample or verdict; `not-hunted` where hunting can do nothing. */
  readonly status: 'open' | 'refuted' | 'not-hunted';
  readonly margin: number | null;
  readonly effort: number;
}

const ORDER = { open: 0, refuted: 1, 'not-hunted': 2 } as const;

/**
 * Ranks readings by the smallest margin that anything reached, then by effort spent, the least first: those nearest to
 * failing on top, and among equals those least tried. A reading that nobody tried comes before all. Refuted ones and
 * those that hunting cannot follow come last. Evidence of other versions of a claim does not count.
 */
export function rankReadings(
  claims: readonly LoadedClaim[],
  reached: readonly Reached[],
): BoardRow[] {
  const rows = claims.flatMap(({ claim }) =>
    Object.entries(claim.readings).map(([reading, { kind }]) => {
      const mine = reached.filter(
        (entry) =>
          entry.claim === claim.id &&
          entry.reading === reading &&
          (entry.version === null || entry.version === claim.version),
      );
      const margins = mine.flatMap(({ margin }) =>
        margin === null || Number.isNaN(margin) ? [] : [margin],
      );
      const status = mine.some(({ refuted }) => refuted)
        ? 'refuted'
        : huntingOf(kind).does === 'nothing'
          ? 'not-hunted'
          : 'open';
      return {
        claim: claim.id,
        catalogue: claim.catalogue,
        reading,
        kind,
        status,
        margin: margins.length === 0 ? null : Math.min(...margins),
        effort: mine.reduce((sum, { effort }) => sum + effort, 0),
      } as const;
    }),
  );
  return rows
    .toSorted(
      (a, b) =>
        ORDER[a.status] - ORDER[b.status] ||
        (a.margin ?? -Infinity) - (b.margin ?? -Infinity) ||
        a.effort - b.effort,
    )
    .map((row, i) => ({ rank: i + 1, ...row }));
}

/**
 * What the hunt of a checkpoint reached.
 *
 * @param stored ids of the counterexamples that are there: a checkpoint alone refutes nothing
 */
export function reachedByHunt(state: HuntState, stored: ReadonlySet<string>): Reached {
  const { claim, reading, version, kept } = state;
  return {
    claim,
    reading,
    version,
    margin: marginOf(state),
    effort: evaluationsOf(state),
    refuted: kept.some(({ id }) => stored.has(id)),
  };
}

/**
 * The share of the remaining time that the reading in place `rank` gets while those up to `last` wait: weights
 * 1, ½, ⅓, … so that those nearest to failing get most and none gets nothing.
 */
export function shareOfTime(rank: number, last: number): number {
  let total = 0;
  for (let k = rank; k <= last; k += 1) total += 1 / k;
  return 1 / rank / total;
}
