import type { Clause, Decided } from './conclusion.js';

/**
 * How far the tightest clause of a trial can be tightened: `ratio` is a value that lhs/rhs surely reaches, so that
 * lhs ≤ s·rhs is violated for every s below it. Without one, why: a right side that may be ≤ 0, where a factor does
 * not tighten, or sides that are known by bounds in the wrong direction alone.
 */
export type Tightness =
  | { readonly clause: string; readonly ratio: number }
  | { readonly clause: string; readonly unscalable: 'sign' | 'one-sided' };

/** The tightest clause of a conclusion; null when it has no clauses. */
export function tightnessOf({ clauses }: Pick<Decided, 'clauses'>): Tightness | null {
  let tightest: { clause: string; ratio: number } | null = null;
  let oneSided: string | null = null;
  for (const clause of clauses) {
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
  return tightest;
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
