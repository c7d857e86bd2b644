import type { FaultyDraw, OpaqueInstance, TrialRecord } from '../claims/index.js';
import {
  checkSameConclusion,
  checkSameDraw,
  checkUnchanged,
  nearestAssumption,
  plainInstance,
  withDraw,
} from '../claims/index.js';
import type { Labelled } from '../generators/index.js';
import { decodeJson } from '../model/index.js';
import type { SessionJob } from './evidence-session.js';

/** What is looked at on the first draw of a law, and would cost too much on each. */
export interface FirstLook {
  /** The draw is plain data, the same when it is drawn again, and no assumption changes it. */
  readonly draw: (again: () => Labelled<OpaqueInstance>) => void;
  /** The conclusion changes no instance; on the first draw of all it is the same when it is asked again. */
  readonly conclusion: (record: TrialRecord, again: () => Promise<TrialRecord>) => Promise<void>;
  /** The function `what` has not changed the instance. */
  readonly unchanged: (what: string) => void;
}

/** The first looks of a session: one for each rung that it visits. All throw ClaimFault. */
export function firstLooks({ reading, engine }: SessionJob) {
  const seen = new Set<string>();
  return {
    /** The look at a draw; null where one of its law was looked at. */
    at(of: FaultyDraw, drawn: Labelled<OpaqueInstance>, where: string): FirstLook | null {
      const { rung = null } = of;
      const law = rung === null ? '' : `${rung.size} ${rung.path}`;
      if (seen.has(law)) return null;
      const isFirst = seen.size === 0;
      seen.add(law);
      const { instance } = drawn;
      const before = plainInstance(instance, where);
      const unchanged = (what: string): void => {
        try {
          checkUnchanged(before, instance, where, what);
        } catch (error) {
          // As it was drawn, and not as it is now.
          throw withDraw(error, {
            ...of,
            instance: decodeJson(before) as unknown as OpaqueInstance,
          });
        }
      };
      return {
        unchanged,
        draw(again) {
          checkSameDraw(drawn, again(), where);
          nearestAssumption(reading.assumptions, instance, where);
          unchanged('assumptions');
        },
        async conclusion(record, again) {
          unchanged('conclude');
          // In float32 a library may add in any order.
          if (!isFirst || engine.precision !== 'float64') return;
          if (record.outcome !== 'discarded') checkSameConclusion(record, await again(), where);
        },
      };
    },
  };
}
