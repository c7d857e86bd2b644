import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dot, normal, randomSource, timesPowerOfTwo, unitSphere } from '../../math/index.js';
import type { Atom } from './interpolant.js';
import type { InterpolationProblem } from './interpolation-problem.js';
import { priceDirections } from './pricing.js';
import { regularisationPath, regularisedMinimum } from './regularised.js';
import { solveMinimumNorm } from './solve.js';

const random = randomSource('regularised minimum');

function problem(count: number, dim: number): InterpolationProblem {
  const inputs = Array.from({ length: count }, () => unitSphere(random, dim));
  return { inputs, labels: inputs.map(() => normal(random)) };
}

function objective(
  { inputs, labels }: InterpolationProblem,
  beta: number,
  atoms: readonly Atom[],
): number {
  const norm = atoms.reduce((sum, { mass }) => sum + Math.abs(mass), 0);
  const misfits = inputs.map((x, i) =>
    atoms.reduce(
      (sum, { direction, mass }) => sum - mass * Math.max(0, dot(direction, x)),
      labels[i],
    ),
  );
  return dot(misfits, misfits) / 2 + beta * norm;
}

describe('regularisedMinimum', () => {
  test('one input: soft thresholding', () => {
    const { lower, upper, norm } = regularisedMinimum({ inputs: [[3, 4]], labels: [10] }, 5);
    // a = ‖x‖⁻¹(y − β/‖x‖) = (10 − 1)/5.
    expect(norm).toBeCloseTo(1.8, 10);
    expect(upper).toBeCloseTo(0.5 + 5 * 1.8, 10);
    expect(lower).toBeCloseTo(upper, 10);
  });

  test('above the largest correlation nothing is worth a neuron', () => {
    const given = problem(9, 2);
    const { largest } = priceDirections(given.inputs, given.labels, 0);
    const { atoms, upper } = regularisedMinimum(given, 1.01 * largest);
    expect(atoms).toHaveLength(0);
    expect(upper).toBeCloseTo(dot(given.labels, given.labels) / 2, 10);
    expect(regularisedMinimum(given, 0.99 * largest).atoms.length).toBeGreaterThan(0);
  });

  test.each([
    [2, 18],
    [3, 12],
  ])('closes the gap with bounds that hold, d = %i, N = %i', (dim, count) => {
    for (const beta of [1, 0.1, 0.01]) {
      const given = problem(count, dim);
      const result = regularisedMinimum(given, beta);
      expect(result.status).toBe('optimal');
      expect(result.upper / objective(given, beta, result.atoms)).toBeCloseTo(1, 9);
      // ν is feasible: |Σν_iσ(⟨w, x_i⟩)| ≤ β.
      const { largest } = priceDirections(given.inputs, result.dual, 0);
      expect(largest).toBeLessThanOrEqual(beta * (1 + 1e-10));
      const value = dot(result.dual, given.labels) - dot(result.dual, result.dual) / 2;
      expect(result.lower / value).toBeCloseTo(1, 9);
    }
  });

  test('the path tends to the minimum norm as β → 0', () => {
    const given = problem(9, 2);
    const { upper } = solveMinimumNorm(given);
    const path = regularisationPath(given, [1, 0.1, 0.01, 1e-3, 1e-4, 1e-5]);
    for (let k = 1; k < path.length; k += 1) {
      expect(path[k].norm).toBeGreaterThanOrEqual(path[k - 1].norm * (1 - 1e-9));
    }
    const last = path[path.length - 1];
    expect(last.norm / upper).toBeCloseTo(1, 2);
    expect(last.norm).toBeLessThanOrEqual(upper * (1 + 1e-9));
  });

  test('takes contradictory labels and zero inputs', () => {
    const inputs = [
      [1, 0],
      [2, 0],
      [0, 0],
    ];
    const result = regularisedMinimum({ inputs, labels: [1, 1, 1] }, 0.1);
    expect(result.status).toBe('optimal');
    // min ½(a − 1)² + ½(2a − 1)² + ½ + 0.1a at a = (3 − 0.1)/5.
    expect(result.norm).toBeCloseTo(0.58, 10);
  });

  test('refuses a weight that is not positive', () => {
    expect(() => regularisedMinimum({ inputs: [[1]], labels: [1] }, 0)).toThrow(
      'regularisedMinimum: beta must be > 0, got 0',
    );
    expect(() => regularisedMinimum({ inputs: [[1]], labels: [1, 2] }, 1)).toThrow(
      'regularisedMinimum: labels must have length 1 (rows of inputs), got 2',
    );
  });
});

