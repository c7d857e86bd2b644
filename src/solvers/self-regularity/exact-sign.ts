import { balanceRows } from '../../math/index.js';
import type { Vector } from '../../model/index.js';

/** The sign of a quantity, decided exactly. */
export type Sign = -1 | 0 | 1;

const EPSILON = Number.EPSILON;

/**
 * The sign of a₀b₁ − a₁b₀, exact for all finite doubles: a float64 filter decides (4ε of the sum of the
 * absolute products covers its four roundings), BigInt arithmetic where the filter does not.
 */
export function crossSign(a: Vector, b: Vector): Sign {
  const left = a[0] * b[1];
  const right = a[1] * b[0];
  const value = left - right;
  if (Math.abs(value) > 4 * EPSILON * (Math.abs(left) + Math.abs(right)) && isOrdinary(value)) {
    return value > 0 ? 1 : -1;
  }
  if (left === 0 && right === 0 && (a[0] === 0 || b[1] === 0) && (a[1] === 0 || b[0] === 0))
    return 0;
  if (left === right && isOrdinary(left) && a.every(splits) && b.every(splits)) {
    const rest = productRest(a[0], b[1], left) - productRest(a[1], b[0], right);
    return rest > 0 ? 1 : rest < 0 ? -1 : 0;
  }
  const [p, q] = [integers(a), integers(b)];
  return signOf(p[0] * q[1] - p[1] * q[0]);
}

/**
 * The sign of det(a, b, c), exact for all finite doubles. Shapes (3). Rows are brought to one scale first, without
 * rounding; what then exceeds `DETERMINANT_FILTER` and 1e-280 is far above roundings and underflow.
 */
export function determinantSign(a: Vector, b: Vector, c: Vector): Sign {
  const { rows, exact } = balanceRows([a, b, c]);
  if (exact) {
    const { value, size } = cross(rows[0], rows[1]);
    const [x, y, z] = rows[2];
    const determinant = value[0] * x + value[1] * y + value[2] * z;
    const permanent = size[0] * Math.abs(x) + size[1] * Math.abs(y) + size[2] * Math.abs(z);
    if (Math.abs(determinant) > DETERMINANT_FILTER * permanent && isOrdinary(determinant)) {
      return determinant > 0 ? 1 : -1;
    }
    const refined = compensatedSign(rows[0], rows[1], rows[2], permanent);
    if (refined !== null) return refined;
  }
  return integerSign(integerCross(integers(a), integers(b)), integers(c));
}

/** a × b in float64, with |a_i b_j| + |a_j b_i| beside it: what a filter on its entries needs. */
export interface Cross {
  readonly value: readonly [number, number, number];
  readonly size: readonly [number, number, number];
}

/** The vector product of two vectors of length 3. */
export function cross(a: Vector, b: Vector): Cross {
  const p = [a[1] * b[2], a[2] * b[1], a[2] * b[0], a[0] * b[2], a[0] * b[1], a[1] * b[0]];
  return {
    value: [p[0] - p[1], p[2] - p[3], p[4] - p[5]],
    size: [
      Math.abs(p[0]) + Math.abs(p[1]),
      Math.abs(p[2]) + Math.abs(p[3]),
      Math.abs(p[4]) + Math.abs(p[5]),
    ],
  };
}

/** Share of its permanent above which a float64 determinant has the right sign: seven roundings. */
export const DETERMINANT_FILTER = 8 * EPSILON;

/** The sign of det(a, b, c) of balanced rows by compensated arithmetic; null where that does not decide. */
export function compensatedSign(a: Vector, b: Vector, c: Vector, permanent: number): Sign | null {
  if (permanent === 0) return vanishes(a, b, c) ? 0 : null;
  const refined = compensatedDeterminant(a, b, c);
  if (Math.abs(refined) > COMPENSATED_FILTER * permanent && isOrdinary(refined)) {
    return refined > 0 ? 1 : -1;
  }
  return null;
}

