import { addScaled, angle, dot, norm, normalise, scale } from '../math/index.js';

const TWO_PI = 2 * Math.PI;

/**
 * F(u, v) = E σ(u·x)σ(v·x) for ReLU and x ~ N(0, I): ‖u‖‖v‖(sin θ + (π − θ)cos θ)/(2π) with θ the
 * angle between u and v, and 0 when one of them is 0 (arc-cosine kernel of degree 1,
 * [cho2009]).
 *
 * @throws RangeError when the lengths differ
 */
export function reluKernel(u: readonly number[], v: readonly number[]): number {
  const product = norm(u) * norm(v);
  if (product === 0) return 0;
  const theta = angle(u, v);
  return (product * (Math.sin(theta) + (Math.PI - theta) * Math.cos(theta))) / TWO_PI;
}

/**
 * ∇_uF(u, v) = (‖v‖ sin θ·ū + (π − θ)v)/(2π), and v/4 at u = 0, where the kernel has no gradient and
 * this is the mean over directions of the one-sided ones.
 *
 * @throws RangeError when the lengths differ
 */
export function reluKernelGradient(u: readonly number[], v: readonly number[]): number[] {
  const length = norm(v);
  if (length === 0) return u.map(() => 0);
  if (norm(u) === 0) return scale(0.25, v);
  const theta = angle(u, v);
  const along = scale((length * Math.sin(theta)) / TWO_PI, normalise(u));
  return addScaled(along, (Math.PI - theta) / TWO_PI, v);
}

/** n_{v,u}: the unit vector of v̄ − (v̄·ū)ū, or 0 where v is parallel to u. */
function normalPart(v: readonly number[], u: readonly number[]): number[] {
  const unitU = normalise(u);
  const unitV = normalise(v);
  // The difference (or sum) of the unit vectors keeps its digits where they are nearly parallel.
  const sign = dot(unitU, unitV) >= 0 ? 1 : -1;
  const chord = addScaled(unitV, -sign, unitU);
  const rest = addScaled(chord, -dot(chord, unitU), unitU);
  return norm(rest) === 0 ? rest : normalise(rest);
}

/**
 * ∂²F/∂u² = (‖v‖ sin θ/(2π‖u‖))(I − ūūᵀ + n nᵀ) with n = n_{v,u}, added to a square block times
 * `factor`.
 *
 * @param add receives row, column and value of each entry
 * @throws RangeError when u or v is the zero vector
 */
export function addReluKernelHessian(
  u: readonly number[],
  v: readonly number[],
  add: (row: number, column: number, value: number) => void,
): void {
  const weight = (norm(v) * Math.sin(angle(u, v))) / (TWO_PI * norm(u));
  if (weight === 0) return;
  const unit = normalise(u);
  const normal = normalPart(v, u);
  for (let p = 0; p < u.length; p += 1) {
    for (let q = 0; q < u.length; q += 1) {
      const identity = p === q ? 1 : 0;
      add(p, q, weight * (identity - unit[p] * unit[q] + normal[p] * normal[q]));
    }
  }
}

/**
 * ∂²F/∂u∂v = ((π − θ)I + n_{u,v}v̄ᵀ + n_{v,u}ūᵀ)/(2π), rows by u and columns by v.
 *
 * @param add receives row, column and value of each entry
 * @throws RangeError when u or v is the zero vector
 */
export function addReluKernelMixed(
  u: readonly number[],
  v: readonly number[],
  add: (row: number, column: number, value: number) => void,
): void {
  const open = Math.PI - angle(u, v);
  const unitU = normalise(u);
  const unitV = normalise(v);
  const normalUV = normalPart(u, v);
  const normalVU = normalPart(v, u);
  for (let p = 0; p < u.length; p += 1) {
    for (let q = 0; q < u.length; q += 1) {
      const identity = p === q ? open : 0;
      add(p, q, (identity + normalUV[p] * unitV[q] + normalVU[p] * unitU[q]) / TWO_PI);
    }
  }
}
