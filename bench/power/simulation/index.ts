// Not through the folder's index, which loads MathJax and Allure.
import { figureSvg } from '../../../src/reporting/figure-svg.js';
import { inWorkers } from '../../shared/worker-pool.js';
import type { Extent, PowerPart } from '../part.js';
import type { Detection } from './detection.js';
import { ALTERNATIVES } from './detection.js';
import type { ExponentCoverage, LadderHistory, Looks } from './exponents.js';
import { TRUTHS, exponentCoverage } from './exponents.js';
import type { FalseAlarms, Nights } from './false-alarms.js';
import { ADMITTED, LEVEL } from './false-alarms.js';
import { coverageFigure, detectionFigure, falseAlarmFigure, observationFigure } from './figures.js';
import type { Fraction } from './fraction.js';
import { fraction } from './fraction.js';
import type { Found, Job } from './jobs.js';
import type { ObservationNights, ObservationRow } from './observations.js';
import { EXPERIMENTS, MISS_LEVEL } from './observations.js';
import {
  detectionTable,
  exponentTable,
  falseAlarmTable,
  observationTable,
  trueTable,
} from './tables.js';
import type { TrueRow } from './true-claims.js';

/** How much is simulated. */
interface Size {
  readonly nights: Nights;
  readonly detections: number;
  readonly looks: Looks;
  readonly observationNights: ObservationNights;
  readonly trueRuns: number;
}

/** Half a minute, five minutes, and an hour on two processors. */
export const SIZES: Readonly<Record<Extent, Size>> = {
  quick: {
    nights: { histories: 60, nights: 100, trials: 50 },
    detections: 60,
    looks: { histories: 4, nights: 60, every: 20 },
    observationNights: { histories: 20, nights: 40, trials: 20 },
    trueRuns: 200,
  },
  normal: {
    nights: { histories: 2000, nights: 300, trials: 50 },
    detections: 300,
    looks: { histories: 150, nights: 300, every: 30 },
    observationNights: { histories: 400, nights: 60, trials: 20 },
    trueRuns: 10_000,
  },
  long: {
    nights: { histories: 2000, nights: 300, trials: 50 },
    detections: 2000,
    looks: { histories: 2000, nights: 300, every: 1 },
    observationNights: { histories: 2000, nights: 100, trials: 20 },
    trueRuns: 100_000,
  },
};

/** What the simulations found. */
export interface SimulationResult {
  readonly falseAlarms: readonly FalseAlarms[];
  readonly detections: readonly Detection[];
  readonly exponents: readonly ExponentCoverage[];
  readonly observations: readonly ObservationRow[];
  readonly trueClaims: readonly TrueRow[];
}

/** What must not be, one line each. A fraction fails where chance does not explain it. */
export function failuresOf(result: SimulationResult): string[] {
  const tooMany = (what: string, { count, of, lower }: Fraction): string[] =>
    lower > LEVEL
      ? [`${what} in ${count} of ${of} histories: surely more often than ${LEVEL}`]
      : [];
  return [
    ...result.falseAlarms.flatMap(({ law, judge, missed }) => [
      ...tooMany(`${law}: the judge refutes a true claim`, judge.total),
      ...tooMany(`${law}: the confidence sequence misses the rate`, missed.total),
    ]),
    ...result.falseAlarms
      .filter(({ naive }) => naive.total.lower <= LEVEL)
      .map(({ law }) => `${law}: the naive test does not fail, so that the histories show nothing`),
    ...result.detections
      .filter(({ median, bound }) => median > bound)
      .map(
        ({ admitted, rate, alpha, median, bound }) =>
          `p = ${admitted}, q = ${rate}, α = ${alpha}: the median of ${median} trials is above ${bound.toFixed(1)}`,
      ),
    ...result.exponents.flatMap(({ truth, missed, refuted }) => [
      ...tooMany(`${truth}: the limits miss the exponent`, missed),
      ...tooMany(`${truth}: the judge refutes a true claim`, refuted),
    ]),
    ...result.observations
      .filter(({ promised, missed }) => promised && missed.lower > MISS_LEVEL)
      .map(
        ({ law, missed }) =>
          `${law}: a number of its own law is not reproduced in ${missed.count} of ${missed.of} histories: surely more often than ${MISS_LEVEL}`,
      ),
    ...result.trueClaims.flatMap(({ claim, runs, verdicts }) => [
      ...((verdicts.refuted ?? 0) > 0 ? [`${claim}: refuted in ${verdicts.refuted} runs`] : []),
      // Their prediction intervals hold at 99 %.
      ...(fraction(verdicts['not-reproduced'] ?? 0, runs).lower > 0.01
        ? [`${claim}: not reproduced in ${verdicts['not-reproduced']} of ${runs} runs`]
        : []),
    ]),
  ];
}

