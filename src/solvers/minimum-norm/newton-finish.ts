import type { NewtonState } from './newton-state.js';
import { multiply, newtonStep } from './newton-step.js';
import { addMultiple } from './row-products.js';
import type { SignedSimplex } from './signed-simplex.js';

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
      addMultiple(inverse, row, -amount, inverse, base, size);
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
