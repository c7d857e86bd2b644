import type { Rational } from '../rational.js';
import { ZERO, fraction, integer, overOneBottom, signOf } from '../rational.js';
import type { Statement } from '../statement.js';
import { compared } from '../statement.js';
import { cellsOf, productsOf } from './arrangement.js';
import type { Condensation } from './condensation.js';
import { linesOf } from './condensation.js';
import { rankModuloPrime } from './modular-rank.js';

/**
 * The violation is open: no pre-activation is 0, the derivative of the outputs by the a_jw_j has the largest rank that it can
 * have where both networks are linear on classes of inputs, and the teacher's hyperplanes are in general position. That is so when they have as
 * many cells as hyperplanes can have: 2·Σ_{i < d} C(m₀ − 1, i).
 */
export function openStatements(
  { teacher, inputs }: Condensation,
  network: {
    readonly directions: readonly (readonly Rational[])[];
    readonly masses: readonly Rational[];
  },
): Statement[] {
  const neurons = network.directions.filter((_, j) => signOf(network.masses[j]) !== 0);
  const student = productsOf(neurons, inputs).map((row) => row.map(signOf));
  const own = productsOf(teacher.directions, inputs).map((row) => row.map(signOf));
  const zeros = [...student, ...own].flat().filter((side) => side === 0).length;
  const active = [...inputs.keys()].filter((i) => student[i].includes(1) || own[i].includes(1));
  const derivative = active.map((i) => {
    const { tops } = overOneBottom(inputs[i]);
    return student[i].flatMap((side) => tops.map((top) => (side > 0 ? top : 0n)));
  });
  // Inputs at which the same neurons of both networks are active.
  const patterns = active.map((i) =>
    [...student[i], ...own[i]].map((side) => (side > 0 ? '+' : '0')).join(''),
  );
  let equations = 0;
  for (const pattern of new Set(patterns)) {
    const members = patterns.filter((other) => other === pattern).length;
    equations += Math.min(members, teacher.inputDim);
  }
  const normals = linesOf(teacher).map(({ first }) => teacher.directions[first]);
  const cells = cellsOf(normals, teacher.inputDim).length;
  const isGeneral = BigInt(cells) === cellsInGeneralPosition(normals.length, teacher.inputDim);
  return [
    compared(
      'open: pre-activations of the interpolant and of the teacher that are 0',
      integer(zeros),
      '=',
      ZERO,
    ),
    compared(
      'open: rank of the derivative of the outputs by the a_jw_j, against Σ min(|class|, d) over the classes of active inputs',
      integer(rankModuloPrime(derivative)),
      '=',
      integer(equations),
    ),
    compared(
      'open: dependent choices of d or fewer teacher directions (1: there are some)',
      fraction(isGeneral ? 0n : 1n),
      '=',
      ZERO,
    ),
  ];
}

function cellsInGeneralPosition(hyperplanes: number, dimension: number): bigint {
  if (hyperplanes === 0) return 1n;
  let sum = 0n;
  let choices = 1n;
  for (let i = 0; i < dimension; i += 1) {
    sum += choices;
    choices = (choices * BigInt(hyperplanes - 1 - i)) / BigInt(i + 1);
  }
  return 2n * sum;
}
