/**
 * # In every dimension the minimum-norm interpolant condenses when every cell holds enough inputs
 *
 * **Statement** ([song2022], section 7, conjecture). Theorem 5.2 extends to inputs in R^d. Its sectors become the cells of the arrangement
 * of the hyperplanes orthogonal to the teacher's neurons; how many inputs a cell must hold is not said.
 *
 * **Readings.** `k3`: three in every cell, for all d. `k-dim-plus-1`: d + 1, which is three in the plane. `k-finite`: some finite number,
 * which may depend on d and m₀. Each over every teacher with unit neurons and all placements of distinct inputs, and, with the suffix `-intended`, for teachers
 * with distinct lines and placements from densities, so null sets excluded. Cells are open: with closed ones all inputs could lie on one wall, where f* is 0 for
 * m₀ = 1. Every minimiser must condense with group sums 1. `map`: k inputs at every point (d, m₀, k, placement) of a grid, k = 1 and 2
 * included; false from the start, and judged for where the conjecture fails and how often (docs/condensation-map.md).
 *
 * **How a trial decides.** For all students of all widths at once, as on the circle: by a smaller interpolant or by a dual that
 * exact pricing over the cells of the inputs certifies. Where the inputs span two or three dimensions the minimum-norm solver finds them, above
 * linear programs do (exact pricing for d = 4, 5 needs few inputs in general position). A violation is
 * completed to as many columns as inputs and solved in rationals. Teacher directions are rational points of the sphere.
 *
 * **What is true.** d = 2 is the theorem, and d = 1 is empty, since S⁰ has two points. From d = 3 on three inputs, or d + 1, often do not hold a neuron:
 * its cells do not fix a piece of it against tilting. And no finite number does for all placements: when all inputs lie in a plane that meets
 * every cell, the projected teacher fits with a smaller norm, and near the plane this is stable.
 *
 * **Tolerance.** 1e-6 relative in the norm, as on the circle.
 */
import type { Conclusion, Ladder, Rung, Tools } from '../../src/claims/index.js';
import { atMost, cite, claim, decided, scaling, tex, universal } from '../../src/claims/index.js';
import type { CondensationInstance } from './shared/condensation-instance.js';
import {
  condensationFeatures,
  distinctLines,
  inputsPerCell,
  moreStudents,
  unitNeurons,
  teacherWidths,
} from './shared/condensation-instance.js';
import type { CellStructure } from './shared/cell-instances.js';
import {
  CELL_LABELS,
  DEGENERATE_LABELS,
  cellInstances,
  ladderInstances,
} from './shared/cell-instances.js';
import { condensationSimplifiers } from './shared/condensation-simplifiers.js';
import { canonicalCondensation } from './shared/condensation-symmetries.js';
import { certifyOnData, concludeOnData, confirmOnData } from './shared/data-condensation.js';
import { mapReading } from './shared/condensation-map.js';
import { neuronFigure } from './shared/neuron-figure.js';
import { normAtLeast, shorterControl } from './shared/norm-controls.js';
import { openFamily, planeFamily } from './shared/planar-families.js';

type Needed = 'three' | 'dim-plus-1';

const needs: Readonly<Record<Needed, (instance: CondensationInstance) => number>> = {
  three: () => 3,
  'dim-plus-1': ({ teacher }) => teacher.inputDim + 1,
};

const PROJECTED =
  'Inputs in or next to a coordinate subspace are fitted by the teacher projected on it, whose norm is as small as one likes: for d = 3, m₀ = 1 and a uniform neuron below s with probability 1 − √(1 − s²).';

const effort = {
  smoke: { trials: 16, minimumEffective: 8, searches: 6 },
  ci: { trials: 140, minimumEffective: 70, searches: 20 },
  nightly: { trials: 1500, minimumEffective: 600, searches: 200 },
} as const;

