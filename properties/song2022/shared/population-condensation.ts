import type { Rational } from '../../../src/math/index.js';
import {
  absolute,
  add,
  compare,
  divide,
  fromDouble,
  multiply,
  nullSpaceExact,
  ratio,
  rational,
  sign,
  subtract,
  toDouble,
} from '../../../src/math/index.js';
import type { TeacherLine, UnitTeacher } from '../../../src/theory/index.js';
import { populationMinimum, teacherLines } from '../../../src/theory/index.js';

/**
 * A student that equals the teacher everywhere: on each line of the teacher the masses e_l ± o_l along ±u_l, and
 * the linear function that is left as the pair σ(⟨r, x⟩) − σ(⟨−r, x⟩), r = q − Σo_lu_l. Everything exact.
 */
export interface EverywhereStudent {
  readonly odd: readonly Rational[];
  /** Masses along u_l and −u_l. */
  readonly masses: readonly (readonly [Rational, Rational])[];
  readonly residual: readonly Rational[];
  readonly neurons: number;
}

/** Whether all minimum-norm networks that equal a teacher everywhere condense with group sums 1. */
export type PopulationDecision =
  | { readonly status: 'condenses'; readonly lower: number; readonly upper: number }
  | {
      readonly status: 'fails';
      /** 'smaller': a student of smaller norm; 'equal': one of norm m₀ whose neurons cannot be grouped. */
      readonly how: 'smaller' | 'equal';
      readonly student: EverywhereStudent;
      readonly norm: number;
      readonly lower: number;
    }
  | { readonly status: 'undecided'; readonly reason: string };

/** Relative improvement that is called one: far above the rounding of the projection, 1e-15. */
const IMPROVEMENT = 1e-9;

/**
 * Decides Proposition 4.2's conclusion for one teacher and student width. The minimum over all widths comes from
 * `populationMinimum`; every student named is exact and has at most `width` neurons.
 *
 * A line with n teacher neurons carries at most two distinct directions, so a student with one neuron each way can
 * be grouped into n groups of sum 1 only if n = 1, or n = 2 and both neurons have mass 1. Hence two equal neurons (merged: mass 2), three
 * on a line, or two that cancel, always fail. Otherwise a line holds one neuron or an antiparallel pair. A
 * minimiser may move o_l along linear relations of the lines as long as |o_l| ≤ |e_l|: single neurons sit at the
 * end of that range and move inwards without changing their sum, pairs of equal sign sit in its middle and lose theirs.
 */
export function decidePopulation(teacher: UnitTeacher, width: number): PopulationDecision {
  const lines = teacherLines(teacher);
  const own = everywhereStudent(
    teacher,
    lines,
    lines.map(({ along, against }) => ratio(BigInt(along - against), 2n)),
  );
  const minimum = populationMinimum(lines);
  const { lower, upper } = minimum;
  const teacherNorm = teacher.signs.length;
  const merged = lines.reduce(
    (sum, { along, against }) => sum + Math.abs(along) + Math.abs(against),
    0,
  );
  if (merged < teacherNorm) return fails('smaller', own, merged, lower);
  const single = lines.every(
    ({ members, along, against }) =>
      members.length === 1 ||
      (members.length === 2 && Math.abs(along) === 1 && Math.abs(against) === 1),
  );
  if (!single) return fails('equal', own, merged, lower);
  if (upper < teacherNorm * (1 - IMPROVEMENT)) {
    const student = everywhereStudent(teacher, lines, minimum.odd.map(fromDouble));
    return student.neurons <= width
      ? fails('smaller', student, upper, lower)
      : {
          status: 'undecided',
          reason: 'the student of smaller norm found has more than m neurons',
        };
  }
  if (lower < teacherNorm * (1 - IMPROVEMENT)) {
    return { status: 'undecided', reason: 'the projection on the zonotope did not converge' };
  }
  return decideRelations(teacher, lines, width, lower, upper);
}

function fails(
  how: 'smaller' | 'equal',
  student: EverywhereStudent,
  norm: number,
  lower: number,
): PopulationDecision {
  return { status: 'fails', how, student, norm, lower };
}

