import type { Assumption, Certificate, UniversalReading } from '../../../src/claims/index.js';
import { atMost, decided, settling } from '../../../src/claims/index.js';
import { fromDouble, multiply, rational } from '../../../src/math/index.js';
import { normDefectExact, teacherLines } from '../../../src/theory/index.js';
import circle from '../../../properties/song2022/minimum-norm-condensation-circle.property.js';
import population from '../../../properties/song2022/population-minimum-norm-student-condenses.property.js';
import type { CondensationInstance } from '../../../properties/song2022/shared/condensation-instance.js';
import {
  distinctLines,
  inputsPerCell,
  moreStudents,
  teacherWidth,
  unitNeurons,
} from '../../../properties/song2022/shared/condensation-instance.js';
import {
  certifyOnData,
  confirmOnData,
} from '../../../properties/song2022/shared/data-condensation.js';
import {
  certifyPopulation,
  confirmPopulation,
  exactly,
} from '../../../properties/song2022/shared/population-certificate.js';
import type { Planted } from './variant.js';
import { originalOf, variantOf } from './variant.js';

type Reading = UniversalReading<CondensationInstance>;

const CLAIMS = [
  ['population', population],
  ['circle', circle],
] as const;

/** Exact checks of the teacher, for certificates. */
function teacherChecks(
  instance: CondensationInstance,
  assumptions: readonly Assumption<CondensationInstance>[],
): Certificate['checks'] {
  return [
    exactly(
      '‖b_k‖² − length² of the teacher',
      normDefectExact(instance.teacher),
      '=',
      rational(0n),
    ),
    ...assumptions.map((assumption) =>
      settling(
        assumption,
        exactly(
          `margin of “${assumption.name}”`,
          fromDouble(assumption.margin(instance)),
          '≥',
          rational(0n),
        ),
      ),
    ),
  ];
}

/** Students have a norm of at least share·m₀, share > 1: the teacher is one, of norm m₀. */
function normVariant(
  [name, original]: (typeof CLAIMS)[number],
  distance: Planted['distance'],
  share: number,
): Planted {
  const source = originalOf<Reading>(original, 'intended');
  const texts = {
    statement: `The least norm is at least ${share}·m₀.`,
    argument: 'The teacher itself is a student, and its norm Σ‖a_kb_k‖ is m₀.',
  };
  const clause = `the least norm is at least ${share}·m₀`;
  return {
    id: `${name}-norm-${String(share).replace('.', '-')}`,
    original,
    reading: 'intended',
    distance,
    ...texts,
    variant: variantOf(source, 'universal', texts, {
      conclude: async (instance, tools) => {
        const { measurements } = await source.conclude(instance, tools);
        const size = teacherWidth(instance);
        // The shortest student that the decision knows, or the teacher.
        const shortest = Math.min(size, measurements?.['upper'] ?? size);
        return decided('exact', [atMost(clause, share * size, shortest, 1e-9 * size)]);
      },
      certify: (instance): Certificate => {
        const size = rational(teacherWidth(instance));
        return {
          kind: 'instance',
          statement: `The teacher is a student of norm m₀ < ${share}·m₀`,
          argument: 'It equals itself, so it fits every input, with a spare neuron of weight 0.',
          checks: [
            ...teacherChecks(instance, source.assumptions),
            exactly(`${share}·m₀ against m₀`, multiply(fromDouble(share), size), '>', size),
          ],
        };
      },
    }),
  };
}

/** Fewer inputs in every sector suffice. */
function fewerInputs(distance: Planted['distance'], perCell: number): Planted {
  const source = originalOf<Reading>(circle, 'intended');
  const assumed = { perCell, named: perCell, cells: 'closed', distinctLines: true } as const;
  const texts = {
    statement: `${perCell === 2 ? 'Two inputs' : 'One input'} in every sector suffice.`,
    argument:
      'm₀ = 1, b = (0, 1), inputs along (±1, 0.01) and (±1, −0.1): (x₂ + 0.1·|x₁|)/11 fits the labels 0.01 and 0 with the norm 2·1.1/11 = 0.2.',
  };
  return {
    id: `circle-${perCell === 2 ? 'two-inputs' : 'one-input'}`,
    original: circle,
    reading: 'intended',
    distance,
    ...texts,
    variant: variantOf(source, 'universal', texts, {
      assumptions: [unitNeurons, moreStudents, distinctLines, inputsPerCell(perCell, 'closed')],
      certify: (instance, violation) => certifyOnData(instance, violation, assumed),
      confirm: (instance, violation) => confirmOnData(instance, violation, assumed),
    }),
  };
}

/** Teachers with several neurons on one line too: they are drawn rarely. */
function anyTeacher(): Planted {
  const source = originalOf<Reading>(population, 'intended');
  const texts = {
    statement: 'The same for every teacher, also with several neurons on one line.',
    argument:
      'Two equal neurons merge into one of mass 2 at the same norm; the groups would be 2 and 0. Such teachers are a null set.',
  };
  return {
    id: 'population-any-teacher',
    original: population,
    reading: 'intended',
    distance: 'near',
    ...texts,
    variant: variantOf(source, 'universal', texts, {
      assumptions: [unitNeurons, moreStudents],
      certify: (instance) => certifyPopulation(instance, false),
      confirm: (instance, { clause }) => confirmPopulation(instance, clause.name, false),
    }),
  };
}

/** A student has neurons on at most m₀ − 1 lines. */
function oneLineLess(): Planted {
  const source = originalOf<Reading>(population, 'intended');
  const texts = {
    statement: 'A student that equals the teacher has its neurons on at most m₀ − 1 lines.',
    argument:
      'With distinct lines f* has a kink along each of m₀ hyperplanes, and a student without a neuron on a line has none there.',
  };
  const clause = 'neurons lie on at most m₀ − 1 lines';
  return {
    id: 'population-one-line-less',
    original: population,
    reading: 'intended',
    distance: 'near',
    ...texts,
    variant: variantOf(source, 'universal', texts, {
      conclude: (instance) => {
        const kinks = kinksOf(instance);
        return decided('exact', [atMost(clause, kinks, teacherWidth(instance) - 1)]);
      },
      certify: (instance): Certificate => ({
        kind: 'instance',
        statement: 'The teacher has more kinks than the claimed number of lines',
        argument: texts.argument,
        checks: [
          ...teacherChecks(instance, source.assumptions),
          exactly(
            'kinks against m₀ − 1',
            rational(kinksOf(instance)),
            '>',
            rational(teacherWidth(instance) - 1),
          ),
        ],
      }),
    }),
  };
}

/** Lines whose masses do not cancel in the even part of f*. */
function kinksOf({ teacher }: CondensationInstance): number {
  return teacherLines(teacher).filter(({ along, against }) => along + against !== 0).length;
}

/** False variants of the condensation theorems. */
export const CONDENSATION: readonly Planted[] = [
  ...CLAIMS.flatMap((claim) => [normVariant(claim, 'near', 1.001), normVariant(claim, 'far', 1.5)]),
  fewerInputs('near', 2),
  fewerInputs('far', 1),
  anyTeacher(),
  oneLineLess(),
];
