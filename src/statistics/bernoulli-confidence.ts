/** A confidence interval for a probability. */
export interface RateInterval {
  readonly lower: number;
  readonly upper: number;
}

/**
 * A confidence sequence for the success probability of i.i.d. Bernoulli trials: at level 1 − alpha the
 * interval holds at all sample sizes at once, so it may be looked at after every trial.
 *
 * Method: the beta-binomial mixture martingale with the uniform prior,
 * M_n(p) = B(k+1, n−k+1) / (p^k (1−p)^{n−k}); the interval is {p : M_n(p) < 1/alpha} (Ville's
 * inequality; Robbins 1970, doi:10.1214/aoms/1177696786).
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
  if (trials === 0) return { lower: 0, upper: 1 };
  const failures = trials - successes;
  const logMixture = -Math.log(trials + 1) - logBinomial(trials, successes);
  const threshold = -Math.log(alpha);
  const rejected = (p: number): boolean => {
    const logLikelihood =
      (successes === 0 ? 0 : successes * Math.log(p)) +
      (failures === 0 ? 0 : failures * Math.log1p(-p));
    return logMixture - logLikelihood >= threshold;
  };
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

function logBinomial(n: number, k: number): number {
  let sum = 0;
  const smaller = Math.min(k, n - k);
  for (let i = 1; i <= smaller; i += 1) sum += Math.log((n - smaller + i) / i);
  return sum;
}
