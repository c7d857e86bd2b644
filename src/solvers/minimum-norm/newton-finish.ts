import type { SignedSimplex } from './signed-simplex.js';

/**
 * Scratch and result of `newtonFinish`. A contact is a face with a sign in which the basis has atoms; its direction
 * is free to move within the face.
 */
export interface NewtonState {
  /** λ, shape (size). */
  readonly dual: Float64Array;
  /** Number of contacts. */
  count: number;
  /** Basic position that represents contact c, shape (size). */
  readonly representatives: Int32Array;
  /** Contact of each basic position, shape (size). */
  readonly contactOf: Int32Array;
  /** Unit directions of contacts, (size, dim), their signs and unsigned masses. */
  readonly directions: Float64Array;
  readonly signs: Float64Array;
  readonly masses: Float64Array;
  /** (size, size): column of each contact. */
  readonly columns: Float64Array;
  /** The inverse and the columns (column after column) of the basis with moved representatives. */
  readonly inverse: Float64Array;
  readonly basis: Float64Array;
  /** Directions of the basic columns, (size, dim). */
  readonly basisDirections: Float64Array;
  readonly scratch: NewtonScratch;
}

interface NewtonScratch {
  readonly lengths: Float64Array;
  /** B⁻¹τ for each tangent column, (tangents, size). */
  readonly tangents: Float64Array;
  readonly rawTangents: Float64Array;
  readonly weights: Float64Array;
  readonly tangentContact: Int32Array;
  readonly extras: Int32Array;
  /** Atoms of each contact, and its tangents. */
  readonly members: Int32Array;
  readonly freedoms: Int32Array;
  readonly matrix: Float64Array;
  readonly vector: Float64Array;
  readonly residual: Float64Array;
  readonly image: Float64Array;
  readonly moved: Float64Array;
  readonly gradient: Float64Array;
  readonly frame: Float64Array;
}

export function createNewton(size: number, dim: number): NewtonState {
  const tangents = size * Math.max(1, dim - 1);
  return {
    dual: new Float64Array(size),
    count: 0,
    representatives: new Int32Array(size),
    contactOf: new Int32Array(size),
    directions: new Float64Array(size * dim),
    signs: new Float64Array(size),
    masses: new Float64Array(size),
    columns: new Float64Array(size * size),
    inverse: new Float64Array(size * size),
    basis: new Float64Array(size * size),
    basisDirections: new Float64Array(size * dim),
    scratch: {
      lengths: new Float64Array(size),
      tangents: new Float64Array(tangents * size),
      rawTangents: new Float64Array(tangents * size),
      weights: new Float64Array(tangents),
      tangentContact: new Int32Array(tangents),
      extras: new Int32Array(size),
      members: new Int32Array(size),
      freedoms: new Int32Array(size),
      matrix: new Float64Array(size * size),
      vector: new Float64Array(tangents),
      residual: new Float64Array(size),
      image: new Float64Array(size),
      moved: new Float64Array(size),
      gradient: new Float64Array(dim),
      frame: new Float64Array(dim * dim),
    },
  };
}

const MOST_STEPS = 12;
/** ‖G_c‖ is 1 and the labels are met up to this: angles to its root, a gap of its size. */
const CONVERGED = 1e-11;

/**
 * Sequential quadratic programming on the dual from a simplex basis near the optimum: on a face, max g is ‖G_c(λ)‖
 * with G_c = Σ_{active}λ_ix_i projected on the face's span, so the optimum solves
 *
 *   s_c‖G_c(λ)‖ = 1 for every contact c and Σ_c s_c a_c b(ŵ_c) = y, ŵ_c = s_cG_c/‖G_c‖,
 *
 * whose Newton matrix is [H B; Bᵀ 0], H = Σ_c (a_c/‖G_c‖)·Σ_t ττᵀ over the tangent columns τ of the face at ŵ_c.
 * The basis inverse eliminates B: of the basic positions of a contact one represents it and the others span the
 * directions left free, δ = B⁻ᵀ(r; z), so that only a system of their number is solved. The inverse is not renewed
 * while directions move (a chord method: linear, with a factor of the size of the angles moved).
 *
 * @returns whether it converged; `state` then holds λ and the contacts
 */
export function newtonFinish(
  state: NewtonState,
  simplex: SignedSimplex,
  inputs: Float64Array,
  labels: Float64Array,
): boolean {
  if (simplex.artificials > 0) return false;
  const extras = takeBasis(state, simplex);
  let earlier = Infinity;
  let before = Infinity;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const tangents = moveContacts(state, simplex, inputs);
    if (tangents < 0) return false;
    const { rawTangents, tangents: images } = state.scratch;
    if (exchangeMoved(state, simplex) || step === 0) {
      for (let t = 0; t < tangents; t += 1) {
        multiply(
          state.inverse,
          rawTangents,
          t * simplex.size,
          images,
          t * simplex.size,
          simplex.size,
        );
      }
    }
    const error = newtonStep(state, simplex, labels, extras, tangents);
    if (error <= CONVERGED) return contactsInside(state, simplex, inputs);
    // The first step may only redistribute; two steps without progress are a failure.
    if (!(error < 0.3 * earlier)) return false;
    earlier = before;
    before = error;
  }
  return false;
}

