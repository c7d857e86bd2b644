import { describe, expect, test } from 'vitest';
import { orthogonalMatrix, randomSource } from '../math/index.js';
import {
  admissibleRadius,
  contractionFactor,
  demandedSampleSize,
  demandedSampleSizePrinted,
  errorBound,
  spectrumConstants,
  statisticalTerm,
  stepSizeLimit,
} from './linear-convergence-bounds.js';
import { populationHessian } from './population-loss.js';
import { linearisedStep, populationStep } from './population-step.js';
import { singularValuesOf } from './singular-values.js';
import { spectrumEnds } from './symmetric-extremes.js';

describe('the formulas of the linear convergence theorem', () => {
  test('have the printed values at κ = 2, λ = 4, K = 3, d = 5, σ_K = 1/2', () => {
    const sizes = { d: 5, K: 3, kappa: 2, lambda: 4, smallest: 0.5, norm2: 9, noise: 1 };
    const factor = (4 ** 4 * 2 ** 10 * 3 ** 9 * 5) / 0.25;
    expect(demandedSampleSizePrinted.evaluate({ ...sizes, c1: 2 })).toBeCloseTo(
      2 * factor * Math.log(240) * 10,
      -3,
    );
    expect(demandedSampleSize.evaluate({ ...sizes, c1: 2 })).toBeCloseTo(
      2 * factor * Math.log(Math.E + 240) * 10,
      -3,
    );
    expect(admissibleRadius.evaluate({ ...sizes, c: 0.1 })).toBeCloseTo(0.05 / (4 * 8 * 9), 15);
    expect(stepSizeLimit.evaluate({ c2: 2, K: 3, kappa: 2 })).toBeCloseTo(1 / 36, 15);
    const rate = { c3: 0.5, stepSize: 0.1, kappa: 2, lambda: 4 };
    expect(contractionFactor.evaluate(rate)).toBeCloseTo(1 - 0.05 / 16, 15);
    const statistical = (3 * 16 * 16 * 243 * 5 * Math.log(100)) / 100;
    expect(statisticalTerm.evaluate({ ...sizes, c4: 3, N: 100 })).toBeCloseTo(statistical * 10, 6);
    expect(errorBound.evaluate({ ...sizes, ...rate, c4: 3, N: 100, T: 7, start2: 2 })).toBeCloseTo(
      (1 - 0.05 / 16) ** 7 * 2 + statistical * 10,
      6,
    );
  });

  test('admit one sample as printed when the teacher is as long as d, not with log(e + x)', () => {
    const sizes = { d: 8, K: 1, kappa: 1, lambda: 1, smallest: 8, norm2: 64, noise: 1, c1: 1 };
    expect(demandedSampleSizePrinted.evaluate(sizes)).toBe(0);
    expect(demandedSampleSize.evaluate(sizes)).toBeGreaterThan(8);
    expect(statisticalTerm.evaluate({ ...sizes, c4: 1e9, N: 1 })).toBe(0);
  });
});

describe('spectrumConstants', () => {
  test('reads κ, λ, σ_K and the Frobenius norm off the singular values', () => {
    expect(spectrumConstants([6, 3, 2])).toEqual({ kappa: 3, lambda: 4.5, smallest: 2, norm2: 49 });
    expect(spectrumConstants([5])).toEqual({ kappa: 1, lambda: 1, smallest: 5, norm2: 25 });
  });

  test('names what does not fit', () => {
    expect(() => spectrumConstants([])).toThrow(
      new RangeError('spectrumConstants: singularValues must hold at least one, got 0'),
    );
    expect(() => spectrumConstants([1, 0])).toThrow(
      new RangeError('spectrumConstants: singularValues must be finite and > 0, got 0'),
    );
  });
});

describe('singularValuesOf', () => {
  test.each([[[3]], [[5, 2]], [[7, 7, 7]], [[1e3, 10, 1]], [[4, 3, 2, 1e-9]]])(
    'recovers %j',
    (values) => {
      const random = randomSource('singular values', JSON.stringify(values));
      const left = orthogonalMatrix(random, values.length);
      const right = orthogonalMatrix(random, values.length + 2);
      const matrix = left.map((row) =>
        right[0].map((_, p) => row.reduce((sum, u, j) => sum + u * values[j] * right[j][p], 0)),
      );
      singularValuesOf(matrix).forEach((value, j) => {
        expect(Math.abs(value - values[j])).toBeLessThan(20 * Number.EPSILON * values[0]);
      });
    },
  );

  test('gives zeros for more rows than columns and names ragged rows', () => {
    expect(singularValuesOf([[3], [4]])[0]).toBeCloseTo(5, 14);
    expect(singularValuesOf([[3], [4]])[1]).toBeLessThan(1e-15);
    expect(() => singularValuesOf([[1, 2], [3]])).toThrow(
      new RangeError('singularValuesOf: every row must have length 2 (that of the first), got 1'),
    );
    expect(() => singularValuesOf([])).toThrow(
      new RangeError('singularValuesOf: matrix must have at least one row, got 0'),
    );
  });
});

describe('one step of population gradient descent', () => {
  test('contracts one neuron as the Hessian I/2 says', () => {
    const { rate } = populationStep([[1, 0]], [[1, 0]], 0.1, 0.5);
    // On the teacher's ray L = ½·½‖w − w*‖², so ρ = (1 − η/2)² = 9/16 at η = ½.
    expect(rate).toBeCloseTo((1 - 9 / 16) / 0.5, 12);
  });

  test('has the linearised rate as its limit at small radius', () => {
    const teacher = [
      [1, 0.2, 0],
      [0.3, 1, -0.4],
    ];
    const hessian = populationHessian(teacher, teacher);
    const { vector } = spectrumEnds(hessian, 6).smallest;
    const direction = [Array.from(vector.subarray(0, 3)), Array.from(vector.subarray(3))];
    const limit = linearisedStep(hessian, vector, 0.2);
    const near = populationStep(teacher, direction, 1e-5, 0.2);
    expect(Math.abs(near.rate - limit.rate)).toBeLessThan(1e-4 * limit.rate);
    expect(near.error).toBeLessThan(1e-8);
    expect(limit.error).toBeLessThan(1e-13);
  });

  test('is slowest at an orthonormal pair in the direction (w_1 + w_2, −w_1 − w_2)/2', () => {
    const teacher = [
      [1, 0],
      [0, 1],
    ];
    const { smallest, largest } = spectrumEnds(populationHessian(teacher, teacher), 4);
    expect(smallest.value).toBeCloseTo(1 / 4 - 1 / (2 * Math.PI), 14);
    expect(largest.value).toBeCloseTo(3 / 4 + 1 / (2 * Math.PI), 14);
  });
});
