import { NO_WAGERS, logEProcess } from '../../statistics/index.js';
import type { Judgement } from '../verdict.js';
import { ALPHA } from '../verdict.js';
import type { Evidence } from './evidence.js';
import { judgement, summarise, unhealthy } from './evidence.js';
import type { Judged } from './tally.js';

/**
 * `probable`: an e-process on the test stream's draws against the violation
 * probability that the claim admits on each. Given-up trials count as not violated: they cannot help
 * to refute.
 */
export function judgeProbable(judged: Judged, evidence: Evidence): Judgement {
  const summary = summarise(judged, evidence);
  const wagers = evidence.tally.wagers ?? NO_WAGERS;
  const bets = wagers.placed + wagers.idle;
  const logEValue = logEProcess(wagers);
  if (logEValue >= -Math.log(ALPHA)) {
    return judgement(
      summary,
      'refuted',
      `violated on ${summary.trials.violated} of ${bets} fresh draws, more than the claim admits: ln e = ${logEValue.toFixed(1)} ≥ ln(1/α) = ${(-Math.log(ALPHA)).toFixed(1)}`,
      { grade: 'statistical', logEValue },
    );
  }
  const ill = unhealthy(summary, evidence);
  if (ill) return { ...ill, logEValue };
  if (wagers.placed === 0) {
    return judgement(
      summary,
      'vacuous',
      'the claim admits violations with probability 1 on every draw',
      { logEValue },
    );
  }
  return judgement(
    summary,
    'survived',
    `violated on ${summary.trials.violated} of ${bets} fresh draws: ln e = ${logEValue.toFixed(1)} < ${(-Math.log(ALPHA)).toFixed(1)}`,
    { logEValue },
  );
}
