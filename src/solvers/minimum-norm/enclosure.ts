import type { UnitProblem } from './interpolation-problem.js';
import { boundMisfits } from './misfits.js';
import type { Recovered } from './recover.js';
import { addMultiple } from './row-products.js';

/** Unit roundoff of float64. */
const U = 2 ** -53;
/** One more than the rounding that a handful of final operations adds. */
const OUTWARD = 1 + 16 * U;

/** The data in flat arrays: as given and as prepared. */
export interface ExactData {
  /** Rows as given, (rows, inputDim), with labels (rows). */
  readonly inputs: Float64Array;
  readonly labels: Float64Array;
  readonly lengths: Float64Array;
  readonly inputDim: number;
  readonly rows: number;
  /** Row that each prepared input stands for, and the prepared input of each row (−1 for zero inputs). */
  readonly chosen: readonly number[];
  readonly preparedOf: Int32Array;
  /** Upper bound of ‖x_i/‖x_i‖ − x̂_i‖ over prepared inputs: rounding, and the distance to the frame where there is one. */
  readonly tilt: number;
  /** Whether a network that meets the chosen rows meets all rows. */
  readonly settled: boolean;
}

/**
 * A proved lower bound of the minimum norm from λ (of unit inputs) and the maximum of |g| as computed.
 *
 * For any λ' the value Σλ'_iy_i/max(1, max|g|) is one, with g of the data as given; take λ'_i = fl(λ_i/‖x_i‖), so that
 * g(w) = Σλ_i(1 + 3u)σ(⟨w, x̂_i + t_i⟩), ‖t_i‖ ≤ tilt, and |g − ĝ| ≤ (tilt + 4u)Σ|λ_i| on the sphere.
 *
 * @param compensated whether prefix sums of the pricing carried their rounding errors
 * @returns also the relative share of the bound that the allowance for rounding costs
 */
export function provedLower(
  data: ExactData,
  dual: Float64Array,
  largest: number,
  compensated: boolean,
): { readonly lower: number; readonly lambda: Float64Array; readonly rounding: number } {
  const { labels, lengths, chosen, rows } = data;
  const lambda = new Float64Array(rows);
  let mass = 0;
  let sum = 0;
  let carry = 0;
  let size = 0;
  for (let k = 0; k < chosen.length; k += 1) {
    const row = chosen[k];
    const entry = dual[k] / lengths[row];
    lambda[row] = entry;
    mass += Math.abs(dual[k]);
    // Σλ_iy_i by compensated summation of rounded products (Neumaier).
    const term = entry * labels[row];
    const next = sum + term;
    carry += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
    sum = next;
    size += Math.abs(term);
  }
  const value = sum + carry;
  const valueError = 2 * U * size + 2 * U * Math.abs(value);
  const count = chosen.length;
  const error = errorOfPricing(mass, compensated ? 0 : count, data.tilt);
  const most = largest + error;
  const lower = (value - valueError) / (Math.max(1, most) * OUTWARD);
  return { lower: Math.max(0, lower / OUTWARD), lambda, rounding: error / most };
}

/**
 * Bound of |max|g| as computed − max|g||. Every w lies in a cell whose computed activities are right but for inputs
 * with |⟨w, x̂_i⟩| ≤ 16u (ends and crossings err by 4u, so nearly equal ones may be sorted wrongly): 16u·Σ|λ_i|.
 * Values at ends and peaks: 8u·Σ|λ_i|. Unit inputs: (tilt + 4u)Σ|λ_i|. Prefix sums: each of 3·count additions errs by
 * at most u times a partial sum, itself at most Σ|λ_i|; count 0 when they are compensated, with 4u·Σ|λ_i| left.
 */
export function errorOfPricing(mass: number, count: number, tilt: number): number {
  return (tilt + (32 + 3 * count) * U) * mass * OUTWARD;
}

/** The proved norm of an interpolant near the given network. */
export interface ProvedUpper {
  readonly upper: number;
  /** Whether `upper` is proved for the labels as given; else for labels within `residual`. */
  readonly proved: boolean;
  /** Largest misfit of the network at an input scaled to unit length, rounding included. */
  readonly residual: number;
}

/**
 * A proved upper bound of the minimum norm from a network that interpolates up to rounding.
 *
 * With the residual r of the network on unit inputs, what a correction with values r costs is added. A basis B of
 * columns and its approximate inverse X give one: a = X(BX)⁻¹r. With ρ ≥ ‖1 − BX‖_∞ the vector (BX)⁻¹r differs from r
 * by at most ρ/(1 − ρ)·‖r‖_∞ in each entry, and `weights` (see `Recovered`) bounds the cost of X's columns:
 *
 *   cost ≤ Σ_i weights_i·(|r_i| + ‖r‖_∞ρ/(1 − ρ)).
 *
 * With `costs`, the norms c_j of the columns, the residual is evaluated in twice the precision and the correction is
 * Σ_jc_j|(Xr)_j| itself. Residuals are bounded with their rounding (`boundMisfits`), sums in 1 − BX with (size + 12)u|B||X|.
 */
