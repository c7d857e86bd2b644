import fc from 'fast-check';
import type { CirclePlacement, Generator, TeacherSpec } from '../../../src/generators/index.js';
import {
  drawCircleInputs,
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
  readonly placement: CirclePlacement;
  readonly perSector: number;
  readonly wide: boolean;
  /** A number in 0…11; 0 trains a student too. */
  readonly witness: number;
}

const PLACEMENTS: Readonly<Record<CirclePlacement, string>> = {
  uniform: 'inputs uniform in each sector',
  'evenly-spread': 'inputs evenly spread in each sector',
  clustered: 'inputs of a sector clustered',
  'near-coincident': 'inputs of a sector 1e-6 rad apart',
  'near-walls': 'inputs next to walls, down to 1e-9 of the sector',
  'at-walls': 'an input on every wall',
};

const PER_SECTOR = [3, 4, 5, 20, 100] as const;

/** 100 inputs in each of 12 sectors would be priced for seconds: larger counts go with fewer neurons. */
function fittingPerSector(perSector: number, size: number): number {
  if (perSector === 100) return size <= 2 ? 100 : 20;
  return perSector === 20 && size > 4 ? 5 : perSector;
}

function structures(
  teachers: fc.Arbitrary<TeacherSpec>,
  placements: readonly CirclePlacement[],
): fc.Arbitrary<Structure> {
  return fc.record({
    teacher: teachers,
    placement: fc.constantFrom(...placements),
    perSector: fc.constantFrom(3, 3, 4, 4, 5, 20, 100),
    wide: fc.boolean().map((narrow) => !narrow),
    witness: fc.integer({ min: 0, max: 11 }).map((n) => 11 - n),
  });
}

function instances(
  law: string,
  structure: fc.Arbitrary<Structure>,
): Generator<CondensationInstance> {
  return generator({
    law,
    structure,
    build: (
      { teacher: spec, placement, perSector, wide, witness },
      random,
    ): CondensationInstance => {
      const teacher = unitTeacher(drawTeacher(spec, random));
      const size = teacher.signs.length;
      const inputs = drawCircleInputs(
        { placement, perSector: perSector < 3 ? perSector : fittingPerSector(perSector, size) },
        teacher,
        random.fork('inputs'),
      );
      return {
        teacher,
        width: wide ? Math.max(size + 1, inputs.length) : size + 1,
        inputs,
        trained: witness === 0 && inputs.length <= 40,
      };
    },
    labels: (instance, { teacher: spec, placement, perSector }) => {
      const size = teacherWidth(instance);
      return [
        ...teacherLabels(spec),
        `m0:${size}`,
        `placement:${placement}`,
        `per-sector:${perSector < 3 ? perSector : fittingPerSector(perSector, size)}`,
        instance.width >= instance.inputs.length ? 'width:at-least-N' : 'width:m0+1',
        ...(instance.trained ? ['witness:trained'] : []),
      ];
    },
  });
}

const ONE_NEURON = teacherSpecs({
  inputDim: 2,
  width: 1,
  norms: ['unit-balanced'],
  arrangements: ['generic'],
});

/** Most arrangements need two neurons; single ones get a share of their own. */
function withOneNeuron(specs: fc.Arbitrary<TeacherSpec>): fc.Arbitrary<TeacherSpec> {
  return fc.oneof({ weight: 1, arbitrary: ONE_NEURON }, { weight: 7, arbitrary: specs });
}

const SIZES = { inputDim: 2, width: { min: 1, max: 6 } } as const;

/** Every teacher of the plane, every placement. */
export const EVERYTHING = instances(
  'P-T of the plane in full, m₀ on 1…6; placements uniform among six; inputs per sector 3, 4, 5, 20 (m₀ ≤ 4), 100 (m₀ ≤ 2); m = m₀ + 1 or max(m₀ + 1, N)',
  structures(
    withOneNeuron(teacherSpecs({ ...SIZES, norms: ['unit-balanced'] })),
    Object.keys(PLACEMENTS) as CirclePlacement[],
  ),
);

/** Teachers with distinct lines, inputs on no wall; rarely two inputs per sector, for a control. */
export const DENSITIES = instances(
  'arrangements of P-T with distinct lines, m₀ on 1…6; inputs as in the literal reading but on no wall; with probability 1/32 instead m₀ = 1 and two inputs per sector, which the assumption discards',
  fc.oneof(
    {
      weight: 31,
      arbitrary: structures(
        withOneNeuron(
          withDistinctLines(
            teacherSpecs({
              ...SIZES,
              norms: ['unit-balanced'],
              arrangements: DISTINCT_ARRANGEMENTS.filter((a) => a !== 'common-plane'),
            }),
          ),
        ),
        ['uniform', 'evenly-spread', 'clustered', 'near-coincident', 'near-walls'],
      ),
    },
    {
      weight: 1,
      arbitrary: structures(ONE_NEURON, ['near-walls']).map((structure) => ({
        ...structure,
        perSector: 2,
        wide: true,
        witness: 1,
      })),
    },
  ),
);

/** Coverage of the literal reading. */
export const SAMPLED = {
  ...Object.fromEntries(
    Object.entries(TEACHER_PHRASES).filter(
      ([label]) =>
        !['teacher:unit-unbalanced', 'teacher:general', 'teacher:common-plane'].includes(label),
    ),
  ),
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((size) => [`m0:${size}`, `m₀ = ${size}`])),
  ...Object.fromEntries(
    Object.entries(PLACEMENTS).map(([name, text]) => [`placement:${name}`, text]),
  ),
  ...Object.fromEntries(
    PER_SECTOR.map((count) => [`per-sector:${count}`, `${count} inputs in every sector`]),
  ),
  'width:m0+1': 'm = m₀ + 1',
  'width:at-least-N': 'm ≥ N',
  'witness:trained': 'a student trained with weight decay beside the exact decision',
};

export const UNSAMPLED = {
  'teacher:unit-unbalanced':
    'σ is positively homogeneous: f* and every norm in the statement depend on a_k b_k alone',
  'teacher:common-plane': 'every teacher of R² lies in a plane',
};

/** Labels of teachers with several neurons on one line. */
export const DEGENERATE = ['teacher:repeated', 'teacher:parallel', 'teacher:antiparallel'];
