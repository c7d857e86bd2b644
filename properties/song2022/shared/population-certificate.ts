import type { Certificate, Confirmation, ExactCheck } from '../../../src/claims/index.js';
import { settling } from '../../../src/claims/index.js';
import type { Rational } from '../../../src/math/index.js';
import {
  add,
  bigNumber,
  compare,
  formatRational,
  fromDouble,
  HIGH_PRECISION_DIGITS,
  multiply,
  rational,
  sign,
  subtract,
  sumExact,
} from '../../../src/math/index.js';
import type { UnitTeacher } from '../../../src/theory/index.js';
import { normDefectExact, teacherLines } from '../../../src/theory/index.js';
import type { CondensationInstance } from './condensation-instance.js';
import { distinctLines, moreStudents, teacherWidth, unitNeurons } from './condensation-instance.js';
import type { EverywhereStudent, PopulationDecision } from './population-condensation.js';
import { decidePopulation, largestSharedMass, onLineNorm } from './population-condensation.js';

type Failure = Extract<PopulationDecision, { status: 'fails' }>;

/**
 * Certifies that minimum-norm students fail to condense with group sums 1, by one student: it equals the teacher
 * everywhere, has at most m neurons, and either a norm below m₀ (then so have the minimisers, whose group sums cannot all
 * be 1), or norm m₀ and a neuron of mass above 1 on a line with several teacher neurons (if the minimum is m₀ it is itself a
 * minimiser whose neurons cannot be grouped, and if the minimum is less the first case applies).
 */
export function certifyPopulation(
  instance: CondensationInstance,
  distinct: boolean,
): Certificate | null {
  const decision = decidePopulation(instance.teacher, instance.width);
  if (decision.status !== 'fails') return null;
  return {
    kind: 'instance',
    statement:
      decision.how === 'smaller'
        ? 'A student that equals the teacher everywhere has a norm below m₀.'
        : 'A student that equals the teacher everywhere has norm m₀ and cannot be grouped with sums 1.',
    argument:
      'On every line the masses along ±u have the sum e that fixes the kink, and the linear parts agree, so the functions are equal (σ(t) = ½|t| + ½t). Σ|a_j|‖b_j‖ is at most the stated norm; min ‖θ‖² is twice the least such norm. Were every minimiser condensed with group sums 1, the least norm would be m₀, and a student of norm ≤ m₀ would be such a minimiser; this one is not.',
    checks: populationChecks(instance, decision, distinct),
    data: {
      type: 'everywhere-student',
      how: decision.how,
      masses: decision.student.masses.map((pair) => pair.map(formatRational)),
      residual: decision.student.residual.map(formatRational),
    },
  };
}

function populationChecks(
  instance: CondensationInstance,
  failure: Failure,
  distinct: boolean,
): ExactCheck[] {
  const { teacher, width } = instance;
  const { student, how } = failure;
  const lines = teacherLines(teacher);
  const checks: ExactCheck[] = [
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
      exactly('student width m − m₀', rational(width - teacherWidth(instance)), '≥', rational(1n)),
    ),
    ...(distinct ? [linesCheck(teacher)] : []),
    exactly('neurons of the student', rational(student.neurons), '≤', rational(width)),
  ];
  for (const [l, line] of lines.entries()) {
    const [plus, minus] = student.masses[l];
    checks.push(
      exactly(
        `kink on line ${l + 1}: masses of the student`,
        add(plus, minus),
        '=',
        rational(line.along + line.against),
      ),
    );
  }
  for (let k = 0; k < teacher.inputDim; k += 1) {
    const part = (weight: (l: number) => Rational): Rational =>
      sumExact(
        lines.map(({ first }, l) =>
          multiply(
            weight(l),
            multiply(fromDouble(teacher.directions[first][k]), inverse(teacher.lengths[first])),
          ),
        ),
      );
    const studentPart = add(
      part((l) => subtract(...student.masses[l])),
      multiply(2n, student.residual[k]),
    );
    const teacherPart = part((l) => rational(lines[l].along - lines[l].against));
    checks.push(
      exactly(`twice the linear part, coordinate ${k + 1}`, studentPart, '=', teacherPart),
    );
  }
  const room = subtract(BigInt(teacherWidth(instance)), onLineNorm(student));
  checks.push(
    exactly('m₀ − Σ|mass| on the lines', room, how === 'smaller' ? '>' : '≥', rational(0n)),
    exactly(
      '(2‖r‖)² of the pair off the lines, against the square of that',
      multiply(4n, squaredNorm(student)),
      how === 'smaller' ? '<' : '≤',
      multiply(room, room),
    ),
  );
  if (how === 'equal') {
    const mass = largestSharedMass(teacher, student);
    checks.push(
      exactly('largest mass on a line of several teacher neurons', mass, '>', rational(1n)),
    );
  }
  return checks;
}

