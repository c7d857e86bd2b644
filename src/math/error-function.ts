import { expOfSum } from './exponential.js';
import {
  fixedErf,
  fixedExp,
  fixedRatio,
  fixedRootPi,
  fixedScaledErfc,
  toDoublePair,
} from './fixed-point.js';

const BITS = 240;
const ROOT_PI = fixedRootPi(BITS);
const DEGREE = 11;
/** A row of a table: the value at the node as a double-double, then the coefficients of t, t², … */
const ROW = DEGREE + 2;

/** 2/√π as 1 plus a double-double. */
export const SLOPE_EXCESS = toDoublePair(
  (2n << BigInt(2 * BITS)) / ROOT_PI - (1n << BigInt(BITS)),
  BITS,
)[0];

/** (−1)ⁿ/(n!(2n+1))·2/√π, n = 1…13: the coefficients of erf(x)/x in x² after the first. */
export const SMALL: readonly number[] = Array.from({ length: 13 }, (_, i) => {
  const n = i + 1;
  let factorial = 1;
  for (let k = 2; k <= n; k += 1) factorial *= k;
  return ((n % 2 === 0 ? 1 : -1) * (1 + SLOPE_EXCESS)) / (factorial * (2 * n + 1));
});

/** A Taylor row from y(c) and the recurrence of y's derivatives, y₁ = slope. */
function taylorRow(
  value: bigint,
  slope: bigint,
  next: (n: bigint, y: readonly bigint[]) => bigint,
): number[] {
  const y = [value, slope];
  for (let n = 1; n < DEGREE; n += 1) y.push(next(BigInt(n), y));
  return [...toDoublePair(value, BITS), ...y.slice(1).map((entry) => toDoublePair(entry, BITS)[0])];
}

let erfTable: Float64Array | null = null;
let scaledTable: Float64Array | null = null;

/** erf at c = j/16, j = 8…96: erf″ = −2x·erf′ gives (n+1)(n+2)y_{n+2} = −2c(n+1)y_{n+1} − 2n·y_n for n ≥ 1. */
function makeErfTable(): Float64Array {
  const shift = BigInt(BITS);
  const table = new Float64Array(97 * ROW);
  for (let j = 8; j <= 96; j += 1) {
    const c = fixedRatio(j, 16, BITS);
    const slope = (((2n << (2n * shift)) / ROOT_PI) << shift) / fixedExp((c * c) >> shift, BITS);
    const row = taylorRow(fixedErf(c, BITS), slope, (n, y) => {
      // n counts from y₁ on: (n+1)·n·y_{n+1} = −2c·n·y_n − 2(n−1)·y_{n−1}.
      const i = Number(n);
      return (-2n * n * ((c * y[i]) >> shift) - 2n * (n - 1n) * y[i - 1]) / ((n + 1n) * n);
    });
    table.set(row, j * ROW);
  }
  return table;
}

/**
 * e^{x²}·erfc x at c = 2^e(1 + j/16), e = −1…4, j = 0…16: y′ = 2x·y − 2/√π gives
 * (n+1)·y_{n+1} = 2c·y_n + 2y_{n−1} for n ≥ 1.
 */
function makeScaledTable(): Float64Array {
  const shift = BigInt(BITS);
  const slopeAtZero = (2n << (2n * shift)) / ROOT_PI;
  const table = new Float64Array(6 * 17 * ROW);
  for (let e = -1; e <= 4; e += 1) {
    for (let j = 0; j <= 16; j += 1) {
      const c = fixedRatio((16 + j) * 2 ** (e + 1), 32, BITS);
      const value =
        c >= 3n << shift
          ? fixedScaledErfc(c, BITS)
          : (((1n << shift) - fixedErf(c, BITS)) * fixedExp((c * c) >> shift, BITS)) >> shift;
      const slope = ((2n * c * value) >> shift) - slopeAtZero;
      const row = taylorRow(
        value,
        slope,
        (n, y) => (((2n * c * y[Number(n)]) >> shift) + 2n * y[Number(n) - 1]) / (n + 1n),
      );
      table.set(row, ((e + 1) * 17 + j) * ROW);
    }
  }
  return table;
}

/** The table of `erf`, made at the first call. */
export function erfRows(): Float64Array {
  return (erfTable ??= makeErfTable());
}

/** Horner's rule on a row of a table. */
function evaluateRow(table: Float64Array, start: number, t: number): number {
  let sum = table[start + ROW - 1];
  for (let n = ROW - 2; n >= 2; n -= 1) sum = table[start + n] + t * sum;
  return table[start] + (table[start + 1] + t * sum);
}

/**
 * erf x = (2/√π)∫₀ˣ e^{−s²}ds, error below 1 ulp; the same bits on every machine.
 * erf(−0) = −0, erf(±∞) = ±1, erf(NaN) = NaN.
 */
export function erf(x: number): number {
  const a = x < 0 ? -x : x;
  if (a < 0.5) {
    const s = x * x;
    let tail = SMALL[12];
    for (let n = 11; n >= 0; n -= 1) tail = SMALL[n] + s * tail;
    return x + x * (SLOPE_EXCESS + s * tail);
  }
  if (a !== a) return NaN;
  if (a >= 6) return x < 0 ? -1 : 1;
  const j = Math.floor(16 * a + 0.5);
  const value = evaluateRow(erfTable ?? erfRows(), j * ROW, a - j / 16);
  return x < 0 ? -value : value;
}

/**
 * erfc x = 1 − erf x, without cancellation, error below 2 ulp; the same bits on every machine.
 * erfc(∞) = 0, erfc(−∞) = 2, erfc(NaN) = NaN.
 */
export function erfc(x: number): number {
  if (!(x >= 0.5)) return 1 - erf(x);
  if (x > 27.3) return 0;
  scaledTable ??= makeScaledTable();
  let e = -1;
  let unit = 0.5;
  while (x >= 2 * unit) {
    unit *= 2;
    e += 1;
  }
  const j = Math.floor((x / unit - 1) * 16 + 0.5);
  const scaled = evaluateRow(scaledTable, ((e + 1) * 17 + j) * ROW, x - unit * (1 + j / 16));
  // −x² as a double-double, by Veltkamp's splitting and Dekker's product.
  const split = 134217729 * x;
  const high = split - (split - x);
  const low = x - high;
  const square = x * x;
  const lost = low * low - (square - high * high - 2 * high * low);
  return scaled * expOfSum(-square, -lost);
}
