import type { Score } from '../../hunting/index.js';
import { migrate, nearer } from '../../hunting/index.js';
import type { AdvanceResult } from './job.js';
import type { HuntState } from './state.js';

/** Evaluations of an island's share in the first round; it doubles from round to round up to the last. */
const FIRST_SHARE = 4;
const LAST_SHARE = 256;

/**
 * Evaluations of each island's share of a round. Growing shares cost little where evaluations take seconds, since a
 * budget cuts off unfinished shares, and little overhead where they take microseconds. Time has no say in them.
 */
export function shareOf(round: number): number {
  return Math.min(LAST_SHARE, FIRST_SHARE * 2 ** Math.min(round, 20));
}

/** Evaluations so far, those of the round included. */
export function evaluationsOf({ evaluations, shares }: HuntState): number {
  return shares.reduce((sum, share) => sum + (share?.evaluations ?? 0), evaluations);
}

/** The nearest score so far; null before the first evaluation. */
export function bestOf({ islands, shares }: HuntState): Score | null {
  let best: Score | null = null;
  islands.forEach((island, i) => {
    const score = (shares[i]?.island ?? island).best?.score ?? null;
    if (score !== null && (best === null || nearer(score, best))) best = score;
  });
  return best;
}

/** The smallest margin of a draw that meets the assumptions; null where there is none yet. */
export function marginOf(state: HuntState): number | null {
  const best = bestOf(state);
  return best === null || best[0] > 0 ? null : best[1];
}

/** Islands that still have to do their share before `limit` evaluations are reached, in order. */
export function open(state: HuntState, limit: number): number[] {
  const share = shareOf(state.round);
  return state.shares.flatMap((done, island) =>
    done === null && state.evaluations + island * share < limit ? [island] : [],
  );
}

/** Whether every island did its share of the round. */
export function isComplete({ shares }: HuntState): boolean {
  return shares.every((share) => share !== null);
}

/** The state with what an island did. */
export function withShare(state: HuntState, island: number, result: AdvanceResult): HuntState {
  return { ...state, shares: state.shares.with(island, result) };
}

/**
 * Takes the finds of the shares that are done, in order up to the first that is not, so that what is kept depends
 * neither on the number of workers nor on which of them came first.
 *
 * @returns the state, and ids of stored finds whose signature another one stands for
 */
export function mergeFinds(
  state: HuntState,
  stopAtFind: boolean,
): { readonly state: HuntState; readonly spare: string[] } {
  const kept = [...state.kept];
  const suspects = { ...state.suspects };
  const spare: string[] = [];
  let { merged } = state;
  for (; merged < state.shares.length; merged += 1) {
    const share = state.shares[merged];
    if (share === null || (stopAtFind && kept.length > 0)) break;
    const after = state.evaluations + merged * shareOf(state.round);
    for (const { signature, clause, grade, id } of share.finds) {
      if (id === null) suspects[clause] = (suspects[clause] ?? 0) + 1;
      else if (kept.some((find) => find.signature === signature)) spare.push(id);
      else kept.push({ signature, clause, grade, id, after, minimal: null });
    }
  }
  return { state: { ...state, kept, suspects, merged }, spare };
}

/** The state without the shares whose finds are not merged. */
export function upToMerged(state: HuntState): HuntState {
  return { ...state, shares: state.shares.map((share, i) => (i < state.merged ? share : null)) };
}

/** The start of the next round. All shares must be done and merged. */
export function nextRound(state: HuntState): HuntState {
  const islands = migrate(
    state.shares.map((share, i) => {
      if (share === null) throw new TypeError(`nextRound: island ${i} must have done its share`);
      return share.island;
    }),
  );
  return {
    ...state,
    round: state.round + 1,
    islands,
    shares: islands.map(() => null),
    merged: 0,
    evaluations: evaluationsOf(state),
  };
}
