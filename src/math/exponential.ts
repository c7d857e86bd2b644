import { fixedExp, fixedLog, toDoublePair } from './fixed-point.js';
import { LEAST_EXPONENT, POWERS_OF_TWO } from './powers-of-two.js';

const BITS = 160;
const LN2 = fixedLog(2, 1, BITS);

/** 1.5·2⁵²: adding and subtracting it rounds a double below 2⁵¹ to an integer. */
const ROUND = 6755399441055744;
export const STEPS_PER_UNIT = 128 / toDoublePair(LN2, BITS)[0];

// ln2/128 = STEP_HIGH + STEP_LOW, where STEP_HIGH is a multiple of 2⁻⁴² with 35 bits, so that its
// product with an integer below 2¹⁸ is exact.
const STEP = LN2 >> 7n;
const STEP_COARSE = (STEP >> BigInt(BITS - 42)) << BigInt(BITS - 42);
export const STEP_HIGH = toDoublePair(STEP_COARSE, BITS)[0];
export const STEP_LOW = toDoublePair(STEP - STEP_COARSE, BITS)[0];

/** 2^{j/128} as double-doubles, j = 0…127. */
export const ROOTS = new Float64Array(256);
const FIRST_ROOT = fixedExp(STEP, BITS);
for (let j = 0, root = 1n << BigInt(BITS); j < 128; j += 1) {
  ROOTS.set(toDoublePair(root, BITS), 2 * j);
  root = (root * FIRST_ROOT) >> BigInt(BITS);
}

/** y·2^k for y in [½, 4), rounded once. */
function scaleByPower(y: number, k: number): number {
  if (k >= -1020 && k <= 1021) return y * POWERS_OF_TWO[k - LEAST_EXPONENT];
  return k > 0
    ? y * 4 * POWERS_OF_TWO[k - 2 - LEAST_EXPONENT]
    : y * POWERS_OF_TWO[k + 500 - LEAST_EXPONENT] * POWERS_OF_TWO[-500 - LEAST_EXPONENT];
}

/**
 * exp(high + low) for |low| ≤ ulp(high), error below 0.52 ulp (1 ulp where the result is subnormal):
 * 2^{n/128}·e^r with n = round(128·high/ln 2) and a Taylor polynomial in |r| ≤ ln2/256.
 */
export function expOfSum(high: number, low: number): number {
  // Beyond these the result overflows or rounds to 0, whatever the low part; inside, rounding decides.
  if (!(high < 709.79 && high > -745.15)) return high > 0 ? Infinity : high < 0 ? 0 : NaN;
  const n = high * STEPS_PER_UNIT + ROUND - ROUND;
  const r = high - n * STEP_HIGH - (n * STEP_LOW - low);
  const p = r + r * r * (0.5 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120))));
  const index = n | 0;
  const j = 2 * (index & 127);
  const root = ROOTS[j];
  return scaleByPower(root + (ROOTS[j + 1] + root * p), index >> 7);
}

/**
 * e^x, error below 0.52 ulp (1 ulp where the result is subnormal); the same bits on every machine.
 * exp(−∞) = 0, exp(∞) = ∞, exp(NaN) = NaN.
 */
export function exp(x: number): number {
  return expOfSum(x, 0);
}

/** Σ_{n ≥ 2} x^{n−2}/n!, up to n = 14, enough for |x| ≤ 0.35. */
const EXPM1_TAIL = [
  1 / 2,
  1 / 6,
  1 / 24,
  1 / 120,
  1 / 720,
  1 / 5040,
  1 / 40320,
  1 / 362880,
  1 / 3628800,
  1 / 39916800,
  1 / 479001600,
  1 / 6227020800,
  1 / 87178291200,
] as const;

/**
 * e^x − 1, error below 1 ulp; the same bits on every machine.
 * expm1(−0) = −0, expm1(−∞) = −1, expm1(∞) = ∞, expm1(NaN) = NaN.
 */
export function expm1(x: number): number {
  if (x >= -0.35 && x <= 0.35) {
    if (x === 0) return x;
    let tail = EXPM1_TAIL[12] as number;
    for (let n = 11; n >= 0; n -= 1) tail = EXPM1_TAIL[n] + x * tail;
    return x + x * x * tail;
  }
  if (x > 60) return exp(x);
  if (x < -60) return -1;
  const n = x * STEPS_PER_UNIT + ROUND - ROUND;
  const r = x - n * STEP_HIGH - n * STEP_LOW;
  const p = r + r * r * (0.5 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120))));
  const index = n | 0;
  if (x !== x) return x;
  const j = 2 * (index & 127);
  const power = POWERS_OF_TWO[(index >> 7) - LEAST_EXPONENT];
  const root = ROOTS[j] * power;
  const difference = root - 1;
  // What the subtraction rounded away, exactly: (a − b) by Dekker's fast two-sum, larger term first.
  const lost = root >= 1 ? root - difference - 1 : root - (difference + 1);
  return difference + (lost + (ROOTS[j + 1] * power + root * p));
}

/**
 * tanh x, error below 2.5 ulp; the same bits on every machine.
 * tanh(−0) = −0, tanh(±∞) = ±1, tanh(NaN) = NaN.
 */
export function tanh(x: number): number {
  if (x === 0 || x !== x) return x;
  const a = x < 0 ? -x : x;
  let value = 1;
  if (a < 0.55) {
    const e = expm1(2 * a);
    value = e / (e + 2);
  } else if (a <= 22) {
    value = 1 - 2 / (exp(2 * a) + 1);
  }
  return x < 0 ? -value : value;
}

/**
 * 1/(1 + e^{−x}), error below 2 ulp on both tails; the same bits on every machine.
 * sigmoid(−∞) = 0, sigmoid(∞) = 1, sigmoid(NaN) = NaN.
 */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + exp(-x));
  const e = exp(x);
  return e / (1 + e);
}
