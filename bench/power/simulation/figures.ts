import type { Chart } from '../../../src/claims/index.js';
import type { Detection } from './detection.js';
import type { ExponentCoverage } from './exponents.js';
import type { FalseAlarms } from './false-alarms.js';
import { LEVEL } from './false-alarms.js';
import type { ObservationRow } from './observations.js';
import { MISS_LEVEL } from './observations.js';

const LIMIT = { kind: 'horizontal', name: 'α', at: LEVEL } as const;

type Course = readonly (readonly [night: number, fraction: number])[];

/** A fraction stays what it is until the night on which it changes. */
function steps(course: Course): Course {
  return course.flatMap((point, k) =>
    k === 0 ? [point] : [[point[0], course[k - 1][1]] as const, point],
  );
}

/** The fraction of histories that a nightly look has refuted so far: the judge beside a naive test. */
export function falseAlarmFigure(rows: readonly FalseAlarms[]): Chart {
  return {
    title: 'A true claim, looked at every night: how many histories have cried wolf?',
    caption:
      'Every trial is violated with just the probability that the claim admits. The judge stays below α = 0.05 however long it looks; an exact binomial test of the same trials at the same level does not.',
    x: { label: 'night', scale: 'log' },
    y: { label: 'fraction of histories refuted so far', scale: 'linear', domain: [0, 0.6] },
    marks: [
      LIMIT,
      ...rows.map(({ law, judge }) => ({
        kind: 'line' as const,
        name: `judge, ${law}`,
        points: steps(judge.course),
      })),
      ...rows.map(({ law, naive }) => ({
        kind: 'line' as const,
        name: `binomial test, ${law}`,
        points: steps(naive.course),
      })),
    ],
  };
}

/** Median times of detection, as multiples of ln(1/α)/KL(q‖p). */
export function detectionFigure(rows: readonly Detection[]): Chart {
  const groups = [...new Set(rows.map(groupOf))];
  return {
    title: 'Trials until a false claim is refuted',
    caption:
      'Violated with probability q where p is admitted, looked at after every trial. A test that knows q needs about 1 on average; the judge does not know it and stays below 2.',
    x: { label: 'q/p', scale: 'log' },
    y: {
      label: 'median number of trials, in units of ln(1/α)/KL(q‖p)',
      scale: 'linear',
      domain: [0, 2.2],
    },
    marks: [
      { kind: 'horizontal', name: 'target', at: 2 },
      ...groups.map((name) => ({
        kind: 'points' as const,
        name,
        points: rows
          .filter((row) => groupOf(row) === name)
          .map((row) => [row.ratio, (2 * row.median) / row.bound] as const),
      })),
    ],
  };
}

export function groupOf({ admitted, alpha }: Detection): string {
  return `p = ${admitted}, α = ${alpha === 1e-6 ? '10⁻⁶' : alpha}`;
}

/** The fraction of histories in which a limit has missed the truth so far. */
export function coverageFigure(
  rates: readonly FalseAlarms[],
  exponents: readonly ExponentCoverage[],
): Chart {
  return {
    title: 'Confidence sequences: in how many histories have they missed the truth?',
    caption:
      'At the level 95 % at most 5 % of the histories may ever miss, however often one looks: violation rates (rate) and exponents of implied constants along a ladder, beside logarithms and transients.',
    x: { label: 'night', scale: 'log' },
    y: { label: 'fraction of histories that missed so far', scale: 'linear', domain: [0, 0.08] },
    marks: [
      LIMIT,
      ...rates.map(({ law, missed }) => ({
        kind: 'line' as const,
        name: `rate, ${law}`,
        points: steps(missed.course),
      })),
      ...exponents.map(({ truth, course }) => ({
        kind: 'line' as const,
        name: `exponent, ${truth}`,
        points: steps(course),
      })),
    ],
  };
}

/** The fraction of histories in which a number of the very law of the trials was called not reproduced so far. */
export function observationFigure(rows: readonly ObservationRow[]): Chart {
  return {
    title: 'A number of the same law: in how many histories has it been called not reproduced?',
    caption:
      'The source reports a rounded number, and every night adds replications by the same law. Limits for shares, bounded means, ranks and equal replications hold at 1 % for any law; those of other means (named conditional) promise it only where means are about normal.',
    x: { label: 'night', scale: 'log' },
    y: { label: 'fraction of histories called not reproduced', scale: 'linear', domain: [0, 0.03] },
    marks: [
      { kind: 'horizontal', name: 'promised', at: MISS_LEVEL },
      ...rows.map(({ law, promised, course }) => ({
        kind: 'line' as const,
        name: promised ? law : `conditional: ${law}`,
        points: steps(course),
      })),
    ],
  };
}
