import { expOfSum } from './exponential.js';
import { fixedLog, toDoublePair } from './fixed-point.js';
import { LEAST_EXPONENT, POWERS_OF_TWO } from './powers-of-two.js';

const BITS = 160;

// ln2 = LN2_HIGH + LN2_LOW, where LN2_HIGH is a multiple of 2⁻⁴¹, so that k·LN2_HIGH is exact.
const LN2 = fixedLog(2, 1, BITS);
const LN2_COARSE = (LN2 >> BigInt(BITS - 41)) << BigInt(BITS - 41);
export const LN2_HIGH = toDoublePair(LN2_COARSE, BITS)[0];
export const LN2_LOW = toDoublePair(LN2 - LN2_COARSE, BITS)[0];

/**
 * For each of the 128 intervals [1 + i/128, 1 + (i + 1)/128) of the significand z: a reciprocal c of
 * at most 10 bits near 1/z (near 2/z in the upper part, where log z is written log(z/2) + log 2),
 * and −log c = high + low, high a multiple of 2⁻⁴¹.
 * At both ends c = 1, so that log keeps its relative accuracy near 1.
 */
export const RECIPROCALS = new Float64Array(128);
export const LOGS_HIGH = new Float64Array(128);
export const LOGS_LOW = new Float64Array(128);

/** Intervals from this one on (z ≥ 1.4140625) are halved. */
const FIRST_HALVED = 53;

for (let i = 0; i < 128; i += 1) {
  const middle = (1 + (i + 0.5) / 128) / (i < FIRST_HALVED ? 1 : 2);
  const numerator = i === 0 || i === 127 ? 512 : Math.round(512 / middle);
  RECIPROCALS[i] = numerator / 512;
  const value = fixedLog(512, numerator, BITS);
  const coarse = (value >> BigInt(BITS - 41)) << BigInt(BITS - 41);
  LOGS_HIGH[i] = toDoublePair(coarse, BITS)[0];
  LOGS_LOW[i] = toDoublePair(value - coarse, BITS)[0];
}

const BUFFER = new Float64Array(1);
const WORDS = new Uint32Array(BUFFER.buffer);
/** Which of the two words of a double holds sign and exponent on this machine. */
const TOP = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;

/** 1.5·2²²: adding and subtracting it rounds a double below 2 to a multiple of 2⁻³⁰. */
const SPLIT = 6291456;

/** Where `logParts` leaves log x = SUM[0] + SUM[1]: a scratch array costs no allocation. */
const SUM = new Float64Array(2);

/**
 * log x for finite x > 0: k·ln2 − log c + log(1 + r) with r = c·z − 1 computed exactly, as r + rRest,
 * and a Taylor polynomial of degree 10 in |r| ≤ 2⁻⁷. Unless `refined`, only the rounded sum is
 * returned; else the unevaluated sum SUM[0] + SUM[1] has relative error below 2⁻⁶⁴.
 */
function logParts(x: number, refined: boolean): number {
  const subnormal = x < 2.2250738585072014e-308;
  const normal = subnormal ? x * 18014398509481984 : x; // 2⁵⁴
  BUFFER[0] = normal;
  const top = WORDS[TOP];
  const i = (top >>> 13) & 127;
  const exponent = (top >>> 20) - (i >= FIRST_HALVED ? 1022 : 1023);
  const z = normal * POWERS_OF_TWO[-exponent - LEAST_EXPONENT];
  const k = subnormal ? exponent - 54 : exponent;
  const c = RECIPROCALS[i];
  const zHigh = z + SPLIT - SPLIT;
  const front = zHigh * c - 1;
  const back = (z - zHigh) * c;
  const r = front + back;
  const rRest = front - r + back;
  const square = r * r;
  const cubic =
    r *
    square *
    (1 / 3 -
      r * (1 / 4) +
      square *
        (1 / 5 - r * (1 / 6) + square * (1 / 7 - r * (1 / 8) + square * (1 / 9 - r * (1 / 10)))));
  const base = k * LN2_HIGH + LOGS_HIGH[i];
  const first = base + r;
  const firstRest = (base === 0 ? 0 : base - first + r) + (k * LN2_LOW + LOGS_LOW[i]);
  if (!refined) return first + (cubic - 0.5 * square + (firstRest + rRest));

  // r² exactly, by Veltkamp's splitting and Dekker's product.
  const scaled = 134217729 * r;
  const rHigh = scaled - (scaled - r);
  const rLow = r - rHigh;
  const squareRest = rLow * rLow - (square - rHigh * rHigh - 2 * rHigh * rLow);
  const second = first - 0.5 * square;
  const secondRest = first - second - 0.5 * square;
  const rest = cubic + (secondRest + (firstRest - 0.5 * squareRest + rRest * (1 - r)));
  SUM[0] = second + rest;
  SUM[1] = second - SUM[0] + rest;
  return SUM[0];
}

