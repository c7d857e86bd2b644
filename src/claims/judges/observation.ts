import { NO_MOMENTS, meanAndVariance, predictionHalfWidth } from '../../statistics/index.js';
import type { Judgement } from '../verdict.js';
import type { Evidence } from './evidence.js';
import { judgement, summarise, unhealthy } from './evidence.js';
import type { Levels } from './levels.js';
import type { Judged } from './tally.js';

/**
 * `observation`: the reported mean over the source's repeats must lie in the prediction interval of
 * our replications, which holds at all looks at them at once.
 */
export function judgeObservation(judged: Judged, evidence: Evidence, levels: Levels): Judgement {
  const summary = summarise(judged, evidence, levels);
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
  const half = predictionHalfWidth(n, variance, reported.repeats, 1 - levels.confidence);
  if (half === Infinity) {
    return judgement(
      summary,
      'inconclusive',
      `${n} replications do not bound a prediction yet; more trials would settle it`,
    );
  }
  const inside = Math.abs(reported.value - mean) <= half;
  return judgement(
    summary,
    inside ? 'reproduced' : 'not-reproduced',
    `reported ${reported.value}, our prediction interval at ${reported.repeats} repeats is ${(mean - half).toPrecision(4)} … ${(mean + half).toPrecision(4)} (${n} replications)`,
  );
}
