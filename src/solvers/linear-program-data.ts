import { notOneOf, requireOneOf } from '../math/index.js';
import type { LinearProgram, SparseRow } from './linear-program.js';

/** A checked linear program in compressed rows, in the sense of minimisation. */
export interface RowProgram {
  readonly variables: number;
  readonly cost: Float64Array;
  readonly variableLower: Float64Array;
  readonly variableUpper: Float64Array;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  /** Row i occupies positions starts[i] … starts[i+1] − 1 of indices and values. */
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

/**
 * Checks a program and stores it in compressed rows; a maximisation becomes a minimisation of the
 * negated objective. Zero coefficients are left out.
 *
 * @throws RangeError on NaN, on an infinite coefficient, on bounds that no number satisfies because
 *   one is infinite on the wrong side, on lengths that do not match, on an index out of range or repeated,
 *   on an unknown kind of variables
 */
export function rowProgram(program: LinearProgram): RowProgram {
  const variables = program.objective.length;
  if (variables === 0) {
    throw new RangeError('solveLinearProgram: objective must have at least one entry, got 0');
  }
  requireOneOf('solveLinearProgram', 'maximise', program.maximise, [undefined, false, true]);
  const sign = program.maximise === true ? -1 : 1;
  // Adding 0 turns −0 into 0, so that equal programs are equal bit for bit.
  const cost = Float64Array.from(program.objective, (entry, j) => {
    finite(`objective[${j}]`, entry);
    return sign * entry + 0;
  });
  const { lower: variableLower, upper: variableUpper } = boundArrays(program.variables, variables);
  const rows = program.constraints.length;
  const rowLower = new Float64Array(rows);
  const rowUpper = new Float64Array(rows);
  const starts = new Int32Array(rows + 1);
  const indices: number[] = [];
  const values: number[] = [];
  for (const [i, constraint] of program.constraints.entries()) {
    rowLower[i] = constraint.lower ?? -Infinity;
    rowUpper[i] = constraint.upper ?? Infinity;
    bounds(`constraints[${i}]`, rowLower[i], rowUpper[i]);
    if ('indices' in constraint.coefficients) {
      pushSparse(i, constraint.coefficients, variables, indices, values);
    } else {
      pushDense(i, constraint.coefficients, variables, indices, values);
    }
    starts[i + 1] = indices.length;
  }
  return {
    variables,
    cost,
    variableLower,
    variableUpper,
    rowLower,
    rowUpper,
    starts,
    indices: Int32Array.from(indices),
    values: Float64Array.from(values),
  };
}

/** The program whose rows may be violated, at cost 1 per unit, and which costs nothing else: always feasible. */
export function elastic(program: RowProgram): RowProgram {
  const rows = program.rowLower.length;
  const variables = program.variables + 2 * rows;
  const starts = program.starts.map((start, i) => start + 2 * i);
  const indices = new Int32Array(program.indices.length + 2 * rows);
  const values = new Float64Array(indices.length);
  for (let i = 0; i < rows; i += 1) {
    const [from, to] = [program.starts[i], program.starts[i + 1]];
    indices.set(program.indices.subarray(from, to), starts[i]);
    values.set(program.values.subarray(from, to), starts[i]);
    const slack = program.variables + 2 * i;
    indices.set([slack, slack + 1], starts[i + 1] - 2);
    values.set([1, -1], starts[i + 1] - 2);
  }
  const padded = (given: Float64Array, filling: number): Float64Array => {
    const result = new Float64Array(variables).fill(filling);
    result.set(given);
    return result;
  };
  return {
    ...program,
    variables,
    cost: new Float64Array(variables).fill(1, program.variables),
    variableLower: padded(program.variableLower, 0),
    variableUpper: padded(program.variableUpper, Infinity),
    starts,
    indices,
    values,
  };
}

function boundArrays(
  given: LinearProgram['variables'],
  variables: number,
): { lower: Float64Array; upper: Float64Array } {
  const lower = new Float64Array(variables);
  const upper = new Float64Array(variables).fill(Infinity);
  if (given === undefined || given === 'non-negative') return { lower, upper };
  if (given === 'free') return { lower: lower.fill(-Infinity), upper };
  if (!Array.isArray(given)) {
    throw notOneOf('solveLinearProgram', 'variables', given, ['non-negative', 'free', 'bounds']);
  }
  length('variables', given.length, variables);
  for (const [j, one] of given.entries()) {
    lower[j] = one.lower;
    upper[j] = one.upper;
    bounds(`variables[${j}]`, one.lower, one.upper);
  }
  return { lower, upper };
}

function pushDense(
  row: number,
  coefficients: readonly number[],
  variables: number,
  indices: number[],
  values: number[],
): void {
  length(`constraints[${row}].coefficients`, coefficients.length, variables);
  for (const [j, entry] of coefficients.entries()) {
    finite(`constraints[${row}].coefficients[${j}]`, entry);
    if (entry === 0) continue;
    indices.push(j);
    values.push(entry);
  }
}

function pushSparse(
  row: number,
  coefficients: SparseRow,
  variables: number,
  indices: number[],
  values: number[],
): void {
  const where = `constraints[${row}].coefficients`;
  if (coefficients.values.length !== coefficients.indices.length) {
    throw new RangeError(
      `solveLinearProgram: ${where}.values must have length ${coefficients.indices.length} (length of indices), got ${coefficients.values.length}`,
    );
  }
  const seen = new Set<number>();
  for (const [k, j] of coefficients.indices.entries()) {
    if (!Number.isInteger(j) || j < 0 || j >= variables) {
      throw new RangeError(
        `solveLinearProgram: ${where}.indices[${k}] must be an integer in 0…${variables - 1}, got ${j}`,
      );
    }
    if (seen.has(j)) {
      throw new RangeError(
        `solveLinearProgram: ${where}.indices must not repeat an index, got ${j} twice`,
      );
    }
    seen.add(j);
    finite(`${where}.values[${k}]`, coefficients.values[k]);
    if (coefficients.values[k] === 0) continue;
    indices.push(j);
    values.push(coefficients.values[k]);
  }
}

function length(what: string, got: number, variables: number): void {
  if (got === variables) return;
  throw new RangeError(
    `solveLinearProgram: ${what} must have length ${variables} (length of objective), got ${got}`,
  );
}

function finite(what: string, value: number): void {
  if (Number.isFinite(value)) return;
  throw new RangeError(`solveLinearProgram: ${what} must be finite, got ${value}`);
}

function bounds(what: string, lower: number, upper: number): void {
  if (Number.isNaN(lower) || lower === Infinity) {
    throw new RangeError(
      `solveLinearProgram: ${what}.lower must be finite or -Infinity, got ${lower}`,
    );
  }
  if (Number.isNaN(upper) || upper === -Infinity) {
    throw new RangeError(
      `solveLinearProgram: ${what}.upper must be finite or Infinity, got ${upper}`,
    );
  }
}
