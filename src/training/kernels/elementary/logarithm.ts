/**
 * log x and what is made of it, as in src/math/logarithm.ts: the same operations in the same order
 * on the same tables, hence the same bits. AssemblyScript.
 */
import { exp, expWithin_x2 } from './exponential';
import {
  both,
  choose,
  first,
  firstRow,
  firsts,
  inverse,
  minusProduct,
  pairOf,
  plusProduct,
  productMinus,
  second,
  secondRow,
  seconds,
  spread,
} from './pairs';
import {
  BIASED_INTEGER,
  HALF,
  INTEGER,
  LN2_HIGH,
  LN2_LOW,
  LOGS,
  ONE,
  SIGN,
  SPLIT,
  VELTKAMP,
} from './tables';

/**
 * Added to the bits of a double, it carries into the exponent from significand 1 + 53/128 on, where
 * log z is written log(z/2) + log 2.
 */
const HALVED_FROM_53: i64 = 75 << 45;

/**
 * log x for normal x, plus k0·ln2: k·ln2 − log c + log(1 + r) with r = c·z − 1 computed exactly, as
 * r + rRest, and a Taylor polynomial of degree 10 in |r| ≤ 2⁻⁷. If `refined`, the sum has relative
 * error below 2⁻⁶⁴ before `extra` is added and all is rounded; else `extra` is not used.
 */
// @ts-ignore: decorator
@inline
function logParts(x: f64, k0: i32, refined: bool, extra: f64): f64 {
  const bits = reinterpret<i64>(x);
  const exponent = <i32>((bits + HALVED_FROM_53) >> 52) - 1023;
  const z = reinterpret<f64>(bits - (<i64>exponent << 52));
  const k = <f64>(exponent + k0);
  const at = (<usize>(bits >> 45) & 127) << 5;
  const c = load<f64>(at, LOGS);
  const zHigh = z + load<f64>(SPLIT) - load<f64>(SPLIT);
  const front = zHigh * c - 1;
  const back = (z - zHigh) * c;
  const r = front + back;
  const rRest = front - r + back;
  const square = r * r;
  const cubic =
    r *
    square *
    (1.0 / 3 -
      r * (1.0 / 4) +
      square *
        (1.0 / 5 -
          r * (1.0 / 6) +
          square * (1.0 / 7 - r * (1.0 / 8) + square * (1.0 / 9 - r * (1.0 / 10)))));
  const base = k * load<f64>(LN2_HIGH) + load<f64>(at, LOGS + 8);
  const sum = base + r;
  const sumRest =
    (base == 0 ? 0 : base - sum + r) + (k * load<f64>(LN2_LOW) + load<f64>(at, LOGS + 16));
  if (!refined) return sum + (cubic - 0.5 * square + (sumRest + rRest));

  // r² exactly, by Veltkamp's splitting and Dekker's product.
  const scaled = load<f64>(VELTKAMP) * r;
  const rHigh = scaled - (scaled - r);
  const rLow = r - rHigh;
  const squareRest = rLow * rLow - (square - rHigh * rHigh - 2 * rHigh * rLow);
  const less = sum - 0.5 * square;
  const lessRest = sum - less - 0.5 * square;
  const rest = cubic + (lessRest + (sumRest - 0.5 * squareRest + rRest * (1 - r)));
  const high = less + rest;
  return high + (less - high + rest + extra);
}

/**
 * The natural logarithm, error below 0.52 ulp.
 * log(±0) = −∞, log(∞) = ∞, log(x) = NaN for x < 0 and NaN.
 */
export function log(x: f64): f64 {
  if (!(x > 0)) return x == 0 ? -Infinity : NaN;
  if (x == Infinity) return x;
  const subnormal = x < 2.2250738585072014e-308;
  return logParts(subnormal ? x * 18014398509481984 : x, subnormal ? -54 : 0, false, 0); // 2⁵⁴
}

/**
 * log(1 + x), error below 0.6 ulp.
 * log1p(−0) = −0, log1p(−1) = −∞, log1p(∞) = ∞, log1p(x) = NaN for x < −1 and NaN.
 */
export function log1p(x: f64): f64 {
  if (!(x > -1)) return x == -1 ? -Infinity : NaN;
  if (x == Infinity) return x;
  if (x > -1e-5 && x < 1e-5) return x - x * x * (0.5 - x * (1.0 / 3 - x * (1.0 / 4)));
  const u = 1 + x;
  const lost = x > 1 ? x - u + 1 : 1 - u + x;
  return logParts(u, 0, true, lost / u);
}

/** log(1 + e^x) without overflow or cancellation, error below 2 ulp; softplus(NaN) = NaN. */
export function softplus(x: f64): f64 {
  return x > 0 ? x + log1p(exp(-x)) : log1p(exp(x));
}

