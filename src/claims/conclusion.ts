/** A closed interval that is known to contain a number. */
export interface Enclosure {
  readonly lower: number;
  readonly upper: number;
}

/**
 * One inequality lhs ≤ rhs of a conclusion, with its signed slack
 * (rhs − lhs)/(|rhs| + |lhs|) as an enclosure: > 0 holds, < 0 violated, 0 inside decides nothing.
 */
export interface Clause {
  readonly name: string;
  readonly lhs: number;
  readonly rhs: number;
  readonly margin: Enclosure;
  /**
   * Where the sides are bounds of the true ones and no value of theirs: a value that lhs/rhs surely reaches, or null
   * where none is known. Absent: the sides themselves say it.
   */
  readonly attained?: number | null;
}

/** How far a conclusion reaches: all students of the instance, or only those trained or built. */
export type DecidedBy = 'exact' | 'attack';

/** What a conclusion found on one instance. */
export interface Decided {
  readonly status: 'decided';
  readonly clauses: readonly Clause[];
  readonly decidedBy: DecidedBy;
  /** The student, path or direction that shows a violation, as plain data. */
  readonly witness?: unknown;
  /** The smallest constant of each name that makes the claim true on this instance (T6). */
  readonly implied?: Readonly<Record<string, number>>;
  /** Whether the claim says nothing here: a bound above the trivial one, an empty set under a sup. */
  readonly trivial?: boolean;
  /** Numbers worth a column in the report. */
  readonly measurements?: Readonly<Record<string, number>>;
}

export interface GaveUp {
  readonly status: 'gave-up';
  readonly reason: string;
  readonly measurements?: Readonly<Record<string, number>>;
}

export type Conclusion = Decided | GaveUp;

const EPSILON = Number.EPSILON;

/**
 * The clause lhs ≤ rhs.
 *
 * @param error a bound on the absolute error of lhs and rhs together; rounding of the last
 *   operation is added. Default 0: both are correct to the last bit.
 * @throws RangeError when a side is NaN or the error is negative
 */
export function atMost(name: string, lhs: number, rhs: number, error = 0): Clause {
  if (Number.isNaN(lhs) || Number.isNaN(rhs)) {
    throw new RangeError(`atMost: both sides of "${name}" must be numbers, got ${lhs} ≤ ${rhs}`);
  }
  if (!(error >= 0)) throw new RangeError(`atMost: error must be ≥ 0, got ${error}`);
  return { name, lhs, rhs, margin: marginOf(lhs, rhs, error) };
}

function marginOf(lhs: number, rhs: number, error: number): Enclosure {
  if (lhs === rhs && error === 0) return { lower: 0, upper: 0 };
  if (lhs === -Infinity || rhs === Infinity) return { lower: 1, upper: 1 };
  if (lhs === Infinity || rhs === -Infinity) return { lower: -1, upper: -1 };
  const scale = Math.abs(rhs) + Math.abs(lhs);
  if (scale === 0) return { lower: -error, upper: error };
  const slack = (rhs - lhs) / scale;
  // One rounding in each of difference, sum and quotient: 3 ulp of the quotient.
  const width = error / scale + 3 * EPSILON * Math.abs(slack);
  return { lower: slack - width, upper: slack + width };
}

/** The clause lhs ≥ rhs, as rhs ≤ lhs. */
export function atLeast(name: string, lhs: number, rhs: number, error = 0): Clause {
  return atMost(name, rhs, lhs, error);
}

/**
 * A clause whose sides are bounds of the true ones, in the direction that proves it: how far it can be tightened is
 * not read from them.
 *
 * @param attained a value that the ratio of the true sides surely reaches; default: none is known
 */
export function oneSided(clause: Clause, attained: number | null = null): Clause {
  return { ...clause, attained };
}

/** The clause |lhs − rhs| ≤ bound, for identities; `bound` is a derived rounding bound. */
export function within(name: string, lhs: number, rhs: number, bound: number): Clause {
  return atMost(name, Math.abs(lhs - rhs), bound);
}

/** A decided conclusion: it holds when every clause does. */
export function decided(
  decidedBy: DecidedBy,
  clauses: readonly Clause[],
  more: Omit<Decided, 'status' | 'clauses' | 'decidedBy'> = {},
): Decided {
  return { status: 'decided', clauses, decidedBy, ...more };
}

/** A conclusion that a solver, an enclosure or a budget did not decide. */
export function gaveUp(reason: string, measurements?: Readonly<Record<string, number>>): GaveUp {
  return measurements === undefined
    ? { status: 'gave-up', reason }
    : { status: 'gave-up', reason, measurements };
}

export type TrialOutcome = 'holds' | 'violated' | 'gave-up';

/** The outcome of a conclusion: violated when a clause surely is, held when all surely are. */
export function outcomeOf(conclusion: Conclusion): TrialOutcome {
  if (conclusion.status === 'gave-up') return 'gave-up';
  if (conclusion.clauses.some((clause) => clause.margin.upper < 0)) return 'violated';
  return conclusion.clauses.every((clause) => clause.margin.lower >= 0) ? 'holds' : 'gave-up';
}

/** The clause that decides the outcome: the surely most violated, else the one nearest to failing. */
export function tightestClause(conclusion: Decided): Clause | null {
  const violated = conclusion.clauses.filter((clause) => clause.margin.upper < 0);
  const candidates = violated.length > 0 ? violated : conclusion.clauses;
  let tightest: Clause | null = null;
  for (const clause of candidates) {
    if (tightest === null || clause.margin.lower < tightest.margin.lower) tightest = clause;
  }
  return tightest;
}
