/**
 * sin, cos and arctan, as in src/math/trigonometric.ts: the same operations in the same order on
 * the same tables, hence the same bits. AssemblyScript.
 */
import {
  both,
  choose,
  first,
  firstRow,
  firsts,
  inverse,
  inverseFactorial,
  minusProduct,
  pairOf,
  plusProduct,
  productMinus,
  second,
  secondRow,
  seconds,
  spread,
  withSign,
} from './pairs';
import {
  ATAN_NODES,
  HALF,
  INTEGER,
  ONE,
  PART_1,
  PART_2,
  PART_3,
  PART_4,
  ROUND,
  SIGN,
  SIXTEEN,
  SIXTEENTH,
  TWO_OVER_PI,
  VELTKAMP,
} from './tables';

/** Gives q modulo 4 and remembers x − q·π/2 for huge x: `hugeRemainder` of src/math. */
// @ts-ignore: decorator
@external('math', 'reduceHuge')
declare function reduceHuge(x: f64): i32;

// @ts-ignore: decorator
@external('math', 'remainderHigh')
declare function hugeRemainderHigh(): f64;

// @ts-ignore: decorator
@external('math', 'remainderLow')
declare function hugeRemainderLow(): f64;

/** Where `reduce` leaves x − q·π/2 as a double-double. */
let remainderHigh: f64 = 0;
let remainderLow: f64 = 0;

/** Leaves x − q·π/2 ∈ [−π/4, π/4] (nearly) behind and returns q modulo 4. x is finite. */
function reduce(x: f64): i32 {
  if (abs(x) > 3e6) {
    const quadrant = reduceHuge(x);
    remainderHigh = hugeRemainderHigh();
    remainderLow = hugeRemainderLow();
    return quadrant;
  }
  const shifted = x * load<f64>(TWO_OVER_PI) + load<f64>(ROUND);
  const n = shifted - load<f64>(ROUND);
  const one = x - n * load<f64>(PART_1); // exact: the operands are close to one another
  const b = n * load<f64>(PART_2);
  const two = one - b;
  const twoShadow = one - two;
  const twoLow = one - (two + twoShadow) + (twoShadow - b);
  const c = n * load<f64>(PART_3);
  const three = two - c;
  const threeShadow = two - three;
  const threeLow = two - (three + threeShadow) + (threeShadow - c);
  const rest = twoLow + threeLow - n * load<f64>(PART_4);
  remainderHigh = three + rest;
  remainderLow = three - remainderHigh + rest;
  return <i32>reinterpret<i64>(shifted) & 3;
}

/** sin(r + low) for |r| ≤ 0.8: Taylor polynomial of degree 17. */
// @ts-ignore: decorator
@inline
function sinOfRemainder(r: f64, low: f64): f64 {
  const s = r * r;
  let tail = -1.0 / 1307674368000 + s * (1.0 / 355687428096000);
  tail = 1.0 / 6227020800 + s * tail;
  tail = -1.0 / 39916800 + s * tail;
  tail = 1.0 / 362880 + s * tail;
  tail = -1.0 / 5040 + s * tail;
  tail = 1.0 / 120 + s * tail;
  tail = -1.0 / 6 + s * tail;
  return r + (r * s * tail + low * (1 - 0.5 * s));
}

/** cos(r + low) for |r| ≤ 0.8: Taylor polynomial of degree 16; 1 − r²/2 keeps what it loses. */
// @ts-ignore: decorator
@inline
function cosOfRemainder(r: f64, low: f64): f64 {
  const s = r * r;
  let tail = -1.0 / 87178291200 + s * (1.0 / 20922789888000);
  tail = 1.0 / 479001600 + s * tail;
  tail = -1.0 / 3628800 + s * tail;
  tail = 1.0 / 40320 + s * tail;
  tail = -1.0 / 720 + s * tail;
  tail = 1.0 / 24 + s * tail;
  const half = 0.5 * s;
  const top = 1 - half;
  return top + (1 - top - half + (s * s * tail - r * low));
}

/** sin x, error below 1 ulp for every finite x. sin(−0) = −0, sin(±∞) = sin(NaN) = NaN. */
export function sin(x: f64): f64 {
  if (abs(x) < 0.78) return x == 0 ? x : sinOfRemainder(x, 0);
  if (x - x != 0) return NaN;
  const quadrant = reduce(x);
  const value =
    quadrant & 1
      ? cosOfRemainder(remainderHigh, remainderLow)
      : sinOfRemainder(remainderHigh, remainderLow);
  return quadrant & 2 ? -value : value;
}

/** cos x, error below 1 ulp for every finite x. cos(±∞) = cos(NaN) = NaN. */
export function cos(x: f64): f64 {
  if (abs(x) < 0.78) return cosOfRemainder(x, 0);
  if (x - x != 0) return NaN;
  const quadrant = reduce(x);
  const value =
    quadrant & 1
      ? sinOfRemainder(remainderHigh, remainderLow)
      : cosOfRemainder(remainderHigh, remainderLow);
  return (quadrant + 1) & 2 ? -value : value;
}

