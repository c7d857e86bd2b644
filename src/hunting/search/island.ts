import type { RandomSource, StreamKey } from '../../math/index.js';
import { randomSource } from '../../math/index.js';
import type { CovarianceState } from './covariance.js';
import { adapt, atRest, defaultPopulation, population, startCovariance } from './covariance.js';
import { degenerate, neighbour, otherStructure, stretched } from './moves.js';
import type { Evaluation, HuntProblem, Score } from './problem.js';
import { HOPELESS, nearer } from './problem.js';
import { RECIPES } from './recipes.js';
import type { Tape } from './tape.js';
import { EMPTY_TAPE, entriesOf, withEntries } from './tape.js';

/** A tape with its score. */
export interface Candidate {
  readonly tape: Tape;
  readonly score: Score;
}

/** An episode under way: a recipe at one of its stages. */
export interface Episode {
  readonly recipe: number;
  readonly number: number;
  readonly stage: 'explore' | 'climb' | 'covariance';
  readonly spent: number;
  readonly spentInStage: number;
  readonly best: Candidate;
  /** Where climbing stands; worse than the best while it is hot. */
  readonly current: Candidate;
  readonly covariance: CovarianceState | null;
  /** Steps of the stage since the best improved. */
  readonly stale: number;
  /** The best that the island knew when the episode began. */
  readonly from: Candidate | null;
}

/** What an island has learnt of a recipe. */
export interface Arm {
  readonly episodes: number;
  readonly evaluations: number;
  /** Sum over episodes of the share of earlier episodes that ended worse. */
  readonly rewards: number;
}

/** One island of a hunt: plain data, so that a checkpoint holds it and any worker can go on with it. */
export interface IslandState {
  readonly key: StreamKey;
  readonly index: number;
  readonly evaluations: number;
  readonly steps: number;
  readonly episodes: number;
  readonly arms: readonly Arm[];
  /** What the last episodes ended with. */
  readonly ends: readonly Candidate[];
  readonly best: Candidate | null;
  readonly episode: Episode | null;
}

const WORST: Candidate = { tape: EMPTY_TAPE, score: HOPELESS };

const isHopeless = ({ score }: Candidate): boolean => score[0] === HOPELESS[0];

/** Ends that a new one is compared with. */
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
 * Spends at least so many evaluations on a problem, and less than one population more: a function of state and
 * problem alone.
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

/** One generation of the covariance stage, or one evaluation of another. */
async function step(
  problem: HuntProblem,
  state: IslandState,
  finds: Evaluation[],
): Promise<IslandState> {
  const random = randomSource(...state.key, 'island', state.index, state.steps);
  const episode = state.episode ?? begin(state, random);
  // Within an episode the same entries follow a tape that ends early, so that scores compare.
  const filler = (): RandomSource =>
    episode.stage === 'explore'
      ? random.fork('filler')
      : randomSource(...state.key, 'filler', state.index, episode.number);
  const tapes = candidates(episode, state.best, random);
  const judged: Evaluation[] = [];
  for (const tape of tapes) {
    const evaluation = await problem.evaluate(tape, filler);
    judged.push(evaluation);
    if (evaluation.violation !== null) {
      finds.push(evaluation);
      break;
    }
  }
  const found = judged.some(({ violation }) => violation !== null);
  const next = after(episode, judged, tapes, random);
  const best =
    state.best === null || nearer(next.best.score, state.best.score) ? next.best : state.best;
  const counted = {
    ...state,
    best,
    evaluations: state.evaluations + judged.length,
    steps: state.steps + 1,
    episode: next,
  };
  const moved = found ? null : proceed(next, state.ends);
  return moved === null ? ended(counted, next) : { ...counted, episode: moved };
}

