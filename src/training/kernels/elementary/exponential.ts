/**
 * e^x and what is made of it, as in src/math/exponential.ts: the same operations in the same order
 * on the same tables, hence the same bits. AssemblyScript.
 *
 * Functions ending in _x2 take and give two doubles at a time. They evaluate the branches that both
 * lanes share or all of them, and select; lanes that need care go through the scalar function.
 */
import {
  both,
  choose,
  first,
  firstRow,
  firsts,
  inverseFactorial,
  minusProduct,
  pairOf,
  plusProduct,
  second,
  secondRow,
  seconds,
  spread,
  withSign,
} from './pairs';
import {
  HALF,
  ONE,
  ROOTS,
  ROUND,
  SIGN,
  STEPS_PER_UNIT,
  STEP_HIGH,
  STEP_LOW,
  TWO,
} from './tables';

/** 2^k, −1022 ≤ k ≤ 1023. */
// @ts-ignore: decorator
@inline
function power(k: i32): f64 {
  return reinterpret<f64>(<i64>(k + 1023) << 52);
}

/** y·2^k for y in [½, 4), rounded once. */
// @ts-ignore: decorator
@inline
function scaleByPower(y: f64, k: i32): f64 {
  if (k >= -1020 && k <= 1021) return y * power(k);
  return k > 0 ? y * 4 * power(k - 2) : y * power(k + 500) * power(-500);
}

/** e^r − 1 for |r| ≤ ln2/256. */
// @ts-ignore: decorator
@inline
function smallPower(r: f64): f64 {
  return r + r * r * (0.5 + r * (1.0 / 6 + r * (1.0 / 24 + r * (1.0 / 120))));
}

/**
 * e^x, error below 0.52 ulp (1 ulp where the result is subnormal): 2^{n/128}·e^r with
 * n = round(128·x/ln 2) and a Taylor polynomial in |r| ≤ ln2/256.
 * exp(−∞) = 0, exp(∞) = ∞, exp(NaN) = NaN.
 */
export function exp(x: f64): f64 {
  if (!(x < 709.79 && x > -745.15)) return x > 0 ? Infinity : x < 0 ? 0 : NaN;
  const shifted = x * load<f64>(STEPS_PER_UNIT) + load<f64>(ROUND);
  const n = shifted - load<f64>(ROUND);
  const p = smallPower(x - n * load<f64>(STEP_HIGH) - n * load<f64>(STEP_LOW));
  const index = <i32>reinterpret<i64>(shifted);
  const at = <usize>(index & 127) << 4;
  const root = load<f64>(at, ROOTS);
  return scaleByPower(root + (load<f64>(at, ROOTS + 8) + root * p), index >> 7);
}

/** Σ_{n ≥ 2} x^{n−2}/n!, up to n = 14, enough for |x| ≤ 0.35. */
// @ts-ignore: decorator
@inline
function expm1Tail(x: f64): f64 {
  let tail = 1.0 / 87178291200;
  tail = 1.0 / 6227020800 + x * tail;
  tail = 1.0 / 479001600 + x * tail;
  tail = 1.0 / 39916800 + x * tail;
  tail = 1.0 / 3628800 + x * tail;
  tail = 1.0 / 362880 + x * tail;
  tail = 1.0 / 40320 + x * tail;
  tail = 1.0 / 5040 + x * tail;
  tail = 1.0 / 720 + x * tail;
  tail = 1.0 / 120 + x * tail;
  tail = 1.0 / 24 + x * tail;
  tail = 1.0 / 6 + x * tail;
  return 0.5 + x * tail;
}

/**
 * e^x − 1, error below 1 ulp.
 * expm1(−0) = −0, expm1(−∞) = −1, expm1(∞) = ∞, expm1(NaN) = NaN.
 */
export function expm1(x: f64): f64 {
  if (x >= -0.35 && x <= 0.35) return x == 0 ? x : x + x * x * expm1Tail(x);
  if (x > 60) return exp(x);
  if (x < -60) return -1;
  if (x != x) return x;
  const shifted = x * load<f64>(STEPS_PER_UNIT) + load<f64>(ROUND);
  const n = shifted - load<f64>(ROUND);
  const p = smallPower(x - n * load<f64>(STEP_HIGH) - n * load<f64>(STEP_LOW));
  const index = <i32>reinterpret<i64>(shifted);
  const at = <usize>(index & 127) << 4;
  const scale = power(index >> 7);
  const root = load<f64>(at, ROOTS) * scale;
  const difference = root - 1;
  // What the subtraction rounded away, exactly: the larger term first.
  const lost = root >= 1 ? root - difference - 1 : root - (difference + 1);
  return difference + (lost + (load<f64>(at, ROOTS + 8) * scale + root * p));
}

