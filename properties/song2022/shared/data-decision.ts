import { addScaled, dot, isLess, norm, scale, sign } from '../../../src/math/index.js';
import type { Matrix, Vector } from '../../../src/model/index.js';
import type { Atom, InterpolationProblem } from '../../../src/solvers/index.js';
import {
  decideCondensation,
  decideReference,
  minimumNormByLinearPrograms,
  prepareProblem,
  solveMinimumNorm,
  sparserNetwork,
} from '../../../src/solvers/index.js';
import type { TeacherLine, UnitTeacher } from '../../../src/theory/index.js';
import { sectorCertificate, teacherLines } from '../../../src/theory/index.js';
import type { CondensationInstance } from './condensation-instance.js';
import { interpolationProblem, referenceAtoms, teacherWidth } from './condensation-instance.js';
import { exactInterpolant } from './interpolant-certificate.js';

/**
 * Relative slack of the norm clause. Inputs 1e-6 apart give duals of size 1e6 to 1e8, whose bound carries rounding
 * errors up to about 1e-7; a smaller norm counts only when it is smaller by more than this.
 */
export const NORM_TOLERANCE = 1e-6;

/** What was decided about the minimum-norm interpolants of one instance. */
export type DataDecision =
  | {
      /** A dual proves the norm m₀ up to `lower`, and touches on the teacher's lines only. */
      readonly status: 'condenses';
      readonly lower: number;
      readonly largestElsewhere: number;
      /** Bound of what rounded inputs and labels change in the dual's values, and so relatively in `lower`. */
      readonly rounding: number;
      readonly measurements: Readonly<Record<string, number>>;
    }
  | {
      /** `atoms`, at most m of them, interpolate with a norm of at most `upper` < m₀. */
      readonly status: 'fails';
      readonly atoms: readonly Atom[];
      readonly upper: number;
      readonly measurements: Readonly<Record<string, number>>;
    }
  | { readonly status: 'undecided'; readonly reason: string };

type Attempt = () => DataDecision | Promise<DataDecision>;

/** Dimensions of the inputs' span up to which `decideCondensation` prices all cells in milliseconds. */
const OWN_DIMENSION = 3;
/** In the plane theory's dual costs nothing; above this many inputs it is tried before the solver. */
const SOLVER_FIRST = 40;
/**
 * Most draws need one to four optimal duals, for the rest linear programs are cheaper than more of them; of many inputs
 * each takes a tenth of a second, and where two do not decide more rarely do.
 */
const MOST_DUALS = { few: 4, many: 2 } as const;
/** Largest sample of the linear program over duals: it takes seconds at 80 inputs. */
const MOST_PROGRAM_INPUTS = 48;
/** Nearly all draws are decided in one to five rounds of that program; the rest rarely later. */
const MOST_ROUNDS = 12;
/** Largest sample and most rounds of the column generation that checks a decision: 20 milliseconds. */
const MOST_CHECKED_INPUTS = 12;
const CHECK_ROUNDS = 8;
/** HiGHS meets constraints up to 1e-7 each; a contradiction between solvers is far above that. */
const CONTRADICTION = 1e-5;

/**
 * Decides an instance whose teacher condenses on the whole sphere: by the own solver where the inputs span at most three
 * dimensions, by the dual that theory constructs in the plane, and where neither decides by linear programs over duals.
 * Whoever finds a dual, the bound rests on exact pricing.
 *
 * Small draws that train a student are solved a second time, by column generation with HiGHS; a contradiction decides nothing.
 */
export async function decideOnData(instance: CondensationInstance): Promise<DataDecision> {
  const { teacher, inputs, trained } = instance;
  const problem = interpolationProblem(instance);
  const lines = teacherLines(teacher);
  const reference = referenceAtoms(lines);
  const prepared = prepareProblem(problem);
  if (prepared.status === 'zero') return undecided('every label is 0');
  if (prepared.status !== 'ready') return undecided(`in float64 ${prepared.reason}`);
  const low = prepared.inputs[0].length <= OWN_DIMENSION;
  const checks = trained && low && inputs.length <= MOST_CHECKED_INPUTS;
  const own: Attempt[] = low ? [() => bySolver(problem, reference, instance)] : [];
  const constructed = sectorCertificate(teacher, problem.inputs);
  const options = { tolerance: NORM_TOLERANCE / 2, improvement: NORM_TOLERANCE };
  const byProgram = (maxRounds: number, dual?: Vector): Attempt => {
    const given = { ...options, maxRounds, ...(dual === undefined ? {} : { dual }) };
    return async () => byDuals(problem, lines, reference, instance, given);
  };
  const theory = constructed === null ? [] : [byProgram(0, constructed)];
  const program = inputs.length <= MOST_PROGRAM_INPUTS ? [byProgram(MOST_ROUNDS)] : [];
  const attempts =
    inputs.length <= SOLVER_FIRST
      ? [...own, ...theory, ...program]
      : [...theory, ...own, ...program];
  let reason = '';
  for (const attempt of attempts) {
    const decision = await attempt();
    if (decision.status !== 'undecided') {
      return checks ? checked(problem, decision, instance) : decision;
    }
    reason ||= decision.reason;
  }
  return undecided(
    reason === '' ? `${inputs.length} inputs are too many for linear programs` : reason,
  );
}

function undecided(reason: string): DataDecision {
  return { status: 'undecided', reason };
}

