import { add, compare, divide, parseRational, subtract, toDouble } from '../math/index.js';
import type { Rational } from '../math/index.js';
import { nextDown, nextUp, notOneOf } from '../math/index.js';

interface ReportedBase {
  /** The measurement of each trial that replicates it. */
  readonly name: string;
  /**
   * The number as printed, best as text: "0.30" carries its last digit, 0.3 does not. A decimal, or a fraction "4/200",
   * which is exact.
   */
  readonly value: number | string;
  /** The source's repeats behind the number, an integer ≥ 1. */
  readonly repeats: number;
  /**
   * How far the number may be from what the source found. Default: half a unit of the last printed digit; of a
   * JavaScript number, of the shortest decimal that reads as it.
   */
  readonly rounding?: number;
}

/** A mean over the repeats, each trial one repeat. Where all trials measure 0 or 1 it is judged as the share it is. */
export interface ReportedMean extends ReportedBase {
  readonly statistic?: 'mean';
  /**
   * What single repeats cannot leave, by an argument: the limits are then free of the law. Without it they rest on the
   * normality of means, and say so.
   */
  readonly range?: readonly [number, number];
}

/** The share of repeats with some property; a trial is one repeat and measures 1 where it has the property, else 0. */
export interface ReportedShare extends ReportedBase {
  readonly statistic: 'share';
}

/**
 * Any number that the source computed from all of its repeats together, such as a median or the result of one run; a
 * trial does the same, repeats included, and measures that number. The limits are free of the law.
 */
export interface ReportedReplicate extends ReportedBase {
  readonly statistic: 'replicate';
}

/** What a source reports, by the statistic that it is. */
export type Reported = ReportedMean | ReportedShare | ReportedReplicate;

/** All that the printed number may stand for. */
export interface ReportedInterval {
  readonly exact: { readonly lower: Rational; readonly upper: Rational };
  /** The same, rounded outwards where it is not exact. */
  readonly lower: number;
  readonly upper: number;
  /** Half its length. */
  readonly rounding: number;
}

const STATISTICS = ['mean', 'share', 'replicate'] as const;
const DECIMAL = /^[+-]?(?:\d+(?:\.(\d*))?|\.(\d+))(?:e([+-]?\d{1,3}))?$/i;
const FRACTION = /^[+-]?\d+\/[1-9]\d*$/;

/** The printed number with its rounding. @throws TypeError when it is no number */
export function reportedInterval({ value, rounding }: Reported): ReportedInterval {
  const centre = parseRational(textOf(value));
  const half = rounding === undefined ? halfUnit(textOf(value)) : parseRational(String(rounding));
  const exact = { lower: subtract(centre, half), upper: add(centre, half) };
  return {
    exact,
    lower: outwards(exact.lower, -1),
    upper: outwards(exact.upper, 1),
    rounding: toDouble(half),
  };
}

/** The numbers of successes among the repeats that a printed share may stand for; `upper` < `lower` where none may. */
export function reportedSuccesses(reported: Reported): {
  readonly lower: number;
  readonly upper: number;
} {
  const { exact } = reportedInterval(reported);
  const share = (k: number): Rational => divide(BigInt(k), BigInt(reported.repeats));
  const guess = (end: Rational): number => Math.round(toDouble(end) * reported.repeats);
  let lower = guess(exact.lower) - 1;
  while (compare(share(lower), exact.lower) < 0) lower += 1;
  let upper = guess(exact.upper) + 1;
  while (compare(share(upper), exact.upper) > 0) upper -= 1;
  return { lower: Math.max(0, lower), upper: Math.min(reported.repeats, upper) };
}

/** The number as it was given, with its rounding. */
export function reportedText(reported: Reported): string {
  const { rounding } = reportedInterval(reported);
  return rounding === 0
    ? `${reported.value}`
    : `${reported.value} ± ${Number(rounding.toPrecision(4))}`;
}

