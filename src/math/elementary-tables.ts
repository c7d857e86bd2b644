import { SLOPE_EXCESS, SMALL, erfRows } from './error-function.js';
import { ROOTS, STEPS_PER_UNIT, STEP_HIGH, STEP_LOW } from './exponential.js';
import { LN2_HIGH, LN2_LOW, LOGS_HIGH, LOGS_LOW, RECIPROCALS } from './logarithm.js';
import {
  ATAN_COMPLEMENTS,
  ATAN_NODES,
  PART_1,
  PART_2,
  PART_3,
  PART_4,
  REMAINDER,
  TWO_OVER_PI,
  reduceHuge,
} from './trigonometric.js';

/**
 * What the elementary functions compute in integer arithmetic at start, for an engine that evaluates
 * the same functions elsewhere. Not to be written to.
 */
export interface ElementaryTables {
  /** 2^{j/128} as double-doubles, j = 0…127, shape (128, 2). */
  readonly roots: Float64Array;
  /** The reciprocal c of each of the 128 intervals of the significand. */
  readonly reciprocals: Float64Array;
  /** −log c = logsHigh + logsLow. */
  readonly logsHigh: Float64Array;
  readonly logsLow: Float64Array;
  /** arctan(j/16) as double-doubles, j = 0…16, shape (17, 2). */
  readonly atanNodes: Float64Array;
  /** π/2 − arctan(j/16), likewise. */
  readonly atanComplements: Float64Array;
  /** erf at j/16, shape (97, 13): a double-double, then the coefficients of t, …, t¹¹; 0 for j < 8. */
  readonly erfRows: Float64Array;
  /** The coefficients of erf(x)/x in x² after the first, shape (13). */
  readonly erfSmall: readonly number[];
  /** 2/√π − 1. */
  readonly slopeExcess: number;
  /** ln2/128 = stepHigh + stepLow and its inverse. */
  readonly stepHigh: number;
  readonly stepLow: number;
  readonly stepsPerUnit: number;
  /** ln2 = ln2High + ln2Low. */
  readonly ln2High: number;
  readonly ln2Low: number;
  readonly twoOverPi: number;
  /** π/2 as a sum of four. */
  readonly halfPiParts: readonly [number, number, number, number];
}

/** The tables and constants of `exp`, `log`, `sin`, `atan`, `erf` and the functions made of them. */
export function elementaryTables(): ElementaryTables {
  return {
    roots: ROOTS,
    reciprocals: RECIPROCALS,
    logsHigh: LOGS_HIGH,
    logsLow: LOGS_LOW,
    atanNodes: ATAN_NODES,
    atanComplements: ATAN_COMPLEMENTS,
    erfRows: erfRows(),
    erfSmall: SMALL,
    slopeExcess: SLOPE_EXCESS,
    stepHigh: STEP_HIGH,
    stepLow: STEP_LOW,
    stepsPerUnit: STEPS_PER_UNIT,
    ln2High: LN2_HIGH,
    ln2Low: LN2_LOW,
    twoOverPi: TWO_OVER_PI,
    halfPiParts: [PART_1, PART_2, PART_3, PART_4],
  };
}

/**
 * x − q·π/2 for finite |x| > 2²¹: `reduceHuge` returns q modulo 4, then `remainderHigh` and
 * `remainderLow` give the remainder in [−π/4, π/4] as a double-double.
 */
export const hugeRemainder = {
  reduceHuge,
  remainderHigh: () => REMAINDER[0],
  remainderLow: () => REMAINDER[1],
} as const;