export function provedUpper(
  data: ExactData,
  basis: Float64Array,
  inverse: Float64Array,
  network: Recovered,
  directions: readonly (readonly number[])[],
  costs: Float64Array | null,
): ProvedUpper {
  const size = data.chosen.length;
  const { weights, masses, room } = network;
  const { misfits, values, errors, residual, norm } = boundMisfits(
    data,
    directions,
    masses,
    costs !== null,
  );
  const unproved = { upper: norm, proved: false, residual };
  if (!network.complete || !data.settled) return unproved;
  let largest = 0;
  for (let i = 0; i < size; i += 1) largest = Math.max(largest, misfits[i]);
  const rho = inverseDefect(basis, inverse, size, data.tilt);
  if (!(rho < 0.5)) return unproved;
  const spread = (largest * rho) / (1 - rho);
  let correction = 0;
  if (costs === null) {
    for (let i = 0; i < size; i += 1) correction += weights[i] * (misfits[i] + spread);
  } else {
    // z = X·r is known; what it errs by is that of r, of the product, and (BX)⁻¹r − r.
    for (let j = 0; j < size; j += 1) {
      let sum = 0;
      for (let i = 0; i < size; i += 1) sum += inverse[j * size + i] * values[i];
      correction += costs[j] * Math.abs(sum);
    }
    for (let i = 0; i < size; i += 1) {
      correction += weights[i] * (errors[i] + spread + (size + 2) * U * Math.abs(values[i]));
    }
  }
  // Sums of at most 4·size nonnegative products.
  correction *= 1 + (5 * size + 8) * U;
  if (!(correction < 0.1 * room)) return unproved;
  return { upper: (norm + correction) * OUTWARD, proved: true, residual };
}

/** An upper bound of ‖1 − BX‖_∞; `basis` holds B column after column, `inverse` X row after row. */
function inverseDefect(
  basis: Float64Array,
  inverse: Float64Array,
  size: number,
  tilt: number,
): number {
  const row = new Float64Array(size);
  let total = 0;
  for (let k = 0; k < size * size; k += 1) total += Math.abs(inverse[k]);
  let most = 0;
  for (let i = 0; i < size; i += 1) {
    row.fill(0);
    for (let j = 0; j < size; j += 1) {
      const entry = basis[j * size + i];
      if (entry === 0) continue;
      const base = j * size;
      addMultiple(row, 0, entry, inverse, base, size);
    }
    row[i] -= 1;
    let sum = 0;
    for (let l = 0; l < size; l += 1) sum += Math.abs(row[l]);
    if (sum > most) most = sum;
  }
  // Entries of B are at most 1, so |B||X| has row sums of at most `total`.
  return (most + (tilt + (size + 12) * U) * total) * OUTWARD;
}

export function exactData(
  inputs: readonly (readonly number[])[],
  labels: readonly number[],
  prepared: UnitProblem,
): ExactData {
  const rows = inputs.length;
  const inputDim = inputs[0].length;
  const flat = new Float64Array(rows * inputDim);
  const lengths = new Float64Array(rows);
  for (let i = 0; i < rows; i += 1) {
    let square = 0;
    for (let k = 0; k < inputDim; k += 1) {
      flat[i * inputDim + k] = inputs[i][k];
      square += inputs[i][k] ** 2;
    }
    lengths[i] = Math.hypot(...inputs[i]);
    if (square > 1e-200 && square < 1e200) lengths[i] = Math.sqrt(square);
  }
  let tilt = (inputDim + 3) * U;
  const { frame, rows: chosen } = prepared;
  const preparedOf = new Int32Array(rows).fill(-1);
  for (const [k, row] of chosen.entries()) preparedOf[row] = k;
  if (chosen.length < rows) {
    for (let i = 0; i < rows; i += 1) {
      if (preparedOf[i] >= 0 || lengths[i] === 0) continue;
      preparedOf[i] = nearest(flat, lengths, inputDim, i, chosen);
    }
  }
  if (frame !== null) {
    for (const [k, row] of chosen.entries()) {
      let square = 0;
      for (let axis = 0; axis < inputDim; axis += 1) {
        let rest = flat[row * inputDim + axis] / lengths[row];
        for (let f = 0; f < frame.length; f += 1) rest -= prepared.inputs[k][f] * frame[f][axis];
        square += rest * rest;
      }
      tilt = Math.max(tilt, Math.sqrt(square) * 1.01 + 8 * inputDim * U);
    }
  }
  return {
    inputs: flat,
    labels: Float64Array.from(labels),
    lengths,
    inputDim,
    rows,
    chosen,
    preparedOf,
    tilt,
    settled: prepared.unsettled === null,
  };
}

/** The chosen row of the direction nearest to that of row i. */
function nearest(
  flat: Float64Array,
  lengths: Float64Array,
  inputDim: number,
  i: number,
  chosen: readonly number[],
): number {
  let best = -Infinity;
  let at = 0;
  for (const [k, row] of chosen.entries()) {
    let product = 0;
    for (let axis = 0; axis < inputDim; axis += 1) {
      product += flat[i * inputDim + axis] * flat[row * inputDim + axis];
    }
    if (product / lengths[row] > best) {
      best = product / lengths[row];
      at = k;
    }
  }
  return at;
}
