/** Small operations on two doubles at a time. AssemblyScript. */
import { INVERSES, INVERSE_FACTORIALS, SIGN } from './tables';

/** Both lanes the double at a constant address. */
// @ts-ignore: decorator
@inline
export function spread(address: usize): v128 {
  return v128.load64_splat(address);
}

/** 1/n! for a constant n ≤ 17. */
// @ts-ignore: decorator
@inline
export function inverseFactorial(n: usize): v128 {
  return v128.load64_splat(INVERSE_FACTORIALS + (n << 3));
}

/** 1/n for a constant n ≤ 17. */
// @ts-ignore: decorator
@inline
export function inverse(n: usize): v128 {
  return v128.load64_splat(INVERSES + (n << 3));
}

// @ts-ignore: decorator
@inline
export function pairOf(a: f64, b: f64): v128 {
  return f64x2.replace_lane(f64x2.splat(a), 1, b);
}

// @ts-ignore: decorator
@inline
export function first(x: v128): f64 {
  return f64x2.extract_lane(x, 0);
}

// @ts-ignore: decorator
@inline
export function second(x: v128): f64 {
  return f64x2.extract_lane(x, 1);
}

/** c + x·y. */
// @ts-ignore: decorator
@inline
export function plusProduct(c: v128, x: v128, y: v128): v128 {
  return f64x2.add(c, f64x2.mul(x, y));
}

/** c − x·y. */
// @ts-ignore: decorator
@inline
export function minusProduct(c: v128, x: v128, y: v128): v128 {
  return f64x2.sub(c, f64x2.mul(x, y));
}

/** x·y − c, the same bits as −c + x·y. */
// @ts-ignore: decorator
@inline
export function productMinus(x: v128, y: v128, c: v128): v128 {
  return f64x2.sub(f64x2.mul(x, y), c);
}

/** `yes` where the mask is set, else `no`. */
// @ts-ignore: decorator
@inline
export function choose(mask: v128, yes: v128, no: v128): v128 {
  return v128.bitselect(yes, no, mask);
}

/** Whether a mask of comparison holds in both lanes. */
// @ts-ignore: decorator
@inline
export function both(mask: v128): bool {
  return i64x2.bitmask(mask) == 3;
}

/** A value without sign, with the sign of x. */
// @ts-ignore: decorator
@inline
export function withSign(value: v128, x: v128): v128 {
  return v128.or(value, v128.and(x, spread(SIGN)));
}

/** Where the first lane's row of a table starts: the low 32 bits of the lane. */
// @ts-ignore: decorator
@inline
export function firstRow(places: v128): usize {
  return <usize>i32x4.extract_lane(places, 0);
}

// @ts-ignore: decorator
@inline
export function secondRow(places: v128): usize {
  return <usize>i32x4.extract_lane(places, 2);
}

/** The first doubles of two rows. */
// @ts-ignore: decorator
@inline
export function firsts(a: v128, b: v128): v128 {
  return v128.shuffle<f64>(a, b, 0, 2);
}

/** The second doubles of two rows. */
// @ts-ignore: decorator
@inline
export function seconds(a: v128, b: v128): v128 {
  return v128.shuffle<f64>(a, b, 1, 3);
}
