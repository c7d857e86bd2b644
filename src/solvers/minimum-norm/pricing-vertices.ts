import type { Vector } from '../../model/index.js';

/** An input this close to orthogonal to a vertex makes the arrangement degenerate there. */
const ON_HYPERPLANE = 1e-9;

/** Directions this far outside a face still count as inside, besides what rounding may have moved them. */
const OUTSIDE = 1e-9;

/** What `visitVertices` proves about the maximum of |g|. */
export interface VertexVisit {
  /** Whether the inputs are in general position; else cells may have been missed. */
  readonly general: boolean;
  /** At least max |g|, where that is at least the threshold: every extreme value with the rounding of its face. */
  readonly bound: number;
}

/** How many faces `visitVertices` looks at for so many inputs: C(N, d−1)·2·3^(d−1). */
export function vertexWork(sampleSize: number, dim: number): number {
  let subsets = 1;
  for (let k = 1; k < dim; k += 1) subsets *= (sampleSize - k + 1) / k;
  return subsets * 2 * 3 ** (dim - 1);
}

/**
 * Visits every direction where |g| can be largest, in any dimension d, for inputs in general position.
 * Every cell of the arrangement {x_i^⊥} has a vertex, the common zero of d − 1 inputs S, and at it the
 * signs of S select the 2^(d−1) cells around it. Over a cell the linear function ⟨w, G⟩ on the sphere is
 * extremal at the normalised projection of ±G on one of the cell's faces, where that lies in the face; the faces at
 * the vertex are the subsets T of S with signs of the others.
 *
 * @param threshold projections shorter than it are skipped: |g| is at most that on the face
 *
 * Rounding: Gram–Schmidt with a second pass gives the frame of inputs moved by some ε each, so the complement of T ⊂ S is
 * off by an angle below ρ = 8dε/σ_min(S), and ‖P_TG‖ by ρ‖G‖. S = QR, and 1/σ_min(R) ≤ ‖R⁻¹‖_F.
 */
export function visitVertices(
  inputs: readonly Vector[],
  dual: Vector,
  threshold: number,
  consider: (direction: Vector) => void,
): VertexVisit {
  const size = inputs.length;
  const dim = inputs[0].length;
  const flat = Float64Array.from(inputs.flat());
  const lambda = Float64Array.from(dual);
  const walls = dim - 1;
  const chosen = new Int32Array(walls);
  const frames = faceFrames(dim);
  const sides = new Int8Array(size);
  const vertex = new Float64Array(dim);
  const base = new Float64Array(dim);
  const gradient = new Float64Array(dim);
  const projected = new Float64Array(dim);
  let general = true;
  let bound = 0;
  /** ρ of the chosen inputs. */
  let skew = 0;

  function extend(depth: number, from: number): void {
    if (depth === walls) {
      visit();
      return;
    }
    for (let i = from; i < size; i += 1) {
      chosen[depth] = i;
      // Gram–Schmidt of the chosen inputs, for the vertex.
      if (!frames.push(flat, i, depth)) {
        general = false;
        continue;
      }
      extend(depth + 1, i + 1);
    }
  }

  function visit(): void {
    frames.normal(vertex);
    frames.forget();
    skew = 8 * dim * Number.EPSILON * frames.inverseNorm(flat, chosen);
    for (const way of [1, -1]) {
      base.fill(0);
      for (let i = 0; i < size; i += 1) {
        let product = 0;
        for (let k = 0; k < dim; k += 1) product += flat[i * dim + k] * vertex[k];
        product *= way;
        sides[i] = product > 0 ? 1 : -1;
        if (Math.abs(product) < ON_HYPERPLANE && !isChosen(i)) general = false;
        if (product > 0 && !isChosen(i)) {
          for (let k = 0; k < dim; k += 1) base[k] += lambda[i] * flat[i * dim + k];
        }
      }
      let value = 0;
      for (let k = 0; k < dim; k += 1) value += base[k] * vertex[k];
      if (Math.abs(value) >= threshold) {
        bound = Math.max(bound, Math.abs(value) + skew * Math.sqrt(squared(base)));
        consider(Array.from(vertex, (entry) => way * entry));
      }
      visitFaces();
    }
  }

  function isChosen(i: number): boolean {
    for (let s = 0; s < walls; s += 1) if (chosen[s] === i) return true;
    return false;
  }

  /** All subsets of tight inputs (bits of `tight`) with all signs of the loose ones. */
  function visitFaces(): void {
    const all = (1 << walls) - 1;
    for (let positive = 0; positive <= all; positive += 1) {
      gradient.set(base);
      for (let s = 0; s < walls; s += 1) {
        if (((positive >> s) & 1) === 0) continue;
        const i = chosen[s];
        for (let k = 0; k < dim; k += 1) gradient[k] += lambda[i] * flat[i * dim + k];
      }
      if (squared(gradient) < threshold * threshold) continue;
      // On a face the signs of its tight inputs are arbitrary: they are counted as 0 once.
      const loose = all & ~positive;
      for (let tight = loose; ; tight = (tight - 1) & loose) {
        face(tight, positive);
        if (tight === 0) break;
      }
    }
  }

  function face(tight: number, positive: number): void {
    frames.project(flat, chosen, tight, gradient, projected);
    const length = Math.sqrt(squared(projected));
    if (length < threshold || length === 0) return;
    for (let k = 0; k < dim; k += 1) projected[k] /= length;
    const error = skew * Math.sqrt(squared(gradient));
    for (const sign of [1, -1]) {
      if (!inFace(tight, positive, sign, OUTSIDE + error / length)) continue;
      bound = Math.max(bound, length + error);
      consider(Array.from(projected, (x) => sign * x));
    }
  }

  function inFace(tight: number, positive: number, sign: number, outside: number): boolean {
    for (let s = 0; s < walls; s += 1) {
      if ((tight >> s) & 1) continue;
      const side = (positive >> s) & 1 ? 1 : -1;
      if (side * sign * productWith(chosen[s]) < -outside) return false;
    }
    for (let i = 0; i < size; i += 1) {
      if (sides[i] * sign * productWith(i) < -outside && !isChosen(i)) return false;
    }
    return true;
  }

  function productWith(i: number): number {
    let product = 0;
    for (let k = 0; k < dim; k += 1) product += flat[i * dim + k] * projected[k];
    return product;
  }

  extend(0, 0);
  return { general, bound };
}

