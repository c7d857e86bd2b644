import {
  addScaled,
  cos,
  dot,
  norm,
  normalVector,
  pow,
  requireOneOf,
  scale,
  sin,
  unitSphere,
} from '../math/index.js';
import type { RandomSource } from '../math/index.js';
import type { Vector } from '../model/index.js';
import type { Cell, UnitTeacher } from '../theory/index.js';
import { arrangementCells, teacherLines } from '../theory/index.js';

/**
 * Where the inputs of a cell lie.
 * - `uniform`: independent, uniform on the part of the sphere in the cell.
 * - `clustered`: around one uniform place, within half of its distance to the walls.
 * - `near-walls`: uniform, then moved towards a random wall to a log-uniform share 1e-4 … 1 of the distance.
 * - `near-subspace`: uniform on the cell's part of a coordinate subspace that meets every cell, then tilted off
 *   it: each further coordinate is `tilt` times a standard normal.
 * - `in-subspace`: the same without tilt.
 */
export type CellPlacement =
  | 'uniform'
  | 'clustered'
  | 'near-walls'
  | 'near-subspace'
  | 'in-subspace';

const PLACEMENTS: Readonly<Record<CellPlacement, true>> = {
  uniform: true,
  clustered: true,
  'near-walls': true,
  'near-subspace': true,
  'in-subspace': true,
};

export interface CellInputsSpec {
  readonly placement: CellPlacement;
  readonly perCell: number;
  /** Size of the coordinates off the subspace. Default 0.01. */
  readonly tilt?: number;
}

/** Draws of the whole sphere before the cells that are still short are filled from inside. */
const REJECTIONS = 400;

/** The dimension of the smallest coordinate subspace that surely meets every cell of so many lines. */
export function subspaceDimension(lines: number): number {
  return Math.max(2, lines);
}

/**
 * `perCell` inputs in each open cell of a teacher's arrangement, by cells. The subspace placements take the
 * first max(2, lines) coordinates: for lines in general position every choice of sides occurs there.
 *
 * @throws RangeError when there is no such placement, perCell is not a positive integer, or a subspace placement has no room for a subspace
 */
export function drawCellInputs(
  spec: CellInputsSpec,
  teacher: UnitTeacher,
  random: RandomSource,
): number[][] {
  const { placement, perCell, tilt = 0.01 } = spec;
  requireOneOf('drawCellInputs', 'placement', placement, Object.keys(PLACEMENTS));
  if (!Number.isInteger(perCell) || perCell < 1) {
    throw new RangeError(`drawCellInputs: perCell must be an integer ≥ 1, got ${perCell}`);
  }
  const normals = teacherLines(teacher).map(({ direction }) => direction);
  const { inputDim } = teacher;
  if (placement === 'near-subspace' || placement === 'in-subspace') {
    const inside = subspaceDimension(normals.length);
    if (inside >= inputDim) {
      throw new RangeError(
        `drawCellInputs: inputDim must exceed ${inside} for ${placement} with ${normals.length} lines, got ${inputDim}`,
      );
    }
    const projected = normals.map((normal) => {
      const head = normal.slice(0, inside);
      return scale(1 / norm(head), head);
    });
    const size = placement === 'in-subspace' ? 0 : tilt;
    return drawUniform(projected, inside, perCell, random).map((input) =>
      tilted(input, normals, inputDim, size, random),
    );
  }
  const inputs = drawUniform(normals, inputDim, perCell, random);
  if (placement === 'uniform') return inputs;
  if (placement === 'near-walls') {
    return inputs.map((input) => towardsWall(input, normals, random));
  }
  return inputs.map((_, i) => {
    const centre = inputs[i - (i % perCell)];
    if (i % perCell === 0) return centre;
    const room = Math.min(1, ...normals.map((normal) => Math.abs(dot(normal, centre)))) / 2;
    return addScaled(centre, room * random.uniform(), unitSphere(random, inputDim));
  });
}