function isPair({ members }: TeacherLine): boolean {
  return members.length === 2;
}

function decideRelations(
  teacher: UnitTeacher,
  lines: readonly TeacherLine[],
  width: number,
  lower: number,
  upper: number,
): PopulationDecision {
  const movable = lines.filter(({ along, against }) => along + against !== 0);
  if (!movable.some(isPair)) return { status: 'condenses', lower, upper };
  const matrix = Array.from({ length: teacher.inputDim }, (_, k) =>
    movable.map(({ first }) => divide(teacher.directions[first][k], teacher.lengths[first])),
  );
  const relations = nullSpaceExact(matrix);
  for (const relation of relations) {
    for (const way of [1n, -1n]) {
      const moves = movable.map((line, l) => ({ line, move: way * relation[l] }));
      const inwards = moves.every(
        ({ line, move }) => isPair(line) || move * BigInt(line.along) <= 0n,
      );
      if (!inwards || !moves.some(({ line, move }) => isPair(line) && move !== 0n)) continue;
      const largest = moves.reduce((most, { move }) => {
        const size = move < 0n ? -move : move;
        return size > most ? size : most;
      }, 1n);
      const odd = lines.map((line) => {
        const start = ratio(BigInt(line.along - line.against), 2n);
        const move = moves.find((entry) => entry.line === line)?.move ?? 0n;
        return add(start, ratio(move, 2n * largest));
      });
      const student = everywhereStudent(teacher, lines, odd);
      if (student.neurons <= width) return fails('equal', student, teacher.signs.length, lower);
    }
  }
  return relations.length <= 1
    ? { status: 'condenses', lower, upper }
    : {
        status: 'undecided',
        reason: 'several linear relations of the lines; not all combinations were tried',
      };
}

function everywhereStudent(
  teacher: UnitTeacher,
  lines: readonly TeacherLine[],
  odd: readonly Rational[],
): EverywhereStudent {
  const half = ratio(1n, 2n);
  const masses = lines.map(({ along, against }, l): [Rational, Rational] => {
    const even = multiply(half, BigInt(along + against));
    return [add(even, odd[l]), subtract(even, odd[l])];
  });
  const residual = Array.from({ length: teacher.inputDim }, (_, k) =>
    lines.reduce<Rational>((sum, { first, along, against }, l) => {
      const left = subtract(multiply(half, BigInt(along - against)), odd[l]);
      const entry = divide(teacher.directions[first][k], teacher.lengths[first]);
      return add(sum, multiply(left, entry));
    }, rational(0n)),
  );
  const own = masses.flat().filter((mass) => sign(mass) !== 0).length;
  const off = residual.some((entry) => sign(entry) !== 0) ? 2 : 0;
  return { odd, masses, residual, neurons: own + off };
}

/** Σ|mass| over the neurons on the lines. */
export function onLineNorm(student: EverywhereStudent): Rational {
  return student.masses
    .flat()
    .reduce<Rational>((sum, mass) => add(sum, absolute(mass)), rational(0n));
}

/** The largest mass of a neuron on a line that more than one teacher neuron shares. */
export function largestSharedMass(teacher: UnitTeacher, student: EverywhereStudent): Rational {
  let largest = rational(0n);
  for (const [l, line] of teacherLines(teacher).entries()) {
    if (line.members.length < 2) continue;
    for (const mass of student.masses[l]) {
      if (compare(absolute(mass), largest) > 0) largest = absolute(mass);
    }
  }
  return largest;
}

/** Neurons of a student as arrows |a|·b for figures and witnesses, in float64. */
export function studentArrows(teacher: UnitTeacher, student: EverywhereStudent): number[][] {
  const arrows = teacherLines(teacher).flatMap(({ direction }, l) =>
    student.masses[l].map((mass, side) =>
      direction.map((entry) => (side === 0 ? 1 : -1) * Math.abs(toDouble(mass)) * entry),
    ),
  );
  const rest = student.residual.map((entry) => toDouble(entry));
  return [...arrows, rest, rest.map((entry) => -entry)].filter((arrow) =>
    arrow.some((entry) => Math.abs(entry) > 1e-12),
  );
}
