import { drawInputs, meanAbsoluteLabel } from '../../../src/generators/index.js';
import type { LabelLaw } from '../../../src/generators/index.js';
import { randomSource } from '../../../src/math/index.js';
import type { InputLaw, Vector } from '../../../src/model/index.js';
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
 * M = E|Y| of a pair of laws: in closed form; for teachers of inputs with finitely many values the sum over them, and else
 * the mean over 1024 keyed draws of X with six standard errors as error. Of a scale mixture both components are drawn, since few
 * draws or none are of the far one, which may carry most of the mean. Null when a ReLU teacher has no second moment
 * to estimate an error from.
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
  const mean = meanOutput(law, (input) => Math.abs(evaluate(teacher, input)));
  estimates.set(labelLaw, mean);
  return mean;
}

/** E g(X) for g ≥ 0. */
function meanOutput(law: InputLaw, g: (input: Vector) => number): LabelMean {
  if (law.name === 'atoms') {
    const value = law.points.reduce((sum, point, i) => sum + law.probabilities[i] * g(point), 0);
    return { value, error: 1e-12 * value };
  }
  if (law.name === 'scale-mixture' && law.farProbability > 0 && law.farProbability < 1) {
    const far = estimated({ ...law, farProbability: 1 }, g);
    const near = estimated({ ...law, farProbability: 0 }, g);
    const [p, q] = [law.farProbability, 1 - law.farProbability];
    return { value: p * far.value + q * near.value, error: p * far.error + q * near.error };
  }
  return estimated(law, g);
}

function estimated(law: InputLaw, g: (input: Vector) => number): LabelMean {
  const inputs = drawInputs(law, DRAWS, randomSource('mean absolute label of a teacher'));
  let sum = 0;
  let squares = 0;
  for (const input of inputs) {
    const size = g(input);
    sum += size;
    squares += size * size;
  }
  const value = sum / DRAWS;
  const variance = Math.max(0, squares / DRAWS - value * value);
  return { value, error: 6 * Math.sqrt(variance / DRAWS) + 1e-12 * value };
}
