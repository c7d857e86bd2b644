import type { Rational } from './rational.js';
import type { Statement } from './statement.js';

/** A number that a file prints as a rounded double: it must lie within these ends. */
export interface Rounded {
  readonly lower: Rational;
  readonly upper: Rational;
}

/** What an entry recomputed, for comparison with what the file prints. */
export interface Finding {
  readonly clause: string;
  readonly statement: string;
  /** Fingerprint of the argument that a person has read (`fingerprint`). */
  readonly argument: string;
  /** Must hold, and be the certificate's checks. */
  readonly statements: readonly Statement[];
  /** What was verified besides. */
  readonly facts: readonly string[];
  /** What rests on the argument, to be read by a person. */
  readonly argued: readonly string[];
  /** Both sides of the violated clause; null for families. */
  readonly sides: { readonly lhs: Rounded; readonly rhs: Rounded } | null;
}

/** What an entry gets to see. */
export interface Evidence {
  /** The instance, untrusted JSON. */
  readonly instance: unknown;
  /** The certificate's `data` without its type, untrusted JSON. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The left side as the file prints it and its error by the printed margin, for a side that is an estimate. */
  readonly lhs: { readonly value: number; readonly error: number } | null;
}

/** One way to show that a reading is false. */
export interface Route {
  readonly form: 'instance' | 'family';
  /** The `type` of the certificate's data. */
  readonly type: string;
  /** The family that it is about; absent for instances. */
  readonly family?: string;
  readonly recompute: (evidence: Evidence) => Finding;
}

/** What the checker knows of one reading: its assumptions, by the names of the claim, and the ways to refute it. */
export interface KnownReading {
  readonly assumptions: readonly string[];
  readonly routes: readonly Route[];
}

/** What the checker knows of one claim. */
export interface Entry {
  readonly version: number;
  readonly readings: Readonly<Record<string, KnownReading>>;
}
