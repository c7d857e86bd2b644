import type {
  ExistentialReading,
  IdentityReading,
  Kind,
  LimitReading,
  ObservationReading,
  ProbableReading,
  Reading,
  ScalingReading,
  UniversalReading,
} from './reading.js';

export type Standing =
  | 'theorem'
  | 'proposition'
  | 'lemma'
  | 'corollary'
  | 'definition'
  | 'formula'
  | 'remark'
  | 'observation'
  | 'conjecture'
  | 'question';

/** Where a statement stands in its source. `key` is an entry of docs/references.bib. */
export interface Citation {
  readonly key: string;
  readonly place: string;
}

/**
 * A reading whose instance type is known to its own functions only. Whoever runs readings passes
 * instances from `instances` back to the same reading and needs no more.
 */
declare const hidden: unique symbol;
export interface OpaqueInstance {
  readonly [hidden]: never;
}
export type AnyReading = Reading<OpaqueInstance>;

/** One statement of one source, with its readings. */
export interface Claim {
  /** `<paper key>/<the conclusion in words>`. */
  readonly id: string;
  readonly version: number;
  /** The catalogue id, such as SL-10; null for claims outside the catalogue. */
  readonly catalogue: string | null;
  readonly source: Citation;
  readonly standing: Standing;
  readonly title: string;
  /** The statement in TeX. */
  readonly statement: string;
  readonly readings: Readonly<Record<string, AnyReading>>;
}

/** Cites a place in a source. */
export function cite(key: string, place: string): Citation {
  return { key, place };
}

/** TeX source, with backslashes left alone. */
export const tex = String.raw;

/** A reading of a claim, its instance type checked where it is written and hidden afterwards. */
function sealed<I>(reading: Reading<I>): AnyReading {
  return Object.freeze({ ...reading }) as unknown as AnyReading;
}

type Definition<R extends { kind: Kind }> = Omit<R, 'kind'>;

/** Both sides are equal. */
export const identity = <I>(reading: Definition<IdentityReading<I>>): AnyReading =>
  sealed<I>({ kind: 'identity', ...reading });

/** For every instance that satisfies the assumptions. One confirmed counterexample refutes it. */
export const universal = <I>(reading: Definition<UniversalReading<I>>): AnyReading =>
  sealed<I>({ kind: 'universal', ...reading });

/** With probability at least 1 − p over the data, p computable per instance. */
export const probable = <I>(reading: Definition<ProbableReading<I>>): AnyReading =>
  sealed<I>({ kind: 'probable', ...reading });

/** At most an unspecified constant times a function of the sizes. */
export const scaling = <I>(reading: Definition<ScalingReading<I>>): AnyReading =>
  sealed<I>({ kind: 'scaling', ...reading });

/** A violation probability that tends to 0 along every path of sizes. */
export const limit = <I>(reading: Definition<LimitReading<I>>): AnyReading =>
  sealed<I>({ kind: 'limit', ...reading });

/** There is an instance. Sampling cannot refute it; a witness settles it. */
export const existential = <I>(reading: Definition<ExistentialReading<I>>): AnyReading =>
  sealed<I>({ kind: 'existential', ...reading });

/** The source's experiment gives these numbers. */
export const observation = <I>(reading: Definition<ObservationReading<I>>): AnyReading =>
  sealed<I>({ kind: 'observation', ...reading });

const CLAIM_ID = /^[a-z0-9][a-z0-9-]*\/[a-z0-9][a-z0-9-]*$/;
const READING_ID = /^[a-z0-9][a-z0-9-]*$/;

/**
 * Checks a claim's shape and freezes it.
 *
 * @throws TypeError when a part is missing or malformed; the message names claim and part
 */
export function claim(definition: Claim): Claim {
  const { id, version, readings } = definition;
  if (typeof id !== 'string' || !CLAIM_ID.test(id)) {
    throw new TypeError(
      `claim: id must look like "paper/what-it-concludes" (lower case, digits, hyphens), got ${JSON.stringify(id)}`,
    );
  }
  if (!Number.isInteger(version) || version < 1) {
    throw new TypeError(`claim ${id}: version must be an integer ≥ 1, got ${version}`);
  }
  for (const field of ['title', 'statement', 'standing'] as const) {
    if (typeof definition[field] !== 'string' || definition[field].length === 0) {
      throw new TypeError(`claim ${id}: ${field} must be a non-empty string`);
    }
  }
  if (typeof readings !== 'object' || readings === null || Object.keys(readings).length === 0) {
    throw new TypeError(`claim ${id}: readings must hold at least one reading`);
  }
  for (const [name, reading] of Object.entries(readings)) {
    if (!READING_ID.test(name)) {
      throw new TypeError(`claim ${id}: reading ids are lower case with hyphens, got "${name}"`);
    }
    checkReading(`claim ${id}, reading ${name}`, reading);
  }
  return Object.freeze({ ...definition });
}

function checkReading(where: string, reading: AnyReading): void {
  if (typeof reading !== 'object' || reading === null || typeof reading.kind !== 'string') {
    throw new TypeError(
      `${where}: must be made by universal(), probable(), scaling() or another kind`,
    );
  }
  if (typeof reading.instances?.arbitrary?.generate !== 'function') {
    throw new TypeError(`${where}: instances must be a generator, made by generator({ … })`);
  }
  if (typeof reading.conclude !== 'function') {
    throw new TypeError(`${where}: conclude must be a function of the instance`);
  }
  if (!Array.isArray(reading.assumptions)) {
    throw new TypeError(`${where}: assumptions must be an array (it may be empty)`);
  }
  if (typeof reading.controls !== 'object' || Object.keys(reading.controls ?? {}).length === 0) {
    throw new TypeError(
      `${where}: controls must hold at least one deliberately false variant, or the verdict proves nothing`,
    );
  }
}
