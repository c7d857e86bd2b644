import type { RandomSource } from '../../math/index.js';
import { normal, symmetricEigen } from '../../math/index.js';

/**
 * The state of a covariance-adapting evolution strategy, CMA-ES (Hansen 2016, arXiv:1604.00772): plain data.
 * Candidates are mean + σ·B·D·z with z of law N(0, I) and C = B·D²·Bᵀ; in more than `FULL` dimensions C is diagonal
 * (Ros and Hansen 2008, doi:10.1007/978-3-540-87700-4_30).
 */
export interface CovarianceState {
  readonly mean: readonly number[];
  readonly sigma: number;
  /** shape (n, n), or (1, n) with the diagonal alone. */
  readonly covariance: readonly (readonly number[])[];
  /** The eigenvectors of the covariance as rows; empty where it is diagonal. */
  readonly axes: readonly (readonly number[])[];
  /** The roots of its eigenvalues. */
  readonly lengths: readonly number[];
  readonly pathOfSigma: readonly number[];
  readonly pathOfCovariance: readonly number[];
  readonly generation: number;
  readonly populationSize: number;
}

/** Dimensions up to which the whole covariance is kept. */
const FULL = 60;

/** The default population, 4 + ⌊3·ln n⌋. */
export function defaultPopulation(dimension: number): number {
  return 4 + Math.floor(3 * Math.log(Math.max(1, dimension)));
}

/** Starts around a mean with step size sigma. */
export function startCovariance(
  mean: readonly number[],
  sigma: number,
  populationSize = defaultPopulation(mean.length),
): CovarianceState {
  const n = mean.length;
  const ones = mean.map(() => 1);
  const zeros = mean.map(() => 0);
  const identity = mean.map((_, i) => mean.map((__, j) => (i === j ? 1 : 0)));
  return {
    mean,
    sigma,
    covariance: n > FULL ? [ones] : identity,
    axes: n > FULL ? [] : identity,
    lengths: ones,
    pathOfSigma: zeros,
    pathOfCovariance: zeros,
    generation: 0,
    populationSize,
  };
}

/** The candidates of the next generation. */
export function population(state: CovarianceState, random: RandomSource): number[][] {
  const { mean, sigma, axes, lengths, populationSize } = state;
  return Array.from({ length: populationSize }, () => {
    const step = lengths.map((length) => length * normal(random));
    if (axes.length === 0) return mean.map((m, i) => m + sigma * step[i]);
    const candidate = [...mean];
    for (let k = 0; k < axes.length; k += 1) {
      const scale = sigma * step[k];
      const axis = axes[k];
      for (let i = 0; i < candidate.length; i += 1) candidate[i] += scale * axis[i];
    }
    return candidate;
  });
}

/** The constants of the strategy, as functions of dimension and population (ibid., table 1, positive weights). */
function constantsOf(n: number, populationSize: number, diagonal: boolean) {
  const parents = Math.floor(populationSize / 2);
  const raw = Array.from(
    { length: parents },
    (_, i) => Math.log((populationSize + 1) / 2) - Math.log(i + 1),
  );
  const total = raw.reduce((sum, w) => sum + w, 0);
  const weights = raw.map((w) => w / total);
  const effective = 1 / weights.reduce((sum, w) => sum + w * w, 0);
  const forSigma = (effective + 2) / (n + effective + 5);
  const damping = 1 + 2 * Math.max(0, Math.sqrt((effective - 1) / (n + 1)) - 1) + forSigma;
  const forPath = (4 + effective / n) / (n + 4 + (2 * effective) / n);
  // A diagonal has n parameters instead of n²/2, and learns (n + 2)/3 times as fast.
  const speed = diagonal ? (n + 2) / 3 : 1;
  const rankOne = Math.min(0.5, (speed * 2) / ((n + 1.3) ** 2 + effective));
  const rankMany = Math.min(
    1 - rankOne,
    (speed * 2 * (effective - 2 + 1 / effective)) / ((n + 2) ** 2 + effective),
  );
  const meanLength = Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));
  return { weights, effective, forSigma, damping, forPath, rankOne, rankMany, meanLength };
}

