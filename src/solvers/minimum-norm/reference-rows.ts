import { norm, randomSource, scale } from '../../math/index.js';
import type { Vector } from '../../model/index.js';
import { randomDirection } from './pricing-ascent.js';

const RANDOM_PER_INPUT = 4;

/**
 * Directions that the dual certificate is held against from the start: inputs, in the plane the ends of
 * all cells, in space vertices of the arrangement (all of few inputs, a fixed choice of many), and fixed
 * random ones.
 */
export function sphereStart(inputs: readonly Vector[]): Vector[] {
  const dim = inputs[0].length;
  const directions: Vector[] = inputs.flatMap((x) => [x, scale(-1, x)]);
  if (dim === 2) {
    for (const [x, y] of inputs) directions.push([-y, x], [y, -x]);
    return directions;
  }
  const random = randomSource('minimum-norm', 'rows', inputs.length, dim);
  for (let k = 0; k < RANDOM_PER_INPUT * inputs.length; k += 1) {
    directions.push(randomDirection(dim, random.uniform));
  }
  if (dim === 3) {
    for (let i = 0; i < inputs.length; i += 1) {
      for (let j = i + 1; j < inputs.length; j += 1) {
        if (
          inputs.length > 10 &&
          random.uniform() > 45 / ((inputs.length * (inputs.length - 1)) / 2)
        )
          continue;
        const [a, b] = [inputs[i], inputs[j]];
        const normal = [
          a[1] * b[2] - a[2] * b[1],
          a[2] * b[0] - a[0] * b[2],
          a[0] * b[1] - a[1] * b[0],
        ];
        const length = norm(normal);
        if (length < 1e-9) continue;
        directions.push(scale(1 / length, normal), scale(-1 / length, normal));
      }
    }
  }
  return directions;
}

const TILTS: readonly number[] = [0.01, 0.1, 0.4];

/** Directions tilted from each line both ways along every axis: a tangent step of a neuron as two columns. */
export function aroundLines(lines: readonly Vector[]): Vector[] {
  return lines.flatMap((line) =>
    line.flatMap((_, k) =>
      TILTS.flatMap((tilt) =>
        [tilt, -tilt].map((step) => {
          const tilted = line.map((entry, j) => (j === k ? entry + step : entry));
          return scale(1 / norm(tilted), tilted);
        }),
      ),
    ),
  );
}
