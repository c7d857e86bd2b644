import { createHash } from 'node:crypto';
import type { Certificate, Clause, Confirmation, Grade } from '../claims/index.js';
import type { Json } from '../model/index.js';
import { encodeJson } from '../model/index.js';
import type { Explanation } from './shrink/explain.js';
import type { Shrinking } from './shrink/shrink.js';

export const COUNTEREXAMPLE_SCHEMA = 'falsum/counterexample@1';

/** One stored counterexample. `instance` is the truth; seed and trial are conveniences. */
export interface Counterexample {
  readonly schema: typeof COUNTEREXAMPLE_SCHEMA;
  /** A hash of claim, reading and instance. */
  readonly id: string;
  readonly claim: string;
  readonly reading: string;
  /** The claim's version. */
  readonly version: number;
  readonly grade: Grade;
  /** `family`: the instance names a family of the reading and its certificate is the evidence. */
  readonly form: 'instance' | 'family';
  readonly instance: Json;
  readonly clause: string;
  readonly lhs: Json;
  readonly rhs: Json;
  /** Null for families, whose sides are those of the certificate's checks. */
  readonly margin: { readonly lower: Json; readonly upper: Json } | null;
  readonly witness: Json;
  readonly nearestAssumption: { readonly name: string; readonly margin: Json } | null;
  readonly certificate: Certificate | null;
  readonly confirmation: Confirmation | null;
  readonly found: {
    readonly stream: 'test' | 'search' | 'family';
    /** The run's seed: it keys the attack's randomness, together with stream and trial. */
    readonly seed: number;
    readonly trial: number;
    readonly shrinks: number;
    /** The attack effort of the profile; 1 where it is left out. */
    readonly attack?: number;
  };
  readonly engine: string;
  readonly falsum: string;
  /** Whether the independent checker accepted the certificate; null where it has no entry for the reading. */
  readonly checked?: boolean | null;
  /** How the instance was made smaller after it was found; absent where it was not. */
  readonly shrinking?: Shrinking;
  /** Which parts matter, how near assumptions are to failing, margins along slices; it proves nothing. */
  readonly explanation?: Explanation;
}

/** The id of a counterexample: 16 hexadecimal digits. */
export function counterexampleId(claim: string, reading: string, instance: Json): string {
  return createHash('sha256')
    .update(JSON.stringify([claim, reading, instance]))
    .digest('hex')
    .slice(0, 16);
}

/** The file's text. Instance, witness and sides are encoded already; equal data give equal bytes. */
export function counterexampleText(counterexample: Counterexample): string {
  return `${JSON.stringify(counterexample, null, 2)}\n`;
}

/** Both sides and margin of a clause as they stand in the file. */
export function clauseFields(clause: Clause) {
  return {
    clause: clause.name,
    lhs: encodeJson(clause.lhs),
    rhs: encodeJson(clause.rhs),
    margin: {
      lower: encodeJson(clause.margin.lower),
      upper: encodeJson(clause.margin.upper),
    },
  };
}
