import { checkOptimum, provesInfeasible, provesUnbounded } from './linear-program-check.js';
import type { OptimumCheck } from './linear-program-check.js';
import { elastic, rowProgram } from './linear-program-data.js';
import type { RowProgram } from './linear-program-data.js';
import { callHighs, dropRuntime } from './linear-program-runtime.js';
import type { RawOutcome, SolverSettings } from './linear-program-runtime.js';
import { equilibrate, scaled, unscaledDual, unscaledPrimal } from './linear-program-scaling.js';

/** A row by its nonzero entries: values[k] belongs to variable indices[k]; no index twice. */
export interface SparseRow {
  readonly indices: readonly number[];
  readonly values: readonly number[];
}

/** lower ≤ coefficients·x ≤ upper; a bound left out or infinite is none. */
export interface LinearConstraint {
  /** Dense of length (variables), or sparse. */
  readonly coefficients: readonly number[] | SparseRow;
  readonly lower?: number;
  readonly upper?: number;
}

/** lower ≤ x_j ≤ upper, with -Infinity and Infinity for none. */
export interface VariableBounds {
  readonly lower: number;
  readonly upper: number;
}

/** Minimise (or maximise) objective·x subject to rows and variable bounds. */
export interface LinearProgram {
  /** One cost per variable. */
  readonly objective: readonly number[];
  readonly constraints: readonly LinearConstraint[];
  /** Default 'non-negative': 0 ≤ x_j for all j. */
  readonly variables?: 'non-negative' | 'free' | readonly VariableBounds[];
  /** Default false. */
  readonly maximise?: boolean;
}

export interface LinearProgramSolution {
  readonly status: 'optimal' | 'infeasible' | 'unbounded' | 'failed';
  /** objective·primal; NaN unless optimal. */
  readonly objective: number;
  /**
   * The Lagrangian bound of the duals, recomputed from the data: no feasible point is better than it, up to
   * rounding and to dualResidual times the size of the point. NaN unless optimal.
   */
  readonly dualObjective: number;
  /** One value per variable; empty unless optimal. */
  readonly primal: readonly number[];
  /**
   * One shadow price per constraint: the change of the optimal objective (the stated one, also when it is
   * maximised) per unit by which the active bound of the row moves up. For a minimisation, ≥ 0 where the
   * lower bound is active and ≤ 0 where the upper one is; for a maximisation the other way round.
   * Empty unless optimal.
   */
  readonly dual: readonly number[];
  readonly message: string;
  /** The largest violation of a row or variable bound by `primal`, in the caller's units. */
  readonly primalResidual: number;
  /** The largest multiplier or reduced cost of `dual` that asks for a bound which is not there. */
  readonly dualResidual: number;
}

/**
 * First with presolve, the dual simplex method and a tight tolerance. Where that proves nothing, from the bare model:
 * by the primal method, which settles many infeasible programs that the dual one gives up, then by the dual one with
 * the tolerance that HiGHS has by default.
 */
const ATTEMPTS: readonly SolverSettings[] = [
  { presolve: 'on', method: 'dual', tolerance: 1e-9 },
  { presolve: 'off', method: 'primal', tolerance: 1e-9 },
  { presolve: 'off', method: 'dual', tolerance: 1e-7 },
];

/** An optimum is believed when residuals and gap are below this share of the sums they come from. */
const ACCEPTED = 1e-7;

/**
 * Solves a linear program with HiGHS (WebAssembly) and checks what it says.
 *
 * The data reach HiGHS as binary doubles, equilibrated by powers of two, so no digit is lost. Every answer is
 * checked in plain arithmetic: an optimum by feasible primal, feasible dual and equal objectives, infeasibility by
 * a Farkas ray, unboundedness by a direction, all up to rounding. What fails its checks is tried again, in a fresh module
 * after a crash; what fails them always is `failed`. The same program gives
 * the same bits, whatever was solved before.
 *
 * @throws RangeError when a number of the data is NaN, or infinite where it is not a bound, and when lengths or indices do not match
 */
