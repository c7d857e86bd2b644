import { notOneOf } from '../math/index.js';
import { checkAssumptions } from './check-assumptions.js';
import { mutantsOf } from './mutants.js';
import type {
  ExistentialReading,
  IdentityReading,
  Kind,
  Ladder,
  LimitReading,
  ObservationReading,
  ProbableReading,
  Reading,
  Rung,
  ScalingReading,
  UniversalReading,
} from './reading.js';
import { checkReported } from './reported.js';

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

const STANDINGS: Readonly<Record<Standing, true>> = {
  theorem: true,
  proposition: true,
  lemma: true,
  corollary: true,
  definition: true,
  formula: true,
  remark: true,
  observation: true,
  conjecture: true,
  question: true,
};

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

/** Ids name files: claim and reading together must fit into one file name. */
const LONGEST_CLAIM_ID = 120;
const LONGEST_READING_ID = 60;

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
  if (id.length > LONGEST_CLAIM_ID) {
    throw new TypeError(
      `claim: id must have at most ${LONGEST_CLAIM_ID} characters, got ${id.length} (${id.slice(0, 40)}…)`,
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
  checkTag(`claim ${id}`, 'standing', definition.standing, Object.keys(STANDINGS));
  if (typeof readings !== 'object' || readings === null || Object.keys(readings).length === 0) {
    throw new TypeError(`claim ${id}: readings must hold at least one reading`);
  }
  for (const [name, reading] of Object.entries(readings)) {
    if (!READING_ID.test(name) || name.length > LONGEST_READING_ID) {
      throw new TypeError(
        `claim ${id}: reading ids are lower case with hyphens, at most ${LONGEST_READING_ID} characters, got "${name}"`,
      );
    }
    checkReading(`claim ${id}, reading ${name}`, reading);
  }
  return Object.freeze({ ...definition });
}

/** As `requireOneOf`, with the error that a claim's shape gives. */
function checkTag(where: string, what: string, value: string, admissible: readonly string[]): void {
  if (!admissible.includes(value)) {
    throw new TypeError(notOneOf(where, what, value, admissible).message);
  }
}

const KINDS: Readonly<Record<Kind, true>> = {
  identity: true,
  universal: true,
  probable: true,
  scaling: true,
  limit: true,
  existential: true,
  observation: true,
};

function checkReading(where: string, reading: AnyReading): void {
  if (typeof reading !== 'object' || reading === null || typeof reading.kind !== 'string') {
    throw new TypeError(
      `${where}: must be made by universal(), probable(), scaling() or another kind`,
    );
  }
  checkTag(where, 'kind', reading.kind, Object.keys(KINDS));
  if (typeof reading.instances?.arbitrary?.generate !== 'function') {
    throw new TypeError(`${where}: instances must be a generator, made by generator({ … })`);
  }
  if (typeof reading.conclude !== 'function') {
    throw new TypeError(`${where}: conclude must be a function of the instance`);
  }
  if (!Array.isArray(reading.assumptions)) {
    throw new TypeError(`${where}: assumptions must be an array (it may be empty)`);
  }
  checkAssumptions(where, reading.assumptions);
  if (typeof reading.controls !== 'object' || Object.keys(reading.controls ?? {}).length === 0) {
    throw new TypeError(
      `${where}: controls must hold at least one deliberately false variant, or the verdict proves nothing`,
    );
  }
  for (const [name, control] of Object.entries(reading.controls)) {
    checkTag(where, `controls["${name}"].judge`, control?.judge, ['every-draw', 'as-reading']);
  }
  const sampled: unknown = reading.coverage?.sampled;
  if (typeof sampled !== 'object' || sampled === null) {
    throw new TypeError(`${where}: coverage.sampled must name the labels that instances carry`);
  }
  for (const [name, { from, to, scale, bins = 8 }] of Object.entries(
    reading.coverage.ranges ?? {},
  )) {
    checkTag(where, `coverage.ranges["${name}"].scale`, scale ?? 'linear', ['linear', 'log']);
    if (!(from < to && (scale !== 'log' || from > 0) && Number.isInteger(bins) && bins > 0)) {
      throw new TypeError(
        `${where}: coverage.ranges["${name}"] must run from a smaller to a larger number, above 0 on a logarithmic scale, in a whole number of bins, got ${from}…${to} in ${bins}`,
      );
    }
  }
  checkKind(where, reading);
  checkMutants(where, reading);
}

/** Declared false: of mutants that exist. */
function checkMutants(where: string, reading: AnyReading): void {
  const ids = mutantsOf(reading).map(({ id }) => id);
  const unknown = Object.keys(reading.falseMutants ?? {}).find((id) => !ids.includes(id));
  if (unknown !== undefined) {
    throw new TypeError(
      `${where}: falseMutants must name mutants of this reading (${ids.join('; ')}), got "${unknown}"`,
    );
  }
}

function checkKind(where: string, reading: AnyReading): void {
  switch (reading.kind) {
    case 'probable':
      if (typeof reading.admitted !== 'function') {
        throw new TypeError(`${where}: admitted must be a function of the instance`);
      }
      return;
    case 'limit':
      // A tolerance of 1 admits every rate.
      if (!(reading.tolerance > 0 && reading.tolerance < 1)) {
        throw new TypeError(`${where}: tolerance must lie in (0, 1), got ${reading.tolerance}`);
      }
      checkLadder(where, reading.ladder, 2);
      return;
    case 'scaling':
      if (Object.keys(reading.constants ?? {}).length === 0) {
        throw new TypeError(`${where}: constants must hold at least one implied constant`);
      }
      for (const [name, { bounded }] of Object.entries(reading.constants)) {
        checkTag(where, `constants["${name}"].bounded`, bounded, ['above', 'below']);
      }
      checkLadder(where, reading.ladder, 3);
      checkDeciding(where, reading);
      return;
    case 'observation':
      return checkReported(where, reading.reported);
    default:
      return;
  }
}

function checkDeciding(where: string, { decides, ladder }: ScalingReading<OpaqueInstance>): void {
  if (decides === undefined) return;
  for (const [path, { growth = 1, why }] of Object.entries(decides)) {
    const sizes = ladder.rungs.filter((rung) => rung.path === path).length;
    if (sizes < 3) {
      throw new TypeError(
        `${where}: decides must name paths of the ladder with at least 3 sizes, got “${path}” with ${sizes}`,
      );
    }
    if (!(growth > 0 && growth < Infinity)) {
      throw new TypeError(
        `${where}: decides[“${path}”].growth must be a positive exponent, got ${growth}`,
      );
    }
    if (typeof why !== 'string' || why.length === 0) {
      throw new TypeError(`${where}: decides[“${path}”].why must say what the path decides`);
    }
  }
  if (Object.keys(decides).length === 0) {
    throw new TypeError(`${where}: decides must name at least one path`);
  }
}

const nameOfRung = ({ path, size }: Rung): string => `${size} on “${path}”`;

/** A path shows a tendency only with a few sizes. */
function checkLadder(where: string, ladder: Ladder<OpaqueInstance>, least: number): void {
  if (!Array.isArray(ladder?.rungs) || typeof ladder.at !== 'function') {
    throw new TypeError(`${where}: ladder must hold rungs and the law at each`);
  }
  const sizes = new Map<string, Set<number>>();
  for (const { size } of [...ladder.rungs, ...(ladder.extended ?? [])]) {
    if (!(size > 0 && size < Infinity)) {
      throw new TypeError(`${where}: sizes of rungs must be positive and finite, got ${size}`);
    }
  }
  for (const { path, size } of ladder.rungs) {
    sizes.set(path, (sizes.get(path) ?? new Set()).add(size));
  }
  // A rung that is listed twice would count its draws twice.
  const all = [...ladder.rungs, ...(ladder.extended ?? [])].map(nameOfRung);
  const twice = all.find((rung, i) => all.indexOf(rung) < i);
  if (twice !== undefined) {
    throw new TypeError(
      `${where}: each rung must be listed once, got ${twice} twice; \`visits\` says how often trials come`,
    );
  }
  const rungs = new Set(ladder.rungs.map(nameOfRung));
  const stray = (ladder.visits ?? []).map(nameOfRung).find((rung) => !rungs.has(rung));
  if (stray !== undefined) {
    throw new TypeError(`${where}: visits must be rungs of the ladder, got ${stray}`);
  }
  for (const { path, size } of ladder.extended ?? []) {
    const largest = Math.max(...(sizes.get(path) ?? []));
    if (!(largest < size)) {
      throw new TypeError(
        `${where}: extended sizes must be larger than those of a path of the ladder, got ${size} on “${path}”`,
      );
    }
  }
  const longest = Math.max(0, ...[...sizes.values()].map((path) => path.size));
  if (longest < least) {
    throw new TypeError(
      `${where}: a path of the ladder must have at least ${least} sizes, got ${longest}`,
    );
  }
}
