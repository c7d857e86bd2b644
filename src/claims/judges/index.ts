import type { Rung } from '../reading.js';
import type { Judgement } from '../verdict.js';
import type { Evidence } from './evidence.js';
import { judgeExistential } from './existential.js';
import { DEFAULT_LEVELS } from './levels.js';
import type { Levels } from './levels.js';
import { judgeLimit, limitPathsToExtend, suspectsToDraw } from './limit.js';
import { judgeObservation } from './observation.js';
import { judgeProbable } from './probable.js';
import { judgeScaling, scalingPathsToExtend } from './scaling.js';
import type { Judged } from './tally.js';
import { judgeUniversal } from './universal.js';

export type { Evidence, GradedFind, VerifiedFamily } from './evidence.js';
export type { Levels } from './levels.js';
export { onLadderAlone } from './extension.js';
export type { StratumTally } from './strata.js';
export { drawsOf, standing } from './suspects.js';
export type { SuspectAtEnd } from './suspects.js';
export { mergeTallies, tallyOf } from './tally.js';
export type { ConstantTally, Judged, RungTally, Tally } from './tally.js';

export { suspectsToDraw };

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
export function judge(
  judged: Judged,
  evidence: Evidence,
  levels: Levels = DEFAULT_LEVELS,
): Judgement {
  return JUDGES[judged.kind](judged, evidence, levels);
}

/**
 * The larger sizes to draw before the evidence on a ladder may refute: those of the paths that it
 * calls divergent or stuck, as far as the reading has any.
 */
export function rungsToExtend(
  judged: Judged,
  evidence: Evidence,
  levels: Levels = DEFAULT_LEVELS,
): Rung[] {
  const { kind, extended = [] } = judged;
  if (extended.length === 0 || (kind !== 'scaling' && kind !== 'limit')) return [];
  const paths =
    kind === 'scaling'
      ? scalingPathsToExtend(judged, evidence, levels)
      : limitPathsToExtend(judged, evidence, levels);
  return extended.filter(({ path }) => paths.includes(path));
}
