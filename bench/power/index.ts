import { hostile } from './hostile/index.js';
import { killed } from './killed.js';
import type { PowerPart } from './part.js';
import { planted } from './planted/index.js';
import { simulation } from './simulation/index.js';

/** The parts of `falsum bench power`, in the order in which they run. */
export const PARTS: readonly PowerPart[] = [simulation, planted, killed, hostile];
