import { correctionBasis } from './correction-basis.js';
import type { ExactData } from './enclosure.js';
import { provedLower, provedUpper } from './enclosure.js';
import { fineLower } from './fine-lower.js';
import type { UnitProblem } from './interpolation-problem.js';
import { outOfFrame } from './interpolation-problem.js';
import { newtonFinish, takeBasis } from './newton-finish.js';
import type { Pricer } from './pricer.js';
import { recoverNetwork } from './recover.js';
import type { StageOutcome, Workspace } from './stage.js';

/** The best bounds so far and what proves them. */
export interface Best {
  lower: number;
  upper: number;
  proved: boolean;
  residual: number;
  /** The network of `upper`; where that is infinite perhaps one that does not interpolate, to start from. */
  directions: number[][];
  masses: number[];
  lambda: Float64Array;
  /** What rounding in the proof may have cost of `lower`, relative. */
  rounding: number;
  rounds: number;
  pivots: number;
}

/** A problem with all that its bounds are computed from. */
export interface PreparedCase {
  readonly prepared: UnitProblem;
  readonly data: ExactData;
  readonly pricer: Pricer;
  readonly workspace: Workspace;
  readonly labels: Float64Array;
  /** Relative gap wanted. */
  readonly gap: number;
}

export function noBounds(rows: number): Best {
  return {
    lower: 0,
    upper: Infinity,
    proved: false,
    residual: Infinity,
    directions: [],
    masses: [],
    lambda: new Float64Array(rows),
    rounding: 0,
    rounds: 0,
    pivots: 0,
  };
}

/** Bounds from the end of a stage; returns what of the linear part found no place in the kinks (0 if not even). */
export function examine(
  given: PreparedCase,
  even: boolean,
  outcome: StageOutcome,
  best: Best,
): number {
  const { pricer, workspace, labels, gap } = given;
  const { simplex, newton } = workspace;
  best.rounds += outcome.rounds;
  best.pivots += outcome.pivots;
  if (outcome.by === 'simplex') takeBasis(newton, simplex);
  const left = evaluate(given, even, best);
  // The perturbation of labels tilts neurons and costs its square; from here Newton's method takes the labels as given.
  if (!closed(best, gap) && newtonFinish(newton, simplex, pricer.inputs, labels)) {
    evaluate(given, even, best);
  }
  return left;
}

/** What is left of a gap this small may be rounding: worth a correction in twice the precision. */
const NEARLY = 1e-7;

/** A correction of this share of the norm leaves the network near an interpolant. */
const SLIGHT = 1e-4;

/** Misfit up to which a network is called an interpolant, relative to the largest label and to its norm. */
const FITS = 1e-9;
const FITS_NORM = 1e-13;

/** Whether a misfit is rounding, of data or of masses. */
export function fits(residual: number, norm: number, labels: Float64Array): boolean {
  return residual <= FITS * largestOf(labels) + FITS_NORM * norm;
}

/** Bounds from the basis and dual in `workspace.newton`. */
function evaluate(given: PreparedCase, even: boolean, best: Best): number {
  const { prepared, data, pricer, workspace, labels, gap } = given;
  const { simplex, newton } = workspace;
  improveLower(data, pricer, newton.dual, best);
  const network = recoverNetwork(newton, simplex, pricer.inputs, labels, even);
  const directions = network.directions.map((direction) => outOfFrame(prepared.frame, direction));
  let proof = provedUpper(data, newton.basis, newton.inverse, network, directions, null);
  const open = proof.upper - best.lower > gap * proof.upper || !proof.proved;
  const norm = network.masses.reduce((sum, mass) => sum + Math.abs(mass), 0);
  const fitting = fits(proof.residual, norm, labels);
  const nearly = Math.abs(proof.upper - best.lower) < NEARLY * proof.upper;
  if (open && (nearly || (fitting && !proof.proved))) {
    // Twice the precision and a better conditioned basis for the correction.
    const correction = correctionBasis(pricer.inputs, pricer.size, pricer.dim);
    if (correction !== null) {
      const { basis, inverse, costs, weights } = correction;
      const corrected = { ...network, complete: true, room: Infinity, weights };
      const again = provedUpper(data, basis, inverse, corrected, directions, costs);
      if (again.proved && !(proof.proved && proof.upper < again.upper)) proof = again;
    }
  }
  if (open) sharpenLower(given, best);
  // Unproved bounds count only where the misfit is rounding, proved ones where what corrects it is slight: a linear part
  // that found no place in the kinks is no rounding.
  const usable = fitting || (proof.proved && proof.upper < norm * (1 + SLIGHT));
  if (!usable && best.upper === Infinity) {
    best.directions = directions;
    best.masses = network.masses;
  }
  if (usable && (proof.upper < best.upper || (proof.proved && !best.proved))) {
    best.upper = proof.upper;
    best.proved = proof.proved;
    best.residual = proof.residual;
    best.directions = directions;
    best.masses = network.masses;
  }
  return network.left;
}

/** Takes the bound that λ proves if it is better. */
export function improveLower(
  data: ExactData,
  pricer: Pricer,
  dual: Float64Array,
  best: Best,
): void {
  const { largest } = pricer.priceFinely(dual);
  const { lower, lambda, rounding } = provedLower(data, dual, largest, pricer.dim === 2);
  if (lower < best.lower) return;
  best.lower = lower;
  best.rounding = rounding;
  best.lambda = lambda;
}

/** Proves what λ of the best lower bound gives in twice the precision, where rounding alone keeps the gap open. */
function sharpenLower({ data, gap }: PreparedCase, best: Best): void {
  if (best.rounding < gap / 8) return;
  const lower = fineLower(data, best.lambda);
  if (lower <= best.lower) return;
  best.lower = lower;
  best.rounding = 0;
}

export function largestOf(entries: Iterable<number>): number {
  let largest = 0;
  for (const entry of entries) largest = Math.max(largest, Math.abs(entry));
  return largest;
}

/** Whether the relative gap is at most `gap`. */
export function closed({ lower, upper }: Best, gap: number): boolean {
  return upper < Infinity && upper - lower <= gap * upper;
}
