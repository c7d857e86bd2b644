import fc from 'fast-check';
import type { CellPlacement, Generator, TeacherSpec } from '../../../src/generators/index.js';
import {
  drawCellInputs,
  drawTeacher,
  generator,
  subspaceDimension,
  TEACHER_PHRASES,
  teacherLabels,
  teacherSpecs,
} from '../../../src/generators/index.js';
import type { UnitTeacher } from '../../../src/theory/index.js';
import { arrangementCells, teacherLines, unitTeacher } from '../../../src/theory/index.js';
import type { CondensationInstance } from './condensation-instance.js';
import { teacherWidth } from './condensation-instance.js';
import { DISTINCT_ARRANGEMENTS, withDistinctLines } from './teacher-arrangements.js';

export interface CellStructure {
  readonly teacher: TeacherSpec;
  readonly placement: CellPlacement;
  /** Inputs per cell above the number needed, as an index into the possible counts. */
  readonly more: number;
  readonly tilt: number;
  readonly wide: boolean;
  /** A number in 0…11; 0 trains a student too. */
  readonly witness: number;
}

export type Needed = 'three' | 'dim-plus-1';

const PLACEMENTS: Readonly<Record<CellPlacement, string>> = {
  uniform: 'inputs uniform in each cell',
  clustered: 'inputs of a cell clustered',
  'near-walls': 'inputs next to walls',
  'near-subspace': 'inputs next to a subspace that meets every cell',
  'in-subspace': 'inputs in a subspace that meets every cell',
};

/** Most neurons of a dimension whose cells can hold enough inputs and still be decided in a fraction of a second. */
const MOST_NEURONS: Readonly<Record<Needed, Readonly<Record<number, number>>>> = {
  three: { 2: 4, 3: 3, 4: 2, 5: 2 },
  'dim-plus-1': { 2: 4, 3: 3, 4: 1, 5: 1 },
};
/** Most inputs by dimension; on subspaces the projected teacher decides, and more are cheap. */
const MOST_INPUTS: Readonly<Record<number, number>> = { 2: 160, 3: 24, 4: 12, 5: 12 };
const MOST_SUBSPACE_INPUTS = 40;

/** Counts per cell beyond the one needed. */
const MORE = [0, 1, 2, 5, 17] as const;

function teachers(needed: Needed, generic: boolean): fc.Arbitrary<TeacherSpec> {
  const sizes = {
    inputDim: { min: 2, max: 5 },
    width: { min: 1, max: 4 },
    norms: ['unit-balanced'],
  } as const;
  const one = teacherSpecs({ ...sizes, width: 1, arrangements: ['generic'] });
  const all = generic
    ? withDistinctLines(teacherSpecs({ ...sizes, arrangements: DISTINCT_ARRANGEMENTS }))
    : teacherSpecs(sizes);
  const few = all.map((spec): TeacherSpec => {
    // Equal neurons are decided without inputs; cutting them to fewer would lose them.
    if (spec.arrangement === 'parallel' || spec.arrangement === 'repeated') return spec;
    const most = MOST_NEURONS[needed][spec.inputDim];
    if (spec.signs.length <= most) return spec;
    const needsMore = spec.arrangement === 'evenly-spaced' || spec.arrangement === 'zero-sum';
    const arrangement = most === 1 || (most === 2 && needsMore) ? 'generic' : spec.arrangement;
    return { ...spec, arrangement, signs: spec.signs.slice(0, most) };
  });
  return fc.oneof({ weight: 1, arbitrary: one }, { weight: 3, arbitrary: few });
}

