import type { StreamKey } from '../../math/index.js';
import { randomSource } from '../../math/index.js';
import { advanceIsland, migrate, newIsland } from './island.js';
import type { IslandState } from './island.js';
import type { Evaluation, HuntProblem, Score } from './problem.js';
import { nearer } from './problem.js';
import { EMPTY_TAPE } from './tape.js';

/** What a search in one thread came to. */
export interface SearchEnd {
  readonly evaluations: number;
  /** The first violation; null where none was met. It was the last evaluation. */
  readonly find: Evaluation | null;
  /** The nearest score. */
  readonly nearest: Score | null;
}

/** How the evaluations are divided: islands take turns, each with its share of a round. */
export interface Division {
  readonly islands: number;
  readonly share: number;
}

/**
 * Searches in this thread, all islands in turn with migration between the rounds, until the first violation or at least
 * `limit` evaluations are spent.
 */
export async function searchAlone(
  problem: HuntProblem,
  key: StreamKey,
  limit: number,
  { islands, share }: Division,
): Promise<SearchEnd> {
  let states: IslandState[] = Array.from({ length: islands }, (_, index) => newIsland(key, index));
  let spent = 0;
  let find: Evaluation | null = null;
  while (find === null && spent < limit) {
    for (let i = 0; i < islands && find === null && spent < limit; i += 1) {
      const { state, finds } = await advanceIsland(
        problem,
        states[i],
        Math.min(share, limit - spent),
        (met) => met.length > 0,
      );
      spent += state.evaluations - states[i].evaluations;
      states[i] = state;
      find = finds[0] ?? null;
    }
    if (find === null) states = migrate(states);
  }
  let nearest: Score | null = null;
  for (const { best } of states) {
    if (best !== null && (nearest === null || nearer(best.score, nearest))) nearest = best.score;
  }
  return { evaluations: spent, find, nearest };
}

/** Draws from the law until the first violation or for `limit` evaluations: what a search is measured against. */
export async function drawAlone(
  problem: HuntProblem,
  key: StreamKey,
  limit: number,
): Promise<SearchEnd> {
  const random = randomSource(...key, 'draws');
  let nearest: Score | null = null;
  for (let spent = 1; spent <= limit; spent += 1) {
    const evaluation = await problem.evaluate(EMPTY_TAPE, () => random);
    if (nearest === null || nearer(evaluation.score, nearest)) nearest = evaluation.score;
    if (evaluation.violation !== null) return { evaluations: spent, find: evaluation, nearest };
  }
  return { evaluations: limit, find: null, nearest };
}
