/**
 * Activations with first and second derivatives, two doubles at a time. AssemblyScript.
 *
 * At kinks the first derivative is the one asked for, the second is 0. Where e^{−|t|} or the like has
 * vanished, products with t are 0, not NaN. NaN gives NaN.
 */
import {
  atan_x2,
  cos_x2,
  erf_x2,
  exp_x2,
  log1pUnit_x2,
  sin_x2,
  tanhAndSlope_x2,
} from './elementary/index';

export const RELU = 0;
export const SATURATED_RELU = 1;
export const STEP = 2;
export const SIGMOID = 3;
export const TANH = 4;
export const ARCTAN = 5;
export const ERF = 6;
export const SINE = 7;
export const GAUSSIAN_BUMP = 8;
export const SOFTPLUS = 9;
export const CONSTANT = 10;
export const LINEAR = 11;

const TWO_OVER_ROOT_PI: f64 = 1.1283791670955126;

// @ts-ignore: decorator
@inline
function splat(value: f64): v128 {
  return f64x2.splat(value);
}

/** `yes` where the mask is set, else `no`. */
// @ts-ignore: decorator
@inline
function select(yes: v128, no: v128, mask: v128): v128 {
  return v128.bitselect(yes, no, mask);
}

/** `value`, or 0 where `factor` is 0. */
// @ts-ignore: decorator
@inline
function unlessZero(value: v128, factor: v128): v128 {
  return v128.andnot(value, f64x2.eq(factor, splat(0)));
}

/** Replaces z at `at` by σ(z) and leaves σ'(z) at `slope`. `activation` is a constant. */
// @ts-ignore: decorator
@inline
function activatePair(activation: i32, parameter: f64, kink: v128, at: usize, slope: usize): void {
  const t = v128.load(at);
  const zero = splat(0);
  const one = splat(1);
  if (activation == RELU) {
    v128.store(at, f64x2.pmax(t, zero));
    const on = v128.and(f64x2.gt(t, zero), one);
    v128.store(slope, v128.or(on, v128.and(f64x2.eq(t, zero), kink)));
  } else if (activation == SATURATED_RELU) {
    v128.store(at, f64x2.pmin(f64x2.pmax(t, zero), one));
    const on = v128.and(v128.and(f64x2.gt(t, zero), f64x2.lt(t, one)), one);
    const edge = v128.or(f64x2.eq(t, zero), f64x2.eq(t, one));
    v128.store(slope, v128.or(on, v128.and(edge, kink)));
  } else if (activation == STEP) {
    const value = v128.and(f64x2.ge(t, zero), one);
    v128.store(at, select(t, value, f64x2.ne(t, t)));
    v128.store(slope, zero);
  } else if (activation == SIGMOID) {
    const e = exp_x2(f64x2.neg(f64x2.abs(t)));
    const s = f64x2.div(one, f64x2.add(one, e));
    const es = f64x2.mul(e, s);
    v128.store(at, select(s, es, f64x2.ge(t, zero)));
    v128.store(slope, f64x2.mul(es, s));
  } else if (activation == TANH) {
    v128.store(at, tanhAndSlope_x2(t, slope));
  } else if (activation == ARCTAN) {
    v128.store(at, atan_x2(t));
    v128.store(slope, f64x2.div(one, f64x2.add(one, f64x2.mul(t, t))));
  } else if (activation == ERF) {
    const e = exp_x2(f64x2.neg(f64x2.mul(t, t)));
    v128.store(at, erf_x2(t));
    v128.store(slope, f64x2.mul(splat(TWO_OVER_ROOT_PI), e));
  } else if (activation == SINE) {
    v128.store(at, sin_x2(t));
    v128.store(slope, cos_x2(t));
  } else if (activation == GAUSSIAN_BUMP) {
    const e = exp_x2(f64x2.neg(f64x2.mul(t, t)));
    v128.store(at, e);
    v128.store(slope, unlessZero(f64x2.mul(f64x2.mul(splat(-2), t), e), e));
  } else if (activation == SOFTPLUS) {
    const beta = splat(parameter);
    const e = exp_x2(f64x2.neg(f64x2.mul(beta, f64x2.abs(t))));
    const s = f64x2.div(one, f64x2.add(one, e));
    v128.store(at, f64x2.add(f64x2.pmax(t, zero), f64x2.div(log1pUnit_x2(e), beta)));
    v128.store(slope, select(s, f64x2.mul(e, s), f64x2.ge(t, zero)));
  } else if (activation == CONSTANT) {
    v128.store(at, select(t, splat(parameter), f64x2.ne(t, t)));
    v128.store(slope, zero);
  } else {
    v128.store(slope, one);
  }
}

