import type { BigNumber } from 'mathjs';
import type { Assumption } from '../../../src/claims/index.js';
import {
  bigNumber,
  compare,
  dotExact,
  formatRational,
  highPrecision,
  multiply,
  norm,
  rational,
} from '../../../src/math/index.js';
import type { Rational } from '../../../src/math/index.js';
import {
  isBoundedSmooth,
  largestInputNorm,
  thresholdFormula,
  villaniThreshold,
} from '../../../src/theory/index.js';
import type { LossProblem } from '../../../src/theory/index.js';
import { rationalBelow, supremaBig } from './suprema-big.js';

type Problem = Omit<LossProblem, 'lambda'>;

/** A threshold λ_c in float64, with 64 digits, and as a rational that is not above it. */
export interface Threshold {
  readonly tex: string;
  readonly value: (problem: Problem) => number;
  readonly big: (problem: Problem) => BigNumber;
  readonly exact: (problem: Problem) => Rational;
}

/** λ_c = 2·M_D·L·B_x²‖a‖² of the problem's own data, outer weights and activation. */
export const formulaThreshold: Threshold = {
  tex: thresholdFormula.tex,
  value: ({ activation, outer, dataset }) => villaniThreshold(activation, outer, dataset),
  big: ({ activation, outer, dataset }) => {
    const { slope } = supremaBig(activation);
    const squares = dataset.inputs.map((x) => toBig(dotExact(x, x)));
    return thresholdFormula.evaluateBig({
      slope,
      lipschitz: slope,
      inputNorm: squares.reduce((largest, it) => (it.gt(largest) ? it : largest)).sqrt(),
      outerNorm: toBig(dotExact(outer, outer)).sqrt(),
    });
  },
  exact: ({ activation, outer, dataset }) => {
    const below = rationalBelow(supremaBig(activation).slope);
    const product = multiply(largestSquare(dataset.inputs), dotExact(outer, outer));
    return multiply(2, multiply(multiply(below, below), product));
  },
};

/** A printed number; the double must be exact. */
export function printedThreshold(value: number): Threshold {
  return {
    tex: String(value),
    value: () => value,
    big: () => bigNumber(value),
    exact: () => rational(value),
  };
}

/** λ > λ_c, strict. */
export const above = <I extends LossProblem>(threshold: Threshold): Assumption<I> => ({
  name: 'λ > λ_c',
  tex: `\\lambda > \\lambda_c = ${threshold.tex}`,
  margin: (problem) => strict(problem.lambda, threshold.value(problem)),
});

/** 0 ≤ λ < λ_c, strict on the right. */
export const below = <I extends LossProblem>(threshold: Threshold): Assumption<I> => ({
  name: '0 ≤ λ < λ_c',
  tex: `0\\le\\lambda < \\lambda_c = ${threshold.tex}`,
  margin: (problem) =>
    problem.lambda >= 0 ? strict(threshold.value(problem), problem.lambda) : -1,
});

/** λ ≥ 0: what is left of λ > λ_c when the threshold is dropped. */
export const nonNegative: Assumption<LossProblem> = {
  name: 'λ ≥ 0',
  tex: '\\lambda\\ge 0',
  margin: ({ lambda }) => (lambda >= 0 ? 1 : -1),
};

/** σ is bounded and smooth, and so are its first two derivatives. */
export const boundedSmooth: Assumption<LossProblem> = {
  name: 'σ bounded, C^∞, with bounded σ′ and σ″',
  tex: "\\sigma\\in C^\\infty,\\ \\sigma,\\sigma',\\sigma'' \\text{ bounded}",
  margin: ({ activation }) => (isBoundedSmooth(activation) ? 1 : -1),
};

/** σ is the sigmoid. */
export const sigmoid: Assumption<LossProblem> = {
  name: 'σ sigmoid',
  tex: '\\sigma(x)=1/(1+e^{-x})',
  margin: ({ activation }) => (activation.name === 'sigmoid' ? 1 : -1),
};

/** σ is SoftPlus_β with β > 0. */
export const softplus: Assumption<LossProblem> = {
  name: 'σ = SoftPlus_β',
  tex: '\\sigma=\\mathrm{SoftPlus}_\\beta,\\ \\beta>0',
  margin: ({ activation }) => (activation.name === 'softplus' && activation.beta > 0 ? 1 : -1),
};

/**
 * How far B_x‖a‖ may be from 1: dividing by the float64 norms leaves an error of some 50 roundings,
 * 6e-15, and 2⁻⁴⁰ ≈ 9e-13 covers them. All constants of the growth bound are continuous in ‖a‖, so the
 * exactly normalised neighbour of an instance is judged the same.
 */
export const NORMALISATION_TOLERANCE = 2 ** -40;

/** B_x‖a‖ = 1 up to the tolerance. */
export const normalised: Assumption<LossProblem> = {
  name: 'B_x‖a‖ = 1',
  tex: 'B_x\\lVert a\\rVert = 1',
  margin: ({ outer, dataset }) =>
    NORMALISATION_TOLERANCE - Math.abs(largestInputNorm(dataset) * norm(outer) - 1),
};

/** max_i‖x_i‖², exactly. */
export function largestSquare(inputs: readonly (readonly number[])[]): Rational {
  return inputs
    .map((x) => dotExact(x, x))
    .reduce((largest, it) => (compare(it, largest) > 0 ? it : largest));
}

/** A rational as a BigNumber, rounded to its digits. */
export function toBig(value: Rational): BigNumber {
  const parts = formatRational(value).split('/');
  const [numerator, denominator] = parts.map((part) => highPrecision.bignumber(part));
  return parts.length === 1 ? numerator : numerator.div(denominator);
}

/** (large − small)/(large + small), −1 at equality and below. */
function strict(large: number, small: number): number {
  return large > small ? (large - small) / (large + small) : -1;
}
