import type { Expression } from '../../../src/math/index.js';
import type { Bound } from './decide.js';
import type { OuterNormInstance } from './instance.js';
import { labelMean } from './label-mean.js';
import { minimalReluMean } from './law-facts.js';

/** Rounding of a bound and of the closed forms in it, relative. */
const ROUNDING = 1e-12;

/**
 * A bound that increases in M, evaluated on an instance with the error that an estimated M brings.
 *
 * @param constants the symbols besides `delta` and `M`
 */
export function boundOn(
  formula: Expression,
  instance: OuterNormInstance,
  constants: Readonly<Record<string, number>>,
): Bound {
  const m = labelMean(instance.law, instance.labelLaw);
  if (m === null) throw new RangeError('boundOn: E|Y| must be known');
  const at = (M: number): number => formula.evaluate({ ...constants, delta: instance.delta, M });
  const value = at(m.value);
  if (!Number.isFinite(value)) return { value: Infinity, error: 0 };
  return { value, error: at(m.value + m.error) - value + ROUNDING * value };
}

/** μ* of an instance: inf E ReLU(w·X), and 1 where that is infinite, since any smaller number serves. */
export function muStar(instance: OuterNormInstance): number {
  const mean = minimalReluMean(instance.law);
  return mean === Infinity ? 1 : mean;
}

/** The same bound with 64 digits, from the same doubles. */
export function boundBig(
  formula: Expression,
  { law, labelLaw, delta }: OuterNormInstance,
  constants: Readonly<Record<string, number>>,
): ReturnType<Expression['evaluateBig']> {
  const M = labelMean(law, labelLaw)?.value ?? Infinity;
  return formula.evaluateBig({ ...constants, delta, M });
}
