import type { InterpolationProblem } from '../../src/solvers/index.js';
import type { Case } from './cases.js';

/** What a solver found. */
export interface Solved {
  /** Processor time. */
  readonly seconds: number;
  readonly lower: number;
  /** Infinity where no interpolant was found. */
  readonly upper: number;
  /** Whether every rounding error is counted in both bounds. */
  readonly proved: boolean;
}

/** A solver that takes part. */
export interface Contestant {
  readonly name: string;
  readonly description: string;
  readonly peer: boolean;
  /** Whether it takes a reasonable time on such problems, or can solve them at all. */
  readonly takes: (given: Case) => boolean;
  readonly solve: (problem: InterpolationProblem) => Promise<Solved>;
}
