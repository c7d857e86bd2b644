import { NO_WAGERS, logEProcess, minimumDetectableRate } from '../../statistics/index.js';
import type { Judgement } from '../verdict.js';
import type { Evidence } from './evidence.js';
import { judgement, summarise, unhealthy } from './evidence.js';
import type { Levels } from './levels.js';
import type { Judged } from './tally.js';

/**
 * `probable`: an e-process on the test stream's draws against the violation
 * probability that the claim admits on each. Given-up trials count as not violated: they cannot help
 * to refute.
 */
export function judgeProbable(judged: Judged, evidence: Evidence, levels: Levels): Judgement {
  const summary = summarise(judged, evidence, levels);
  const wagers = evidence.tally.wagers ?? NO_WAGERS;
  const bets = wagers.placed + wagers.idle;
  const more = {
    logEValue: logEProcess(wagers),
    minimumDetectableRate: minimumDetectableRate(wagers, levels.alpha),
  };
  const threshold = -Math.log(levels.alpha);
  const { logEValue } = more;
  if (logEValue >= threshold) {
    return judgement(
      summary,
      'refuted',
      `violated on ${summary.trials.violated} of ${bets} fresh draws, more than the claim admits: ln e = ${logEValue.toFixed(1)} ≥ ln(1/α) = ${threshold.toFixed(1)}`,
      { ...more, grade: 'statistical' },
    );
  }
  const ill = unhealthy(summary, evidence);
  if (ill) return { ...ill, ...more };
  if (wagers.placed === 0) {
    return judgement(
      summary,
      'vacuous',
      'the claim admits violations with probability 1 on every draw',
      more,
    );
  }
  return judgement(
    summary,
    'survived',
    `violated on ${summary.trials.violated} of ${bets} fresh draws: ln e = ${logEValue.toFixed(1)} < ${threshold.toFixed(1)}`,
    more,
  );
}
