import type { Judgement } from '../verdict.js';
import type { Evidence } from './evidence.js';
import { judgement, refutation, summarise } from './evidence.js';
import type { Levels } from './levels.js';
import type { Judged } from './tally.js';

/** `existential`: a witness settles it, only a family (a proof that none exists) refutes it. */
export function judgeExistential(judged: Judged, evidence: Evidence, levels: Levels): Judgement {
  const summary = summarise(judged, evidence, levels);
  const refuted = refutation(summary, { ...evidence, finds: [] });
  if (refuted) return refuted;
  const { witness } = evidence.tally;
  if (witness !== null) return judgement(summary, 'witnessed', `trial ${witness} is a witness`);
  return judgement(
    summary,
    'inconclusive',
    `no witness among ${summary.trials.effective} candidates; sampling cannot refute existence`,
  );
}
