import type { Judged, TrialRecord } from '../../../src/claims/index.js';
import { judge, mergeTallies, tallyOf } from '../../../src/claims/index.js';
import type { RandomSource } from '../../../src/math/index.js';
import { normal, randomSource } from '../../../src/math/index.js';
import { evidenceOf } from './bets.js';
import { LEVEL } from './false-alarms.js';
import type { Fraction } from './fraction.js';
import { byNight, fraction } from './fraction.js';

const rungs = [8, 16, 32, 64, 128, 256].map((size) => ({ path: 'size', size }));
const extended = [512, 1024].map((size) => ({ path: 'size', size }));

const SCALING: Judged = {
  kind: 'scaling',
  coverage: { sampled: {} },
  rungs,
  extended,
  constants: { C: { bounded: 'above' } },
};

/** A law of implied constants: the median by size, its exponent, and a noise of median 1. */
interface Truth {
  readonly exponent: number;
  readonly median: (size: number) => number;
  readonly noise: (random: RandomSource) => number;
}

const lognormal = (random: RandomSource): number => Math.exp(0.3 * normal(random));

/** e to a Cauchy variable: no moment, not even of the logarithm. */
const heavy = (random: RandomSource): number =>
  Math.exp(0.2 * Math.tan(Math.PI * (random.uniform() - 0.5)));

/** At the exponent 0.2 and below, which is no divergence, beside logarithms and transients. */
export const TRUTHS: Readonly<Record<string, Truth>> = {
  'size^0.2': { exponent: 0.2, median: (s) => s ** 0.2, noise: lognormal },
  'size^0.2, heavy tails': { exponent: 0.2, median: (s) => s ** 0.2, noise: heavy },
  'size^0.2 · log(size)': {
    exponent: 0.2,
    median: (s) => s ** 0.2 * Math.log(s),
    noise: lognormal,
  },
  'log(size)²': { exponent: 0, median: (s) => Math.log(s) ** 2, noise: lognormal },
  'size^0.2 · (1 − 7/size)': {
    exponent: 0.2,
    median: (s) => s ** 0.2 * (1 - 7 / s),
    noise: lognormal,
  },
  '1 + 30/size': { exponent: 0, median: (s) => 1 + 30 / s, noise: lognormal },
};

/** How many histories, nights with one draw at each size, and every how many nights the judge looks. */
export interface Looks {
  readonly histories: number;
  readonly nights: number;
  readonly every: number;
}

export interface ExponentCoverage {
  readonly truth: string;
  readonly exponent: number;
  /** Histories in which the reported limits of the exponent miss it at some look. */
  readonly missed: Fraction;
  readonly course: readonly (readonly [night: number, fraction: number])[];
  /** Histories in which the judge of `scaling` refutes at some look. */
  readonly refuted: Fraction;
}

/** What happened in one history of a ladder whose constants do not diverge. */
export interface LadderHistory {
  /** The night of the first look at which the limits miss the exponent; null without any. */
  readonly missed: number | null;
  readonly refuted: boolean;
}

/** Some of the histories: those from `first` on. */
export function ladderHistories(
  name: string,
  { nights, every }: Looks,
  first: number,
  histories: number,
): readonly LadderHistory[] {
  const looks = { nights, every };
  return Array.from({ length: histories }, (_, k) =>
    oneLadder(TRUTHS[name], looks, randomSource('power', 'exponents', name, first + k)),
  );
}

/** How often limits and verdict say what is not so. */
export function exponentCoverage(
  name: string,
  nights: number,
  histories: readonly LadderHistory[],
): ExponentCoverage {
  const missed = histories.map((history) => history.missed);
  return {
    truth: name,
    exponent: TRUTHS[name].exponent,
    missed: fraction(missed.filter((night) => night !== null).length, histories.length),
    course: byNight(missed, nights),
    refuted: fraction(histories.filter(({ refuted }) => refuted).length, histories.length),
  };
}

function oneLadder(
  { exponent, median, noise }: Truth,
  { nights, every }: Omit<Looks, 'histories'>,
  random: RandomSource,
): LadderHistory {
  let tally = mergeTallies(SCALING, []);
  let missed: number | null = null;
  let refuted = false;
  for (let night = every; night <= nights; night += every) {
    const records = Array.from({ length: every }, () =>
      [...rungs, ...extended].map((rung): TrialRecord => ({
        trial: 0,
        outcome: 'holds',
        labels: [],
        decidedBy: 'exact',
        rung,
        implied: { C: median(rung.size) * noise(random) },
      })),
    ).flat();
    tally = mergeTallies(SCALING, [tally, tallyOf(SCALING, records)]);
    const { verdict, exponentLimits } = judge(SCALING, evidenceOf(tally), {
      alpha: LEVEL,
      confidence: 1 - LEVEL,
    });
    const limits = exponentLimits?.['C along size'];
    if (limits && (limits.lower > exponent || limits.upper < exponent)) missed ??= night;
    refuted ||= verdict === 'refuted';
  }
  return { missed, refuted };
}