/** (c·a − 1)/(a + c) for a > 1 and c = round(16/a)/16, with c·a − 1 computed exactly. */
// @ts-ignore: decorator
@inline
function complementTangent(a: f64, c: f64): f64 {
  if (c == 0) return -1 / a;
  const split = load<f64>(VELTKAMP) * a; // Veltkamp's splitting into 26 bits each; c has 5
  const high = split - (split - a);
  return (c * high - 1 + c * (a - high)) / (a + c);
}

/**
 * arctan x, error below 1 ulp: arctan a = arctan c + arctan t with c the multiple of 1/16 nearest
 * to a, t = (a − c)/(1 + a·c); a > 1 through π/2 − arctan(1/a).
 * atan(−0) = −0, atan(±∞) = ±π/2, atan(NaN) = NaN.
 */
export function atan(x: f64): f64 {
  const a = abs(x);
  if (a < 0.09375) {
    if (x == 0) return x;
    const s = x * x;
    let tail = -1.0 / 15 + s * (1.0 / 17);
    tail = 1.0 / 13 + s * tail;
    tail = -1.0 / 11 + s * tail;
    tail = 1.0 / 9 + s * tail;
    tail = -1.0 / 7 + s * tail;
    tail = 1.0 / 5 + s * tail;
    tail = -1.0 / 3 + s * tail;
    return x + x * s * tail;
  }
  if (a != a) return NaN;
  const steps = floor((a <= 1 ? 16 * a : 16 / a) + 0.5);
  const c = steps / 16;
  const t = a <= 1 ? (a - c) / (1 + a * c) : complementTangent(a, c);
  const s = t * t;
  const tail = s * (-1.0 / 3 + s * (1.0 / 5 + s * (-1.0 / 7 + s * (1.0 / 9 + s * (-1.0 / 11)))));
  const at = (<usize>steps + (a <= 1 ? 0 : 17)) << 4;
  const value = load<f64>(at, ATAN_NODES) + (load<f64>(at, ATAN_NODES + 8) + (t + t * tail));
  return copysign(value, x);
}

/** `sinOfRemainder` of each lane. */
// @ts-ignore: decorator
@inline
function sinOfRemainder_x2(r: v128, low: v128, s: v128): v128 {
  let tail = productMinus(s, inverseFactorial(17), inverseFactorial(15));
  tail = plusProduct(inverseFactorial(13), s, tail);
  tail = productMinus(s, tail, inverseFactorial(11));
  tail = plusProduct(inverseFactorial(9), s, tail);
  tail = productMinus(s, tail, inverseFactorial(7));
  tail = plusProduct(inverseFactorial(5), s, tail);
  tail = productMinus(s, tail, inverseFactorial(3));
  const slope = minusProduct(spread(ONE), spread(HALF), s);
  return f64x2.add(
    r,
    f64x2.add(f64x2.mul(f64x2.mul(r, s), tail), f64x2.mul(low, slope)),
  );
}

/** `cosOfRemainder` of each lane. */
// @ts-ignore: decorator
@inline
function cosOfRemainder_x2(r: v128, low: v128, s: v128): v128 {
  let tail = productMinus(s, inverseFactorial(16), inverseFactorial(14));
  tail = plusProduct(inverseFactorial(12), s, tail);
  tail = productMinus(s, tail, inverseFactorial(10));
  tail = plusProduct(inverseFactorial(8), s, tail);
  tail = productMinus(s, tail, inverseFactorial(6));
  tail = plusProduct(inverseFactorial(4), s, tail);
  const one = spread(ONE);
  const half = f64x2.mul(spread(HALF), s);
  const top = f64x2.sub(one, half);
  const bottom = minusProduct(f64x2.mul(f64x2.mul(s, s), tail), r, low);
  return f64x2.add(top, f64x2.add(f64x2.sub(f64x2.sub(one, top), half), bottom));
}

/**
 * sin, or cos, for |x| ≤ 3e6; sin(−0) = +0. Below 0.78 the reduction leaves x as it is, so that it
 * needs no branch.
 */
