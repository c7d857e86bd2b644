import type { Vector } from '../../model/index.js';
import { compensatedDot } from './compensated-dot.js';
import { priceByAscent } from './pricing-ascent.js';
import { circleCandidates } from './pricing-circle.js';
import { sphereCandidates } from './pricing-sphere.js';
import { vertexWork, visitVertices } from './pricing-vertices.js';

/** A direction with the value of g(w) = Σλ_iσ(⟨w, x_i⟩) there. */
export interface PricedDirection {
  readonly direction: Vector;
  readonly value: number;
}

/** The maximum of |g| over the unit sphere, with where it is (nearly) attained. */
export interface Pricing {
  /** max |g| as computed: over all cells when `exact`, else only the largest value found. */
  readonly largest: number;
  /** Local maxima of |g| on cells, edges and vertices with |g| ≥ threshold, largest first. */
  readonly candidates: readonly PricedDirection[];
  readonly exact: boolean;
  /**
   * A bound on the error of `largest`: 8·ε·Σ|λ_i|, for the rounding of unit inputs and of directions (g has
   * the Lipschitz constant Σ|λ_i|); the sums near 1 are compensated. Where vertices were visited, their bound too.
   */
  readonly rounding: number;
}

/** Ascent that finds |g| this far above 1 has found a direction to add, not rounding. */
const ABOVE_ONE = 1e-7;

/** Up to 23 inputs for d = 4, 12 for d = 5 and 8 for d = 6: about 0.03 s. */
const MOST_VERTEX_WORK = 100_000;
/** Up to 62 inputs for d = 4, 25 for d = 5 and 16 for d = 6: about 0.7 s, afforded where few pricings need it. */
const MOST_LAST_WORK = 2_200_000;

/**
 * Maximises |g| over the unit sphere, g(w) = Σλ_iσ(⟨w, x_i⟩).
 *
 * On a cell of the arrangement {x_i^⊥} g is linear, g(w) = ⟨w, G⟩, so its extremes over the cell are
 * at ±G/‖G‖ or on the cell's boundary. Exact for dimensions 1, 2 and 3, where all cells, edges and
 * vertices are visited, and above for few inputs in general position; else ascent from many starts gives a
 * lower bound of the maximum.
 *
 * @param inputs unit vectors that span their space, shape (sampleSize, dim)
 * @param dual λ, shape (sampleSize)
 * @param threshold candidates below it in absolute value are left out; at most 1
 * @param ascentFirst for d > 3: where ascent finds |g| > 1, that ends it (not exact); only where it does not, the
 *   vertices are visited, and of more inputs
 */
export function priceDirections(
  inputs: readonly Vector[],
  dual: Vector,
  threshold = 0.5,
  ascentFirst = false,
): Pricing {
  const dim = inputs[0].length;
  const found: PricedDirection[] = [];
  let largest = 0;
  let exact = true;
  let bound = 0;
  const consider = (direction: Vector): void => {
    const value = evaluateDual(inputs, dual, direction);
    const size = Math.abs(value);
    if (size > largest) largest = size;
    if (size >= threshold) found.push({ direction, value });
  };
  if (dim === 1) {
    consider([1]);
    consider([-1]);
  } else if (dim === 2) {
    circleCandidates(inputs, dual, threshold, consider);
  } else if (dim === 3) {
    sphereCandidates(inputs, dual, threshold, consider);
  } else {
    priceByAscent(inputs, dual, consider);
    const most = ascentFirst ? MOST_LAST_WORK : MOST_VERTEX_WORK;
    const needed = !ascentFirst || largest <= 1 + ABOVE_ONE;
    exact = needed && vertexWork(inputs.length, dim) <= most;
    if (exact) {
      const visit = visitVertices(inputs, dual, threshold, consider);
      exact = visit.general;
      bound = visit.bound;
    }
  }
  let mass = 0;
  for (const entry of dual) mass += Math.abs(entry);
  // Plain sums err by less than this; those that could be the largest are computed again.
  const plain = (inputs.length + dim + 4) * Number.EPSILON * mass;
  const doubtful = Math.min(1, largest) - 2 * plain;
  const candidates = found.map((candidate) =>
    Math.abs(candidate.value) < doubtful
      ? candidate
      : { ...candidate, value: evaluateCompensated(inputs, dual, candidate.direction) },
  );
  candidates.sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  if (candidates.length > 0) largest = Math.abs(candidates[0].value);
  const rounding = 8 * Number.EPSILON * mass + Math.max(0, bound - largest);
  return { largest, candidates, exact, rounding };
}

/** g(w) = Σλ_iσ(⟨w, x_i⟩). */
export function evaluateDual(inputs: readonly Vector[], dual: Vector, direction: Vector): number {
  let sum = 0;
  for (let i = 0; i < inputs.length; i += 1) {
    const x = inputs[i];
    let product = 0;
    for (let k = 0; k < x.length; k += 1) product += x[k] * direction[k];
    if (product > 0) sum += dual[i] * product;
  }
  return sum;
}

/** g(w) with the error of twice the precision, by error-free sums and products. */
function evaluateCompensated(inputs: readonly Vector[], dual: Vector, direction: Vector): number {
  const factors: number[] = [];
  const entries: number[] = [];
  for (let i = 0; i < inputs.length; i += 1) {
    const { high, low } = compensatedDot(inputs[i], direction);
    if (high + low <= 0) continue;
    factors.push(dual[i], dual[i]);
    entries.push(high, low);
  }
  const { high, low } = compensatedDot(factors, entries);
  return high + low;
}
