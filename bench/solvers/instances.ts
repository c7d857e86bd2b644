import type { RandomSource } from '../../src/math/index.js';
import { normal, randomSource, unitSphere } from '../../src/math/index.js';
import type { InterpolationProblem } from '../../src/solvers/index.js';

export type Labels = 'teacher' | 'random';

/**
 * Random unit inputs with labels of a teacher of 1 … 6 unit neurons with outer weights ±1, in turn, or normal labels.
 * The same problems for every solver and every run.
 */
export function drawProblems(
  dim: number,
  sampleSize: number,
  labels: Labels,
  count: number,
): InterpolationProblem[] {
  const random = randomSource('bench', 'minimum-norm', dim, sampleSize, labels);
  return Array.from({ length: count }, (_, k) => drawProblem(random, dim, sampleSize, labels, k));
}

/** The same with sample sizes uniform on [least, most], one problem after the other. */
export function* drawOfSizes(
  dim: number,
  [least, most]: readonly [least: number, most: number],
  labels: Labels,
  count: number,
): Generator<InterpolationProblem> {
  const random = randomSource('bench', 'minimum-norm', 'sizes', dim, least, most, labels);
  for (let k = 0; k < count; k += 1) {
    const sampleSize = least + Math.floor(random.uniform() * (most - least + 1));
    yield drawProblem(random, dim, sampleSize, labels, k);
  }
}

function drawProblem(
  random: RandomSource,
  dim: number,
  sampleSize: number,
  labels: Labels,
  k: number,
): InterpolationProblem {
  const inputs = Array.from({ length: sampleSize }, () => unitSphere(random, dim));
  if (labels === 'random') return { inputs, labels: inputs.map(() => normal(random)) };
  const neurons = Array.from({ length: 1 + (k % 6) }, () => ({
    sign: random.uniform() < 0.5 ? -1 : 1,
    direction: unitSphere(random, dim),
  }));
  return {
    inputs,
    labels: inputs.map((x) =>
      neurons.reduce((sum, { sign, direction }) => {
        const product = x.reduce((s, entry, axis) => s + entry * direction[axis], 0);
        return sum + sign * Math.max(0, product);
      }, 0),
    ),
  };
}
