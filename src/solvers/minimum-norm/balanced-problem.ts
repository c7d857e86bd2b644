import { balanceRows, largestExponent, timesPowerOfTwo } from '../../math/index.js';
import type { Matrix, Vector } from '../../model/index.js';

/** Data to be interpolated. Shapes: `inputs` (sampleSize, inputDim), `labels` (sampleSize). */
export interface InterpolationProblem {
  readonly inputs: Matrix;
  readonly labels: Vector;
}

/** Data multiplied by powers of two, so that nothing computed from them over- or underflows. */
export interface BalancedProblem extends InterpolationProblem {
  /** inputs[i] = 2^−rowExponents[i]·(the input given). */
  readonly rowExponents: readonly number[];
  /** labels[i] = 2^(−rowExponents[i] − labelExponent)·(the label given). */
  readonly labelExponent: number;
}

/** Labels whose exponents stay within ±this are comfortable, as inputs are in `balanceRows`. */
const COMFORTABLE = 200;

/**
 * Networks without biases are positively homogeneous: an input may be multiplied by a power of two with its label, and all
 * labels by another with the masses. λ of a row given is 2^−rowExponent times that of the balanced row, norms are
 * 2^labelExponent times as large. Data of ordinary scale stay as they are.
 *
 * Numbers 2¹⁰²² times smaller than the largest of their row, or than the largest label, are rounded, by at most 2⁻¹⁰⁷⁴
 * where the largest is about 1. Bounds of rounding errors in proofs are at least 2⁻⁵³ of the norm, which is at least about
 * 1 then, and have room for it.
 */
export function balanceProblem({ inputs, labels }: InterpolationProblem): BalancedProblem {
  const { rows, exponents } = balanceRows(inputs);
  if (rows === inputs && labels.every(isComfortable)) {
    return { inputs, labels, rowExponents: exponents, labelExponent: 0 };
  }
  const own = labels.map((label, i) => {
    const exponent = largestExponent([label]);
    return exponent === null ? null : exponent - exponents[i];
  });
  const given = own.filter((exponent) => exponent !== null);
  const comfortable = given.every((exponent) => Math.abs(exponent) <= COMFORTABLE);
  const labelExponent = comfortable ? 0 : given.reduce((most, entry) => Math.max(most, entry));
  return {
    inputs: rows,
    labels: labels.map((label, i) => timesPowerOfTwo(label, -exponents[i] - labelExponent)),
    rowExponents: exponents,
    labelExponent,
  };
}

function isComfortable(label: number): boolean {
  const size = Math.abs(label);
  return size === 0 || (size >= 2 ** -COMFORTABLE && size <= 2 ** COMFORTABLE);
}
