import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawInputs, inputLaws } from '../../../src/generators/index.js';
import { normalVector, normalise, randomSource } from '../../../src/math/index.js';
import type { InputLaw } from '../../../src/model/index.js';
import { minimalHalfspaceMass, minimalReluMean, normTailExponent } from './law-facts.js';

const DRAWS = 1500;

describe('facts of the input laws', () => {
  it('bounds ReLU means and halfspace masses from below in random directions', () => {
    const laws = fc.sample(inputLaws({ inputDim: { min: 1, max: 4 } }), { seed: 7, numRuns: 150 });
    const random = randomSource('directions of laws');
    for (const [t, law] of laws.entries()) {
      const inputs = drawInputs(law, DRAWS, randomSource('law facts', t));
      const mean = minimalReluMean(law);
      for (let k = 0; k < 4; k += 1) {
        const w = normalise(normalVector(random, law.dimension));
        const values = inputs.map((x) => x.reduce((sum, entry, i) => sum + entry * w[i], 0));
        const relu = values.map((v) => Math.max(0, v));
        const average = relu.reduce((sum, v) => sum + v, 0) / DRAWS;
        const square = relu.reduce((sum, v) => sum + v * v, 0) / DRAWS;
        // Six standard errors, which a sample tells only where it sees some positive values, 30 at least; heavy tails are
        // underestimated by samples, so they are left to the closed forms.
        const seen = relu.filter((v) => v > 0).length;
        const error = 6 * Math.sqrt(Math.max(0, square - average * average) / DRAWS) + 1e-12;
        if (seen >= 30 && !['student-t', 'pareto', 'scale-mixture'].includes(law.name)) {
          expect(average + error).toBeGreaterThanOrEqual(mean);
        }
        for (const margin of [0, 0.1, 1]) {
          const mass = values.filter((v) => v >= margin - 1e-12).length / DRAWS;
          const spread = 6 * Math.sqrt((mass * (1 - mass)) / DRAWS) + 6 / DRAWS;
          expect(mass + spread).toBeGreaterThanOrEqual(minimalHalfspaceMass(law, margin));
        }
      }
    }
  });

  it('is exact on the line for clusters', () => {
    const law: InputLaw = { name: 'clusters', dimension: 1, centres: [[2], [-1], [2]], spread: 0 };
    expect(minimalReluMean(law)).toBeCloseTo(1 / 3, 14);
    expect(minimalHalfspaceMass(law, 0)).toBeCloseTo(1 / 3, 14);
  });

  it('sees the atoms of a law in the plane', () => {
    const square = {
      name: 'atoms',
      dimension: 2,
      points: [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ],
    } as const;
    const law: InputLaw = { ...square, probabilities: [0.25, 0.25, 0.25, 0.25] };
    expect(minimalReluMean(law)).toBeCloseTo(0.25, 12);
    expect(minimalHalfspaceMass(law, 0)).toBe(0.5);
  });

  it('tells exponential from slower norm tails', () => {
    expect(normTailExponent({ name: 'gaussian', dimension: 5 })).toBe(Infinity);
    expect(normTailExponent({ name: 'student-t', dimension: 5, degrees: 3 })).toBe(0);
    const mixture = {
      name: 'scale-mixture',
      base: 'gaussian',
      nearScale: 1,
      farScale: 10,
    } as const;
    expect(normTailExponent({ ...mixture, dimension: 6, farProbability: 2 ** -6 })).toBeCloseTo(
      Math.LN2,
      12,
    );
  });
});
