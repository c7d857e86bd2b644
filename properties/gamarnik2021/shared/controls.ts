import type { Assumption, Conclusion, Control } from '../../../src/claims/index.js';
import { atMost, decided, gaveUp } from '../../../src/claims/index.js';
import type { OuterNormInstance } from './instance.js';

type OuterControl = Control<OuterNormInstance>;

/** The outer norm of the best student found against the bound times a factor. */
function scaledBound(original: Conclusion, factor: number): Conclusion {
  const { attained, bound } = original.measurements ?? {};
  if (attained === undefined) return gaveUp('no student was built');
  if (bound === undefined) return decided('attack', [atMost('‖a‖₁ ≤ scaled bound', 0, Infinity)]);
  const error = 1e-9 * (bound * factor + Math.min(attained, Number.MAX_VALUE));
  return decided('attack', [atMost('‖a‖₁ ≤ scaled bound', attained, factor * bound, error)]);
}

/** The bound with a smaller constant, asserted of every draw that meets the assumptions. */
export function smallerConstant(
  factor: number,
  texts: { readonly statement: string; readonly argument: string },
  assumptions?: readonly Assumption<OuterNormInstance>[],
): OuterControl {
  return {
    ...texts,
    judge: 'every-draw',
    conclude: async (_instance, original) => scaledBound(await original(), factor),
    ...(assumptions ? { assumptions } : {}),
  };
}

/** Outer weights of any sign: two equal neurons with weights t and −t change no output. */
export const signedOuterWeights: OuterControl = {
  statement: 'The bound without a ≥ 0.',
  argument:
    'Adding neurons (t, w) and (−t, w) to a student changes no output and adds 2|t| to ‖a‖₁, so the supremum is infinite wherever some student reaches the training error.',
  judge: 'every-draw',
  conclude: async (_instance, original) => {
    const conclusion = await original();
    const { attained, bound } = conclusion.measurements ?? {};
    if (attained === undefined || bound === undefined) return gaveUp('no bound to compare with');
    // A student was found exactly where it has a positive outer norm.
    const signed = attained > 0 ? attained + 2 * (bound + 1) : 0;
    return decided('attack', [atMost('‖a‖₁ ≤ bound, signed', signed, bound, 1e-9 * bound)]);
  },
};
