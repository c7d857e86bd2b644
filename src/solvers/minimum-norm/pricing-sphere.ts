import type { Vector } from '../../model/index.js';

/** Inputs this close to orthogonal to a vertex (times the vertex's conditioning) pass through it. */
const ON_CIRCLE = 1e-11;

/**
 * Visits every point of the sphere in R³ where |g| can be largest. Every cell of the arrangement of
 * the great circles x_i^⊥ is a spherical polygon with a vertex, and at a vertex the cells around it
 * are the sectors of the tangent plane; so it is enough to visit, for all vertices and the sectors
 * around them, the vertex, ±G/‖G‖ of the cell, and ±P/‖P‖ with P the projection of G on the plane of
 * each bounding circle. Vertices where three or more circles meet are handled as they are.
 *
 * @param inputs unit vectors that span R³
 * @param threshold gradients shorter than it are skipped: |g| ≤ ‖G‖ on the cell
 */
export function sphereCandidates(
  inputs: readonly Vector[],
  dual: Vector,
  threshold: number,
  consider: (direction: Vector) => void,
): void {
  for (let i = 0; i < inputs.length; i += 1) {
    for (let j = i + 1; j < inputs.length; j += 1) {
      const vertex = vertexOf(inputs, i, j);
      if (vertex === null) continue;
      visitVertex(inputs, dual, threshold, vertex, 1, consider);
      visitVertex(inputs, dual, threshold, vertex, -1, consider);
    }
  }
}

interface Vertex {
  readonly direction: Vector;
  /** Indices of the circles through it. */
  readonly circles: readonly number[];
}

/** The vertex of circles i and j, or null when it is none or an earlier pair gives the same. */
function vertexOf(inputs: readonly Vector[], i: number, j: number): Vertex | null {
  const normal = cross(inputs[i], inputs[j]);
  const length = Math.hypot(normal[0], normal[1], normal[2]);
  if (length < ON_CIRCLE) return null;
  const direction = [normal[0] / length, normal[1] / length, normal[2] / length];
  const circles: number[] = [];
  for (let l = 0; l < inputs.length; l += 1) {
    const on = l === i || l === j || Math.abs(dot3(direction, inputs[l])) * length <= ON_CIRCLE;
    if (!on) continue;
    const earlier = l < j && l !== i && (l < i || !parallel(inputs[i], inputs[l]));
    if (earlier) return null;
    circles.push(l);
  }
  return { direction, circles };
}

function parallel(a: Vector, b: Vector): boolean {
  const c = cross(a, b);
  return Math.hypot(c[0], c[1], c[2]) < ON_CIRCLE;
}

function visitVertex(
  inputs: readonly Vector[],
  dual: Vector,
  threshold: number,
  { direction, circles }: Vertex,
  sign: 1 | -1,
  consider: (direction: Vector) => void,
): void {
  const vertex = direction.map((entry) => sign * entry);
  consider(vertex);
  const base = [0, 0, 0];
  for (let l = 0; l < inputs.length; l += 1) {
    if (dot3(vertex, inputs[l]) > 0 && !circles.includes(l)) add(base, dual[l], inputs[l]);
  }
  // Tangent plane at the vertex: every circle through it is a line there.
  const first = inputs[circles[0]];
  const second = cross(vertex, first);
  const ends: { angle: number; circle: number }[] = [];
  for (const circle of circles) {
    const angle = Math.atan2(dot3(inputs[circle], second), dot3(inputs[circle], first));
    ends.push({ angle: wrap(angle + Math.PI / 2), circle });
    ends.push({ angle: wrap(angle - Math.PI / 2), circle });
  }
  ends.sort((a, b) => a.angle - b.angle);
  for (const [k, start] of ends.entries()) {
    const end = ends[(k + 1) % ends.length];
    const width =
      k + 1 < ends.length ? end.angle - start.angle : end.angle - start.angle + 2 * Math.PI;
    if (width < 1e-15) continue;
    const middle = start.angle + width / 2;
    const gradient = [...base];
    for (const circle of circles) {
      const x = inputs[circle];
      const height = dot3(x, first) * Math.cos(middle) + dot3(x, second) * Math.sin(middle);
      if (height > 0) add(gradient, dual[circle], x);
    }
    visitBoth(gradient, threshold, consider);
    for (const { circle } of [start, end]) {
      const x = inputs[circle];
      const projected = [...gradient];
      add(projected, -dot3(gradient, x), x);
      visitBoth(projected, threshold, consider);
    }
  }
}

function visitBoth(
  gradient: Vector,
  threshold: number,
  consider: (direction: Vector) => void,
): void {
  const length = Math.hypot(gradient[0], gradient[1], gradient[2]);
  if (length < threshold || length === 0) return;
  consider(gradient.map((entry) => entry / length));
  consider(gradient.map((entry) => -entry / length));
}

function wrap(angle: number): number {
  if (angle > Math.PI) return angle - 2 * Math.PI;
  return angle <= -Math.PI ? angle + 2 * Math.PI : angle;
}

function add(sum: number[], factor: number, x: Vector): void {
  sum[0] += factor * x[0];
  sum[1] += factor * x[1];
  sum[2] += factor * x[2];
}

function dot3(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(a: Vector, b: Vector): number[] {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}
