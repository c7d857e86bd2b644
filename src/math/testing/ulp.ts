import type { BigNumber } from 'mathjs';
import { bigNumber } from '../expression.js';
import { randomSource } from '../random.js';

const BUFFER = new DataView(new ArrayBuffer(8));

/** The distance from |x| to the next larger double (2⁻¹⁰⁷⁴ below the normal range). */
export function ulp(x: number): number {
  BUFFER.setFloat64(0, Math.abs(x));
  const bits = BUFFER.getBigUint64(0);
  BUFFER.setBigUint64(0, bits + 1n);
  return BUFFER.getFloat64(0) - Math.abs(x);
}

/** |actual − expected| in units in the last place of the double nearest to expected. */
export function ulpError(actual: number, expected: BigNumber): number {
  const size = ulp(expected.toNumber());
  return bigNumber(actual).minus(expected).abs().div(bigNumber(size)).toNumber();
}

/**
 * Arguments in [lower, upper], the same on every run: a third uniform, a third log-uniform in
 * distance from `lower` and a third log-uniform in absolute value, clipped to the interval.
 */
export function testArguments(name: string, lower: number, upper: number, count: number): number[] {
  const random = randomSource('ulp', name, lower, upper);
  const clip = (x: number) => Math.min(upper, Math.max(lower, x));
  return Array.from({ length: count }, (_, i) => {
    const tiny = 2 ** (-60 * random.uniform());
    if (i % 3 === 0) return lower + (upper - lower) * random.uniform();
    if (i % 3 === 1) return clip(lower + (upper - lower) * tiny);
    return clip((random.sign() > 0 ? upper : lower) * tiny);
  });
}

/** The largest error in ulp of f against its high-precision reference, and where it is. */
export function worstUlpError(
  f: (x: number) => number,
  reference: (x: BigNumber) => BigNumber,
  points: readonly number[],
): { readonly error: number; readonly at: number } {
  let worst = { error: 0, at: NaN };
  for (const x of points) {
    const error = ulpError(f(x), reference(bigNumber(x)));
    if (!(error <= worst.error)) worst = { error, at: x };
  }
  return worst;
}
