import type { Judgement } from '../verdict.js';
import type { Evidence } from './evidence.js';
import { judgement, summarise, unhealthy } from './evidence.js';
import type { Levels } from './levels.js';
import { findingOf } from './replication-findings.js';
import { replicationsOf } from './replications.js';
import type { Judged } from './tally.js';

/**
 * `observation`: what the source printed, widened by its rounding, must lie where our replications predict it at the
 * source's number of repeats, by limits that hold at all looks at them at once and are valid for that statistic.
 */
export function judgeObservation(judged: Judged, evidence: Evidence, levels: Levels): Judgement {
  const summary = summarise(judged, evidence, levels);
  const ill = unhealthy(summary, evidence);
  if (ill) return ill;
  const { reported } = judged;
  if (!reported) throw new TypeError('judgeObservation: reported must be set');
  const replications = evidence.tally.replications ?? replicationsOf(reported, []);
  const { reproduced, reason } = findingOf(reported, replications, 1 - levels.confidence);
  const verdict =
    reproduced === null ? 'inconclusive' : reproduced ? 'reproduced' : 'not-reproduced';
  return judgement(summary, verdict, reason);
}
