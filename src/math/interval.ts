import { timesPowerOfTwo } from './powers-of-two.js';
import { compare, fromDouble, toDouble } from './rational.js';
import type { RationalLike } from './rational.js';

/**
 * A closed interval of reals with double ends, lower ≤ upper; the ends may be ∓∞. Every operation
 * encloses all results of real arithmetic on members of its arguments.
 */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** The answer to a comparison of enclosed numbers. */
export type Decided = 'yes' | 'no' | 'unknown';

/** What the operations accept; a double stands for itself exactly. */
export type IntervalLike = Interval | number;

const BUFFER = new Float64Array(1);
const WORDS = new BigInt64Array(BUFFER.buffer);

/** The least double above x; ∞ for ∞ and the largest double. @throws RangeError for NaN */
export function nextUp(x: number): number {
  if (Number.isNaN(x)) throw new RangeError('nextUp: x must be a number, got NaN');
  if (x === Infinity) return x;
  if (x === 0) return Number.MIN_VALUE;
  BUFFER[0] = x;
  WORDS[0] += x > 0 ? 1n : -1n;
  return BUFFER[0];
}

/** The largest double below x; −∞ for −∞ and the least finite double. @throws RangeError for NaN */
export function nextDown(x: number): number {
  if (Number.isNaN(x)) throw new RangeError('nextDown: x must be a number, got NaN');
  return -nextUp(-x);
}

/** The largest double ≤ x·2^k, for x ≥ 0; ∞ for ∞. */
export function scaledDown(x: number, k: number): number {
  const scaled = timesPowerOfTwo(x, k);
  if (x === Infinity) return x;
  if (scaled === Infinity) return Number.MAX_VALUE;
  return timesPowerOfTwo(scaled, -k) > x ? nextDown(scaled) : scaled;
}

/** The least double ≥ x·2^k, for x ≥ 0. */
export function scaledUp(x: number, k: number): number {
  const scaled = timesPowerOfTwo(x, k);
  return timesPowerOfTwo(scaled, -k) < x ? nextUp(scaled) : scaled;
}

/** [lower, upper]. @throws RangeError unless lower ≤ upper, lower < ∞ and upper > −∞ */
export function interval(lower: number, upper: number): Interval {
  if (!(lower <= upper && lower < Infinity && upper > -Infinity)) {
    throw new RangeError(
      `interval: lower must be ≤ upper, and the interval hold a real number, got [${lower}, ${upper}]`,
    );
  }
  return { lower, upper };
}

/** [x, x] for a double, the interval itself for an interval. */
export function toInterval(x: IntervalLike): Interval {
  return typeof x === 'number' ? interval(x, x) : x;
}

/** The least interval of doubles around an exact number. */
export function encloseRational(x: RationalLike): Interval {
  const nearest = toDouble(x);
  if (nearest === Infinity) return { lower: Number.MAX_VALUE, upper: Infinity };
  if (nearest === -Infinity) return { lower: -Infinity, upper: -Number.MAX_VALUE };
  const side = compare(x, fromDouble(nearest));
  return {
    lower: side < 0 ? nextDown(nearest) : nearest,
    upper: side > 0 ? nextUp(nearest) : nearest,
  };
}

// A computed end is exact or off by half an ulp, so one step outwards encloses it. An overflow to ∞
// on the inner side becomes the largest double.
function below(x: number): number {
  return x === Infinity ? Number.MAX_VALUE : nextDown(x);
}

function above(x: number): number {
  return x === -Infinity ? -Number.MAX_VALUE : nextUp(x);
}

/** What x + y rounds away, exactly (Knuth's two-sum), where x + y does not overflow. */
function sumIsExact(x: number, y: number, sum: number): boolean {
  const shadow = sum - x;
  return x - (sum - shadow) + (y - shadow) === 0;
}

/** x + y. An end that is exact stays. */
export function addIntervals(x: IntervalLike, y: IntervalLike): Interval {
  const a = toInterval(x);
  const b = toInterval(y);
  const lower = a.lower + b.lower;
  const upper = a.upper + b.upper;
  return {
    lower: sumIsExact(a.lower, b.lower, lower) ? lower : below(lower),
    upper: sumIsExact(a.upper, b.upper, upper) ? upper : above(upper),
  };
}

/** −x, exactly. */
export function negateInterval(x: IntervalLike): Interval {
  const a = toInterval(x);
  return { lower: -a.upper, upper: -a.lower };
}

/** x − y. */
export function subtractIntervals(x: IntervalLike, y: IntervalLike): Interval {
  return addIntervals(x, negateInterval(y));
}

/** x·y for ends, where 0·∞ is 0: it stands for products of 0 with members. */
function product(x: number, y: number): number {
  return x === 0 || y === 0 ? 0 : x * y;
}

