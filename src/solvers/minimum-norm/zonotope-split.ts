/**
 * Finds |τ_c| ≤ 1 with Σ_c τ_cv_c = q, a point of a zonotope, by a bounded simplex in dim rows: ‖q − Στ_cv_c‖₁ is
 * minimised from τ = 0. Splits the linear part of a network among its kinks: |o_c| ≤ |e_c| costs nothing (T22).
 *
 * @param generators v_c, shape (count, dim)
 * @param target q, shape (dim)
 * @param shares τ, shape (count), written
 * @returns what is left, ‖q − Στ_cv_c‖₁; 0 up to rounding when q is in the zonotope
 */
export function splitLinear(
  generators: Float64Array,
  count: number,
  target: Float64Array,
  shares: Float64Array,
): number {
  const dim = target.length;
  shares.fill(0, 0, count);
  const basis = new Int32Array(dim).fill(-1);
  const inBasis = new Uint8Array(count);
  // Values of basic variables; artificial ones carry what is left of q, with the sign of their row.
  const values = Float64Array.from(target, Math.abs);
  const rows = Float64Array.from(target, (entry) => (entry < 0 ? -1 : 1));
  const inverse = new Float64Array(dim * dim);
  for (let k = 0; k < dim; k += 1) inverse[k * dim + k] = rows[k];
  const price = new Float64Array(dim);
  const step = new Float64Array(dim);
  let scale = 0;
  for (let k = 0; k < dim; k += 1) scale += Math.abs(target[k]);
  const most = 20 * (count + dim);
  for (let round = 0; round < most; round += 1) {
    price.fill(0);
    for (let r = 0; r < dim; r += 1) {
      if (basis[r] >= 0) continue;
      for (let k = 0; k < dim; k += 1) price[k] += inverse[r * dim + k];
    }
    let entering = -1;
    let steepest = 1e-12;
    let up = 1;
    for (let c = 0; c < count; c += 1) {
      if (inBasis[c] === 1) continue;
      let product = 0;
      for (let k = 0; k < dim; k += 1) product += price[k] * generators[c * dim + k];
      const allowed = product > 0 ? shares[c] < 1 : shares[c] > -1;
      if (!allowed || Math.abs(product) <= steepest * Math.max(scale, 1e-300)) continue;
      steepest = Math.abs(product) / Math.max(scale, 1e-300);
      entering = c;
      up = product > 0 ? 1 : -1;
    }
    if (entering < 0) break;
    let bound = up > 0 ? 1 - shares[entering] : 1 + shares[entering];
    let leaving = -1;
    for (let r = 0; r < dim; r += 1) {
      let sum = 0;
      for (let k = 0; k < dim; k += 1) {
        sum += inverse[r * dim + k] * generators[entering * dim + k];
      }
      step[r] = up * sum;
      if (Math.abs(sum) < 1e-14 * scale) continue;
      const room =
        step[r] > 0 ? values[r] + (basis[r] < 0 ? 0 : 1) : basis[r] < 0 ? Infinity : 1 - values[r];
      const reach = Math.max(0, room) / Math.abs(step[r]);
      if (reach < bound) {
        bound = reach;
        leaving = r;
      }
    }
    for (let r = 0; r < dim; r += 1) values[r] -= bound * step[r];
    shares[entering] += up * bound;
    if (leaving < 0) {
      shares[entering] = up;
      continue;
    }
    const left = basis[leaving];
    if (left >= 0) {
      inBasis[left] = 0;
      shares[left] = step[leaving] > 0 ? -1 : 1;
    }
    const factor = up / step[leaving];
    for (let k = 0; k < dim; k += 1) inverse[leaving * dim + k] *= factor;
    for (let r = 0; r < dim; r += 1) {
      if (r === leaving) continue;
      const amount = up * step[r];
      for (let k = 0; k < dim; k += 1) {
        inverse[r * dim + k] -= amount * inverse[leaving * dim + k];
      }
    }
    basis[leaving] = entering;
    inBasis[entering] = 1;
    values[leaving] = shares[entering];
  }
  let left = 0;
  for (let k = 0; k < dim; k += 1) {
    if (basis[k] >= 0) shares[basis[k]] = Math.min(1, Math.max(-1, values[k]));
  }
  for (let k = 0; k < dim; k += 1) {
    let sum = target[k];
    for (let c = 0; c < count; c += 1) sum -= shares[c] * generators[c * dim + k];
    left += Math.abs(sum);
  }
  return left;
}
