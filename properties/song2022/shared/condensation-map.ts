import type { Control } from '../../../src/claims/index.js';
import { atMost, decided, tex, universal } from '../../../src/claims/index.js';
import type { MapInstance } from './condensation-map-instances.js';
import { mapInstances } from './condensation-map-instances.js';
import { mapFigure } from './condensation-map-figure.js';
import {
  MAP_DIMENSIONS,
  MAP_NEURONS,
  MAP_PER_CELL,
  MOST_MAP_INPUTS,
  genericCells,
  isAdmissible,
  placementClass,
} from './condensation-map-grid.js';
import {
  condensationFeatures,
  distinctLines,
  inputsPerCell,
  moreStudents,
  unitNeurons,
  teacherWidths,
} from './condensation-instance.js';
import { canonicalCondensation } from './condensation-symmetries.js';
import { certifyOnData, concludeOnData, confirmOnData } from './data-condensation.js';
import { normAtLeast, shorterControl } from './norm-controls.js';

/** What the map takes for granted of a draw: as the intended readings, with the draw's own number of inputs per cell. */
const assumedOf = ({ perCell }: MapInstance) =>
  ({ perCell, named: 'k', cells: 'open', distinctLines: true }) as const;

const MANY = 6;
const manySuffice: Control<MapInstance> = {
  statement: `From ${MANY} inputs in every cell on, every minimum-norm interpolant condenses.`,
  argument:
    'Next to a subspace that meets every cell the projected teacher nearly fits, whatever k.',
  judge: 'every-draw',
  conclude: async (instance, original) => {
    const conclusion = await original();
    if (conclusion.status === 'gave-up' || instance.perCell >= MANY) return conclusion;
    return decided('exact', [atMost('nothing is said below', 0, 1)]);
  },
};

const LABELS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(MAP_DIMENSIONS.map((d) => [`dim:${d}`, `d = ${d}`])),
  ...Object.fromEntries(MAP_NEURONS.map((size) => [`m0:${size}`, `m₀ = ${size}`])),
  ...Object.fromEntries(MAP_PER_CELL.map((k) => [`k:${k}`, `${k} inputs in every open cell`])),
  'placement:uniform': 'inputs uniform in each cell',
  'placement:near-walls': 'inputs next to walls',
  'placement:clustered': 'inputs of a cell clustered',
  'placement:near-subspace': 'inputs next to a subspace that meets every cell',
  'placement:flattened': 'inputs as near to a hyperplane as their cells allow',
  'signs:positive': 'all outer weights positive',
  'signs:negative': 'all outer weights negative',
  'signs:mixed': 'outer weights of both signs',
};

/** The points of the grid that are not drawn, with the reason. */
function unsampledPoints(): Record<string, string> {
  return Object.fromEntries(
    MAP_DIMENSIONS.flatMap((inputDim) =>
      MAP_NEURONS.flatMap((neurons) => {
        const missing = MAP_PER_CELL.filter(
          (perCell) => !isAdmissible({ inputDim, neurons, perCell }),
        );
        if (missing.length === 0) return [];
        const cells = genericCells(neurons, inputDim);
        return [
          [
            `d=${inputDim},m0=${neurons},k=${missing[0]}-${missing.at(-1)}`,
            `${cells} cells: more than the ${MOST_MAP_INPUTS[inputDim]} inputs that are decided at d = ${inputDim}`,
          ],
        ];
      }),
    ),
  );
}

/** The reading `map`: every point (d, m₀, k) and placement at once, to see where the conjecture fails and how often. */
export const mapReading = universal<MapInstance>({
  note: 'At every point (d, m₀, k, placement) of the map, k inputs in every open cell suffice; teachers with distinct lines. It is false from k = 1 on and is judged for the map: where it fails, how often, and with which smallest instance.',
  instances: mapInstances,
  assumptions: [
    unitNeurons,
    moreStudents,
    distinctLines,
    inputsPerCell(({ perCell }: MapInstance) => perCell, 'open'),
  ],
  conclude: concludeOnData,
  certify: (instance, violation) => certifyOnData(instance, violation, assumedOf(instance)),
  confirm: (instance, violation) => confirmOnData(instance, violation, assumedOf(instance)),
  // Moved inputs would not be placed as the map says any more.
  simplify: [],
  canonical: canonicalCondensation,
  controls: {
    'norm-at-least-1.1': shorterControl,
    'norm-never-small': normAtLeast(
      0.4,
      'One input next to the wall of m₀ = 1 is fitted by a neuron as short as its distance to the wall.',
    ),
    'six-suffice': manySuffice,
  },
  features: (instance) => ({ ...condensationFeatures(instance), k: instance.perCell }),
  coverage: {
    ranges: teacherWidths(4),
    sampled: LABELS,
    unsampled: {
      ...unsampledPoints(),
      'dim:1': 'S⁰ has two points: one input a cell, and the teacher is the only shortest student',
      'placement:in-subspace': 'a null set under any density',
    },
  },
  groups: {
    of: ({ teacher, perCell, placement }) =>
      `d=${teacher.inputDim},k=${perCell},${placementClass(placement)}`,
    // Fewest neurons, then fewest inputs.
    size: ({ teacher, inputs }) => 1000 * teacher.signs.length + inputs.length,
  },
  effort: {
    smoke: { trials: 40, minimumEffective: 20, searches: 0 },
    ci: { trials: 120, minimumEffective: 60, searches: 0 },
    nightly: { trials: 6000, minimumEffective: 3000, searches: 0 },
  },
  figure: mapFigure,
  bound: tex`\min \sum_j \|a_j b_j\|_2 = m_0`,
});
