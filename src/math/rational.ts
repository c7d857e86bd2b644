/**
 * An exact rational number as plain data, in lowest terms with denominator > 0. Written for
 * certificates: our own rather than a fraction library's, since those read doubles approximately and
 * overflow when they turn large terms back into doubles.
 */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** What the operations accept: a rational, an integer, or a double (finite), taken exactly. */
export type RationalLike = Rational | bigint | number;

/** The greatest common divisor, ≥ 0. */
export function gcd(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** numerator/denominator in lowest terms. @throws RangeError when denominator is 0 */
export function ratio(numerator: bigint, denominator: bigint): Rational {
  if (denominator === 0n) throw new RangeError('ratio: denominator must not be 0');
  const common = denominator < 0n ? -gcd(numerator, denominator) : gcd(numerator, denominator);
  return { numerator: numerator / common, denominator: denominator / common };
}

const VIEW = new DataView(new ArrayBuffer(8));

/** The double as the dyadic rational it is. @throws RangeError when it is not finite */
export function fromDouble(value: number): Rational {
  if (!Number.isFinite(value))
    throw new RangeError(`fromDouble: value must be finite, got ${value}`);
  if (Number.isInteger(value)) return { numerator: BigInt(value), denominator: 1n };
  VIEW.setFloat64(0, value);
  const bits = VIEW.getBigUint64(0);
  const exponent = (bits >> 52n) & 0x7ffn;
  const fraction = bits & 0xfffffffffffffn;
  const significand = exponent === 0n ? fraction : fraction | 0x10000000000000n;
  // |value| < 2⁵² here, so the power of two is in the denominator.
  const shift = 1075n - (exponent === 0n ? 1n : exponent);
  return ratio(value < 0 ? -significand : significand, 1n << shift);
}

/** The value as a rational, exactly. */
export function rational(value: RationalLike): Rational {
  if (typeof value === 'number') return fromDouble(value);
  if (typeof value === 'bigint') return { numerator: value, denominator: 1n };
  return value;
}

/**
 * Reads "p/q", "p" or a decimal such as "-0.125" or "1e-3", exactly.
 * @throws SyntaxError when the text is none of these; RangeError when q is 0
 */
export function parseRational(text: string): Rational {
  const fraction = /^([+-]?\d+)(?:\/(\d+))?$/.exec(text);
  if (fraction !== null) return ratio(BigInt(fraction[1]), BigInt(fraction[2] ?? '1'));
  const decimal = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d{1,4}))?$/i.exec(text);
  if (decimal === null || decimal[2] + decimal[3] === '') {
    throw new SyntaxError(
      `parseRational: text must be "p/q", an integer or a decimal, got "${text}"`,
    );
  }
  const digits = BigInt(decimal[2] + decimal[3]) * (decimal[1] === '-' ? -1n : 1n);
  const exponent = Number(decimal[4] ?? '0') - decimal[3].length;
  return exponent >= 0
    ? { numerator: digits * 10n ** BigInt(exponent), denominator: 1n }
    : ratio(digits, 10n ** BigInt(-exponent));
}

/** "p/q" in lowest terms, or "p" for an integer. */
export function formatRational(value: RationalLike): string {
  const { numerator, denominator } = rational(value);
  return denominator === 1n ? String(numerator) : `${numerator}/${denominator}`;
}

/** x + y. */
export function add(x: RationalLike, y: RationalLike): Rational {
  const a = rational(x);
  const b = rational(y);
  return ratio(
    a.numerator * b.denominator + b.numerator * a.denominator,
    a.denominator * b.denominator,
  );
}

/** −x. */
export function negate(x: RationalLike): Rational {
  const a = rational(x);
  return { numerator: -a.numerator, denominator: a.denominator };
}

/** x − y. */
export function subtract(x: RationalLike, y: RationalLike): Rational {
  return add(x, negate(y));
}