// @ts-ignore: decorator
@inline
function sineWithin_x2(x: v128, cosine: bool): v128 {
  const shifted = f64x2.add(f64x2.mul(x, spread(TWO_OVER_PI)), spread(ROUND));
  const n = f64x2.sub(shifted, spread(ROUND));
  const one = minusProduct(x, n, spread(PART_1));
  const b = f64x2.mul(n, spread(PART_2));
  const two = f64x2.sub(one, b);
  const twoShadow = f64x2.sub(one, two);
  const twoLow = f64x2.add(
    f64x2.sub(one, f64x2.add(two, twoShadow)),
    f64x2.sub(twoShadow, b),
  );
  const c = f64x2.mul(n, spread(PART_3));
  const three = f64x2.sub(two, c);
  const threeShadow = f64x2.sub(two, three);
  const threeLow = f64x2.add(
    f64x2.sub(two, f64x2.add(three, threeShadow)),
    f64x2.sub(threeShadow, c),
  );
  const rest = minusProduct(f64x2.add(twoLow, threeLow), n, spread(PART_4));
  const r = f64x2.add(three, rest);
  const low = f64x2.add(f64x2.sub(three, r), rest);
  const s = f64x2.mul(r, r);
  const sines = sinOfRemainder_x2(r, low, s);
  const cosines = cosOfRemainder_x2(r, low, s);
  // Bits 0 and 1 of q, as sign bits; −value where bit 1 of q (sin) or q + 1 (cos) is set.
  const bit0 = i64x2.shl(shifted, 63);
  const even = i64x2.eq(bit0, i64x2.splat(0));
  const value = cosine ? choose(even, cosines, sines) : choose(even, sines, cosines);
  const bit1 = v128.and(i64x2.shl(shifted, 62), spread(SIGN));
  return v128.xor(value, cosine ? v128.xor(bit0, bit1) : bit1);
}

/** `sin` of each lane. */
// @ts-ignore: decorator
@inline
export function sin_x2(x: v128): v128 {
  if (!both(f64x2.le(f64x2.abs(x), f64x2.splat(3e6)))) return sinLanes(x);
  return choose(f64x2.eq(x, f64x2.splat(0)), x, sineWithin_x2(x, false));
}

function sinLanes(x: v128): v128 {
  return pairOf(sin(first(x)), sin(second(x)));
}

/** `cos` of each lane. */
// @ts-ignore: decorator
@inline
export function cos_x2(x: v128): v128 {
  if (!both(f64x2.le(f64x2.abs(x), f64x2.splat(3e6)))) return cosLanes(x);
  return sineWithin_x2(x, true);
}

function cosLanes(x: v128): v128 {
  return pairOf(cos(first(x)), cos(second(x)));
}

/** `atan` for 0 ≤ a < 0.09375. */
// @ts-ignore: decorator
@inline
function atanSmall_x2(a: v128): v128 {
  const s = f64x2.mul(a, a);
  let tail = productMinus(s, inverse(17), inverse(15));
  tail = plusProduct(inverse(13), s, tail);
  tail = productMinus(s, tail, inverse(11));
  tail = plusProduct(inverse(9), s, tail);
  tail = productMinus(s, tail, inverse(7));
  tail = plusProduct(inverse(5), s, tail);
  tail = productMinus(s, tail, inverse(3));
  return plusProduct(a, f64x2.mul(a, s), tail);
}

/** `atan` of each lane. */
// @ts-ignore: decorator
@inline
export function atan_x2(x: v128): v128 {
  const a = f64x2.abs(x);
  const one = spread(ONE);
  const sixteen = spread(SIXTEEN);
  const inner = f64x2.le(a, one);
  const scaled = choose(inner, f64x2.mul(sixteen, a), f64x2.div(sixteen, a));
  // The minimum is 16 for NaN, so that the place stays in the table.
  const steps = f64x2.floor(f64x2.add(f64x2.pmin(sixteen, scaled), spread(HALF)));
  const c = f64x2.mul(steps, spread(SIXTEENTH));
  const split = f64x2.mul(spread(VELTKAMP), a);
  const high = f64x2.sub(split, f64x2.sub(split, a));
  const excess = f64x2.add(productMinus(c, high, one), f64x2.mul(c, f64x2.sub(a, high)));
  const flat = f64x2.eq(steps, f64x2.splat(0));
  const numerator = choose(inner, f64x2.sub(a, c), choose(flat, f64x2.splat(-1), excess));
  const denominator = choose(inner, plusProduct(one, a, c), f64x2.add(a, c));
  const t = f64x2.div(numerator, denominator);
  const s = f64x2.mul(t, t);
  let tail = minusProduct(inverse(9), s, inverse(11));
  tail = productMinus(s, tail, inverse(7));
  tail = plusProduct(inverse(5), s, tail);
  tail = f64x2.mul(s, productMinus(s, tail, inverse(3)));
  const rows = f64x2.add(steps, v128.andnot(f64x2.splat(17), inner));
  const places = i64x2.shl(f64x2.add(rows, spread(INTEGER)), 4);
  const p = v128.load(firstRow(places), ATAN_NODES);
  const q = v128.load(secondRow(places), ATAN_NODES);
  const large = f64x2.add(firsts(p, q), f64x2.add(seconds(p, q), plusProduct(t, t, tail)));
  const small = f64x2.lt(a, f64x2.splat(0.09375));
  const value = v128.any_true(small) ? choose(small, atanSmall_x2(a), large) : large;
  return withSign(value, x);
}