/** As many lines as neurons. */
export function linesCheck(teacher: UnitTeacher): ExactCheck {
  return settling(
    distinctLines,
    exactly(
      'lines of the teacher',
      rational(teacherLines(teacher).length),
      '=',
      rational(teacher.signs.length),
    ),
  );
}

function inverse(value: number): Rational {
  const { numerator, denominator } = fromDouble(value);
  return { numerator: denominator, denominator: numerator };
}

function squaredNorm(student: EverywhereStudent): Rational {
  return sumExact(student.residual.map((entry) => multiply(entry, entry)));
}

/** A check of two rationals. */
export function exactly(
  what: string,
  left: Rational,
  relation: ExactCheck['relation'],
  right: Rational,
): ExactCheck {
  const order = compare(left, right);
  const holds = {
    '=': order === 0,
    '≤': order <= 0,
    '<': order < 0,
    '≥': order >= 0,
    '>': order > 0,
  }[relation];
  return { what, left: formatRational(left), relation, right: formatRational(right), holds };
}

type Big = ReturnType<typeof bigNumber>;

function big({ numerator, denominator }: Rational): Big {
  return bigNumber(numerator.toString()).div(bigNumber(denominator.toString()));
}

/** The same violation in 64-digit decimals: norm and largest shared mass of the student, from its exact masses. */
export function confirmPopulation(
  instance: CondensationInstance,
  clause: string,
  distinct: boolean,
): Confirmation | null {
  const decision = decidePopulation(instance.teacher, instance.width);
  if (decision.status !== 'fails') return null;
  const { student, how } = decision;
  let total = bigNumber(0);
  for (const mass of student.masses.flat()) total = total.plus(big(mass).abs());
  let square = bigNumber(0);
  for (const entry of student.residual) square = square.plus(big(entry).times(big(entry)));
  total = total.plus(square.sqrt().times(2));
  const size = teacherWidth(instance);
  const largest = big(largestSharedMass(instance.teacher, student));
  const defect = normDefectExact(instance.teacher);
  return {
    method: 'norm of the student from its exact masses, in decimals',
    digits: HIGH_PRECISION_DIGITS,
    clause,
    lhs: (how === 'smaller' ? bigNumber(size) : largest).toString(),
    rhs: (how === 'smaller' ? total : bigNumber(1)).toString(),
    violated:
      student.neurons <= instance.width &&
      (how === 'smaller' ? total.lt(size) : largest.gt(1) && total.lte(size)),
    assumptions: [
      {
        name: unitNeurons.name,
        margin: formatRational(defect),
        holds: sign(defect) === 0,
      },
      {
        name: moreStudents.name,
        margin: String(instance.width - size - 1),
        holds: instance.width >= size + 1,
      },
      ...(distinct ? [linesRechecked(instance.teacher)] : []),
    ],
  };
}

function linesRechecked(teacher: UnitTeacher): Confirmation['assumptions'][number] {
  const { left, relation, right, holds } = linesCheck(teacher);
  return { name: distinctLines.name, margin: `${left} ${relation} ${right}`, holds };
}