/**
 * The natural logarithm, error below 0.52 ulp; the same bits on every machine.
 * log(±0) = −∞, log(∞) = ∞, log(x) = NaN for x < 0 and NaN.
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  return logParts(x, false);
}

/**
 * log(1 + x), error below 0.6 ulp; the same bits on every machine.
 * log1p(−0) = −0, log1p(−1) = −∞, log1p(∞) = ∞, log1p(x) = NaN for x < −1 and NaN.
 */
export function log1p(x: number): number {
  if (!(x > -1)) return x === -1 ? -Infinity : NaN;
  if (x === Infinity) return x;
  if (x > -1e-5 && x < 1e-5) return x - x * x * (0.5 - x * (1 / 3 - x * (1 / 4)));
  const u = 1 + x;
  const lost = x > 1 ? x - u + 1 : 1 - u + x;
  return logParts(u, true) + (SUM[1] + lost / u);
}

/** log(1 + e^x) without overflow or cancellation, error below 2 ulp; softplus(NaN) = NaN. */
export function softplus(x: number): number {
  return x > 0 ? x + log1p(expOfSum(-x, 0)) : log1p(expOfSum(x, 0));
}

/**
 * x^y, error below 0.6 ulp (1 ulp where the result is subnormal); the same bits on every machine.
 * Special cases as in ECMAScript's `Math.pow`; in particular pow(±1, ±∞) = NaN and pow(x, 0) = 1.
 */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (y !== y || x !== x) return NaN;
  const a = x < 0 ? -x : x;
  if (y === Infinity || y === -Infinity) {
    return a === 1 ? NaN : a > 1 === y > 0 ? Infinity : 0;
  }
  const odd = y % 2 === 1 || y % 2 === -1;
  const negative = odd && (x < 0 || Object.is(x, -0));
  if (a === 0 || a === Infinity) {
    const size = (a === 0) === y < 0 ? Infinity : 0;
    return negative ? -size : size;
  }
  if (x < 0 && y % 1 !== 0) return NaN;
  logParts(a, true);
  const size = expOfProduct(y, SUM[0], SUM[1]);
  return negative ? -size : size;
}

/** exp(y·(high + low)). */
function expOfProduct(y: number, high: number, low: number): number {
  const product = y * high;
  if (!(product < 710 && product > -746)) return product > 0 ? Infinity : 0;
  // |high| ≤ 745 and y·high is bounded, yet y itself may be too large for Veltkamp's splitting.
  const shrink = y > 1e100 || y < -1e100 ? 2 ** -200 : 1;
  const factor = y * shrink;
  const other = high / shrink;
  const scaledFactor = 134217729 * factor;
  const factorHigh = scaledFactor - (scaledFactor - factor);
  const factorLow = factor - factorHigh;
  const scaledOther = 134217729 * other;
  const otherHigh = scaledOther - (scaledOther - other);
  const otherLow = other - otherHigh;
  const lost =
    factorLow * otherLow -
    (product - factorHigh * otherHigh - factorLow * otherHigh - factorHigh * otherLow);
  return expOfSum(product, lost + y * low);
}
