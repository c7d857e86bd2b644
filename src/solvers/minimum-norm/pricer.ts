import type { Vector } from '../../model/index.js';
import type { CircleCells } from './circle-cells.js';
import { circleCells, largestOnCircle, priceCircle, priceEvenCircle } from './circle-cells.js';
import { evaluateDual } from './pricing.js';
import { generalPricer } from './pricer-general.js';
import type { SphereCells } from './sphere-cells.js';
import { priceSphere, sphereCells } from './sphere-cells.js';

/**
 * Prices dual vectors on one set of inputs. `price` fills `found`; with `even` it maximises |½Σλ_i|⟨w, x_i⟩||, which
 * is |g| where Σλ_ix_i = 0.
 */
export interface Pricer {
  readonly dim: number;
  readonly size: number;
  /** Unit inputs, (size, dim). */
  readonly inputs: Float64Array;
  /** Whether `largest` of `price` bounds the maximum over the sphere, up to rounding; else it may be some value above 1. */
  readonly bounding: boolean;
  readonly found: Priced;
  price(dual: Float64Array, even: boolean): Priced;
  /** Finds some large values, perhaps not the largest, in less time; null where `price` is as fast. */
  readonly priceSome: ((dual: Float64Array, even: boolean) => Priced) | null;
  /** A bound of |g| over the sphere, its maximum but for rounding; in the plane with compensated prefix sums. */
  priceFinely(dual: Float64Array): { readonly largest: number };
}

/** Candidates of one pricing. Shapes: values (count), directions (count, dim), walls (count, 2), −1 for none. */
export interface Priced {
  largest: number;
  count: number;
  values: Float64Array;
  directions: Float64Array;
  walls: Int32Array;
}

/** Candidates whose excess over 1 is below this share of the largest are not worth a pivot in the same round. */
export const WORTH_ENTERING = 0.2;

/** Great circles that partial pricing searches, others in turn. */
const CIRCLES = 3;

/** @param unit unit inputs that span R^dim, no two of one direction */
export function createPricer(unit: readonly Vector[]): Pricer {
  const dim = unit[0].length;
  if (dim === 2) return circlePricer(circleCells(unit));
  if (dim === 3) return spherePricer(sphereCells(unit));
  return dim === 1 ? linePricer(unit) : generalPricer(unit);
}

function circlePricer(cells: CircleCells): Pricer {
  const found: Priced = {
    largest: 0,
    count: 1,
    values: new Float64Array(1),
    directions: cells.found.direction,
    walls: new Int32Array([-1, -1]),
  };
  return {
    dim: 2,
    size: cells.size,
    inputs: cells.inputs,
    bounding: true,
    found,
    price(dual, even) {
      const { largest, value, wall } = even
        ? priceEvenCircle(cells, dual)
        : priceCircle(cells, dual);
      found.largest = largest;
      found.values[0] = value;
      found.walls[0] = wall;
      return found;
    },
    priceSome: null,
    priceFinely: (dual) => ({ largest: largestOnCircle(cells, dual) }),
  };
}

function spherePricer(cells: SphereCells): Pricer {
  const stride = Math.max(1, Math.floor(cells.size / CIRCLES));
  let turn = 0;
  return {
    dim: 3,
    size: cells.size,
    inputs: cells.inputs,
    bounding: true,
    found: cells.found,
    price: (dual, even) => priceSphere(cells, dual, even, 1 - 1e-9, WORTH_ENTERING),
    priceSome(dual, even) {
      turn = (turn + 1) % stride;
      return priceSphere(cells, dual, even, 1 - 1e-9, WORTH_ENTERING, turn, stride);
    },
    priceFinely: (dual) => priceSphere(cells, dual, false, 1 - 1e-9, 1),
  };
}

/** On the line, where ±1 are all directions. */
function linePricer(unit: readonly Vector[]): Pricer {
  const size = unit.length;
  const inputs = Float64Array.from(unit, ([x]) => x);
  const found: Priced = {
    largest: 0,
    count: 2,
    values: new Float64Array(2),
    directions: Float64Array.of(1, -1),
    walls: new Int32Array(4).fill(-1),
  };
  const price = (dual: Float64Array, even: boolean): Priced => {
    const weights = Array.from(dual, (entry) => (even ? entry / 2 : entry));
    for (const [c, w] of [1, -1].entries()) {
      const here = evaluateDual(unit, weights, [w]);
      found.values[c] = even ? here + evaluateDual(unit, weights, [-w]) : here;
    }
    found.largest = Math.max(Math.abs(found.values[0]), Math.abs(found.values[1]));
    return found;
  };
  return {
    dim: 1,
    size,
    inputs,
    bounding: true,
    found,
    price,
    priceSome: null,
    priceFinely: (dual) => ({ largest: price(dual, false).largest }),
  };
}
