import { ARGUMENTS } from '../arguments.js';
import { ASSUMED } from '../assumptions.js';
import type { Evidence, Finding } from '../finding.js';
import type { Rational } from '../rational.js';
import {
  ZERO,
  fraction,
  integer,
  magnitude,
  overOneBottom,
  positivePart,
  signOf,
  smaller,
  times,
  total,
  minus,
  ONE,
} from '../rational.js';
import { list, oneOf, record, whole } from '../read.js';
import { demand } from '../rejection.js';
import type { Statement } from '../statement.js';
import { compared, exactly, settling } from '../statement.js';
import { fewestPerCell, outputsOf, productsOf } from './arrangement.js';
import type { Teacher } from './condensation.js';
import { teacherAt, unitNeurons } from './condensation.js';
import type { ExactNetwork } from './interpolant.js';
import { largestMisfit, normOf, readNetwork } from './interpolant.js';
import { rankModuloPrime } from './modular-rank.js';

type Vector = readonly Rational[];

const MOST_PER_CELL = 256;

/** One neuron (3, 0, 4)/5 and, for m₀ = 2, a second one (0, 3, 4)/5. */
function tiltedTeacher(size: number): Teacher {
  const directions = [
    [3, 0, 4],
    [0, 3, 4],
  ].slice(0, size);
  return {
    inputDim: 3,
    signs: directions.map(() => 1),
    directions: directions.map((row) => row.map(integer)),
    lengths: directions.map(() => integer(5)),
  };
}

const HALF_PLANES = [
  [1, 1],
  [-1, 1],
];
const QUADRANTS = [...HALF_PLANES, [-1, -1], [1, -1]];

/**
 * perCell inputs (±(1 − t²), ±2t, tilt·height) in each half plane (m₀ = 1) or quadrant (m₀ = 2) of x₃ = 0, with
 * t_j = ⌊64(2j + 1)/perCell + ½⌋/128 and height = ((j² + 3j + 5q) mod 11) − 5 in part q.
 */
function placedInputs(size: number, perCell: number, tilt: Rational): Vector[] {
  return (size === 1 ? HALF_PLANES : QUADRANTS).flatMap(([x, y], q) =>
    Array.from({ length: perCell }, (_, j) => {
      const t = fraction(BigInt(Math.floor((128 * (2 * j + 1) + perCell) / (2 * perCell))), 128n);
      const height = ((j * j + 3 * j + 5 * q) % 11) - 5;
      return [
        times(integer(x), minus(ONE, times(t, t))),
        times(integer(2 * y), t),
        times(integer(height), tilt),
      ];
    }),
  );
}

function placementStatements(
  teacher: Teacher,
  inputs: readonly Vector[],
  perCell: number,
): Statement[] {
  const where = `m₀ = ${teacher.signs.length}, k = ${perCell}`;
  return [
    settling(ASSUMED.unitNeurons, unitNeurons(`${where}: ‖b_k‖² − length²`, teacher)),
    settling(
      ASSUMED.threeOpen,
      compared(
        `${where}: fewest distinct inputs in an open cell`,
        integer(fewestPerCell(teacher.directions, inputs, 'open', 3)),
        '≥',
        integer(perCell),
      ),
    ),
  ];
}

function planeMember(value: unknown, index: number): Statement[] {
  const where = `certificate.data.members[${index}]`;
  const member = record(value, where, ['size', 'perCell']);
  const size = whole(member.size, `${where}.size`, 1, 2);
  const perCell = whole(member.perCell, `${where}.perCell`, 3, MOST_PER_CELL);
  const teacher = tiltedTeacher(size);
  const inputs = placedInputs(size, perCell, ZERO);
  const projected: ExactNetwork = {
    directions: teacher.directions.map(([x, y]) => [x, y, ZERO]),
    masses: teacher.directions.map(() => fraction(1n, 5n)),
  };
  const labels = inputs.map((input) => teacherAt(teacher, input));
  const name = `m₀ = ${size}, k = ${perCell}`;
  return [
    ...placementStatements(teacher, inputs, perCell),
    compared(
      `${name}: largest |student − teacher| at the inputs`,
      largestMisfit(outputsOf(projected.masses, productsOf(projected.directions, inputs)), labels),
      '=',
      ZERO,
    ),
    {
      what: `${name}: norm of the projected teacher`,
      left: { kind: 'enclosed', within: normOf(projected) },
      relation: '<',
      right: exactly(integer(size)),
    },
  ];
}

