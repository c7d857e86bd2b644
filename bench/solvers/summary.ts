import { BenchError } from '../shared/errors.js';
import { median } from '../shared/median.js';
import { OWN } from './own-contestants.js';
import type { Timing } from './rounds.js';

/** Relative gap at which a problem counts as solved. */
export const CLOSED = 1e-9;
/** HiGHS meets constraints up to 1e-7 each; bounds that contradict one another by more are wrong. */
const CONTRADICTION = 1e-5;

/** A line of the table. */
export interface Row {
  readonly contestant: string;
  readonly peer: boolean;
  readonly problems: number;
  /** 1/median of the least processor times. */
  readonly perSecond: number;
  /** Of the least processor times, in seconds. */
  readonly median: number;
  readonly mean: number;
  /** Median of the time over that of the own solver on the same problem. */
  readonly toOwn: number;
  /** Share of the problems with both bounds proved and a relative gap of at most 1e-9. */
  readonly closedProved: number;
  /** Share with that gap, as computed. */
  readonly closed: number;
  readonly worstGap: number;
}

/**
 * Timings as rates and shares.
 *
 * @throws BenchError when two solvers contradict one another
 */
export function summarise(where: string, timings: readonly Timing[]): readonly Row[] {
  const own = timings.find(({ contestant }) => contestant === OWN);
  if (own === undefined) throw new RangeError(`summarise: timings must hold ${OWN}`);
  return timings.map(({ contestant, peer, solved }) => {
    const times = solved.map(({ seconds }) => seconds);
    const gaps = solved.map(({ lower, upper }) =>
      upper === Infinity ? Infinity : upper === 0 ? 0 : (upper - lower) / upper,
    );
    const share = (holds: (k: number) => boolean): number =>
      solved.filter((_, k) => holds(k)).length / solved.length;
    for (const [k, { lower, upper }] of solved.entries()) {
      const ours = own.solved[k];
      const slack = 1 + CONTRADICTION;
      if (ours === undefined || (lower <= ours.upper * slack && ours.lower <= upper * slack)) {
        continue;
      }
      throw new BenchError(
        `${where}, problem ${k + 1}: ${contestant} says [${lower}, ${upper}], ${OWN} [${ours.lower}, ${ours.upper}]; one of them is wrong`,
      );
    }
    const ratios = times.flatMap((time, k) =>
      own.solved[k] === undefined ? [] : [time / own.solved[k].seconds],
    );
    return {
      contestant,
      peer,
      problems: solved.length,
      perSecond: 1 / median(times),
      median: median(times),
      mean: times.reduce((sum, time) => sum + time, 0) / times.length,
      toOwn: median(ratios),
      closedProved: share((k) => solved[k].proved && gaps[k] <= CLOSED),
      closed: share((k) => gaps[k] <= CLOSED),
      worstGap: Math.max(...gaps),
    };
  });
}
