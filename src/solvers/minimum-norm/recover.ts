import type { NewtonState } from './newton-state.js';
import type { SignedSimplex } from './signed-simplex.js';
import { FREE_FACE } from './signed-simplex.js';
import { splitLinear } from './zonotope-split.js';

/** Neurons mass·σ(⟨direction, x⟩) in the coordinates of the prepared inputs. */
export interface Recovered {
  /** (count, dim), unit up to rounding. */
  readonly directions: number[][];
  readonly masses: number[];
  /** The basis inverse solved the system: no artificial column carries mass. */
  readonly complete: boolean;
  /**
   * For each prepared input, how much norm a network costs at most that has value ±1 there and 0 at the others, by the
   * basis: Σ_c κ‖Σ_{j∈c} X_{ji}w_j‖ over contacts whose neuron may move in its face, κ = 1 (2 for a kink with its
   * share of the linear part), Σ_j c_j|X_{ji}| over the others. Infinite where an artificial column would be needed.
   */
  readonly weights: Float64Array;
  /** Moves of merged neurons, in norm, up to which `weights` holds. */
  readonly room: number;
  /** Of the even problem: what of the linear part no split of the kinks' masses carries, ‖·‖₁. */
  readonly left: number;
}

/** Masses below this share of the largest are rounding of zeros; what they leave unmet goes into the bound. */
const NEGLIGIBLE = 1e-15;

/**
 * The network of a basis for the labels as given: masses B⁻¹y, refined once on the residual; atoms that share a face
 * and a sign merged into u = Σ a_jw_j, of norm ‖u‖ ≤ Σ|a_j|, while u stays in the face; for the even problem the
 * linear part split among the kinks (T22).
 */
export function recoverNetwork(
  state: NewtonState,
  simplex: SignedSimplex,
  inputs: Float64Array,
  labels: Float64Array,
  even: boolean,
): Recovered {
  const { size, dim, faces, signs, patterns } = simplex;
  const { basisDirections, contactOf, count, representatives } = state;
  const masses = solveMasses(state, labels);
  let largest = 0;
  for (let j = 0; j < size; j += 1) largest = Math.max(largest, Math.abs(masses[j]));
  let complete = true;
  const linear = new Float64Array(dim);
  for (let j = 0; j < size; j += 1) {
    if (faces[j] === -1 && Math.abs(masses[j]) > 1e-11 * largest) complete = false;
    if (faces[j] === FREE_FACE) {
      for (let k = 0; k < dim; k += 1) linear[k] += masses[j] * basisDirections[j * dim + k];
    }
  }
  const merged = new Float64Array(count * dim);
  for (let j = 0; j < size; j += 1) {
    const c = contactOf[j];
    if (faces[j] < 0) continue;
    for (let k = 0; k < dim; k += 1) {
      merged[c * dim + k] += masses[j] * basisDirections[j * dim + k];
    }
  }
  const weights = new Float64Array(size);
  let room = Infinity;
  const artificial = new Float64Array(size);
  for (let j = 0; j < size; j += 1) {
    if (faces[j] === -1) addWeights(artificial, state.inverse, j, 1);
    else if (faces[j] === FREE_FACE) addWeights(weights, state.inverse, j, 2);
  }
  for (let i = 0; i < size; i += 1) if (artificial[i] > 1e-6) complete = false;
  const arrows: number[] = [];
  const arrowSigns: number[] = [];
  const add = (from: Float64Array, at: number, factor: number): void => {
    let square = 0;
    for (let k = 0; k < dim; k += 1) square += (factor * from[at + k]) ** 2;
    if (Math.sqrt(square) <= NEGLIGIBLE * largest) return;
    for (let k = 0; k < dim; k += 1) arrows.push(factor * from[at + k]);
  };
  for (let c = 0; c < count; c += 1) {
    const r = representatives[c];
    if (faces[r] < 0) continue;
    const before = arrows.length;
    const margin = marginIn(merged, c * dim, signs[r], patterns, r * size, inputs, size, dim);
    const several = state.scratch.members[c] > 1;
    if (several && margin > ROOMY * largest) {
      addMergedWeights(weights, state, c, size, dim, even ? 2 : 1);
      room = Math.min(room, margin);
    } else {
      for (let j = 0; j < size; j += 1) {
        if (contactOf[j] === c) addWeights(weights, state.inverse, j, 1);
      }
    }
    if (inFace(merged, c * dim, signs[r], patterns, r * size, inputs, size, dim)) {
      add(merged, c * dim, signs[r]);
      if (arrows.length > before) arrowSigns.push(signs[r]);
      continue;
    }
    for (let j = 0; j < size; j += 1) {
      if (contactOf[j] !== c) continue;
      const start = arrows.length;
      add(basisDirections, j * dim, Math.abs(masses[j]));
      if (arrows.length > start) arrowSigns.push(masses[j] < 0 ? -1 : 1);
    }
  }
  return even
    ? { ...split(arrows, arrowSigns, linear, dim), complete, weights, room }
    : { ...signed(arrows, arrowSigns, dim), complete, weights, room, left: 0 };
}

