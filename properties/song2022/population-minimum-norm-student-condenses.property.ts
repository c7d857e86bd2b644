/**
 * # The minimum-norm student that equals the teacher everywhere condenses
 *
 * **Statement** ([song2022], Proposition 4.2). Teacher f* = Σ_{k≤m₀}a*_kσ(⟨b*_k, x⟩) with ‖a*_kb*_k‖ = 1, students
 * f_m of width m > m₀ with f_m = f* on the sphere. A student of minimum ‖θ‖₂ among them (1) is condensed: its neurons fall
 * into m₀ groups with b_j^{(k)}/‖b_j^{(k)}‖ = ±b*_k/‖b*_k‖, and (2) Σ_j‖a_j^{(k)}b_j^{(k)}‖ = 1 in every group.
 *
 * **Readings.** Every minimiser must condense, in every dimension; zero neurons have no direction and are ignored.
 * `literal`: every teacher with unit neurons, also with several neurons on one line. `intended`: teachers with a density, so no two
 * neurons on one line.
 *
 * **How a trial decides.** For all students of all widths at once, by the population program (`populationMinimum`):
 * the kinks fix the even mass e_l on each line, and the minimum is 2Σ|e_l| plus twice the distance of the linear part to a
 * zonotope. For distinct lines that is m₀ and every minimiser has |o_l| ≤ |e_l| = ½, hence group sums 1: the proposition is
 * true for them in every dimension. Degenerate teachers fail in three ways, each shown by an exact student: neurons that
 * cancel leave a smaller norm; an antiparallel pair of opposite signs is a linear function, which other neurons can absorb in
 * part; two equal neurons merge into one of mass 2, which no grouping splits into 1 + 1.
 *
 * **Second witnesses**, as measurements: on a share of the draws a certified lower bound from a finite sample (students that
 * equal the teacher everywhere fit it), and a student trained with weight decay.
 *
 * **Tolerance.** The projection is enclosed to about 1e-15; a smaller norm counts from 1e-9 relative on. Teacher
 * directions are rational points of the sphere, so every student named is exact.
 */
import type { Conclusion, Tools } from '../../src/claims/index.js';
import { atMost, cite, claim, decided, gaveUp, tex, universal } from '../../src/claims/index.js';
import { toDouble } from '../../src/math/index.js';
import { solveMinimumNorm } from '../../src/solvers/index.js';
import { populationMinimum, teacherLines } from '../../src/theory/index.js';
import type { CondensationInstance } from './shared/condensation-instance.js';
import {
  condensationFeatures,
  distinctLines,
  interpolationProblem,
  moreStudents,
  referenceAtoms,
  teacherWidth,
  unitNeurons,
  teacherWidths,
} from './shared/condensation-instance.js';
import { condensationSimplifiers } from './shared/condensation-simplifiers.js';
import { canonicalCondensation } from './shared/condensation-symmetries.js';
import type { CondensationWitness } from './shared/data-condensation.js';
import { neuronFigure } from './shared/neuron-figure.js';
import { certifyPopulation, confirmPopulation } from './shared/population-certificate.js';
import {
  DEGENERATE,
  EVERY_TEACHER,
  GENERIC_TEACHER,
  SAMPLED,
  UNSAMPLED,
} from './shared/population-instances.js';
import {
  decidePopulation,
  largestSharedMass,
  studentArrows,
} from './shared/population-condensation.js';
import { trainStudent } from './shared/training-witness.js';

const NORM = 'no student of norm below m₀ equals the teacher';
const GROUPS = 'neurons on a line group into sums of 1';
const TOLERANCE = 1e-9;

function conclude(instance: CondensationInstance, tools: Tools): Conclusion {
  const { teacher, width } = instance;
  const size = teacherWidth(instance);
  const decision = decidePopulation(teacher, width);
  const measurements: Record<string, number> = {
    m0: size,
    d: teacher.inputDim,
    m: width,
    ...(instance.trained ? trainStudent(instance, tools) : {}),
  };
  if (decision.status === 'undecided') return gaveUp(decision.reason, measurements);
  if (instance.inputs.length > 0) measurements.sampleLower = sampleLowerBound(instance);
  if (decision.status === 'condenses') {
    const { lower, upper } = decision;
    return decided(
      'exact',
      [
        atMost(NORM, size * (1 - TOLERANCE), (lower + upper) / 2, Math.abs(upper - lower) / 2),
        atMost(GROUPS, 0, TOLERANCE),
      ],
      { measurements: { ...measurements, lower, upper } },
    );
  }
  const { how, student, norm, lower } = decision;
  const witness: CondensationWitness = {
    kind: 'everywhere',
    arrows: studentArrows(teacher, student),
  };
  const clause =
    how === 'smaller'
      ? atMost(NORM, size * (1 - TOLERANCE), norm, 1e-12)
      : atMost(GROUPS, toDouble(largestSharedMass(teacher, student)) - 1, 0);
  return decided('exact', [clause], {
    witness,
    measurements: { ...measurements, lower, upper: norm },
  });
}

/**
 * A proved lower bound of the population minimum: the minimum over students that fit a finite sample. Ends at m₀, where the
 * teacher's own dual is mostly the proof; merged neurons of a line cancel or add up, and no dual can be guessed.
 */