/** x·y. */
export function multiply(x: RationalLike, y: RationalLike): Rational {
  const a = rational(x);
  const b = rational(y);
  return ratio(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** x/y. @throws RangeError when y is 0 */
export function divide(x: RationalLike, y: RationalLike): Rational {
  const a = rational(x);
  const b = rational(y);
  if (b.numerator === 0n) throw new RangeError('divide: y must not be 0');
  return ratio(a.numerator * b.denominator, a.denominator * b.numerator);
}

/** −1, 0 or 1: the sign of x. */
export function sign(x: RationalLike): -1 | 0 | 1 {
  const { numerator } = rational(x);
  return numerator > 0n ? 1 : numerator < 0n ? -1 : 0;
}

/** −1, 0 or 1: the sign of x − y. */
export function compare(x: RationalLike, y: RationalLike): -1 | 0 | 1 {
  const a = rational(x);
  const b = rational(y);
  const left = a.numerator * b.denominator;
  const right = b.numerator * a.denominator;
  return left > right ? 1 : left < right ? -1 : 0;
}

/** |x|. */
export function absolute(x: RationalLike): Rational {
  return sign(x) < 0 ? negate(x) : rational(x);
}

/** Σ x_i·y_i, exactly. @throws RangeError when the lengths differ */
export function dotExact(x: readonly RationalLike[], y: readonly RationalLike[]): Rational {
  if (x.length !== y.length) {
    throw new RangeError(`dotExact: y must have length ${x.length} (length of x), got ${y.length}`);
  }
  return sumOfQuotients(
    x.map((entry, i) => {
      const a = rational(entry);
      const b = rational(y[i]);
      return {
        numerator: a.numerator * b.numerator,
        denominator: a.denominator * b.denominator,
      };
    }),
  );
}

/** Σ x_i, exactly. */
export function sumExact(x: readonly RationalLike[]): Rational {
  return sumOfQuotients(x.map((entry) => rational(entry)));
}

/**
 * Σ of quotients, which need not be in lowest terms, over one common denominator: with the masses of an interpolant
 * the terms nearly share it, and a greatest common divisor costs more than all the rest.
 */
function sumOfQuotients(terms: readonly Rational[]): Rational {
  let common = 1n;
  for (const { denominator } of terms) {
    if (common % denominator !== 0n) {
      common =
        denominator % common === 0n
          ? denominator
          : (common / gcd(common, denominator)) * denominator;
    }
  }
  const total = terms.reduce(
    (sum, { numerator, denominator }) => sum + numerator * (common / denominator),
    0n,
  );
  return ratio(total, common);
}

/** How many binary digits |value| has; 0 for 0. */
function bitLength(value: bigint): number {
  const hex = (value < 0n ? -value : value).toString(16);
  return hex === '0' ? 0 : 4 * hex.length + 28 - Math.clz32(Number.parseInt(hex[0], 16));
}

/**
 * The double nearest to x, ties to even, also where numerator and denominator overflow a double;
 * ±Infinity beyond the largest double.
 */
export function toDouble(x: RationalLike): number {
  const { numerator, denominator } = rational(x);
  if (numerator === 0n) return 0;
  const size = numerator < 0n ? -numerator : numerator;
  const exponent = bitLength(size) - bitLength(denominator);
  const value = exponent > 1100 ? Infinity : positiveToDouble(size, denominator, exponent);
  return numerator < 0n ? -value : value;
}

/** `toDouble` of size/denominator, which lies within a factor 2 of 2^exponent. */
function positiveToDouble(size: bigint, denominator: bigint, exponent: number): number {
  // size/denominator·2^shift has at least 64 bits, or, near and in the subnormal range, two more than
  // the double keeps. The last bit also says whether the division left a remainder.
  const shift = Math.min(65 - exponent, 1076);
  const scaled = shift >= 0 ? size << BigInt(shift) : size;
  const divisor = shift >= 0 ? denominator : denominator << BigInt(-shift);
  const floor = scaled / divisor;
  const quotient = floor * divisor === scaled ? floor : floor | 1n;
  if (shift < 1076) {
    const half = Math.trunc(shift / 2);
    return (Number(quotient) / 2 ** half) * 2 ** (half - shift); // Number rounds, the rest is exact
  }
  const rest = quotient & 3n;
  const kept = quotient >> 2n;
  const up = rest === 3n || (rest === 2n && (kept & 1n) === 1n);
  return Number(up ? kept + 1n : kept) * Number.MIN_VALUE;
}