export async function solveLinearProgram(program: LinearProgram): Promise<LinearProgramSolution> {
  const rows = rowProgram(program);
  const empty = emptyRange(rows);
  if (empty !== null) return unsolved('infeasible', empty);
  const scaling = equilibrate(rows);
  const comparable = scaled(rows, scaling);
  let message = '';
  for (const settings of ATTEMPTS) {
    const said = await callHighs(comparable, settings);
    const outcome =
      said.status === 'infeasible' && said.ray === null
        ? { ...said, ray: await elasticRay(comparable, settings) }
        : said;
    const belief = believe(comparable, outcome);
    if (belief.status === 'optimal') {
      const primal = unscaledPrimal(outcome.primal, scaling);
      const dual = unscaledDual(outcome.dual, scaling);
      return solution(checkOptimum(rows, primal, dual), primal, dual, program.maximise === true);
    }
    if (belief.status !== 'failed') return unsolved(belief.status, belief.message);
    message = belief.message;
    if (outcome.status === 'failed') dropRuntime();
  }
  return unsolved('failed', message);
}

interface Belief {
  readonly status: LinearProgramSolution['status'];
  readonly message: string;
}

function believe(program: RowProgram, outcome: RawOutcome): Belief {
  const { status, ray } = outcome;
  if (status === 'optimal') {
    const check = checkOptimum(program, outcome.primal, outcome.dual);
    const gap = Math.abs(check.objective - check.dualObjective);
    const proved =
      check.primalResidual <= ACCEPTED * check.scale.primal &&
      check.dualResidual <= ACCEPTED * check.scale.dual &&
      gap <= ACCEPTED * check.scale.objective;
    if (proved) return { status, message: 'optimal' };
    return {
      status: 'failed',
      message: `the optimum of HiGHS failed its check: in scaled units primal residual ${check.primalResidual}, dual residual ${check.dualResidual}, gap ${gap}`,
    };
  }
  if (status === 'infeasible') {
    if (ray !== null && provesInfeasible(program, ray)) {
      return { status, message: 'infeasible: a Farkas ray proves it' };
    }
    return { status: 'failed', message: 'HiGHS says infeasible, but gave no ray that proves it' };
  }
  if (status === 'unbounded') {
    if (ray !== null && provesUnbounded(program, ray)) {
      return { status, message: 'unbounded: feasible, and a direction improves for ever' };
    }
    return { status: 'failed', message: 'HiGHS says unbounded, but gave no ray that proves it' };
  }
  return { status: 'failed', message: outcome.message };
}

/**
 * Row multipliers that may prove infeasibility: the duals of the least total violation of the rows. The primal
 * simplex method gives no ray of its own.
 */
async function elasticRay(
  program: RowProgram,
  settings: SolverSettings,
): Promise<Float64Array | null> {
  const { status, dual } = await callHighs(elastic(program), settings);
  return status === 'optimal' ? dual : null;
}

function emptyRange(program: RowProgram): string | null {
  for (const [j, lower] of program.variableLower.entries()) {
    if (lower > program.variableUpper[j]) return `infeasible: variables[${j}] has lower > upper`;
  }
  for (const [i, lower] of program.rowLower.entries()) {
    if (lower > program.rowUpper[i]) return `infeasible: constraints[${i}] has lower > upper`;
  }
  return null;
}

function solution(
  check: OptimumCheck,
  primal: Float64Array,
  dual: Float64Array,
  maximise: boolean,
): LinearProgramSolution {
  const sign = maximise ? -1 : 1;
  return {
    status: 'optimal',
    // Adding 0 turns −0 into 0.
    objective: sign * check.objective + 0,
    dualObjective: sign * check.dualObjective + 0,
    primal: Array.from(primal, (entry) => entry + 0),
    dual: Array.from(dual, (entry) => sign * entry + 0),
    message: 'optimal',
    primalResidual: check.primalResidual,
    dualResidual: check.dualResidual,
  };
}

function unsolved(
  status: 'infeasible' | 'unbounded' | 'failed',
  message: string,
): LinearProgramSolution {
  return {
    status,
    objective: NaN,
    dualObjective: NaN,
    primal: [],
    dual: [],
    message,
    primalResidual: NaN,
    dualResidual: NaN,
  };
}
