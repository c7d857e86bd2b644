import type { Evidence, Finding } from '../finding.js';
import { rootOf, sumOf, point } from '../enclosure.js';
import type { Rational } from '../rational.js';
import {
  ONE,
  ZERO,
  fraction,
  inner,
  integer,
  larger,
  magnitude,
  minus,
  over,
  plus,
  signOf,
  times,
  total,
} from '../rational.js';
import { list, oneOf, record, vector } from '../read.js';
import { demand } from '../rejection.js';
import type { Statement } from '../statement.js';
import { compared } from '../statement.js';
import type { Assumed, Condensation, Line } from './condensation.js';
import {
  assumptionStatements,
  demandSetting,
  linesOf,
  linesStatement,
  readCondensation,
  sizeStatements,
} from './condensation.js';
import type { NormClause } from './interpolant.js';
import { normSides } from './interpolant.js';

/** On each line of the teacher the masses along ±u, and the pair max(0, ⟨r, x⟩) − max(0, ⟨−r, x⟩). */
interface Student {
  readonly masses: readonly (readonly [Rational, Rational])[];
  readonly residual: readonly Rational[];
}

/** The two clauses that such a student violates, and what the reading says on top. */
export interface EverywhereClauses {
  readonly norm: NormClause;
  readonly groups: string;
  /** Appended to the argument where the reading is about data. */
  readonly argument: string;
}

function readStudent(
  value: Readonly<Record<string, unknown>>,
  lines: readonly Line[],
  inputDim: number,
): Student & { readonly how: 'smaller' | 'equal' } {
  const where = 'certificate.data';
  const data = record(value, where, ['how', 'masses', 'residual']);
  const masses = list(data.masses, `${where}.masses`, lines.length, lines.length).map(
    (pair, l): [Rational, Rational] => {
      const [plus, minus] = vector(pair, `${where}.masses[${l}]`, 2);
      return [plus, minus];
    },
  );
  return {
    how: oneOf(data.how, `${where}.how`, ['smaller', 'equal']),
    masses,
    residual: vector(data.residual, `${where}.residual`, inputDim),
  };
}

/**
 * A student that equals the teacher everywhere and has a norm below m₀ (`smaller`), or norm m₀ and a neuron that no
 * grouping with sums 1 admits (`equal`). Data: masses on the teacher's lines, residual.
 */
export function everywhereFinding(
  { instance: json, data }: Evidence,
  assumed: Assumed,
  clauses: EverywhereClauses,
): Finding {
  const instance = readCondensation(json, assumed);
  const facts = demandSetting(instance, assumed);
  const { teacher, size } = instance;
  const lines = linesOf(teacher);
  if (assumed.distinctLines) {
    demand(lines.length === size, 'the reading is about teachers with distinct lines');
  }
  const student = readStudent(data, lines, teacher.inputDim);
  const { how, masses, residual } = student;
  const isSmaller = how === 'smaller';
  const largest = largestShared(lines, masses);
  const square = inner(residual, residual);
  const onLines = total(masses.flat().map(magnitude));
  const norm = sumOf([point(onLines), rootOf(times(integer(4), square))]);
  const excess = minus(largest, ONE);
  return {
    clause: isSmaller ? clauses.norm.name : clauses.groups,
    statement: isSmaller
      ? 'A student that equals the teacher everywhere has a norm below m₀.'
      : 'A student that equals the teacher everywhere has norm m₀ and cannot be grouped with sums 1.',
    argument: clauses.argument,
    statements: [
      ...sizeStatements(instance),
      ...(assumed.distinctLines ? [linesStatement(lines, size)] : []),
      ...equalityStatements(instance, lines, student),
      ...normStatements(size, onLines, square, isSmaller),
      ...(isSmaller
        ? []
        : [compared('largest mass on a line of several teacher neurons', largest, '>', ONE)]),
      ...(assumed.inputs === undefined ? [] : assumptionStatements(instance, assumed)),
    ],
    facts,
    argued: [
      isSmaller
        ? 'a norm below m₀ rules out m₀ groups of sum 1'
        : 'a neuron of mass above 1 fits into no group of sum 1',
    ],
    sides: isSmaller
      ? normSides(size, clauses.norm, norm, fraction(1n, 10n ** 9n))
      : {
          lhs: { lower: nudged(excess, -1n), upper: nudged(excess, 1n) },
          rhs: { lower: ZERO, upper: ZERO },
        },
  };
}

/** x moved by a relative 10⁻¹⁵, for one rounding. */
function nudged(x: Rational, way: bigint): Rational {
  return plus(x, times(magnitude(x), fraction(way, 10n ** 15n)));
}

/** Kinks agree on every line and so do the linear parts: then the functions are equal, as σ(t) = ½|t| + ½t. */
function equalityStatements(
  { teacher, width }: Condensation,
  lines: readonly Line[],
  { masses, residual }: Student,
): Statement[] {
  const off = residual.some((entry) => signOf(entry) !== 0) ? 2 : 0;
  const neurons = masses.flat().filter((mass) => signOf(mass) !== 0).length + off;
  const linear = (k: number, weights: readonly Rational[]): Rational =>
    total(
      lines.map(({ first }, l) =>
        times(weights[l], over(teacher.directions[first][k], teacher.lengths[first])),
      ),
    );
  const odd = masses.map(([plus, against]) => minus(plus, against));
  const own = lines.map(({ along, against }) => integer(along - against));
  return [
    compared('neurons of the student', integer(neurons), '≤', integer(width)),
    ...lines.map(({ along, against }, l) =>
      compared(
        `kink on line ${l + 1}: masses of the student`,
        plus(...masses[l]),
        '=',
        integer(along + against),
      ),
    ),
    ...residual.map((entry, k) =>
      compared(
        `twice the linear part, coordinate ${k + 1}`,
        plus(linear(k, odd), times(integer(2), entry)),
        '=',
        linear(k, own),
      ),
    ),
  ];
}

/** Σ|mass| + 2‖r‖ against m₀, without a root. */
function normStatements(
  size: number,
  onLines: Rational,
  square: Rational,
  isSmaller: boolean,
): Statement[] {
  const room = minus(integer(size), onLines);
  return [
    compared('m₀ − Σ|mass| on the lines', room, isSmaller ? '>' : '≥', ZERO),
    compared(
      '(2‖r‖)² of the pair off the lines, against the square of that',
      times(integer(4), square),
      isSmaller ? '<' : '≤',
      times(room, room),
    ),
  ];
}

/** The largest |mass| of a neuron on a line that several teacher neurons share. */
function largestShared(
  lines: readonly Line[],
  masses: readonly (readonly [Rational, Rational])[],
): Rational {
  return lines.reduce(
    (most, { members }, l) => (members < 2 ? most : masses[l].map(magnitude).reduce(larger, most)),
    ZERO,
  );
}
