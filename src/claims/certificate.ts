import type { Json } from '../model/index.js';

/**
 * One exact statement that a certificate rests on: computed in rationals or outward-rounded
 * intervals, never in rounded floating point. Sides are "p/q" or "[lower, upper]".
 */
export interface ExactCheck {
  readonly what: string;
  readonly left: string;
  readonly relation: '=' | '≤' | '<' | '≥' | '>';
  readonly right: string;
  readonly holds: boolean;
  /** The name of the assumption that it settles; absent where it is about the violation. */
  readonly settles?: string;
}

/** An assumption that a family's argument settles, where no check does. */
export interface ArguedAssumption {
  readonly name: string;
  /** Why every member satisfies it. */
  readonly argument: string;
}

/**
 * What somebody else needs, together with the instance, to recompute every check: plain JSON, doubles exact,
 * other rationals as "p/q". `type` says what it is.
 */
export interface CertificateData {
  readonly type: string;
  readonly [key: string]: Json;
}

/**
 * What lets somebody else believe a violation without trusting floating point. Every assumption of the reading is settled
 * by name: by checks (`settles`) or, in a family, by an argument.
 */
export interface Certificate {
  readonly kind: 'instance' | 'family';
  readonly statement: string;
  /** Why the checks imply the refutation. */
  readonly argument: string;
  readonly checks: readonly ExactCheck[];
  /** For families: the assumptions that no check settles. */
  readonly assumptions?: readonly ArguedAssumption[];
  /** For the independent checker; certificates of claims that it does not know may leave it out. */
  readonly data?: CertificateData;
}

/** A violation recomputed by independent code at higher precision. */
export interface Confirmation {
  readonly method: string;
  /** Decimal digits carried. */
  readonly digits: number;
  readonly clause: string;
  readonly lhs: string;
  readonly rhs: string;
  readonly violated: boolean;
  readonly assumptions: readonly {
    readonly name: string;
    readonly margin: string;
    readonly holds: boolean;
  }[];
}

/** Grades of a refutation, best first. `suspect` is kept and shown, and never counted. */
export type Grade = 'certified' | 'confirmed' | 'statistical' | 'suspect';

/** Whether a certificate's checks are there, all hold, and none contradicts its own sides. */
export function certifies(certificate: Certificate): boolean {
  return checksFlaw(certificate) === null;
}

function checksFlaw({ checks }: Certificate): string | null {
  if (checks.length === 0) return 'its certificate checks nothing';
  for (const check of checks) {
    const { what, left, relation, right, holds } = check;
    if (!holds || compareSides(check) === false) {
      return `the exact check “${what}” of its certificate fails: ${left} ${relation} ${right}`;
    }
  }
  return null;
}

/** The check, as one that settles an assumption. */
export function settling({ name }: { readonly name: string }, check: ExactCheck): ExactCheck {
  return { ...check, settles: name };
}

/** What of an assumption a certificate or confirmation has to name. */
interface Named {
  readonly name: string;
}

/** The names of the assumptions that a certificate says it settles. An instance is settled by checks alone. */
export function settledBy({ kind, checks, assumptions = [] }: Certificate): string[] {
  const argued = kind === 'family' ? assumptions.map(({ name }) => name) : [];
  return [...new Set([...checks.flatMap(({ settles }) => settles ?? []), ...argued])];
}

/**
 * Why a certificate does not certify a violation, null where it does: all its checks
 * hold, every assumption of the reading is settled by name, and a check is left that is about the violation.
 */
export function certificateFlaw(
  certificate: Certificate,
  assumptions: readonly Named[],
): string | null {
  const flaw = checksFlaw(certificate);
  if (flaw !== null) return flaw;
  const { kind, checks } = certificate;
  const missing = namesLeft(assumptions, new Set(settledBy(certificate)));
  if (missing !== null) {
    return `its certificate does not settle the assumption${missing.plural} ${missing.listed}: add an exact check with settles: '${missing.first}'${kind === 'family' ? ', or an argument under assumptions' : ''}`;
  }
  const worded = checks.find((check) => compareSides(check) === null);
  if (worded !== undefined) {
    return `the sides of the check “${worded.what}” of its certificate cannot be compared again: ${worded.left} ${worded.relation} ${worded.right}; write them as "p/q" or "[lower, upper]"`;
  }
  if (checks.every(({ settles }) => settles !== undefined)) {
    return 'its certificate settles the assumptions and checks nothing of the violation: a check of it must be there without settles';
  }
  return null;
}

