import type { Claim, Grade } from '../../claims/index.js';
import type { IslandState } from '../../hunting/index.js';
import { newIsland } from '../../hunting/index.js';
import { FALSUM_VERSION } from '../version.js';
import type { AdvanceResult, HuntTarget } from './job.js';

export const HUNT_SCHEMA = 'falsum/hunt@1';

/** Islands of a hunt; their number is part of its result, the number of workers is not. */
export const ISLANDS = 16;

/** A counterexample that a hunt holds, one for each signature: that of its first evaluation. */
export interface KeptFind {
  readonly signature: string;
  readonly clause: string;
  readonly grade: Grade;
  readonly id: string;
  /** Evaluations of the hunt before the share that found it. */
  readonly after: number;
  /** Null until it is shrunk; then whether no listed step applies any more. */
  readonly minimal: boolean | null;
}

/** Where a hunt is: everything that going on with it needs. */
export interface HuntState extends HuntTarget {
  readonly schema: typeof HUNT_SCHEMA;
  readonly claim: string;
  /** The claim's version. */
  readonly version: number;
  readonly falsum: string;
  readonly round: number;
  /** At the start of the round. */
  readonly islands: readonly IslandState[];
  /** What islands have done in this round, by island; null where one has not. */
  readonly shares: readonly (AdvanceResult | null)[];
  /** Shares whose finds are among `kept`, from the first on. */
  readonly merged: number;
  /** Evaluations of the rounds before. */
  readonly evaluations: number;
  readonly kept: readonly KeptFind[];
  /** Shares that ended with a violation that no grading confirmed, by clause. */
  readonly suspects: Readonly<Record<string, number>>;
  /** Time spent, over all sittings. */
  readonly elapsedMs: number;
}

/** A hunt that has done nothing yet. */
export function newHunt(claim: Claim, target: HuntTarget): HuntState {
  const key = keyOf({ claim: claim.id, ...target });
  const islands = Array.from({ length: ISLANDS }, (_, index) => newIsland(key, index));
  return {
    schema: HUNT_SCHEMA,
    claim: claim.id,
    version: claim.version,
    falsum: FALSUM_VERSION,
    ...target,
    round: 0,
    islands,
    shares: islands.map(() => null),
    merged: 0,
    evaluations: 0,
    kept: [],
    suspects: {},
    elapsedMs: 0,
  };
}

/** What keys the randomness of a hunt's islands. */
export function keyOf({
  seed,
  claim,
  reading,
}: Pick<HuntState, 'seed' | 'claim' | 'reading'>): (string | number)[] {
  return [seed, claim, reading, 'hunt'];
}

/** Why a hunt cannot go on from a checkpoint; null when it can. */
export function mismatch(state: HuntState, claim: Claim, target: HuntTarget): string | null {
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ['the claim', state.claim, claim.id],
    ['the reading', state.reading, target.reading],
    ['the seed', state.seed, target.seed],
    ['the claim’s version', state.version, claim.version],
    ['Falsum', state.falsum, FALSUM_VERSION],
    ['the engine', state.engine, target.engine],
    ['the attack effort', state.attack, target.attack],
    ['the label', state.label, target.label],
  ];
  const other = pairs.find(([, was, is]) => was !== is);
  return other === undefined
    ? null
    : `${other[0]} was ${String(other[1])} and is ${String(other[2])}`;
}
