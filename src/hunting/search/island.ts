import type { RandomSource, StreamKey } from '../../math/index.js';
import { randomSource } from '../../math/index.js';
import type { Arm } from './bandit.js';
import { chosenRecipe, rewardOf } from './bandit.js';
import type { Candidate } from './candidate.js';
import type { Episode } from './episode.js';
import { afterStep, beginEpisode, endSeenBefore, episodeTapes, proceed } from './episode.js';
import type { Evaluation, HuntProblem } from './problem.js';
import { nearer } from './problem.js';
import { RECIPES } from './recipes.js';

/** One island of a hunt: plain data, so that a checkpoint holds it and any worker can go on with it. */
export interface IslandState {
  readonly key: StreamKey;
  readonly index: number;
  readonly evaluations: number;
  readonly steps: number;
  readonly episodes: number;
  readonly arms: readonly Arm[];
  /** Where the last episodes came to rest. */
  readonly ends: readonly Candidate[];
  readonly best: Candidate | null;
  readonly episode: Episode | null;
}

/** Ends that are remembered. */
const MOST_ENDS = 40;

/**
 * An island that has done nothing yet.
 *
 * @param key keys its randomness, with the index
 */
export function newIsland(key: StreamKey, index: number): IslandState {
  return {
    key,
    index,
    evaluations: 0,
    steps: 0,
    episodes: 0,
    arms: RECIPES.map(() => ({ episodes: 0, evaluations: 0, rewards: 0 })),
    ends: [],
    best: null,
    episode: null,
  };
}

/** What an island did in its share of a round. */
export interface Advance {
  readonly state: IslandState;
  /** Violations, in the order in which they were met; an episode ends with its first. */
  readonly finds: readonly Evaluation[];
}

/**
 * Spends at least so many evaluations on a problem, and less than one batch more: a function of state and problem alone.
 *
 * @param stop ends the share early, after a step; the state is whole then as well
 */
export async function advanceIsland(
  problem: HuntProblem,
  start: IslandState,
  evaluations: number,
  stop: (finds: readonly Evaluation[]) => boolean = () => false,
): Promise<Advance> {
  const until = start.evaluations + evaluations;
  const finds: Evaluation[] = [];
  let state = start;
  while (state.evaluations < until && !stop(finds)) {
    state = await step(problem, state, finds);
  }
  return { state, finds };
}

/** One batch of evaluations: a generation, the trials of a descent, one neighbour, one start. */
async function step(
  problem: HuntProblem,
  state: IslandState,
  finds: Evaluation[],
): Promise<IslandState> {
  const { key, index, ends } = state;
  const random = randomSource(...key, 'island', index, state.steps);
  const episode = state.episode ?? begun(state, random);
  // Within an episode the same entries follow a tape that ends early, so that scores compare.
  const filler = (): RandomSource =>
    episode.stage === 'start'
      ? random.fork('filler')
      : randomSource(...key, 'filler', index, episode.number);
  const tapes = episodeTapes(episode, state.best, ends, random);
  const judged: Evaluation[] = [];
  for (const tape of tapes) {
    const evaluation = await problem.evaluate(tape, filler);
    judged.push(evaluation);
    if (evaluation.violation !== null) {
      finds.push(evaluation);
      break;
    }
  }
  const next = afterStep(episode, judged, tapes, random);
  const after = {
    ...state,
    best: bestOf(state.best, judged),
    evaluations: state.evaluations + judged.length,
    steps: state.steps + 1,
    episode: next,
  };
  const found = judged.some(({ violation }) => violation !== null);
  const moved = found ? null : proceed(next, ends);
  return moved === null ? ended(after, next) : { ...after, episode: moved };
}

function begun({ arms, evaluations, best, episodes }: IslandState, random: RandomSource): Episode {
  const recipe = chosenRecipe(arms, evaluations, best, random);
  return beginEpisode(recipe, episodes, arms[recipe].episodes, best);
}

function bestOf(known: Candidate | null, judged: readonly Evaluation[]): Candidate | null {
  let best = known;
  for (const { tape, score } of judged) {
    if (best === null || nearer(score, best.score)) best = { tape, score };
  }
  return best;
}

/** The island after an episode. */
function ended(state: IslandState, episode: Episode): IslandState {
  const { recipe, spent, from } = episode;
  const { ends, arms } = state;
  // An episode that was cut short where another ended would have ended there too.
  const end = endSeenBefore(episode, ends) ?? {
    tape: episode.best.tape,
    score: episode.best.score,
  };
  // One that found no start apart from the known ends says nothing about the recipe.
  const silent = episode.stage === 'start' && RECIPES[recipe].start === 'apart';
  const reward = silent ? 0.5 : rewardOf(recipe, end, from, ends);
  return {
    ...state,
    episode: null,
    episodes: state.episodes + 1,
    // Where an episode ended without a search there may be better next to it.
    ends: episode.stage === 'covariance' ? [...ends, end].slice(-MOST_ENDS) : ends,
    arms: arms.map((arm, i) =>
      i === recipe
        ? {
            episodes: arm.episodes + 1,
            evaluations: arm.evaluations + spent,
            rewards: arm.rewards + reward,
          }
        : arm,
    ),
  };
}

/**
 * The islands at the end of a round: each third one takes over the best of its neighbour where that is nearer, so
 * that good tapes spread slowly and islands stay different.
 */
export function migrate(states: readonly IslandState[]): IslandState[] {
  return states.map((state, i) => {
    const neighbourBest = states[(i + 1) % states.length].best;
    const takes =
      i % 3 === 0 &&
      neighbourBest !== null &&
      (state.best === null || nearer(neighbourBest.score, state.best.score));
    return takes ? { ...state, best: neighbourBest } : state;
  });
}
