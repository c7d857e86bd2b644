import { logBeta } from '../math/index.js';

/** A confidence interval for a probability. */
export interface RateInterval {
  readonly lower: number;
  readonly upper: number;
}

/** ln B(½, ½). */
const LOG_PI = Math.log(Math.PI);

/**
 * The logarithm of the beta-binomial mixture martingale with the prior Beta(½, ½) against the success
 * probability p: M_n(p) = B(k+½, n−k+½) / (π p^k (1−p)^{n−k}). Where p is the truth it reaches 1/α at any
 * time with probability at most α (Ville's inequality; the mixture of [robbins1970] with the prior of
 * [krichevsky1981], whose regret is within a constant of the least possible at every p).
 *
 * @param successes k, an integer in 0…trials
 * @param trials n, an integer ≥ 0
 * @param p in [0, 1]
 */
export function logBernoulliMixture(successes: number, trials: number, p: number): number {
  const failures = trials - successes;
  const logLikelihood =
    (successes === 0 ? 0 : successes * Math.log(p)) +
    (failures === 0 ? 0 : failures * Math.log1p(-p));
  return logBeta(successes + 0.5, failures + 0.5) - LOG_PI - logLikelihood;
}

/**
 * A confidence sequence for the success probability of i.i.d. Bernoulli trials: at level 1 − alpha the
 * interval {p : M_n(p) < 1/alpha} of `logBernoulliMixture` holds at all sample sizes at once, so it may be
 * looked at after every trial.
 *
 * @param successes k, an integer in 0…trials
 * @param trials n, an integer ≥ 0
 * @param alpha error probability in (0, 1)
 * @throws RangeError when an argument is out of range
 */
export function bernoulliConfidenceSequence(
  successes: number,
  trials: number,
  alpha: number,
): RateInterval {
  if (!Number.isInteger(trials) || trials < 0) {
    throw new RangeError(
      `bernoulliConfidenceSequence: trials must be an integer ≥ 0, got ${trials}`,
    );
  }
  if (!Number.isInteger(successes) || successes < 0 || successes > trials) {
    throw new RangeError(
      `bernoulliConfidenceSequence: successes must be an integer in 0…${trials}, got ${successes}`,
    );
  }
  if (!(alpha > 0 && alpha < 1)) {
    throw new RangeError(`bernoulliConfidenceSequence: alpha must lie in (0, 1), got ${alpha}`);
  }
  return mixtureInterval(successes, trials, alpha);
}

/**
 * A confidence sequence for the mean μ of independent draws in [0, 1] that all have this mean: the same interval with
 * the sum of the draws in the place of the successes. For every q the factor (q/μ)^x((1−q)/(1−μ))^{1−x} of the mixture
 * has mean at most 1, since e^{λx} ≤ 1 − x + xe^λ on [0, 1] [hoeffding1963], so M_n(μ) stays a supermartingale.
 *
 * @param sum of the draws, in [0, trials]
 * @param trials n, an integer ≥ 0
 * @param alpha error probability in (0, 1)
 * @throws RangeError when an argument is out of range
 */
export function boundedMeanConfidenceSequence(
  sum: number,
  trials: number,
  alpha: number,
): RateInterval {
  if (!Number.isInteger(trials) || trials < 0) {
    throw new RangeError(
      `boundedMeanConfidenceSequence: trials must be an integer ≥ 0, got ${trials}`,
    );
  }
  if (!(sum >= 0 && sum <= trials)) {
    throw new RangeError(
      `boundedMeanConfidenceSequence: sum must lie in [0, ${trials}], got ${sum}`,
    );
  }
  if (!(alpha > 0 && alpha < 1)) {
    throw new RangeError(`boundedMeanConfidenceSequence: alpha must lie in (0, 1), got ${alpha}`);
  }
  return mixtureInterval(sum, trials, alpha);
}

function mixtureInterval(successes: number, trials: number, alpha: number): RateInterval {
  if (trials === 0) return { lower: 0, upper: 1 };
  const failures = trials - successes;
  const logMixture = logBeta(successes + 0.5, failures + 0.5) - LOG_PI;
  const threshold = -Math.log(alpha);
  const rejected = (p: number): boolean =>
    logMixture -
      (successes === 0 ? 0 : successes * Math.log(p)) -
      (failures === 0 ? 0 : failures * Math.log1p(-p)) >=
    threshold;
  const estimate = successes / trials;
  return {
    lower: successes === 0 ? 0 : bisect(estimate, 0, rejected),
    upper: failures === 0 ? 1 : bisect(estimate, 1, rejected),
  };
}

/** The end of the interval between a kept and a rejected point, on the rejected side: 60 halvings. */
function bisect(kept: number, end: number, rejected: (p: number) => boolean): number {
  let inside = kept;
  let outside = end;
  for (let i = 0; i < 60; i += 1) {
    const middle = (inside + outside) / 2;
    if (rejected(middle)) outside = middle;
    else inside = middle;
  }
  return outside;
}
