import type { Judged, Reported, Tally, TrialRecord } from '../../../src/claims/index.js';
import { judge, mergeTallies, tallyOf } from '../../../src/claims/index.js';
import type { RandomSource } from '../../../src/math/index.js';
import { exponential, normal, pareto, randomSource, studentT } from '../../../src/math/index.js';
import { evidenceOf } from './bets.js';
import type { Fraction } from './fraction.js';
import { byNight, fraction } from './fraction.js';

/** How often a number that its own law gave may be called not reproduced: 1 − the confidence of the judge. */
export const MISS_LEVEL = 0.01;

/** How many histories, and how many replications each of their nights adds. */
export interface ObservationNights {
  readonly histories: number;
  readonly nights: number;
  readonly trials: number;
}

/** A source that reports a number, and trials that replicate it. */
interface Experiment {
  /** What is declared of the number. */
  readonly declared: object;
  readonly repeats: number;
  /** Digits after the point that are printed. */
  readonly digits: number;
  /** One measurement of a trial. */
  readonly draw: (random: RandomSource) => number;
  /** One of the source's measurements where it reports another law's number. */
  readonly other: (random: RandomSource) => number;
  /** Whether limits are promised, or only those of normal means. */
  readonly promised: boolean;
}

const bernoulli = (p: number) => (random: RandomSource) => (random.uniform() < p ? 1 : 0);
const share = (p: number, other: number, repeats: number, digits: number): Experiment => ({
  declared: { statistic: 'share' },
  repeats,
  digits,
  draw: bernoulli(p),
  other: bernoulli(other),
  promised: true,
});
const shifted =
  (law: (random: RandomSource) => number, by: number) =>
  (random: RandomSource): number =>
    law(random) + by;
const mean = (
  law: (random: RandomSource) => number,
  repeats: number,
  by: number,
  more: Partial<Experiment> = {},
): Experiment => ({
  declared: {},
  repeats,
  digits: 3,
  draw: law,
  other: shifted(law, by),
  promised: false,
  ...more,
});
const skewedUnit = (random: RandomSource): number => random.uniform() ** 8;
const medianOfFive = (random: RandomSource): number =>
  Array.from({ length: 5 }, () => normal(random) / normal(random)).sort((a, b) => a - b)[2];

/** Laws of measurements: rare and even shares, bounded, heavy-tailed and equal numbers, and means of normal and other draws. */
export const EXPERIMENTS: Readonly<Record<string, Experiment>> = {
  'share, p = 0.02 at 200': share(0.02, 0.12, 200, 2),
  'share, p = 0.002 at 50': share(0.002, 0.2, 50, 2),
  'share, p = 0.5 at 20': share(0.5, 0.98, 20, 2),
  'mean of zeros and ones, p = 0.02 at 200': {
    ...share(0.02, 0.12, 200, 2),
    declared: {},
  },
  'bounded, u^8 at 30': {
    ...mean(skewedUnit, 30, 0, { other: (random) => random.uniform(), promised: true }),
    declared: { range: [0, 1] },
  },
  'bounded, rarely 1 at 40': {
    ...mean((random) => (random.uniform() < 0.03 ? 1 : 0.01 * random.uniform()), 40, 0, {
      other: (random) => (random.uniform() < 0.5 ? 1 : 0),
      promised: true,
    }),
    declared: { range: [0, 1] },
  },
  'replicate, lognormal': {
    ...mean((random) => Math.exp(2 * normal(random)), 1, 1e5, { promised: true }),
    declared: { statistic: 'replicate' },
  },
  'replicate, median of five Cauchy': {
    ...mean(medianOfFive, 1, 1e3, { promised: true }),
    declared: { statistic: 'replicate' },
  },
  'replicate, rounded to ties': {
    ...mean((random) => Math.round(normal(random)), 1, 9, { promised: true, digits: 0 }),
    declared: { statistic: 'replicate' },
  },
  'all equal to 1/3 at 5': mean(() => 1 / 3, 5, 0.1, { digits: 2, promised: true }),
  'mean, normal at 5': mean(normal, 5, 4, { promised: true }),
  'mean, exponential at 1': mean(exponential, 1, 20),
  'mean, exponential at 20': mean(exponential, 20, 2),
  'mean, lognormal at 20': mean((random) => Math.exp(normal(random)), 20, 10),
  'mean, Student t of 2.5 degrees at 10': mean((random) => studentT(random, 2.5), 10, 10),
  'mean, Pareto of index 1.5 at 10': mean((random) => pareto(random, 1.5), 10, 100),
};

/** What became of the numbers of one law. */
export interface ObservationRow {
  readonly law: string;
  readonly promised: boolean;
  /** Histories in which a number of the same law was ever called not reproduced. */
  readonly missed: Fraction;
  readonly course: readonly (readonly [night: number, fraction: number])[];
  /** Histories that were open on the last night: no limit excluded anything, or it was not believed. */
  readonly open: Fraction;
  /** Histories in which a number of another law was ever called not reproduced. */
  readonly found: Fraction;
}

/** Histories of one law, looked at every night, half as many again with a number of another law. */
export function observationRow(law: string, size: ObservationNights): ObservationRow {
  const { histories, nights } = size;
  const run = (kind: 'draw' | 'other', count: number) =>
    Array.from({ length: count }, (_, history) =>
      oneHistory(
        EXPERIMENTS[law],
        kind,
        size,
        randomSource('power', 'observations', law, kind, history),
      ),
    );
  const same = run('draw', histories);
  const others = run('other', Math.ceil(histories / 5));
  const events = same.map(({ called }) => called);
  return {
    law,
    promised: EXPERIMENTS[law].promised,
    missed: fraction(events.filter((night) => night !== null).length, histories),
    course: byNight(events, nights),
    open: fraction(same.filter(({ open }) => open).length, histories),
    found: fraction(others.filter(({ called }) => called !== null).length, others.length),
  };
}

/** The first night on which the source's number is called not reproduced, and whether the last one is open. */
function oneHistory(
  experiment: Experiment,
  source: 'draw' | 'other',
  { nights, trials }: ObservationNights,
  random: RandomSource,
): { readonly called: number | null; readonly open: boolean } {
  const { declared, repeats, digits } = experiment;
  let sum = 0;
  for (let i = 0; i < repeats; i += 1) sum += experiment[source](random);
  const value = (sum / repeats).toFixed(digits);
  const reported = { name: 'x', value, repeats, ...declared } as Reported;
  const judged: Judged = { kind: 'observation', coverage: { sampled: {} }, reported };
  let all: Tally = mergeTallies(judged, []);
  let called: number | null = null;
  let open = true;
  for (let night = 1; night <= nights; night += 1) {
    const records = Array.from({ length: trials }, (_, trial): TrialRecord => ({
      trial,
      outcome: 'holds',
      labels: [],
      decidedBy: 'exact',
      measurements: { x: experiment.draw(random) },
    }));
    all = mergeTallies(judged, [all, tallyOf(judged, records)]);
    const { verdict } = judge(judged, evidenceOf(all));
    if (verdict === 'not-reproduced') called ??= night;
    open = verdict === 'inconclusive';
    if (called !== null) break;
  }
  return { called, open };
}
