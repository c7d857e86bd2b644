/**
 * How much a person has to read to know a number: 0 for 0, then roughly the bits of its shortest description among
 * decimal digits, a dyadic k·2^j and a fraction p/q. Negative numbers cost half a bit more. NaN and ±∞ cost the most.
 */
export function numberCost(x: number): number {
  if (x === 0) return 0;
  if (!Number.isFinite(x)) return 2000;
  const size = Math.abs(x);
  const described = Math.min(decimalCost(size), dyadicCost(size), fractionCost(size));
  // Of whole numbers equally long the smaller is simpler.
  const tie = Number.isInteger(x) && size <= 2 ** 20 ? size * 2 ** -30 : 0;
  return described + tie + (x < 0 ? 0.5 : 0);
}

/** Bits of one decimal digit, rounded. */
const DIGIT = 3;

function decimalCost(size: number): number {
  const [digits, exponent] = size.toExponential().split('e');
  const significant = digits.length === 1 ? 1 : digits.length - 1;
  const shift = Number(exponent);
  // Zeros before the digits, or after them.
  const zeros = shift < 0 ? -shift : Math.max(0, shift + 1 - significant);
  return DIGIT * significant + zeros;
}

function dyadicCost(size: number): number {
  let odd = size;
  let shift = 0;
  while (!Number.isInteger(odd)) {
    odd *= 2;
    shift += 1;
  }
  while (odd % 2 === 0) {
    odd /= 2;
    shift += 1;
  }
  return bitLength(odd) + shift;
}

function bitLength(whole: number): number {
  return whole.toString(2).length;
}

const LARGEST_DENOMINATOR = 64;
/** A fraction that is no double is read as such only after some thought, and is not exact. */
const INEXACT = 4;

function fractionCost(size: number): number {
  for (const [top, bottom] of convergents(size)) {
    if (top / bottom === size) return bitLength(top) + 2 * bitLength(bottom) + INEXACT;
  }
  return Infinity;
}

/** Convergents p/q of the continued fraction of a number ≥ 0, q ≤ 64: best approximations on the Stern–Brocot tree. */
function* convergents(size: number): Generator<readonly [number, number]> {
  if (size > 2 ** 31) return;
  let [before, top] = [1, Math.floor(size)];
  let [below, bottom] = [0, 1];
  let rest = size - top;
  yield [top, bottom];
  while (rest > 1e-12) {
    const whole = Math.floor(1 / rest);
    rest = 1 / rest - whole;
    [before, top] = [top, whole * top + before];
    [below, bottom] = [bottom, whole * bottom + below];
    if (bottom > LARGEST_DENOMINATOR || top > 2 ** 31) return;
    yield [top, bottom];
  }
}

/** Steps of the grids that numbers are rounded to: integers, halves, quarters, … */
const GRIDS = [1, 1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 64, 1 / 1024] as const;
const DIGITS = [1, 2, 3, 4, 6] as const;
/** Where small numbers may move to. */
const ROUND = [1 / 2, 1 / 4, 0.1, 1 / 8, 0.05, 0.01, 0.001] as const;

/**
 * Numbers simpler than x, simplest first: 0, ±1, neighbours on coarse grids, fewer decimal digits, powers of two,
 * small fractions, the other sign.
 *
 * @param whole only whole numbers
 */
export function simplerNumbers(x: number, whole = false): number[] {
  const cost = numberCost(x);
  const candidates = new Set<number>([0, 1, -1]);
  if (Number.isFinite(x)) {
    const side = x < 0 ? -1 : 1;
    const size = Math.abs(x);
    const add = (value: number) => candidates.add(side * value + 0);
    candidates.add(size);
    if (size <= 2 ** 40) {
      for (const grid of GRIDS) add(Math.round(size / grid) * grid);
      add(Math.floor(size));
      add(Math.ceil(size));
      add(Math.floor(size / 2));
    }
    if (Number.isInteger(x)) add(size - 1);
    for (const digits of DIGITS) add(Number(size.toPrecision(digits)));
    for (const power of powersOfTwo(size)) add(power);
    for (const [top, bottom] of convergents(size)) add(top / bottom);
    for (const round of ROUND) if (size < round) add(round);
  }
  return [...candidates]
    .filter((value) => numberCost(value) < cost && (!whole || Number.isInteger(value)))
    .sort((a, b) => numberCost(a) - numberCost(b) || Math.abs(a - x) - Math.abs(b - x) || b - a);
}

/** The powers of two around a positive number. */
function powersOfTwo(size: number): number[] {
  if (!(size > 2 ** -60 && size < 2 ** 60)) return [];
  let power = 1;
  while (power > size) power /= 2;
  while (power * 2 <= size) power *= 2;
  return [power, 2 * power];
}
