import type { RandomSource } from '../../math/index.js';
import type { Candidate } from './candidate.js';
import { WORST, isHopeless, movedTo, movesAll, pointOf } from './candidate.js';
import type { CovarianceState } from './covariance.js';
import { adapt, atRest, defaultPopulation, population, startCovariance } from './covariance.js';
import type { DescentState } from './descent.js';
import { descend, startDescent, stepCost, trialsOf } from './descent.js';
import { neighbour } from './moves.js';
import type { Evaluation, Score } from './problem.js';
import { nearer } from './problem.js';
import type { Recipe } from './recipes.js';
import { RECIPES } from './recipes.js';
import type { Search } from './starts.js';
import { afterStart, nearestOf, startTapes } from './starts.js';
import type { Tape } from './tape.js';
import { entriesOf } from './tape.js';

/** An episode under way: a recipe at one of its stages. Plain data. */
export interface Episode extends Search {
  readonly recipe: number;
  readonly number: number;
  readonly stage: 'start' | 'climb' | 'descent' | 'covariance';
  readonly spent: number;
  readonly spentInStage: number;
  /** The nearest so far. */
  readonly best: Candidate;
  /** Where climbing stands, worse than the best while it is hot; what the other stages move. */
  readonly current: Candidate;
  readonly descent: DescentState | null;
  readonly covariance: CovarianceState | null;
  /** Steps of the stage since the best improved. */
  readonly stale: number;
  /** The best that the island knew when the episode began. */
  readonly from: Candidate | null;
  /** What a growing population is multiplied by. */
  readonly growth: number;
}

/** Times that a growing population doubles. */
const DOUBLINGS = 4;

/** The largest factor of a growing population. */
export const MOST_GROWTH = 2 ** (DOUBLINGS - 1);

/**
 * The beginning of an episode.
 *
 * @param earlier episodes of this recipe
 */
export function beginEpisode(
  recipe: number,
  number: number,
  earlier: number,
  from: Candidate | null,
): Episode {
  return {
    recipe,
    number,
    stage: 'start',
    spent: 0,
    spentInStage: 0,
    best: WORST,
    current: WORST,
    apart: false,
    descent: null,
    covariance: null,
    stale: 0,
    from,
    growth: RECIPES[recipe].grows ? 2 ** (earlier % DOUBLINGS) : 1,
  };
}

/**
 * The tapes that the next step judges.
 *
 * @param known the best that the island knows
 * @param ends where earlier episodes came to rest
 */
export function episodeTapes(
  episode: Episode,
  known: Candidate | null,
  ends: readonly Candidate[],
  random: RandomSource,
): Tape[] {
  const { stage, current, descent, covariance } = episode;
  const recipe = RECIPES[episode.recipe];
  if (stage === 'start') return startTapes(recipe, episode, known, ends, random);
  if (stage === 'climb') return [neighbour(current.tape, random)];
  const points =
    covariance !== null
      ? population(covariance, random)
      : descent !== null
        ? trialsOf(descent)
        : [];
  return points.map((point) => movedTo(current.tape, point, recipe.whole));
}

/** The episode after its tapes were judged; a violation may have cut the judging short. */
export function afterStep(
  episode: Episode,
  judged: readonly Evaluation[],
  tapes: readonly Tape[],
  random: RandomSource,
): Episode {
  const spent = {
    spent: episode.spent + judged.length,
    spentInStage: episode.spentInStage + judged.length,
  };
  const recipe = RECIPES[episode.recipe];
  if (episode.stage === 'start') {
    return { ...afterStart(recipe, episode, judged), ...spent };
  }
  const best = nearestOf(judged, episode.best);
  const next = { ...episode, ...spent, best, stale: best === episode.best ? episode.stale + 1 : 0 };
  if (episode.stage === 'climb')
    return { ...next, current: climbed(episode, recipe, judged[0], random) };
  if (judged.length < tapes.length) return next;
  const scores = judged.map(({ score }) => score);
  if (episode.covariance !== null) {
    const order = scores
      .map((score, i) => ({ score, i }))
      .toSorted((a, b) =>
        nearer(a.score, b.score) ? -1 : nearer(b.score, a.score) ? 1 : a.i - b.i,
      );
    // Where the draw consumed more or fewer entries, the point that was asked for counts.
    const ranked = order.map(({ i }) => pointOf(tapes[i], recipe.whole));
    return { ...next, covariance: adapt(episode.covariance, ranked) };
  }
  return episode.descent === null ? next : { ...next, descent: descend(episode.descent, scores) };
}

