/**
 * The elementary functions by themselves, for tests: scalar functions under their names, and
 * `…Pairs` that apply the versions for pairs to an even number of doubles at `from` and leave the
 * results at `to`. AssemblyScript.
 */
import {
  TABLES,
  TABLES_END,
  atan,
  atan_x2,
  cos,
  cos_x2,
  erf,
  erf_x2,
  exp,
  exp_x2,
  expm1,
  expm1_x2,
  log,
  log1p,
  log1pUnit_x2,
  log1p_x2,
  log_x2,
  sigmoid,
  sigmoid_x2,
  sin,
  sin_x2,
  softplus,
  softplus_x2,
  tanh,
  tanh_x2,
} from './elementary/index';

export { atan, cos, erf, exp, expm1, log, log1p, sigmoid, sin, softplus, tanh };

/** Where the tables stand. */
export const tablesStart: usize = TABLES;
export const tablesEnd: usize = TABLES_END;

export function atanPairs(from: usize, to: usize, count: i32): void {
  for (const end = from + (<usize>count << 3); from < end; from += 16, to += 16) {
    v128.store(to, atan_x2(v128.load(from)));
  }
}

export function cosPairs(from: usize, to: usize, count: i32): void {
  for (const end = from + (<usize>count << 3); from < end; from += 16, to += 16) {
    v128.store(to, cos_x2(v128.load(from)));
  }
}

export function erfPairs(from: usize, to: usize, count: i32): void {
  for (const end = from + (<usize>count << 3); from < end; from += 16, to += 16) {
    v128.store(to, erf_x2(v128.load(from)));
  }
}

export function expPairs(from: usize, to: usize, count: i32): void {
  for (const end = from + (<usize>count << 3); from < end; from += 16, to += 16) {
    v128.store(to, exp_x2(v128.load(from)));
  }
}

export function expm1Pairs(from: usize, to: usize, count: i32): void {
  for (const end = from + (<usize>count << 3); from < end; from += 16, to += 16) {
    v128.store(to, expm1_x2(v128.load(from)));
  }
}

export function logPairs(from: usize, to: usize, count: i32): void {
  for (const end = from + (<usize>count << 3); from < end; from += 16, to += 16) {
    v128.store(to, log_x2(v128.load(from)));
  }
}

export function log1pPairs(from: usize, to: usize, count: i32): void {
  for (const end = from + (<usize>count << 3); from < end; from += 16, to += 16) {
    v128.store(to, log1p_x2(v128.load(from)));
  }
}

export function log1pUnitPairs(from: usize, to: usize, count: i32): void {
  for (const end = from + (<usize>count << 3); from < end; from += 16, to += 16) {
    v128.store(to, log1pUnit_x2(v128.load(from)));
  }
}

export function sigmoidPairs(from: usize, to: usize, count: i32): void {
  for (const end = from + (<usize>count << 3); from < end; from += 16, to += 16) {
    v128.store(to, sigmoid_x2(v128.load(from)));
  }
}

export function sinPairs(from: usize, to: usize, count: i32): void {
  for (const end = from + (<usize>count << 3); from < end; from += 16, to += 16) {
    v128.store(to, sin_x2(v128.load(from)));
  }
}

export function softplusPairs(from: usize, to: usize, count: i32): void {
  for (const end = from + (<usize>count << 3); from < end; from += 16, to += 16) {
    v128.store(to, softplus_x2(v128.load(from)));
  }
}

export function tanhPairs(from: usize, to: usize, count: i32): void {
  for (const end = from + (<usize>count << 3); from < end; from += 16, to += 16) {
    v128.store(to, tanh_x2(v128.load(from)));
  }
}