describe('the regularised problem at every scale', () => {
  const exponent = fc.oneof(
    fc.integer({ min: -1074, max: 1020 }),
    fc.constantFrom(-1074, -600, -200, -61, 0, 61, 200, 511),
  );

  test('inputs, labels and β may be multiplied by powers of two', () => {
    const given = { ...problem(5, 2), labels: [1, -2, 0.5, 3, -1] };
    const ordinary = regularisedMinimum(given, 0.25);
    expect(ordinary.status).toBe('optimal');
    fc.assert(
      fc.property(exponent, exponent, (up, down) => {
        const beta = timesPowerOfTwo(0.25, up + down);
        const inputs = given.inputs.map((x) => x.map((entry) => timesPowerOfTwo(entry, up)));
        const exact = inputs.every((x, i) =>
          x.every((entry, k) => timesPowerOfTwo(entry, -up) === given.inputs[i][k]),
        );
        if (!(beta > 0 && beta < Infinity && exact)) return;
        const labels = given.labels.map((y) => timesPowerOfTwo(y, down));
        if (labels.some((y, i) => timesPowerOfTwo(y, -down) !== given.labels[i])) return;
        const { status, lower, upper, residual } = regularisedMinimum({ inputs, labels }, beta);
        expect(lower).toBeLessThanOrEqual(timesPowerOfTwo(ordinary.upper, 2 * down));
        expect(upper).toBeGreaterThanOrEqual(timesPowerOfTwo(ordinary.lower, 2 * down));
        if (2 * down > 1000) expect(status).toBe(upper === Infinity ? 'unresolved' : 'optimal');
        else if (2 * down > -1000) {
          expect(status).toBe('optimal');
          expect(timesPowerOfTwo(residual, -down)).toBeCloseTo(ordinary.residual, 6);
        }
      }),
      { seed: 5, numRuns: 120 },
    );
  });

  test('any doubles end, with bounds or a typed refusal', () => {
    const double = fc.double({ noNaN: true, noDefaultInfinity: true });
    const row = fc.tuple(fc.array(double, { minLength: 2, maxLength: 2 }), double);
    const beta = fc.double({ min: 5e-324, max: 1e308, noNaN: true });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), beta, (rows, b) => {
        const given = { inputs: rows.map(([x]) => x), labels: rows.map(([, y]) => y) };
        const { status, lower, upper, rounds } = regularisedMinimum(given, b);
        expect(['optimal', 'bounded', 'unresolved']).toContain(status);
        expect(lower).toBeLessThanOrEqual(upper);
        expect(rounds).toBeLessThanOrEqual(200);
      }),
      { seed: 5, numRuns: 100 },
    );
    const tiny = regularisedMinimum({ inputs: [[1, 0]], labels: [2] }, 1e-300);
    expect(tiny).toMatchObject({ status: 'unresolved', lower: 0, atoms: [] });
    expect(tiny.upper).toBeCloseTo(2, 12);
  });

  test('has a lower bound for dependent inputs of four dimensions', () => {
    const inputs = [
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [1, 1, 0, 0],
      [0, 0, 1, 1],
      [0, 0, 1, -1],
      [1, -1, 1, 0],
    ];
    const { status, lower, upper } = regularisedMinimum(
      { inputs, labels: [1, 0, -1, 2, 0, 1] },
      0.1,
    );
    expect(['optimal', 'bounded']).toContain(status);
    expect(lower).toBeGreaterThan(0.9 * upper);
  });
});