function bySolver(
  problem: InterpolationProblem,
  reference: readonly Atom[],
  instance: CondensationInstance,
): DataDecision {
  const decision = decideCondensation(problem, reference, {
    tolerance: NORM_TOLERANCE / 2,
    improvement: NORM_TOLERANCE,
    mostDuals: MOST_DUALS[problem.inputs.length <= SOLVER_FIRST ? 'few' : 'many'],
  });
  const { lower, upper, largestElsewhere, dual } = decision;
  if (decision.status === 'fails') {
    // Kinks come as two neurons each; as many as there are inputs suffice at no greater norm.
    const atoms = sparserNetwork(problem.inputs, decision.atoms);
    if (Math.abs(normOf(atoms) - upper) <= NORM_TOLERANCE * upper) {
      return failing(atoms, upper, instance);
    }
    // The solver stops as soon as something is proved to lie below m₀, be it a rough network with the cost of its
    // correction: then the sides of the clause are those of the least norm instead.
    const full = solveMinimumNorm(problem);
    const least = sparserNetwork(problem.inputs, full.atoms);
    if (!full.proved || Math.abs(normOf(least) - full.upper) > NORM_TOLERANCE * full.upper) {
      return undecided('no network of smaller norm is known well enough');
    }
    return failing(least, full.upper, instance);
  }
  if (decision.status === 'condenses') {
    return condensing(lower, largestElsewhere, dual, instance);
  }
  const size = teacherWidth(instance);
  return undecided(
    upper < size && upper - lower < NORM_TOLERANCE * size
      ? 'the least norm is below m₀ by less than the tolerance'
      : decision.reason,
  );
}

function normOf(atoms: readonly Atom[]): number {
  return atoms.reduce((sum, { mass, direction }) => sum + Math.abs(mass) * norm(direction), 0);
}

async function byDuals(
  problem: InterpolationProblem,
  lines: readonly TeacherLine[],
  reference: readonly Atom[],
  instance: CondensationInstance,
  options: Parameters<typeof decideReference>[2],
): Promise<DataDecision> {
  const decision = await decideReference(problem, reference, options);
  const { status, lower, upper, largestElsewhere } = decision;
  if (status === 'beaten') return failing(decision.atoms, upper, instance);
  if (status === 'undecided') return undecided(decision.reason);
  if (!(largestElsewhere < 1)) {
    return undecided('a dual proves the norm m₀, but reaches ±1 off the lines too');
  }
  if (!kinksDetermined(lines, problem.inputs)) {
    return undecided('too few inputs to determine the masses on the teacher’s lines');
  }
  return condensing(lower, largestElsewhere, decision.dual, instance);
}

/** Undecided where the dual does not prove it for the data before they were rounded. */
function condensing(
  lower: number,
  largestElsewhere: number,
  dual: Vector,
  instance: CondensationInstance,
): DataDecision {
  const size = teacherWidth(instance);
  const rounding = roundingOf(dual, instance.teacher);
  return largestElsewhere + rounding < 1 && lower - size * rounding > size * (1 - NORM_TOLERANCE)
    ? { status: 'condenses', lower, largestElsewhere, rounding, measurements: {} }
    : undecided('a dual proves the norm m₀, but not for the inputs before rounding');
}

/**
 * A smaller norm refutes students of width m where some interpolant of it has at most m neurons. For m ≥ N there is
 * one (Carathéodory); below, float64 does not tell a fit from a near fit, and `atoms` must fit in rationals.
 */
function failing(
  atoms: readonly Atom[],
  upper: number,
  instance: CondensationInstance,
): DataDecision {
  const { teacher, width, inputs } = instance;
  const neurons = atoms.length;
  if (width < inputs.length) {
    const exact = neurons <= width ? exactInterpolant(teacher, inputs, atoms) : null;
    const needed =
      exact?.masses.filter((mass) => sign(mass) !== 0).length ?? Math.max(neurons, width + 1);
    if (exact === null || needed > width || isLess(exact.norm, teacherWidth(instance)) !== 'yes') {
      return undecided(
        `the interpolant of smaller norm found has ${needed} neurons, more than m = ${width}`,
      );
    }
  }
  return { status: 'fails', atoms, upper, measurements: {} };
}

/**
 * Bound of |g − ĝ| on the sphere and of |Σλ_i(y_i − ŷ_i)|/m₀: unit inputs x̂_i are rounded by (d/2 + 3)u, labels
 * relative to m₀ by that and (d + m₀ + 2)u, u = 2⁻⁵³.
 */
function roundingOf(dual: Vector, teacher: UnitTeacher): number {
  const mass = dual.reduce((sum, entry) => sum + Math.abs(entry), 0);
  return mass * (2 * teacher.inputDim + teacher.signs.length + 8) * 2 ** -53;
}

/** The decision with the bounds of HiGHS beside it. */
async function checked(
  problem: InterpolationProblem,
  decision: Exclude<DataDecision, { status: 'undecided' }>,
  instance: CondensationInstance,
): Promise<DataDecision> {
  const size = teacherWidth(instance);
  const { lower, upper } = await minimumNormByLinearPrograms(problem, { maxRounds: CHECK_ROUNDS });
  const contradicts =
    decision.status === 'condenses'
      ? upper < size * (1 - CONTRADICTION)
      : lower > decision.upper + size * CONTRADICTION;
  if (contradicts) {
    return undecided(
      `two solvers contradict one another: HiGHS encloses the norm in [${lower}, ${upper}]`,
    );
  }
  const measurements = {
    programLower: lower,
    ...(upper < Infinity ? { programUpper: upper } : {}),
  };
  return { ...decision, measurements };
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
