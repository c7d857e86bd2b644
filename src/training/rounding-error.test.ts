import { describe, expect, test } from 'vitest';
import { randomSource } from '../math/index.js';
import { createJs64 } from './js64.js';
import { UNIT_ROUNDOFF, gradientErrorBound } from './rounding-error.js';
import { bigEvaluation } from './testing/big-gradient.js';
import { EVERY_ACTIVATION, randomProblem } from './testing/random-problem.js';

const engine = createJs64();

describe('gradientErrorBound', () => {
  test.each(EVERY_ACTIVATION)(
    'bounds the error of the float64 engine for $name, and not by much more than it is',
    (activation) => {
      const random = randomSource('rounding', activation.name);
      for (let trial = 0; trial < 6; trial += 1) {
        const sizes = {
          width: 1 + random.integer(4),
          inputDim: 1 + random.integer(4),
          sampleSize: 1 + random.integer(6),
        };
        const options = { biases: trial % 2 === 1, size: trial < 3 ? 1 : 3 };
        const key = `rounding ${activation.name} ${trial}`;
        const { network, dataset } = randomProblem(key, activation, sizes, options);
        const objective = { scale: 'mean', weightDecay: { lambda: 0.3, on: 'all' } } as const;
        const actual = engine.lossAndGradient(network, dataset, objective);
        const exact = bigEvaluation(network, dataset, objective);
        const bound = gradientErrorBound(network, dataset, objective, UNIT_ROUNDOFF.float64);
        const error = exact.objective.value.minus(actual.objective).abs().toNumber();
        expect(error).toBeLessThanOrEqual(bound.objective);
        for (const [part, entries] of [
          ['inner', exact.inner.flat()],
          ['outer', exact.outer],
          ['biases', exact.biases],
        ] as const) {
          expect(bound[part]).toHaveLength(entries.length);
          entries.forEach((entry, k) => {
            const off = entry.value.minus(actual[part][k]).abs().toNumber();
            expect(off).toBeLessThanOrEqual(bound[part][k]);
            // No blank cheque: a few hundred roundings of the terms (at most 10 · 3 · 3 · 13) in the sum.
            if (activation.name !== 'step') expect(bound[part][k]).toBeLessThan(2 ** -53 * 3e5);
          });
        }
      }
    },
  );

  test('is proportional to the unit roundoff', () => {
    const sizes = { width: 3, inputDim: 2, sampleSize: 4 };
    const { network, dataset } = randomProblem('roundoff', { name: 'tanh' }, sizes);
    const at = (unit: number) => gradientErrorBound(network, dataset, { scale: 'mean' }, unit);
    const ratio = at(UNIT_ROUNDOFF.float32).outer[1] / at(UNIT_ROUNDOFF.float64).outer[1];
    expect(ratio / 2 ** 29).toBeGreaterThan(0.999);
    expect(ratio / 2 ** 29).toBeLessThan(1.001);
  });

  test('grants a whole slope where a kink lies within the rounding of its argument', () => {
    const at = (weight: number, input: number) =>
      gradientErrorBound(
        { activation: { name: 'relu' }, inputDim: 2, inner: [[weight, -weight]], outer: [1] },
        { inputDim: 2, inputs: [[input, input]], labels: [2] },
        { scale: 'half-mean' },
        UNIT_ROUNDOFF.float32,
      ).inner[0];
    // The two products cancel; r = −2, so the slope matters twice the input.
    expect(at(0.3, 0.7)).toBeGreaterThan(1.4);
    // Where the pre-activation is computed from zeros, the convention decides.
    expect(at(0, 0.7)).toBeLessThan(1e-5);
  });
});
