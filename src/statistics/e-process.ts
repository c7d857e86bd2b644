/** One trial of a `probable` claim: what happened and which violation probability the claim admits. */
export interface Bet {
  readonly violated: boolean;
  /** p, the admitted violation probability of this trial, fixed before the trial; in [0, 1]. */
  readonly admitted: number;
}

/** Fractions of the stake that the mixture bets, from bold to timid. */
const FRACTIONS = [0.5, 0.25, 0.125, 0.0625, 0.03125, 0.015625, 0.0078125];

/**
 * The logarithm of an e-process for H₀: every trial is violated with probability at most its admitted
 * p, given the past. Under H₀ it reaches ln(1/α) at any time with probability at most α (Ville).
 *
 * Each bettor stakes a fraction f: its wealth is multiplied by 1 + f(b/p − 1), whose mean is at most
 * 1 under H₀ for every p; the process is the average over seven fractions (T4 of the catalogue).
 * A violation where p = 0 is admitted gives +∞; trials with p = 1 carry no evidence.
 *
 * @throws RangeError when an admitted probability is outside [0, 1]
 */
export function logEProcess(bets: readonly Bet[]): number {
  const wealth = FRACTIONS.map(() => 0);
  for (const { violated, admitted } of bets) {
    if (!(admitted >= 0 && admitted <= 1)) {
      throw new RangeError(`logEProcess: admitted must lie in [0, 1], got ${admitted}`);
    }
    if (admitted === 1) continue;
    if (violated && admitted === 0) return Infinity;
    for (let i = 0; i < FRACTIONS.length; i += 1) {
      const f = FRACTIONS[i];
      wealth[i] += violated ? Math.log1p(f * (1 / admitted - 1)) : Math.log1p(-f);
    }
  }
  const best = Math.max(...wealth);
  const total = wealth.reduce((sum, w) => sum + Math.exp(w - best), 0);
  return best + Math.log(total / wealth.length);
}
