import { expect, test } from 'vitest';
import type { Rational } from '../../math/index.js';
import {
  add,
  compare,
  divide,
  dotExact,
  fromDouble,
  multiply,
  negate,
  normal,
  randomSource,
  sign,
  subtract,
  toDouble,
  unitSphere,
} from '../../math/index.js';
import type { Vector } from '../../model/index.js';
import { exactData } from './enclosure.js';
import { fineLower } from './fine-lower.js';
import { prepareProblem } from './interpolation-problem.js';

type Plane = readonly [Rational, Rational];

const ZERO = fromDouble(0);

function cross(a: Plane, b: Plane): Rational {
  return subtract(multiply(a[0], b[1]), multiply(a[1], b[0]));
}

/** max g² over the circle in exact arithmetic: at all 2N ends, and at ±G/‖G‖ of the cells that hold it. */
function largestSquared(inputs: readonly Vector[], lambda: Vector): Rational {
  const points = inputs.map((x): Plane => [fromDouble(x[0]), fromDouble(x[1])]);
  const weights = lambda.map(fromDouble);
  const gradient = (w: Plane): Plane => {
    let sum: Plane = [ZERO, ZERO];
    for (const [i, x] of points.entries()) {
      if (sign(dotExact(w, x)) <= 0) continue;
      sum = [add(sum[0], multiply(weights[i], x[0])), add(sum[1], multiply(weights[i], x[1]))];
    }
    return sum;
  };
  const squared = (value: Rational, length: Rational): Rational =>
    divide(multiply(value, value), length);
  const ends = points.flatMap(([x, y]): Plane[] => [
    [negate(y), x],
    [y, negate(x)],
  ]);
  let most = ZERO;
  for (const end of ends) {
    const value = squared(dotExact(end, gradient(end)), dotExact(end, end));
    if (compare(value, most) > 0) most = value;
    // The next end anticlockwise, and the cell between by a direction inside.
    const after = ends.filter((other) => sign(cross(end, other)) > 0);
    const next = after.reduce((a, b) => (sign(cross(b, a)) > 0 ? b : a));
    const inside: Plane = [add(end[0], next[0]), add(end[1], next[1])];
    const peak = gradient(inside);
    const first = sign(cross(end, peak));
    const second = sign(cross(peak, next));
    const length = dotExact(peak, peak);
    if (first * second > 0 && compare(length, most) > 0) most = length;
  }
  return most;
}

test.each([0, 1e-3, 1e-6, 1e-9, 1e-12])(
  'is just below the exact dual value where two inputs are %d apart',
  (distance) => {
    const random = randomSource('fine lower bounds', distance);
    for (let trial = 0; trial < 8; trial += 1) {
      const inputs = Array.from({ length: 4 + trial }, () => unitSphere(random, 2));
      if (distance > 0) inputs.push([inputs[0][0] - distance, inputs[0][1] + 2 * distance]);
      const labels = inputs.map(() => normal(random));
      const prepared = prepareProblem({ inputs, labels });
      if (prepared.status !== 'ready') throw new Error(`got ${prepared.status}`);
      const lambda = inputs.map(() => normal(random));
      // Entries that cancel, as an optimal λ has them.
      if (distance > 0) {
        lambda[0] = 1 / distance;
        lambda[lambda.length - 1] = -1 / distance + normal(random);
      }
      const up = Math.sign(toDouble(dotExact(lambda, labels)));
      const signed = lambda.map((entry) => entry * up);
      const lower = fineLower(exactData(inputs, labels, prepared), Float64Array.from(signed));
      const exact = largestSquared(inputs, signed);
      const most = compare(exact, 1) > 0 ? exact : fromDouble(1);
      const value = dotExact(signed, labels);
      const bound = fromDouble(lower);
      // lower ≤ value/√most, in exact arithmetic.
      expect(compare(multiply(multiply(bound, bound), most), multiply(value, value))).toBe(-1);
      const best = Math.sqrt(toDouble(divide(multiply(value, value), most)));
      expect(lower / best).toBeGreaterThan(1 - 1e-14);
    }
  },
);

test('data that are not planar have no such bound', () => {
  const inputs = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ];
  const prepared = prepareProblem({ inputs, labels: [1, 1, 1] });
  if (prepared.status !== 'ready') throw new Error(`got ${prepared.status}`);
  expect(fineLower(exactData(inputs, [1, 1, 1], prepared), Float64Array.of(1, 1, 1))).toBe(0);
});
