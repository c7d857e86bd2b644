import type { Judged, Tally } from '../../../src/claims/index.js';
import { judge, mergeTallies } from '../../../src/claims/index.js';
import { randomSource, regularisedIncompleteBeta } from '../../../src/math/index.js';
import { PROBABLE, drawTally, evidenceOf, stockOf } from './bets.js';
import type { Fraction } from './fraction.js';
import { byNight, fraction } from './fraction.js';

/** Error probability of the test and of the confidence sequence in the simulations. */
export const LEVEL = 0.05;

/** Admitted probabilities of the trials: drawn anew, with equal chances, for each. */
export const ADMITTED: Readonly<Record<string, readonly number[]>> = {
  'p = 0.01': [0.01],
  'p = 0.05': [0.05],
  'p = 0.3': [0.3],
  'p mixed, 0.002 … 0.5': [0.002, 0.01, 0.05, 0.2, 0.5],
};

/** How many histories, and how many fresh trials each of their nights adds. */
export interface Nights {
  readonly histories: number;
  readonly nights: number;
  readonly trials: number;
}

/** What happened by the last night, with the fraction of histories by night. */
interface Course {
  readonly total: Fraction;
  readonly course: readonly (readonly [night: number, fraction: number])[];
}

export interface FalseAlarms {
  readonly law: string;
  /** Refuted by the judge of `probable` on some night. */
  readonly judge: Course;
  /** Refuted on some night by an exact binomial test of all trials so far, at the same level. */
  readonly naive: Course;
  /** Nights on which the confidence sequence of the violation rate misses the truth. */
  readonly missed: Course;
}

/**
 * Histories at the boundary of H₀, every trial violated with just the admitted probability: how often does
 * a nightly look refute?
 */
export function falseAlarms(law: string, size: Nights): FalseAlarms {
  const stock = stockOf(ADMITTED[law]);
  const rate = stock.admitted.reduce((sum, p) => sum + p, 0) / stock.admitted.length;
  const events = Array.from({ length: size.histories }, (_, history) => {
    const random = randomSource('power', 'false-alarms', law, history);
    return oneHistory(PROBABLE, size, rate, () => drawTally(stock, (p) => p, size.trials, random));
  });
  const course = (what: keyof Events): Course => {
    const nights = events.map((event) => event[what]);
    return {
      total: fraction(nights.filter((night) => night !== null).length, size.histories),
      course: byNight(nights, size.nights),
    };
  };
  return { law, judge: course('judge'), naive: course('naive'), missed: course('missed') };
}

/** The first night of each event. */
interface Events {
  readonly judge: number | null;
  readonly naive: number | null;
  readonly missed: number | null;
}

function oneHistory(judged: Judged, { nights }: Nights, rate: number, night: () => Tally): Events {
  const first: { judge: number | null; naive: number | null; missed: number | null } = {
    judge: null,
    naive: null,
    missed: null,
  };
  let tally = mergeTallies(judged, []);
  for (let n = 1; n <= nights; n += 1) {
    tally = mergeTallies(judged, [tally, night()]);
    const { verdict, violationRateLower, violationRateUpper } = judge(judged, evidenceOf(tally), {
      alpha: LEVEL,
      confidence: 1 - LEVEL,
    });
    if (verdict === 'refuted') first.judge ??= n;
    if ((violationRateLower ?? 0) > rate || (violationRateUpper ?? 1) < rate) first.missed ??= n;
    const { violated, effective } = tally;
    if (
      violated > effective * rate &&
      regularisedIncompleteBeta(rate, violated, effective - violated + 1) <= LEVEL
    ) {
      first.naive ??= n;
    }
  }
  return first;
}
