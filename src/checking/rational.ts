/**
 * An exact rational in lowest terms with denominator > 0. The checker carries its own arithmetic, on BigInt
 * alone, so that a mistake in the arithmetic behind the claims cannot hide itself here.
 */
export interface Rational {
  readonly top: bigint;
  readonly bottom: bigint;
}

/** The greatest common divisor, ≥ 0. */
export function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** top/bottom in lowest terms. @throws RangeError when bottom is 0 */
export function fraction(top: bigint, bottom = 1n): Rational {
  if (bottom === 1n) return { top, bottom };
  if (bottom === 0n) throw new RangeError('fraction: bottom must not be 0, got 0');
  const common = bottom < 0n ? -gcd(top, bottom) : gcd(top, bottom);
  return { top: top / common, bottom: bottom / common };
}

export const ZERO = fraction(0n);
export const ONE = fraction(1n);

/** A whole number as a rational. */
export function integer(value: number): Rational {
  return fraction(BigInt(value));
}

/** A finite double as the dyadic rational it is. @throws RangeError when it is not finite */
export function ofDouble(value: number): Rational {
  if (!Number.isFinite(value)) {
    throw new RangeError(`ofDouble: value must be finite, got ${value}`);
  }
  let [significand, bottom] = [value, 1n];
  // Doubling is exact; at most 1074 times, and fewer than 53 once |value| ≥ 1.
  while (!Number.isInteger(significand)) {
    significand *= 2;
    bottom *= 2n;
  }
  return fraction(BigInt(significand), bottom);
}

/** Reads "p" or "p/q" with q > 0; null for other text. */
export function parseRational(text: string): Rational | null {
  const match = /^(-?\d{1,20000})(?:\/(\d{1,20000}))?$/.exec(text);
  if (match === null) return null;
  const bottom = BigInt(match[2] ?? '1');
  return bottom === 0n ? null : fraction(BigInt(match[1]), bottom);
}

export function plus(x: Rational, y: Rational): Rational {
  return fraction(x.top * y.bottom + y.top * x.bottom, x.bottom * y.bottom);
}

export function negative(x: Rational): Rational {
  return { top: -x.top, bottom: x.bottom };
}

export function minus(x: Rational, y: Rational): Rational {
  return plus(x, negative(y));
}

/** The product of all factors; 1 for none. */
export function times(...factors: readonly Rational[]): Rational {
  let [top, bottom] = [1n, 1n];
  for (const factor of factors) {
    top *= factor.top;
    bottom *= factor.bottom;
  }
  return fraction(top, bottom);
}

/** x/y. @throws RangeError when y is 0 */
export function over(x: Rational, y: Rational): Rational {
  return fraction(x.top * y.bottom, x.bottom * y.top);
}

/** x^exponent for a whole number exponent ≥ 0. */
export function power(x: Rational, exponent: number): Rational {
  return { top: x.top ** BigInt(exponent), bottom: x.bottom ** BigInt(exponent) };
}

/** −1, 0 or 1: the sign of x. */
export function signOf(x: Rational): -1 | 0 | 1 {
  return x.top > 0n ? 1 : x.top < 0n ? -1 : 0;
}

/** −1, 0 or 1: the sign of x − y. */
export function order(x: Rational, y: Rational): -1 | 0 | 1 {
  const [left, right] = [x.top * y.bottom, y.top * x.bottom];
  return left > right ? 1 : left < right ? -1 : 0;
}

export function magnitude(x: Rational): Rational {
  return signOf(x) < 0 ? negative(x) : x;
}

export function larger(x: Rational, y: Rational): Rational {
  return order(x, y) >= 0 ? x : y;
}

export function smaller(x: Rational, y: Rational): Rational {
  return order(x, y) <= 0 ? x : y;
}

/** max(x, 0). */
export function positivePart(x: Rational): Rational {
  return signOf(x) > 0 ? x : ZERO;
}

/** Numerators over one common denominator. */
export interface Scaled {
  readonly tops: readonly bigint[];
  readonly bottom: bigint;
}

/** The values over one common denominator: sums of many products then cost one reduction. */
export function overOneBottom(values: readonly Rational[]): Scaled {
  let bottom = 1n;
  for (const value of values) {
    if (bottom % value.bottom === 0n) continue;
    bottom =
      value.bottom % bottom === 0n
        ? value.bottom
        : bottom * (value.bottom / gcd(value.bottom, bottom));
  }
  return { tops: values.map((value) => value.top * (bottom / value.bottom)), bottom };
}

/** Σ of all terms. */
export function total(terms: readonly Rational[]): Rational {
  const { tops, bottom } = overOneBottom(terms);
  return fraction(
    tops.reduce((sum, top) => sum + top, 0n),
    bottom,
  );
}

/** Σ x_i·y_i. @throws RangeError when the lengths differ */
export function inner(x: readonly Rational[], y: readonly Rational[]): Rational {
  return innerOfScaled(overOneBottom(x), overOneBottom(y));
}

/** Σ x_i·y_i of values over common denominators. @throws RangeError when the lengths differ */
export function innerOfScaled(x: Scaled, y: Scaled): Rational {
  if (x.tops.length !== y.tops.length) {
    throw new RangeError(
      `inner: y must have length ${x.tops.length} (length of x), got ${y.tops.length}`,
    );
  }
  return fraction(
    x.tops.reduce((sum, top, i) => sum + top * y.tops[i], 0n),
    x.bottom * y.bottom,
  );
}

/** ⌈x⌉. */
export function ceiling(x: Rational): bigint {
  const floor = x.top / x.bottom;
  return floor * x.bottom < x.top ? floor + 1n : floor;
}

/** "p" or "p/q" in lowest terms. */
export function written({ top, bottom }: Rational): string {
  return bottom === 1n ? String(top) : `${top}/${bottom}`;
}

/** The same for people: long fractions as a rounded decimal after "≈". */
export function shown(x: Rational): string {
  const text = written(x);
  if (text.length <= 24) return text;
  const size = magnitude(x);
  // 15 significant digits: scale to about 10^15, then place the decimal exponent.
  let exponent = String(size.top).length - String(size.bottom).length;
  const scaled = (e: number): bigint =>
    e >= 14
      ? size.top / (size.bottom * 10n ** BigInt(e - 14))
      : (size.top * 10n ** BigInt(14 - e)) / size.bottom;
  if (scaled(exponent) < 10n ** 14n) exponent -= 1;
  return `≈ ${Number(`${signOf(x) < 0 ? '-' : ''}${scaled(exponent)}e${exponent - 14}`)}`;
}
