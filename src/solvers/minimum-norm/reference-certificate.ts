/**
 * The shortest λ whose g touches ±1 at the neurons of a known interpolant: g(u_l) = s_l and, where no input is
 * orthogonal to u_l, ∇g(u_l) = s_lu_l. When |g| ≤ 1 everywhere it proves the interpolant optimal; dense data mostly
 * admit it, and it costs one least-squares problem instead of a solve.
 *
 * @param inputs unit inputs, (size, dim)
 * @param directions unit directions u_l, on distinct lines
 * @param signs s_l
 * @returns λ, shape (size), or null when the conditions contradict one another
 */
export function referenceCertificate(
  inputs: Float64Array,
  size: number,
  dim: number,
  directions: readonly (readonly number[])[],
  signs: readonly number[],
): Float64Array | null {
  const frame: Float64Array[] = [];
  const dual = new Float64Array(size);
  const products = new Float64Array(size);
  const demand = (row: Float64Array, value: number): boolean => {
    const before = length(row);
    // λ so far already has the part of the value that lies in the frame.
    const rest = value - inner(dual, row);
    for (let pass = 0; pass < 2; pass += 1) {
      for (const other of frame) subtract(row, other, inner(other, row));
    }
    const left = length(row);
    if (left <= DEPENDENT * before) return Math.abs(rest) <= CONSISTENT;
    for (let i = 0; i < size; i += 1) row[i] /= left;
    frame.push(row);
    for (let i = 0; i < size; i += 1) dual[i] += (rest / left) * row[i];
    return true;
  };
  for (let l = 0; l < directions.length; l += 1) {
    const direction = directions[l];
    let smooth = true;
    for (let i = 0; i < size; i += 1) {
      let product = 0;
      for (let k = 0; k < dim; k += 1) product += inputs[i * dim + k] * direction[k];
      products[i] = product;
      if (Math.abs(product) < ON_LINE) smooth = false;
    }
    for (let k = 0; k < (smooth ? dim : 1); k += 1) {
      const row = new Float64Array(size);
      for (let i = 0; i < size; i += 1) {
        if (products[i] > 0) row[i] = smooth ? inputs[i * dim + k] : products[i];
      }
      if (!demand(row, smooth ? signs[l] * direction[k] : signs[l])) return null;
    }
  }
  return dual;
}

/** Inputs this close to orthogonal to a neuron make g kink there. */
const ON_LINE = 1e-9;
/** A condition this close to the span of earlier ones is implied or contradicted by them. */
const DEPENDENT = 1e-10;
const CONSISTENT = 1e-9;

function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i] * b[i];
  return sum;
}

function length(a: Float64Array): number {
  return Math.sqrt(inner(a, a));
}

function subtract(a: Float64Array, b: Float64Array, factor: number): void {
  for (let i = 0; i < a.length; i += 1) a[i] -= factor * b[i];
}
