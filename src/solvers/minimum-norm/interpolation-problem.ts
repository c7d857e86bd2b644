import { addScaled, dot, norm, scale } from '../../math/index.js';
import type { Matrix, Vector } from '../../model/index.js';
import type { BalancedProblem, InterpolationProblem } from './balanced-problem.js';
import { balanceProblem } from './balanced-problem.js';
import { oppositeInputs } from './opposite-inputs.js';
import { comparePairs, compareRows } from './same-direction.js';

export type { InterpolationProblem } from './balanced-problem.js';

/** The data with unit inputs that span their space, no two of the same direction. */
export interface UnitProblem {
  readonly status: 'ready';
  /** The data at an ordinary scale; all that follows is of them. */
  readonly balanced: BalancedProblem;
  readonly inputs: readonly Vector[];
  readonly labels: Vector;
  /** The row of the data that each unit input stands for, and the factor 1/‖x‖. */
  readonly rows: readonly number[];
  readonly factors: Vector;
  /** Orthonormal rows that span the inputs, shape (dim, inputDim); null when they span the space. */
  readonly frame: readonly Vector[] | null;
  /**
   * Why rows that were left out may ask for more than the others, in exact arithmetic: their direction is another one,
   * or their label differs by rounding. Null where they follow. Lower bounds hold for all rows either way.
   */
  readonly unsettled: string | null;
}

export type PreparedProblem =
  | UnitProblem
  /** Every label is 0 and so is the minimum. */
  | { readonly status: 'zero' }
  /** No network without biases interpolates, exactly: a zero input or one direction with two labels. */
  | { readonly status: 'infeasible'; readonly reason: string }
  /** Inputs too near one another, or too nearly opposite, for float64 to say what their labels ask for. */
  | { readonly status: 'unresolved'; readonly reason: string };

/** Directions closer than this (rad) are one: float64 inputs do not tell them apart. */
const SAME_DIRECTION = 1e-13;
/** Difference of two labels that rounding of unit vectors explains, relative to the largest label. */
const SAME_LABEL = 1e-11;
/** Inputs this close to a subspace are taken to lie in it. */
const RANK_TOLERANCE = 1e-12;

/**
 * Scales inputs to the unit sphere (networks without biases are positively homogeneous, so labels
 * scale along), merges repeated directions and projects on the span of the inputs, which changes no
 * output and lengthens no neuron. Data of every scale are brought to an ordinary one first.
 *
 * @throws RangeError when shapes do not fit or a number is not finite
 */
