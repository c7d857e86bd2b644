import type { Enclosure } from './enclosure.js';
import type { Rational } from './rational.js';
import { ofDouble, order, parseRational, shown } from './rational.js';
import { demand, reject } from './rejection.js';

export type Relation = '=' | '≤' | '<' | '≥' | '>';

/**
 * One side of a statement, recomputed. `exact` and `enclosed`: the number itself. `at-least`, `at-most`: a bound
 * of the number; a file may print any bound that is as far out or farther.
 */
export type Side =
  | { readonly kind: 'exact'; readonly value: Rational }
  | { readonly kind: 'enclosed'; readonly within: Enclosure }
  | { readonly kind: 'at-least'; readonly bound: Rational }
  | { readonly kind: 'at-most'; readonly bound: Rational };

/** What the checker computed and a certificate must print in the same words. */
export interface Statement {
  readonly what: string;
  readonly left: Side;
  readonly relation: Relation;
  readonly right: Side;
  /** The assumption of the reading that it settles; absent where it is about the violation. */
  readonly settles?: string;
}

/** The statement, as one that settles an assumption. */
export function settling(assumption: string, statement: Statement): Statement {
  return { ...statement, settles: assumption };
}

/** A check as a file prints it. */
export interface PrintedCheck {
  readonly what: string;
  readonly left: string;
  readonly relation: Relation;
  readonly right: string;
  readonly holds: boolean;
  readonly settles: string | null;
}

export function exactly(value: Rational): Side {
  return { kind: 'exact', value };
}

/** A statement between two exact numbers. */
export function compared(
  what: string,
  left: Rational,
  relation: Relation,
  right: Rational,
): Statement {
  return { what, left: exactly(left), relation, right: exactly(right) };
}

interface Range {
  readonly lower: Rational | null;
  readonly upper: Rational | null;
}

function rangeOf(side: Side): Range {
  switch (side.kind) {
    case 'exact':
      return { lower: side.value, upper: side.value };
    case 'enclosed':
      return side.within;
    case 'at-least':
      return { lower: side.bound, upper: null };
    case 'at-most':
      return { lower: null, upper: side.bound };
  }
}

/** Whether the relation surely holds between all numbers of two ranges. */
function follows(left: Range, relation: Relation, right: Range): boolean {
  const below = (x: Rational | null, y: Rational | null, least: -1 | 0): boolean =>
    x !== null && y !== null && order(x, y) <= least;
  switch (relation) {
    case '=':
      return below(left.upper, right.lower, 0) && below(right.upper, left.lower, 0);
    case '<':
      return below(left.upper, right.lower, -1);
    case '≤':
      return below(left.upper, right.lower, 0);
    case '>':
      return below(right.upper, left.lower, -1);
    case '≥':
      return below(right.upper, left.lower, 0);
  }
}

/** A printed side: "p/q", or "[lower, upper]" with doubles. */
function printedRange(printed: string, where: string): Range & { readonly single: boolean } {
  const value = parseRational(printed);
  if (value !== null) return { lower: value, upper: value, single: true };
  const ends = /^\[([^\s,]{1,40}), ([^\s,]{1,40})\]$/.exec(printed);
  const numbers = ends?.slice(1).map(Number) ?? [];
  if (ends === null || !numbers.every(Number.isFinite)) {
    reject(`${where}: a side must be "p/q" or "[lower, upper]"`);
  }
  return { lower: ofDouble(numbers[0]), upper: ofDouble(numbers[1]), single: false };
}

function agrees(side: Side, printed: ReturnType<typeof printedRange>): boolean {
  const { lower, upper, single } = printed;
  if (lower === null || upper === null) return false;
  switch (side.kind) {
    case 'exact':
      return single && order(lower, side.value) === 0;
    case 'enclosed':
      return order(lower, side.within.lower) <= 0 && order(upper, side.within.upper) >= 0;
    case 'at-least':
      return single && order(lower, side.bound) <= 0;
    case 'at-most':
      return single && order(upper, side.bound) >= 0;
  }
}

/** The statement in one line, long fractions rounded. */
export function sentence({ what, left, relation, right }: Statement): string {
  const side = (it: Side): string => {
    if (it.kind === 'exact') return shown(it.value);
    if (it.kind === 'enclosed') return shown(it.within.upper);
    return shown(it.bound);
  };
  return `${what}: ${side(left)} ${relation} ${side(right)}`;
}

/**
 * Every statement must hold as recomputed, and the printed checks must be these statements, in this order, with
 * sides that agree.
 */
export function matchChecks(
  statements: readonly Statement[],
  printed: readonly PrintedCheck[],
): void {
  for (const statement of statements) {
    demand(
      follows(rangeOf(statement.left), statement.relation, rangeOf(statement.right)),
      `it is not so that ${sentence(statement)}`,
    );
  }
  for (const [i, statement] of statements.entries()) {
    const check = printed.at(i);
    const name = `check ${i + 1}, “${statement.what}”`;
    if (check === undefined) reject(`${name}, is missing`);
    demand(check.what === statement.what, `${name}, is printed as “${check.what.slice(0, 80)}”`);
    demand(check.relation === statement.relation, `${name}, must have ${statement.relation}`);
    demand(check.holds, `${name}, must hold`);
    const settles = statement.settles ?? null;
    demand(
      check.settles === settles,
      `${name}, must ${settles === null ? 'settle no assumption' : `say that it settles “${settles}”`}`,
    );
    const left = printedRange(check.left, name);
    const right = printedRange(check.right, name);
    demand(
      agrees(statement.left, left),
      `${name}: the left side printed is not ${sentence(statement)}`,
    );
    demand(
      agrees(statement.right, right),
      `${name}: the right side printed is not that of ${sentence(statement)}`,
    );
    demand(
      follows(left, check.relation, right),
      `${name}: the relation does not follow from the sides as printed`,
    );
  }
  demand(
    printed.length === statements.length,
    `the certificate has ${printed.length - statements.length} more checks than it needs`,
  );
}