function solveMasses({ inverse, basis, scratch }: NewtonState, labels: Float64Array): Float64Array {
  const size = labels.length;
  const masses = new Float64Array(size);
  const { residual } = scratch;
  residual.set(labels);
  for (let pass = 0; pass < 3; pass += 1) {
    for (let j = 0, row = 0; j < size; j += 1, row += size) {
      let sum = 0;
      for (let i = 0; i < size; i += 1) sum += inverse[row + i] * residual[i];
      masses[j] += sum;
    }
    if (pass === 2) break;
    residual.set(labels);
    for (let j = 0, row = 0; j < size; j += 1, row += size) {
      const mass = masses[j];
      if (mass === 0) continue;
      for (let i = 0; i < size; i += 1) residual[i] -= mass * basis[row + i];
    }
  }
  return masses;
}

/** A neuron this far (relative to the largest mass) from the walls of its face may take up corrections by moving. */
const ROOMY = 1e-6;

function addWeights(weights: Float64Array, inverse: Float64Array, j: number, cost: number): void {
  const size = weights.length;
  for (let i = 0; i < size; i += 1) weights[i] += cost * Math.abs(inverse[j * size + i]);
}

function addMergedWeights(
  weights: Float64Array,
  { inverse, basisDirections, contactOf }: NewtonState,
  c: number,
  size: number,
  dim: number,
  cost: number,
): void {
  for (let i = 0; i < size; i += 1) {
    let square = 0;
    let rounding = 0;
    for (let k = 0; k < dim; k += 1) {
      let sum = 0;
      for (let j = 0; j < size; j += 1) {
        if (contactOf[j] !== c) continue;
        const term = inverse[j * size + i] * basisDirections[j * dim + k];
        sum += term;
        rounding += Math.abs(term);
      }
      square += sum * sum;
    }
    // Terms cancel: the sum errs by less than 2⁻⁵⁰ of their sizes.
    weights[i] += cost * (Math.sqrt(square) + 2 ** -50 * rounding);
  }
}

/** The smallest |⟨u, x_i⟩| over inputs off the walls when u is in its face, else 0. */
function marginIn(
  merged: Float64Array,
  at: number,
  sign: number,
  patterns: Float64Array,
  row: number,
  inputs: Float64Array,
  size: number,
  dim: number,
): number {
  let margin = Infinity;
  for (let i = 0; i < size; i += 1) {
    let product = 0;
    for (let k = 0; k < dim; k += 1) product += merged[at + k] * inputs[i * dim + k];
    margin = Math.min(margin, patterns[row + i] > 0 ? sign * product : -sign * product);
  }
  return Math.max(0, margin);
}

/** Whether sign·u activates the inputs of the pattern, up to rounding at the walls. */
function inFace(
  merged: Float64Array,
  at: number,
  sign: number,
  patterns: Float64Array,
  row: number,
  inputs: Float64Array,
  size: number,
  dim: number,
): boolean {
  let square = 0;
  for (let k = 0; k < dim; k += 1) square += merged[at + k] ** 2;
  const slack = 1e-14 * Math.sqrt(square);
  for (let i = 0; i < size; i += 1) {
    let product = 0;
    for (let k = 0; k < dim; k += 1) product += merged[at + k] * inputs[i * dim + k];
    product *= sign;
    if (patterns[row + i] > 0 ? product < -slack : product > slack) return false;
  }
  return true;
}

/** Kinks e|⟨w, x⟩| and the linear part ⟨q, x⟩ as neurons along ±w of masses e ± o, |o| ≤ |e|, Σow = q. */
function split(
  arrows: readonly number[],
  arrowSigns: readonly number[],
  linear: Float64Array,
  dim: number,
): { directions: number[][]; masses: number[]; left: number } {
  const count = arrowSigns.length;
  const generators = Float64Array.from(arrows, (entry) => entry / 2);
  const shares = new Float64Array(count);
  const left = splitLinear(generators, count, linear, shares);
  const directions: number[][] = [];
  const masses: number[] = [];
  for (let c = 0; c < count; c += 1) {
    let square = 0;
    for (let k = 0; k < dim; k += 1) square += arrows[c * dim + k] ** 2;
    const length = Math.sqrt(square);
    const unit = Array.from({ length: dim }, (_, k) => arrows[c * dim + k] / length);
    for (const side of [1, -1]) {
      const mass = (length / 2) * (arrowSigns[c] + side * shares[c]);
      if (Math.abs(mass) <= NEGLIGIBLE * length) continue;
      directions.push(unit.map((entry) => side * entry));
      masses.push(mass);
    }
  }
  return { directions, masses, left };
}

function signed(
  arrows: readonly number[],
  arrowSigns: readonly number[],
  dim: number,
): { directions: number[][]; masses: number[] } {
  const directions: number[][] = [];
  const masses: number[] = [];
  for (let c = 0; c < arrowSigns.length; c += 1) {
    let square = 0;
    for (let k = 0; k < dim; k += 1) square += arrows[c * dim + k] ** 2;
    const length = Math.sqrt(square);
    directions.push(Array.from({ length: dim }, (_, k) => arrows[c * dim + k] / length));
    masses.push(arrowSigns[c] * length);
  }
  return { directions, masses };
}
