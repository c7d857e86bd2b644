import fc from 'fast-check';
import type { Generator, TeacherSpec } from '../../../src/generators/index.js';
import {
  drawCellInputs,
  drawTeacher,
  generator,
  TEACHER_PHRASES,
  teacherLabels,
  teacherSpecs,
} from '../../../src/generators/index.js';
import { unitTeacher } from '../../../src/theory/index.js';
import type { CondensationInstance } from './condensation-instance.js';
import { teacherWidth } from './condensation-instance.js';
import { DISTINCT_ARRANGEMENTS, withDistinctLines } from './teacher-arrangements.js';

interface Structure {
  readonly teacher: TeacherSpec;
  readonly extra: number;
  /** A number in 0…11; 0 trains a student, 1 and 2 take a finite sample where sizes are small. */
  readonly witness: number;
}

function structures(teachers: fc.Arbitrary<TeacherSpec>): fc.Arbitrary<Structure> {
  return fc.record({
    teacher: teachers,
    extra: fc.nat({ max: 11 }),
    witness: fc.integer({ min: 0, max: 11 }).map((n) => 11 - n),
  });
}

function instances(
  law: string,
  teachers: fc.Arbitrary<TeacherSpec>,
): Generator<CondensationInstance> {
  return generator({
    law,
    structure: structures(teachers),
    build: ({ teacher: spec, extra, witness }, random): CondensationInstance => {
      const teacher = unitTeacher(drawTeacher(spec, random));
      const size = teacher.signs.length;
      const sampled = (witness === 1 || witness === 2) && size <= 2 && teacher.inputDim <= 3;
      return {
        teacher,
        width: size + 1 + (extra % (2 * size)),
        inputs:
          sampled && teacher.inputDim > 1
            ? drawCellInputs({ placement: 'uniform', perCell: 4 }, teacher, random.fork('inputs'))
            : [],
        trained: witness === 0,
      };
    },
    labels: (instance, { teacher: spec }) => {
      const size = teacherWidth(instance);
      return [
        ...teacherLabels(spec),
        `dim:${instance.teacher.inputDim}`,
        `m0:${size}`,
        instance.width === size + 1 ? 'width:m0+1' : 'width:wider',
        ...(instance.trained ? ['witness:trained'] : []),
        ...(instance.inputs.length > 0 ? ['witness:sample'] : []),
      ];
    },
  });
}

const SIZES = { inputDim: { min: 1, max: 6 }, width: { min: 1, max: 6 } } as const;

/** Every teacher with unit neurons. */
export const EVERY_TEACHER = instances(
  'P-T in full, d and m₀ uniform on 1…6, all signs; directions on rational points of the sphere; m uniform on m₀+1…3m₀ (m₀ = 6: up to 3m₀)',
  teacherSpecs({ ...SIZES, norms: ['unit-balanced'] }),
);

/** Teachers with distinct lines; rarely others, for a control. */
export const GENERIC_TEACHER = instances(
  'with probability 32/33 arrangements of P-T without parallel neurons (m₀ = 1 for d = 1), else one with; sizes as in the literal reading',
  fc.oneof(
    {
      weight: 32,
      arbitrary: withDistinctLines(
        teacherSpecs({ ...SIZES, norms: ['unit-balanced'], arrangements: DISTINCT_ARRANGEMENTS }),
      ),
    },
    {
      weight: 1,
      arbitrary: teacherSpecs({
        inputDim: { min: 2, max: 6 },
        width: { min: 2, max: 6 },
        norms: ['unit-balanced'],
        arrangements: ['repeated', 'parallel'],
      }),
    },
  ),
);

/** Coverage of the literal reading. */
export const SAMPLED = {
  ...Object.fromEntries(
    Object.entries(TEACHER_PHRASES).filter(
      ([label]) => label !== 'teacher:unit-unbalanced' && label !== 'teacher:general',
    ),
  ),
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((d) => [`dim:${d}`, `d = ${d}`])),
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((size) => [`m0:${size}`, `m₀ = ${size}`])),
  'width:m0+1': 'm = m₀ + 1',
  'width:wider': 'm from m₀ + 2 to 3m₀',
  'witness:trained': 'a student trained with weight decay beside the exact decision',
  'witness:sample': 'a certified bound from a finite sample beside the exact decision',
} as const;

export const UNSAMPLED = {
  'teacher:unit-unbalanced':
    'σ is positively homogeneous: f* and every norm in the statement depend on a_k b_k alone',
} as const;

/** Labels of teachers with several neurons on one line. */
export const DEGENERATE = ['teacher:repeated', 'teacher:parallel', 'teacher:antiparallel'];
