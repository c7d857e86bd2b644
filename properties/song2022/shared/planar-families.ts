import type { ExactCheck, Family } from '../../../src/claims/index.js';
import { settling } from '../../../src/claims/index.js';
import {
  dotExact,
  formatInterval,
  formatRational,
  interval,
  isLess,
  multiply,
  rational,
  sign,
  sqrtInterval,
  encloseRational,
  divide,
  sumIntervals,
  absolute,
  compare,
  subtract,
  sumExact,
} from '../../../src/math/index.js';
import type { Rational } from '../../../src/math/index.js';
import type { Matrix } from '../../../src/model/index.js';
import type { Atom } from '../../../src/solvers/index.js';
import type { UnitTeacher } from '../../../src/theory/index.js';
import {
  countPerCell,
  normDefectExact,
  sideOf,
  teacherValueExact,
} from '../../../src/theory/index.js';
import {
  distinctLines,
  inputsPerCell,
  moreStudents,
  unitNeurons,
} from './condensation-instance.js';
import type { ExactInterpolant } from './interpolant-certificate.js';
import { exactInterpolant, interpolantData } from './interpolant-certificate.js';
import { exactly } from './population-certificate.js';

/** One neuron (3, 0, 4)/5 and, for m₀ = 2, a second one (0, 3, 4)/5: every rational, no coordinate plane special to both. */
function tiltedTeacher(size: 1 | 2): UnitTeacher {
  return {
    inputDim: 3,
    signs: size === 1 ? [1] : [1, 1],
    directions:
      size === 1
        ? [[3, 0, 4]]
        : [
            [3, 0, 4],
            [0, 3, 4],
          ],
    lengths: size === 1 ? [5] : [5, 5],
  };
}

/**
 * k inputs in every quadrant of the plane x₃ = 0 (for m₀ = 1: in every half plane), then `tilt` times distinct
 * heights: multiples of 2⁻⁷ and of the power of two `tilt`, so that all are exact.
 */
function nearPlaneInputs(size: 1 | 2, perCell: number, tilt: number): number[][] {
  const quadrants =
    size === 1
      ? [
          [1, 1],
          [-1, 1],
        ]
      : [
          [1, 1],
          [-1, 1],
          [-1, -1],
          [1, -1],
        ];
  return quadrants.flatMap(([x, y], q) =>
    Array.from({ length: perCell }, (_, j) => {
      const t = Math.round((64 * (2 * j + 1)) / perCell) / 128;
      const height = ((j * j + 3 * j + 5 * q) % 11) - 5;
      return [x * (1 - t * t), y * 2 * t, height * tilt];
    }),
  );
}

/** The teacher's neurons projected on the plane: the norm of the student that they make. */
function projectedNorm(teacher: UnitTeacher) {
  return sumIntervals(
    teacher.directions.map((direction, k) => {
      const head = direction.slice(0, 2);
      const square = divide(dotExact(head, head), multiply(teacher.lengths[k], teacher.lengths[k]));
      return sqrtInterval(encloseRational(square));
    }),
  );
}

function planeChecks(size: 1 | 2, perCell: number): ExactCheck[] {
  const teacher = tiltedTeacher(size);
  const inputs = nearPlaneInputs(size, perCell, 0);
  const projected: UnitTeacher = {
    ...teacher,
    directions: teacher.directions.map(([x, y]) => [x, y, 0]),
  };
  const total = projectedNorm(teacher);
  return [
    ...placementChecks(teacher, inputs, size, perCell),
    exactly(
      `m₀ = ${size}, k = ${perCell}: largest |student − teacher| at the inputs`,
      largestDifference(teacher, projected, inputs),
      '=',
      rational(0n),
    ),
    {
      what: `m₀ = ${size}, k = ${perCell}: norm of the projected teacher`,
      left: formatInterval(total),
      relation: '<',
      right: String(size),
      holds: isLess(total, interval(size, size)) === 'yes',
    },
  ];
}

function placementChecks(
  teacher: UnitTeacher,
  inputs: Matrix,
  size: number,
  perCell: number,
): ExactCheck[] {
  const where = `m₀ = ${size}, k = ${perCell}`;
  return [
    settling(
      unitNeurons,
      exactly(`${where}: ‖b_k‖² − length²`, normDefectExact(teacher), '=', rational(0n)),
    ),
    settling(
      inputsPerCell(3, 'open'),
      exactly(
        `${where}: fewest distinct inputs in an open cell`,
        rational(countPerCell(teacher, inputs, false).fewest),
        '≥',
        rational(perCell),
      ),
    ),
  ];
}

function largestDifference(a: UnitTeacher, b: UnitTeacher, inputs: Matrix): Rational {
  let largest = rational(0n);
  for (const input of inputs) {
    const off = absolute(subtract(teacherValueExact(a, input), teacherValueExact(b, input)));
    if (compare(off, largest) > 0) largest = off;
  }
  return largest;
}

/** m₀ and inputs per cell. */
const PLANE_MEMBERS: readonly { readonly size: 1 | 2; readonly perCell: number }[] = [
  ...[3, 4, 8, 16, 64].map((perCell) => ({ size: 1, perCell }) as const),
  ...[3, 8, 32].map((perCell) => ({ size: 2, perCell }) as const),
];

