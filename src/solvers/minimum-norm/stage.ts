import { correctionBasis } from './correction-basis.js';
import type { Entering } from './entering-column.js';
import { createEntering, faceKeys, fillColumn } from './entering-column.js';
import { newtonFinish } from './newton-finish.js';
import type { NewtonState } from './newton-state.js';
import { createNewton } from './newton-state.js';
import { perturb } from './perturb.js';
import type { Priced, Pricer } from './pricer.js';
import { WORTH_ENTERING } from './pricer.js';
import { renew } from './renew.js';
import { rowProduct } from './row-products.js';
import type { SignedSimplex } from './signed-simplex.js';
import {
  crashColumn,
  createSimplex,
  settleSigns,
  enterColumn,
  enterLinearColumns,
  recomputeDual,
  refactor,
  restart,
  startSimplex,
} from './signed-simplex.js';

/** Reusable memory for problems of one size and dimension. */
export interface Workspace {
  readonly size: number;
  readonly dim: number;
  readonly simplex: SignedSimplex;
  readonly newton: NewtonState;
  readonly entering: Entering;
  readonly keys: Float64Array;
  readonly labels: Float64Array;
  readonly scratch: Float64Array;
  readonly order: Int32Array;
}

let last: Workspace | null = null;

/** The workspace of the last size is kept: inner loops solve many problems of one size. */
export function workspaceOf(size: number, dim: number): Workspace {
  if (last !== null && last.size === size && last.dim === dim) return last;
  last = {
    size,
    dim,
    simplex: createSimplex(size, dim),
    newton: createNewton(size, dim),
    entering: createEntering(size, dim),
    keys: faceKeys(size),
    labels: new Float64Array(size),
    scratch: new Float64Array(size * size),
    order: new Int32Array(32),
  };
  return last;
}

export interface StageOptions {
  readonly even: boolean;
  /** Directions to enter first, each unit. */
  readonly start: readonly ArrayLike<number>[];
  /** Which perturbation of the labels; others lead to other optimal duals where these are many. Default 0. */
  readonly variant?: number;
  /** Relative size of that perturbation. Default 1e-7. */
  readonly perturbation?: number;
  /** Whether to start from as many columns as are independent, for inputs very near others. Default false. */
  readonly thorough?: boolean;
  /** Whether to start from the basis of the last stage, of the same problem and as even. Default false. */
  readonly warm?: boolean;
  /** How often to renew the inverse where the stage would end, and go on (see `renew`). Default 0. */
  readonly renewals?: number;
  readonly mostPivots: number;
  /** Relative gap wanted. */
  readonly gap: number;
  /** The stage may end once an interpolant's norm is surely below this. */
  readonly enough: number;
  /** The stage may end once the dual value is surely above this. */
  readonly target: number;
}

export interface StageOutcome {
  /** 'newton': the answer is in workspace.newton; 'simplex': in workspace.simplex. */
  readonly by: 'newton' | 'simplex';
  readonly ended: 'optimal' | 'enough' | 'target' | 'pivots' | 'stuck';
  readonly rounds: number;
  readonly pivots: number;
}

/** Cost of artificial columns at the start, in units of the cost of a unit neuron. */
const ARTIFICIAL_COST = 1000;
/** Artificial columns that carry mass at this cost mean that the labels are not met at any price float64 can hold. */
const MOST_ARTIFICIAL_COST = 1e13;
/**
 * Relative size of the perturbation of labels. Teacher labels make bases degenerate (zeros, few neurons); distinct
 * shifts of 1e-7 keep ratio tests decided far above rounding, and the answer is computed from the true labels.
 */
const PERTURBATION = 1e-7;
/** Newton's method is tried when max |g| is this near 1, and again after some more rounds. */
const NEWTON_FROM = 0.05;

/**
 * Column generation with the signed simplex and Newton's method from its bases. Ends with a dual vector λ,
 * |g| ≤ 1 + gap/4 for the (even) problem, and a basis whose masses meet the perturbed labels.
 */