/** Inputs in the plane x₃ = 0 and the teacher projected on it (data: sizes m₀ and numbers per cell). */
export function planeFinding({ data }: Evidence): Finding {
  const { members } = record(data, 'certificate.data', ['members']);
  const statement =
    'For every k there are inputs on S², at least k in every cell of a teacher with m₀ = 1 or 2, that a student of norm below m₀ fits.';
  return {
    clause: statement,
    statement,
    argument: ARGUMENTS.plane,
    statements: list(members, 'certificate.data.members', 1, 32).flatMap(planeMember),
    facts: [],
    argued: [
      'the same holds for every k: in the plane ⟨b, x⟩ = ⟨Pb, x⟩ whatever the number of inputs',
    ],
    sides: null,
  };
}

function openMember(value: unknown, index: number): Statement[] {
  const where = `certificate.data.members[${index}]`;
  const member = record(value, where, ['perCell', 'tilt', 'network']);
  const perCell = whole(member.perCell, `${where}.perCell`, 3, MOST_PER_CELL);
  oneOf(member.tilt, `${where}.tilt`, [TILT]);
  const teacher = tiltedTeacher(1);
  const inputs = placedInputs(1, perCell, fraction(1n, 1n << 20n));
  const network = readNetwork(member.network, `${where}.network`, 3);
  demand(
    network.directions.length === inputs.length,
    `${where}: the interpolant must have as many neurons as there are inputs`,
  );
  const products = productsOf(network.directions, inputs);
  demandRegular(products, where);
  const touching = products.flat().filter((product) => signOf(product) === 0).length;
  const labels = inputs.map((input) => teacherAt(teacher, input));
  const used = network.masses.filter((mass) => signOf(mass) !== 0).length;
  const name = `k = ${perCell}`;
  return [
    ...placementStatements(teacher, inputs, perCell),
    compared(
      `${name}: least x₂ of the inputs, so no two of them, nor of their projections on the plane, are opposite`,
      inputs.map(([, y]) => y).reduce(smaller),
      '>',
      ZERO,
    ),
    compared(
      `${name}: Σ|x₃|, so not all inputs are in the plane`,
      total(inputs.map(([, , height]) => magnitude(height))),
      '>',
      ZERO,
    ),
    compared(
      `${name}: largest misfit of the interpolant`,
      largestMisfit(outputsOf(network.masses, products), labels),
      '=',
      ZERO,
    ),
    compared(
      `${name}: inputs orthogonal to a neuron of the interpolant`,
      integer(touching),
      '=',
      ZERO,
    ),
    compared(
      `${name}: neurons, one for each input with a unique solution for the masses`,
      integer(used),
      '≤',
      integer(inputs.length),
    ),
    {
      what: `${name}: norm of the interpolant`,
      left: { kind: 'enclosed', within: normOf(network) },
      relation: '<',
      right: exactly(ONE),
    },
  ];
}

const TILT = '1/1048576';

/** The square matrix of max(0, product) must have an inverse. */
function demandRegular(products: readonly (readonly Rational[])[], where: string): void {
  // Rows times their denominators: that changes no rank.
  const rows = products.map((row) => overOneBottom(row.map(positivePart)).tops);
  demand(
    rankModuloPrime(rows) === rows.length,
    `${where}: the interpolation matrix is not shown to be regular`,
  );
}

/** Inputs near the plane and an interpolant for each number per cell (data: its directions and masses). */
export function openFinding({ data }: Evidence): Finding {
  const { members } = record(data, 'certificate.data', ['members']);
  const statement =
    'For every k an open, so under the uniform law not impossible, set of placements with at least k inputs in every cell is fitted by students of norm below m₀ = 1.';
  return {
    clause: statement,
    statement,
    argument: ARGUMENTS.nearPlane,
    statements: list(members, 'certificate.data.members', 1, 16).flatMap(openMember),
    facts: ['the interpolation matrix of every member is regular'],
    argued: [
      'a neighbourhood of each placement is fitted too: where no ⟨w_j, x_i⟩ is 0 the norm is continuous in the inputs',
      'such placements exist for every k: without opposite inputs the kinks across the x_i^⊥ are independent, so at tilt ε the label errors O(ε) are corrected at the cost O(ε)',
    ],
    sides: null,
  };
}