function textOf(value: number | string): string {
  return String(value).trim();
}

/** Half a unit of the last digit of a decimal; 0 for a fraction. */
function halfUnit(text: string): Rational {
  const decimal = DECIMAL.exec(text);
  if (decimal === null) return parseRational('0');
  const places = (decimal[1] ?? decimal[2] ?? '').length;
  return parseRational(`5e${Number(decimal[3] ?? '0') - places - 1}`);
}

function outwards(end: Rational, direction: -1 | 1): number {
  const near = toDouble(end);
  const missed = compare(near, end) * direction < 0;
  if (!missed) return near;
  return direction < 0 ? nextDown(near) : nextUp(near);
}

/** @throws TypeError when what is reported cannot be compared with replications */
export function checkReported(where: string, reported: Reported | null | undefined): void {
  if (typeof reported?.name !== 'string' || reported.name === '') {
    throw new TypeError(`${where}: reported.name must name a measurement`);
  }
  const { value, repeats, rounding, statistic = 'mean' } = reported;
  if (!(STATISTICS as readonly string[]).includes(statistic)) {
    throw new TypeError(notOneOf(where, 'reported.statistic', statistic, STATISTICS).message);
  }
  const isNumber =
    typeof value === 'number'
      ? Number.isFinite(value)
      : typeof value === 'string' && (DECIMAL.test(value.trim()) || FRACTION.test(value.trim()));
  if (!isNumber) {
    throw new TypeError(
      `${where}: reported.value must be a finite number, a decimal or a fraction such as "4/200", got ${JSON.stringify(value)}`,
    );
  }
  if (!Number.isSafeInteger(repeats) || repeats < 1) {
    throw new TypeError(`${where}: reported.repeats must be an integer ≥ 1, got ${repeats}`);
  }
  if (rounding !== undefined && !(rounding >= 0 && rounding < Infinity)) {
    throw new TypeError(`${where}: reported.rounding must be finite and ≥ 0, got ${rounding}`);
  }
  if (reported.statistic === 'share') checkShare(where, reported);
  checkRange(where, reported);
}

function checkShare(where: string, reported: ReportedShare): void {
  const { lower, upper } = reportedSuccesses(reported);
  if (lower <= upper) return;
  throw new TypeError(
    `${where}: reported.value must be a share of ${reported.repeats} repeats within its rounding, got ${reportedText(reported)}, which no number of successes gives`,
  );
}

function checkRange(where: string, reported: Reported): void {
  if (!('range' in reported) || reported.range === undefined) return;
  if ((reported.statistic ?? 'mean') !== 'mean') {
    throw new TypeError(`${where}: reported.range is for the statistic mean alone`);
  }
  const [from, to] = Array.isArray(reported.range) ? reported.range : [NaN, NaN];
  if (!(Number.isFinite(from) && Number.isFinite(to) && from < to)) {
    throw new TypeError(
      `${where}: reported.range must be [least, largest], finite, got ${JSON.stringify(reported.range)}`,
    );
  }
  const { lower, upper } = reportedInterval(reported);
  if (upper < from || lower > to) {
    throw new TypeError(
      `${where}: reported.value must lie in reported.range ${from} … ${to}, got ${reportedText(reported)}`,
    );
  }
}

/** Why a trial's measurement cannot replicate what is reported; null where it can. NaN and ±∞ count as not measured. */
export function misfit(reported: Reported, measured: number): string | null {
  if (!Number.isFinite(measured)) return null;
  if (reported.statistic === 'share') {
    return measured === 0 || measured === 1
      ? null
      : `“${reported.name}” must be 0 or 1, as each trial is one repeat of a share, got ${measured}`;
  }
  if (!('range' in reported) || reported.range === undefined) return null;
  const [from, to] = reported.range;
  return measured >= from && measured <= to
    ? null
    : `“${reported.name}” must lie in the declared range ${from} … ${to}, got ${measured}`;
}
