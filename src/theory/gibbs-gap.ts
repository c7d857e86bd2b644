import { expression } from '../math/index.js';
import { lossEvaluator } from './loss-derivatives.js';
import type { LossProblem } from './loss-derivatives.js';
import { smoothnessBound } from './villani-growth.js';

/**
 * Upper bound on E_{μ_s}L̃ − min L̃, μ_s ∝ exp(−βL̃), β = 2/s, dimension N = width·inputDim.
 *
 * Let Z(β) = ∫exp(−β(L̃ − min L̃)). log Z is convex in β with derivative −(E_{μ_s}L̃ − min L̃), so for
 * every 0 < b < β the gap is at most (log Z(b) − log Z(β))/(β − b). L̃ ≥ (λ/2)‖W‖² bounds Z(b) by
 * e^{b·min L̃}(2π/(bλ))^{N/2}; a Hessian bound Λ on the ball of radius r around a minimiser bounds Z(β)
 * below by vol_N(r)·exp(−βΛr²/2). Only upper bounds on min L̃ enter.
 */
export const gapFormula = expression(
  '(b*lossBound + (dimension/2)*log(2*pi/(b*lambda)) - logVolume - dimension*log(radius) + beta*smoothness*radius^2/2)/(beta - b)',
  {
    b: 'b',
    beta: '\\beta',
    lossBound: 'F_0',
    dimension: 'N',
    lambda: '\\lambda',
    logVolume: '\\log v_N',
    radius: 'r',
    smoothness: '\\Lambda',
  },
);

/** The arguments of `gapFormula` that give the bound for one loss and step. */
export interface GapTerms {
  readonly b: number;
  readonly beta: number;
  readonly lossBound: number;
  readonly dimension: number;
  readonly lambda: number;
  readonly logVolume: number;
  readonly radius: number;
  readonly smoothness: number;
}

/** The bound at step s and the terms that give it. Tends to 0 as s → 0. */
export interface GapBound {
  readonly step: number;
  readonly bound: number;
  /** A bound on the rounding error of `bound`. */
  readonly rounding: number;
  readonly terms: GapTerms;
}

/** log of the volume of the unit ball in N dimensions, from vol_N = (2π/N)·vol_{N−2}. */
export function logUnitBallVolume(dimension: number): number {
  let volume = dimension % 2 === 0 ? 0 : Math.log(2);
  for (let k = dimension % 2 === 0 ? 2 : 3; k <= dimension; k += 2) {
    volume += Math.log((2 * Math.PI) / k);
  }
  return volume;
}

/**
 * The bound of `gapFormula` at a nearly best b.
 *
 * @throws RangeError unless λ > 0 and step > 0
 */
export function gibbsGapBound(problem: LossProblem, step: number): GapBound {
  const { lambda, outer, dataset } = problem;
  if (!(lambda > 0)) throw new RangeError(`gibbsGapBound: lambda must be > 0, got ${lambda}`);
  if (!(step > 0)) throw new RangeError(`gibbsGapBound: step must be > 0, got ${step}`);
  const dimension = outer.length * dataset.inputDim;
  const lossBound = lossEvaluator(problem)(new Float64Array(dimension)).value * (1 + 1e-12);
  const beta = 2 / step;
  // A minimiser lies in the ball (λ/2)‖W‖² ≤ min L̃ ≤ L̃(0); r ≤ 1 keeps us within one of it.
  const smoothness = smoothnessBound(problem, Math.sqrt((2 * lossBound) / lambda) + 1);
  const radius = Math.min(1, Math.sqrt(dimension / (beta * smoothness)));
  const logVolume = logUnitBallVolume(dimension);
  // The minimiser of b·F_0 − (N/2)·log b, which the bound is for b far below β; any b < β is valid.
  const b = lossBound > 0 ? Math.min(beta / 2, dimension / (2 * lossBound)) : beta / 2;
  const terms = { b, beta, lossBound, dimension, lambda, logVolume, radius, smoothness };
  return { step, bound: gapFormula.evaluate(terms), rounding: roundingOf(terms), terms };
}

/**
 * The numerator of `gapFormula` has five summands of at most 10 roundings each, the rounding of their
 * sum included; a logarithm also carries the relative error of its argument as an absolute one, which
 * the 1 beside it stands for, and log v_N is a sum of N/2 of them. β − b ≥ β/2 multiplies the rounding
 * of β = 2/s by 2 at most. 30 roundings of the sum of magnitudes cover these with room.
 */
function roundingOf(terms: GapTerms): number {
  const { b, beta, lossBound, dimension, lambda, logVolume, radius, smoothness } = terms;
  const logarithms =
    (dimension / 2) * (Math.abs(Math.log((2 * Math.PI) / (b * lambda))) + 1) +
    dimension * (Math.abs(Math.log(radius)) + 1) +
    Math.abs(logVolume) +
    dimension;
  const magnitude = b * lossBound + logarithms + (beta * smoothness * radius ** 2) / 2;
  return (30 * 2 ** -53 * magnitude) / (beta - b);
}

/**
 * A step threshold for the accuracy: E_{μ_s}L̃ − min L̃ ≤ accuracy for every s ≤ `step`, since the gap
 * does not decrease in s (its derivative in β is −Var_{μ_s}L̃). Halves s until the bound is reached.
 *
 * @throws RangeError unless accuracy > 0
 */
export function gibbsStepThreshold(problem: LossProblem, accuracy: number): GapBound {
  if (!(accuracy > 0)) {
    throw new RangeError(`gibbsStepThreshold: accuracy must be > 0, got ${accuracy}`);
  }
  let step = accuracy;
  for (;;) {
    const gap = gibbsGapBound(problem, step);
    if (gap.bound <= accuracy) return gap;
    step /= 2;
  }
}
