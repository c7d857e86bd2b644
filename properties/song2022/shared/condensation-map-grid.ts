/** The dimensions d, teacher widths m₀ and numbers k of inputs in every open cell that the map asks for. */
export const MAP_DIMENSIONS = [2, 3, 4, 5, 6] as const;
export const MAP_NEURONS = [1, 2, 3, 4] as const;
export const MAP_PER_CELL = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const;

/**
 * Most inputs N = k·(number of cells) by dimension: what the solvers decide, or are seen not to, in about a second
 * a draw at the largest N. For d = 2 theory constructs the dual, for d = 3 and 4 pricing is exact, for d = 5 and, up to
 * 16 inputs, for d = 6; what it leaves open counts as undecided. Raise them with faster solvers; nothing else depends on them.
 */
export const MOST_MAP_INPUTS: Readonly<Record<number, number>> = {
  2: 200,
  3: 64,
  4: 40,
  5: 20,
  6: 24,
};

/**
 * How the inputs of a draw are placed: at random, or so that they tell little about the walls. `flattened` stands in where
 * there is no room for a subspace that meets every cell.
 */
export type MapPlacement = 'uniform' | 'near-walls' | 'clustered' | 'near-subspace' | 'flattened';
export type PlacementClass = 'random' | 'adversarial';

export function placementClass(placement: MapPlacement): PlacementClass {
  return placement === 'uniform' ? 'random' : 'adversarial';
}

/** One point of the map, without the placement. */
export interface MapPoint {
  readonly inputDim: number;
  readonly neurons: number;
  readonly perCell: number;
}

/**
 * Cells of so many generic hyperplanes through 0: 2·Σ_{i<d} C(m₀ − 1, i) (Cover 1965,
 * doi:10.1109/PGEC.1965.264137).
 */
export function genericCells(neurons: number, inputDim: number): number {
  let binomial = 1;
  let sum = 0;
  for (let i = 0; i < inputDim; i += 1) {
    sum += binomial;
    binomial = (binomial * (neurons - 1 - i)) / (i + 1);
  }
  return 2 * sum;
}

/** Whether the map draws at a point: its inputs are within the limit of its dimension. */
export function isAdmissible({ inputDim, neurons, perCell }: MapPoint): boolean {
  return perCell * genericCells(neurons, inputDim) <= MOST_MAP_INPUTS[inputDim];
}

/** Every point of the grid that the map draws at, by d, then m₀, then k. */
export function admissiblePoints(): MapPoint[] {
  return MAP_DIMENSIONS.flatMap((inputDim) =>
    MAP_NEURONS.flatMap((neurons) =>
      MAP_PER_CELL.map((perCell) => ({ inputDim, neurons, perCell })),
    ),
  ).filter((point) => isAdmissible(point));
}