function sampleLowerBound(instance: CondensationInstance): number {
  const reference = referenceAtoms(teacherLines(instance.teacher));
  const { lower } = solveMinimumNorm(interpolationProblem(instance), {
    reference,
    target: teacherWidth(instance) * (1 - TOLERANCE),
  });
  return lower;
}

/** Where the least norm of a teacher lies, for controls. */
function leastNorm({ teacher }: CondensationInstance): number {
  return populationMinimum(teacherLines(teacher)).upper;
}

const effort = {
  smoke: { trials: 60, minimumEffective: 30, searches: 20 },
  ci: { trials: 300, minimumEffective: 150, searches: 60 },
  nightly: { trials: 6000, minimumEffective: 3000, searches: 600 },
} as const;

const groupSumControl = {
  statement: 'Group sums are at most 0.9.',
  argument:
    'The teacher itself is a student; for distinct lines it has the minimum norm and group sums 1.',
  judge: 'every-draw',
  conclude: (instance: CondensationInstance) =>
    decided('exact', [
      atMost(
        'group sums are at most 0.9',
        leastNorm(instance) / teacherWidth(instance),
        0.9,
        1e-12,
      ),
    ]),
} as const;

export default claim({
  id: 'song2022/population-minimum-norm-student-condenses',
  version: 1,
  catalogue: 'SL-02',
  source: cite('song2022', 'Proposition 4.2'),
  standing: 'proposition',
  title: 'The minimum-norm student that equals the teacher everywhere condenses',
  statement: tex`
    \hat\theta \in \arg\min\{\|\theta\|_2 : f_m(x;\theta) = f^*_{m_0}(x)\ \forall x \in \mathbb{S}^{d-1}\},\ m > m_0,\ \|a_k^* b_k^*\|_2 = 1
    \implies b_j^{(k)}/\|b_j^{(k)}\| = \pm b_k^*/\|b_k^*\|,\quad \sum_{j \le m_k} \|a_j^{(k)} b_j^{(k)}\|_2 = 1 \quad (k \le m_0)`,
  readings: {
    literal: universal<CondensationInstance>({
      note: 'Every teacher with ‖a_k b_k‖ = 1, also with several neurons on one line; every minimiser, every m > m₀, every d.',
      instances: EVERY_TEACHER,
      assumptions: [unitNeurons, moreStudents],
      conclude,
      certify: (instance) => certifyPopulation(instance, false),
      confirm: (instance, { clause }) => confirmPopulation(instance, clause.name, false),
      simplify: condensationSimplifiers('any'),
      canonical: canonicalCondensation,
      controls: {
        'group-sums-at-most-0.9': groupSumControl,
        'positive-from-three-neurons-on': {
          statement: 'A teacher with m₀ ≥ 3 has a minimum norm of at least 1.',
          argument:
            'Four neurons on one line with two signs of each kind are 0, and the minimum norm is 0. Few teachers cancel entirely.',
          judge: 'every-draw',
          conclude: (instance) =>
            decided('exact', [
              atMost(
                'the minimum norm is at least 1 from m₀ = 3 on',
                teacherWidth(instance) >= 3 ? 1 - 1e-9 : 0,
                leastNorm(instance) + 1e-12,
                1e-12,
              ),
            ]),
        },
      },
      features: condensationFeatures,
      coverage: { sampled: SAMPLED, unsampled: UNSAMPLED, ranges: teacherWidths(6) },
      effort,
      figure: neuronFigure,
      bound: tex`\min \sum_j \|a_j b_j\|_2 = m_0`,
    }),
    intended: universal<CondensationInstance>({
      note: 'Teachers drawn from a density: no two neurons on one line through 0. Every minimiser, every m > m₀, every d. For such teachers the decision evaluates the closed form of T22, which no draw can contradict; the trained students and the sample program beside it are the only independent witnesses, and they decide nothing.',
      instances: GENERIC_TEACHER,
      assumptions: [unitNeurons, moreStudents, distinctLines],
      conclude,
      certify: (instance) => certifyPopulation(instance, true),
      confirm: (instance, { clause }) => confirmPopulation(instance, clause.name, true),
      simplify: condensationSimplifiers('any'),
      canonical: canonicalCondensation,
      controls: {
        'group-sums-at-most-0.9': groupSumControl,
        'any-teacher': {
          statement: 'The same for every teacher, with the assumption of distinct lines dropped.',
          argument:
            'Two equal neurons merge into one of mass 2 at the same norm; the groups would be 2 and 0.',
          judge: 'every-draw',
          assumptions: [unitNeurons, moreStudents],
          conclude: (_instance, original) => original(),
        },
      },
      falseMutants: {
        [`drop: ${distinctLines.name}`]:
          'Two equal neurons merge into one of mass 2 at the same norm; the groups would be 2 and 0.',
      },
      features: condensationFeatures,
      coverage: {
        ranges: teacherWidths(6),
        sampled: Object.fromEntries(
          Object.entries(SAMPLED).filter(([label]) => !DEGENERATE.includes(label)),
        ),
        unsampled: {
          ...UNSAMPLED,
          ...Object.fromEntries(
            DEGENERATE.map((label) => [
              label,
              'outside this reading: neurons on one line; drawn rarely, for a control',
            ]),
          ),
        },
      },
      effort,
      figure: neuronFigure,
      bound: tex`\min \sum_j \|a_j b_j\|_2 = m_0`,
    }),
  },
});