/** Whether each of the six products has a factor 0: a permanent of 0 may also have underflowed. */
function vanishes(a: Vector, b: Vector, c: Vector): boolean {
  return [a, b, c].every((x, r, rows) => {
    const y = rows[(r + 1) % 3];
    const z = rows[(r + 2) % 3];
    return (x[0] === 0 || y[1] === 0 || z[2] === 0) && (x[2] === 0 || y[1] === 0 || z[0] === 0);
  });
}

/** A vector of integers in the direction of a vector of doubles. */
export type IntegerVector = readonly bigint[];

/** a × b in integers. */
export function integerCross(a: IntegerVector, b: IntegerVector): IntegerVector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

/** The sign of n·c in integers. */
export function integerSign(n: IntegerVector, c: IntegerVector): Sign {
  return signOf(n[0] * c[0] + n[1] * c[1] + n[2] * c[2]);
}

/** Share of the permanent above which `compensatedDeterminant` has the right sign: 64ε², rounded up. */
const COMPENSATED_FILTER = 64 * EPSILON * EPSILON;

/**
 * det(a, b, c) in about twice the working precision: the six products a_i·b_j·c_k with their rounding
 * errors (Dekker 1971), added with compensation. Inputs that lie in a plane but for their own rounding
 * are decided here, a thousand times faster than with BigInt.
 */
function compensatedDeterminant(a: Vector, b: Vector, c: Vector): number {
  let high = 0;
  let low = 0;
  const accumulate = (x: number, y: number, z: number): void => {
    const product = x * y;
    const rest = productRest(x, y, product);
    const term = product * z;
    const termRest = productRest(product, z, term) + rest * z;
    const sum = high + term;
    const back = sum - high;
    low += high - (sum - back) + (term - back) + termRest;
    high = sum;
  };
  accumulate(a[1], b[2], c[0]);
  accumulate(-a[2], b[1], c[0]);
  accumulate(a[2], b[0], c[1]);
  accumulate(-a[0], b[2], c[1]);
  accumulate(a[0], b[1], c[2]);
  accumulate(-a[1], b[0], c[2]);
  return high + low;
}

/** x·y − product exactly, by Veltkamp's splitting. */
function productRest(x: number, y: number, product: number): number {
  const splitX = 134217729 * x;
  const highX = splitX - (splitX - x);
  const lowX = x - highX;
  const splitY = 134217729 * y;
  const highY = splitY - (splitY - y);
  const lowY = y - highY;
  return lowX * lowY - (product - highX * highY - lowX * highY - highX * lowY);
}

/** Whether splitting this factor does not overflow; products that are ordinary then have exact rests. */
function splits(value: number): boolean {
  return Math.abs(value) < 1e280;
}

/** Away from overflow and from the subnormal range, where relative rounding bounds do not hold. */
function isOrdinary(value: number): boolean {
  const size = Math.abs(value);
  return size > 1e-280 && size < 1e280;
}

function signOf(value: bigint): Sign {
  return value > 0n ? 1 : value < 0n ? -1 : 0;
}

/** The vector times a positive power of two that makes every entry an integer. */
export function integers(x: Vector): IntegerVector {
  const parts = x.map(mantissaAndExponent);
  const lowest = parts.reduce((least, { exponent }) => Math.min(least, exponent), Infinity);
  return parts.map(({ mantissa, exponent }) =>
    mantissa === 0n ? 0n : mantissa << BigInt(exponent - lowest),
  );
}

const view = new DataView(new ArrayBuffer(8));

function mantissaAndExponent(value: number): { mantissa: bigint; exponent: number } {
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const magnitude = biased === 0 ? fraction : fraction | 0x10000000000000n;
  if (magnitude === 0n) return { mantissa: 0n, exponent: 0 };
  return {
    mantissa: bits >> 63n === 1n ? -magnitude : magnitude,
    exponent: Math.max(biased, 1) - 1075,
  };
}
