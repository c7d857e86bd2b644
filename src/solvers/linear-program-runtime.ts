import highsLoader from 'highs';
import type { Highs } from 'highs';
import type { RowProgram } from './linear-program-data.js';

/** A runtime is dropped after so many solves: its memory grows and crashes after thousands are on record. */
const SOLVES_PER_RUNTIME = 1000;

/** Numbers of the simplex methods in HiGHS's option `simplex_strategy`. */
const STRATEGY = { dual: 1, primal: 4 } as const;

/** What one call of HiGHS says, before anything is believed. */
export interface RawOutcome {
  readonly status: 'optimal' | 'infeasible' | 'unbounded' | 'undecided' | 'failed';
  readonly message: string;
  readonly primal: Float64Array;
  readonly dual: Float64Array;
  /** A direction for `infeasible` (row multipliers) or `unbounded` (variables), where HiGHS has one. */
  readonly ray: Float64Array | null;
}

export interface SolverSettings {
  readonly presolve: 'on' | 'off';
  readonly method: 'dual' | 'primal';
  /** Absolute feasibility tolerance of primal and dual. */
  readonly tolerance: number;
}

interface Runtime {
  readonly highs: Highs;
  solves: number;
}

/** The package declares the types of its CommonJS build, where the loader is a property; its ES build is the loader. */
const load = highsLoader as unknown as typeof highsLoader.default;

let loading: Promise<Runtime> | null = null;

/** Solves one program in a fresh HiGHS instance. Never throws: a crash is a `failed` outcome. */
export async function callHighs(
  program: RowProgram,
  settings: SolverSettings,
): Promise<RawOutcome> {
  try {
    const runtime = await currentRuntime();
    runtime.solves += 1;
    if (runtime.solves >= SOLVES_PER_RUNTIME) loading = null;
    return callRuntime(runtime.highs, program, settings);
  } catch (error) {
    loading = null;
    const reason = error instanceof Error ? error.message : String(error);
    return failed(`HiGHS crashed: ${reason}`);
  }
}

/** Makes the next solve start with a freshly instantiated module. */
export function dropRuntime(): void {
  loading = null;
}

function currentRuntime(): Promise<Runtime> {
  loading ??= load().then((highs) => ({ highs, solves: 0 }));
  return loading;
}

function callRuntime(highs: Highs, program: RowProgram, settings: SolverSettings): RawOutcome {
  const rows = program.rowLower.length;
  const model = highs.createModel({
    numCols: program.variables,
    numRows: rows,
    sense: highs.constants.objectiveSense.minimize,
    colCost: program.cost,
    colLower: program.variableLower,
    colUpper: program.variableUpper,
    rowLower: program.rowLower,
    rowUpper: program.rowUpper,
    matrix: {
      format: 'csr',
      numRows: rows,
      numCols: program.variables,
      starts: program.starts,
      indices: program.indices,
      values: program.values,
    },
  });
  try {
    model.options.set({
      output_flag: false,
      solver: 'simplex',
      presolve: settings.presolve,
      simplex_strategy: STRATEGY[settings.method],
      small_matrix_value: 1e-12,
      primal_feasibility_tolerance: settings.tolerance,
      dual_feasibility_tolerance: settings.tolerance,
    });
    const code = model.run().modelStatus;
    const known = highs.constants.modelStatus;
    if (code === known.infeasible) {
      return {
        ...failed('infeasible'),
        status: 'infeasible',
        ray: dense(model.getDualRay(), rows),
      };
    }
    if (code === known.unbounded) {
      const ray = dense(model.getPrimalRay(), program.variables);
      return { ...failed('unbounded'), status: 'unbounded', ray };
    }
    if (code === known.unboundedOrInfeasible) {
      return { ...failed('unbounded or infeasible'), status: 'undecided' };
    }
    if (code !== known.optimal) return failed(`HiGHS ended with model status ${code}`);
    const { colValue, rowDual } = model.getSolution();
    return { status: 'optimal', message: 'optimal', primal: colValue, dual: rowDual, ray: null };
  } finally {
    model.dispose();
  }
}

type Ray = ReturnType<ReturnType<Highs['createModel']>['getDualRay']>;

function dense(ray: Ray, length: number): Float64Array | null {
  return ray !== undefined && ray.values.length === length ? ray.values : null;
}

function failed(message: string): RawOutcome {
  return {
    status: 'failed',
    message,
    primal: new Float64Array(0),
    dual: new Float64Array(0),
    ray: null,
  };
}