/** Leaves σ'(z) at `slope` and σ''(z) at `curve` for z at `at`. `activation` is a constant. */
// @ts-ignore: decorator
@inline
function curvePair(
  activation: i32,
  parameter: f64,
  kink: v128,
  at: usize,
  slope: usize,
  curve: usize,
): void {
  const t = v128.load(at);
  const zero = splat(0);
  const one = splat(1);
  activatePair(activation, parameter, kink, at, slope);
  const value = v128.load(at);
  const first = v128.load(slope);
  let second = zero;
  if (activation == SIGMOID) {
    const e = exp_x2(f64x2.neg(f64x2.abs(t)));
    const f = f64x2.add(one, e);
    const cube = f64x2.mul(f64x2.mul(f, f), f);
    const size = f64x2.div(f64x2.mul(e, f64x2.sub(one, e)), cube);
    second = select(f64x2.neg(size), size, f64x2.gt(t, zero));
  } else if (activation == TANH) {
    second = f64x2.mul(f64x2.mul(splat(-2), value), first);
  } else if (activation == ARCTAN) {
    second = unlessZero(f64x2.mul(f64x2.mul(f64x2.mul(splat(-2), t), first), first), first);
  } else if (activation == ERF) {
    second = unlessZero(f64x2.mul(f64x2.mul(splat(-2), t), first), first);
  } else if (activation == SINE) {
    second = f64x2.neg(value);
  } else if (activation == GAUSSIAN_BUMP) {
    const factor = f64x2.sub(f64x2.mul(f64x2.mul(splat(4), t), t), splat(2));
    second = unlessZero(f64x2.mul(factor, value), value);
  } else if (activation == SOFTPLUS) {
    const beta = splat(parameter);
    const e = exp_x2(f64x2.neg(f64x2.mul(beta, f64x2.abs(t))));
    const f = f64x2.add(one, e);
    second = f64x2.div(f64x2.mul(beta, e), f64x2.mul(f, f));
  }
  v128.store(curve, second);
}

// @ts-ignore: decorator
@inline
function activateRows(
  activation: i32,
  parameter: f64,
  kink: v128,
  rows: i32,
  z: usize,
  slope: usize,
  apart: usize,
  pairs: i32,
): void {
  const end = z + apart * <usize>pairs;
  const size = (<usize>rows) << 4;
  for (; z != end; z += apart, slope += apart) {
    for (let row: usize = 0; row < size; row += 16) {
      activatePair(activation, parameter, kink, z + row, slope + row);
    }
  }
}

/**
 * Replaces the z of `rows` ≤ 4 rows by σ(z) and leaves σ'(z) beside it.
 *
 * @param parameter β of SoftPlus, the value of a constant activation
 * @param apart bytes between pairs of samples, in both
 */