/**
 * tanh x, error below 2.5 ulp.
 * tanh(−0) = −0, tanh(±∞) = ±1, tanh(NaN) = NaN.
 */
export function tanh(x: f64): f64 {
  if (x == 0 || x != x) return x;
  const a = abs(x);
  let value = 1.0;
  if (a < 0.55) {
    const e = expm1(2 * a);
    value = e / (e + 2);
  } else if (a <= 22) {
    value = 1 - 2 / (exp(2 * a) + 1);
  }
  return copysign(value, x);
}

/**
 * 1/(1 + e^{−x}), error below 2 ulp on both tails.
 * sigmoid(−∞) = 0, sigmoid(∞) = 1, sigmoid(NaN) = NaN.
 */
export function sigmoid(x: f64): f64 {
  if (x >= 0) return 1 / (1 + exp(-x));
  const e = exp(x);
  return e / (1 + e);
}

/** x·128/ln2 + ROUND, whose low bits are n = round(x·128/ln2) modulo 2⁵¹. */
// @ts-ignore: decorator
@inline
function shiftedSteps_x2(x: v128): v128 {
  return f64x2.add(f64x2.mul(x, spread(STEPS_PER_UNIT)), spread(ROUND));
}

/** e^r − 1 for r = x − n·ln2/128. */
// @ts-ignore: decorator
@inline
function smallPower_x2(x: v128, shifted: v128): v128 {
  const n = f64x2.sub(shifted, spread(ROUND));
  const r = minusProduct(minusProduct(x, n, spread(STEP_HIGH)), n, spread(STEP_LOW));
  let tail = plusProduct(inverseFactorial(4), r, inverseFactorial(5));
  tail = plusProduct(inverseFactorial(3), r, tail);
  tail = plusProduct(spread(HALF), r, tail);
  return plusProduct(r, f64x2.mul(r, r), tail);
}

/** 2^⌊n/128⌋ for −1022 ≤ n/128 < 1024, anything elsewhere. */
// @ts-ignore: decorator
@inline
function power_x2(shifted: v128): v128 {
  return i64x2.add(i64x2.shl(i64x2.shr_u(shifted, 7), 52), spread(ONE));
}

/** 16·(n mod 128): where 2^{n/128} stands after ROOTS. */
// @ts-ignore: decorator
@inline
function rootPlaces_x2(shifted: v128): v128 {
  return i64x2.shr_u(i64x2.shl(shifted, 57), 53);
}

/** e^x for |x| ≤ 707, NaN for NaN; anything elsewhere. */
// @ts-ignore: decorator
@inline
export function expWithin_x2(x: v128): v128 {
  const shifted = shiftedSteps_x2(x);
  const p = smallPower_x2(x, shifted);
  const places = rootPlaces_x2(shifted);
  const a = v128.load(firstRow(places), ROOTS);
  const b = v128.load(secondRow(places), ROOTS);
  const root = firsts(a, b);
  const y = f64x2.add(root, plusProduct(seconds(a, b), root, p));
  return f64x2.mul(y, power_x2(shifted));
}

/** `exp` of each lane. */
// @ts-ignore: decorator
@inline
export function exp_x2(x: v128): v128 {
  if (both(f64x2.le(f64x2.abs(x), f64x2.splat(707)))) return expWithin_x2(x);
  return expLanes(x);
}

function expLanes(x: v128): v128 {
  return pairOf(exp(first(x)), exp(second(x)));
}

/** `expm1` for |x| ≤ 0.35, but +0 for −0; anything elsewhere. */
// @ts-ignore: decorator
@inline
function expm1Small_x2(x: v128): v128 {
  let tail = plusProduct(inverseFactorial(13), x, inverseFactorial(14));
  tail = plusProduct(inverseFactorial(12), x, tail);
  tail = plusProduct(inverseFactorial(11), x, tail);
  tail = plusProduct(inverseFactorial(10), x, tail);
  tail = plusProduct(inverseFactorial(9), x, tail);
  tail = plusProduct(inverseFactorial(8), x, tail);
  tail = plusProduct(inverseFactorial(7), x, tail);
  tail = plusProduct(inverseFactorial(6), x, tail);
  tail = plusProduct(inverseFactorial(5), x, tail);
  tail = plusProduct(inverseFactorial(4), x, tail);
  tail = plusProduct(inverseFactorial(3), x, tail);
  tail = plusProduct(inverseFactorial(2), x, tail);
  return plusProduct(x, f64x2.mul(x, x), tail);
}

