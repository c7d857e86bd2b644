/**
 * erf, as in src/math/error-function.ts: the same operations in the same order on the same tables,
 * hence the same bits. AssemblyScript.
 */
import {
  both,
  choose,
  firstRow,
  firsts,
  plusProduct,
  secondRow,
  seconds,
  spread,
  withSign,
} from './pairs';
import {
  ERF_ROWS,
  ERF_SMALL,
  HALF,
  INTEGER,
  ONE,
  SIXTEEN,
  SIXTEENTH,
  SLOPE_EXCESS,
} from './tables';

/**
 * erf x = (2/√π)∫₀ˣ e^{−s²}ds, error below 1 ulp: a Taylor polynomial at 0 or at the multiple of
 * 1/16 nearest to |x|.
 * erf(−0) = −0, erf(±∞) = ±1, erf(NaN) = NaN.
 */
export function erf(x: f64): f64 {
  const a = abs(x);
  if (a < 0.5) {
    const s = x * x;
    let tail = load<f64>(ERF_SMALL + 96);
    tail = load<f64>(ERF_SMALL + 88) + s * tail;
    tail = load<f64>(ERF_SMALL + 80) + s * tail;
    tail = load<f64>(ERF_SMALL + 72) + s * tail;
    tail = load<f64>(ERF_SMALL + 64) + s * tail;
    tail = load<f64>(ERF_SMALL + 56) + s * tail;
    tail = load<f64>(ERF_SMALL + 48) + s * tail;
    tail = load<f64>(ERF_SMALL + 40) + s * tail;
    tail = load<f64>(ERF_SMALL + 32) + s * tail;
    tail = load<f64>(ERF_SMALL + 24) + s * tail;
    tail = load<f64>(ERF_SMALL + 16) + s * tail;
    tail = load<f64>(ERF_SMALL + 8) + s * tail;
    tail = load<f64>(ERF_SMALL) + s * tail;
    return x + x * (load<f64>(SLOPE_EXCESS) + s * tail);
  }
  if (a != a) return NaN;
  if (a >= 6) return x < 0 ? -1 : 1;
  const steps = floor(16 * a + 0.5);
  const t = a - steps / 16;
  const at = <usize>steps * 104;
  let sum = load<f64>(at, ERF_ROWS + 96);
  sum = load<f64>(at, ERF_ROWS + 88) + t * sum;
  sum = load<f64>(at, ERF_ROWS + 80) + t * sum;
  sum = load<f64>(at, ERF_ROWS + 72) + t * sum;
  sum = load<f64>(at, ERF_ROWS + 64) + t * sum;
  sum = load<f64>(at, ERF_ROWS + 56) + t * sum;
  sum = load<f64>(at, ERF_ROWS + 48) + t * sum;
  sum = load<f64>(at, ERF_ROWS + 40) + t * sum;
  sum = load<f64>(at, ERF_ROWS + 32) + t * sum;
  sum = load<f64>(at, ERF_ROWS + 24) + t * sum;
  sum = load<f64>(at, ERF_ROWS + 16) + t * sum;
  const value = load<f64>(at, ERF_ROWS) + (load<f64>(at, ERF_ROWS + 8) + t * sum);
  return copysign(value, x);
}

/** `erf` for 0 ≤ a < 0.5. */
// @ts-ignore: decorator
@inline
function erfSmall_x2(a: v128): v128 {
  const s = f64x2.mul(a, a);
  let tail = spread(ERF_SMALL + 96);
  tail = plusProduct(spread(ERF_SMALL + 88), s, tail);
  tail = plusProduct(spread(ERF_SMALL + 80), s, tail);
  tail = plusProduct(spread(ERF_SMALL + 72), s, tail);
  tail = plusProduct(spread(ERF_SMALL + 64), s, tail);
  tail = plusProduct(spread(ERF_SMALL + 56), s, tail);
  tail = plusProduct(spread(ERF_SMALL + 48), s, tail);
  tail = plusProduct(spread(ERF_SMALL + 40), s, tail);
  tail = plusProduct(spread(ERF_SMALL + 32), s, tail);
  tail = plusProduct(spread(ERF_SMALL + 24), s, tail);
  tail = plusProduct(spread(ERF_SMALL + 16), s, tail);
  tail = plusProduct(spread(ERF_SMALL + 8), s, tail);
  tail = plusProduct(spread(ERF_SMALL), s, tail);
  return plusProduct(a, a, plusProduct(spread(SLOPE_EXCESS), s, tail));
}

/** `erf` of the nearest rows for a ≤ 6; rows below 8 give anything. */
// @ts-ignore: decorator
@inline
function erfRow_x2(a: v128): v128 {
  const steps = f64x2.floor(plusProduct(spread(HALF), spread(SIXTEEN), a));
  const t = f64x2.sub(a, f64x2.mul(steps, spread(SIXTEENTH)));
  const places = f64x2.add(f64x2.mul(steps, f64x2.splat(104)), spread(INTEGER));
  const p = firstRow(places);
  const q = secondRow(places);
  const p10 = v128.load(p, ERF_ROWS + 80);
  const q10 = v128.load(q, ERF_ROWS + 80);
  const p8 = v128.load(p, ERF_ROWS + 64);
  const q8 = v128.load(q, ERF_ROWS + 64);
  const p6 = v128.load(p, ERF_ROWS + 48);
  const q6 = v128.load(q, ERF_ROWS + 48);
  const p4 = v128.load(p, ERF_ROWS + 32);
  const q4 = v128.load(q, ERF_ROWS + 32);
  const p2 = v128.load(p, ERF_ROWS + 16);
  const q2 = v128.load(q, ERF_ROWS + 16);
  const p0 = v128.load(p, ERF_ROWS);
  const q0 = v128.load(q, ERF_ROWS);
  let sum = v128.load64_lane(q, v128.load64_zero(p, ERF_ROWS + 96), 1, ERF_ROWS + 96);
  sum = plusProduct(seconds(p10, q10), t, sum);
  sum = plusProduct(firsts(p10, q10), t, sum);
  sum = plusProduct(seconds(p8, q8), t, sum);
  sum = plusProduct(firsts(p8, q8), t, sum);
  sum = plusProduct(seconds(p6, q6), t, sum);
  sum = plusProduct(firsts(p6, q6), t, sum);
  sum = plusProduct(seconds(p4, q4), t, sum);
  sum = plusProduct(firsts(p4, q4), t, sum);
  sum = plusProduct(seconds(p2, q2), t, sum);
  sum = plusProduct(firsts(p2, q2), t, sum);
  return f64x2.add(firsts(p0, q0), plusProduct(seconds(p0, q0), t, sum));
}

/** `erf` of each lane. */
// @ts-ignore: decorator
@inline
export function erf_x2(x: v128): v128 {
  const a = f64x2.abs(x);
  const six = f64x2.splat(6);
  // The minimum is 6 for NaN, so that the place stays in the table.
  const small = f64x2.lt(a, spread(HALF));
  if (both(small)) return withSign(erfSmall_x2(a), x);
  const row = erfRow_x2(f64x2.pmin(six, a));
  let value = v128.any_true(small) ? choose(small, erfSmall_x2(a), row) : row;
  value = choose(f64x2.ge(a, six), spread(ONE), value);
  return withSign(choose(f64x2.eq(a, a), value, a), x);
}
