import type { Assumption, Coverage, Features } from '../../../src/claims/index.js';
import { tex } from '../../../src/claims/index.js';
import { scale, unitVector } from '../../../src/math/index.js';
import type { Matrix } from '../../../src/model/index.js';
import type { Atom, InterpolationProblem } from '../../../src/solvers/index.js';
import type { TeacherLine, UnitTeacher } from '../../../src/theory/index.js';
import { countPerCell, teacherLines, teacherValue } from '../../../src/theory/index.js';
import { normDefectExact } from '../../../src/theory/index.js';

/**
 * A teacher, the width m of the students and the inputs; without inputs the students equal the teacher everywhere.
 * Inputs are doubles taken exactly and stand for x/‖x‖: teacher and students are positively homogeneous.
 */
export interface CondensationInstance {
  readonly teacher: UnitTeacher;
  readonly width: number;
  readonly inputs: Matrix;
  /** Whether a student is also trained on this draw, as a measurement. */
  readonly trained: boolean;
}

/** m₀, also the norm Σ‖a_kb_k‖ of the teacher. */
export function teacherWidth({ teacher }: CondensationInstance): number {
  return teacher.signs.length;
}

/** The labels f*(x_i) in float64. */
export function interpolationProblem(instance: CondensationInstance): InterpolationProblem {
  const inputs = instance.inputs.map((input) => unitVector(input));
  return { inputs, labels: inputs.map((input) => teacherValue(instance.teacher, input)) };
}

/** The teacher as a measure: the neurons on each line merged by direction. */
export function referenceAtoms(lines: readonly TeacherLine[]): Atom[] {
  return lines.flatMap(({ direction, along, against }) =>
    [
      { direction, mass: along },
      { direction: scale(-1, direction), mass: against },
    ].filter(({ mass }) => mass !== 0),
  );
}

export const unitNeurons: Assumption<CondensationInstance> = {
  name: 'teacher neurons have ‖a_k b_k‖ = 1',
  tex: tex`\|a_k^* b_k^*\|_2 = 1`,
  margin: ({ teacher }) => (normDefectExact(teacher).numerator === 0n ? 0 : -1),
};

export const moreStudents: Assumption<CondensationInstance> = {
  name: 'the student is wider than the teacher',
  tex: tex`m > m_0`,
  margin: (instance) => instance.width - teacherWidth(instance) - 1,
};

/** The generic teacher of the intended readings. */
export const distinctLines: Assumption<CondensationInstance> = {
  name: 'no two teacher neurons lie on one line through 0',
  tex: tex`b_j^* \nparallel b_k^* \quad (j \ne k)`,
  margin: ({ teacher }) =>
    teacherLines(teacher).every(({ members }) => members.length === 1) ? 0 : -1,
};

/** The name of the assumption about inputs in cells; `k` where the number depends on the instance. */
export function perCellName(fewest: number | 'k', cells: 'closed' | 'open'): string {
  return `at least ${fewest} distinct inputs in every ${cells} cell`;
}

export function inputsPerCell<I extends CondensationInstance>(
  fewest: number | ((instance: I) => number),
  cells: 'closed' | 'open',
): Assumption<I> {
  const needed = typeof fewest === 'number' ? () => fewest : fewest;
  return {
    name: perCellName(typeof fewest === 'number' ? fewest : 'k', cells),
    tex:
      typeof fewest === 'number'
        ? tex`|X \cap s| \ge ${String(fewest)} \text{ for every cell } s`
        : tex`|X \cap s| \ge k \text{ for every cell } s`,
    margin: (instance) =>
      countPerCell(instance.teacher, instance.inputs, cells === 'closed').fewest - needed(instance),
  };
}

/** What the claims quantify over, as numbers. */
export function condensationFeatures(instance: CondensationInstance): Features {
  const { teacher, width, inputs } = instance;
  return {
    'm₀': teacherWidth(instance),
    d: teacher.inputDim,
    m: width,
    N: inputs.length,
    lines: teacherLines(teacher).length,
    'positive outer weights': teacher.signs.filter((sign) => sign > 0).length,
  };
}

/** Each number of teacher neurons with a bin of its own. */
export const teacherWidths = (largest: number): Coverage['ranges'] => ({
  'm₀': { meaning: 'teacher neurons', from: 0.5, to: largest + 0.5, bins: largest },
});