/** Copies λ and the basis of the simplex and groups it into contacts; returns how many positions are not representatives. */
export function takeBasis(state: NewtonState, simplex: SignedSimplex): number {
  state.dual.set(simplex.dual);
  state.inverse.set(simplex.inverse);
  state.basis.set(simplex.columns);
  state.basisDirections.set(simplex.directions);
  return findContacts(state, simplex);
}

/** Groups basic positions by face and sign; returns how many are not representatives. */
function findContacts(state: NewtonState, simplex: SignedSimplex): number {
  const { size, dim, faces, signs, masses } = simplex;
  const { representatives, contactOf, scratch } = state;
  let count = 0;
  let extras = 0;
  for (let j = 0; j < size; j += 1) {
    let c = 0;
    while (c < count) {
      const r = representatives[c];
      if (faces[r] === faces[j] && signs[r] === signs[j] && faces[j] >= 0) break;
      c += 1;
    }
    contactOf[j] = c;
    scratch.members[c] = c === count ? 1 : scratch.members[c] + 1;
    if (c === count) {
      representatives[c] = j;
      count += 1;
    } else if (Math.abs(masses[j]) > Math.abs(masses[representatives[c]])) representatives[c] = j;
  }
  state.directions.fill(0);
  for (let j = 0; j < size; j += 1) {
    const c = contactOf[j];
    if (representatives[c] !== j) scratch.extras[extras++] = j;
    const mass = Math.abs(masses[j]);
    for (let k = 0; k < dim; k += 1) {
      state.directions[c * dim + k] += mass * simplex.directions[j * dim + k];
    }
  }
  for (let c = 0; c < count; c += 1) {
    state.signs[c] = signs[representatives[c]];
    let square = 0;
    for (let k = 0; k < dim; k += 1) square += state.directions[c * dim + k] ** 2;
    state.masses[c] =
      faces[representatives[c]] < 0 ? masses[representatives[c]] : Math.sqrt(square);
  }
  state.count = count;
  return extras;
}

/**
 * Puts every contact at ±G_c/‖G_c‖ and renews its column and tangent columns. Returns the number of tangents, −1 where some G_c is useless.
 */
function moveContacts(state: NewtonState, simplex: SignedSimplex, inputs: Float64Array): number {
  const { size, dim, walls, faces, columns, patterns } = simplex;
  const { count, dual, representatives, scratch } = state;
  const { gradient, frame, lengths, rawTangents, tangentContact, freedoms } = scratch;
  let made = 0;
  for (let c = 0; c < count; c += 1) {
    const r = representatives[c];
    const base = r * size;
    gradient.fill(0);
    for (let i = 0; i < size; i += 1) {
      const weight = patterns[base + i] * dual[i];
      if (weight === 0) continue;
      for (let k = 0; k < dim; k += 1) gradient[k] += weight * inputs[i * dim + k];
    }
    let rows = 0;
    for (let w = 0; w < 2; w += 1) {
      const wall = walls[2 * r + w];
      if (wall < 0) continue;
      for (let k = 0; k < dim; k += 1) frame[rows * dim + k] = inputs[wall * dim + k];
      if (orthonormalise(frame, rows, dim)) rows += 1;
    }
    if (rows + 1 >= dim || faces[r] < 0) {
      // A vertex, or a linear column: the direction is fixed.
      let length = 0;
      for (let k = 0; k < dim; k += 1) {
        state.directions[c * dim + k] = simplex.directions[r * dim + k];
        length += state.directions[c * dim + k] * gradient[k];
      }
      lengths[c] = faces[r] < 0 ? 1 + length : state.signs[c] * length;
      for (let i = 0; i < size; i += 1) state.columns[c * size + i] = columns[base + i];
      freedoms[c] = 0;
      continue;
    }
    for (let k = 0; k < dim; k += 1) frame[rows * dim + k] = gradient[k];
    const length = projectOut(frame, rows, dim);
    if (!(length > 0.3)) return -1;
    lengths[c] = length;
    let along = 0;
    for (let k = 0; k < dim; k += 1) {
      frame[rows * dim + k] /= length;
      state.directions[c * dim + k] = state.signs[c] * frame[rows * dim + k];
      along += state.directions[c * dim + k] * simplex.directions[r * dim + k];
    }
    // The peak has left for the other side: not the face that the basis sees.
    if (along < 0.5) return -1;
    for (let i = 0; i < size; i += 1) {
      let product = 0;
      for (let k = 0; k < dim; k += 1) {
        product += state.directions[c * dim + k] * inputs[i * dim + k];
      }
      state.columns[c * size + i] = patterns[base + i] * product;
    }
    freedoms[c] = dim - 1 - rows;
    let filled = rows + 1;
    for (let axis = 0; axis < dim && filled < dim; axis += 1) {
      for (let k = 0; k < dim; k += 1) frame[filled * dim + k] = k === axis ? 1 : 0;
      if (!orthonormalise(frame, filled, dim)) continue;
      for (let i = 0; i < size; i += 1) {
        let product = 0;
        for (let k = 0; k < dim; k += 1) product += frame[filled * dim + k] * inputs[i * dim + k];
        rawTangents[made * size + i] = patterns[base + i] * product;
      }
      tangentContact[made] = c;
      made += 1;
      filled += 1;
    }
  }
  return made;
}