function drawUniform(
  normals: readonly Vector[],
  inputDim: number,
  perCell: number,
  random: RandomSource,
): number[][] {
  const cells = arrangementCells(normals, inputDim);
  const filled = new Map(cells.map((cell) => [cell.sides.join(), [] as number[][]]));
  let missing = cells.length * perCell;
  for (let draw = 0; draw < REJECTIONS * perCell && missing > 0; draw += 1) {
    const input = unitSphere(random, inputDim);
    const into = filled.get(sidesOf(normals, input).join());
    if (into !== undefined && into.length < perCell) {
      into.push(input);
      missing -= 1;
    }
  }
  return cells.flatMap((cell) => {
    const inputs = filled.get(cell.sides.join()) ?? [];
    while (inputs.length < perCell) inputs.push(walkInside(cell, normals, random));
    return inputs;
  });
}

const WALK = 30;

/**
 * Hit-and-run on the sphere: from a point of the cell, again and again a uniform point of the arc that a
 * random great circle through it has in the cell. Its stationary law is uniform on the cell.
 */
function walkInside(cell: Cell, normals: readonly Vector[], random: RandomSource): number[] {
  const inputDim = cell.inside.length;
  let point = [...cell.inside];
  if (inputDim === 1) return point;
  for (let step = 0; step < WALK; step += 1) {
    const drawn = unitSphere(random, inputDim);
    const across = addScaled(drawn, -dot(drawn, point), point);
    const length = norm(across);
    if (length < 1e-6) continue;
    const direction = scale(1 / length, across);
    // The cell is convex: bisection from π on each side finds the ends of the arc.
    const [low, high] = [-1, 1].map((way) => way * reach(point, direction, way, cell, normals));
    const angle = low + (high - low) * random.uniformPositive();
    const next = onArc(point, direction, angle);
    if (inCell(cell, normals, next)) point = scale(1 / norm(next), next);
  }
  return point;
}

function reach(
  point: Vector,
  direction: Vector,
  way: number,
  cell: Cell,
  normals: readonly Vector[],
): number {
  let inside = 0;
  let outside = Math.PI;
  for (let k = 0; k < 50; k += 1) {
    const middle = (inside + outside) / 2;
    if (inCell(cell, normals, onArc(point, direction, way * middle))) inside = middle;
    else outside = middle;
  }
  return inside;
}

function onArc(point: Vector, direction: Vector, angle: number): number[] {
  return addScaled(scale(cos(angle), point), sin(angle), direction);
}

function inCell(cell: Cell, normals: readonly Vector[], input: Vector): boolean {
  return normals.every((normal, l) => dot(normal, input) * cell.sides[l] > 0);
}

function sidesOf(normals: readonly Vector[], input: Vector): (1 | -1)[] {
  return normals.map((normal) => (dot(normal, input) > 0 ? 1 : -1));
}

function towardsWall(input: Vector, normals: readonly Vector[], random: RandomSource): number[] {
  const normal = normals[random.integer(normals.length)];
  const share = pow(10, -4 * random.uniform());
  const moved = addScaled(input, -(1 - share) * dot(normal, input), normal);
  const before = sidesOf(normals, input).join();
  return sidesOf(normals, moved).join() === before ? moved : [...input];
}

/** The point of the subspace with further coordinates, halved until the input stays in its cell. */
function tilted(
  inside: Vector,
  normals: readonly Vector[],
  inputDim: number,
  tilt: number,
  random: RandomSource,
): number[] {
  const zeros = Array.from({ length: inputDim - inside.length }, () => 0);
  const flat = [...inside, ...zeros];
  if (tilt === 0) return flat;
  const off = normalVector(random, inputDim - inside.length);
  const before = sidesOf(normals, flat).join();
  for (let size = tilt; size > 1e-12; size /= 2) {
    const input = [...inside, ...off.map((entry) => size * entry)];
    if (sidesOf(normals, input).join() === before) return input;
  }
  return flat;
}
