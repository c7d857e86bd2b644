import type { BigNumber } from 'mathjs';
import { bigNumber } from '../../math/index.js';

/**
 * A number with 64 digits, and how far a float64 engine's value of it may be away. The bound holds for
 * every order of summation and every grouping of the factors of a product.
 */
export interface Estimate {
  readonly value: BigNumber;
  /** |value|, up to rounding. */
  readonly size: number;
  /** A bound on |engine's value − value|. */
  readonly error: number;
  /**
   * A bound on the intermediate results the value may be put together from: |value| for a product, the
   * sum of absolute values for a sum. What is rounded is rounded relative to this.
   */
  readonly reach: number;
}

/** Twice the unit roundoff 2⁻⁵³: the other half covers the products of errors that are left out. */
const ROUNDING = 2 ** -52;

/** What an underflow may cost: one subnormal spacing. */
export const UNDERFLOW = Number.MIN_VALUE;

/** A number that the engine is given. */
export function exactly(x: number): Estimate {
  return { value: bigNumber(x), size: Math.abs(x), error: 0, reach: Math.abs(x) };
}

/** (a + e)(b + f) − ab = af + be + ef, and one rounding. */
export function product(...factors: readonly Estimate[]): Estimate {
  return factors.reduce((p, q) => ({
    value: p.value.times(q.value),
    size: p.size * q.size,
    error:
      p.size * q.error +
      q.size * p.error +
      p.error * q.error +
      ROUNDING * p.reach * q.reach +
      // Nothing underflows where a factor is 0.
      (p.reach === 0 || q.reach === 0 ? 0 : UNDERFLOW),
    reach: p.reach * q.reach,
  }));
}

/**
 * A sum in any order: each of the n terms takes part in at most n additions. The two more are for terms
 * of padding and for a factor that is taken out of the sum or into it.
 */
export function total(terms: readonly Estimate[]): Estimate {
  let value = bigNumber(0);
  let error = 0;
  let reach = 0;
  for (const term of terms) {
    value = value.plus(term.value);
    error += term.error;
    reach += term.reach + term.error;
  }
  const size = Math.abs(value.toNumber());
  return { value, size, error: error + (terms.length + 2) * ROUNDING * reach, reach };
}

/** Whether the bound would notice a mistake: it is far below what the value is put together from. */
export function isSharp({ error, reach }: Estimate): boolean {
  return error <= 1e-9 * reach + 1e-300;
}

/** How many times its bound an engine's value is away; ≤ 1 when all is well, NaN for NaN. */
export function excess(actual: number, { value, error }: Estimate): number {
  // A value beyond the doubles cannot be checked: the error bound overflows as well.
  const distance = Number.isFinite(actual) ? value.minus(bigNumber(actual)).abs().toNumber() : NaN;
  return distance === 0 ? 0 : distance / error;
}
