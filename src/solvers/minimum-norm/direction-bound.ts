import { boxLeastNorm } from './box-least-norm.js';

/** Unit roundoff of float64. */
const U = 2 ** -53;

/** h(w) = Σ_i (above_i·⟨w, x_i⟩ where that is ≥ 0, below_i·⟨w, x_i⟩ where it is < 0), positively homogeneous. */
export interface PiecewiseLinear {
  /** Unit vectors, (size, dim). */
  readonly inputs: Float64Array;
  readonly size: number;
  readonly dim: number;
  readonly above: Float64Array;
  readonly below: Float64Array;
}

/** The maximum of h over the unit sphere, or 0 where that is negative. */
export interface DirectionBound {
  /** No value of h is larger: rounding is counted, that of the unit inputs is not. */
  readonly bound: number;
  /** Unit directions at which h is largest among those looked at, with the values. */
  readonly found: readonly { readonly direction: readonly number[]; readonly value: number }[];
  readonly nodes: number;
}

interface Node {
  /** Sides of the convex terms: 1, −1, or 0 where undecided. */
  readonly sides: Int8Array;
  readonly coefficients: Float64Array;
  readonly bound: number;
  /** The convex term to divide next; −1 in a leaf. */
  readonly next: number;
}

/** Directions kept. */
const MOST_FOUND = 24;

/**
 * Bounds the maximum of h over the unit sphere by branch and bound, in any dimension and for any inputs, degenerate or not.
 *
 * A term with above < below is concave: the least of c·⟨w, x_i⟩ over c in [above, below]. The others are convex: on a side of
 * x_i^⊥ linear, c = above or below, and that side, s⟨w, x_i⟩ ≥ 0, may be used with any multiplier, c = above + μ or below − μ,
 * μ ≥ 0; undecided ones are at most their chord over |⟨w, x_i⟩| ≤ 1, the mean slope with a constant (above − below)/2. So on
 * the cone of the decided sides, for every choice of c,
 *
 *   h(w) ≤ ⟨w, Σc_ix_i⟩ + Σ_undecided (above_i − below_i)/2 ≤ ‖Σc_ix_i‖ + …
 *
 * which needs no more than a norm to be checked, and whose minimum over c is the maximum itself once all convex terms are
 * decided (minimax). Cones that are empty have the bound 0. Only the signs of convex terms are enumerated: for g those of the
 * λ_i > 0, for −g of the others.
 *
 * @param enough values up to this need not be told apart
 * @param known a value that is attained, or 0
 * @param mostNodes where it ends; the bound then is that of what is left open
 */
export function boundDirections(
  h: PiecewiseLinear,
  enough: number,
  known: number,
  mostNodes: number,
): DirectionBound {
  const { inputs, size, dim, above, below } = h;
  const program = boxLeastNorm(inputs, size, dim);
  const lower = new Float64Array(size);
  const upper = new Float64Array(size);
  const direction = new Float64Array(dim);
  const products = new Float64Array(size);
  const found: { direction: number[]; value: number }[] = [];
  let attained = Math.max(known, 0);
  let nodes = 0;

  function visit(sides: Int8Array, coefficients: Float64Array): Node {
    nodes += 1;
    let rest = 0;
    for (let i = 0; i < size; i += 1) {
      const convex = above[i] >= below[i];
      lower[i] = convex ? (sides[i] < 0 ? -Infinity : above[i]) : above[i];
      upper[i] = convex ? (sides[i] > 0 ? Infinity : below[i]) : below[i];
      if (convex && sides[i] === 0) {
        lower[i] = (above[i] + below[i]) / 2;
        upper[i] = lower[i];
        rest += (above[i] - below[i]) / 2;
      }
      coefficients[i] = Math.min(upper[i], Math.max(lower[i], coefficients[i]));
    }
    program.minimise(lower, upper, coefficients);
    let square = 0;
    let mass = 0;
    for (let k = 0; k < dim; k += 1) square += program.residual[k] ** 2;
    for (let i = 0; i < size; i += 1) mass += Math.abs(coefficients[i]);
    const length = Math.sqrt(square);
    // Each of dim sums of size terms errs by (size + 1)u·Σ|c_i||x_ik|, ‖·‖ of the errors by that of the masses.
    const bound = (length + rest) * (1 + (size + dim + 8) * U) + (size + 4) * U * mass;
    if (length === 0) return { sides, coefficients, bound, next: firstUndecided(sides) };
    for (let k = 0; k < dim; k += 1) direction[k] = program.residual[k] / length;
    let value = 0;
    for (let i = 0; i < size; i += 1) {
      let product = 0;
      for (let k = 0; k < dim; k += 1) product += inputs[i * dim + k] * direction[k];
      products[i] = product;
      value += (product > 0 ? above[i] : below[i]) * product;
    }
    keep(value);
    return { sides, coefficients, bound, next: loosest(sides) };
  }

  function keep(value: number): void {
    attained = Math.max(attained, value);
    if (!(value > 0.5 * attained)) return;
    if (found.length === MOST_FOUND && value <= found[found.length - 1].value) return;
    found.push({ direction: Array.from(direction), value });
    found.sort((a, b) => b.value - a.value);
    if (found.length > MOST_FOUND) found.pop();
  }

  function firstUndecided(sides: Int8Array): number {
    for (let i = 0; i < size; i += 1) if (sides[i] === 0 && above[i] > below[i]) return i;
    return -1;
  }

  /** The undecided convex term whose chord is farthest above it at the direction in hand. */
  function loosest(sides: Int8Array): number {
    let best = -1;
    let most = -1;
    for (let i = 0; i < size; i += 1) {
      const half = (above[i] - below[i]) / 2;
      if (sides[i] !== 0 || !(half > 0)) continue;
      const slack = half * (1 - Math.abs(products[i]));
      if (slack > most) {
        most = slack;
        best = i;
      }
    }
    return best;
  }

  const settled = (bound: number): boolean =>
    bound <= Math.max(enough, attained) * (1 + 4 * Number.EPSILON);
  let closed = 0;
  const heap: Node[] = [visit(new Int8Array(size), new Float64Array(size))];
  while (heap.length > 0 && nodes < mostNodes) {
    const node = popLargest(heap);
    if (node.next < 0 || settled(node.bound)) {
      closed = Math.max(closed, node.bound);
      // Everything else in the heap is no larger.
      if (settled(node.bound)) break;
      continue;
    }
    for (const side of [1, -1]) {
      const sides = node.sides.slice();
      sides[node.next] = side;
      const child = visit(sides, node.coefficients.slice());
      // A part is never larger than the whole, whatever rounding says.
      pushNode(heap, { ...child, bound: Math.min(child.bound, node.bound) });
    }
  }
  const open = heap.length === 0 ? 0 : heap[0].bound;
  return { bound: Math.max(closed, open), found, nodes };
}

function pushNode(heap: Node[], node: Node): void {
  let at = heap.length;
  heap.push(node);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (heap[parent].bound >= node.bound) break;
    heap[at] = heap[parent];
    at = parent;
  }
  heap[at] = node;
}

function popLargest(heap: Node[]): Node {
  const top = heap[0];
  const last = heap.pop() as Node;
  if (heap.length === 0) return top;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && heap[child + 1].bound > heap[child].bound) child += 1;
    if (heap[child].bound <= last.bound) break;
    heap[at] = heap[child];
    at = child;
  }
  heap[at] = last;
  return top;
}
