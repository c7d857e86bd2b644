import { regularisedIncompleteBeta } from '../math/index.js';
import type { RateInterval } from './bernoulli-confidence.js';

/**
 * The numbers of successes among further repeats that one of the success probabilities in an interval makes likely:
 * outside lies a number whose tail, P(K ≤ k) or P(K ≥ k) for binomial K, is at most alpha/2 for all of them. Exact
 * [clopper1934].
 *
 * @param rate an interval of success probabilities
 * @param repeats an integer ≥ 1
 * @param alpha in (0, 1)
 */
export function predictedSuccesses(
  rate: RateInterval,
  repeats: number,
  alpha: number,
): { readonly lower: number; readonly upper: number } {
  const atMost = (k: number): number =>
    k >= repeats ? 1 : regularisedIncompleteBeta(1 - rate.lower, repeats - k, k + 1);
  const atLeast = (k: number): number =>
    k <= 0 ? 1 : regularisedIncompleteBeta(rate.upper, k, repeats - k + 1);
  return {
    lower: firstWhere(0, repeats, (k) => atMost(k) > alpha / 2),
    upper: repeats - firstWhere(0, repeats, (k) => atLeast(repeats - k) > alpha / 2),
  };
}

/** The first integer from a low to a high one at which a condition holds that stays true; it holds at the high one. */
function firstWhere(low: number, high: number, holds: (k: number) => boolean): number {
  let [first, last] = [low, high];
  while (first < last) {
    const middle = Math.floor((first + last) / 2);
    if (holds(middle)) last = middle;
    else first = middle + 1;
  }
  return first;
}

/**
 * Where the mean of further repeats in [0, 1] lies, given that its expectation μ lies in an interval: a mean x on the
 * far side of μ has probability at most exp(−repeats·KL(x‖μ)) [hoeffding1963], KL the divergence of Bernoulli laws, and
 * what has at most alpha/2 by that bound for every μ lies outside. For any law.
 *
 * @param mean an interval of expectations
 * @param repeats ≥ 1
 * @param alpha in (0, 1)
 */
export function predictedBoundedMean(
  mean: RateInterval,
  repeats: number,
  alpha: number,
): RateInterval {
  const limit = Math.log(2 / alpha) / repeats;
  return {
    lower: farthest(mean.lower, 0, (x) => bernoulliDivergence(x, mean.lower) < limit),
    upper: farthest(mean.upper, 1, (x) => bernoulliDivergence(x, mean.upper) < limit),
  };
}

/** KL(q‖p) of two Bernoulli laws, in nats. */
function bernoulliDivergence(q: number, p: number): number {
  const term = (x: number, y: number): number => (x === 0 ? 0 : x * Math.log(x / y));
  return term(q, p) + term(1 - q, 1 - p);
}

/** From a start towards an end: how far a condition holds; 60 halvings, ending outside. */
function farthest(start: number, end: number, holds: (x: number) => boolean): number {
  if (holds(end)) return end;
  let [inside, outside] = [start, end];
  for (let i = 0; i < 60; i += 1) {
    const middle = (inside + outside) / 2;
    if (holds(middle)) inside = middle;
    else outside = middle;
  }
  return outside;
}

/**
 * Whether a number that was drawn like our draws, independently and before them, is surely among the lowest that this
 * law gives: an error of at most alpha/2, over all numbers of draws at once, for any law.
 *
 * The share u of the law at or below that number is uniform on [0, 1] (ties broken at random), and of our draws each is
 * at or below it with probability u. So u has the posterior Beta(k + 1, n − k + 1), whose probability of {u < ε} is a
 * martingale that starts at ε: that it ever reaches ½ has probability at most 2ε (Ville), and ε = alpha/4. Ties only
 * make k larger.
 *
 * @param atMost k, our draws that are at or below the number
 * @param draws n
 * @param alpha in (0, 1)
 */
export function surelyAmongLowest(atMost: number, draws: number, alpha: number): boolean {
  return regularisedIncompleteBeta(alpha / 4, atMost + 1, draws - atMost + 1) >= 1 / 2;
}

/** The fewest draws at which `surelyAmongLowest` can say so: (1 − alpha/4)^{n+1} ≤ ½. */
export function fewestForRanks(alpha: number): number {
  return Math.ceil(-Math.LN2 / Math.log1p(-alpha / 4)) - 1;
}

/**
 * How many equal draws it takes to predict that further repeats are all equal to them, with an error of at most alpha
 * for any law: the least n at which (1−θ)^n(1 − (1−θ)^repeats), the probability of n equal draws and then another one,
 * is at most alpha for every probability θ of another value. Its maximum is (n/(n+r))^{n/r}·r/(n+r), r = repeats.
 */
export function equalDrawsNeeded(repeats: number, alpha: number): number {
  const worst = (n: number): number =>
    (n / (n + repeats)) ** (n / repeats) * (repeats / (n + repeats));
  // The maximum is below r/(n + r).
  return firstWhere(1, Math.ceil(repeats / alpha), (n) => worst(n) <= alpha);
}
