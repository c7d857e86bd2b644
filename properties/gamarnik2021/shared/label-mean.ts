import { drawInputs, meanAbsoluteLabel } from '../../../src/generators/index.js';
import type { LabelLaw } from '../../../src/generators/index.js';
import { randomSource } from '../../../src/math/index.js';
import type { InputLaw } from '../../../src/model/index.js';
import { evaluate, secondMoment } from '../../../src/model/index.js';

/** M = E|Y| with a bound on its error. */
export interface LabelMean {
  readonly value: number;
  readonly error: number;
}

const DRAWS = 1024;

/** Estimates by law of labels: an instance pairs each such object with one law of inputs. */
const estimates = new WeakMap<LabelLaw, LabelMean>();

/**
 * M = E|Y| of a pair of laws: in closed form, and for teachers the mean over 1024 keyed draws of X with
 * six standard errors as error. Null when a ReLU teacher has no second moment to estimate an error from.
 */
export function labelMean(law: InputLaw, labelLaw: LabelLaw): LabelMean | null {
  if (labelLaw.name !== 'teacher') {
    const value = meanAbsoluteLabel(labelLaw) as number;
    return { value, error: 4 * Number.EPSILON * value };
  }
  const { teacher } = labelLaw;
  const bounded = teacher.activation.name === 'step' || teacher.activation.name === 'tanh';
  if (!bounded && secondMoment(law) === Infinity) return null;
  const known = estimates.get(labelLaw);
  if (known) return known;
  const inputs = drawInputs(law, DRAWS, randomSource('mean absolute label of a teacher'));
  let sum = 0;
  let squares = 0;
  for (const input of inputs) {
    const size = Math.abs(evaluate(teacher, input));
    sum += size;
    squares += size * size;
  }
  const value = sum / DRAWS;
  const variance = Math.max(0, squares / DRAWS - value * value);
  const estimate = { value, error: 6 * Math.sqrt(variance / DRAWS) + 1e-12 * value };
  estimates.set(labelLaw, estimate);
  return estimate;
}