/** Starts the recipe that the bandit chooses. */
function begin(state: IslandState, random: RandomSource): Episode {
  const recipe = chosen(state, random);
  return {
    recipe,
    number: state.episodes,
    stage: 'explore',
    spent: 0,
    spentInStage: 0,
    best: WORST,
    current: WORST,
    covariance: null,
    stale: 0,
    from: state.best,
  };
}

/** Evaluations that count as one observation of an arm. */
const OBSERVATION = 500;

/** The upper-confidence rule (Auer, Cesa-Bianchi and Fischer 2002, doi:10.1023/A:1013689704352) on evaluations. */
function chosen({ arms, evaluations, best }: IslandState, random: RandomSource): number {
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

/** The tapes that the next step judges. */
function candidates(episode: Episode, best: Candidate | null, random: RandomSource): Tape[] {
  const { stage, recipe, current, covariance } = episode;
  const { start } = RECIPES[recipe];
  if (stage === 'explore') {
    if (start === 'best' && best !== null) return [best.tape];
    if (start === 'mutated' && best !== null) return [otherStructure(best.tape, random)];
    // The first draw shows how long the tape is.
    if (!isHopeless(episode.best)) {
      if (start === 'degenerate') return [degenerate(episode.best.tape, random)];
      if (start === 'wide') return [stretched(episode.best.tape, random)];
    }
    return [EMPTY_TAPE];
  }
  if (stage === 'climb') return [neighbour(current.tape, random)];
  if (covariance === null) throw new TypeError('candidates: the covariance must have started');
  const whole = RECIPES[recipe].whole;
  return population(covariance, random).map((entries) => moved(current.tape, entries, whole));
}

/** The tape of a point of the covariance stage. */
function moved(base: Tape, point: readonly number[], whole: boolean): Tape {
  return withEntries(base, whole ? point : [...base.structure, ...point]);
}

function pointOf(tape: Tape, whole: boolean): number[] {
  return whole ? entriesOf(tape) : entriesOf(tape).slice(tape.structure.length);
}

/** The episode after its candidates were judged. */
function after(
  episode: Episode,
  judged: readonly Evaluation[],
  tapes: readonly Tape[],
  random: RandomSource,
): Episode {
  const { recipe, covariance } = episode;
  let { best, current } = episode;
  let improved = false;
  // A wide start is left where it fell: the nearest of several would lie where most draws lie.
  if (episode.stage === 'explore' && RECIPES[recipe].start === 'wide') best = WORST;
  for (const { tape, score } of judged) {
    if (nearer(score, best.score)) {
      best = { tape, score };
      improved = true;
    }
  }
  if (episode.stage === 'climb') {
    const [{ tape, score }] = judged;
    const heat = RECIPES[recipe].heat * (1 - episode.spentInStage / RECIPES[recipe].climb);
    const slack = -heat * Math.log(1 - random.uniform());
    const allowed: Score = [current.score[0] + slack, current.score[1] + slack, current.score[2]];
    // Equal steps are taken: they cross plateaus.
    if (!nearer(heat > 0 ? allowed : current.score, score)) current = { tape, score };
  }
  let adapted = covariance;
  if (covariance !== null && judged.length === tapes.length) {
    const whole = RECIPES[recipe].whole;
    const ranked = judged
      .map(({ score }, i) => ({ score, i }))
      .toSorted((a, b) =>
        nearer(a.score, b.score) ? -1 : nearer(b.score, a.score) ? 1 : a.i - b.i,
      )
      // Where the draw consumed more or fewer entries, the point that was asked for counts.
      .map(({ i }) => pointOf(tapes[i], whole));
    adapted = adapt(covariance, ranked);
  }
  return {
    ...episode,
    best,
    current,
    covariance: adapted,
    spent: episode.spent + judged.length,
    spentInStage: episode.spentInStage + judged.length,
    stale: improved ? 0 : episode.stale + 1,
  };
}

/** The episode at its next stage where this one is over; null where all are. */
function proceed(episode: Episode, ends: readonly Candidate[]): Episode | null {
  const recipe = RECIPES[episode.recipe];
  const length = entriesOf(episode.best.tape).length;
  const next = { ...episode, spentInStage: 0, stale: 0, current: episode.best };
  if (episode.stage === 'explore') {
    if (episode.spentInStage < recipe.explore) return episode;
    if (isHopeless(episode.best)) return null;
    if (recipe.climb > 0) return { ...next, stage: 'climb' };
    return startStage(next);
  }
  if (episode.stage === 'climb') {
    const patience = 150 + 20 * length;
    if (episode.spentInStage < recipe.climb && episode.stale < patience) return episode;
    return startStage(next);
  }
  const { covariance } = episode;
  if (covariance === null || atRest(covariance)) return null;
  if (endSeenBefore(episode, ends) !== null) return null;
  const patience = 30 + (40 * covariance.mean.length) / covariance.populationSize;
  return episode.stale < patience ? episode : null;
}

/** Step sizes below which an episode that comes to where another ended is taken to end there too. */
const SMALL_STEP = 0.1;

/** The end of an earlier episode, as near to a violation, that the covariance stage has closed in on; or null. */
function endSeenBefore(
  { best, recipe, covariance }: Episode,
  ends: readonly Candidate[],
): Candidate | null {
  if (covariance === null) return null;
  const { mean, sigma, lengths } = covariance;
  const reach = sigma * Math.max(...lengths);
  if (reach > SMALL_STEP || RECIPES[recipe].start === 'best') return null;
  const { whole } = RECIPES[recipe];
  const seen = ends.find((end) => {
    if (nearer(best.score, end.score)) return false;
    if (!whole && end.tape.structure.some((entry, i) => entry !== best.tape.structure[i])) {
      return false;
    }
    const point = pointOf(end.tape, whole);
    return (
      point.length === mean.length &&
      point.every((entry, i) => Math.abs(entry - mean[i]) < 3 * reach)
    );
  });
  return seen ?? null;
}

/** Starts the covariance stage around the best; null where the recipe or the tape has none. */
function startStage(episode: Episode): Episode | null {
  const { sigma, population: factor, whole } = RECIPES[episode.recipe];
  const point = pointOf(episode.best.tape, whole);
  if (sigma === 0 || point.length === 0) return null;
  const size = factor * defaultPopulation(point.length);
  return { ...episode, stage: 'covariance', covariance: startCovariance(point, sigma, size) };
}

/** Differences of scores that count as progress, as a share of 1 + the size of the margin. */
const PROGRESS = 1e-9;

function clearlyNearer(a: Score, b: Score): boolean {
  if (a[0] !== b[0]) return b[0] - a[0] > PROGRESS * (1 + Math.abs(b[0]));
  return b[1] - a[1] > PROGRESS * (1 + Math.abs(b[1]));
}

/**
 * The island after an episode, its recipe rewarded: by the share of earlier ends that its end beats, ties counted
 * half; where it started from the best known, by whether it got clearly nearer.
 */
function ended(state: IslandState, episode: Episode): IslandState {
  const { recipe, spent, from } = episode;
  const { ends, arms } = state;
  // An episode that was cut short where another ended would have ended there too.
  const best = endSeenBefore(episode, ends) ?? episode.best;
  const { start } = RECIPES[recipe];
  let reward: number;
  if (start === 'best' || start === 'mutated') {
    reward = from !== null && clearlyNearer(best.score, from.score) ? 1 : 0;
  } else {
    const beaten = ends.reduce(
      (sum, end) =>
        sum +
        (clearlyNearer(best.score, end.score) ? 1 : clearlyNearer(end.score, best.score) ? 0 : 0.5),
      0,
    );
    reward = ends.length === 0 ? 0.5 : beaten / ends.length;
  }
  return {
    ...state,
    episode: null,
    episodes: state.episodes + 1,
    ends: [...ends, best].slice(-MOST_ENDS),
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
