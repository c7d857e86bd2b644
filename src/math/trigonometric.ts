import { fixedAtan, fixedPi, fixedRatio, toDoublePair } from './fixed-point.js';

const BITS = 200;
const HALF_PI = fixedPi(BITS) >> 1n;
export const TWO_OVER_PI = 1 / toDoublePair(HALF_PI, BITS)[0];

/** 1.5·2⁵²: adding and subtracting it rounds a double below 2⁵¹ to an integer. */
const ROUND = 6755399441055744;

// π/2 in four parts; the first three have at most 32 bits, so that their products with integers
// below 2²¹ are exact.
const CUT_1 = (HALF_PI >> BigInt(BITS - 31)) << BigInt(BITS - 31);
const CUT_2 = (HALF_PI >> BigInt(BITS - 62)) << BigInt(BITS - 62);
const CUT_3 = (HALF_PI >> BigInt(BITS - 93)) << BigInt(BITS - 93);
export const PART_1 = toDoublePair(CUT_1, BITS)[0];
export const PART_2 = toDoublePair(CUT_2 - CUT_1, BITS)[0];
export const PART_3 = toDoublePair(CUT_3 - CUT_2, BITS)[0];
export const PART_4 = toDoublePair(HALF_PI - CUT_3, BITS)[0];

/** Where `reduce` and `reduceHuge` leave x − q·π/2 as a double-double. */
export const REMAINDER = new Float64Array(2);

/** Leaves x − q·π/2 ∈ [−π/4, π/4] (nearly) in REMAINDER, and returns q modulo 4. x is finite. */
function reduce(x: number): number {
  if (x > 3e6 || x < -3e6) return reduceHuge(x);
  const n = x * TWO_OVER_PI + ROUND - ROUND;
  const first = x - n * PART_1; // exact: the operands are close to one another
  const b = n * PART_2;
  const second = first - b;
  const secondShadow = first - second;
  const secondLow = first - (second + secondShadow) + (secondShadow - b);
  const c = n * PART_3;
  const third = second - c;
  const thirdShadow = second - third;
  const thirdLow = second - (third + thirdShadow) + (thirdShadow - c);
  const rest = secondLow + thirdLow - n * PART_4;
  REMAINDER[0] = third + rest;
  REMAINDER[1] = third - REMAINDER[0] + rest;
  return n & 3;
}

let hugeHalfPi: bigint | null = null;
const HUGE_BITS = 1240;

/** `reduce` for |x| up to 2¹⁰²⁴ in integers: π/2 to 1240 bits leaves more than 150 after cancellation. */
export function reduceHuge(x: number): number {
  hugeHalfPi ??= fixedPi(HUGE_BITS) >> 1n;
  const a = x < 0 ? -x : x;
  // a > 2²¹, so a·2³² is an integer.
  const whole = a < 1e298 ? BigInt(a * 4294967296) : BigInt(a) << 32n;
  const scaled = whole << BigInt(HUGE_BITS - 32);
  const quotient = (2n * scaled + hugeHalfPi) / (2n * hugeHalfPi);
  const pair = toDoublePair(scaled - quotient * hugeHalfPi, HUGE_BITS);
  const sign = x < 0 ? -1 : 1;
  REMAINDER[0] = sign * pair[0];
  REMAINDER[1] = sign * pair[1];
  return (sign * Number(quotient & 3n)) & 3;
}

/** sin(r + low) for |r| ≤ 0.8: Taylor polynomial of degree 17. */
function sinOfRemainder(r: number, low: number): number {
  const s = r * r;
  const tail =
    -1 / 6 +
    s *
      (1 / 120 +
        s *
          (-1 / 5040 +
            s *
              (1 / 362880 +
                s *
                  (-1 / 39916800 +
                    s * (1 / 6227020800 + s * (-1 / 1307674368000 + s * (1 / 355687428096000)))))));
  return r + (r * s * tail + low * (1 - 0.5 * s));
}

