import type { Vector } from '../../model/index.js';
import { boundDirections } from './direction-bound.js';
import type { DirectionBound } from './direction-bound.js';
import type { Priced, Pricer } from './pricer.js';
import { priceByAscent } from './pricing-ascent.js';
import { evaluateDual } from './pricing.js';

/** Ascent that finds |g| this far above 1 has found columns to enter, and the maximum itself does not matter. */
const ABOVE_ONE = 1e-7;
/** Values up to this need not be told from 1: it costs a hundredth of the gap wanted by default. */
const ENOUGH = 1 + 1e-11;
/** Nodes of branch and bound for each sign of g: a second or so in six dimensions. */
const MOST_NODES = 20_000;
/** Nodes of all pricings together, after which each has few: a solve ends, with bounds that hold and are wider. */
const NODES_IN_ALL = 400_000;
const FEW_NODES = 100;
const MOST_CANDIDATES = 24;

/** Four dimensions and more: ascent for columns to enter, branch and bound over the sides of inputs for the maximum. */
export function generalPricer(unit: readonly Vector[]): Pricer {
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
  const above = new Float64Array(size);
  const below = new Float64Array(size);
  let nodesLeft = NODES_IN_ALL;

  function bounded(dual: Float64Array, even: boolean, sign: number, known: number): DirectionBound {
    for (let i = 0; i < size; i += 1) {
      above[i] = (sign * dual[i]) / (even ? 2 : 1);
      below[i] = even ? -above[i] : 0;
    }
    const most = Math.max(FEW_NODES, Math.min(MOST_NODES, nodesLeft));
    const result = boundDirections({ inputs, size, dim, above, below }, ENOUGH, known, most);
    nodesLeft -= result.nodes;
    return result;
  }

  function fill(list: { direction: ArrayLike<number>; value: number }[], largest: number): Priced {
    list.sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
    const count = Math.min(list.length, MOST_CANDIDATES);
    found.largest = largest;
    found.count = count;
    found.values = Float64Array.from(list.slice(0, count), ({ value }) => value);
    found.directions = new Float64Array(count * dim);
    found.walls = new Int32Array(2 * count).fill(-1);
    for (let c = 0; c < count; c += 1) found.directions.set(list[c].direction, c * dim);
    return found;
  }

  return {
    dim,
    size,
    inputs,
    bounding: false,
    found,
    price(dual, even) {
      // ½Σλ_i|⟨w, x_i⟩| is g of the inputs ±x_i with λ_i/2 each.
      const weights = Array.from(dual, (entry) => (even ? entry / 2 : entry));
      const [climbed, all] = even ? [mirrored, [...weights, ...weights]] : [unit, weights];
      const list: { direction: ArrayLike<number>; value: number }[] = [];
      let largest = 0;
      priceByAscent(climbed, all, (direction) => {
        const value = evaluateDual(climbed, all, direction);
        largest = Math.max(largest, Math.abs(value));
        if (Math.abs(value) >= 0.5) list.push({ direction, value });
      });
      if (largest > 1 + ABOVE_ONE) return fill(list, largest);
      for (const sign of [1, -1]) {
        const result = bounded(dual, even, sign, largest);
        for (const { direction, value } of result.found) {
          list.push({ direction, value: sign * value });
        }
        largest = Math.max(largest, result.bound);
      }
      return fill(list, largest);
    },
    priceSome: null,
    priceFinely(dual) {
      const up = bounded(dual, false, 1, 0);
      const most = up.found.reduce((best, { value }) => Math.max(best, value), 0);
      return { largest: Math.max(up.bound, bounded(dual, false, -1, most).bound) };
    },
  };
}