/**
 * The next state from the candidates of a generation, the best first.
 *
 * @param ranked shape (populationSize, n): all candidates, or the better half at least
 */
export function adapt(
  state: CovarianceState,
  ranked: readonly (readonly number[])[],
): CovarianceState {
  const { mean, sigma, axes, lengths, covariance, generation, populationSize } = state;
  const n = mean.length;
  const diagonal = axes.length === 0;
  const c = constantsOf(n, populationSize, diagonal);
  const next = mean.map((_, i) => c.weights.reduce((sum, w, k) => sum + w * ranked[k][i], 0));
  const step = next.map((x, i) => (x - mean[i]) / sigma);
  const whitened = whiten(step, axes, lengths);
  const push = Math.sqrt(c.forSigma * (2 - c.forSigma) * c.effective);
  const pathOfSigma = state.pathOfSigma.map((p, i) => (1 - c.forSigma) * p + push * whitened[i]);
  const length = Math.hypot(...pathOfSigma);
  const settled = Math.sqrt(1 - (1 - c.forSigma) ** (2 * (generation + 1)));
  const moving = length / settled / c.meanLength < 1.4 + 2 / (n + 1);
  const pull = moving ? Math.sqrt(c.forPath * (2 - c.forPath) * c.effective) : 0;
  const pathOfCovariance = state.pathOfCovariance.map(
    (p, i) => (1 - c.forPath) * p + pull * step[i],
  );
  const kept = 1 - c.rankOne - c.rankMany + (moving ? 0 : c.rankOne * c.forPath * (2 - c.forPath));
  const steps = c.weights.map((_, k) => mean.map((m, i) => (ranked[k][i] - m) / sigma));
  const updated = covariance.map((row, i) =>
    row.map((value, j) => {
      const at = diagonal ? j : i;
      let many = 0;
      for (let k = 0; k < steps.length; k += 1) many += c.weights[k] * steps[k][at] * steps[k][j];
      return (
        kept * value + c.rankOne * pathOfCovariance[at] * pathOfCovariance[j] + c.rankMany * many
      );
    }),
  );
  const grown = Math.min(1, (c.forSigma / c.damping) * (length / c.meanLength - 1));
  // The axes are found again once the covariance has changed by about a tenth.
  const every = Math.max(1, Math.floor(1 / ((c.rankOne + c.rankMany) * n * 10)));
  const renewed =
    diagonal || generation % every === 0 ? decomposed(updated, diagonal) : { axes, lengths };
  return {
    mean: next,
    sigma: sigma * Math.exp(grown),
    covariance: updated,
    ...renewed,
    pathOfSigma,
    pathOfCovariance,
    generation: generation + 1,
    populationSize,
  };
}

/** C^{−1/2} of a step. */
function whiten(
  step: readonly number[],
  axes: CovarianceState['axes'],
  lengths: readonly number[],
): number[] {
  if (axes.length === 0) return step.map((s, i) => s / lengths[i]);
  const whitened = step.map(() => 0);
  for (let k = 0; k < axes.length; k += 1) {
    const axis = axes[k];
    let along = 0;
    for (let i = 0; i < step.length; i += 1) along += axis[i] * step[i];
    along /= lengths[k];
    for (let i = 0; i < step.length; i += 1) whitened[i] += along * axis[i];
  }
  return whitened;
}

/** Lengths stay within 1e7 of one another, or rounding would decide the axes. */
const CONDITION = 1e14;

function decomposed(covariance: CovarianceState['covariance'], diagonal: boolean) {
  const { values, vectors } = diagonal
    ? { values: covariance[0], vectors: [] }
    : symmetricEigen(covariance);
  const floor = Math.max(...values) / CONDITION;
  return { axes: vectors, lengths: values.map((value) => Math.sqrt(Math.max(value, floor))) };
}

/** Whether the strategy has come to rest: its steps no longer change the candidates, or it left every scale. */
export function atRest({ sigma, lengths, mean }: CovarianceState): boolean {
  const widest = sigma * Math.max(...lengths);
  const scale = Math.max(...mean.map(Math.abs), 1e-3);
  return !(widest > 1e-14 * scale && widest < 1e6);
}