export function runStage(
  workspace: Workspace,
  pricer: Pricer,
  labels: Float64Array,
  options: StageOptions,
): StageOutcome {
  const { simplex, newton, entering, keys, order, size, dim } = workspace;
  const { even, gap } = options;
  perturb(workspace.labels, labels, options.perturbation ?? PERTURBATION, options.variant ?? 0);
  if (options.warm && refactor(simplex, workspace.scratch)) {
    restart(simplex, workspace.labels);
  } else {
    startSimplex(simplex, workspace.labels, ARTIFICIAL_COST);
    if (even) enterLinearColumns(simplex, entering, pricer.inputs);
    if (dim === 2 || options.thorough) crash(workspace, pricer, options);
  }
  for (const direction of options.start) enterDirection(workspace, pricer, direction, even);
  const tolerance = gap / 8;
  let far = true;
  let nextNewton = 0;
  let refactored = 0;
  let renewals = options.renewals ?? 0;
  let renewedAt = -1;
  let rounds = 0;
  const outcome = (by: 'newton' | 'simplex', ended: StageOutcome['ended']): StageOutcome => ({
    by,
    ended,
    rounds,
    pivots: simplex.pivots,
  });
  while (simplex.pivots < options.mostPivots && rounds < 4 * options.mostPivots) {
    const priced: Priced = far
      ? priceFar(pricer, simplex.dual, even)
      : pricer.price(simplex.dual, even);
    const { largest, count, values, directions, walls } = priced;
    far = largest > FAR;
    rounds += 1;
    if (simplex.artificials === 0 && largest < 1 + NEWTON_FROM) {
      if (options.enough > -Infinity && objective(simplex) < options.enough * (1 - 1e-6)) {
        return outcome('simplex', 'enough');
      }
      if (simplex.pivots >= nextNewton && largest > 1 + tolerance) {
        if (newtonFinish(newton, simplex, pricer.inputs, workspace.labels) && positive(newton)) {
          if (pricer.price(newton.dual, even).largest <= 1 + tolerance) {
            return outcome('newton', 'optimal');
          }
          pricer.price(simplex.dual, even);
        }
        nextNewton = simplex.pivots + size;
      }
    }
    if (
      options.target < Infinity &&
      largest < (pricer.priceSome === null ? 1.5 : FAR) &&
      value(simplex.dual, labels) >= options.target * Math.max(1, largest)
    ) {
      return outcome('simplex', 'target');
    }
    if (largest <= 1 + tolerance) {
      if (simplex.artificials === 0 || simplex.artificialCost >= MOST_ARTIFICIAL_COST) {
        if (renewals === 0 || simplex.pivots === renewedAt || !renew(workspace)) {
          return outcome('simplex', 'optimal');
        }
        renewals -= 1;
        renewedAt = simplex.pivots;
        continue;
      }
      simplex.artificialCost *= 30;
      recomputeDual(simplex);
      continue;
    }
    const wanted = 1 + Math.max(tolerance, dim === 2 ? 0 : WORTH_ENTERING * (largest - 1));
    sortBySize(order, values, count);
    let entered = 0;
    for (let q = 0; q < count; q += 1) {
      const c = order[q];
      for (let k = 0; k < dim; k += 1) entering.direction[k] = directions[c * dim + k];
      entering.walls[0] = walls[2 * c];
      entering.walls[1] = walls[2 * c + 1];
      fillColumn(entering, pricer.inputs, keys, even);
      const g = value(simplex.dual, entering.column);
      if (Math.abs(g) <= wanted && q > 0) continue;
      if (Math.abs(g) > 1 && enterColumn(simplex, entering, g)) entered += 1;
    }
    if (entered === 0) {
      // No safe pivot: the inverse has drifted, or the basis is singular to working precision.
      if (refactored >= 3 || !refactor(simplex, workspace.scratch))
        return outcome('simplex', 'stuck');
      refactored += 1;
      recomputeDual(simplex);
    }
  }
  return outcome('simplex', 'pivots');
}

/** Kinks across inputs 0.01 apart differ by about this. */
const CRASH_PIVOT = 1e-2;
/** Below this a pivot is rounding. */
const LEAST_CRASH_PIVOT = 1e-14;

/**
 * Columns that make a feasible start without pricing. In the plane: kinks across the inputs, each of which bends at one
 * input only. In space: those of the correction basis.
 */
function crash(
  { simplex, entering, keys, size, dim }: Workspace,
  { inputs }: Pricer,
  { even, thorough }: StageOptions,
): void {
  const least = thorough ? LEAST_CRASH_PIVOT : CRASH_PIVOT;
  const bring = (wall: number, sign: number): void => {
    entering.walls[0] = wall;
    entering.walls[1] = -1;
    for (let k = 0; k < dim; k += 1) entering.direction[k] *= sign;
    fillColumn(entering, inputs, keys, even);
    crashColumn(simplex, entering, least);
  };
  if (dim === 2) {
    for (let i = 0; i < size; i += 1) {
      entering.direction[0] = -inputs[2 * i + 1];
      entering.direction[1] = inputs[2 * i];
      bring(i, 1);
    }
  } else {
    const functions = correctionBasis(inputs, size, dim)?.functions ?? [];
    for (const sign of even ? [1] : [1, -1]) {
      for (const { direction, linear } of functions) {
        if (linear) continue;
        for (let k = 0; k < dim; k += 1) entering.direction[k] = direction[k];
        bring(-1, sign);
      }
    }
  }
  settleSigns(simplex);
}

/** Above this the largest |g| itself does not matter, only that columns are worth entering. Above 1 + NEWTON_FROM. */
const FAR = 1.1;

function priceFar(pricer: Pricer, dual: Float64Array, even: boolean): Priced {
  if (pricer.priceSome !== null) {
    const some = pricer.priceSome(dual, even);
    if (some.largest > FAR) return some;
  }
  return pricer.price(dual, even);
}

function enterDirection(
  { simplex, entering, keys, dim }: Workspace,
  pricer: Pricer,
  direction: ArrayLike<number>,
  even: boolean,
): void {
  for (let k = 0; k < dim; k += 1) entering.direction[k] = direction[k];
  entering.walls.fill(-1);
  fillColumn(entering, pricer.inputs, keys, even);
  const g = value(simplex.dual, entering.column);
  if (Math.abs(g) > 1) enterColumn(simplex, entering, g);
}

function positive({ count, signs, masses }: NewtonState): boolean {
  let largest = 0;
  for (let c = 0; c < count; c += 1) largest = Math.max(largest, Math.abs(masses[c]));
  for (let c = 0; c < count; c += 1) {
    if (signs[c] !== 0 && masses[c] < -1e-10 * largest) return false;
  }
  return true;
}

function objective({ size, faces, masses }: SignedSimplex): number {
  let sum = 0;
  for (let j = 0; j < size; j += 1) if (faces[j] >= 0) sum += Math.abs(masses[j]);
  return sum;
}

function value(dual: Float64Array, entries: Float64Array): number {
  return rowProduct(dual, 0, entries, 0, dual.length);
}

/** Indices by falling |value|: insertion sort of at most 24. */
function sortBySize(order: Int32Array, values: Float64Array, count: number): void {
  for (let c = 0; c < count; c += 1) {
    let k = c;
    while (k > 0 && Math.abs(values[order[k - 1]]) < Math.abs(values[c])) {
      order[k] = order[k - 1];
      k -= 1;
    }
    order[k] = c;
  }
}
