import type { Vector } from '../../model/index.js';
import type { CircleCells } from './circle-cells.js';
import { circleCells, largestOnCircle, priceCircle, priceEvenCircle } from './circle-cells.js';
import { priceDirections } from './pricing.js';
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
  /** Whether `largest` is the maximum over the sphere up to rounding. */
  readonly exact: boolean;
  readonly found: Priced;
  price(dual: Float64Array, even: boolean): Priced;
  /** Finds some large values, perhaps not the largest, in less time; null where `price` is as fast. */
  readonly priceSome: ((dual: Float64Array, even: boolean) => Priced) | null;
  /** The maximum of |g|; in the plane with compensated prefix sums. */
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
  return generalPricer(unit);
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
    exact: true,
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
    exact: true,
    found: cells.found,
    price: (dual, even) => priceSphere(cells, dual, even, 1 - 1e-9, WORTH_ENTERING),
    priceSome(dual, even) {
      turn = (turn + 1) % stride;
      return priceSphere(cells, dual, even, 1 - 1e-9, WORTH_ENTERING, turn, stride);
    },
    priceFinely: (dual) => priceSphere(cells, dual, false, 1 - 1e-9, 1),
  };
}

/** Dimension 1, and 4 or more, where the maximum may only be a value found by ascent. */
function generalPricer(unit: readonly Vector[]): Pricer {
  const dim = unit[0].length;
  const size = unit.length;
  const inputs = new Float64Array(size * dim);
  for (const [i, x] of unit.entries()) inputs.set(x, i * dim);
  const mirrored = [...unit, ...unit.map((x) => x.map((entry) => -entry))];
  const found: Priced = {
    largest: 0,
    count: 0,
    values: new Float64Array(0),
    directions: new Float64Array(0),
    walls: new Int32Array(0),
  };
  const exact = priceDirections(
    unit,
    unit.map(() => 0),
  ).exact;
  return {
    dim,
    size,
    inputs,
    exact,
    found,
    price(dual, even) {
      // ½Σλ_i|⟨w, x_i⟩| is g of the inputs ±x_i with λ_i/2 each.
      const weights = Array.from(dual, (entry) => (even ? entry / 2 : entry));
      const { largest, candidates } = even
        ? priceDirections(mirrored, [...weights, ...weights])
        : priceDirections(unit, weights);
      const count = Math.min(candidates.length, 24);
      found.largest = largest;
      found.count = count;
      found.values = new Float64Array(count);
      found.directions = new Float64Array(count * dim);
      found.walls = new Int32Array(2 * count).fill(-1);
      for (let c = 0; c < count; c += 1) {
        found.values[c] = candidates[c].value;
        found.directions.set(candidates[c].direction, c * dim);
      }
      return found;
    },
    priceSome: null,
    priceFinely: (dual) => ({ largest: priceDirections(unit, Array.from(dual)).largest }),
  };
}
