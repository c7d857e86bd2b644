import fc from 'fast-check';
import type { Generator } from '../../../src/generators/index.js';
import {
  drawCellInputs,
  drawTeacher,
  generator,
  subspaceDimension,
} from '../../../src/generators/index.js';
import type { RandomSource } from '../../../src/math/index.js';
import { dot } from '../../../src/math/index.js';
import type { Vector } from '../../../src/model/index.js';
import type { UnitTeacher } from '../../../src/theory/index.js';
import { teacherLines, unitTeacher } from '../../../src/theory/index.js';
import type { MapPlacement, MapPoint } from './condensation-map-grid.js';
import {
  MAP_DIMENSIONS,
  MAP_NEURONS,
  MAP_PER_CELL,
  MOST_MAP_INPUTS,
  admissiblePoints,
  isAdmissible,
  placementClass,
} from './condensation-map-grid.js';
import type { CondensationInstance } from './condensation-instance.js';

/** A draw of the map: it knows how many inputs each cell was given and how they were placed. */
export interface MapInstance extends CondensationInstance {
  readonly perCell: number;
  readonly placement: MapPlacement;
}

interface MapStructure extends MapPoint {
  readonly placement: MapPlacement;
  readonly signs: readonly (1 | -1)[];
  /** Share of the way left to the subspace. */
  readonly tilt: number;
}

/** What `near-subspace` keeps off the subspace; at the largest, 12 inputs a cell often suffice, at the smallest rarely. */
const SUBSPACE_TILTS = [1e-2, 1e-4, 1e-6] as const;
/** What `flattened` keeps: nearer, duals grow beyond what floating point decides. */
const FLATTENED_TILTS = [1e-1, 1e-2, 1e-3] as const;

const structures: fc.Arbitrary<MapStructure> = fc
  .record({
    neurons: fc.constantFrom(...MAP_NEURONS),
    inputDim: fc.constantFrom(...MAP_DIMENSIONS),
    perCell: fc.constantFrom(...MAP_PER_CELL),
    random: fc.boolean().map((adversarial) => !adversarial),
    adversary: fc.constantFrom<MapPlacement>('near-subspace', 'near-walls', 'clustered'),
    signs: fc.array(fc.constantFrom<1 | -1>(1, -1), { minLength: 4, maxLength: 4 }),
    step: fc.nat({ max: 2 }),
  })
  // Independent coordinates, given that the point is admissible: uniform on the admissible points.
  .filter(isAdmissible)
  .map(({ random, adversary, step, signs, ...point }) => {
    const placement = random ? 'uniform' : fitting(adversary, point);
    const tilts = placement === 'flattened' ? FLATTENED_TILTS : SUBSPACE_TILTS;
    return { ...point, placement, signs: signs.slice(0, point.neurons), tilt: tilts[step] };
  });

/** Draws of the map: a uniform admissible point, a generic teacher with uniform signs, a placement. */
export const mapInstances: Generator<MapInstance> = generator({
  law: `(d, m₀, k) uniform on the ${admissiblePoints().length} points of ${MAP_DIMENSIONS[0]}…${MAP_DIMENSIONS.at(-1)} × 1…4 × 1…12 with at most ${Object.values(MOST_MAP_INPUTS).join(', ')} inputs (d = ${MAP_DIMENSIONS.join(', ')}); independent uniform directions and signs; k inputs in every open cell: uniform in it with probability 1/2, else with 1/6 each near walls, clustered, or near a coordinate subspace that meets every cell (off it by a normal variable times a uniform choice of ${SUBSPACE_TILTS.join(', ')}; where m₀ ≥ d leaves no such subspace, the last coordinate shrunk to ${FLATTENED_TILTS.join(', ')} of itself as far as the cell allows); m = max(m₀ + 1, N)`,
  structure: structures,
  build: (drawn, random) => {
    const teacher = unitTeacher(
      drawTeacher(
        {
          arrangement: 'generic',
          inputDim: drawn.inputDim,
          signs: drawn.signs,
          norms: 'unit-balanced',
        },
        random,
      ),
    );
    const inputs = drawInputs(drawn, teacher, random.fork('inputs'));
    return {
      teacher,
      width: Math.max(drawn.neurons + 1, inputs.length),
      inputs,
      trained: false,
      perCell: drawn.perCell,
      placement: drawn.placement,
    };
  },
  labels: ({ teacher, perCell, placement }, { neurons }) => [
    `dim:${teacher.inputDim}`,
    `m0:${neurons}`,
    `k:${perCell}`,
    `placement:${placement}`,
    placementClass(placement),
    ...signLabels(teacher),
  ],
});

function signLabels({ signs }: UnitTeacher): string[] {
  const positive = signs.filter((s) => s > 0).length;
  if (positive === signs.length) return ['signs:positive'];
  return [positive === 0 ? 'signs:negative' : 'signs:mixed'];
}

/** A subspace needs a dimension to spare. */
function fitting(adversary: MapPlacement, { inputDim, neurons }: MapPoint): MapPlacement {
  if (adversary !== 'near-subspace') return adversary;
  return subspaceDimension(neurons) < inputDim ? 'near-subspace' : 'flattened';
}

function drawInputs(
  { placement, perCell, tilt }: MapStructure,
  teacher: UnitTeacher,
  random: RandomSource,
): number[][] {
  if (placement !== 'flattened') {
    return drawCellInputs({ placement, perCell, tilt }, teacher, random);
  }
  const normals = teacherLines(teacher).map(({ direction }) => direction);
  return drawCellInputs({ placement: 'uniform', perCell }, teacher, random).map((input) =>
    flattened(input, normals, tilt),
  );
}

/** The input with its last coordinate shrunk to the given share, or as far as its cell allows. */
export function flattened(input: Vector, normals: readonly Vector[], share: number): number[] {
  const shrunk = (factor: number): number[] =>
    input.map((entry, k) => (k === input.length - 1 ? factor * entry : entry));
  const stays = (factor: number): boolean => {
    const moved = shrunk(factor);
    return normals.every((normal) => dot(normal, moved) * dot(normal, input) > 0);
  };
  if (stays(share)) return shrunk(share);
  let outside = share;
  let inside = 1;
  for (let k = 0; k < 50; k += 1) {
    const middle = (inside + outside) / 2;
    if (stays(middle)) inside = middle;
    else outside = middle;
  }
  // As far from the wall, in units of the way to it, as the others are from the subspace.
  const factor = inside + share * (1 - inside);
  return stays(factor) ? shrunk(factor) : [...input];
}
