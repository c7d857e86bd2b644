import { ARGUMENTS } from '../arguments.js';
import { pathNorm } from '../enclosure.js';
import type { Evidence, Finding, Rounded } from '../finding.js';
import type { Rational } from '../rational.js';
import {
  ZERO,
  fraction,
  inner,
  integer,
  larger,
  magnitude,
  minus,
  plus,
  signOf,
  times,
} from '../rational.js';
import { matrix, record, vector } from '../read.js';
import { demand } from '../rejection.js';
import { compared, exactly } from '../statement.js';
import { outputsOf, productsOf } from './arrangement.js';
import type { Assumed } from './condensation.js';
import {
  assumptionStatements,
  demandSetting,
  readCondensation,
  teacherAt,
} from './condensation.js';
import { openStatements } from './open.js';

/** A network Σ_j masses[j]·max(0, ⟨directions[j], x⟩) in exact numbers. */
export interface ExactNetwork {
  readonly directions: readonly (readonly Rational[])[];
  readonly masses: readonly Rational[];
}

export function readNetwork(value: unknown, where: string, inputDim: number): ExactNetwork {
  const network = record(value, where, ['directions', 'masses']);
  const directions = matrix(network.directions, `${where}.directions`, inputDim);
  return { directions, masses: vector(network.masses, `${where}.masses`, directions.length) };
}

/** The largest difference of outputs and labels. */
export function largestMisfit(outputs: readonly Rational[], labels: readonly Rational[]): Rational {
  return outputs.map((output, i) => magnitude(minus(output, labels[i]))).reduce(larger, ZERO);
}

/** Σ|mass|·‖direction‖, enclosed. */
export function normOf({ directions, masses }: ExactNetwork) {
  return pathNorm(
    masses,
    directions.map((row) => inner(row, row)),
  );
}

/** How much the norm clause grants to rounding: it demands a norm of m₀·(1 − 10^−digits) only. */
export interface NormClause {
  readonly name: string;
  readonly digits: number;
}

/**
 * The two sides of the norm clause: m₀·(1 − 10^−digits) ≤ norm. The file's right side comes from floating point
 * and stands for the norm up to `slack`·m₀.
 */
export function normSides(
  size: number,
  { digits }: NormClause,
  norm: Rounded,
  slack: Rational,
): { lhs: Rounded; rhs: Rounded } {
  const left = times(integer(size), minus(integer(1), fraction(1n, 10n ** BigInt(digits))));
  const half = times(integer(size), fraction(1n, 10n ** 15n));
  const off = times(integer(size), slack);
  return {
    lhs: { lower: minus(left, half), upper: plus(left, half) },
    rhs: { lower: minus(norm.lower, off), upper: plus(norm.upper, off) },
  };
}

/** An interpolant of the teacher's labels with a norm below m₀ (data: directions, masses). */
export function interpolantFinding(
  { instance: json, data }: Evidence,
  assumed: Assumed,
  clause: NormClause,
): Finding {
  const instance = readCondensation(json, assumed);
  const facts = demandSetting(instance, assumed);
  const { teacher, inputs, size, width } = instance;
  demand(inputs.length > 0, 'an interpolant needs inputs');
  const network = readNetwork(data, 'certificate.data', teacher.inputDim);
  const labels = inputs.map((input) => teacherAt(teacher, input));
  const outputs = outputsOf(network.masses, productsOf(network.directions, inputs));
  const norm = normOf(network);
  const neurons = network.masses.filter((mass) => signOf(mass) !== 0).length;
  return {
    clause: clause.name,
    statement: assumed.distinctLines
      ? 'For all teachers and inputs near these, an interpolant of the teacher’s labels has a norm below m₀.'
      : 'An interpolant of the teacher’s labels has a norm below m₀.',
    argument: assumed.distinctLines ? ARGUMENTS.openInterpolant : ARGUMENTS.interpolant,
    statements: [
      compared('largest misfit |f(x_i) − f*(x_i)|', largestMisfit(outputs, labels), '=', ZERO),
      {
        what: 'norm Σ|a_j|‖b_j‖ of the interpolant',
        left: { kind: 'enclosed', within: norm },
        relation: '<',
        right: exactly(integer(size)),
      },
      compared('neurons of the interpolant', integer(neurons), '≤', integer(width)),
      ...(assumed.distinctLines ? openStatements(instance, network) : []),
      ...assumptionStatements(instance, assumed),
    ],
    facts,
    argued: [
      'a norm below m₀ rules out m₀ groups of sum 1 (balancing gives ‖θ‖² = 2Σ|a_j|‖b_j‖)',
      ...(assumed.distinctLines
        ? [
            'the implicit function theorem: teachers and inputs near these are fitted with a norm below m₀ too, and satisfy the assumptions',
          ]
        : []),
    ],
    sides: normSides(size, clause, norm, fraction(1n, 10n ** 6n)),
  };
}
