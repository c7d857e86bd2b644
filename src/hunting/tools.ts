import type { Tools } from '../claims/index.js';
import { randomSource } from '../math/index.js';
import type { Engine } from '../training/index.js';

/** The tools that a trial of a reading gets: its attack's randomness depends on the key alone. */
export function toolsOf(
  engine: Engine,
  attack: number,
  seed: number,
  claim: string,
  reading: string,
  stream: string,
  trial: number,
): Tools {
  return {
    engine,
    attack,
    random: randomSource('attack', seed, claim, reading, stream, trial),
  };
}
