/**
 * # On the circle the minimum-norm interpolant condenses when every sector holds three inputs
 *
 * **Statement** ([song2022], Theorem 5.2). d = 2. The lines l_j orthogonal to the teacher's neurons divide the plane into
 * sectors; X ⊂ S¹ is a set with at least three x ∈ X in each sector. A student of width m > m₀ with f_m = f* on X and minimum ‖θ‖₂ (1) is
 * condensed, and (2) Σ_j‖a_j^{(k)}b_j^{(k)}‖ = 1 for every k. ‖a*_kb*_k‖ = 1 as in the problem setting.
 *
 * **Readings.** Every minimiser must condense. Inputs are distinct points (X is a set). Sectors are closed, so an input on a wall counts for both of
 * its sectors: the weaker assumption, hence the stronger claim. `literal`: every teacher with unit neurons, also several on one line.
 * `intended`: teachers and inputs from densities, so distinct lines and no input on a wall.
 *
 * **How a trial decides.** For all students of all widths at once. The minimum-norm solver encloses the least norm: by a smaller
 * interpolant, proved with rounding counted, or by a dual λ with |g| ≤ 1, g(w) = Σλ_iσ(⟨w, x_i⟩); Σλ_iy_i is then a lower bound, and
 * where |g| < 1 no minimiser has a neuron. For many or nearly coincident inputs the dual is constructed (`sectorCertificate`) and checked
 * by the same exact pricing over all 2N cells; what is left goes to linear programs over duals. Whoever produced λ, the bound rests on
 * the pricing alone.
 *
 * **What is true.** The dual exists for every teacher with distinct lines, also for inputs on walls: sinusoids from both walls of a sector
 * meet below 1 at three points, so the theorem holds for all of them. Teachers with several neurons on one line fail as in Proposition 4.2: a student that equals
 * the teacher everywhere fits every sample.
 *
 * **Tolerance.** 1e-6 relative in the norm: inputs 1e-6 apart give duals up to 1e8, and rounding of unit inputs enters times that.
 */
import { atMost, cite, claim, decided, gaveUp, tex, universal } from '../../src/claims/index.js';
import { populationMinimum, teacherLines } from '../../src/theory/index.js';
import {
  DEGENERATE,
  DENSITIES,
  EVERYTHING,
  SAMPLED,
  UNSAMPLED,
} from './shared/circle-instances.js';
import type { CondensationInstance } from './shared/condensation-instance.js';
import {
  condensationFeatures,
  distinctLines,
  inputsPerCell,
  moreStudents,
  teacherWidth,
  unitNeurons,
  teacherWidths,
} from './shared/condensation-instance.js';
import { condensationSimplifiers } from './shared/condensation-simplifiers.js';
import { canonicalCondensation } from './shared/condensation-symmetries.js';
import { certifyOnData, concludeOnData, confirmOnData } from './shared/data-condensation.js';
import { neuronFigure } from './shared/neuron-figure.js';

const threePerSector = inputsPerCell(3, 'closed');
const LITERAL = { perCell: 3, named: 3, cells: 'closed', distinctLines: false } as const;
const INTENDED = { perCell: 3, named: 3, cells: 'closed', distinctLines: true } as const;

const effort = {
  smoke: { trials: 40, minimumEffective: 20, searches: 10 },
  ci: { trials: 200, minimumEffective: 120, searches: 30 },
  nightly: { trials: 4000, minimumEffective: 2500, searches: 400 },
} as const;

const groupSumControl = {
  statement: 'Group sums are at most 0.9.',
  argument:
    'With distinct lines the teacher itself has the minimum norm, by its dual certificate, and group sums 1.',
  judge: 'every-draw',
  conclude: async (
    instance: CondensationInstance,
    original: () => ReturnType<typeof concludeOnData>,
  ) => {
    const conclusion = await original();
    const lower = conclusion.measurements?.lower;
    if (lower === undefined) return gaveUp('no lower bound on this draw');
    return decided('exact', [
      atMost('group sums are at most 0.9', lower / teacherWidth(instance), 0.9, 1e-6),
    ]);
  },
} as const;