/** root·power − 1 + rest, as `expm1` sums it. */
// @ts-ignore: decorator
@inline
function minusOne_x2(root: v128, rest: v128): v128 {
  const one = spread(ONE);
  const difference = f64x2.sub(root, one);
  const lost = choose(
    f64x2.ge(root, one),
    f64x2.sub(f64x2.sub(root, difference), one),
    f64x2.sub(root, f64x2.add(difference, one)),
  );
  return f64x2.add(difference, f64x2.add(lost, rest));
}

/** `expm1` of each lane. */
// @ts-ignore: decorator
@inline
export function expm1_x2(x: v128): v128 {
  const size = f64x2.abs(x);
  if (!both(f64x2.le(size, f64x2.splat(60)))) return expm1Lanes(x);
  const shifted = shiftedSteps_x2(x);
  const p = smallPower_x2(x, shifted);
  const places = rootPlaces_x2(shifted);
  const a = v128.load(firstRow(places), ROOTS);
  const b = v128.load(secondRow(places), ROOTS);
  const scale = power_x2(shifted);
  const root = f64x2.mul(firsts(a, b), scale);
  const large = minusOne_x2(root, plusProduct(f64x2.mul(seconds(a, b), scale), root, p));
  const tiny = f64x2.le(size, f64x2.splat(0.35));
  if (!v128.any_true(tiny)) return large;
  const value = choose(tiny, expm1Small_x2(x), large);
  return choose(f64x2.eq(x, f64x2.splat(0)), x, value);
}

function expm1Lanes(x: v128): v128 {
  return pairOf(expm1(first(x)), expm1(second(x)));
}

/** `tanh` of each lane. */
// @ts-ignore: decorator
@inline
export function tanh_x2(x: v128): v128 {
  return tanhAndSlope_x2(x, 0);
}

/**
 * `tanh` of each lane: `expm1` of 2|x| below 0.55 and `exp` above it share all but the ends.
 *
 * @param slope where tanh' = 4e^{2|x|}/(1 + e^{2|x|})² goes, error below 5 ulp; nowhere if 0
 */
// @ts-ignore: decorator
@inline
export function tanhAndSlope_x2(x: v128, slope: usize): v128 {
  const size = f64x2.abs(x);
  const twice = f64x2.add(size, size);
  const shifted = shiftedSteps_x2(twice);
  const p = smallPower_x2(twice, shifted);
  const places = rootPlaces_x2(shifted);
  const a = v128.load(firstRow(places), ROOTS);
  const b = v128.load(secondRow(places), ROOTS);
  const root = firsts(a, b);
  const rest = seconds(a, b);
  const scale = power_x2(shifted);
  const one = spread(ONE);
  const two = spread(TWO);
  const power = f64x2.mul(f64x2.add(root, plusProduct(rest, root, p)), scale);
  const scaledRoot = f64x2.mul(root, scale);
  const large = minusOne_x2(scaledRoot, plusProduct(f64x2.mul(rest, scale), scaledRoot, p));
  const tiny = f64x2.le(twice, f64x2.splat(0.35));
  let e = large;
  if (v128.any_true(tiny)) e = choose(tiny, expm1Small_x2(twice), large);
  if (slope) {
    // Where the square would overflow, the exponential of the opposite takes its place.
    const wide = f64x2.le(size, f64x2.splat(170));
    const q = both(wide) ? power : choose(wide, power, exp_x2(f64x2.neg(twice)));
    const sum = f64x2.add(one, q);
    v128.store(slope, f64x2.div(f64x2.mul(f64x2.splat(4), q), f64x2.mul(sum, sum)));
  }
  const near = f64x2.lt(size, f64x2.splat(0.55));
  const quotient = f64x2.div(
    choose(near, e, two),
    choose(near, f64x2.add(e, two), f64x2.add(power, one)),
  );
  const value = choose(near, quotient, f64x2.sub(one, quotient));
  return withSign(choose(f64x2.gt(size, f64x2.splat(22)), one, value), x);
}

/** `sigmoid` of each lane. */
// @ts-ignore: decorator
@inline
export function sigmoid_x2(x: v128): v128 {
  const bound = f64x2.splat(-707);
  if (v128.any_true(f64x2.lt(x, bound))) return sigmoidLanes(x);
  // Below −707 the exponential of a positive argument's opposite is lost in 1 anyway.
  const e = expWithin_x2(f64x2.pmax(v128.or(x, spread(SIGN)), bound));
  const one = spread(ONE);
  const numerator = choose(f64x2.lt(x, f64x2.splat(0)), e, one);
  return f64x2.div(numerator, f64x2.add(one, e));
}

function sigmoidLanes(x: v128): v128 {
  return pairOf(sigmoid(first(x)), sigmoid(second(x)));
}