function fixedReading(needed: Needed, generic: boolean) {
  const count = needs[needed];
  const assumed = (instance: CondensationInstance) =>
    ({
      perCell: count(instance),
      named: needed === 'three' ? 3 : 'k',
      cells: 'open',
      distinctLines: generic,
    }) as const;
  const { sampled, unsampled } = CELL_LABELS;
  const words = needed === 'three' ? 'Three inputs' : 'd + 1 inputs';
  return universal<CondensationInstance>({
    note: generic
      ? `${words} in every open cell, all d; teachers with distinct lines, inputs from densities.`
      : `${words} in every open cell, all d; every teacher with ‖a_k b_k‖ = 1, every placement.`,
    instances: cellInstances(needed, generic),
    assumptions: [
      unitNeurons,
      moreStudents,
      ...(generic ? [distinctLines] : []),
      inputsPerCell(needed === 'three' ? 3 : count, 'open'),
    ],
    conclude: concludeOnData,
    certify: (instance, violation) => certifyOnData(instance, violation, assumed(instance)),
    confirm: (instance, violation) => confirmOnData(instance, violation, assumed(instance)),
    simplify: condensationSimplifiers(generic ? 'general' : 'any'),
    canonical: canonicalCondensation,
    controls: {
      'norm-at-least-1.1': shorterControl,
      'norm-never-small': normAtLeast(generic ? 0.5 : 0.45, PROJECTED),
    },
    features: condensationFeatures,
    coverage: {
      ranges: teacherWidths(4),
      sampled: generic
        ? withoutLabels(sampled, [...DEGENERATE_LABELS, 'placement:in-subspace'])
        : sampled,
      unsampled: generic
        ? {
            ...unsampled,
            ...Object.fromEntries(
              DEGENERATE_LABELS.map((label) => [
                label,
                'outside this reading: neurons on one line',
              ]),
            ),
            'placement:in-subspace': 'a null set under any density',
          }
        : unsampled,
    },
    effort,
    figure: neuronFigure,
    bound: tex`\min \sum_j \|a_j b_j\|_2 = m_0`,
  });
}

function withoutLabels(
  labels: Readonly<Record<string, string>>,
  dropped: readonly string[],
): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([label]) => !dropped.includes(label)));
}

const SIZES = [3, 4, 6, 10, 20] as const;
/** A constant of ours, above every number on the ladder: no single draw refutes “some finite k”. */
const OUR_K = 32;

/** The smallest number of inputs per cell that the draw leaves open: one more than it has where it fails. */
async function concludeFinite(instance: CondensationInstance, tools: Tools): Promise<Conclusion> {
  const conclusion = await concludeOnData(instance, tools);
  if (conclusion.status === 'gave-up') return conclusion;
  const fails = conclusion.clauses.some(({ margin }) => margin.upper < 0);
  const perCell = inputsPerCell(0, 'open').margin(instance);
  const k = fails ? perCell + 1 : 1;
  return decided(conclusion.decidedBy, [atMost(`k needed, against ${OUR_K} of ours`, k, OUR_K)], {
    ...(conclusion.witness === undefined ? {} : { witness: conclusion.witness }),
    implied: { k },
    measurements: { ...conclusion.measurements, k },
  });
}

