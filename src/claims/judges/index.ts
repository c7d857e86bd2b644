import type { Judgement } from '../verdict.js';
import type { Evidence } from './evidence.js';
import { judgeExistential } from './existential.js';
import { judgeLimit } from './limit.js';
import { judgeObservation } from './observation.js';
import { judgeProbable } from './probable.js';
import { judgeScaling } from './scaling.js';
import type { Judged } from './tally.js';
import { judgeUniversal } from './universal.js';

export type { Evidence, GradedFind, VerifiedFamily } from './evidence.js';
export { mergeTallies, tallyOf } from './tally.js';
export type { ConstantTally, Judged, RungTally, Tally } from './tally.js';

const JUDGES = {
  identity: judgeUniversal,
  universal: judgeUniversal,
  probable: judgeProbable,
  scaling: judgeScaling,
  limit: judgeLimit,
  existential: judgeExistential,
  observation: judgeObservation,
} as const;

/** The judgement of a reading's kind: a pure function of the evidence. */
export function judge(judged: Judged, evidence: Evidence): Judgement {
  return JUDGES[judged.kind](judged, evidence);
}
