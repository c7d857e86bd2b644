import { NO_MOMENTS, meanAndVariance, studentTUpperQuantile } from '../../statistics/index.js';
import type { Judgement } from '../verdict.js';
import { CONFIDENCE } from '../verdict.js';
import type { Evidence } from './evidence.js';
import { judgement, summarise, unhealthy } from './evidence.js';
import type { Judged } from './tally.js';

/**
 * `observation`: the reported mean over the source's repeats must lie in the prediction interval of
 * our replications, mean ± t·s·√(1/n + 1/repeats).
 */
export function judgeObservation(judged: Judged, evidence: Evidence): Judgement {
  const summary = summarise(judged, evidence);
  const ill = unhealthy(summary, evidence);
  if (ill) return ill;
  const { reported } = judged;
  if (!reported) throw new TypeError('judgeObservation: reported must be set');
  const { count: n, ...moments } = evidence.tally.replications ?? NO_MOMENTS;
  if (n < 3) {
    return judgement(
      summary,
      'inconclusive',
      `${n} replications measured ${reported.name}; at least 3 are needed`,
    );
  }
  const { mean, variance } = meanAndVariance({ count: n, ...moments });
  const half =
    studentTUpperQuantile((1 - CONFIDENCE) / 2, n - 1) *
    Math.sqrt(variance * (1 / n + 1 / reported.repeats));
  const inside = Math.abs(reported.value - mean) <= half;
  return judgement(
    summary,
    inside ? 'reproduced' : 'not-reproduced',
    `reported ${reported.value}, our prediction interval at ${reported.repeats} repeats is ${(mean - half).toPrecision(4)} … ${(mean + half).toPrecision(4)} (${n} replications)`,
  );
}