export default claim({
  id: 'song2022/minimum-norm-condensation-circle',
  version: 1,
  catalogue: 'SL-10',
  source: cite('song2022', 'Theorem 5.2'),
  standing: 'theorem',
  title:
    'On the circle the minimum-norm interpolant condenses when every sector holds three inputs',
  statement: tex`
    d = 2,\ |X \cap s| \ge 3 \text{ for every sector } s,\quad
    \hat\theta \in \arg\min\{\|\theta\|_2 : f_m(x;\theta) = f^*_{m_0}(x)\ \forall x \in X\},\ m > m_0
    \implies b_j^{(k)}/\|b_j^{(k)}\| = \pm b_k^*/\|b_k^*\|,\quad \sum_{j \le m_k} \|a_j^{(k)} b_j^{(k)}\|_2 = 1`,
  readings: {
    literal: universal<CondensationInstance>({
      note: 'Every teacher with ‖a_k b_k‖ = 1, also with several neurons on one line; closed sectors, distinct inputs; every minimiser.',
      instances: EVERYTHING,
      assumptions: [unitNeurons, moreStudents, threePerSector],
      conclude: concludeOnData,
      certify: (instance, violation) => certifyOnData(instance, violation, LITERAL),
      confirm: (instance, violation) => confirmOnData(instance, violation, LITERAL),
      simplify: condensationSimplifiers('any'),
      canonical: canonicalCondensation,
      controls: {
        'group-sums-at-most-0.9': groupSumControl,
        'never-zero': {
          statement: 'The minimum norm is at least 0.1.',
          argument:
            'Two equal neurons of opposite signs are 0, and so is the minimum norm. Few teachers cancel entirely.',
          judge: 'every-draw',
          conclude: (instance) =>
            decided('exact', [
              atMost(
                'the minimum norm is at least 0.1',
                0.1,
                populationMinimum(teacherLines(instance.teacher)).upper,
                1e-9,
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
      note: 'Teacher and inputs from densities: distinct lines, no input on a wall (walls are approached to 1e-9); every minimiser.',
      instances: DENSITIES,
      assumptions: [unitNeurons, moreStudents, distinctLines, threePerSector],
      conclude: concludeOnData,
      certify: (instance, violation) => certifyOnData(instance, violation, INTENDED),
      confirm: (instance, violation) => confirmOnData(instance, violation, INTENDED),
      simplify: condensationSimplifiers('general'),
      canonical: canonicalCondensation,
      controls: {
        'group-sums-at-most-0.9': groupSumControl,
        'two-inputs-per-sector': {
          statement: 'Two inputs in each sector suffice.',
          argument:
            'm₀ = 1, b = (0, 1), inputs along (±1, 0.01) and (±1, −0.1): (x₂ + 0.1·|x₁|)/11 fits the labels 0.01 and 0 with the norm 2·1.1/11 = 0.2. Draws of two inputs are few, and next to walls.',
          judge: 'every-draw',
          assumptions: [unitNeurons, moreStudents, distinctLines, inputsPerCell(2, 'closed')],
          conclude: (_instance, original) => original(),
        },
      },
      features: condensationFeatures,
      coverage: {
        ranges: teacherWidths(6),
        sampled: Object.fromEntries(
          Object.entries(SAMPLED).filter(
            ([label]) => !DEGENERATE.includes(label) && label !== 'placement:at-walls',
          ),
        ),
        unsampled: {
          ...UNSAMPLED,
          ...Object.fromEntries(
            DEGENERATE.map((label) => [label, 'outside this reading: neurons on one line']),
          ),
          'placement:at-walls': 'a null set under any density; sampled in the literal reading',
        },
      },
      effort,
      figure: neuronFigure,
      bound: tex`\min \sum_j \|a_j b_j\|_2 = m_0`,
    }),
  },
});
