import type { Certificate, Confirmation, ExactCheck } from '../../../src/claims/index.js';
import type { Interval, Rational } from '../../../src/math/index.js';
import {
  absolute,
  absoluteInterval,
  bigNumber,
  dotExact,
  encloseRational,
  formatInterval,
  formatRational,
  HIGH_PRECISION_DIGITS,
  isLess,
  multiplyIntervals,
  randomSource,
  rational,
  scale,
  sign,
  solveExact,
  sqrtInterval,
  subtract,
  sumIntervals,
  compare,
  unitSphere,
  unitVector,
} from '../../../src/math/index.js';
import type { Matrix, Vector } from '../../../src/model/index.js';
import type { Atom } from '../../../src/solvers/index.js';
import { completeInterpolant } from '../../../src/solvers/index.js';
import type { UnitTeacher } from '../../../src/theory/index.js';
import {
  countPerCell,
  normDefectExact,
  teacherLines,
  teacherValue,
  teacherValueExact,
} from '../../../src/theory/index.js';
import type { CondensationInstance } from './condensation-instance.js';
import { teacherWidth } from './condensation-instance.js';
import { exactly } from './population-certificate.js';

/** What a violated instance has to satisfy besides interpolation. */
export interface CertifiedAssumptions {
  readonly perCell: number;
  readonly cells: 'closed' | 'open';
  readonly distinctLines: boolean;
}

/** An interpolant with exact masses: Σ_j masses[j]·σ(⟨directions[j], x⟩) at the inputs as doubles. */
export interface ExactInterpolant {
  readonly directions: Matrix;
  readonly masses: readonly Rational[];
  /** Σ|mass|·‖direction‖, enclosed. */
  readonly norm: Interval;
  /** The largest misfit, recomputed from masses and data. */
  readonly misfit: Rational;
}

/**
 * Solves for the masses in rationals: with the atoms alone where these fit exactly (projections do), else completed
 * to as many independent columns as there are inputs. Null when no completion is found.
 */
export function exactInterpolant(
  teacher: UnitTeacher,
  inputs: Matrix,
  atoms: readonly Atom[],
): ExactInterpolant | null {
  const support = atoms.filter(({ mass }) => mass !== 0).map(({ direction }) => direction);
  if (support.length < inputs.length) {
    const sparse = solveMasses(teacher, inputs, support);
    if (sparse !== null) return sparse;
  }
  const directions = completedDirections(teacher, inputs, atoms);
  return directions === null ? null : solveMasses(teacher, inputs, directions);
}

function solveMasses(
  teacher: UnitTeacher,
  inputs: Matrix,
  directions: Matrix,
): ExactInterpolant | null {
  const matrix = inputs.map((input) =>
    directions.map((direction) => activation(dotExact(direction, input))),
  );
  const labels = inputs.map((input) => teacherValueExact(teacher, input));
  const solved = solveExact(matrix, labels);
  if (solved.status !== 'unique') return null;
  const masses = solved.solution;
  let misfit = rational(0n);
  for (const [i, row] of matrix.entries()) {
    const off = absolute(subtract(dotExact(row, masses), labels[i]));
    if (compare(off, misfit) > 0) misfit = off;
  }
  const total = sumIntervals(
    directions.map((direction, j) =>
      multiplyIntervals(
        absoluteInterval(encloseRational(masses[j])),
        sqrtInterval(encloseRational(dotExact(direction, direction))),
      ),
    ),
  );
  return { directions, masses, norm: total, misfit };
}

function activation(product: Rational): Rational {
  return sign(product) > 0 ? product : rational(0n);
}

function completedDirections(
  teacher: UnitTeacher,
  inputs: Matrix,
  atoms: readonly Atom[],
): Matrix | null {
  const unit = inputs.map((input) => unitVector(input));
  const random = randomSource('interpolant', 'completion', inputs.length, teacher.inputDim);
  const spare: Vector[] = [...unit, ...unit.map((x) => scale(-1, x))];
  for (let k = 0; k < 6 * inputs.length; k += 1) spare.push(unitSphere(random, teacher.inputDim));
  const labels = unit.map((x) => teacherValue(teacher, x));
  const extended = [...atoms, ...spare.map((direction) => ({ direction, mass: 0 }))];
  const completed = completeInterpolant(unit, labels, extended);
  return completed === null ? null : completed.atoms.map(({ direction }) => direction);
}

/**
 * Certifies an interpolant whose norm is below m₀: then minimum-norm interpolants have a norm below m₀ too,
 * and their group sums cannot all be 1.
 */