/** Where climbing goes on: from the neighbour unless it is worse by more than the heat allows. */
function climbed(
  { current, spentInStage }: Episode,
  { heat, climb }: Recipe,
  { tape, score }: Evaluation,
  random: RandomSource,
): Candidate {
  const slack = -heat * (1 - spentInStage / climb) * Math.log(1 - random.uniform());
  const { score: standing } = current;
  const allowed: Score = [standing[0] + slack, standing[1] + slack, standing[2]];
  // Equal steps are taken: they cross plateaus.
  return nearer(heat > 0 ? allowed : standing, score) ? current : { tape, score };
}

/** The episode at its next stage where this one is over; null where all are. */
export function proceed(episode: Episode, ends: readonly Candidate[]): Episode | null {
  const recipe = RECIPES[episode.recipe];
  switch (episode.stage) {
    case 'start': {
      if (recipe.start === 'apart') {
        if (!episode.apart) return episode.spentInStage < recipe.explore ? episode : null;
      } else if (episode.spentInStage < recipe.explore) return episode;
      return isHopeless(episode.best) ? null : enter(episode, 'climb');
    }
    case 'climb': {
      const patience = 150 + 20 * entriesOf(episode.best.tape).length;
      const goesOn = episode.spentInStage < recipe.climb && episode.stale < patience;
      return goesOn ? episode : enter(episode, 'descent');
    }
    case 'descent': {
      const { descent, spentInStage } = episode;
      const goesOn =
        descent?.rests === false && spentInStage < recipe.descent * stepCost(descent.point.length);
      return goesOn ? episode : enter(episode, 'covariance');
    }
    case 'covariance': {
      const { covariance } = episode;
      if (covariance === null || atRest(covariance)) return null;
      if (endSeenBefore(episode, ends) !== null) return null;
      const patience = 30 + (40 * covariance.mean.length) / covariance.populationSize;
      return episode.stale < patience ? episode : null;
    }
  }
}

/** Entries above which a gradient by differences costs more than it is worth. */
const MOST_DESCENDED = 200;

/** Enters a stage from the best, or the next one that the recipe has; null where it has none. */
function enter(episode: Episode, stage: 'climb' | 'descent' | 'covariance'): Episode | null {
  const recipe = RECIPES[episode.recipe];
  const { best, growth } = episode;
  const next = { ...episode, stage, spentInStage: 0, stale: 0, current: best, descent: null };
  const point = pointOf(best.tape, recipe.whole);
  switch (stage) {
    case 'climb':
      return recipe.climb > 0 ? next : enter(episode, 'descent');
    case 'descent':
      return recipe.descent > 0 && point.length > 0 && point.length <= MOST_DESCENDED
        ? { ...next, descent: startDescent(point, best.score) }
        : enter(episode, 'covariance');
    case 'covariance': {
      if (recipe.sigma === 0 || point.length === 0) return null;
      const size = growth * recipe.population * defaultPopulation(point.length);
      return { ...next, covariance: startCovariance(point, recipe.sigma, size) };
    }
  }
}

/** Step sizes below which an episode that comes to where another ended is taken to end there too. */
const SMALL_STEP = 0.1;

/** The end of an earlier episode, as near to a violation, that the covariance stage has closed in on; or null. */
export function endSeenBefore(
  { best, recipe, covariance }: Episode,
  ends: readonly Candidate[],
): Candidate | null {
  if (covariance === null) return null;
  const { mean, sigma, lengths } = covariance;
  const reach = sigma * Math.max(...lengths);
  const { start, whole } = RECIPES[recipe];
  if (reach > SMALL_STEP || start === 'best') return null;
  const seen = ends.find(({ tape, score }) => {
    if (nearer(best.score, score)) return false;
    const { structure } = tape;
    if (
      !movesAll(best.tape, whole) &&
      structure.some((entry, i) => entry !== best.tape.structure[i])
    )
      return false;
    const point = pointOf(tape, whole);
    return (
      point.length === mean.length &&
      point.every((entry, i) => Math.abs(entry - mean[i]) < 3 * reach)
    );
  });
  return seen ?? null;
}
