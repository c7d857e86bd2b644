import type { OpaqueInstance } from './claim.js';
import type { Rung } from './reading.js';

/** The draw on which a claim's code failed. */
export interface FaultyDraw {
  readonly stream: string;
  readonly trial: number;
  readonly rung?: Rung;
  /** Absent where the generator made none. */
  readonly instance?: OpaqueInstance;
}

/** An error thrown by a claim's own code, or something malformed that it returned, with the place in the claim. */
export class ClaimFault extends Error {
  override readonly name = 'ClaimFault';
  /** The draw that the code was given, where it was given one. */
  draw?: FaultyDraw;
}