export function certifyInterpolant(
  instance: CondensationInstance,
  atoms: readonly Atom[],
  assumed: CertifiedAssumptions,
): Certificate | null {
  const { teacher, inputs, width } = instance;
  const exact = exactInterpolant(teacher, inputs, atoms);
  if (exact === null) return null;
  const size = teacherWidth(instance);
  const neurons = exact.masses.filter((mass) => sign(mass) !== 0).length;
  return {
    kind: 'instance',
    statement: 'An interpolant of the teacher’s labels has a norm below m₀.',
    argument:
      'Inputs are the doubles as they are, up to positive scaling (all networks here are positively homogeneous). The interpolant agrees with the teacher at every input, exactly, and Σ|a_j|‖b_j‖ is enclosed below m₀. Balanced, it has ‖θ‖² = 2Σ|a_j|‖b_j‖ < 2m₀, so every minimum-norm interpolant has Σ|a_j|‖b_j‖ < m₀, and m₀ groups of sum 1 are impossible.',
    checks: [
      exactly('largest misfit |f(x_i) − f*(x_i)|', exact.misfit, '=', rational(0n)),
      {
        what: 'norm Σ|a_j|‖b_j‖ of the interpolant',
        left: formatInterval(exact.norm),
        relation: '<',
        right: String(size),
        holds: isLess(exact.norm, size) === 'yes',
      },
      exactly('neurons of the interpolant', rational(neurons), '≤', rational(width)),
      ...assumptionChecks(instance, assumed),
    ],
    data: { type: 'interpolant', ...interpolantData(exact) },
  };
}

/** Directions as the doubles they are, masses as fractions. */
export function interpolantData({ directions, masses }: ExactInterpolant) {
  return { directions, masses: masses.map(formatRational) };
}

/** Exact checks of the assumptions of an instance with inputs. */
export function assumptionChecks(
  instance: CondensationInstance,
  assumed: CertifiedAssumptions,
): ExactCheck[] {
  const { teacher, inputs, width } = instance;
  const size = teacherWidth(instance);
  const { fewest } = countPerCell(teacher, inputs, assumed.cells === 'closed');
  const checks = [
    exactly(
      '‖b_k‖² − length² of all teacher directions',
      normDefectExact(teacher),
      '=',
      rational(0n),
    ),
    exactly('student width m − m₀', rational(width - size), '≥', rational(1n)),
    exactly(
      `fewest distinct inputs in any ${assumed.cells} cell (signs of exact inner products)`,
      rational(fewest),
      '≥',
      rational(assumed.perCell),
    ),
  ];
  if (assumed.distinctLines) {
    checks.push(
      exactly('lines of the teacher', rational(teacherLines(teacher).length), '=', rational(size)),
    );
  }
  return checks;
}

type Big = ReturnType<typeof bigNumber>;

function big(vector: Vector): Big[] {
  return vector.map((entry) => bigNumber(entry));
}

function dotBig(x: readonly Big[], y: readonly Big[]): Big {
  return x.reduce((sum, entry, k) => sum.plus(entry.times(y[k])), bigNumber(0));
}

/**
 * The same in decimals of 64 digits: Gaussian elimination for the masses of the completed interpolant, then norm and
 * assumptions. Null where the inputs are so special that the columns span less than R^N.
 */
export function confirmInterpolant(
  instance: CondensationInstance,
  atoms: readonly Atom[],
  assumed: CertifiedAssumptions,
  clause: string,
): Confirmation | null {
  const { teacher, inputs } = instance;
  const directions = completedDirections(teacher, inputs, atoms);
  if (directions === null || directions.length !== inputs.length) return null;
  const zero = bigNumber(0);
  const relu = (value: Big): Big => (value.gt(0) ? value : zero);
  const points = inputs.map(big);
  const students = directions.map(big);
  const teachers = teacher.directions.map(big);
  const rows = points.map((x) => {
    const label = teachers.reduce((sum, b, k) => {
      const unit = relu(dotBig(b, x)).div(bigNumber(teacher.lengths[k]));
      return sum.plus(unit.times(teacher.signs[k]));
    }, zero);
    return [...students.map((w) => relu(dotBig(w, x))), label];
  });
  const masses = eliminateBig(rows);
  if (masses === null) return null;
  const total = masses.reduce(
    (sum, mass, j) => sum.plus(mass.abs().times(dotBig(students[j], students[j]).sqrt())),
    zero,
  );
  const size = teacherWidth(instance);
  return {
    method: 'interpolation solved anew by Gaussian elimination in decimals',
    digits: HIGH_PRECISION_DIGITS,
    clause,
    lhs: String(size),
    rhs: total.toString(),
    violated:
      total.lt(size) && masses.filter((mass) => mass.abs().gt('1e-40')).length <= instance.width,
    assumptions: assumptionChecks(instance, assumed).map(
      ({ what, left, relation, right, holds }) => ({
        name: what,
        margin: `${left} ${relation} ${right}`,
        holds,
      }),
    ),
  };
}

function eliminateBig(rows: Big[][]): Big[] | null {
  const n = rows.length;
  for (let k = 0; k < n; k += 1) {
    let pivot = k;
    for (let i = k + 1; i < n; i += 1) {
      if (rows[i][k].abs().gt(rows[pivot][k].abs())) pivot = i;
    }
    [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
    if (rows[k][k].isZero()) return null;
    for (let i = k + 1; i < n; i += 1) {
      if (rows[i][k].isZero()) continue;
      const factor = rows[i][k].div(rows[k][k]);
      for (let j = k; j <= n; j += 1) rows[i][j] = rows[i][j].minus(factor.times(rows[k][j]));
    }
  }
  const x: Big[] = Array.from({ length: n }, () => bigNumber(0));
  for (let k = n - 1; k >= 0; k -= 1) {
    let sum = rows[k][n];
    for (let j = k + 1; j < n; j += 1) sum = sum.minus(rows[k][j].times(x[j]));
    x[k] = sum.div(rows[k][k]);
  }
  return x;
}