/** All inputs in one plane that meets every cell: no number of them is enough. */
export const planeFamily: Family = {
  id: 'inputs-in-a-plane',
  statement:
    'For every k there are inputs on S², at least k in every cell of a teacher with m₀ = 1 or 2, that a student of norm below m₀ fits.',
  argument:
    'All inputs lie in the plane x₃ = 0, which meets every cell. There ⟨b, x⟩ = ⟨Pb, x⟩ with P the projection, so the student with the neurons Pb_k equals the teacher at every input, whatever their number, and Σ‖Pb_k‖ = 3m₀/5 < m₀. Minimum-norm interpolants then have group sums below m₀ in total, so they are not all 1, for every k.',
  assumptions: [
    {
      name: moreStudents.name,
      argument: 'The student has m₀ neurons, so every width m > m₀ has it, with neurons 0 besides.',
    },
  ],
  verify: () => PLANE_MEMBERS.flatMap(({ size, perCell }) => planeChecks(size, perCell)),
  data: () => ({
    type: 'inputs-in-a-plane',
    members: PLANE_MEMBERS.map(({ size, perCell }) => ({ size, perCell })),
  }),
};

const TILT = 2 ** -20;

/** The projected neuron, and directions of the plane whose kinks separate neighbouring inputs. */
function planeAtoms(inputs: Matrix): Atom[] {
  const ordered = inputs.toSorted((a, b) => Math.atan2(a[1], a[0]) - Math.atan2(b[1], b[0]));
  const kinks = ordered.flatMap(([x, y], i) => {
    const [nextX, nextY] = ordered[(i + 1) % ordered.length];
    const [middleX, middleY] = [x + nextX, y + nextY];
    const length = Math.hypot(middleX, middleY);
    return [1, -1].map((side) => ({
      direction: [(-side * middleY) / length, (side * middleX) / length, 0],
      mass: 0,
    }));
  });
  return [{ direction: [1, 0, 0], mass: 0.6 }, ...kinks];
}

function openMember(perCell: number) {
  const known = OPEN.get(perCell);
  if (known !== undefined) return known;
  const teacher = tiltedTeacher(1);
  const inputs = nearPlaneInputs(1, perCell, TILT);
  const member = { teacher, inputs, exact: exactInterpolant(teacher, inputs, planeAtoms(inputs)) };
  OPEN.set(perCell, member);
  return member;
}

const OPEN_SIZES = [3, 4, 8, 16];

/** By inputs per cell: checks and data are asked for apart. */
const OPEN = new Map<
  number,
  { teacher: UnitTeacher; inputs: number[][]; exact: ExactInterpolant | null }
>();

function openChecks(perCell: number): ExactCheck[] {
  const { teacher, inputs, exact } = openMember(perCell);
  const where = `k = ${perCell}`;
  if (exact === null) {
    return [exactly(`${where}: an interpolant was found`, rational(0n), '=', rational(1n))];
  }
  const touching = exact.directions.flatMap((direction) =>
    inputs.filter((input) => sideOf(direction, input) === 0),
  ).length;
  const spread = sumExact(inputs.map(([, , z]) => absolute(z)));
  return [
    ...placementChecks(teacher, inputs, 1, perCell),
    exactly(
      `${where}: least x₂ of the inputs, so no two of them, nor of their projections on the plane, are opposite`,
      rational(Math.min(...inputs.map(([, y]) => y))),
      '>',
      rational(0n),
    ),
    exactly(`${where}: Σ|x₃|, so not all inputs are in the plane`, spread, '>', rational(0n)),
    exactly(`${where}: largest misfit of the interpolant`, exact.misfit, '=', rational(0n)),
    exactly(
      `${where}: inputs orthogonal to a neuron of the interpolant`,
      rational(touching),
      '=',
      rational(0n),
    ),
    exactly(
      `${where}: neurons, one for each input with a unique solution for the masses`,
      rational(exact.masses.filter((mass) => sign(mass) !== 0).length),
      '≤',
      rational(inputs.length),
    ),
    {
      what: `${where}: norm of the interpolant`,
      left: formatInterval(exact.norm),
      relation: '<',
      right: '1',
      holds: isLess(exact.norm, 1) === 'yes',
    },
  ];
}

/** Open sets of placements, off the plane: null sets excluded, no number of inputs is enough. */
export const openFamily: Family = {
  id: 'inputs-near-a-plane',
  statement:
    'For every k an open, so under the uniform law not impossible, set of placements with at least k inputs in every cell is fitted by students of norm below m₀ = 1.',
  argument:
    'At the placement checked the interpolation matrix (σ(⟨w_j, x_i⟩)) is square with a unique solution and no ⟨w_j, x_i⟩ is 0, so near it the matrix, its inverse, the labels and hence Σ|a_j|‖w_j‖ < 1 depend continuously on inputs and teacher: a whole neighbourhood is fitted with norm below 1, and it has positive probability under every law with a positive density. Such placements exist for every k: at tilt 0 the neuron Pb of norm 3/5 fits; no two inputs are opposite there, since x₂ > 0 for all of them, nor equal in direction, so the N lines x_i^⊥ of the plane are distinct; were Σλ_iσ(⟨w, x_i⟩) = 0 for all w of the plane, its kink across x_i^⊥, which is λ_i, would be 0 (opposite inputs share a line, and three pairs of them are dependent), so some N neurons w_j of the plane have an invertible matrix (σ(⟨w_j, x_i⟩)), and at tilt ε the label errors O(ε) are corrected at the cost O(ε).',
  assumptions: [
    {
      name: moreStudents.name,
      argument:
        'The student has one neuron for each input, so every width m > m₀ = 1 that is at least the number of inputs has it.',
    },
    { name: distinctLines.name, argument: 'm₀ = 1: the teacher has one neuron.' },
  ],
  verify: () => OPEN_SIZES.flatMap((perCell) => openChecks(perCell)),
  data: () => ({
    type: 'inputs-near-a-plane',
    members: OPEN_SIZES.flatMap((perCell) => {
      const { exact } = openMember(perCell);
      if (exact === null) return [];
      return [{ perCell, tilt: formatRational(TILT), network: interpolantData(exact) }];
    }),
  }),
};
