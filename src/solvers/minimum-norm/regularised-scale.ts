import { largestExponent, scaledDown, scaledUp, timesPowerOfTwo } from '../../math/index.js';
import type { InterpolationProblem } from './balanced-problem.js';
import type { Atom } from './interpolant.js';
import type { RegularisedResult } from './regularised.js';

/** A regularised problem at an ordinary scale: inputs times 2^−input, labels times 2^−label, β times 2^−(input + label). */
export interface RegularisedScale {
  readonly problem: InterpolationProblem;
  readonly beta: number;
  readonly input: number;
  readonly label: number;
}

/** Data and β whose exponents stay within these stay as they are. */
const COMFORTABLE = 60;
const COMFORTABLE_BETA = 200;
/** β of data in [1, 2) at least: residuals over β and masses of 1/β have their squares within float64. */
const LEAST_BETA = 2 ** -200;
/** Data in [1, 2) pull at a neuron with less than 4·√d·N: above this β the zero network is optimal, and β no matter. */
const LARGEST_BETA = 2 ** 200;

/**
 * f scales with inputs and masses, the objective with the square of labels. Null where β is too small for the data: the
 * bounds would have no digit in common.
 */
export function balanceRegularised(
  problem: InterpolationProblem,
  beta: number,
): RegularisedScale | null {
  const { inputs, labels } = problem;
  const within = (entry: number, most: number): boolean =>
    entry === 0 || Math.abs(largestExponent([entry]) ?? Infinity) <= most;
  const comfortable = [...inputs.flat(), ...labels].every((entry) => within(entry, COMFORTABLE));
  if (comfortable && within(beta, COMFORTABLE_BETA)) return { problem, beta, input: 0, label: 0 };
  const input = largestExponent(inputs.flat()) ?? 0;
  const label = largestExponent(labels) ?? 0;
  const scaled = timesPowerOfTwo(beta, -input - label);
  if (!(scaled >= LEAST_BETA)) return null;
  return {
    problem: {
      inputs: inputs.map((x) => x.map((entry) => timesPowerOfTwo(entry, -input))),
      labels: labels.map((y) => timesPowerOfTwo(y, -label)),
    },
    beta: Math.min(scaled, LARGEST_BETA),
    input,
    label,
  };
}

/** Neurons as they are at the scale of the balanced problem, and back with `sign` −1. */
export function scaleAtoms(
  atoms: readonly Atom[],
  { input, label }: RegularisedScale,
  sign: 1 | -1,
): Atom[] {
  return atoms.map(({ direction, mass }) => ({
    direction,
    mass: timesPowerOfTwo(mass, sign * (input - label)),
  }));
}

/** The result in the units of the data given, bounds rounded outwards. */
export function unscale(
  result: RegularisedResult,
  scale: RegularisedScale,
  gap: number,
): RegularisedResult {
  const { input, label } = scale;
  const lower = scaledDown(result.lower, 2 * label);
  const upper = scaledUp(result.upper, 2 * label);
  const closed = upper < Infinity && upper - lower <= gap * upper;
  const status = upper === Infinity ? 'unresolved' : closed ? 'optimal' : 'bounded';
  return {
    ...result,
    status: result.status === 'optimal' || status === 'unresolved' ? status : result.status,
    lower,
    upper,
    atoms: scaleAtoms(result.atoms, scale, -1),
    norm: timesPowerOfTwo(result.norm, label - input),
    residual: timesPowerOfTwo(result.residual, label),
    dual: result.dual.map((entry) => timesPowerOfTwo(entry, label)),
  };
}
