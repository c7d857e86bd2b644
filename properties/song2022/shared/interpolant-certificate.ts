import type { Certificate, Confirmation, ExactCheck } from '../../../src/claims/index.js';
import { settling } from '../../../src/claims/index.js';
import type { Interval, Rational } from '../../../src/math/index.js';
import {
  absolute,
  absoluteInterval,
  dotExact,
  encloseRational,
  formatInterval,
  formatRational,
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
  teacherValue,
  teacherValueExact,
} from '../../../src/theory/index.js';
import type { CondensationInstance } from './condensation-instance.js';
import { moreStudents, perCellName, teacherWidth, unitNeurons } from './condensation-instance.js';
import { OPEN_ARGUMENT, offKinks, openChecks } from './open-violation.js';
import { exactly, linesCheck } from './population-certificate.js';

/** What a violated instance has to satisfy besides interpolation. */
export interface CertifiedAssumptions {
  readonly perCell: number;
  readonly cells: 'closed' | 'open';
  /** The number in the name of the assumption about inputs in cells. */
  readonly named: number | 'k';
  /** Teachers and inputs of densities, so distinct lines; then the violation has to be open. */
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

export function completedDirections(
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
  const exact = assumed.distinctLines
    ? openInterpolant(instance, atoms)
    : exactInterpolant(teacher, inputs, atoms);
  if (exact === null) return null;
  const size = teacherWidth(instance);
  const neurons = neuronsOf(exact);
  const argument =
    'Inputs are the doubles as they are, up to positive scaling (all networks here are positively homogeneous). The interpolant agrees with the teacher at every input, exactly, and Σ|a_j|‖b_j‖ is enclosed below m₀. Balanced, it has ‖θ‖² = 2Σ|a_j|‖b_j‖ < 2m₀, so every minimum-norm interpolant has Σ|a_j|‖b_j‖ < m₀, and m₀ groups of sum 1 are impossible.';
  return {
    kind: 'instance',
    statement: assumed.distinctLines
      ? 'For all teachers and inputs near these, an interpolant of the teacher’s labels has a norm below m₀.'
      : 'An interpolant of the teacher’s labels has a norm below m₀.',
    argument: assumed.distinctLines ? `${argument} ${OPEN_ARGUMENT}` : argument,
    checks: [
      exactly('largest misfit |f(x_i) − f*(x_i)|', exact.misfit, '=', rational(0n)),
      {
        what: 'norm Σ|a_j|‖b_j‖ of the interpolant',
        left: formatInterval(exact.norm),
        relation: '<',
        right: String(size),
        holds: isLess(exact.norm, size) === 'yes',
      },
      exactly('neurons of the interpolant', rational(neurons.length), '≤', rational(width)),
      ...(assumed.distinctLines ? openChecks(instance, neurons) : []),
      ...assumptionChecks(instance, assumed),
    ],
    data: { type: 'interpolant', ...interpolantData(exact) },
  };
}

/** The directions of its neurons: those whose mass is not 0. */
function neuronsOf({ directions, masses }: ExactInterpolant): Matrix {
  return directions.filter((_, j) => sign(masses[j]) !== 0);
}

/** An interpolant of norm below m₀ whose violation is open, else one that may show less; null where none is found. */
function openInterpolant(
  instance: CondensationInstance,
  atoms: readonly Atom[],
): ExactInterpolant | null {
  const { teacher, inputs, width } = instance;
  const found = offKinks(inputs, atoms).flatMap(
    (moved) => exactInterpolant(teacher, inputs, moved) ?? [],
  );
  const open = found.find((exact) => {
    const neurons = neuronsOf(exact);
    return (
      isLess(exact.norm, teacherWidth(instance)) === 'yes' &&
      neurons.length <= width &&
      openChecks(instance, neurons).every(({ holds }) => holds)
    );
  });
  return open ?? found.at(-1) ?? null;
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
    settling(
      unitNeurons,
      exactly(
        '‖b_k‖² − length² of all teacher directions',
        normDefectExact(teacher),
        '=',
        rational(0n),
      ),
    ),
    settling(
      moreStudents,
      exactly('student width m − m₀', rational(width - size), '≥', rational(1n)),
    ),
    settling(
      { name: perCellName(assumed.named, assumed.cells) },
      exactly(
        `fewest distinct inputs in any ${assumed.cells} cell (signs of exact inner products)`,
        rational(fewest),
        '≥',
        rational(assumed.perCell),
      ),
    ),
  ];
  if (assumed.distinctLines) checks.push(linesCheck(teacher));
  return checks;
}

/** The assumptions of an instance as a confirmation lists them: their exact checks, under their names. */
export function recheckedAssumptions(checks: readonly ExactCheck[]): Confirmation['assumptions'] {
  return checks.flatMap(({ settles, what, left, relation, right, holds }) =>
    settles === undefined
      ? []
      : [{ name: settles, margin: `${what}: ${left} ${relation} ${right}`, holds }],
  );
}