/** Instances of a reading with a fixed number of inputs per cell. */
export function cellInstances(needed: Needed, generic: boolean): Generator<CondensationInstance> {
  const placements: CellPlacement[] = [
    'uniform',
    'uniform',
    'uniform',
    'near-walls',
    'clustered',
    'near-subspace',
  ];
  placements.push(generic ? 'near-subspace' : 'in-subspace');

  const structure: fc.Arbitrary<CellStructure> = fc.record({
    teacher: teachers(needed, generic),
    placement: fc.constantFrom(...placements),
    more: fc.constantFrom(0, 0, 0, 1, 2, 3, 4),
    tilt: fc.constantFrom(1e-2, 1e-3, 1e-4),
    wide: fc.integer({ min: 0, max: 4 }).map((n) => n < 4),
    witness: fc.integer({ min: 0, max: 11 }).map((n) => 11 - n),
  });
  return generator({
    law: `${generic ? 'arrangements of P-T with distinct lines' : 'P-T in full'}; d on 2…5, m₀ up to ${Object.values(MOST_NEURONS[needed]).join(', ')} (one neuron with probability 1/4 and more); placements ${[...new Set(placements)].join(', ')} (uniform 3/7 of the time); ${needed === 'three' ? '3' : 'd + 1'} inputs per cell or up to 17 more, as many as the size limits allow; m = max(m₀ + 1, N) with probability 4/5, else m₀ + 1`,
    structure,
    build: (drawn, random) => {
      const teacher = unitTeacher(drawTeacher(drawn.teacher, random));
      const least = needed === 'three' ? 3 : teacher.inputDim + 1;
      const placement = fittingPlacement(drawn.placement, teacher, needed);
      const perCell = fittingCount(least, MORE[drawn.more], placement, teacher);
      return instanceOf(teacher, { ...drawn, placement }, perCell, random);
    },
    labels: (instance, drawn) => labelsOf(instance, drawn, needed),
  });
}

/** Instances of one rung: d = 3, m₀ = 1 or, on a plane, 2. */
export function ladderInstances(
  placement: CellPlacement,
  perCell: number,
  generic: boolean,
): Generator<CondensationInstance> {
  const structure: fc.Arbitrary<CellStructure> = fc.record({
    teacher: teacherSpecs({
      inputDim: 3,
      width: perCell <= 6 ? { min: 1, max: 2 } : 1,
      norms: ['unit-balanced'],
      arrangements: ['generic'],
    }),
    placement: fc.constant(placement),
    more: fc.constant(0),
    tilt: fc.constantFrom(1e-3, 1e-4, 1e-5),
    wide: fc.constant(true),
    witness: fc.constant(1),
  });
  return generator({
    law: `generic teachers of R³, m₀ = 1 or 2 (1 from 10 inputs per cell on); ${perCell} inputs per cell, ${PLACEMENTS[placement]}${generic ? ', tilt 1e-5 … 1e-3' : ''}`,
    structure,
    build: (drawn, random) => {
      const teacher = unitTeacher(drawTeacher(drawn.teacher, random));
      return instanceOf(teacher, drawn, perCell, random);
    },
    labels: (instance, drawn) => [...labelsOf(instance, drawn, 'three'), `k:${perCell}`],
  });
}

function instanceOf(
  teacher: UnitTeacher,
  { placement, tilt, wide, witness }: CellStructure,
  perCell: number,
  random: Parameters<typeof drawCellInputs>[2],
): CondensationInstance {
  const inputs = drawCellInputs({ placement, perCell, tilt }, teacher, random.fork('inputs'));
  const size = teacher.signs.length;
  return {
    teacher,
    width: wide ? Math.max(size + 1, inputs.length) : size + 1,
    inputs,
    trained: witness === 0 && inputs.length <= 40,
  };
}

/**
 * Subspaces need a dimension to spare; without one the placement is uniform. With d + 1 = 6 inputs per cell in
 * R⁵ the pricing is not exact, so there uniform inputs go next to the subspace.
 */
