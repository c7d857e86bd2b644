import { ASSUMED } from '../assumptions.js';
import type { Rational } from '../rational.js';
import { ZERO, inner, integer, minus, over, plus, signOf, times } from '../rational.js';
import { double, list, matrix, oneOf, real, record, vector, whole } from '../read.js';
import { demand } from '../rejection.js';
import type { Statement } from '../statement.js';
import { compared, settling } from '../statement.js';
import { fewestPerCell, multipleOf } from './arrangement.js';

type Vector = readonly Rational[];

/** The teacher Σ_k signs[k]·max(0, ⟨directions[k], x⟩)/lengths[k], all numbers exact. */
export interface Teacher {
  readonly inputDim: number;
  readonly signs: readonly (1 | -1)[];
  readonly directions: readonly Vector[];
  readonly lengths: readonly Rational[];
}

/** Teacher, width m of the students, and inputs up to positive scaling. */
export interface Condensation {
  readonly teacher: Teacher;
  /** m₀. */
  readonly size: number;
  readonly width: number;
  readonly inputs: readonly Vector[];
  /** Inputs in every cell, where the instance says it. */
  readonly perCell: number | null;
}

/** What a reading assumes of an instance. */
export interface Assumed {
  /** Only this input dimension. */
  readonly inputDim?: number;
  /** Teachers and inputs of densities: distinct lines, and a violation on an open set. */
  readonly distinctLines: boolean;
  /** Inputs per cell; absent where the students equal the teacher everywhere. */
  readonly inputs?: {
    readonly cells: 'closed' | 'open';
    /** `own`: as many as the instance says, which says how they were placed too. */
    readonly needed: 'own' | ((inputDim: number) => number);
    /** The name of the assumption. */
    readonly named: string;
  };
}

/** Sizes beyond which the cells of a teacher are not enumerated. */
const MOST_NEURONS = 12;
const MOST_DIMENSIONS = 12;

export function readTeacher(value: unknown, where: string): Teacher {
  const teacher = record(value, where, ['inputDim', 'signs', 'directions', 'lengths']);
  const inputDim = whole(teacher.inputDim, `${where}.inputDim`, 1, MOST_DIMENSIONS);
  const signs = list(teacher.signs, `${where}.signs`, 1, MOST_NEURONS).map((sign, k) => {
    const value = double(sign, `${where}.signs[${k}]`);
    demand(value === 1 || value === -1, `${where}.signs[${k}] must be 1 or −1`);
    return value;
  });
  const directions = matrix(teacher.directions, `${where}.directions`, inputDim, real);
  demand(directions.length === signs.length, `${where}: as many directions as signs`);
  const lengths = vector(teacher.lengths, `${where}.lengths`, signs.length, real);
  demand(
    lengths.every((length) => signOf(length) > 0),
    `${where}.lengths must be positive`,
  );
  return { inputDim, signs, directions, lengths };
}

/** How the inputs of an instance that says it may have been placed; no statement rests on it. */
const PLACEMENTS = ['uniform', 'near-walls', 'clustered', 'near-subspace', 'flattened'] as const;

export function readCondensation(value: unknown, assumed: Assumed): Condensation {
  const own = assumed.inputs?.needed === 'own';
  const instance = record(value, 'instance', [
    ...(['teacher', 'width', 'inputs', 'trained'] as const),
    ...(own ? (['perCell', 'placement'] as const) : []),
  ]);
  const perCell = own ? whole(instance.perCell, 'instance.perCell', 1, 1e6) : null;
  if (own) oneOf(instance.placement, 'instance.placement', PLACEMENTS);
  demand(typeof instance.trained === 'boolean', 'instance.trained must be true or false');
  const teacher = readTeacher(instance.teacher, 'instance.teacher');
  const inputs = matrix(instance.inputs, 'instance.inputs', teacher.inputDim, real);
  demand(
    inputs.every((input) => input.some((entry) => signOf(entry) !== 0)),
    'instance.inputs must not contain 0, which has no direction',
  );
  const width = whole(instance.width, 'instance.width', 0, 1e6);
  return { teacher, size: teacher.signs.length, width, inputs, perCell };
}