export function prepareProblem(problem: InterpolationProblem): PreparedProblem {
  checkShapes(problem.inputs, problem.labels);
  const balanced = balanceProblem(problem);
  const { inputs, labels } = balanced;
  const lengths = inputs.map(norm);
  const size = labels.reduce(
    (most, label, i) => (lengths[i] === 0 ? most : Math.max(most, Math.abs(label) / lengths[i])),
    0,
  );
  const unit: Vector[] = [];
  const values: number[] = [];
  const rows: number[] = [];
  const factors: number[] = [];
  let unsettled: string | null = null;
  for (const [i, input] of inputs.entries()) {
    const length = lengths[i];
    if (length === 0) {
      if (labels[i] === 0) continue;
      return {
        status: 'infeasible',
        reason: `input ${i} is 0 and its label ${problem.labels[i]} is not`,
      };
    }
    const direction = scale(1 / length, input);
    const label = labels[i] / length;
    const twin = unit.findIndex(
      (other) =>
        dot(direction, other) > 0.99 && norm(addScaled(direction, -1, other)) <= SAME_DIRECTION,
    );
    if (twin < 0) {
      unit.push(direction);
      values.push(label);
      rows.push(i);
      factors.push(1 / length);
      continue;
    }
    const said = compareRows(problem, rows[twin], i);
    if (said === 'same') continue;
    const pair = `inputs ${rows[twin]} and ${i}`;
    if (Math.abs(values[twin] - label) > SAME_LABEL * size) {
      return said === 'contradictory'
        ? { status: 'infeasible', reason: `${pair} have one direction and contradictory labels` }
        : {
            status: 'unresolved',
            reason: `${pair} have other labels, but directions within ${SAME_DIRECTION} of one another`,
          };
    }
    unsettled ??=
      said === 'near'
        ? `${pair} have directions within ${SAME_DIRECTION} of one another`
        : `${pair} have one direction, and labels that differ by rounding`;
  }
  if (values.every((value) => value === 0)) return { status: 'zero' };
  const opposite = oppositeInputs(unit, values, SAME_LABEL * size);
  const { implied, contradiction } = opposite;
  if (contradiction !== null || implied.length > 0) {
    const pairs = opposite.pairs.map(([i, j]): [number, number] => [rows[i], rows[j]]);
    const said = comparePairs(problem, pairs, opposite.independent);
    if (contradiction !== null) {
      const [i, j] = contradiction;
      const pair = `inputs ${rows[i]} and ${rows[j]}`;
      return said === 'contradictory'
        ? {
            status: 'infeasible',
            reason: `${pair} are opposite and their labels contradict those of other such pairs`,
          }
        : {
            status: 'unresolved',
            reason: `${pair} are so nearly opposite, or other such pairs so nearly dependent, that rounding decides`,
          };
    }
    if (said !== 'implied') {
      unsettled ??= 'pairs of opposite inputs agree with one another up to rounding only';
    }
  }
  for (const k of implied.toSorted((a, b) => b - a)) {
    for (const list of [unit, values, rows, factors]) list.splice(k, 1);
  }
  const frame = spanningFrame(unit);
  const spans = frame.length === inputs[0].length;
  return {
    status: 'ready',
    balanced,
    inputs: spans ? unit : unit.map((x) => inFrame(frame, x)),
    labels: values,
    rows,
    factors,
    frame: spans ? null : frame,
    unsettled,
  };
}

/** Coordinates of a vector in a frame of orthonormal rows, scaled to unit length where it is a direction. */
export function inFrame(frame: readonly Vector[], x: Vector): number[] {
  return frame.map((row) => dot(row, x));
}

/** The vector with the given coordinates in a frame, in the coordinates of the data. */
export function outOfFrame(frame: readonly Vector[] | null, coordinates: Vector): number[] {
  if (frame === null) return [...coordinates];
  let sum = frame[0].map(() => 0);
  for (const [k, row] of frame.entries()) sum = addScaled(sum, coordinates[k], row);
  return sum;
}

/** Gram–Schmidt with the farthest vector first; each step runs twice, which keeps it orthonormal. */
export function spanningFrame(vectors: readonly Vector[]): number[][] {
  const frame: number[][] = [];
  for (;;) {
    let best: number[] = [];
    let bestNorm = RANK_TOLERANCE;
    for (const vector of vectors) {
      let rest = [...vector];
      for (let pass = 0; pass < 2; pass += 1) {
        for (const row of frame) rest = addScaled(rest, -dot(row, rest), row);
      }
      const length = norm(rest);
      if (length > bestNorm) {
        best = scale(1 / length, rest);
        bestNorm = length;
      }
    }
    if (best.length === 0) return frame;
    frame.push(best);
    if (frame.length === best.length) return frame;
  }
}

function checkShapes(inputs: Matrix, labels: Vector): void {
  if (inputs.length === 0) {
    throw new RangeError('prepareProblem: inputs must hold at least one row, got 0');
  }
  if (labels.length !== inputs.length) {
    throw new RangeError(
      `prepareProblem: labels must have length ${inputs.length} (rows of inputs), got ${labels.length}`,
    );
  }
  const inputDim = inputs[0].length;
  if (inputDim === 0) {
    throw new RangeError('prepareProblem: inputs must have at least one column, got 0');
  }
  for (const [i, input] of inputs.entries()) {
    if (input.length !== inputDim) {
      throw new RangeError(
        `prepareProblem: inputs[${i}] must have length ${inputDim} (length of inputs[0]), got ${input.length}`,
      );
    }
    for (const entry of [...input, labels[i]]) {
      if (!Number.isFinite(entry)) {
        throw new RangeError(`prepareProblem: row ${i} must be finite, got ${entry}`);
      }
    }
  }
}
