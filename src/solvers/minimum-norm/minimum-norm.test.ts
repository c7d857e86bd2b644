import { describe, expect, test } from 'vitest';
import { dot, norm, randomSource, scale, unitSphere } from '../../math/index.js';
import type { Vector } from '../../model/index.js';
import { compensatedDot } from './compensated-dot.js';
import { completeInterpolant } from './interpolant.js';
import { prepareProblem } from './interpolation-problem.js';
import { evaluateDual, priceDirections } from './pricing.js';
import { priceByAscent } from './pricing-ascent.js';
import { visitVertices } from './pricing-vertices.js';
import { decideReference } from './reference-optimality.js';
import { solveMinimumNorm } from './solve.js';

const random = randomSource('minimum-norm tests');

function points(count: number, dim: number): number[][] {
  return Array.from({ length: count }, () => unitSphere(random, dim));
}

/** Largest |g| over many directions: a lower bound that exact pricing must reach or exceed. */
function sampledLargest(inputs: readonly Vector[], dual: Vector, dim: number): number {
  let largest = 0;
  for (let k = 0; k < 4000; k += 1) {
    largest = Math.max(largest, Math.abs(evaluateDual(inputs, dual, unitSphere(random, dim))));
  }
  return largest;
}

describe('pricing', () => {
  test.each([1, 2, 3, 4])('reaches what sampling finds, in dimension %i', (dim) => {
    for (let trial = 0; trial < 5; trial += 1) {
      const inputs = dim === 1 ? [[1], [-1]] : points(7, dim);
      const dual = inputs.map(() => random.uniform() - 0.5);
      const pricing = priceDirections(inputs, dual, 0);
      expect(pricing.exact).toBe(true);
      const sampled = sampledLargest(inputs, dual, dim);
      expect(pricing.largest).toBeGreaterThanOrEqual(sampled * (1 - 1e-12));
      expect(pricing.largest).toBeLessThanOrEqual(sampled * 1.2);
    }
  });

  test.each([2, 3])('agrees with the enumeration for any dimension, in dimension %i', (dim) => {
    for (let trial = 0; trial < 5; trial += 1) {
      const inputs = points(8, dim);
      const dual = inputs.map(() => random.uniform() - 0.5);
      let largest = 0;
      const { general, bound } = visitVertices(inputs, dual, 0, (direction) => {
        largest = Math.max(largest, Math.abs(evaluateDual(inputs, dual, direction)));
      });
      expect(general).toBe(true);
      expect(bound).toBeGreaterThanOrEqual(largest * (1 - 1e-15));
      expect(bound).toBeCloseTo(largest, 10);
      expect(priceDirections(inputs, dual, 0).largest).toBeCloseTo(largest, 12);
    }
  });

  test('visits the cells around a vertex where more than two circles meet', () => {
    const inputs = [
      [1, 0, 0],
      [0, 1, 0],
      [Math.SQRT1_2, Math.SQRT1_2, 0],
      [Math.SQRT1_2, -Math.SQRT1_2, 0],
      [0, 0, 1],
    ];
    for (let trial = 0; trial < 20; trial += 1) {
      const dual = inputs.map(() => random.uniform() - 0.5);
      const { largest } = priceDirections(inputs, dual, 0);
      expect(largest).toBeGreaterThanOrEqual(sampledLargest(inputs, dual, 3) * (1 - 1e-12));
    }
  });

  test('finds by vertices what ascent from many points finds, in dimensions 4 to 6', () => {
    for (const [dim, count] of [
      [4, 16],
      [5, 11],
      [6, 9],
    ]) {
      const inputs = points(count, dim);
      const dual = inputs.map(() => random.uniform() - 0.5);
      let largest = 0;
      visitVertices(inputs, dual, 0.01, (direction) => {
        largest = Math.max(largest, Math.abs(evaluateDual(inputs, dual, direction)));
      });
      let climbed = 0;
      priceByAscent(inputs, dual, (direction) => {
        climbed = Math.max(climbed, Math.abs(evaluateDual(inputs, dual, direction)));
      });
      expect(largest).toBeGreaterThanOrEqual(climbed * (1 - 1e-12));
    }
  });

  test('counts the rounding of nearly dependent inputs', () => {
    const flat = points(8, 2).map(([x, y]) => [x, y, 0, 0]);
    const inputs = flat.map((x) => {
      const [a, b] = unitSphere(random, 2);
      const moved = [x[0], x[1], 1e-7 * a, 1e-7 * b];
      return scale(1 / norm(moved), moved);
    });
    const pricing = priceDirections(
      inputs,
      inputs.map(() => random.uniform() - 0.5),
    );
    expect(pricing.exact).toBe(true);
    expect(pricing.rounding).toBeGreaterThan(1e-12);
  });

  test('with ascent first, visits the vertices only where ascent finds nothing above 1', () => {
    const inputs = points(30, 4);
    const dual = inputs.map(() => random.uniform() - 0.5);
    const { largest } = priceDirections(inputs, dual, 0.1, true);
    const at = (height: number) =>
      priceDirections(
        inputs,
        dual.map((entry) => (height * entry) / largest),
        0.5,
        true,
      );
    expect(at(0.5).exact).toBe(true);
    expect(at(2).exact).toBe(false);
    expect(at(2).largest).toBeGreaterThan(1);
  });

  test('says that ascent is not exact', () => {
    const inputs = points(30, 5);
    expect(
      priceDirections(
        inputs,
        inputs.map(() => 0.1),
      ).exact,
    ).toBe(false);
  });
});