/** The neurons on one line through 0: sums of their signs along the direction of the first and against it. */
export interface Line {
  readonly first: number;
  readonly members: number;
  readonly along: number;
  readonly against: number;
}

export function linesOf({ directions, signs }: Teacher): Line[] {
  const lines: { first: number; members: number; along: number; against: number }[] = [];
  for (const [k, direction] of directions.entries()) {
    demand(
      direction.some((entry) => signOf(entry) !== 0),
      'a teacher direction must not be 0',
    );
    let turn: 1 | -1 = 1;
    const line = lines.find(({ first }) => {
      const factor = multipleOf(directions[first], direction);
      if (factor === null) return false;
      turn = signOf(factor) > 0 ? 1 : -1;
      return true;
    });
    if (line === undefined) {
      lines.push({ first: k, members: 1, along: signs[k], against: 0 });
      continue;
    }
    line.members += 1;
    if (turn > 0) line.along += signs[k];
    else line.against += signs[k];
  }
  return lines;
}

/** f*(x), exactly. */
export function teacherAt({ directions, signs, lengths }: Teacher, x: Vector): Rational {
  return directions.reduce((sum, direction, k) => {
    const along = inner(direction, x);
    if (signOf(along) <= 0) return sum;
    return plus(sum, times(integer(signs[k]), over(along, lengths[k])));
  }, ZERO);
}

/** ‖b_k‖² = length_k² for all k, with the last defect that is not 0. */
export function unitNeurons(what: string, { directions, lengths }: Teacher): Statement {
  const defects = directions.map((b, k) => minus(inner(b, b), times(lengths[k], lengths[k])));
  const wrong = defects.findLast((defect) => signOf(defect) !== 0);
  return compared(what, wrong ?? ZERO, '=', ZERO);
}

export const UNIT_NEURONS = '‖b_k‖² − length² of all teacher directions';

/** ‖b_k‖ = 1 after division by the lengths, and m > m₀. */
export function sizeStatements({ teacher, width, size }: Condensation): Statement[] {
  return [
    settling(ASSUMED.unitNeurons, unitNeurons(UNIT_NEURONS, teacher)),
    settling(
      ASSUMED.moreStudents,
      compared('student width m − m₀', integer(width - size), '≥', integer(1)),
    ),
  ];
}

/** The assumptions of a reading about data. */
export function assumptionStatements(
  instance: Condensation,
  { distinctLines, inputs }: Assumed,
): Statement[] {
  const { teacher, size } = instance;
  const statements = sizeStatements(instance);
  const lines = linesOf(teacher);
  if (inputs !== undefined) {
    const needed = inputs.needed === 'own' ? instance.perCell : inputs.needed(teacher.inputDim);
    demand(needed !== null, 'the instance must say how many inputs a cell holds');
    const normals = lines.map(({ first }) => teacher.directions[first]);
    statements.push(
      settling(
        inputs.named,
        compared(
          `fewest distinct inputs in any ${inputs.cells} cell (signs of exact inner products)`,
          integer(fewestPerCell(normals, instance.inputs, inputs.cells, teacher.inputDim)),
          '≥',
          integer(needed),
        ),
      ),
    );
  }
  if (distinctLines) {
    statements.push(linesStatement(lines, size));
  }
  return statements;
}

/** As many lines as neurons. */
export function linesStatement(lines: readonly Line[], size: number): Statement {
  return settling(
    ASSUMED.distinctLines,
    compared('lines of the teacher', integer(lines.length), '=', integer(size)),
  );
}

/** Conditions of a reading that no check prints. */
export function demandSetting(instance: Condensation, assumed: Assumed): string[] {
  const { inputDim } = assumed;
  if (inputDim === undefined) return [];
  demand(instance.teacher.inputDim === inputDim, `the reading is about d = ${inputDim}`);
  return [`d = ${inputDim}`];
}