/** Whether the double `value` = x·y is the exact product, for certain: 0, ±1, small integers. */
function productIsExact(x: number, y: number, value: number): boolean {
  if (x === 0 || y === 0 || Math.abs(x) === 1 || Math.abs(y) === 1) return true;
  return Number.isSafeInteger(x) && Number.isSafeInteger(y) && Number.isSafeInteger(value);
}

/** x·y. Products of small integers stay exact. */
export function multiplyIntervals(x: IntervalLike, y: IntervalLike): Interval {
  const a = toInterval(x);
  const b = toInterval(y);
  const pairs = [
    [a.lower, b.lower],
    [a.lower, b.upper],
    [a.upper, b.lower],
    [a.upper, b.upper],
  ] as const;
  let lower = Infinity;
  let upper = -Infinity;
  for (const [u, v] of pairs) {
    const value = product(u, v);
    const exact = productIsExact(u, v, value);
    lower = Math.min(lower, exact ? value : below(value));
    upper = Math.max(upper, exact ? value : above(value));
  }
  return { lower, upper };
}

/** x/y. @throws RangeError when y contains 0 */
export function divideIntervals(x: IntervalLike, y: IntervalLike): Interval {
  const a = toInterval(x);
  const b = toInterval(y);
  if (b.lower <= 0 && b.upper >= 0) {
    throw new RangeError(`divideIntervals: y must not contain 0, got [${b.lower}, ${b.upper}]`);
  }
  let lower = Infinity;
  let upper = -Infinity;
  for (const u of [a.lower, a.upper]) {
    for (const v of [b.lower, b.upper]) {
      // u/∞ is the limit 0; for infinite u too, since the other quotients reach ∞ then.
      const zero = u === 0 || !Number.isFinite(v);
      const value = zero ? 0 : u / v;
      const exact =
        zero || (Number.isSafeInteger(value) && Number.isSafeInteger(v) && value * v === u);
      lower = Math.min(lower, exact ? value : below(value));
      upper = Math.max(upper, exact ? value : above(value));
    }
  }
  return { lower, upper };
}

/** √x of the part of x that is ≥ 0. @throws RangeError when x lies below 0 */
export function sqrtInterval(x: IntervalLike): Interval {
  const a = toInterval(x);
  if (a.upper < 0) {
    throw new RangeError(`sqrtInterval: x must not lie below 0, got [${a.lower}, ${a.upper}]`);
  }
  const lower = a.lower <= 0 ? 0 : Math.sqrt(a.lower);
  const upper = Math.sqrt(a.upper);
  return {
    lower:
      productIsExact(lower, lower, a.lower) && lower * lower === a.lower
        ? lower
        : Math.max(0, below(lower)),
    upper:
      productIsExact(upper, upper, a.upper) && upper * upper === a.upper ? upper : above(upper),
  };
}

/** |x|. */
export function absoluteInterval(x: IntervalLike): Interval {
  const a = toInterval(x);
  if (a.lower >= 0) return a;
  if (a.upper <= 0) return negateInterval(a);
  return { lower: 0, upper: Math.max(-a.lower, a.upper) };
}

/** Σ x_i; [0, 0] for none. */
export function sumIntervals(x: readonly IntervalLike[]): Interval {
  return x.reduce<Interval>((total, entry) => addIntervals(total, entry), interval(0, 0));
}

/** Σ x_i·y_i. @throws RangeError when the lengths differ */
export function dotIntervals(x: readonly IntervalLike[], y: readonly IntervalLike[]): Interval {
  if (x.length !== y.length) {
    throw new RangeError(
      `dotIntervals: y must have length ${x.length} (length of x), got ${y.length}`,
    );
  }
  return sumIntervals(x.map((entry, i) => multiplyIntervals(entry, y[i])));
}

/** Whether x < y for the numbers that x and y enclose. */
export function isLess(x: IntervalLike, y: IntervalLike): Decided {
  const a = toInterval(x);
  const b = toInterval(y);
  if (a.upper < b.lower) return 'yes';
  return a.lower >= b.upper ? 'no' : 'unknown';
}

/** Whether x ≤ y for the numbers that x and y enclose. */
export function isAtMost(x: IntervalLike, y: IntervalLike): Decided {
  const a = toInterval(x);
  const b = toInterval(y);
  if (a.upper <= b.lower) return 'yes';
  return a.lower > b.upper ? 'no' : 'unknown';
}

/** "[lower, upper]", as certificates show it. */
export function formatInterval(x: IntervalLike): string {
  const { lower, upper } = toInterval(x);
  return `[${lower}, ${upper}]`;
}