function fittingPlacement(
  placement: CellPlacement,
  teacher: UnitTeacher,
  needed: Needed,
): CellPlacement {
  const lines = teacherLines(teacher).length;
  const room = subspaceDimension(lines) < teacher.inputDim && isGeneral(teacher, lines);
  const onSubspace = placement === 'near-subspace' || placement === 'in-subspace';
  if (onSubspace) return room ? placement : 'uniform';
  return needed === 'dim-plus-1' && teacher.inputDim === 5 && room ? 'near-subspace' : placement;
}

/** Whether the first coordinates see every cell: common planes and near-parallel neurons may not. */
function isGeneral(teacher: UnitTeacher, lines: number): boolean {
  const normals = teacherLines(teacher).map(({ direction }) => direction);
  return arrangementCells(normals, teacher.inputDim).length === 2 ** lines;
}

function fittingCount(
  least: number,
  more: number,
  placement: CellPlacement,
  teacher: UnitTeacher,
): number {
  const normals = teacherLines(teacher).map(({ direction }) => direction);
  const cells = arrangementCells(normals, teacher.inputDim).length;
  const onSubspace = placement === 'near-subspace' || placement === 'in-subspace';
  const most = onSubspace ? MOST_SUBSPACE_INPUTS : MOST_INPUTS[teacher.inputDim];
  return Math.max(least, Math.min(least + more, Math.floor(most / cells)));
}

function labelsOf(
  instance: CondensationInstance,
  { teacher: spec, placement }: CellStructure,
  needed: Needed,
): string[] {
  const lines = teacherLines(instance.teacher);
  const normals = lines.map(({ direction }) => direction);
  const cells = arrangementCells(normals, instance.teacher.inputDim).length;
  const perCell = instance.inputs.length / cells;
  const size = teacherWidth(instance);
  return [
    ...teacherLabels(spec),
    `dim:${instance.teacher.inputDim}`,
    `m0:${size}`,
    perCell <= 5 ? `k:${perCell}` : perCell < 20 ? 'k:6-19' : 'k:20',
    `placement:${fittingPlacement(placement, instance.teacher, needed)}`,
    instance.width >= instance.inputs.length ? 'width:at-least-N' : 'width:m0+1',
    ...(instance.trained ? ['witness:trained'] : []),
  ];
}

export const DEGENERATE_LABELS: readonly string[] = [
  'teacher:repeated',
  'teacher:parallel',
  'teacher:antiparallel',
];

/** Labels of the readings with a fixed number of inputs per cell. */
export const CELL_LABELS: {
  readonly sampled: Readonly<Record<string, string>>;
  readonly unsampled: Readonly<Record<string, string>>;
} = {
  sampled: {
    ...Object.fromEntries(
      Object.entries(TEACHER_PHRASES).filter(
        ([label]) => label !== 'teacher:unit-unbalanced' && label !== 'teacher:general',
      ),
    ),
    ...Object.fromEntries([2, 3, 4, 5].map((d) => [`dim:${d}`, `d = ${d}`])),
    ...Object.fromEntries([1, 2, 3, 4].map((size) => [`m0:${size}`, `m₀ = ${size}`])),
    'k:3': '3 inputs in a cell',
    'k:4': '4 inputs in a cell',
    'k:5': '5 inputs in a cell',
    'k:6-19': '6 to 19 inputs in a cell',
    'k:20': '20 inputs in a cell or more',
    ...Object.fromEntries(
      Object.entries(PLACEMENTS).map(([name, text]) => [`placement:${name}`, text]),
    ),
    'width:m0+1': 'm = m₀ + 1',
    'width:at-least-N': 'm ≥ N',
    'witness:trained': 'a student trained with weight decay beside the exact decision',
  },
  unsampled: {
    'teacher:unit-unbalanced':
      'σ is positively homogeneous: f* and every norm in the statement depend on a_k b_k alone',
    'dim:1': 'S⁰ has two points: no cell holds three distinct inputs',
    'k:1': 'below the number that this reading assumes',
    'k:2': 'below the number that this reading assumes',
  },
};
