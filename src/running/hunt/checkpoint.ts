import { join } from 'node:path';
import type { Entry } from '../../files/index.js';
import {
  entriesOf,
  exists,
  fileReader,
  oneLine,
  parseJson,
  readText,
  writeDurably,
} from '../../files/index.js';
import type { Counterexample, IslandState } from '../../hunting/index.js';
import {
  InputError,
  counterexampleFile,
  islandProblem,
  islandSchema,
  readCounterexample,
} from '../../hunting/index.js';
import type { Json } from '../../model/index.js';
import { decodeJson, encodeJson } from '../../model/index.js';
import { ENGINES } from '../settings.js';
import type { AdvanceResult } from './job.js';
import type { HuntState, KeptFind } from './state.js';
import { HUNT_SCHEMA, ISLANDS, keyOf } from './state.js';

const text = { type: 'string' };
const count = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
const id = { type: 'string', pattern: '^[0-9a-f]{16}$' };
const object = (properties: Readonly<Record<string, object>>): object => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties),
  properties,
});
const orNull = (schema: object): object => ({ anyOf: [{ type: 'null' }, schema] });
const exactly = (items: object): object => ({
  type: 'array',
  minItems: ISLANDS,
  maxItems: ISLANDS,
  items,
});
const signature = { signature: text, clause: text };

const MEND = 'mend or delete it, or begin again with --restart';

const reader = fileReader<HuntState>({
  schema: object({
    schema: { const: HUNT_SCHEMA },
    claim: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*$' },
    version: { ...count, minimum: 1 },
    falsum: text,
    reading: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]*$' },
    engine: { enum: ENGINES },
    attack: { type: 'number', exclusiveMinimum: 0, maximum: 1000 },
    seed: count,
    label: { type: ['string', 'null'] },
    round: count,
    islands: exactly(islandSchema),
    shares: exactly(
      orNull(
        object({
          island: islandSchema,
          evaluations: count,
          finds: {
            type: 'array',
            items: object({
              ...signature,
              grade: { enum: ['certified', 'confirmed', 'suspect'] },
              id: orNull(id),
            }),
          },
        }),
      ),
    ),
    merged: { type: 'integer', minimum: 0, maximum: ISLANDS },
    evaluations: count,
    kept: {
      type: 'array',
      items: object({
        ...signature,
        grade: { enum: ['certified', 'confirmed'] },
        id,
        after: count,
        minimal: { type: ['boolean', 'null'] },
      }),
    },
    suspects: { type: 'object', additionalProperties: count },
    elapsedMs: { type: 'number', minimum: 0 },
  }),
  isNot: 'is not the checkpoint of a hunt',
  mend: MEND,
  nonFinite: true,
  most: 256 * 2 ** 20,
  check: stateProblem,
});

/** What no hunt leaves behind; null when nothing is wrong. */
function stateProblem(state: HuntState): string | null {
  const { islands, shares, kept, evaluations, merged, elapsedMs } = state;
  const key = JSON.stringify(keyOf(state));
  for (const [i, island] of islands.entries()) {
    const share = shares[i];
    const problem = islandOf(island, i, key) ?? (share && shareProblem(share, island, i, key));
    if (problem !== null) return `island ${i}: ${problem}`;
    if (share === null && i < merged)
      return `island ${i} must have done its share, which is merged`;
  }
  const before = islands.reduce((sum, island) => sum + island.evaluations, 0);
  if (evaluations !== before) return `evaluations must be those of its islands, ${before}`;
  if (!Number.isFinite(elapsedMs)) return 'elapsedMs must be finite';
  const signatures = new Set(kept.map((find) => find.signature));
  return signatures.size === kept.length ? null : 'two finds of one signature are kept';
}

function islandOf(island: IslandState, index: number, key: string): string | null {
  if (island.index !== index) return `index must be ${index}, got ${island.index}`;
  if (JSON.stringify(island.key) !== key) {
    return `its key must be ${key}: it belongs to the hunt of another claim, reading or seed`;
  }
  return islandProblem(island);
}

function shareProblem(
  { island, evaluations }: AdvanceResult,
  start: IslandState,
  index: number,
  key: string,
): string | null {
  const spent = island.evaluations - start.evaluations;
  return spent === evaluations
    ? islandOf(island, index, key)
    : `its share must be ${spent} evaluations, got ${evaluations}`;
}

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
  writeDurably(file, `${JSON.stringify(encodeJson(state))}\n`);
}

/**
 * Reads a checkpoint; null when there is none.
 *
 * @throws InputError when it is broken, or of another claim, reading, seed or label than its place says
 */
export function readCheckpoint(file: string): HuntState | null {
  if (!exists(file)) return null;
  const json = parseJson(file, readText(file, 256 * 2 ** 20), MEND);
  let decoded: unknown;
  try {
    decoded = decodeJson(json as Json);
  } catch (error) {
    throw new InputError(`${oneLine(file)}: ${oneLine((error as Error).message)}; ${MEND}`);
  }
  const state = reader.accept(file, decoded);
  const place = checkpointFile('/', state);
  if (!file.endsWith(place)) {
    throw new InputError(
      `${oneLine(file)}: is the hunt of ${state.claim} ${state.reading} with seed ${state.seed}, which belongs into …${oneLine(place)}; move it back or delete it`,
    );
  }
  return state;
}

/**
 * Checks that the finds of a checkpoint are what it says they are. One that is shrunk may have been taken away since; one
 * that is not must be there.
 *
 * @param found the folder of found counterexamples
 * @throws InputError
 */
export function checkKept(file: string, state: HuntState, found: string): void {
  for (const find of state.kept) {
    const place = counterexampleFile(found, { ...state, id: find.id });
    if (!exists(place) && find.minimal !== null) continue;
    const problem = keptProblem(state, find, readCounterexample(place));
    if (problem !== null) {
      throw new InputError(
        `${oneLine(file)}: the hunt cannot go on: ${oneLine(place)} ${problem}; begin again with --restart`,
      );
    }
  }
}

function keptProblem(
  { claim, reading, version }: HuntState,
  { clause, grade }: KeptFind,
  stored: Counterexample,
): string | null {
  if (stored.claim !== claim || stored.reading !== reading) return 'is of another reading';
  if (stored.version !== version) return 'is of another version of the claim';
  return stored.clause !== clause || stored.grade !== grade ? 'is not the find that it kept' : null;
}

/** Whether a hunt may remove a counterexample: it made it itself. What cannot be read stays. */
export function isOwnFind({ seed }: HuntState, file: string): boolean {
  try {
    const { found } = readCounterexample(file);
    return found.stream === 'search' && found.seed === seed;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

/** All hunts whose checkpoints a reports folder holds. @throws InputError when one is broken or cannot be read */
export function storedHunts(reports: string): HuntState[] {
  const below = (entries: readonly Entry[]): Entry[] =>
    entries.filter(({ kind }) => kind !== 'file').flatMap(({ path }) => entriesOf(path, 'error'));
  const readings = below(below(entriesOf(join(reports, 'hunts'), 'empty')));
  return below(readings)
    .filter(({ name }) => /^seed-.*\.json$/.test(name))
    .flatMap(({ path }) => readCheckpoint(path) ?? []);
}
