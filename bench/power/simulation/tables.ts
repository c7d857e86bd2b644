import { alignedLines, significant } from '../../shared/text.js';
import type { Detection } from './detection.js';
import type { ExponentCoverage } from './exponents.js';
import type { FalseAlarms } from './false-alarms.js';
import { groupOf } from './figures.js';
import type { Fraction } from './fraction.js';
import type { ObservationRow } from './observations.js';
import type { TrueRow } from './true-claims.js';

const shown = ({ count, of, lower }: Fraction): string =>
  `${count}/${of} (${(100 * lower).toFixed(1)} %)`;

/** False alarms of the judge and of the naive test, with the lower confidence limit of each fraction. */
export function falseAlarmTable(rows: readonly FalseAlarms[]): readonly string[] {
  return alignedLines([
    ['at the boundary of H₀', 'judge refutes', 'binomial test', 'rate limits miss'],
    ...rows.map(({ law, judge, naive, missed }) => [
      law,
      shown(judge.total),
      shown(naive.total),
      shown(missed.total),
    ]),
  ]);
}

/** Median times of detection. */
export function detectionTable(rows: readonly Detection[]): readonly string[] {
  return alignedLines([
    ['alternative', 'q/p', 'median trials', '2·ln(1/α)/KL', 'ratio'],
    ...rows.map((row) => [
      groupOf(row),
      row.ratio.toFixed(1),
      significant(row.median),
      significant(row.bound),
      (row.median / row.bound).toFixed(2),
    ]),
  ]);
}

/** Coverage of the exponents' limits. */
export function exponentTable(rows: readonly ExponentCoverage[]): readonly string[] {
  return alignedLines([
    ['implied constant', 'exponent', 'limits miss', 'judge refutes'],
    ...rows.map(({ truth, exponent, missed, refuted }) => [
      truth,
      String(exponent),
      shown(missed),
      shown(refuted),
    ]),
  ]);
}

/** How often a number of the same law, and one of another, is called not reproduced. */
export function observationTable(rows: readonly ObservationRow[]): readonly string[] {
  return alignedLines([
    ['a number of the same law', 'promised', 'not reproduced', 'open', 'of another law'],
    ...rows.map(({ law, promised, missed, open, found }) => [
      law,
      promised ? '1 %' : 'none',
      shown(missed),
      `${open.count}/${open.of}`,
      `${found.count}/${found.of}`,
    ]),
  ]);
}

/** Verdicts of true claims. */
export function trueTable(rows: readonly TrueRow[]): readonly string[] {
  return alignedLines([
    ['synthetic true claim', 'runs', 'verdicts'],
    ...rows.map(({ claim, runs, verdicts }) => [
      claim,
      String(runs),
      Object.entries(verdicts)
        .map(([verdict, count]) => `${count} ${verdict}`)
        .join(', '),
    ]),
  ]);
}
