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

/** What lets somebody else believe a violation without trusting floating point. */
export interface Certificate {
  readonly kind: 'instance' | 'family';
  readonly statement: string;
  /** Why the checks imply the refutation. */
  readonly argument: string;
  readonly checks: readonly ExactCheck[];
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

/** Whether a certificate's checks are there and all hold. */
export function certifies(certificate: Certificate): boolean {
  return certificate.checks.length > 0 && certificate.checks.every((check) => check.holds);
}
