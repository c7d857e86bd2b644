import type { RandomSource } from '../../math/index.js';
import type { Candidate } from './candidate.js';
import { clearlyNearer } from './candidate.js';
import { RECIPES } from './recipes.js';

/** What an island has learnt of a recipe. */
export interface Arm {
  readonly episodes: number;
  readonly evaluations: number;
  /** The sum of the rewards of its episodes, each in [0, 1]. */
  readonly rewards: number;
}

/** Evaluations that count as one observation of an arm. */
const OBSERVATION = 500;

/**
 * The recipe of the next episode, by the upper-confidence rule (Auer, Cesa-Bianchi and Fischer 2002,
 * doi:10.1023/A:1013689704352) on evaluations.
 *
 * @param best null while nothing is known that a recipe could start from
 */
export function chosenRecipe(
  arms: readonly Arm[],
  evaluations: number,
  best: Candidate | null,
  random: RandomSource,
): number {
  let choice = 0;
  let highest = -Infinity;
  RECIPES.forEach(({ start }, index) => {
    if (best === null && (start === 'best' || start === 'mutated')) return;
    const arm = arms[index];
    const weight = arm.evaluations / OBSERVATION + 0.1;
    const mean = arm.episodes === 0 ? 0.5 : arm.rewards / arm.episodes;
    const bonus = Math.sqrt((0.5 * Math.log(2 + evaluations / OBSERVATION)) / weight);
    // Ties, as at the start, fall at random.
    const value = mean + bonus + 1e-3 * random.uniform();
    if (value > highest) {
      highest = value;
      choice = index;
    }
  });
  return choice;
}

/**
 * The reward of an episode: the share of earlier ends that its end beats, ties counted half; where it started from the
 * best known, whether it got clearly nearer.
 */
export function rewardOf(
  recipe: number,
  end: Candidate,
  from: Candidate | null,
  ends: readonly Candidate[],
): number {
  const { start } = RECIPES[recipe];
  if (start === 'best' || start === 'mutated') {
    return from !== null && clearlyNearer(end.score, from.score) ? 1 : 0;
  }
  if (ends.length === 0) return 0.5;
  const beaten = ends.reduce(
    (sum, { score }) =>
      sum + (clearlyNearer(end.score, score) ? 1 : clearlyNearer(score, end.score) ? 0 : 0.5),
    0,
  );
  return beaten / ends.length;
}
