import { addScaled, norm, randomSource, scale, timesPowerOfTwo } from '../../math/index.js';
import type { Vector } from '../../model/index.js';
import { compensatedDot } from './compensated-dot.js';
import type { InterpolationProblem, UnitProblem } from './interpolation-problem.js';
import { inFrame, outOfFrame, prepareProblem } from './interpolation-problem.js';
import { completeInterpolant, solveMaster } from './interpolant.js';
import type { PricedDirection } from './pricing.js';
import { priceDirections } from './pricing.js';
import { randomDirection } from './pricing-ascent.js';
import type { MinimumNormOptions, MinimumNormResult } from './result.js';
import { NOTHING } from './result.js';

/** Directions added in one round are at least this far apart (rad), so that they do not repeat each other. */
const SPREAD = 0.03;

/**
 * Minimum-norm interpolation by two-layer ReLU networks without biases, over all widths: minimise
 * Σ|mass| over signed measures on the sphere that interpolate, by column generation with HiGHS as the master solver.
 * The dual max Σλ_iy_i subject to |g(w)| ≤ 1 bounds it from below ([song2022], (5); ‖θ‖² ≥ 2Σ|a_j|‖b_j‖). Bounds are as
 * computed: `proved` is false. The independent oracle of `solveMinimumNorm`.
 *
 * @throws RangeError when shapes do not fit or a number is not finite
 */
export async function minimumNormByLinearPrograms(
  problem: InterpolationProblem,
  options: MinimumNormOptions = {},
): Promise<MinimumNormResult> {
  const prepared = prepareProblem(problem);
  const rows = problem.inputs.length;
  if (prepared.status === 'infeasible' || prepared.status === 'unresolved') {
    const { status, reason } = prepared;
    return { ...NOTHING, status, reason, upper: Infinity, dual: [] };
  }
  if (prepared.status === 'zero') {
    const dual = Array.from({ length: rows }, () => 0);
    return { ...NOTHING, status: 'optimal', reason: 'every label is 0', dual };
  }
  const { rowExponents, labelExponent } = prepared.balanced;
  const { enough = -Infinity } = options;
  const found = await generateColumns(prepared, {
    ...options,
    enough: timesPowerOfTwo(enough, -labelExponent),
  });
  const up = (value: number): number => timesPowerOfTwo(value, labelExponent);
  const dual = Array.from({ length: rows }, () => 0);
  for (const [k, row] of prepared.rows.entries()) {
    dual[row] = timesPowerOfTwo(found.dual[k] * prepared.factors[k], -rowExponents[row]);
  }
  const back = (direction: Vector): number[] => outOfFrame(prepared.frame, direction);
  return {
    ...found,
    lower: up(found.lower),
    upper: up(found.upper),
    residual: up(found.residual),
    dual,
    atoms: found.atoms
      .filter(({ mass }) => mass !== 0)
      .map(({ direction, mass }) => ({ direction: back(direction), mass: up(mass) })),
  };
}

/** Column generation on prepared data; `options.start` in the coordinates of the data as given. */
export async function generateColumns(
  prepared: UnitProblem,
  options: MinimumNormOptions,
): Promise<MinimumNormResult> {
  const { inputs, labels, frame } = prepared;
  const { maxRounds = 60, columnsPerRound = 12, gap = 1e-8, enough = -Infinity } = options;
  const directions = startDirections(inputs, frame, options.start ?? []);
  let best: MinimumNormResult = {
    ...NOTHING,
    reason: 'no round was completed',
    upper: Infinity,
    dual: inputs.map(() => 0),
  };
  let priced = true;
  for (let round = 1; round <= maxRounds; round += 1) {
    const master = await solveMaster(inputs, labels, directions);
    if (master.status === 'failed') return { ...best, status: 'failed', reason: master.message };
    const interpolant = completeInterpolant(inputs, labels, master.atoms);
    const pricing = priceDirections(inputs, master.dual);
    const { high, low } = compensatedDot(master.dual, labels);
    const value = high + low;
    priced = pricing.exact;
    const lower = pricing.exact
      ? Math.max(0, (value - pricing.rounding) / Math.max(1, pricing.largest + pricing.rounding))
      : 0;
    best = { ...best, rounds: round, columns: directions.length };
    if (interpolant !== null && interpolant.norm < best.upper) {
      const { atoms, norm: upper, residual } = interpolant;
      best = { ...best, upper, residual, atoms };
    }
    if (lower >= best.lower) best = { ...best, lower, dual: master.dual };
    if (best.upper < enough || closed(best, gap)) break;
    if (addColumns(directions, pricing.candidates, columnsPerRound) === 0) break;
  }
  if (closed(best, gap)) {
    return {
      ...best,
      status: 'optimal',
      reason: `gap ${(best.upper - best.lower).toExponential(1)}`,
    };
  }
  return {
    ...best,
    status: priced ? 'bounded' : 'upper-only',
    reason: priced
      ? `gap ${(best.upper - best.lower).toExponential(1)} after ${best.rounds} rounds`
      : `pricing by ascent proves no lower bound (dimension ${inputs[0].length}, ${inputs.length} inputs)`,
  };
}

function closed({ lower, upper }: MinimumNormResult, gap: number): boolean {
  return Number.isFinite(upper) && upper - lower <= gap * upper;
}

/** The given directions and enough others that some network with them interpolates any labels. */
function startDirections(
  inputs: readonly Vector[],
  frame: readonly Vector[] | null,
  given: readonly Vector[],
): Vector[] {
  const directions: Vector[] = [];
  for (const direction of given) {
    const inside = frame === null ? direction : inFrame(frame, direction);
    const length = norm(inside);
    if (length > 0) directions.push(scale(1 / length, inside));
  }
  const random = randomSource('minimum-norm', 'start', inputs.length, inputs[0].length);
  for (const x of inputs) directions.push(x, scale(-1, x));
  // In general position two random directions an input span R^N with the inputs; in the plane the ends of all
  // cells do so however close inputs are.
  if (inputs[0].length === 2) {
    for (const [x, y] of inputs) directions.push([-y, x], [y, -x]);
  }
  for (let k = 0; k < 2 * inputs.length; k += 1) {
    directions.push(randomDirection(inputs[0].length, random.uniform));
  }
  return directions;
}

function addColumns(
  directions: Vector[],
  candidates: readonly PricedDirection[],
  most: number,
): number {
  const added: Vector[] = [];
  for (const { direction, value } of candidates) {
    if (added.length >= most || Math.abs(value) <= 1 + 1e-10) break;
    const near = (other: Vector): boolean => norm(addScaled(direction, -1, other)) < SPREAD;
    if (added.some(near)) continue;
    added.push(direction);
  }
  directions.push(...added);
  return added.length;
}
