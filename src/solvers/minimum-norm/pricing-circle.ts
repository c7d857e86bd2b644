import type { Vector } from '../../model/index.js';

/**
 * Visits every point of the circle where |g| can be largest: the ends of the 2N cells and ±G/‖G‖ of
 * each cell.
 *
 * @param inputs unit vectors of the plane, not all parallel
 * @param threshold cells with ‖G‖ below it are skipped: |g| ≤ ‖G‖ there
 */
export function circleCandidates(
  inputs: readonly Vector[],
  dual: Vector,
  threshold: number,
  consider: (direction: Vector) => void,
): void {
  const ends: { angle: number; direction: Vector }[] = [];
  for (const [x, y] of inputs) {
    for (const direction of [
      [-y, x],
      [y, -x],
    ]) {
      ends.push({ angle: Math.atan2(direction[1], direction[0]), direction });
    }
  }
  ends.sort((a, b) => a.angle - b.angle);
  for (const [k, { direction: start }] of ends.entries()) {
    consider(start);
    const end = ends[(k + 1) % ends.length].direction;
    // The inputs span the plane, so a cell is narrower than π and this sum points into it.
    const middle = [start[0] + end[0], start[1] + end[1]];
    let gx = 0;
    let gy = 0;
    for (const [i, [x, y]] of inputs.entries()) {
      if (x * middle[0] + y * middle[1] > 0) {
        gx += dual[i] * x;
        gy += dual[i] * y;
      }
    }
    const length = Math.hypot(gx, gy);
    if (length < threshold || length === 0) continue;
    consider([gx / length, gy / length]);
    consider([-gx / length, -gy / length]);
  }
}
