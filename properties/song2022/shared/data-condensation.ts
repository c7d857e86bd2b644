import type {
  Certificate,
  Conclusion,
  Confirmation,
  Tools,
  Violation,
} from '../../../src/claims/index.js';
import { atMost, decided, gaveUp } from '../../../src/claims/index.js';
import { addScaled, dot, norm, scale, toDouble } from '../../../src/math/index.js';
import type { Matrix } from '../../../src/model/index.js';
import type { Atom } from '../../../src/solvers/index.js';
import { decideCondensation, decideReference } from '../../../src/solvers/index.js';
import type { TeacherLine } from '../../../src/theory/index.js';
import { sectorCertificate, teacherLines } from '../../../src/theory/index.js';
import type { CondensationInstance } from './condensation-instance.js';
import { interpolationProblem, referenceAtoms, teacherWidth } from './condensation-instance.js';
import type { CertifiedAssumptions } from './interpolant-certificate.js';
import {
  assumptionChecks,
  certifyInterpolant,
  confirmInterpolant,
} from './interpolant-certificate.js';
import { certifyPopulation, confirmPopulation } from './population-certificate.js';
import { decidePopulation, largestSharedMass, studentArrows } from './population-condensation.js';
import { trainStudent } from './training-witness.js';

export const NORM_CLAUSE = 'no student of norm below m₀ fits';
export const DIRECTION_CLAUSE = 'the dual reaches ±1 on the teacher’s lines only';
export const GROUP_CLAUSE = 'neurons on a line group into sums of 1';

/**
 * Relative slack of the norm clause. Inputs 1e-6 apart give duals of size 1e6 to 1e8, whose bound carries rounding
 * errors up to about 1e-7; a smaller norm counts only when it is smaller by more than this.
 */
export const NORM_TOLERANCE = 1e-6;

/** Largest sample for which the linear program is tried before the dual that theory constructs. */
const PROGRAM_FIRST = 20;

/** Largest sample that is given to the linear program: it takes seconds at 80 inputs. */
const MOST_PROGRAM_INPUTS = 48;

/** Largest sample of three dimensions for which optimal duals are computed and averaged: seconds at 96 inputs. */
const MOST_SPHERE_INPUTS = 64;

/** Nearly all draws are decided in one to five rounds of the program; the rest rarely later. */
const MOST_ROUNDS = 12;

/** What shows a violation: a student that equals the teacher everywhere, or an interpolant. */
export type CondensationWitness =
  | { readonly kind: 'everywhere'; readonly arrows: readonly (readonly number[])[] }
  | { readonly kind: 'interpolant'; readonly atoms: readonly Atom[] };

/**
 * Decides whether every minimum-norm interpolant of width m condenses on the teacher's lines with group sums 1.
 *
 * Fails by a student that equals the teacher everywhere (degenerate teachers), by the projection of the teacher on
 * a subspace that contains all inputs, or by an interpolant from the linear program. Holds when a dual proves the lower bound
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
  const problem = interpolationProblem(instance);
  const lines = teacherLines(teacher);
  const reference = referenceAtoms(lines);
  if (teacher.inputDim === 3 && inputs.length <= MOST_SPHERE_INPUTS) {
    const { status, atoms, lower, upper, largestElsewhere } = decideCondensation(
      problem,
      reference,
      { tolerance: NORM_TOLERANCE / 2, improvement: NORM_TOLERANCE },
    );
    if (status === 'fails' && atoms.length <= width) {
      return smaller(atoms, upper, size, measurements);
    }
    if (status === 'condenses') return condensed(lower, largestElsewhere, size, measurements);
  }
  const constructed = sectorCertificate(teacher, problem.inputs);
  const options = {
    tolerance: NORM_TOLERANCE / 2,
    improvement: NORM_TOLERANCE,
    maxRounds: MOST_ROUNDS,
  };
  if (constructed === null && inputs.length > MOST_PROGRAM_INPUTS) {
    return gaveUp(
      'too many inputs for the linear program, and no dual is constructed',
      measurements,
    );
  }
  const program = inputs.length <= MOST_PROGRAM_INPUTS ? [options] : [];
  const theory = constructed === null ? [] : [{ ...options, dual: constructed, maxRounds: 0 }];
  const attempts =
    inputs.length <= PROGRAM_FIRST ? [...program, ...theory] : [...theory, ...program];
  let reason =
    attempts.length > 0 ? '' : 'too many inputs for the linear program, and no dual is constructed';
  for (const attempt of attempts) {
    const decision = await decideReference(problem, reference, attempt);
    const { lower, upper, largestElsewhere } = decision;
    if (decision.status === 'beaten') {
      const neurons = decision.atoms.length;
      if (neurons > width) {
        reason = `the interpolant of smaller norm found has ${neurons} neurons, more than m = ${width}`;
        continue;
      }
      return smaller(decision.atoms, upper, size, measurements);
    }
    if (decision.status === 'optimal' && largestElsewhere < 1) {
      if (!kinksDetermined(lines, problem.inputs)) {
        return gaveUp(
          'too few inputs to determine the masses on the teacher’s lines',
          measurements,
        );
      }
      return condensed(lower, largestElsewhere, size, measurements);
    }
    reason ||=
      decision.status === 'optimal'
        ? 'a dual proves the norm m₀, but reaches ±1 off the lines too'
        : decision.reason;
  }
  return gaveUp(reason, measurements);
}

function condensed(
  lower: number,
  elsewhere: number,
  size: number,
  measurements: Readonly<Record<string, number>>,
): Conclusion {
  return decided(
    'exact',
    [
      atMost(NORM_CLAUSE, size * (1 - NORM_TOLERANCE), (lower + size) / 2, (size - lower) / 2),
      atMost(DIRECTION_CLAUSE, elsewhere, 1),
      atMost(GROUP_CLAUSE, 0, NORM_TOLERANCE),
    ],
    { measurements: { ...measurements, lower, elsewhere } },
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

/** What a kink's column keeps off the span of the others when the inputs determine its mass. */
const DETERMINED = 1e-9;

/**
 * Whether the inputs determine the even mass e_l on every line: the columns |⟨u_l, x_i⟩| are independent of each
 * other and of the linear functions.
 */
function kinksDetermined(lines: readonly TeacherLine[], inputs: Matrix): boolean {
  const frame: number[][] = [];
  const columns = [
    ...inputs[0].map((_, k) => inputs.map((input) => input[k])),
    ...lines.map(({ direction }) => inputs.map((input) => Math.abs(dot(direction, input)))),
  ];
  return columns.every((column, c) => {
    let rest = column;
    for (let pass = 0; pass < 2; pass += 1) {
      for (const row of frame) rest = addScaled(rest, -dot(row, rest), row);
    }
    const left = norm(rest);
    if (left > DETERMINED * norm(column)) frame.push(scale(1 / left, rest));
    else if (c >= inputs[0].length) return false;
    return true;
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
  const population = certifyPopulation(instance);
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
  const population = confirmPopulation(instance, clause.name);
  if (population === null) return null;
  const assumptions = assumptionChecks(instance, assumed).map((check) => ({
    name: check.what,
    margin: `${check.left} ${check.relation} ${check.right}`,
    holds: check.holds,
  }));
  return { ...population, assumptions: [...population.assumptions, ...assumptions] };
}
