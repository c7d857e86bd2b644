import type { RowProgram } from './linear-program-data.js';

/** Binary exponents that make a program's coefficients comparable; multiplying by 2^e is exact. */
export interface Scaling {
  readonly row: Int32Array;
  readonly variable: Int32Array;
  readonly cost: number;
  /** All bounds, of rows and of variables. */
  readonly bound: number;
}

const PASSES = 6;
/** Exponents stay so small that neither a coefficient nor a bound leaves the normal doubles. */
const EXPONENT_LIMIT = 200;

/**
 * Geometric-mean equilibration with powers of two: alternately every row and every column is scaled
 * so that the product of its smallest and largest coefficient is about 1.
 *
 * HiGHS has absolute tolerances and drops coefficients of magnitude ≤ 1e-9, which would change programs
 * with data like 1e-8…1e8; powers of two change no bit of a mantissa.
 */
export function equilibrate(program: RowProgram): Scaling {
  const rows = program.rowLower.length;
  const { variables, starts, indices, values } = program;
  const row = new Int32Array(rows);
  const variable = new Int32Array(variables);
  const exponents = Int32Array.from(values, (value) => exponentOf(value));
  for (let pass = 0; pass < PASSES; pass += 1) {
    const low = new Int32Array(variables).fill(0x7fffffff);
    const high = new Int32Array(variables).fill(-0x7fffffff);
    for (let i = 0; i < rows; i += 1) {
      let least = Infinity;
      let most = -Infinity;
      for (let k = starts[i]; k < starts[i + 1]; k += 1) {
        const e = exponents[k] + variable[indices[k]];
        least = Math.min(least, e);
        most = Math.max(most, e);
      }
      if (least <= most) row[i] = clamp(-Math.round((least + most) / 2));
      for (let k = starts[i]; k < starts[i + 1]; k += 1) {
        const e = exponents[k] + row[i];
        low[indices[k]] = Math.min(low[indices[k]], e);
        high[indices[k]] = Math.max(high[indices[k]], e);
      }
    }
    for (let j = 0; j < variables; j += 1) {
      if (low[j] <= high[j]) variable[j] = clamp(-Math.round((low[j] + high[j]) / 2));
    }
  }
  let dearest = -Infinity;
  for (let j = 0; j < variables; j += 1) {
    if (program.cost[j] !== 0) {
      dearest = Math.max(dearest, exponentOf(program.cost[j]) + variable[j]);
    }
  }
  const cost = Number.isFinite(dearest) ? clamp(-dearest) : 0;
  return { row, variable, cost, bound: boundExponent(program, row, variable) };
}

/** Brings all bounds up when all are below 1, and down when all are above; else leaves them. */
function boundExponent(program: RowProgram, row: Int32Array, variable: Int32Array): number {
  let least = Infinity;
  let most = -Infinity;
  function note(bound: number, exponent: number): void {
    if (bound === 0 || !Number.isFinite(bound)) return;
    const e = exponentOf(bound) + exponent;
    least = Math.min(least, e);
    most = Math.max(most, e);
  }
  for (let i = 0; i < row.length; i += 1) {
    note(program.rowLower[i], row[i]);
    note(program.rowUpper[i], row[i]);
  }
  for (let j = 0; j < variable.length; j += 1) {
    note(program.variableLower[j], -variable[j]);
    note(program.variableUpper[j], -variable[j]);
  }
  if (most < 0 && Number.isFinite(most)) return clamp(-most);
  return least > 0 && Number.isFinite(least) ? clamp(-least) : 0;
}

/** The program in scaled units: x̃ⱼ = xⱼ·2^(bound − variableⱼ), rows times 2^row, bounds also times 2^bound. */
export function scaled(program: RowProgram, scaling: Scaling): RowProgram {
  const { starts, indices } = program;
  const values = Float64Array.from(program.values);
  for (let i = 0; i < program.rowLower.length; i += 1) {
    for (let k = starts[i]; k < starts[i + 1]; k += 1) {
      values[k] *= power(scaling.row[i] + scaling.variable[indices[k]]);
    }
  }
  return {
    ...program,
    cost: program.cost.map((entry, j) => entry * power(scaling.variable[j] + scaling.cost)),
    variableLower: program.variableLower.map(
      (bound, j) => bound * power(scaling.bound - scaling.variable[j]),
    ),
    variableUpper: program.variableUpper.map(
      (bound, j) => bound * power(scaling.bound - scaling.variable[j]),
    ),
    rowLower: program.rowLower.map((bound, i) => bound * power(scaling.bound + scaling.row[i])),
    rowUpper: program.rowUpper.map((bound, i) => bound * power(scaling.bound + scaling.row[i])),
    values,
  };
}

/** A primal point of the scaled program in the units of the original one. */
export function unscaledPrimal(point: Float64Array, scaling: Scaling): Float64Array {
  return point.map((entry, j) => entry * power(scaling.variable[j] - scaling.bound));
}

/** Row duals of the scaled program in the units of the original one. */
export function unscaledDual(dual: Float64Array, scaling: Scaling): Float64Array {
  return dual.map((entry, i) => entry * power(scaling.row[i] - scaling.cost));
}

function clamp(exponent: number): number {
  return Math.max(-EXPONENT_LIMIT, Math.min(EXPONENT_LIMIT, exponent));
}

/** 2^exponent, exact for |exponent| ≤ 1022: powers of two by repeated squaring do not round. */
function power(exponent: number): number {
  let result = 1;
  let base = exponent < 0 ? 0.5 : 2;
  for (let e = Math.abs(exponent); e > 0; e >>= 1) {
    if (e & 1) result *= base;
    base *= base;
  }
  return result;
}

const bits = new DataView(new ArrayBuffer(8));

/** ⌊log₂|value|⌋ of a nonzero normal double; about −1023 for subnormal ones. */
function exponentOf(value: number): number {
  bits.setFloat64(0, value);
  return ((bits.getUint16(0) >> 4) & 0x7ff) - 1023;
}
