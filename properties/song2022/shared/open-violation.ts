import type { ExactCheck } from '../../../src/claims/index.js';
import type { RationalLike } from '../../../src/math/index.js';
import { dotExact, norm, rational, scale, sign } from '../../../src/math/index.js';
import type { Matrix, Vector } from '../../../src/model/index.js';
import type { Atom } from '../../../src/solvers/index.js';
import { teacherLines } from '../../../src/theory/index.js';
import type { CondensationInstance } from './condensation-instance.js';
import { areInGeneralPosition, rankOfBlocks } from './general-position.js';
import { exactly } from './population-certificate.js';

/**
 * # When an interpolant of norm below m₀ refutes a statement about almost every teacher and placement
 *
 * One placement is a null set. What refutes is a neighbourhood of it, and of the teacher, in which the statement fails too.
 * Let the interpolant be Σa_jσ(⟨w_j, x⟩) with a_j ≠ 0, and suppose that
 *
 * 1. no pre-activation ⟨w_j, x_i⟩ or ⟨b_k, x_i⟩ is 0;
 * 2. with the inputs where some neuron of student or teacher is active put into classes, two in one class when the same
 *    neurons of both are active, the derivative of the student's outputs by the u_j = a_jw_j, which has the row
 *    (1{⟨w_j, x_i⟩ > 0}x_iᵀ)_j at x_i, has the rank Σ min(|class|, d), the largest that it can have;
 * 3. every d or fewer of the teacher's directions are independent.
 *
 * By 1 the same neurons are active for all w, b, x near these. Where none is, both networks stay 0. On a class both are linear
 * in x: with d inputs or more, which span R^d by 2, they must be the same linear function there, which is d equations; with
 * fewer they must agree at each. These equations are smooth in u, x and b, and by 2 their derivative by u has independent
 * rows, so by the implicit function theorem some u near these satisfies them for every teacher and all
 * inputs near these, and Σ‖u_j‖ < m₀ stays true with as many neurons. By 3 the hyperplanes of a teacher near this
 * one divide space into the same cells (an arrangement in general position is stable, another one may gain cells, which would be
 * empty), and inputs inside a cell stay inside, so every open cell holds as many as before. Distinct lines, distinct inputs and
 * m > m₀ stay too. So all assumptions hold and the conclusion fails on an open set, which has positive probability under every
 * law with a positive density there.
 *
 * The solution need not be the only one of minimum norm: it need not be one of minimum norm at all, only below m₀.
 */
export const OPEN_ARGUMENT =
  'The violation is open: no pre-activation ⟨w_j, x_i⟩ or ⟨b_k, x_i⟩ is 0, so for all teachers, inputs and neurons near these the same neurons are active. Where none is, student and teacher stay 0. Of the other inputs, put those at which the same neurons of both are active into a class. On a class both networks are linear in x, so they must be one linear function there (d equations) where the class has d inputs or more, and agree at each input where it has fewer: Σ min(|class|, d) equations. The derivative of the outputs by the u_j = a_jw_j, with the row (1{⟨w_j, x_i⟩ > 0}x_iᵀ)_j at x_i, has that rank, so the equations are independent in u, and by the implicit function theorem some u_j near these fit every teacher and all inputs near these, and Σ‖u_j‖ stays below m₀ with as many neurons. Every d or fewer of the teacher’s directions are independent, so teachers near this one have the same cells, and inputs inside an open cell stay inside. Hence the assumptions hold and the conclusion fails on an open set of teachers and placements: null sets do not save it.';

/** Directions as doubles or other rationals. */
type ExactRows = readonly (readonly RationalLike[])[];

/** On which side of the neurons' and the teacher's hyperplanes the inputs lie. */
function sidesOf(directions: ExactRows, inputs: Matrix): (-1 | 0 | 1)[][] {
  return inputs.map((input) => directions.map((direction) => sign(dotExact(direction, input))));
}

/**
 * The exact checks of the three conditions.
 *
 * @param directions the neurons of the interpolant whose mass is not 0
 */
export function openChecks(
  { teacher, inputs }: CondensationInstance,
  directions: ExactRows,
): ExactCheck[] {
  const student = sidesOf(directions, inputs);
  const own = sidesOf(teacher.directions, inputs);
  const zeros = [...student, ...own].flat().filter((side) => side === 0).length;
  const active = [...inputs.keys()].filter((i) => student[i].includes(1) || own[i].includes(1));
  const rank = rankOfBlocks(
    active.map((i) => inputs[i]),
    active.map((i) => student[i].map((side) => side > 0)),
  );
  const sizes = new Map<string, number>();
  for (const i of active) {
    const place = [...student[i], ...own[i]].map((side) => side > 0).join();
    sizes.set(place, (sizes.get(place) ?? 0) + 1);
  }
  const equations = [...sizes.values()].reduce(
    (sum, size) => sum + Math.min(size, teacher.inputDim),
    0,
  );
  // Lines that coincide are one; the reading assumes that none do.
  const normals = teacherLines(teacher).map(({ first }) => teacher.directions[first]);
  const isGeneral = areInGeneralPosition(normals, teacher.inputDim);
  return [
    exactly(
      'open: pre-activations of the interpolant and of the teacher that are 0',
      rational(zeros),
      '=',
      rational(0n),
    ),
    exactly(
      'open: rank of the derivative of the outputs by the a_jw_j, against Σ min(|class|, d) over the classes of active inputs',
      rational(rank),
      '=',
      rational(equations),
    ),
    exactly(
      'open: dependent choices of d or fewer teacher directions (1: there are some)',
      rational(isGeneral ? 0n : 1n),
      '=',
      rational(0n),
    ),
  ];
}

/** How far neurons are moved off the hyperplane of an input on which they lie, relative to their length. */
const MOVE = 2 ** -24;

/**
 * The atoms, and where some of them are exactly orthogonal to an input, also with those moved off it to either side: a solver
 * likes kinks at inputs, and a violation with room needs none there.
 */
export function offKinks(inputs: Matrix, atoms: readonly Atom[]): (readonly Atom[])[] {
  const met = atoms.map(({ direction }) =>
    inputs.filter((input) => sign(dotExact(direction, input)) === 0),
  );
  if (met.every((touched) => touched.length === 0)) return [atoms];
  const moved = (side: 1 | -1): Atom[] =>
    atoms.map((atom, j) => ({
      ...atom,
      direction: met[j].reduce<Vector>((direction, input) => {
        const step = (side * MOVE * norm(atom.direction)) / norm(input);
        const shift = scale(step, input);
        return direction.map((entry, k) => entry + shift[k]);
      }, atom.direction),
    }));
  return [moved(-1), moved(1), atoms];
}
