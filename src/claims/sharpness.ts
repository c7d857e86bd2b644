import type { Judged } from './judges/index.js';
import { judge, tallyOf } from './judges/index.js';
import type { Effort } from './reading.js';
import type { TrialRecord } from './evidence-types.js';
import type { Tightest } from './tightness.js';
import { tightestOf } from './tightness.js';
import type { Judgement, Verdict } from './verdict.js';

/**
 * How far the bound of a reading can be tightened before its test stream refutes it: with `factor`·rhs in the place
 * of rhs nothing on it refutes the reading, with anything smaller something does. For `limit`, which a plateau alone
 * refutes, it is the smallest factor with which the reading still survives on the mixture of its laws. Where there is no factor, why.
 */
export type Sharpness =
  | { readonly factor: number; readonly clause: string; readonly reason: null }
  | { readonly factor: null; readonly clause: null; readonly reason: string };

/** The test stream as its judge is to see it. */
interface Stream {
  readonly judged: Judged;
  readonly trials: readonly TrialRecord[];
  readonly effort: Effort;
}

/** A trial whose tightest clause is known. */
interface Scaled {
  readonly record: TrialRecord;
  readonly clause: string;
  readonly ratio: number;
  readonly most: number;
}

const WHY_NOT: Readonly<Partial<Record<Judged['kind'], string>>> = {
  identity: 'both sides are equal up to rounding: there is no bound to tighten',
  existential: 'there is no bound to tighten',
  observation: 'there is no bound to tighten',
  scaling:
    'the claim leaves its constants open: the implied constants say how small they may be on what was tried',
};

/**
 * The sharpness of a reading on its test stream. `universal`: the largest ratio of the sides over all trials that say
 * something. `probable`, `limit`: through the reading's own judge, by bisection over the ratios that occur.
 */
export function sharpnessOf(
  judged: Judged,
  trials: readonly TrialRecord[],
  effort: Effort,
  { verdict }: Pick<Judgement, 'verdict'>,
): Sharpness {
  const kind = WHY_NOT[judged.kind];
  if (kind !== undefined) return none(kind);
  const scaled: Scaled[] = [];
  for (const record of trials) {
    const { tightness } = record;
    if (tightness === undefined || record.trivial === true) continue;
    if ('ratio' in tightness) {
      scaled.push({ record, ...tightness });
    } else if (tightness.unscalable === 'sign') {
      return none(`a factor does not tighten “${tightness.clause}”, whose right side may be ≤ 0`);
    } else {
      return none(`only bounds of the sides of “${tightness.clause}” are known`);
    }
  }
  if (judged.kind === 'limit') {
    if (verdict !== 'survived') return none('it does not survive as it is');
    // Another factor has other suspects, of which there are no fresh draws.
    const mixture = { ...judged, mixtureAlone: true };
    return smallestSurviving({ judged: mixture, trials, effort }, scaled);
  }
  const { factor = null, clause = '' } =
    (judged.kind === 'probable'
      ? largestRefuted({ judged, trials, effort }, scaled)
      : tightestOf(trials)) ?? {};
  if (factor === null) return none('no factor is refuted by this many trials');
  if (factor === 0) return none('no factor above 0 refutes it: no left side is positive');
  if (verdict === 'refuted' && !(factor > 1)) {
    return none('it is refuted, and not by the sides that the test stream saw');
  }
  return { factor, clause, reason: null };
}

function none(reason: string): Sharpness {
  return { factor: null, clause: null, reason };
}

/** What the judge says with a factor on every right side; outcomes change at the ratios of the trials alone. */
function verdictAt(
  { judged, trials, effort }: Stream,
  outcomeOf: ReadonlyMap<TrialRecord, TrialRecord['outcome']>,
): Verdict {
  const changed = trials.map((record): TrialRecord => {
    const outcome = outcomeOf.get(record);
    return outcome === undefined ? record : { ...record, outcome };
  });
  const tally = tallyOf(judged, changed);
  return judge(judged, { tally, finds: [], families: [], effort }).verdict;
}

/** Distinct positive values, largest first. */
function descending(values: readonly number[]): number[] {
  return [...new Set(values.filter((value) => value > 0))].toSorted((a, b) => b - a);
}

/** The largest factor below which the judge refutes: of the trials whose ratio reaches it each is violated. */
function largestRefuted(stream: Stream, scaled: readonly Scaled[]): Tightest | null {
  const ratios = descending(scaled.map(({ ratio }) => ratio));
  const index = firstTrue(ratios.length, (k) => {
    const outcomes = scaled.map(
      ({ record, ratio }) => [record, ratio >= ratios[k] ? 'violated' : 'holds'] as const,
    );
    return verdictAt(stream, new Map(outcomes)) === 'refuted';
  });
  if (index === null) return null;
  const { clause } = scaled.find(({ ratio }) => ratio === ratios[index]) as Scaled;
  return { factor: ratios[index], clause };
}

/** The smallest factor with which the judge still says "survived"; trials that it leaves open count as given up. */
function smallestSurviving(stream: Stream, scaled: readonly Scaled[]): Sharpness {
  const factors = descending([1, ...scaled.map(({ most }) => most)].filter((most) => most <= 1));
  const index = firstTrue(factors.length, (k) => {
    const outcomes = scaled.map(({ record, ratio, most }) => {
      const open = record.outcome === 'gave-up' ? 'gave-up' : undefined;
      const held = open ?? (most <= factors[k] ? 'holds' : 'gave-up');
      return [record, ratio > factors[k] ? 'violated' : held] as const;
    });
    return verdictAt(stream, new Map(outcomes)) !== 'survived';
  });
  if (index === 0) return none('it does not survive as it is');
  const factor = factors[(index ?? factors.length) - 1];
  const { clause } = scaled.find(({ most }) => most >= factor) ?? scaled[0];
  return { factor, clause, reason: null };
}

/** Places that are tried before bisecting: what a judge says need not change once only. */
const GRID = 48;

/** The first of some indices that is true, as far as an even grid and bisection between its entries find it. */
function firstTrue(count: number, holds: (index: number) => boolean): number | null {
  const grid = Array.from({ length: GRID }, (_, k) => Math.round(((k + 1) * count) / GRID - 1));
  let before = -1;
  for (const index of [0, ...grid].filter((k) => k >= 0 && k < count)) {
    if (index <= before) continue;
    if (!holds(index)) {
      before = index;
      continue;
    }
    let first = index;
    while (first - before > 1) {
      const middle = (first + before) >> 1;
      if (holds(middle)) first = middle;
      else before = middle;
    }
    return first;
  }
  return null;
}

/** A gap to 1 below which a bound is called sharp. */
const SHARP = 1e-3;

/** The sharpness in words, as the end of a sentence; null where there is none. */
export function sharpnessPhrase({ factor }: Pick<Sharpness, 'factor'>): string | null {
  if (factor === null) return null;
  if (factor === Infinity) return 'no factor saves the bound on what was tried';
  const gap = Math.abs(1 - factor);
  if (gap <= SHARP) {
    return `sharp: attained ${gap < 1e-14 ? 'to the last digits' : `to within ${Number(gap.toPrecision(2))}`}`;
  }
  return factor < 1
    ? `holds with a factor ${twoDigits(1 / factor)} to spare on everything we tried`
    : `would need ${twoDigits(factor)} times the bound on what was tried`;
}

/** Two digits, or as many as show that a number above 1 is none. */
function twoDigits(value: number): string {
  const digits = value < 1.1 ? 4 : 2;
  return String(Number(value.toPrecision(digits)));
}
