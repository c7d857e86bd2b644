import type { Clause, Decided } from './conclusion.js';

/**
 * How far the clauses of a trial can be tightened together: lhs ≤ s·rhs is surely violated by one of them for every
 * s < `ratio`, by `clause`, and surely held by all for every s ≥ `most`. Without such numbers, why: a right side that
 * is not positive, where a factor does not tighten, or sides that are known by bounds in the wrong direction alone.
 */
export type Tightness =
  | { readonly clause: string; readonly ratio: number; readonly most: number }
  | { readonly clause: string; readonly unscalable: 'sign' | 'one-sided' };

/** The tightness of a conclusion; null when it has no clauses. */
export function tightnessOf({ clauses }: Pick<Decided, 'clauses'>): Tightness | null {
  let tightest: { clause: string; ratio: number } | null = null;
  let oneSided: string | null = null;
  let most = 0;
  for (const clause of clauses) {
    most = Math.max(most, greatestRatio(clause));
    if (clause.attained === null) {
      oneSided ??= clause.name;
      continue;
    }
    const ratio = clause.attained ?? leastRatio(clause);
    if (ratio === null) return { clause: clause.name, unscalable: 'sign' };
    if (tightest === null || ratio > tightest.ratio) tightest = { clause: clause.name, ratio };
  }
  if (oneSided !== null && !(tightest !== null && tightest.ratio > 0)) {
    return { clause: oneSided, unscalable: 'one-sided' };
  }
  return tightest === null ? null : { ...tightest, most: Math.max(most, tightest.ratio) };
}

/** Rounding of one quotient of two doubles, with room. */
const ROUNDING = 4 * Number.EPSILON;

/**
 * A lower bound of lhs/rhs: every factor s below it makes lhs > s·rhs certain, whatever the sides are within the
 * clause's error e. With L and R as computed, L − sR − max(1, s)·e > 0 is s < (L − e)/R for s ≤ 1 and s < L/(R + e)
 * above. Null when the right side is ≤ 0; 0 when no factor makes a violation certain.
 */
export function leastRatio({ lhs, rhs, margin }: Clause): number | null {
  if (rhs === Infinity || lhs === -Infinity) return 0;
  if (lhs === Infinity) return rhs > 0 ? Infinity : null;
  // The uncertainty of the margin, turned back into an absolute error of both sides.
  const error = ((margin.upper - margin.lower) / 2) * (Math.abs(lhs) + Math.abs(rhs));
  if (!(rhs > 0)) return null;
  if (lhs <= error) return 0;
  const tightening = (lhs - error) / rhs;
  return (1 - ROUNDING) * (tightening <= 1 ? tightening : lhs / (rhs + error));
}

/** An upper bound of lhs/rhs: every factor s from it on makes lhs ≤ s·rhs certain. */
function greatestRatio({ lhs, rhs, margin }: Clause): number {
  if (rhs === Infinity || lhs === -Infinity) return 0;
  if (lhs === Infinity) return Infinity;
  const error = ((margin.upper - margin.lower) / 2) * (Math.abs(lhs) + Math.abs(rhs));
  if (lhs + error <= 0) return 0;
  const tightening = (lhs + error) / rhs;
  if (tightening >= 0 && tightening <= 1) return (1 + ROUNDING) * tightening;
  return rhs > error ? (1 + ROUNDING) * (lhs / (rhs - error)) : Infinity;
}

/** The factor that one clause of a body of trials reached; null where a right side does not scale or only bounds are known. */
export interface Tightest {
  readonly clause: string;
  readonly factor: number | null;
}

/** The tightest of some trials: what refutes a smaller factor of a reading that one violation refutes. */
export function tightestOf(
  trials: readonly { readonly tightness?: Tightness; readonly trivial?: boolean }[],
): Tightest | null {
  let tightest: Tightest | null = null;
  for (const { tightness, trivial } of trials) {
    if (tightness === undefined || trivial === true) continue;
    const { clause } = tightness;
    tightest = mergeTightest(tightest, {
      clause,
      factor: 'ratio' in tightness ? tightness.ratio : null,
    });
  }
  return tightest;
}

/** The tightest of two bodies of trials, in any order; where one has no factor, neither has the union. */
export function mergeTightest(a: Tightest | null, b: Tightest | null): Tightest | null {
  if (a === null || b === null) return a ?? b;
  if (a.factor !== b.factor) {
    if (a.factor === null || b.factor === null) return a.factor === null ? a : b;
    return a.factor > b.factor ? a : b;
  }
  // A tie goes to the first name, so that the order of merging does not show.
  return a.clause <= b.clause ? a : b;
}