/** `logParts` of each lane, with k0 = 0. */
// @ts-ignore: decorator
@inline
function logParts_x2(x: v128, refined: bool, extra: v128): v128 {
  const one = spread(ONE);
  const half = spread(HALF);
  const biased = i64x2.shr_u(i64x2.add(x, i64x2.splat(HALVED_FROM_53)), 52);
  const z = i64x2.add(i64x2.sub(x, i64x2.shl(biased, 52)), one);
  const k = f64x2.sub(v128.or(biased, spread(INTEGER)), spread(BIASED_INTEGER));
  const places = i64x2.shl(i64x2.shr_u(i64x2.shl(x, 12), 57), 5);
  const rowA = firstRow(places);
  const rowB = secondRow(places);
  const a = v128.load(rowA, LOGS);
  const b = v128.load(rowB, LOGS);
  const c = firsts(a, b);
  const logHigh = seconds(a, b);
  const logLow = firsts(v128.load(rowA, LOGS + 16), v128.load(rowB, LOGS + 16));
  const zHigh = f64x2.sub(f64x2.add(z, spread(SPLIT)), spread(SPLIT));
  const front = productMinus(zHigh, c, one);
  const back = f64x2.mul(f64x2.sub(z, zHigh), c);
  const r = f64x2.add(front, back);
  const rRest = f64x2.add(f64x2.sub(front, r), back);
  const square = f64x2.mul(r, r);
  let tail = minusProduct(inverse(9), r, inverse(10));
  tail = plusProduct(minusProduct(inverse(7), r, inverse(8)), square, tail);
  tail = plusProduct(minusProduct(inverse(5), r, inverse(6)), square, tail);
  tail = plusProduct(minusProduct(inverse(3), r, inverse(4)), square, tail);
  const cubic = f64x2.mul(f64x2.mul(r, square), tail);
  const base = plusProduct(logHigh, k, spread(LN2_HIGH));
  const sum = f64x2.add(base, r);
  const sumRest = f64x2.add(
    v128.and(f64x2.add(f64x2.sub(base, sum), r), f64x2.ne(base, f64x2.splat(0))),
    plusProduct(logLow, k, spread(LN2_LOW)),
  );
  const halfSquare = f64x2.mul(half, square);
  if (!refined) {
    return f64x2.add(sum, f64x2.add(f64x2.sub(cubic, halfSquare), f64x2.add(sumRest, rRest)));
  }

  const scaled = f64x2.mul(spread(VELTKAMP), r);
  const rHigh = f64x2.sub(scaled, f64x2.sub(scaled, r));
  const rLow = f64x2.sub(r, rHigh);
  const squareRest = f64x2.sub(
    f64x2.mul(rLow, rLow),
    minusProduct(minusProduct(square, rHigh, rHigh), f64x2.add(rHigh, rHigh), rLow),
  );
  const less = f64x2.sub(sum, halfSquare);
  const lessRest = f64x2.sub(f64x2.sub(sum, less), halfSquare);
  const correction = plusProduct(
    minusProduct(sumRest, half, squareRest),
    rRest,
    f64x2.sub(one, r),
  );
  const rest = f64x2.add(cubic, f64x2.add(lessRest, correction));
  const high = f64x2.add(less, rest);
  return f64x2.add(high, f64x2.add(f64x2.add(f64x2.sub(less, high), rest), extra));
}

/** `log` of each lane. */
// @ts-ignore: decorator
@inline
export function log_x2(x: v128): v128 {
  const least = f64x2.splat(2.2250738585072014e-308);
  if (both(v128.and(f64x2.ge(x, least), f64x2.lt(x, f64x2.splat(Infinity))))) {
    return logParts_x2(x, false, x);
  }
  return logLanes(x);
}

function logLanes(x: v128): v128 {
  return pairOf(log(first(x)), log(second(x)));
}

/** `log1p` for |x| < 1e-5. */
// @ts-ignore: decorator
@inline
function log1pSmall_x2(x: v128): v128 {
  const tail = minusProduct(inverse(3), x, inverse(4));
  return minusProduct(x, f64x2.mul(x, x), minusProduct(spread(HALF), x, tail));
}

/** `log1p` of each lane. */
// @ts-ignore: decorator
@inline
export function log1p_x2(x: v128): v128 {
  const one = spread(ONE);
  const inside = v128.and(f64x2.gt(x, f64x2.splat(-1)), f64x2.lt(x, f64x2.splat(Infinity)));
  if (!both(inside)) return log1pLanes(x);
  const u = f64x2.add(one, x);
  const lost = choose(
    f64x2.gt(x, one),
    f64x2.add(f64x2.sub(x, u), one),
    f64x2.add(f64x2.sub(one, u), x),
  );
  const value = logParts_x2(u, true, f64x2.div(lost, u));
  const small = f64x2.lt(f64x2.abs(x), f64x2.splat(1e-5));
  return v128.any_true(small) ? choose(small, log1pSmall_x2(x), value) : value;
}

function log1pLanes(x: v128): v128 {
  return pairOf(log1p(first(x)), log1p(second(x)));
}

/** `log1p` for 0 ≤ x ≤ 1, NaN for NaN; anything elsewhere. */
// @ts-ignore: decorator
@inline
export function log1pUnit_x2(x: v128): v128 {
  const one = spread(ONE);
  const u = f64x2.add(one, x);
  const lost = f64x2.add(f64x2.sub(one, u), x);
  const value = logParts_x2(u, true, f64x2.div(lost, u));
  const small = f64x2.lt(x, f64x2.splat(1e-5));
  return v128.any_true(small) ? choose(small, log1pSmall_x2(x), value) : value;
}

/** `softplus` of each lane. */
// @ts-ignore: decorator
@inline
export function softplus_x2(x: v128): v128 {
  const bound = f64x2.splat(-707);
  if (v128.any_true(f64x2.lt(x, bound))) return softplusLanes(x);
  // Below −707 the exponential of a positive argument's opposite is lost in x anyway.
  const e = expWithin_x2(f64x2.pmax(v128.or(x, spread(SIGN)), bound));
  const value = log1pUnit_x2(e);
  return choose(f64x2.gt(x, f64x2.splat(0)), f64x2.add(x, value), value);
}

function softplusLanes(x: v128): v128 {
  return pairOf(softplus(first(x)), softplus(second(x)));
}
