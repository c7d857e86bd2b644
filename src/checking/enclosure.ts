import type { Rational } from './rational.js';
import {
  ONE,
  ZERO,
  fraction,
  integer,
  larger,
  magnitude,
  minus,
  negative,
  order,
  over,
  plus,
  power,
  signOf,
  smaller,
  times,
} from './rational.js';

/** A real number between two rationals, rounded outwards. A number that is known exactly has equal ends. */
export interface Enclosure {
  readonly lower: Rational;
  readonly upper: Rational;
}

/** Significant bits that enclosures keep: far beyond the doubles that files print. */
const BITS = 192n;

export function point(x: Rational): Enclosure {
  return { lower: x, upper: x };
}

function bitLength(n: bigint): number {
  return n < 0n ? bitLength(-n) : n.toString(2).length;
}

/** Ends rounded outwards to at least 192 significant bits, unless the number is exact. */
function shortened({ lower, upper }: Enclosure): Enclosure {
  if (order(lower, upper) === 0) return { lower, upper };
  return { lower: roundedDown(lower), upper: negative(roundedDown(negative(upper))) };
}

function roundedDown(x: Rational): Rational {
  const small = Math.max(0, bitLength(x.bottom) - bitLength(x.top) + 1);
  const scale = 1n << (BITS + BigInt(small));
  const quotient = (x.top * scale) / x.bottom;
  return fraction(quotient * x.bottom > x.top * scale ? quotient - 1n : quotient, scale);
}

export function sumOf(terms: readonly Enclosure[]): Enclosure {
  return terms.reduce(
    (sum, term) => ({ lower: plus(sum.lower, term.lower), upper: plus(sum.upper, term.upper) }),
    point(ZERO),
  );
}

export function productOf(x: Enclosure, y: Enclosure): Enclosure {
  const ends = [x.lower, x.upper].flatMap((u) => [y.lower, y.upper].map((v) => times(u, v)));
  return shortened({ lower: ends.reduce(smaller), upper: ends.reduce(larger) });
}

/** x/y for y > 0 and x ≥ 0. @throws RangeError otherwise */
export function quotientOf(x: Enclosure, y: Enclosure): Enclosure {
  if (signOf(y.lower) <= 0 || signOf(x.lower) < 0) {
    throw new RangeError('quotientOf: y must be positive and x not negative');
  }
  return shortened({ lower: over(x.lower, y.upper), upper: over(x.upper, y.lower) });
}

/** ⌊√n⌋ by Newton's iteration from above. */
function wholeRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let root = 1n << BigInt((n.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** √x of a rational x ≥ 0, exact where x is a square. @throws RangeError when x < 0 */
export function rootOf(x: Rational): Enclosure {
  if (signOf(x) < 0) throw new RangeError('rootOf: x must be ≥ 0');
  // √(p/q) = √(p·q)/q.
  const product = x.top * x.bottom;
  const whole = wholeRoot(product);
  if (whole * whole === product) return point(fraction(whole, x.bottom));
  const root = wholeRoot(product << (2n * BITS));
  const scale = x.bottom << BITS;
  return { lower: fraction(root, scale), upper: fraction(root + 1n, scale) };
}

/** √ of an enclosed number ≥ 0. */
export function rootOfEnclosed({ lower, upper }: Enclosure): Enclosure {
  return shortened({ lower: rootOf(lower).lower, upper: rootOf(upper).upper });
}

/** A function of nothing, or of a whole number, whose values are kept. */
function remembered(compute: (n: number) => Enclosure): (n?: number) => Enclosure {
  const known = new Map<number, Enclosure>();
  return (n = 0) => {
    const value = known.get(n) ?? compute(n);
    known.set(n, value);
    return value;
  };
}

/** e^n for a whole number 0 ≤ n ≤ 1000: the series up to a term after which terms halve. */
export const exponential: (n: number) => Enclosure = remembered((n) => {
  const base = BigInt(n);
  const last = 2 * n + 300;
  // Σ n^k/k! over the common denominator last!, from the last term down (Horner).
  let [sum, factorial] = [1n, 1n];
  for (let k = last; k >= 1; k -= 1) {
    // sum/factorial ← 1 + (n/k)·sum/factorial
    factorial *= BigInt(k);
    sum = factorial + base * sum;
  }
  const lower = fraction(sum, factorial);
  // The remainder is below twice its first term, since n/(k + 1) ≤ ½ from there on.
  const next = times(power(fraction(base), last + 1), fraction(1n, factorial * BigInt(last + 1)));
  return shortened({ lower, upper: plus(lower, times(integer(2), next)) });
});

/** ln 2 = Σ 1/(k·2^k), whose remainder is below its last term. */
export const logarithmOfTwo: () => Enclosure = remembered(() => {
  const last = 200;
  let lower = ZERO;
  for (let k = 1; k <= last; k += 1) lower = plus(lower, fraction(1n, BigInt(k) << BigInt(k)));
  return shortened({ lower, upper: plus(lower, fraction(1n, 1n << BigInt(last))) });
});

/** arctan(1/n), n ≥ 2, between two partial sums of its alternating series. */
function arctanOfInverse(n: bigint): Enclosure {
  let sum = ZERO;
  let previous = ZERO;
  for (let k = 0n; k < 100n; k += 1n) {
    previous = sum;
    const term = fraction(1n, (2n * k + 1n) * n ** (2n * k + 1n));
    sum = k % 2n === 0n ? plus(sum, term) : minus(sum, term);
  }
  return { lower: smaller(sum, previous), upper: larger(sum, previous) };
}

/** π = 16·arctan(1/5) − 4·arctan(1/239). */
export const circleConstant: () => Enclosure = remembered(() => {
  const [a, b] = [arctanOfInverse(5n), arctanOfInverse(239n)];
  return shortened({
    lower: minus(times(integer(16), a.lower), times(integer(4), b.upper)),
    upper: minus(times(integer(16), a.upper), times(integer(4), b.lower)),
  });
});

/** Σ|mass_j|·‖direction_j‖: the norm of a network whose neurons are positively homogeneous. */
export function pathNorm(
  masses: readonly Rational[],
  squaredLengths: readonly Rational[],
): Enclosure {
  return sumOf(
    masses.map((mass, j) => {
      const size = magnitude(mass);
      const root = rootOf(squaredLengths[j]);
      return shortened({ lower: times(size, root.lower), upper: times(size, root.upper) });
    }),
  );
}

/** 1/x for x > 0. */
export function inverseOf(x: Enclosure): Enclosure {
  return quotientOf(point(ONE), x);
}
