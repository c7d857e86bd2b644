import { addScaled, dot, norm, scale } from '../../math/index.js';
import type { Vector } from '../../model/index.js';

/** What opposite inputs x, −x imply: f(x) − f(−x) = ⟨q, x⟩ for every network without biases. */
export interface OppositeInputs {
  /** Indices whose label follows from the others', up to rounding, and is left out. */
  readonly implied: readonly number[];
  /** Two indices of a pair whose labels contradict those of other pairs, or null. */
  readonly contradiction: readonly [number, number] | null;
  /** All pairs looked at, and how many of them are independent of those before. */
  readonly pairs: readonly (readonly [number, number])[];
  readonly independent: number;
}

/** Inputs this close to opposite are taken to be. */
const OPPOSITE = 1e-13;
/** What an input keeps off the span of earlier pairs when it is independent of them. */
const INDEPENDENT = 1e-9;

/**
 * Finds pairs x, −x. The first independent pairs determine q on their span; a further pair in that span adds one
 * condition, not two, and its labels must agree.
 *
 * @param inputs unit inputs
 * @param tolerance difference of labels that rounding explains
 */
export function oppositeInputs(
  inputs: readonly Vector[],
  labels: Vector,
  tolerance: number,
): OppositeInputs {
  const frame: number[][] = [];
  /** ⟨q, frame row⟩. */
  const known: number[] = [];
  const implied: number[] = [];
  const pairs: [number, number][] = [];
  for (let i = 0; i < inputs.length; i += 1) {
    for (let j = i + 1; j < inputs.length; j += 1) {
      if (dot(inputs[i], inputs[j]) > -0.99) continue;
      if (norm(addScaled(inputs[i], 1, inputs[j])) > OPPOSITE) continue;
      pairs.push([i, j]);
      let rest = [...inputs[i]];
      let value = labels[i] - labels[j];
      for (const [k, row] of frame.entries()) {
        const product = dot(row, rest);
        value -= product * known[k];
        rest = addScaled(rest, -product, row);
      }
      const length = norm(rest);
      if (length > INDEPENDENT) {
        frame.push(scale(1 / length, rest));
        known.push(value / length);
      } else if (Math.abs(value) > tolerance) {
        return { implied, contradiction: [i, j], pairs, independent: frame.length };
      } else implied.push(j);
    }
  }
  return { implied, contradiction: null, pairs, independent: frame.length };
}