/** Columns that moved less than this leave the chord method fast enough. */
const MOVED = 1e-7;
/** A representative is exchanged only where the pivot is safe. */
const SAFE_PIVOT = 0.1;

/**
 * Replaces in the inverse the representatives of contacts whose atoms do not span the directions left free: there the
 * equation ‖G_c‖ = 1 is linearised at a direction that moves. Returns whether any was.
 */
function exchangeMoved(state: NewtonState, { size, dim }: SignedSimplex): boolean {
  const { inverse, basis, basisDirections, directions, columns, representatives, scratch } = state;
  const { members, freedoms, image } = scratch;
  let any = false;
  for (let c = 0; c < state.count; c += 1) {
    if (members[c] > freedoms[c]) continue;
    const r = representatives[c];
    let change = 0;
    for (let i = 0; i < size; i += 1) {
      change = Math.max(change, Math.abs(columns[c * size + i] - basis[r * size + i]));
    }
    if (change < MOVED) continue;
    multiply(inverse, columns, c * size, image, 0, size);
    if (!(Math.abs(image[r]) > SAFE_PIVOT)) continue;
    any = true;
    for (let k = 0; k < dim; k += 1) basisDirections[r * dim + k] = directions[c * dim + k];
    const base = r * size;
    const factor = 1 / image[r];
    for (let i = 0; i < size; i += 1) {
      inverse[base + i] *= factor;
      basis[base + i] = columns[c * size + i];
    }
    for (let j = 0, row = 0; j < size; j += 1, row += size) {
      const amount = image[j];
      if (j === r || amount === 0) continue;
      for (let i = 0; i < size; i += 1) inverse[row + i] -= amount * inverse[base + i];
    }
  }
  return any;
}

/** Products of a contact's direction with inputs of the other activity up to this are rounding. */
const INSIDE = 1e-12;

/** Whether every contact lies in its face, where its column is that of a neuron. */
function contactsInside(state: NewtonState, simplex: SignedSimplex, inputs: Float64Array): boolean {
  const { size, dim, faces, patterns } = simplex;
  const { count, directions, representatives } = state;
  for (let c = 0; c < count; c += 1) {
    const r = representatives[c];
    if (faces[r] < 0 || state.scratch.freedoms[c] === 0) continue;
    for (let i = 0; i < size; i += 1) {
      let product = 0;
      for (let k = 0; k < dim; k += 1) product += directions[c * dim + k] * inputs[i * dim + k];
      if (patterns[r * size + i] > 0 ? product < -INSIDE : product > INSIDE) return false;
    }
  }
  return true;
}

/** target[at + j] = Σ_i matrix[j, i]·vector[from + i]. */
function multiply(
  matrix: Float64Array,
  vector: Float64Array,
  from: number,
  target: Float64Array,
  at: number,
  size: number,
): void {
  for (let j = 0, row = 0; j < size; j += 1, row += size) {
    let sum = 0;
    for (let i = 0; i < size; i += 1) sum += matrix[row + i] * vector[from + i];
    target[at + j] = sum;
  }
}

/** Takes the rows before it out of row `at`, twice; returns the length left. */
function projectOut(frame: Float64Array, at: number, dim: number): number {
  for (let pass = 0; pass < 2; pass += 1) {
    for (let row = 0; row < at; row += 1) {
      let product = 0;
      for (let k = 0; k < dim; k += 1) product += frame[row * dim + k] * frame[at * dim + k];
      for (let k = 0; k < dim; k += 1) frame[at * dim + k] -= product * frame[row * dim + k];
    }
  }
  let square = 0;
  for (let k = 0; k < dim; k += 1) square += frame[at * dim + k] ** 2;
  return Math.sqrt(square);
}