/** Histories that one worker simulates at a time: a truth would keep one worker busy for half an hour. */
const CHUNK = 50;

function chunksOf(truth: string, looks: Looks): readonly Job[] {
  return Array.from({ length: Math.ceil(looks.histories / CHUNK) }, (_, k) => {
    const first = k * CHUNK;
    const histories = Math.min(CHUNK, looks.histories - first);
    return { kind: 'exponents', truth, looks, first, histories };
  });
}

/** Every simulation of a size, the longest first. */
function jobsOf({ nights, detections, looks, observationNights, trueRuns }: Size): readonly Job[] {
  return [
    ...Object.keys(TRUTHS).flatMap((truth) => chunksOf(truth, looks)),
    ...Object.keys(ADMITTED).map((law): Job => ({ kind: 'false-alarms', law, size: nights })),
    ...Object.keys(EXPERIMENTS).map((law): Job => ({
      kind: 'observations',
      law,
      size: observationNights,
    })),
    { kind: 'true-claims', runs: trueRuns },
    ...ALTERNATIVES.map((_, alternative): Job => ({
      kind: 'detection',
      alternative,
      histories: detections,
    })),
  ];
}

/** The judges themselves on synthetic evidence: false alarms, times of detection, coverage. */
export const simulation: PowerPart = {
  name: 'simulation',
  about: 'the judges on synthetic evidence: false alarms, detection, coverage of their limits',
  has: (only) => 'simulation'.includes(only),
  async run({ extent, out }) {
    const size = SIZES[extent];
    const jobs = jobsOf(size);
    const found = await inWorkers<Job, Found>(
      new URL('./worker.js', import.meta.url),
      jobs,
      (count) => out.status(`simulations ${count}/${jobs.length}`),
    );
    const of = <T extends Found>(kind: Job['kind']): T[] =>
      found.filter((_, k) => jobs[k].kind === kind) as T[];
    const alarms = of<FalseAlarms>('false-alarms');
    const detections = of<Detection>('detection');
    const exponents = Object.keys(TRUTHS).map((truth) =>
      exponentCoverage(
        truth,
        size.looks.nights,
        found
          .filter((_, k) => {
            const job = jobs[k];
            return job.kind === 'exponents' && job.truth === truth;
          })
          .flatMap((histories) => histories as readonly LadderHistory[]),
      ),
    );
    const observations = of<ObservationRow>('observations');
    const trueClaims = of<readonly TrueRow[]>('true-claims').flat();
    for (const table of [
      falseAlarmTable(alarms),
      detectionTable(detections),
      exponentTable(exponents),
      observationTable(observations),
      trueTable(trueClaims),
    ]) {
      for (const line of table) out.print(line);
      out.print();
    }
    const result: SimulationResult = {
      falseAlarms: alarms,
      detections,
      exponents,
      observations,
      trueClaims,
    };
    return {
      json: { level: LEVEL, ...size, ...result },
      figures: {
        'power-false-alarms.svg': figureSvg(falseAlarmFigure(alarms)),
        'power-detection.svg': figureSvg(detectionFigure(detections)),
        'power-observations.svg': figureSvg(observationFigure(observations)),
        'power-coverage.svg': figureSvg(coverageFigure(alarms, exponents)),
      },
      failures: failuresOf(result),
    };
  },
};
