import { addScaled, dot, norm, scale } from '../../math/index.js';
import type { Vector } from '../../model/index.js';

/** An input this close to orthogonal to a vertex makes the arrangement degenerate there. */
const ON_HYPERPLANE = 1e-9;

/** How many directions `visitVertices` evaluates for so many inputs: C(N, d−1)·2·4^(d−1), each ±. */
export function vertexWork(sampleSize: number, dim: number): number {
  let subsets = 1;
  for (let k = 1; k < dim; k += 1) subsets *= (sampleSize - k + 1) / k;
  return subsets * 2 * 4 ** (dim - 1);
}

/**
 * Visits every direction where |g| can be largest, in any dimension d, for inputs in general position.
 * Every cell of the arrangement {x_i^⊥} has a vertex, the common zero of d − 1 inputs S, and at it the
 * signs of S select the 2^(d−1) cells around it. Over a cell the linear function ⟨w, G⟩ on the sphere is
 * extremal at the normalised projection of ±G on one of the cell's faces, and the faces at the vertex are
 * the subsets of S.
 *
 * @param threshold projections shorter than it are skipped: |g| is at most that on the face
 * @returns false when the inputs are not in general position, so that cells may have been missed
 */
export function visitVertices(
  inputs: readonly Vector[],
  dual: Vector,
  threshold: number,
  consider: (direction: Vector) => void,
): boolean {
  const dim = inputs[0].length;
  let general = true;
  const chosen: number[] = [];
  const frame: Vector[] = [];

  function extend(from: number): void {
    if (chosen.length === dim - 1) {
      const vertex = normalOf(frame, dim);
      for (let i = 0; i < inputs.length; i += 1) {
        if (!chosen.includes(i) && Math.abs(dot(inputs[i], vertex)) < ON_HYPERPLANE)
          general = false;
      }
      visitCellsAt(inputs, dual, threshold, chosen, vertex, consider);
      visitCellsAt(inputs, dual, threshold, chosen, scale(-1, vertex), consider);
      return;
    }
    for (let i = from; i < inputs.length; i += 1) {
      let rest = [...inputs[i]];
      for (const row of frame) rest = addScaled(rest, -dot(row, rest), row);
      const length = norm(rest);
      if (length < ON_HYPERPLANE) {
        general = false;
        continue;
      }
      chosen.push(i);
      frame.push(scale(1 / length, rest));
      extend(i + 1);
      chosen.pop();
      frame.pop();
    }
  }

  extend(0);
  return general;
}

/** The unit normal of d − 1 orthonormal vectors. */
function normalOf(frame: readonly Vector[], dim: number): number[] {
  let best: number[] = [];
  let bestNorm = 0;
  for (let k = 0; k < dim; k += 1) {
    let rest: number[] = Array.from({ length: dim }, (_, j) => (j === k ? 1 : 0));
    for (let pass = 0; pass < 2; pass += 1) {
      for (const row of frame) rest = addScaled(rest, -dot(row, rest), row);
    }
    const length = norm(rest);
    if (length > bestNorm) {
      best = rest;
      bestNorm = length;
    }
  }
  return scale(1 / bestNorm, best);
}

function visitCellsAt(
  inputs: readonly Vector[],
  dual: Vector,
  threshold: number,
  chosen: readonly number[],
  vertex: Vector,
  consider: (direction: Vector) => void,
): void {
  consider(vertex);
  let base = vertex.map(() => 0);
  for (let i = 0; i < inputs.length; i += 1) {
    if (!chosen.includes(i) && dot(inputs[i], vertex) > 0)
      base = addScaled(base, dual[i], inputs[i]);
  }
  for (let signs = 0; signs < 1 << chosen.length; signs += 1) {
    let gradient = base;
    for (const [bit, i] of chosen.entries()) {
      if ((signs >> bit) & 1) gradient = addScaled(gradient, dual[i], inputs[i]);
    }
    visitFaces(inputs, gradient, threshold, chosen, 0, [], consider);
  }
}

/** The projections of a gradient on the orthogonal complements of all subsets of the chosen inputs. */
function visitFaces(
  inputs: readonly Vector[],
  gradient: Vector,
  threshold: number,
  chosen: readonly number[],
  from: number,
  frame: readonly Vector[],
  consider: (direction: Vector) => void,
): void {
  let projected = [...gradient];
  for (const row of frame) projected = addScaled(projected, -dot(row, projected), row);
  const length = norm(projected);
  // Projections on smaller faces are shorter still.
  if (length < threshold || length === 0) return;
  consider(scale(1 / length, projected));
  consider(scale(-1 / length, projected));
  for (let k = from; k < chosen.length; k += 1) {
    let rest = [...inputs[chosen[k]]];
    for (const row of frame) rest = addScaled(rest, -dot(row, rest), row);
    const size = norm(rest);
    if (size < ON_HYPERPLANE) continue;
    const extended = [...frame, scale(1 / size, rest)];
    visitFaces(inputs, gradient, threshold, chosen, k + 1, extended, consider);
  }
}
