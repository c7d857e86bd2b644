import type { NewtonState } from './newton-state.js';
import { addMultiple, rowProduct } from './row-products.js';
import type { SignedSimplex } from './signed-simplex.js';

/** target[at + j] = Σ_i matrix[j, i]·vector[from + i]. */
export function multiply(
  matrix: Float64Array,
  vector: Float64Array,
  from: number,
  target: Float64Array,
  at: number,
  size: number,
): void {
  for (let j = 0, row = 0; j < size; j += 1, row += size) {
    target[at + j] = rowProduct(matrix, row, vector, from, size);
  }
}

/** One chord step for (λ, a); returns the largest residual before it. */
export function newtonStep(
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
    addMultiple(residual, 0, -amount, columns, c * size, size);
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
    vector[t] = rowProduct(tangents, t * size, moved, 0, size);
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
    const product = weights[t] * rowProduct(tangents, t * size, moved, 0, size);
    for (let c = 0; c < count; c += 1) {
      image[representatives[c]] -= product * tangents[t * size + representatives[c]];
    }
  }
  for (let c = 0; c < count; c += 1)
    masses[c] += (signs[c] === 0 ? 1 : signs[c]) * image[representatives[c]];
  for (let j = 0, row = 0; j < size; j += 1, row += size) {
    const amount = moved[j];
    if (amount === 0) continue;
    addMultiple(dual, 0, amount, inverse, row, size);
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
