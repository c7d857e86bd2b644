import type { RowProgram } from './linear-program-data.js';

/** What a primal point and row duals prove about a minimisation, recomputed from its data. */
export interface OptimumCheck {
  readonly objective: number;
  /** The Lagrangian value of the duals: a lower bound of the minimum when dualResidual is 0. */
  readonly dualObjective: number;
  /** The largest violation of a row or of a variable bound by the primal point. */
  readonly primalResidual: number;
  /** The largest dual or reduced cost whose sign asks for a bound that is not there. */
  readonly dualResidual: number;
  /** The largest sum of absolute terms behind any of the three sums above, at least 1. */
  readonly scale: { readonly primal: number; readonly dual: number; readonly objective: number };
}

/**
 * Recomputes both objectives and both residuals of a minimisation from its data.
 *
 * For row duals y and reduced costs d = c − Aᵀy the Lagrangian bound is
 * Σᵢ (yᵢ > 0 ? yᵢ·lowerᵢ : yᵢ·upperᵢ) + Σⱼ (dⱼ > 0 ? dⱼ·lowerⱼ : dⱼ·upperⱼ);
 * a term with an infinite bound counts 0 there and |yᵢ| or |dⱼ| in dualResidual.
 */
export function checkOptimum(
  program: RowProgram,
  primal: Float64Array,
  dual: Float64Array,
): OptimumCheck {
  const { starts, indices, values, variables } = program;
  const reduced = Float64Array.from(program.cost);
  const reducedScale = program.cost.map(Math.abs);
  let primalResidual = 0;
  let dualResidual = 0;
  let dualObjective = 0;
  const scale = { primal: 1, dual: 1, objective: 1 };
  let magnitude = 0;

  function addBound(multiplier: number, lower: number, upper: number): void {
    if (multiplier === 0) return;
    const bound = multiplier > 0 ? lower : upper;
    if (Number.isFinite(bound)) {
      dualObjective += multiplier * bound;
      magnitude += Math.abs(multiplier * bound);
    } else {
      dualResidual = Math.max(dualResidual, Math.abs(multiplier));
    }
  }

  for (let i = 0; i < program.rowLower.length; i += 1) {
    let activity = 0;
    let size = 0;
    for (let k = starts[i]; k < starts[i + 1]; k += 1) {
      const j = indices[k];
      activity += values[k] * primal[j];
      size += Math.abs(values[k] * primal[j]);
      reduced[j] -= values[k] * dual[i];
      reducedScale[j] += Math.abs(values[k] * dual[i]);
    }
    scale.primal = Math.max(scale.primal, size);
    primalResidual = Math.max(
      primalResidual,
      program.rowLower[i] - activity,
      activity - program.rowUpper[i],
    );
    addBound(dual[i], program.rowLower[i], program.rowUpper[i]);
  }
  let objective = 0;
  let objectiveSize = 0;
  for (let j = 0; j < variables; j += 1) {
    objective += program.cost[j] * primal[j];
    objectiveSize += Math.abs(program.cost[j] * primal[j]);
    scale.dual = Math.max(scale.dual, reducedScale[j]);
    primalResidual = Math.max(
      primalResidual,
      program.variableLower[j] - primal[j],
      primal[j] - program.variableUpper[j],
    );
    addBound(reduced[j], program.variableLower[j], program.variableUpper[j]);
  }
  scale.objective = Math.max(1, objectiveSize, magnitude);
  return { objective, dualObjective, primalResidual, dualResidual, scale };
}

/**
 * Whether row multipliers prove that no point satisfies the constraints (Farkas): the Lagrangian bound
 * of the program with zero cost is positive, beyond rounding and with no sign violated. The sign of the
 * whole ray is free.
 */
export function provesInfeasible(program: RowProgram, ray: Float64Array): boolean {
  const largest = ray.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
  if (!(largest > 0) || !Number.isFinite(largest)) return false;
  const feasibility = { ...program, cost: new Float64Array(program.variables) };
  const zero = new Float64Array(program.variables);
  return [largest, -largest].some((unit) => {
    const check = checkOptimum(
      feasibility,
      zero,
      ray.map((entry) => entry / unit),
    );
    return (
      check.dualResidual <= RAY_TOLERANCE * check.scale.dual &&
      check.dualObjective > RAY_TOLERANCE * check.scale.objective
    );
  });
}

/**
 * Whether a direction keeps every constraint and lowers the objective, so that the program is
 * unbounded as soon as it is feasible.
 */
export function provesUnbounded(program: RowProgram, ray: Float64Array): boolean {
  const largest = ray.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
  if (!(largest > 0) || !Number.isFinite(largest)) return false;
  const unit = ray.map((entry) => entry / largest);
  const cone = {
    ...program,
    rowLower: program.rowLower.map(recession),
    rowUpper: program.rowUpper.map(recession),
    variableLower: program.variableLower.map(recession),
    variableUpper: program.variableUpper.map(recession),
  };
  const check = checkOptimum(cone, unit, new Float64Array(program.rowLower.length));
  return (
    check.primalResidual <= RAY_TOLERANCE * check.scale.primal && check.objective < -RAY_TOLERANCE
  );
}

/** What a bound asks of a direction: nothing where there is none, else that it does not move past 0. */
function recession(bound: number): number {
  return Number.isFinite(bound) ? 0 : bound;
}

/** A ray's rounding errors are far below this; a ray that proves less is not trusted. */
const RAY_TOLERANCE = 1e-9;
