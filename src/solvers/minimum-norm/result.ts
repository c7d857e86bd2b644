import type { Vector } from '../../model/index.js';
import type { Atom } from './interpolant.js';

/** What was proved about min Σ|a_j|‖b_j‖ over the interpolating networks of every width. */
export interface MinimumNormResult {
  /**
   * 'optimal': lower and upper agree within the gap; 'bounded': both are valid, the gap is wider; 'infeasible': nothing
   * interpolates, exactly. Refusals, where `lower` is valid and `upper` is no bound: 'unresolved': float64 does not tell
   * what the data ask for (inputs nearer to one another than 1e-13 rad, norms beyond the range of doubles), or `atoms` are
   * an interpolant up to rounding that is not proved to be near one; 'failed': no interpolant was found, or the linear
   * program failed. 'upper-only': of the linear programs, whose pricing is not exact in this dimension: no lower bound.
   */
  readonly status: 'optimal' | 'bounded' | 'unresolved' | 'failed' | 'infeasible' | 'upper-only';
  readonly reason: string;
  /** Σλ_iy_i/max(1, max|g|), rounding subtracted: no interpolant has a smaller norm. */
  readonly lower: number;
  /** Norm of an interpolant at most, that of `atoms` and of what rounding leaves unmet. */
  readonly upper: number;
  /**
   * Whether some network interpolates the data exactly with a norm of at most `upper`, proved with every rounding
   * error counted; else `upper` is the norm of `atoms`, which meet the labels within `residual`.
   */
  readonly proved: boolean;
  /** Unit directions in the coordinates of the inputs, with their masses. */
  readonly atoms: readonly Atom[];
  /** Largest misfit of `atoms` at an input scaled to unit length. */
  readonly residual: number;
  /** λ, one entry per row of the inputs as given. */
  readonly dual: Vector;
  readonly rounds: number;
  readonly columns: number;
}

export interface MinimumNormOptions {
  /** Directions to start from, such as those of a known interpolant. */
  readonly start?: readonly Vector[];
  /**
   * A known interpolant, such as the teacher's neurons, on distinct lines: the dual that touches at its neurons is
   * tried first, and its directions start the search. With `target` its norm, "is it optimal?" is mostly answered at
   * once, and `upper` may then be infinite.
   */
  readonly reference?: readonly Atom[];
  /** Of the column generation with HiGHS. Default 60. */
  readonly maxRounds?: number;
  /** Of the column generation with HiGHS. Default 12. */
  readonly columnsPerRound?: number;
  /** Relative gap (upper − lower)/upper at which the search ends. Default 1e-9. */
  readonly gap?: number;
  /** Ends as soon as the upper bound is below this. Default −∞. */
  readonly enough?: number;
  /** Ends as soon as the lower bound reaches this, such as the norm of a known interpolant. Default ∞. */
  readonly target?: number;
}

/** The result before anything was found. */
export const NOTHING: MinimumNormResult = {
  status: 'failed',
  reason: '',
  lower: 0,
  upper: 0,
  proved: false,
  atoms: [],
  residual: 0,
  dual: [],
  rounds: 0,
  columns: 0,
};
