import type {
  Certificate,
  Conclusion,
  Confirmation,
  Tools,
  Violation,
} from '../../../src/claims/index.js';
import { atMost, decided, gaveUp, oneSided } from '../../../src/claims/index.js';
import { norm, toDouble } from '../../../src/math/index.js';
import type { Atom } from '../../../src/solvers/index.js';
import type { CondensationInstance } from './condensation-instance.js';
import { teacherWidth } from './condensation-instance.js';
import { NORM_TOLERANCE, decideOnData } from './data-decision.js';
import type { CertifiedAssumptions } from './interpolant-certificate.js';
import {
  assumptionChecks,
  certifyInterpolant,
  recheckedAssumptions,
} from './interpolant-certificate.js';
import { confirmInterpolant } from './interpolant-confirmation.js';
import { certifyPopulation, confirmPopulation } from './population-certificate.js';
import { decidePopulation, largestSharedMass, studentArrows } from './population-condensation.js';
import { trainStudent } from './training-witness.js';

export const NORM_CLAUSE = 'no student of norm below m₀ fits';
export const DIRECTION_CLAUSE = 'the dual reaches ±1 on the teacher’s lines only';
export const GROUP_CLAUSE = 'neurons on a line group into sums of 1';

/** What shows a violation: a student that equals the teacher everywhere, or an interpolant. */
export type CondensationWitness =
  | { readonly kind: 'everywhere'; readonly arrows: readonly (readonly number[])[] }
  | { readonly kind: 'interpolant'; readonly atoms: readonly Atom[] };

/**
 * Decides whether every minimum-norm interpolant of width m condenses on the teacher's lines with group sums 1.
 *
 * Fails by a student that equals the teacher everywhere (degenerate teachers), by the projection of the teacher on
 * a subspace that contains all inputs, or by an interpolant of a solver (`decideOnData`). Holds when a dual proves the lower bound
 * m₀ and reaches ±1 on the teacher's lines only: then every minimum-norm interpolant has its neurons there. Where the
 * inputs also determine the kinks' masses it equals the teacher up to a linear function that the lines carry, and the
 * population program fixes its group sums.
 */
export async function concludeOnData(
  instance: CondensationInstance,
  tools: Tools,
): Promise<Conclusion> {
  const { teacher, width, inputs } = instance;
  const size = teacherWidth(instance);
  const trained = instance.trained ? trainStudent(instance, tools) : {};
  const measurements = { m0: size, N: inputs.length, d: teacher.inputDim, m: width, ...trained };
  const everywhere = decidePopulation(teacher, width);
  if (everywhere.status === 'fails') {
    const { how, norm: least, student } = everywhere;
    const witness: CondensationWitness = {
      kind: 'everywhere',
      arrows: studentArrows(teacher, student),
    };
    const clause =
      how === 'smaller'
        ? atMost(NORM_CLAUSE, size * (1 - NORM_TOLERANCE), least, 1e-12)
        : atMost(GROUP_CLAUSE, toDouble(largestSharedMass(teacher, student)) - 1, 0);
    return decided('exact', [clause], { witness, measurements: { ...measurements, upper: least } });
  }
  if (everywhere.status === 'undecided') return gaveUp(everywhere.reason, measurements);
  const projected = projectedTeacher(instance);
  const shorter = projected.reduce(
    (sum, { direction, mass }) => sum + Math.abs(mass) * norm(direction),
    0,
  );
  if (shorter < size * (1 - NORM_TOLERANCE)) {
    return smaller(projected, shorter, size, measurements);
  }
  const decision = await decideOnData(instance);
  if (decision.status === 'undecided') return gaveUp(decision.reason, measurements);
  const found = { ...measurements, ...decision.measurements };
  if (decision.status === 'fails') return smaller(decision.atoms, decision.upper, size, found);
  const { lower, largestElsewhere, rounding } = decision;
  return decided(
    'exact',
    [
      atMost(
        NORM_CLAUSE,
        size * (1 - NORM_TOLERANCE),
        (lower + size) / 2,
        (size - lower) / 2 + size * rounding,
      ),
      // One dual of many.
      oneSided(atMost(DIRECTION_CLAUSE, largestElsewhere, 1, rounding)),
      atMost(GROUP_CLAUSE, 0, NORM_TOLERANCE),
    ],
    { measurements: { ...found, lower, elsewhere: largestElsewhere } },
  );
}

function smaller(
  atoms: readonly Atom[],
  upper: number,
  size: number,
  measurements: Readonly<Record<string, number>>,
): Conclusion {
  const witness: CondensationWitness = { kind: 'interpolant', atoms };
  return decided('exact', [atMost(NORM_CLAUSE, size * (1 - NORM_TOLERANCE), upper, 1e-9 * size)], {
    witness,
    measurements: { ...measurements, upper },
  });
}

/** The teacher with its directions projected on the coordinates in which some input is not 0, exactly. */
function projectedTeacher({ teacher, inputs }: CondensationInstance): Atom[] {
  const used = teacher.directions[0].map((_, k) => inputs.some((input) => input[k] !== 0));
  return teacher.directions.map((direction, k) => ({
    direction: direction.map((entry, j) => (used[j] ? entry : 0)),
    mass: teacher.signs[k] / teacher.lengths[k],
  }));
}

/** The exact certificate of a violation found by `concludeOnData`. */
export function certifyOnData(
  instance: CondensationInstance,
  { conclusion }: Violation,
  assumed: CertifiedAssumptions,
): Certificate | null {
  const witness = conclusion.witness as CondensationWitness | undefined;
  if (witness === undefined) return null;
  if (witness.kind === 'interpolant') return certifyInterpolant(instance, witness.atoms, assumed);
  const population = certifyPopulation(instance, assumed.distinctLines);
  if (population === null) return null;
  const assumptions = assumptionChecks(instance, assumed);
  return {
    ...population,
    argument: `${population.argument} A student that equals the teacher everywhere fits every input.`,
    checks: [...population.checks, ...assumptions],
  };
}

/** The same in decimals. */
export function confirmOnData(
  instance: CondensationInstance,
  { clause, conclusion }: Violation,
  assumed: CertifiedAssumptions,
): Confirmation | null {
  const witness = conclusion.witness as CondensationWitness | undefined;
  if (witness === undefined) return null;
  if (witness.kind === 'interpolant') {
    return confirmInterpolant(instance, witness.atoms, assumed, clause.name);
  }
  const population = confirmPopulation(instance, clause.name, assumed.distinctLines);
  if (population === null) return null;
  return {
    ...population,
    assumptions: recheckedAssumptions(assumptionChecks(instance, assumed)),
  };
}