/** cos(r + low) for |r| ≤ 0.8: Taylor polynomial of degree 16; 1 − r²/2 keeps what it rounds away. */
function cosOfRemainder(r: number, low: number): number {
  const s = r * r;
  const tail =
    1 / 24 +
    s *
      (-1 / 720 +
        s *
          (1 / 40320 +
            s *
              (-1 / 3628800 +
                s * (1 / 479001600 + s * (-1 / 87178291200 + s * (1 / 20922789888000))))));
  const half = 0.5 * s;
  const top = 1 - half;
  return top + (1 - top - half + (s * s * tail - r * low));
}

/** sin x, error below 1 ulp for every finite x; the same bits on every machine. sin(±∞) = NaN. */
export function sin(x: number): number {
  if (x > -0.78 && x < 0.78) return x === 0 ? x : sinOfRemainder(x, 0);
  if (x - x !== 0) return NaN;
  const quadrant = reduce(x);
  const value =
    quadrant & 1
      ? cosOfRemainder(REMAINDER[0], REMAINDER[1])
      : sinOfRemainder(REMAINDER[0], REMAINDER[1]);
  return quadrant & 2 ? -value : value;
}

/** cos x, error below 1 ulp for every finite x; the same bits on every machine. cos(±∞) = NaN. */
export function cos(x: number): number {
  if (x > -0.78 && x < 0.78) return cosOfRemainder(x, 0);
  if (x - x !== 0) return NaN;
  const quadrant = reduce(x);
  const value =
    quadrant & 1
      ? sinOfRemainder(REMAINDER[0], REMAINDER[1])
      : cosOfRemainder(REMAINDER[0], REMAINDER[1]);
  return (quadrant + 1) & 2 ? -value : value;
}

/** arctan(j/16) and π/2 − arctan(j/16) as double-doubles, j = 0…16. */
export const ATAN_NODES = new Float64Array(34);
export const ATAN_COMPLEMENTS = new Float64Array(34);
for (let j = 0; j <= 16; j += 1) {
  const node = fixedAtan(fixedRatio(j, 16, BITS), BITS);
  ATAN_NODES.set(toDoublePair(node, BITS), 2 * j);
  ATAN_COMPLEMENTS.set(toDoublePair(HALF_PI - node, BITS), 2 * j);
}

/** (c·a − 1)/(a + c) for a > 1 and c = round(16/a)/16, with c·a − 1 computed exactly. */
function complementTangent(a: number, c: number): number {
  if (c === 0) return -1 / a;
  const split = 134217729 * a; // Veltkamp's splitting into 26 bits each; c has 5
  const high = split - (split - a);
  return (c * high - 1 + c * (a - high)) / (a + c);
}

/**
 * arctan x, error below 1 ulp; the same bits on every machine: arctan a = arctan c + arctan t with
 * c the multiple of 1/16 nearest to a, t = (a − c)/(1 + a·c); a > 1 through π/2 − arctan(1/a).
 * atan(−0) = −0, atan(±∞) = ±π/2, atan(NaN) = NaN.
 */
export function atan(x: number): number {
  const a = x < 0 ? -x : x;
  if (a < 0.09375) {
    if (x === 0) return x;
    const s = x * x;
    const tail =
      -1 / 3 +
      s *
        (1 / 5 +
          s * (-1 / 7 + s * (1 / 9 + s * (-1 / 11 + s * (1 / 13 + s * (-1 / 15 + s * (1 / 17)))))));
    return x + x * s * tail;
  }
  if (a !== a) return NaN;
  const nodes = a <= 1 ? ATAN_NODES : ATAN_COMPLEMENTS;
  const j = Math.floor((a <= 1 ? 16 * a : 16 / a) + 0.5);
  const c = j / 16;
  const t = a <= 1 ? (a - c) / (1 + a * c) : complementTangent(a, c);
  const s = t * t;
  const tail = s * (-1 / 3 + s * (1 / 5 + s * (-1 / 7 + s * (1 / 9 + s * (-1 / 11)))));
  const value = nodes[2 * j] + (nodes[2 * j + 1] + (t + t * tail));
  return x < 0 ? -value : value;
}