function finiteReading(generic: boolean) {
  const near = generic ? 'near-subspace' : 'in-subspace';
  const rungs: Rung[] = ['uniform', near].flatMap((path) => SIZES.map((size) => ({ path, size })));
  const ladder: Ladder<CondensationInstance> = {
    rungs,
    at: ({ path, size }) => ladderInstances(path as CellStructure['placement'], size, generic),
  };
  return scaling<CondensationInstance>({
    note: generic
      ? 'Some finite number of inputs in every open cell, which may depend on d and m₀; teachers with distinct lines, inputs from densities: for almost every placement, so a failure of positive probability refutes it; high probability as k grows is not what is claimed here. Ladder at d = 3.'
      : 'Some finite number of inputs in every open cell, which may depend on d and m₀; every teacher, every placement. Ladder at d = 3.',
    instances: ladderInstances('uniform', 3, generic),
    assumptions: [
      unitNeurons,
      moreStudents,
      ...(generic ? [distinctLines] : []),
      inputsPerCell(3, 'open'),
    ],
    conclude: concludeFinite,
    ladder,
    constants: {
      k: { meaning: 'inputs per cell that the draws show to be needed', bounded: 'above' },
    },
    families: generic ? [openFamily] : [planeFamily, openFamily],
    controls: {
      'ten-suffice': {
        statement: 'Ten inputs in every cell suffice.',
        argument: `Along “${near}” the projected teacher fits whatever the number of inputs.`,
        judge: 'every-draw',
        conclude: async (_instance, original) => {
          const conclusion = await original();
          if (conclusion.status === 'gave-up') return conclusion;
          return decided('exact', [
            atMost('k needed is at most 10', conclusion.implied?.k ?? 1, 10),
          ]);
        },
      },
      'norm-at-least-two-fifths': normAtLeast(0.4, PROJECTED),
    },
    features: condensationFeatures,
    coverage: {
      sampled: {
        ...Object.fromEntries(SIZES.map((size) => [`k:${size}`, `${size} inputs in every cell`])),
        'm0:1': 'm₀ = 1',
        'm0:2': 'm₀ = 2',
        'placement:uniform': 'inputs uniform in each cell',
        [`placement:${near}`]: generic
          ? 'inputs next to a plane that meets every cell'
          : 'inputs in a plane that meets every cell',
      },
      unsampled: {
        'dim:1': 'S⁰ has two points: no cell holds three distinct inputs',
        'dim:2': 'the theorem itself (SL-10)',
        'dim:4': 'the families refute at d = 3, and d enters k',
        'dim:5': 'the families refute at d = 3, and d enters k',
        'm0:3': 'the families refute at m₀ = 1 and 2, and m₀ enters k',
        'm0:4': 'the families refute at m₀ = 1 and 2, and m₀ enters k',
      },
    },
    effort: {
      smoke: { trials: 20, minimumEffective: 10, searches: 0 },
      ci: { trials: 150, minimumEffective: 75, searches: 0 },
      nightly: { trials: 1500, minimumEffective: 700, searches: 0 },
    },
    figure: (source) => ({
      title: 'Inputs per cell that random draws show to be needed',
      caption:
        'For each draw with k inputs in every cell: k + 1 where a student of norm below m₀ fits, 1 where a dual certificate excludes it. Were some k enough, the upper points would end there.',
      x: { label: 'k on the ladder', scale: 'log' },
      y: { label: 'k needed', scale: 'log' },
      marks: ['uniform', near].map((path) => ({
        kind: 'points' as const,
        name: path,
        points: source.trials.flatMap(({ rung, implied }) =>
          rung?.path === path && implied?.k !== undefined ? [[rung.size, implied.k] as const] : [],
        ),
      })),
    }),
    bound: tex`\exists\, k(d, m_0) < \infty`,
  });
}

export default claim({
  id: 'song2022/minimum-norm-condensation-in-higher-dimension',
  version: 1,
  catalogue: 'SL-17',
  source: cite('song2022', 'Section 7'),
  standing: 'conjecture',
  title:
    'In every dimension the minimum-norm interpolant condenses when every cell holds enough inputs',
  statement: tex`
    |X \cap s| \ge k \text{ for every cell } s \text{ of } \{b_j^{*\perp}\} \subset \mathbb{R}^d
    \implies \text{every } \hat\theta \in \arg\min\{\|\theta\|_2 : f_m(x;\theta) = f^*_{m_0}(x)\ \forall x \in X\}
    \text{ is condensed with } \sum_{j \le m_k} \|a_j^{(k)} b_j^{(k)}\|_2 = 1`,
  readings: {
    k3: fixedReading('three', false),
    'k-dim-plus-1': fixedReading('dim-plus-1', false),
    'k-finite': finiteReading(false),
    'k3-intended': fixedReading('three', true),
    'k-dim-plus-1-intended': fixedReading('dim-plus-1', true),
    'k-finite-intended': finiteReading(true),
    map: mapReading,
  },
});
