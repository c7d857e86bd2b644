import type { FigureSource, FigureTable, PhaseDiagram, Tile } from '../../../src/claims/index.js';
import type { MapRecord } from './condensation-map-table.js';
import { grouped, mapCount, mapRecords } from './condensation-map-table.js';
import {
  MAP_DIMENSIONS,
  MAP_NEURONS,
  MAP_PER_CELL,
  admissiblePoints,
  placementClass,
} from './condensation-map-grid.js';
import type { MapInstance } from './condensation-map-instances.js';

const CLASSES = {
  random: 'random: uniform in each cell',
  adversarial: 'adversarial: near walls, clustered, near a subspace',
} as const;

/** How often condensation fails at each point (d, m₀, k) and kind of placement, with the table behind it. */
export function mapFigure({ trials }: FigureSource<MapInstance>): PhaseDiagram {
  const records = mapRecords(trials);
  const byTile = grouped(records, (r) =>
    tileKey(placementClass(r.placement), r.inputDim, r.neurons, r.perCell),
  );
  const tiles = (['random', 'adversarial'] as const).flatMap((kind) =>
    admissiblePoints().map(({ inputDim, neurons, perCell }): Tile => {
      const here = byTile.get(tileKey(kind, inputDim, neurons, perCell)) ?? [];
      const { trials: count, fails, undecided, lower, upper } = mapCount(here);
      return {
        column: CLASSES[kind],
        row: String(inputDim),
        x: String(perCell),
        y: String(neurons),
        trials: count,
        rate: count === 0 ? 0 : fails / count,
        lower,
        upper,
        undecided: count === 0 ? 0 : undecided / count,
      };
    }),
  );
  return {
    title: 'How often minimum-norm interpolants fail to condense with k inputs in every cell',
    caption:
      'Share of draws with an interpolant of norm below m₀ (in per cent), its 99 % interval at all sample sizes, and the number of draws. Undecided draws are hatched and count as condensing for the lower limit, as failing for the upper. Were the claim true from some k on, every tile from there on would be white.',
    columns: { label: 'placement of the inputs', values: Object.values(CLASSES) },
    rows: { label: 'd', values: MAP_DIMENSIONS.map(String) },
    x: { label: 'inputs per open cell k', values: MAP_PER_CELL.map(String) },
    y: { label: 'teacher neurons m₀', values: MAP_NEURONS.map(String) },
    rateLabel: 'draws on which condensation fails',
    missingLabel: 'too many inputs',
    tiles,
    table: mapTable(records),
  };
}

function tileKey(kind: string, ...point: readonly number[]): string {
  return [kind, ...point].join();
}

const COLUMNS: FigureTable['columns'] = [
  { name: 'd', meaning: 'input dimension' },
  { name: 'm0', meaning: 'teacher neurons m₀' },
  { name: 'k', meaning: 'inputs in every open cell' },
  { name: 'placement', meaning: 'how the inputs of a cell are placed' },
  { name: 'class', meaning: 'random or adversarial' },
  { name: 'N', meaning: 'inputs' },
  { name: 'trials', meaning: 'draws' },
  { name: 'condenses', meaning: 'draws on which every minimum-norm interpolant condenses' },
  { name: 'fails', meaning: 'draws with an interpolant of norm below m₀' },
  { name: 'undecided', meaning: 'draws on which neither was shown' },
  {
    name: 'lower',
    meaning:
      'lower 99 % limit of the failing fraction, at all sample sizes; undecided count as not failing',
  },
  { name: 'upper', meaning: 'upper limit; undecided count as failing' },
  { name: 'smallestNorm', meaning: 'smallest norm of an interpolant found below m₀, over m₀' },
];

/** One row for each point and placement that was drawn. */
function mapTable(records: readonly MapRecord[]): FigureTable {
  const groups = grouped(records, (r) => tileKey(r.placement, r.inputDim, r.neurons, r.perCell));
  const rows = [...groups.values()]
    .toSorted((a, b) => comparePoints(a[0], b[0]))
    .map((group) => {
      const { inputDim, neurons, perCell, placement, inputs } = group[0];
      const { trials, condenses, fails, undecided, lower, upper, smallestNorm } = mapCount(group);
      return [
        ...[inputDim, neurons, perCell, placement, placementClass(placement), inputs],
        ...[trials, condenses, fails, undecided, rounded(lower), rounded(upper)],
        smallestNorm === null ? null : rounded(smallestNorm),
      ];
    });
  return { name: 'Counts at every point of the map', columns: COLUMNS, rows };
}

function comparePoints(a: MapRecord, b: MapRecord): number {
  return (
    a.inputDim - b.inputDim ||
    a.neurons - b.neurons ||
    a.perCell - b.perCell ||
    (a.placement < b.placement ? -1 : 1)
  );
}

/** Six digits are more than the statistics carry. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
