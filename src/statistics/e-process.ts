import { exp, expm1, log, log1p, logBeta, regularisedIncompleteBeta } from '../math/index.js';

/** One trial of a `probable` claim: what happened and which violation probability the claim admits. */
export interface Bet {
  readonly violated: boolean;
  /** p, the admitted violation probability of this trial, fixed before the trial; in [0, 1]. */
  readonly admitted: number;
}

/**
 * What the e-process needs of any number of bets. All entries are integers below 2⁵³, so sums are exact
 * and neither order nor grouping of the bets changes a bit of the e-value.
 */
export interface Wagers {
  /** Bets that carry evidence: p < 1. */
  readonly placed: number;
  /** Violations among them. */
  readonly violated: number;
  /** Bets with p = 1. */
  readonly idle: number;
  /** Violations where p = 0 was admitted: impossible under H₀. */
  readonly impossible: number;
  /** Per bettor: Σ ln(1 + (r − 1)p) over the placed bets, in units of `UNIT`, each term rounded up. */
  readonly costs: readonly number[];
}

/** ln r of the bettors, 0.025·1.6^j: odds of a violation from 1.025 to 1,140 times the admitted ones. */
export const LOG_ODDS_RATIOS: readonly number[] = Array.from(
  { length: 13 },
  (_, j) => 0.025 * 1.6 ** j,
);

/** Fixed point: sums stay exact up to 2²³ nats a bettor, and rounding costs less than 1e-9 nats a bet. */
const UNIT = 2 ** -30;

/** The wagers of no bet. */
export const NO_WAGERS: Wagers = {
  placed: 0,
  violated: 0,
  idle: 0,
  impossible: 0,
  costs: LOG_ODDS_RATIOS.map(() => 0),
};

/**
 * The wagers of some bets.
 *
 * @throws RangeError when an admitted probability is outside [0, 1]
 */
export function wagersOf(bets: Iterable<Bet>): Wagers {
  let [placed, violations, idle, impossible] = [0, 0, 0, 0];
  const costs = LOG_ODDS_RATIOS.map(() => 0);
  let last = NaN;
  let lastCosts: readonly number[] = costs;
  for (const { violated, admitted } of bets) {
    if (!(admitted >= 0 && admitted <= 1)) {
      throw new RangeError(`wagersOf: admitted must lie in [0, 1], got ${admitted}`);
    }
    if (admitted === 1) {
      idle += 1;
      continue;
    }
    if (admitted !== last) {
      last = admitted;
      lastCosts = costsOf(admitted);
    }
    placed += 1;
    if (violated) violations += 1;
    if (violated && admitted === 0) impossible += 1;
    for (let j = 0; j < costs.length; j += 1) costs[j] += lastCosts[j];
  }
  return { placed, violated: violations, idle, impossible, costs };
}

function costsOf(admitted: number): number[] {
  return LOG_ODDS_RATIOS.map((ratio) => Math.ceil(log1p(expm1(ratio) * admitted) / UNIT));
}

/** The wagers of several sets of bets together. */
export function addWagers(x: Wagers, y: Wagers): Wagers {
  return {
    placed: x.placed + y.placed,
    violated: x.violated + y.violated,
    idle: x.idle + y.idle,
    impossible: x.impossible + y.impossible,
    costs: x.costs.map((cost, j) => cost + y.costs[j]),
  };
}

/**
 * The logarithm of an e-process for H₀: every trial is violated with probability at most its admitted
 * p, given the past. Under H₀ it reaches ln(1/α) at any time with probability at most α (Ville).
 *
 * Each bettor bets that the odds of a violation are r times the admitted ones: a bet multiplies its
 * wealth by r^[violated] / (1 + (r − 1)p), whose mean is at most 1 under H₀, and which is the likelihood
 * ratio of that alternative, so that it grows at the best possible rate where the alternative is true
 * [shafer2021]. The process is the average over the bettors. Its logarithm is
 * ln mean_r exp(V·ln r − Σ ln(1 + (r − 1)p)): it depends on the bets through counts and sums alone.
 * A violation where p = 0 is admitted gives +∞; trials with p = 1 carry no evidence.
 */
export function logEProcess({ violated, impossible, costs }: Wagers): number {
  return impossible > 0 ? Infinity : logMixture(violated, costs);
}

function logMixture(violated: number, costs: readonly number[]): number {
  const wealth = costs.map((cost, j) => violated * LOG_ODDS_RATIOS[j] - cost * UNIT);
  const best = Math.max(...wealth);
  const total = wealth.reduce((sum, w) => sum + exp(w - best), 0);
  return best + log(total / wealth.length);
}

/**
 * The smallest violation rate that these wagers would have shown with probability ½: with v the fewest
 * violations at which the e-value reaches 1/alpha on these draws, the q for which as many or more happen with
 * probability ½ in as many independent draws of violation probability q, I_q(v, n − v + 1) = ½. Null where
 * even n violations would not have shown anything.
 */
export function minimumDetectableRate({ placed, costs }: Wagers, alpha: number): number | null {
  const threshold = -log(alpha);
  if (placed === 0 || logMixture(placed, costs) < threshold) return null;
  let [few, enough] = [0, placed];
  while (enough - few > 1) {
    const middle = Math.floor((few + enough) / 2);
    if (logMixture(middle, costs) >= threshold) enough = middle;
    else few = middle;
  }
  return betaMedian(enough, placed - enough + 1);
}

/**
 * The median of the law Beta(a, b), a, b ≥ 1, by Newton's method from (a − ⅓)/(a + b − ⅔) [kerman2011], which is
 * within 4 % of it.
 */
function betaMedian(a: number, b: number): number {
  let q = (a - 1 / 3) / (a + b - 2 / 3);
  const logNorm = logBeta(a, b);
  for (let i = 0; i < 4; i += 1) {
    const density = exp((a - 1) * log(q) + (b - 1) * log1p(-q) - logNorm);
    q -= (regularisedIncompleteBeta(q, a, b) - 0.5) / density;
  }
  return q;
}
