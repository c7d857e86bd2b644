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
  if (left === right && isOrdinary(left)) {
    const rest = productRest(a[0], b[1], left) - productRest(a[1], b[0], right);
    return rest > 0 ? 1 : rest < 0 ? -1 : 0;
  }
  const [p, q] = [integers(a), integers(b)];
  return signOf(p[0] * q[1] - p[1] * q[0]);
}

/** The sign of det(a, b, c), exact for all finite doubles. Shapes (3). */
export function determinantSign(a: Vector, b: Vector, c: Vector): Sign {
  return determinantSignFrom(cross(a, b), a, b, c);
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

/** The sign of det(a, b, c), given a × b in float64: for loops over c. */
export function determinantSignFrom(product: Cross, a: Vector, b: Vector, c: Vector): Sign {
  const { value, size } = product;
  const determinant = value[0] * c[0] + value[1] * c[1] + value[2] * c[2];
  const permanent = size[0] * Math.abs(c[0]) + size[1] * Math.abs(c[1]) + size[2] * Math.abs(c[2]);
  if (Math.abs(determinant) > DETERMINANT_FILTER * permanent && isOrdinary(determinant)) {
    return determinant > 0 ? 1 : -1;
  }
  return (
    compensatedSign(a, b, c, permanent) ??
    integerSign(integerCross(integers(a), integers(b)), integers(c))
  );
}

/** The sign of det(a, b, c) by compensated arithmetic; null where that does not decide. */
export function compensatedSign(a: Vector, b: Vector, c: Vector, permanent: number): Sign | null {
  if (permanent === 0) return 0;
  const refined = compensatedDeterminant(a, b, c);
  if (Math.abs(refined) > COMPENSATED_FILTER * permanent && isOrdinary(refined)) {
    return refined > 0 ? 1 : -1;
  }
  return null;
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
