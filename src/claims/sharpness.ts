import type { Evidence, Judged } from './judges/index.js';
import { judge } from './judges/index.js';
import type { TrialRecord } from './evidence-types.js';
import type { Judgement } from './verdict.js';

/**
 * How far the bound of a reading can be tightened before its test stream refutes it: with `factor`·rhs in the place
 * of rhs nothing on it refutes the reading, with anything smaller something does. Where there is no factor, why.
 */
export type Sharpness =
  | { readonly factor: number; readonly clause: string; readonly reason: null }
  | { readonly factor: null; readonly clause: null; readonly reason: string };

/** One factor that one clause reached; the union of two bodies of evidence has the larger of theirs. */
export interface Tightest {
  readonly factor: number;
  readonly clause: string;
}

/** The tightest of two bodies of evidence: what refutes a factor in one refutes it in both together. */
export function mergeTightest(a: Tightest | null, b: Tightest | null): Tightest | null {
  if (a === null || b === null) return a ?? b;
  // A tie goes to the first name, so that the order of merging does not show.
  if (a.factor !== b.factor) return a.factor > b.factor ? a : b;
  return a.clause <= b.clause ? a : b;
}

/** A trial whose tightest clause is known. */
interface Scaled {
  readonly record: TrialRecord;
  readonly clause: string;
  readonly ratio: number;
}

/** Kinds that a factor is looked for through the judge, as one violation refutes nothing. */
const JUDGED = new Set(['probable', 'limit']);

const WHY_NOT: Readonly<Partial<Record<Judged['kind'], string>>> = {
  identity: 'both sides are equal up to rounding: there is no bound to tighten',
  existential: 'there is no bound to tighten',
  observation: 'there is no bound to tighten',
  scaling:
    'the claim leaves its constants open: the implied constants say how small they may be on what was tried',
};

/**
 * The sharpness of a reading on its test stream. `universal`: the largest ratio of the sides over all trials that say
 * something. `probable`, `limit`: the largest factor at which the reading's own judge refutes, found by bisection over the
 * ratios that occur.
 */
export function sharpnessOf(
  judged: Judged,
  evidence: Evidence,
  { verdict }: Pick<Judgement, 'verdict'>,
): Sharpness {
  const kind = WHY_NOT[judged.kind];
  if (kind !== undefined) return none(kind);
  const scaled: Scaled[] = [];
  for (const record of evidence.trials) {
    const { tightness } = record;
    if (tightness === undefined || record.trivial === true) continue;
    if ('ratio' in tightness) {
      scaled.push({ record, clause: tightness.clause, ratio: tightness.ratio });
    } else if (tightness.unscalable === 'sign') {
      return none(`a factor does not tighten “${tightness.clause}”, whose right side may be ≤ 0`);
    } else {
      return none(`only bounds of the sides of “${tightness.clause}” are known`);
    }
  }
  const tightest = JUDGED.has(judged.kind)
    ? largestRefuted(judged, evidence, scaled)
    : largestRatio(scaled);
  if (tightest === null) {
    return none('no factor is refuted by this many trials');
  }
  if (tightest.factor === 0) return none('no factor above 0 refutes it: no left side is positive');
  if (verdict === 'refuted' && !(tightest.factor > 1)) {
    return none('it is refuted, and not by the sides that the test stream saw');
  }
  return { ...tightest, reason: null };
}

function none(reason: string): Sharpness {
  return { factor: null, clause: null, reason };
}

function largestRatio(scaled: readonly Scaled[]): Tightest | null {
  return scaled.reduce<Tightest | null>(
    (most, { ratio, clause }) => mergeTightest(most, { factor: ratio, clause }),
    null,
  );
}

/** Factors that are tried before bisecting: more violations need not mean a refutation for every judge. */
const GRID = 48;

/**
 * The largest factor below which the judge refutes. Outcomes change at the ratios that occur alone; of n of them some
 * on an even grid are tried from the mildest tightening on, and then what lies between the first that refutes and the
 * one before it.
 */
function largestRefuted(
  judged: Judged,
  evidence: Evidence,
  scaled: readonly Scaled[],
): Tightest | null {
  const ratios = [...new Set(scaled.map(({ ratio }) => ratio).filter((r) => r > 0))].toSorted(
    (a, b) => b - a,
  );
  const ratioOf = new Map(scaled.map(({ record, ratio }) => [record, ratio]));
  const refutedAt = (index: number): boolean => {
    const trials = evidence.trials.map((record): TrialRecord => {
      const ratio = ratioOf.get(record);
      if (ratio === undefined) return record;
      if (ratio >= ratios[index]) return { ...record, outcome: 'violated' };
      return record.outcome === 'violated' ? { ...record, outcome: 'holds' } : record;
    });
    return judge(judged, { ...evidence, trials, finds: [], families: [] }).verdict === 'refuted';
  };
  const grid = Array.from({ length: GRID }, (_, k) =>
    Math.round(((k + 1) * ratios.length) / GRID - 1),
  ).filter((index) => index >= 0);
  let stands = -1;
  let falls = -1;
  for (const index of grid) {
    if (refutedAt(index)) {
      falls = index;
      break;
    }
    stands = index;
  }
  if (falls < 0) return null;
  while (falls - stands > 1) {
    const middle = (falls + stands) >> 1;
    if (refutedAt(middle)) falls = middle;
    else stands = middle;
  }
  const factor = ratios[falls];
  const { clause } = scaled.find(({ ratio }) => ratio === factor) as Scaled;
  return { factor, clause };
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
