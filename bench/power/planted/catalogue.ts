import type { Claim } from '../../../src/claims/index.js';
import { FAT_SHATTERING } from './gamarnik-fat-shattering.js';
import { OUTER_NORM } from './gamarnik-outer-norm.js';
import { VILLANI } from './mukherjee.js';
import { CONDENSATION } from './song.js';
import type { Planted } from './variant.js';
import { CONVERGENCE_CONSTANTS } from './zhang-constants.js';
import { CONVERGENCE } from './zhang.js';

/** All planted false claims. */
export const PLANTED: readonly Planted[] = [
  ...OUTER_NORM,
  ...FAT_SHATTERING,
  ...VILLANI,
  ...CONDENSATION,
  ...CONVERGENCE_CONSTANTS,
  ...CONVERGENCE,
];

/** A true reading that some planted claims are variants of. */
export interface Original {
  readonly claim: Claim;
  readonly reading: string;
}

/** The originals of some planted claims, each once. */
export function originalsOf(planted: readonly Planted[]): Original[] {
  const found = new Map<string, Original>();
  for (const { original: claim, reading } of planted) {
    found.set(`${claim.id} ${reading}`, { claim, reading });
  }
  return [...found.values()];
}