function squared(vector: Float64Array): number {
  let sum = 0;
  for (const entry of vector) sum += entry * entry;
  return sum;
}

/** Orthonormal frames of chosen inputs, with the arrays that they are computed in. */
function faceFrames(dim: number) {
  const rows = Array.from({ length: dim }, () => new Float64Array(dim));
  /** Frames of the subsets of the chosen inputs, and how many rows each has; −1 where it is not computed yet. */
  const subsets = Array.from({ length: 1 << (dim - 1) }, () =>
    Array.from({ length: dim }, () => new Float64Array(dim)),
  );
  const counts = new Int32Array(1 << (dim - 1));
  /** R of the chosen inputs and its inverse, (dim − 1, dim − 1), upper triangular. */
  const upper = new Float64Array((dim - 1) ** 2);
  const inverse = new Float64Array((dim - 1) ** 2);

  /** Row `count` ← input i orthogonalised against the rows before; false when it depends on them. */
  function orthogonalise(
    into: readonly Float64Array[],
    count: number,
    flat: Float64Array,
    i: number,
  ): boolean {
    const row = into[count];
    for (let k = 0; k < dim; k += 1) row[k] = flat[i * dim + k];
    // Twice is enough (Kahan and Parlett), the second pass for nearly dependent inputs.
    for (let pass = 0; pass < 2; pass += 1) subtractSpan(into, count, row);
    const length = Math.sqrt(squared(row));
    if (length < ON_HYPERPLANE) return false;
    for (let k = 0; k < dim; k += 1) row[k] /= length;
    return true;
  }

  function subtractSpan(from: readonly Float64Array[], count: number, row: Float64Array): void {
    for (let r = 0; r < count; r += 1) {
      const other = from[r];
      let product = 0;
      for (let k = 0; k < dim; k += 1) product += row[k] * other[k];
      for (let k = 0; k < dim; k += 1) row[k] -= product * other[k];
    }
  }

  return {
    push: (flat: Float64Array, i: number, depth: number): boolean =>
      orthogonalise(rows, depth, flat, i),
    /** ‖R⁻¹‖_F for the chosen inputs as columns, by back substitution. */
    inverseNorm(flat: Float64Array, chosen: Int32Array): number {
      const size = dim - 1;
      let sum = 0;
      for (let c = 0; c < size; c += 1) {
        for (let r = 0; r <= c; r += 1) {
          let product = 0;
          for (let k = 0; k < dim; k += 1) product += rows[r][k] * flat[chosen[c] * dim + k];
          upper[r * size + c] = product;
        }
        for (let r = c; r >= 0; r -= 1) {
          let left = r === c ? 1 : 0;
          for (let j = r + 1; j <= c; j += 1) left -= upper[r * size + j] * inverse[j * size + c];
          const entry = left / upper[r * size + r];
          inverse[r * size + c] = entry;
          sum += entry * entry;
        }
      }
      return Math.sqrt(sum);
    },
    /** The unit normal of the dim − 1 rows pushed. */
    normal(into: Float64Array): void {
      let bestLength = 0;
      const axis = rows[dim - 1];
      for (let j = 0; j < dim; j += 1) {
        axis.fill(0);
        axis[j] = 1;
        for (let pass = 0; pass < 2; pass += 1) subtractSpan(rows, dim - 1, axis);
        const length = Math.sqrt(squared(axis));
        if (length <= bestLength) continue;
        bestLength = length;
        for (let k = 0; k < dim; k += 1) into[k] = axis[k] / length;
        // An axis at least this far from the hyperplane exists, and is far enough for two passes.
        if (length * length * dim >= 1) break;
      }
    },
    /** Makes room for the subsets of other inputs. */
    forget: () => counts.fill(-1),
    /** `into` ← the projection of a vector on the complement of the tight inputs. */
    project(
      flat: Float64Array,
      chosen: Int32Array,
      tight: number,
      vector: Float64Array,
      into: Float64Array,
    ): void {
      if (counts[tight] < 0) {
        let count = 0;
        for (let s = 0; s < chosen.length; s += 1) {
          if ((tight >> s) & 1 && orthogonalise(subsets[tight], count, flat, chosen[s])) count += 1;
        }
        counts[tight] = count;
      }
      into.set(vector);
      subtractSpan(subsets[tight], counts[tight], into);
    },
  };
}
