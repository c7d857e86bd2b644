import { norm, randomSource, scale } from '../../math/index.js';
import type { Vector } from '../../model/index.js';

const RANDOM_STARTS = 48;
const STEPS = 30;

/**
 * Visits local maxima of |g| found by the fixed-point iteration w ← ±G(w)/‖G(w)‖, where G(w) is the
 * gradient of g on the cell of w: the exact maximiser of the cell's linear function on the sphere.
 * Started from the inputs, from both signed sums of λ_ix_i and from fixed random directions.
 */
export function priceByAscent(
  inputs: readonly Vector[],
  dual: Vector,
  consider: (direction: Vector) => void,
): void {
  for (const start of starts(inputs, dual)) {
    for (const sign of [1, -1]) climb(inputs, dual, start, sign, consider);
  }
}

function climb(
  inputs: readonly Vector[],
  dual: Vector,
  start: Vector,
  sign: number,
  consider: (direction: Vector) => void,
): void {
  let direction = start;
  let best = -Infinity;
  for (let step = 0; step < STEPS; step += 1) {
    const gradient = direction.map(() => 0);
    let value = 0;
    for (let i = 0; i < inputs.length; i += 1) {
      const x = inputs[i];
      let product = 0;
      for (let k = 0; k < x.length; k += 1) product += x[k] * direction[k];
      if (product <= 0) continue;
      value += dual[i] * product;
      for (let k = 0; k < x.length; k += 1) gradient[k] += dual[i] * x[k];
    }
    if (sign * value <= best * (1 + 1e-12) + 1e-15) return;
    best = sign * value;
    consider(direction);
    const length = norm(gradient);
    if (length === 0) return;
    direction = scale(sign / length, gradient);
  }
}

function starts(inputs: readonly Vector[], dual: Vector): Vector[] {
  const dim = inputs[0].length;
  const all: Vector[] = [...inputs, ...inputs.map((x) => scale(-1, x))];
  for (const sign of [1, -1]) {
    const sum = inputs[0].map((_, k) =>
      inputs.reduce((s, x, i) => s + (sign * dual[i] > 0 ? dual[i] * x[k] : 0), 0),
    );
    const length = norm(sum);
    if (length > 0) all.push(scale(1 / length, sum), scale(-1 / length, sum));
  }
  const random = randomSource('minimum-norm', 'ascent', dim);
  for (let k = 0; k < RANDOM_STARTS; k += 1) all.push(randomDirection(dim, random.uniform));
  return all;
}

/** A direction with density on the whole sphere: a point of the cube, drawn again when it is near 0. */
export function randomDirection(dim: number, uniform: () => number): number[] {
  for (;;) {
    const point = Array.from({ length: dim }, () => 2 * uniform() - 1);
    const length = norm(point);
    if (length > 0.1) return scale(1 / length, point);
  }
}
