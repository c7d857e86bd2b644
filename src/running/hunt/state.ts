import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { globSync } from 'tinyglobby';
import type { Claim, Grade } from '../../claims/index.js';
import type { IslandState } from '../../hunting/index.js';
import { InputError, newIsland, writeAtomically } from '../../hunting/index.js';
import type { Json } from '../../model/index.js';
import { decodeJson, encodeJson } from '../../model/index.js';
import { FALSUM_VERSION } from '../version.js';
import type { AdvanceResult, HuntTarget } from './job.js';

export const HUNT_SCHEMA = 'falsum/hunt@1';

/** Islands of a hunt; their number is part of its result, the number of workers is not. */
const ISLANDS = 16;

/** A counterexample that a hunt holds, one for each signature: that of its first evaluation. */
export interface KeptFind {
  readonly signature: string;
  readonly clause: string;
  readonly grade: Grade;
  readonly id: string;
  /** Evaluations of the hunt before the share that found it. */
  readonly after: number;
  /** Null until it is shrunk; then whether no listed step applies any more. */
  readonly minimal: boolean | null;
}

/** Where a hunt is: everything that going on with it needs. */
export interface HuntState extends HuntTarget {
  readonly schema: typeof HUNT_SCHEMA;
  readonly claim: string;
  /** The claim's version. */
  readonly version: number;
  readonly falsum: string;
  readonly round: number;
  /** At the start of the round. */
  readonly islands: readonly IslandState[];
  /** What islands have done in this round, by island; null where one has not. */
  readonly shares: readonly (AdvanceResult | null)[];
  /** Shares whose finds are among `kept`, from the first on. */
  readonly merged: number;
  /** Evaluations of the rounds before. */
  readonly evaluations: number;
  readonly kept: readonly KeptFind[];
  /** Shares that ended with a violation that no grading confirmed, by clause. */
  readonly suspects: Readonly<Record<string, number>>;
  /** Time spent, over all sittings. */
  readonly elapsedMs: number;
}

/** A hunt that has done nothing yet. */
export function newHunt(claim: Claim, target: HuntTarget): HuntState {
  const key = [target.seed, claim.id, target.reading, 'hunt'];
  const islands = Array.from({ length: ISLANDS }, (_, index) => newIsland(key, index));
  return {
    schema: HUNT_SCHEMA,
    claim: claim.id,
    version: claim.version,
    falsum: FALSUM_VERSION,
    ...target,
    round: 0,
    islands,
    shares: islands.map(() => null),
    merged: 0,
    evaluations: 0,
    kept: [],
    suspects: {},
    elapsedMs: 0,
  };
}

const text = { type: 'string' };
const count = { type: 'integer', minimum: 0 };
const find = {
  type: 'object',
  required: ['signature', 'clause', 'grade', 'id'],
  properties: { signature: text, clause: text, grade: text, id: { type: ['string', 'null'] } },
};
const island = {
  type: 'object',
  required: ['key', 'index', 'evaluations', 'best'],
  properties: { key: { type: 'array' }, index: count, evaluations: count },
};
const share = {
  type: ['object', 'null'],
  required: ['island', 'evaluations', 'finds'],
  properties: { island, evaluations: count, finds: { type: 'array', items: find } },
};

const validate = new Ajv({ strict: false }).compile({
  type: 'object',
  additionalProperties: false,
  required: [
    ...['schema', 'claim', 'version', 'falsum', 'reading', 'engine', 'attack', 'seed', 'label'],
    ...['round', 'islands', 'shares', 'merged', 'evaluations', 'kept', 'suspects', 'elapsedMs'],
  ],
  properties: {
    schema: { const: HUNT_SCHEMA },
    claim: text,
    version: count,
    falsum: text,
    reading: text,
    engine: text,
    attack: { type: 'number' },
    seed: count,
    label: { type: ['string', 'null'] },
    round: count,
    islands: { type: 'array', minItems: 1, items: island },
    shares: { type: 'array', items: share },
    merged: count,
    evaluations: count,
    kept: {
      type: 'array',
      items: {
        ...find,
        required: [...find.required, 'after', 'minimal'],
        properties: { ...find.properties, after: count, minimal: { type: ['boolean', 'null'] } },
      },
    },
    suspects: { type: 'object', additionalProperties: count },
    elapsedMs: { type: 'number', minimum: 0 },
  },
});

/** `<reports>/hunts/<claim>/<reading>/seed-<n>.json`, with the label's name where the hunt has one. */
export function checkpointFile(
  reports: string,
  { claim, reading, seed, label }: Pick<HuntState, 'claim' | 'reading' | 'seed' | 'label'>,
): string {
  const suffix = label === null ? '' : `-${label.replaceAll(/[^\w.-]/g, '_')}`;
  return join(reports, 'hunts', claim, reading, `seed-${seed}${suffix}.json`);
}

/** Writes a checkpoint whole or not at all. */
export function writeCheckpoint(file: string, state: HuntState): void {
  writeAtomically(file, `${JSON.stringify(encodeJson(state))}\n`);
}

/** Reads a checkpoint; null when there is none. @throws InputError when it is broken */
export function readCheckpoint(file: string): HuntState | null {
  if (!existsSync(file)) return null;
  let json: unknown;
  try {
    json = decodeJson(JSON.parse(readFileSync(file, 'utf8')) as Json);
  } catch (error) {
    throw new InputError(`${file}: is not JSON (${(error as Error).message.split('\n')[0]})`);
  }
  if (!validate(json)) {
    const [first] = validate.errors ?? [];
    throw new InputError(
      `${file}: is not the checkpoint of a hunt: ${first?.instancePath || 'it'} ${first?.message ?? 'is malformed'}; delete it or mend it`,
    );
  }
  return json as unknown as HuntState;
}

/** Why a hunt cannot go on from a checkpoint; null when it can. */
export function mismatch(state: HuntState, claim: Claim, target: HuntTarget): string | null {
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ['the claim’s version', state.version, claim.version],
    ['Falsum', state.falsum, FALSUM_VERSION],
    ['the engine', state.engine, target.engine],
    ['the attack effort', state.attack, target.attack],
    ['the label', state.label, target.label],
  ];
  const other = pairs.find(([, was, is]) => was !== is);
  return other === undefined
    ? null
    : `${other[0]} was ${String(other[1])} and is ${String(other[2])}`;
}

/** All hunts whose checkpoints a reports folder holds. @throws InputError when one is broken */
export function storedHunts(reports: string): HuntState[] {
  const folder = join(reports, 'hunts');
  if (!existsSync(folder)) return [];
  return globSync('*/*/*/seed-*.json', { cwd: folder, absolute: true })
    .toSorted()
    .flatMap((file) => readCheckpoint(file) ?? []);
}
