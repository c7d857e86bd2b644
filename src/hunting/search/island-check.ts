import type { Candidate } from './candidate.js';
import { pointOf } from './candidate.js';
import type { CovarianceState } from './covariance.js';
import type { DescentState } from './descent.js';
import type { Episode } from './episode.js';
import { MOST_GROWTH } from './episode.js';
import type { IslandState } from './island.js';
import { RECIPES } from './recipes.js';

const count = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
const number = { type: 'number' };
const numbers = { type: 'array', items: number };
const rows = { type: 'array', items: numbers };
const object = (properties: Readonly<Record<string, object>>): object => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties),
  properties,
});
const orNull = (schema: object): object => ({ anyOf: [{ type: 'null' }, schema] });

const candidate = object({
  tape: object({
    structure: numbers,
    data: { type: 'object', additionalProperties: numbers },
  }),
  score: { ...numbers, minItems: 3, maxItems: 3 },
});

const descent = object({
  point: numbers,
  score: { ...numbers, minItems: 3, maxItems: 3 },
  gradient: orNull(numbers),
  before: orNull(object({ point: numbers, gradient: numbers })),
  pairs: { type: 'array', maxItems: 64, items: object({ step: numbers, change: numbers }) },
  rests: { type: 'boolean' },
});

const covariance = object({
  mean: numbers,
  sigma: number,
  covariance: rows,
  axes: rows,
  lengths: numbers,
  pathOfSigma: numbers,
  pathOfCovariance: numbers,
  generation: count,
  populationSize: { type: 'integer', minimum: 2, maximum: 4096 },
});

const episode = object({
  recipe: { type: 'integer', minimum: 0, maximum: RECIPES.length - 1 },
  number: count,
  stage: { enum: ['start', 'climb', 'descent', 'covariance'] },
  spent: count,
  spentInStage: count,
  best: candidate,
  current: candidate,
  apart: { type: 'boolean' },
  descent: orNull(descent),
  covariance: orNull(covariance),
  stale: count,
  from: orNull(candidate),
  growth: { type: 'integer', minimum: 1, maximum: MOST_GROWTH },
});

/** JSON Schema of an island in a checkpoint, its numbers decoded. */
export const islandSchema = object({
  key: { type: 'array', items: { type: ['string', 'number'] } },
  index: count,
  evaluations: count,
  steps: count,
  episodes: count,
  arms: {
    type: 'array',
    minItems: RECIPES.length,
    maxItems: RECIPES.length,
    items: object({ episodes: count, evaluations: count, rewards: { ...number, minimum: 0 } }),
  },
  ends: { type: 'array', maxItems: 64, items: candidate },
  best: orNull(candidate),
  episode: orNull(episode),
});

/** Why an island that the schema admits cannot be one that a hunt left; null when it can. */
export function islandProblem({
  arms,
  evaluations,
  episodes,
  episode,
}: IslandState): string | null {
  const spent = arms.reduce((sum, arm) => sum + arm.evaluations, episode?.spent ?? 0);
  if (spent > evaluations) return `its episodes spent ${spent} of ${evaluations} evaluations`;
  if (arms.reduce((sum, arm) => sum + arm.episodes, 0) !== episodes) {
    return `its recipes must have had ${episodes} episodes together`;
  }
  if (arms.some((arm) => arm.rewards > arm.episodes)) return 'a reward must be at most 1';
  return episode === null ? null : episodeProblem(episode);
}

function episodeProblem(episode: Episode): string | null {
  const { stage, current } = episode;
  if (stage === 'descent') {
    return episode.descent === null || !descentFits(episode.descent)
      ? 'its descent must have vectors of one length'
      : null;
  }
  if (stage === 'covariance') {
    return episode.covariance === null || !covarianceFits(episode.covariance, episode, current)
      ? 'its covariance must have the dimensions of its mean'
      : null;
  }
  return null;
}

function descentFits({ point, gradient, before, pairs }: DescentState): boolean {
  const vectors = [
    ...(gradient === null ? [] : [gradient]),
    ...(before === null ? [] : [before.point, before.gradient]),
    ...pairs.flatMap(({ step, change }) => [step, change]),
  ];
  return vectors.every(({ length }) => length === point.length);
}

function covarianceFits(state: CovarianceState, { recipe }: Episode, current: Candidate): boolean {
  const { mean, covariance, axes, lengths, pathOfSigma, pathOfCovariance } = state;
  const n = mean.length;
  const vectors = [...covariance, ...axes, lengths, pathOfSigma, pathOfCovariance];
  return (
    n === pointOf(current.tape, RECIPES[recipe].whole).length &&
    covariance.length === (axes.length === 0 ? 1 : n) &&
    (axes.length === 0 || axes.length === n) &&
    vectors.every(({ length }) => length === n)
  );
}