export function activateBlock(
  activation: i32,
  parameter: f64,
  kink: i32,
  rows: i32,
  z: usize,
  slope: usize,
  apart: usize,
  pairs: i32,
): void {
  const k = splat(<f64>kink);
  switch (activation) {
    case RELU:
      activateRows(RELU, parameter, k, rows, z, slope, apart, pairs);
      break;
    case SATURATED_RELU:
      activateRows(SATURATED_RELU, parameter, k, rows, z, slope, apart, pairs);
      break;
    case STEP:
      activateRows(STEP, parameter, k, rows, z, slope, apart, pairs);
      break;
    case SIGMOID:
      activateRows(SIGMOID, parameter, k, rows, z, slope, apart, pairs);
      break;
    case TANH:
      activateRows(TANH, parameter, k, rows, z, slope, apart, pairs);
      break;
    case ARCTAN:
      activateRows(ARCTAN, parameter, k, rows, z, slope, apart, pairs);
      break;
    case ERF:
      activateRows(ERF, parameter, k, rows, z, slope, apart, pairs);
      break;
    case SINE:
      activateRows(SINE, parameter, k, rows, z, slope, apart, pairs);
      break;
    case GAUSSIAN_BUMP:
      activateRows(GAUSSIAN_BUMP, parameter, k, rows, z, slope, apart, pairs);
      break;
    case SOFTPLUS:
      activateRows(SOFTPLUS, parameter, k, rows, z, slope, apart, pairs);
      break;
    case CONSTANT:
      activateRows(CONSTANT, parameter, k, rows, z, slope, apart, pairs);
      break;
    case LINEAR:
      activateRows(LINEAR, parameter, k, rows, z, slope, apart, pairs);
      break;
  }
}

// @ts-ignore: decorator
@inline
function curveRows(
  activation: i32,
  parameter: f64,
  kink: v128,
  rows: i32,
  z: usize,
  slope: usize,
  curve: usize,
  apart: usize,
  pairs: i32,
): void {
  const end = z + apart * <usize>pairs;
  const size = (<usize>rows) << 4;
  for (; z != end; z += apart, slope += apart, curve += apart) {
    for (let row: usize = 0; row < size; row += 16) {
      curvePair(activation, parameter, kink, z + row, slope + row, curve + row);
    }
  }
}

/** As `activateBlock`, and leaves σ''(z) at `curve`. */
export function curveBlock(
  activation: i32,
  parameter: f64,
  kink: i32,
  rows: i32,
  z: usize,
  slope: usize,
  curve: usize,
  apart: usize,
  pairs: i32,
): void {
  const k = splat(<f64>kink);
  switch (activation) {
    case RELU:
      curveRows(RELU, parameter, k, rows, z, slope, curve, apart, pairs);
      break;
    case SATURATED_RELU:
      curveRows(SATURATED_RELU, parameter, k, rows, z, slope, curve, apart, pairs);
      break;
    case STEP:
      curveRows(STEP, parameter, k, rows, z, slope, curve, apart, pairs);
      break;
    case SIGMOID:
      curveRows(SIGMOID, parameter, k, rows, z, slope, curve, apart, pairs);
      break;
    case TANH:
      curveRows(TANH, parameter, k, rows, z, slope, curve, apart, pairs);
      break;
    case ARCTAN:
      curveRows(ARCTAN, parameter, k, rows, z, slope, curve, apart, pairs);
      break;
    case ERF:
      curveRows(ERF, parameter, k, rows, z, slope, curve, apart, pairs);
      break;
    case SINE:
      curveRows(SINE, parameter, k, rows, z, slope, curve, apart, pairs);
      break;
    case GAUSSIAN_BUMP:
      curveRows(GAUSSIAN_BUMP, parameter, k, rows, z, slope, curve, apart, pairs);
      break;
    case SOFTPLUS:
      curveRows(SOFTPLUS, parameter, k, rows, z, slope, curve, apart, pairs);
      break;
    case CONSTANT:
      curveRows(CONSTANT, parameter, k, rows, z, slope, curve, apart, pairs);
      break;
    case LINEAR:
      curveRows(LINEAR, parameter, k, rows, z, slope, curve, apart, pairs);
      break;
  }
}