function orthonormalise(frame: Float64Array, at: number, dim: number): boolean {
  const length = projectOut(frame, at, dim);
  // An axis nearly in the span of the rows before is passed over; some other one is not.
  if (length < 1e-3) return false;
  for (let k = 0; k < dim; k += 1) frame[at * dim + k] /= length;
  return true;
}

/** One chord step for (λ, a); returns the largest residual before it. */
function newtonStep(
  state: NewtonState,
  simplex: SignedSimplex,
  labels: Float64Array,
  extraCount: number,
  tangentCount: number,
): number {
  const { size } = simplex;
  const { inverse, count, dual, masses, signs, columns, representatives, scratch } = state;
  const { lengths, tangents, tangentContact, weights, extras, matrix, vector } = scratch;
  const { residual, image, moved } = scratch;
  let error = 0;
  // t = B⁻¹(y − Σ s_c a_c b_c)
  residual.set(labels);
  for (let c = 0; c < count; c += 1) {
    const amount = (signs[c] === 0 ? 1 : signs[c]) * masses[c];
    for (let i = 0; i < size; i += 1) residual[i] -= amount * columns[c * size + i];
    error = Math.max(error, Math.abs(lengths[c] - 1));
  }
  multiply(inverse, residual, 0, image, 0, size);
  // moved holds (r; z) by basic position.
  moved.fill(0);
  for (let c = 0; c < count; c += 1) {
    const r = representatives[c];
    moved[r] = (simplex.faces[r] < 0 ? 1 : signs[c]) * (1 - lengths[c]);
  }
  // Per tangent: (B⁻¹τ)ᵀ(r; 0), then the system for z.
  let trace = 0;
  for (let t = 0; t < tangentCount; t += 1) {
    const c = tangentContact[t];
    weights[t] = masses[c] / lengths[c];
    let product = 0;
    for (let j = 0; j < size; j += 1) product += tangents[t * size + j] * moved[j];
    vector[t] = product;
  }
  for (let e = 0; e < extraCount; e += 1) {
    const p = extras[e];
    let right = image[p];
    for (let t = 0; t < tangentCount; t += 1) {
      right -= weights[t] * tangents[t * size + p] * vector[t];
    }
    residual[e] = right;
    for (let f = 0; f <= e; f += 1) {
      const q = extras[f];
      let sum = 0;
      for (let t = 0; t < tangentCount; t += 1) {
        sum += weights[t] * tangents[t * size + p] * tangents[t * size + q];
      }
      matrix[e * size + f] = sum;
    }
    trace += matrix[e * size + e];
  }
  solveSemidefinite(matrix, residual, extraCount, size, 1e-14 * trace);
  for (let e = 0; e < extraCount; e += 1) moved[extras[e]] = residual[e];
  // Δa = t − B⁻¹Hδ at the representatives; δ = B⁻ᵀ(r; z).
  for (let t = 0; t < tangentCount; t += 1) {
    let product = 0;
    for (let j = 0; j < size; j += 1) product += tangents[t * size + j] * moved[j];
    product *= weights[t];
    for (let c = 0; c < count; c += 1) {
      image[representatives[c]] -= product * tangents[t * size + representatives[c]];
    }
  }
  for (let c = 0; c < count; c += 1)
    masses[c] += (signs[c] === 0 ? 1 : signs[c]) * image[representatives[c]];
  for (let j = 0, row = 0; j < size; j += 1, row += size) {
    const amount = moved[j];
    if (amount === 0) continue;
    for (let i = 0; i < size; i += 1) dual[i] += amount * inverse[row + i];
  }
  return error;
}

/** Cholesky of the lower triangle (row stride `stride`), pivots below `ridge` replaced by infinity: z = 0 there. */
function solveSemidefinite(
  matrix: Float64Array,
  right: Float64Array,
  count: number,
  stride: number,
  ridge: number,
): void {
  for (let k = 0; k < count; k += 1) {
    for (let j = 0; j <= k; j += 1) {
      let sum = matrix[k * stride + j];
      for (let l = 0; l < j; l += 1) sum -= matrix[k * stride + l] * matrix[j * stride + l];
      if (j < k) matrix[k * stride + j] = sum / matrix[j * stride + j];
      else matrix[k * stride + k] = sum > ridge ? Math.sqrt(sum) : Infinity;
    }
    let sum = right[k];
    for (let l = 0; l < k; l += 1) sum -= matrix[k * stride + l] * right[l];
    right[k] = sum / matrix[k * stride + k];
  }
  for (let k = count - 1; k >= 0; k -= 1) {
    let sum = right[k];
    for (let l = k + 1; l < count; l += 1) sum -= matrix[l * stride + k] * right[l];
    right[k] = sum / matrix[k * stride + k];
  }
}