test('compensatedDot keeps what cancellation loses', () => {
  const { high, low } = compensatedDot([1e16, 1, -1e16], [1, 1, 1]);
  expect(high + low).toBe(1);
});

describe('prepareProblem', () => {
  test('merges repeated directions and projects on the span', () => {
    const prepared = prepareProblem({
      inputs: [
        [3, 0, 0],
        [1, 0, 0],
        [0, 2, 0],
      ],
      labels: [3, 1, 5],
    });
    expect(prepared).toMatchObject({ status: 'ready', labels: [1, 2.5], rows: [0, 2] });
    if (prepared.status === 'ready') expect(prepared.inputs[0]).toHaveLength(2);
  });

  test('finds contradictions and zero labels', () => {
    const twice = [
      [1, 0],
      [2, 0],
    ];
    expect(prepareProblem({ inputs: twice, labels: [1, 1] })).toEqual({
      status: 'infeasible',
      reason: 'inputs 0 and 1 have one direction and contradictory labels',
    });
    expect(prepareProblem({ inputs: [[0, 0]], labels: [1] })).toEqual({
      status: 'infeasible',
      reason: 'input 0 is 0 and its label 1 is not',
    });
    expect(prepareProblem({ inputs: twice, labels: [0, 0] })).toEqual({ status: 'zero' });
  });

  test('refuses malformed data', () => {
    expect(() => prepareProblem({ inputs: [], labels: [] })).toThrow(
      'prepareProblem: inputs must hold at least one row, got 0',
    );
    expect(() => prepareProblem({ inputs: [[1]], labels: [1, 2] })).toThrow(
      'prepareProblem: labels must have length 1 (rows of inputs), got 2',
    );
    expect(() => prepareProblem({ inputs: [[]], labels: [1] })).toThrow(
      'prepareProblem: inputs must have at least one column, got 0',
    );
    expect(() => prepareProblem({ inputs: [[1], [1, 2]], labels: [1, 2] })).toThrow(
      'prepareProblem: inputs[1] must have length 1 (length of inputs[0]), got 2',
    );
    expect(() => prepareProblem({ inputs: [[NaN]], labels: [1] })).toThrow(
      'prepareProblem: row 0 must be finite, got NaN',
    );
  });
});

