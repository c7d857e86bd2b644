import type {
  Control,
  Effort,
  Judged,
  OpaqueInstance,
  TrialRecord,
  Verdict,
} from '../claims/index.js';
import { judge, onLadderAlone, tallyOf } from '../claims/index.js';
import { REFUTED_BY_INSTANCE } from './find.js';
import type { ControlOutcome } from './outcome.js';

/** Verdicts by which a control is killed. */
const FALLEN: ReadonlySet<Verdict> = new Set(['refuted', 'not-reproduced']);

/** How a control fared on the reading's own draws: killed by one violation, or by the judge of the reading's kind. */
export function controlOutcome(
  name: string,
  { statement, argument, judge: judgedAs }: Control<OpaqueInstance>,
  records: readonly TrialRecord[],
  judged: Judged,
  effort: Effort,
): ControlOutcome {
  const effective = records.filter((r) => r.outcome === 'holds' || r.outcome === 'violated');
  const violated = effective.filter((r) => r.outcome === 'violated').length;
  const killed =
    judgedAs === 'every-draw' || REFUTED_BY_INSTANCE.has(judged.kind)
      ? violated > 0
      : FALLEN.has(
          judge(onLadderAlone(judged), {
            tally: tallyOf(judged, records),
            finds: [],
            families: [],
            effort,
          }).verdict,
        );
  return {
    name,
    statement,
    argument,
    judge: judgedAs,
    killed,
    violated,
    effective: effective.length,
  };
}
