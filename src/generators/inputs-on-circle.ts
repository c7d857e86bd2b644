import { addScaled, atan, cos, dot, norm, pow, requireOneOf, scale, sin } from '../math/index.js';
import type { RandomSource } from '../math/index.js';
import type { Vector } from '../model/index.js';
import type { UnitTeacher } from '../theory/index.js';
import { teacherLines } from '../theory/index.js';

/**
 * Where the inputs of a sector lie.
 * - `uniform`: independent, uniform in angle.
 * - `evenly-spread`: at the middles of equal arcs.
 * - `clustered`: within 2 % of the sector around one place.
 * - `near-coincident`: 1e-6 rad apart (less in sectors too narrow for that).
 * - `near-walls`: next to both walls in turn, at log-uniform shares 1e-9 … 1e-1 of the sector, the third uniform.
 * - `at-walls`: one exactly on each wall, which belongs to both closed sectors, the others uniform.
 */
export type CirclePlacement =
  | 'uniform'
  | 'evenly-spread'
  | 'clustered'
  | 'near-coincident'
  | 'near-walls'
  | 'at-walls';

const PLACEMENTS: Readonly<Record<CirclePlacement, true>> = {
  uniform: true,
  'evenly-spread': true,
  clustered: true,
  'near-coincident': true,
  'near-walls': true,
  'at-walls': true,
};

/**
 * Inputs of the plane with `perSector` distinct ones in each closed sector of a teacher, by sectors
 * counterclockwise. Vectors on walls are not of unit length: they are exact, and stand for x/‖x‖.
 *
 * @throws RangeError when there is no such placement, the teacher is not of the plane or perSector is not a positive integer
 */
export function drawCircleInputs(
  spec: { readonly placement: CirclePlacement; readonly perSector: number },
  teacher: UnitTeacher,
  random: RandomSource,
): number[][] {
  const { placement, perSector } = spec;
  requireOneOf('drawCircleInputs', 'placement', placement, Object.keys(PLACEMENTS));
  if (teacher.inputDim !== 2) {
    throw new RangeError(`drawCircleInputs: inputDim must be 2, got ${teacher.inputDim}`);
  }
  if (!Number.isInteger(perSector) || perSector < 1) {
    throw new RangeError(`drawCircleInputs: perSector must be an integer ≥ 1, got ${perSector}`);
  }
  const walls = teacherLines(teacher)
    .flatMap(({ first }) => {
      const [x, y] = teacher.directions[first];
      return [
        [-y, x],
        [y, -x],
      ];
    })
    .sort((a, b) => turn(a) - turn(b));
  const inputs: number[][] = placement === 'at-walls' ? walls.map((wall) => [...wall]) : [];
  for (const [k, wall] of walls.entries()) {
    const start = scale(1 / norm(wall), wall);
    const width = arc(start, walls[(k + 1) % walls.length]);
    const count = placement === 'at-walls' ? perSector - 2 : perSector;
    for (const share of shares(placement, count, width, random)) {
      inputs.push(rotated(start, share * width));
    }
  }
  return inputs;
}

function shares(
  placement: CirclePlacement,
  count: number,
  width: number,
  random: RandomSource,
): number[] {
  const places = Array.from({ length: Math.max(0, count) }, (_, i) => i);
  switch (placement) {
    case 'uniform':
    case 'at-walls':
      return places.map(() => random.uniformPositive());
    case 'evenly-spread':
      return places.map((i) => (i + 0.5) / count);
    case 'clustered': {
      const centre = 0.05 + 0.9 * random.uniform();
      return places.map(() => centre + 0.02 * (2 * random.uniform() - 1));
    }
    case 'near-coincident': {
      const step = Math.min(1e-6 / width, 0.1 / count);
      const first = (1 - count * step) * random.uniformPositive();
      return places.map((i) => first + i * step);
    }
    case 'near-walls':
      return places.map((i) => {
        if (i % 3 === 2) return random.uniformPositive();
        const near = pow(10, -1 - 8 * random.uniform());
        return i % 3 === 0 ? near : 1 - near;
      });
  }
}

/** Monotone in the angle from the positive x axis, without trigonometric functions. */
function turn([x, y]: Vector): number {
  const along = x / (Math.abs(x) + Math.abs(y));
  return y >= 0 ? 1 - along : 3 + along;
}

/** The angle in (0, π] from a unit vector counterclockwise to another vector. */
function arc(start: Vector, end: Vector): number {
  const unit = scale(1 / norm(end), end);
  const cosine = dot(start, unit);
  const sine = start[0] * unit[1] - start[1] * unit[0];
  // 2·atan of the half-angle's tangent keeps its digits near 0 and π.
  return cosine >= 0 ? 2 * atan(sine / (1 + cosine)) : Math.PI - 2 * atan(sine / (1 - cosine));
}

function rotated(start: Vector, angle: number): number[] {
  return addScaled(scale(cos(angle), start), sin(angle), [-start[1], start[0]]);
}
