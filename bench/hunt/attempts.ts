import type { Claim, Tools } from '../../src/claims/index.js';
import type { SearchEnd } from '../../src/hunting/search/index.js';
import { drawAlone, huntProblem, searchAlone } from '../../src/hunting/search/index.js';
import { randomSource } from '../../src/math/index.js';
import { createJs64 } from '../../src/training/index.js';

/** Most evaluations of one attempt. */
export const LIMIT = 200_000;

/** As `falsum hunt` divides them once its shares have grown. */
const DIVISION = { islands: 16, share: 256 };

/** One search for a violation of one claim with one seed. */
export interface Attempt {
  readonly seed: number;
  /** The evaluation that violated the claim; null where none did. */
  readonly hit: number | null;
  readonly evaluations: number;
  /** The smallest margin where the assumptions hold; null where they never did. */
  readonly margin: number | null;
}

// No benchmark trains, but a conclusion is handed an engine.
const engine = createJs64();

function problemOf(claim: Claim) {
  const reading = claim.readings['literal'];
  const tools: Tools = { engine, attack: 1, random: randomSource('bench-hunt', 'attack') };
  return huntProblem(reading, reading.instances, () => tools, claim.id);
}

/** Hunts for a violation. */
export async function hunted(claim: Claim, seed: number, limit = LIMIT): Promise<Attempt> {
  const end = await searchAlone(problemOf(claim), ['bench-hunt', claim.id, seed], limit, DIVISION);
  return attempt(seed, end);
}

/** Draws at random. */
export async function drawn(claim: Claim, seed: number, limit = LIMIT): Promise<Attempt> {
  return attempt(seed, await drawAlone(problemOf(claim), ['bench-hunt', claim.id, seed], limit));
}

function attempt(seed: number, { find, evaluations, nearest }: SearchEnd): Attempt {
  return {
    seed,
    hit: find === null ? null : evaluations,
    evaluations,
    margin: nearest === null || nearest[0] > 0 ? null : nearest[1],
  };
}