/**
 * Why a confirmation does not confirm the violation of a clause; null where it does: it finds the violation of that clause
 * and rechecks every assumption of the reading, by name.
 */
export function confirmationFlaw(
  { violated, clause: confirmed, assumptions: rechecked, lhs, rhs }: Confirmation,
  clause: string,
  assumptions: readonly Named[],
): string | null {
  if (confirmed !== clause) {
    return `its confirmation is about the clause “${confirmed}”, not about “${clause}”`;
  }
  if (!violated) return `its confirmation finds no violation: ${lhs} against ${rhs}`;
  const failing = rechecked.find(({ holds }) => !holds);
  if (failing !== undefined) {
    return `its confirmation finds that the assumption “${failing.name}” fails: margin ${failing.margin}`;
  }
  const missing = namesLeft(assumptions, new Set(rechecked.map(({ name }) => name)));
  return missing === null
    ? null
    : `its confirmation does not recheck the assumption${missing.plural} ${missing.listed}: add { name: '${missing.first}', margin, holds } to its assumptions`;
}

function namesLeft(assumptions: readonly Named[], settled: ReadonlySet<string>) {
  const left = assumptions.map(({ name }) => name).filter((name) => !settled.has(name));
  if (left.length === 0) return null;
  return {
    first: left[0],
    listed: left.map((name) => `“${name}”`).join(', '),
    plural: left.length === 1 ? '' : 's',
  };
}

const DECIMAL = /^([+-]?\d+)(?:\.(\d+))?(?:e([+-]?\d{1,4}))?$/i;

/** A rational or decimal number, exactly, as numerator and denominator > 0; null for other text. */
function exactNumber(text: string): readonly [bigint, bigint] | null {
  const [top, bottom = '1', ...rest] = text.trim().split('/');
  if (rest.length > 0 || !/^[1-9]\d*$/.test(bottom.trim())) return null;
  const match = DECIMAL.exec(top.trim());
  if (!match) return null;
  const [, whole, fraction = '', exponent = '0'] = match;
  const shift = Number(exponent) - fraction.length;
  const digits = BigInt(whole + fraction);
  return shift >= 0
    ? [digits * 10n ** BigInt(shift), BigInt(bottom)]
    : [digits, BigInt(bottom) * 10n ** BigInt(-shift)];
}

/** The ends of "[lower, upper]", or a number twice; null for other text. */
function exactEnds(text: string) {
  const inside = /^\[(.*),(.*)\]$/.exec(text.trim());
  const lower = exactNumber(inside ? inside[1] : text);
  const upper = exactNumber(inside ? inside[2] : text);
  return lower === null || upper === null ? null : { lower, upper };
}

/**
 * Whether the relation of a check follows from its sides as they are printed; null where a side is no
 * number or interval, or an equality has an interval.
 */
export function compareSides({ left, relation, right }: ExactCheck): boolean | null {
  const a = exactEnds(left);
  const b = exactEnds(right);
  if (a === null || b === null) return null;
  const difference = (x: readonly [bigint, bigint], y: readonly [bigint, bigint]): bigint =>
    x[0] * y[1] - y[0] * x[1];
  const points = left.trim().startsWith('[') || right.trim().startsWith('[') ? null : a;
  switch (relation) {
    case '=':
      return points && difference(a.lower, b.lower) === 0n;
    case '<':
      return difference(a.upper, b.lower) < 0n;
    case '≤':
      return difference(a.upper, b.lower) <= 0n;
    case '>':
      return difference(a.lower, b.upper) > 0n;
    case '≥':
      return difference(a.lower, b.upper) >= 0n;
  }
}
