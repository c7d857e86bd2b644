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
}

/**
 * What somebody else needs, together with the instance, to recompute every check: plain JSON, doubles exact,
 * other rationals as "p/q". `type` says what it is.
 */
export interface CertificateData {
  readonly type: string;
  readonly [key: string]: Json;
}

/** What lets somebody else believe a violation without trusting floating point. */
export interface Certificate {
  readonly kind: 'instance' | 'family';
  readonly statement: string;
  /** Why the checks imply the refutation. */
  readonly argument: string;
  readonly checks: readonly ExactCheck[];
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
  return (
    certificate.checks.length > 0 &&
    certificate.checks.every((check) => check.holds && compareSides(check) !== false)
  );
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