describe('solveMinimumNorm on problems with known minima', () => {
  test('one input: a neuron along it', () => {
    const result = solveMinimumNorm({ inputs: [[3, 4]], labels: [10] });
    expect(result.status).toBe('optimal');
    expect(result.upper).toBeCloseTo(2, 9);
    expect(result.atoms).toHaveLength(1);
    expect(result.atoms[0].direction[0]).toBeCloseTo(0.6, 9);
  });

  test('the line: one neuron each way', () => {
    const result = solveMinimumNorm({ inputs: [[2], [-1]], labels: [4, -3] });
    expect(result.upper).toBeCloseTo(5, 9);
    expect(result.lower).toBeCloseTo(5, 9);
  });

  test('opposite inputs with a linear function cost twice its length', () => {
    const result = solveMinimumNorm({
      inputs: [
        [1, 0],
        [-1, 0],
      ],
      labels: [1, -1],
    });
    expect(result.status).toBe('optimal');
    expect(result.upper).toBeCloseTo(2, 9);
  });

  test('typed outcomes: zero labels, contradictory labels', () => {
    const zero = solveMinimumNorm({ inputs: [[1, 0]], labels: [0] });
    expect(zero).toMatchObject({ status: 'optimal', lower: 0, upper: 0, atoms: [] });
    const none = solveMinimumNorm({
      inputs: [
        [1, 0],
        [1, 0],
      ],
      labels: [0, 1],
    });
    expect(none).toMatchObject({ status: 'infeasible', upper: Infinity });
  });

  test.each([2, 3])('encloses the minimum of random labels in dimension %i', (dim) => {
    const inputs = points(7, dim);
    const labels = inputs.map(() => random.uniform() - 0.5);
    const result = solveMinimumNorm({ inputs, labels });
    expect(result.status).toBe('optimal');
    expect(result.upper - result.lower).toBeLessThanOrEqual(1e-8 * result.upper);
    const fitted = inputs.map((x) =>
      result.atoms.reduce((s, { direction, mass }) => s + mass * Math.max(0, dot(direction, x)), 0),
    );
    for (const [i, value] of fitted.entries()) expect(value).toBeCloseTo(labels[i], 9);
    // The dual is feasible for the data as given, so its value is a lower bound.
    const { largest } = priceDirections(inputs, result.dual);
    expect(dot(result.dual, labels) / Math.max(1, largest)).toBeCloseTo(result.lower, 8);
  });

  test('norms scale with labels and ignore the lengths of inputs', () => {
    const inputs = points(6, 2);
    const labels = inputs.map(() => random.uniform());
    const once = solveMinimumNorm({ inputs, labels });
    const scaled = solveMinimumNorm({
      inputs: inputs.map((x, i) => scale(i + 1, x)),
      labels: labels.map((y, i) => 3 * (i + 1) * y),
    });
    expect(scaled.upper / once.upper).toBeCloseTo(3, 7);
  });
});

describe('decideReference', () => {
  const teacher = [
    { direction: [0.6, 0.8], mass: 1 },
    { direction: [-0.8, 0.6], mass: -1 },
  ];
  const value = (x: Vector): number =>
    teacher.reduce((s, { direction, mass }) => s + mass * Math.max(0, dot(direction, x)), 0);
  const angles = Array.from({ length: 24 }, (_, k) => (2 * Math.PI * (k + 0.5)) / 24);
  const inputs = angles.map((t) => [Math.cos(t), Math.sin(t)]);

  test('proves a teacher optimal and unique on a dense circle', async () => {
    const decision = await decideReference({ inputs, labels: inputs.map(value) }, teacher);
    expect(decision.status).toBe('optimal');
    expect(decision.lower).toBeCloseTo(2, 8);
    expect(decision.largestElsewhere).toBeLessThan(1);
    const general = solveMinimumNorm({ inputs, labels: inputs.map(value) });
    expect(general.upper).toBeCloseTo(2, 6);
  });

  test('beats an interpolant that is not optimal, by one that fits', async () => {
    const wasteful = [
      ...teacher,
      { direction: [1, 0], mass: 1 },
      { direction: [1, 0.001].map((c) => c / norm([1, 0.001])), mass: -1 },
    ];
    const few = points(5, 2);
    const labels = few.map((x) =>
      wasteful.reduce((s, { direction, mass }) => s + mass * Math.max(0, dot(direction, x)), 0),
    );
    const decision = await decideReference({ inputs: few, labels }, wasteful);
    expect(decision.status).toBe('beaten');
    expect(decision.upper).toBeLessThan(4);
    expect(decision.residual).toBeLessThan(1e-10);
  });

  test('a neuron off the span of the inputs is beaten by its projection', async () => {
    const flat = angles.map((t) => [Math.cos(t), Math.sin(t), 0]);
    const neuron = { direction: [0.6, 0, 0.8], mass: 1 };
    const labels = flat.map((x) => Math.max(0, dot(neuron.direction, x)));
    const decision = await decideReference({ inputs: flat, labels }, [neuron]);
    expect(decision).toMatchObject({ status: 'beaten' });
    expect(decision.upper).toBeCloseTo(0.6, 12);
  });
});

test('completeInterpolant adds columns until the system is square, and solves it', () => {
  const inputs = points(5, 2);
  const labels = inputs.map(() => random.uniform());
  const spare = points(60, 2).map((direction) => ({ direction, mass: 0 }));
  const completed = completeInterpolant(inputs, labels, spare);
  expect(completed?.atoms).toHaveLength(5);
  expect(completed?.residual).toBeLessThan(1e-12);
  expect(completeInterpolant(inputs, labels, spare.slice(0, 2))).toBeNull();
});
