import { describe, expect, test } from 'vitest';
import { dot, normal, randomSource, unitSphere } from '../../math/index.js';
import type { Vector } from '../../model/index.js';
import { minimumNormByLinearPrograms } from './column-generation.js';
import type { InterpolationProblem } from './interpolation-problem.js';
import { priceDirections } from './pricing.js';
import type { MinimumNormResult } from './result.js';
import { solveMinimumNorm } from './solve.js';

const random = randomSource('own minimum-norm solver');

function relu(x: Vector, w: Vector): number {
  return Math.max(0, dot(x, w));
}

/** Random unit inputs; labels of a teacher with unit neurons, or normal ones for size 0. */
function problem(count: number, dim: number, size: number): InterpolationProblem {
  const inputs = Array.from({ length: count }, () => unitSphere(random, dim));
  const teacher = Array.from({ length: size }, () => ({
    sign: random.uniform() < 0.5 ? -1 : 1,
    direction: unitSphere(random, dim),
  }));
  const labels = inputs.map((x) =>
    size === 0
      ? normal(random)
      : teacher.reduce((sum, { sign, direction }) => sum + sign * relu(x, direction), 0),
  );
  return { inputs, labels };
}

/** Problem `index` of a fixed sequence with N from 4 to 40 (d = 2) or from 6 to 64 (d = 3). */
function drawn(dim: number, labels: 'teacher' | 'random', index: number): InterpolationProblem {
  const source = randomSource('sets', dim, labels);
  const [least, most] = dim === 2 ? [4, 40] : [6, 64];
  for (let k = 0; ; k += 1) {
    const count = least + Math.floor(source.uniform() * (most - least + 1));
    const inputs = Array.from({ length: count }, () => unitSphere(source, dim));
    const teacher = Array.from({ length: labels === 'teacher' ? 1 + (k % 6) : 0 }, () => ({
      direction: unitSphere(source, dim),
      sign: source.uniform() < 0.5 ? -1 : 1,
    }));
    const values = inputs.map((x) =>
      labels === 'random'
        ? normal(source)
        : teacher.reduce((sum, { sign, direction }) => sum + sign * relu(x, direction), 0),
    );
    if (k === index) return { inputs, labels: values };
  }
}

/** Checks both bounds without the solver: the atoms interpolate, λ is feasible. */
function checkBounds({ inputs, labels }: InterpolationProblem, result: MinimumNormResult): void {
  const size = Math.max(...labels.map(Math.abs));
  const norm = result.atoms.reduce((sum, { mass }) => sum + Math.abs(mass), 0);
  expect(result.upper / norm).toBeCloseTo(1, 8);
  for (const [i, x] of inputs.entries()) {
    const value = result.atoms.reduce(
      (sum, { direction, mass }) => sum + mass * relu(x, direction),
      0,
    );
    expect(Math.abs(value - labels[i])).toBeLessThanOrEqual(1e-11 * norm + 1e-12 * size);
  }
  const { largest } = priceDirections(inputs, result.dual);
  const proved = dot(result.dual, labels) / Math.max(1, largest);
  expect(result.lower / proved).toBeCloseTo(1, 8);
}

describe('solveMinimumNorm', () => {
  test.each([
    [2, 18],
    [2, 40],
    [3, 24],
  ])('encloses the minimum with proof, d = %i, N = %i', (dim, count) => {
    let closed = 0;
    for (let trial = 0; trial < 12; trial += 1) {
      const given = problem(count, dim, trial % 2 === 0 ? 0 : 1 + (trial % 6));
      const result = solveMinimumNorm(given);
      expect(result.lower).toBeLessThanOrEqual(result.upper);
      // Inputs that happen to be very near one another leave a wider gap.
      expect(result.upper - result.lower).toBeLessThanOrEqual(1e-6 * result.upper);
      if (result.proved && result.upper - result.lower <= 1e-9 * result.upper) closed += 1;
      checkBounds(given, result);
    }
    expect(closed).toBeGreaterThanOrEqual(10);
  });

  // Problems that one perturbation of the labels left open, by up to 7e-2: ends at a degenerate basis, near-parallel
  // columns, single neurons where the linear part does not split.
  test.each([
    [2, 'teacher', 49],
    [2, 'teacher', 76],
    [3, 'teacher', 251],
    [3, 'teacher', 347],
    [3, 'teacher', 424],
    [3, 'teacher', 483],
    [3, 'random', 479],
  ] as const)(
    'closes degenerate problems by other perturbations: d = %i, %s labels, %i',
    (dim, labels, index) => {
      const given = drawn(dim, labels, index);
      const result = solveMinimumNorm(given);
      expect(result).toMatchObject({ status: 'optimal', proved: true });
      expect(result.upper - result.lower).toBeLessThanOrEqual(1e-9 * result.upper);
      checkBounds(given, result);
    },
  );

  test.each([2, 3])('agrees with linear programs by HiGHS, d = %i', async (dim) => {
    for (const size of [0, 2, 3]) {
      const given = problem(9, dim, size);
      const own = solveMinimumNorm(given);
      const oracle = await minimumNormByLinearPrograms(given);
      // HiGHS meets constraints up to 1e-7 and the oracle's gap is 1e-8.
      expect(Math.abs(own.upper - oracle.upper)).toBeLessThanOrEqual(1e-6 * own.upper);
      expect(own.lower).toBeLessThanOrEqual(oracle.upper * (1 + 1e-7));
      expect(oracle.lower).toBeLessThanOrEqual(own.upper * (1 + 1e-7));
    }
  });

  test('is never above the teacher nor far from it on a dense circle', () => {
    const inputs = Array.from({ length: 37 }, (_, k) => [
      Math.cos((2 * Math.PI * k) / 37),
      Math.sin((2 * Math.PI * k) / 37),
    ]);
    const labels = inputs.map((x) => relu(x, [0.6, 0.8]) - relu(x, [-0.8, 0.6]));
    const { lower, upper, status } = solveMinimumNorm({ inputs, labels });
    expect(status).toBe('optimal');
    expect(lower).toBeGreaterThan(2 * (1 - 1e-9));
    expect(upper).toBeLessThan(2 * (1 + 1e-9));
  });

  test('ends early below `enough` and above `target`', () => {
    const given = problem(30, 2, 0);
    const { lower, upper } = solveMinimumNorm(given);
    const cheap = solveMinimumNorm(given, { enough: 1.5 * upper });
    expect(cheap.proved).toBe(true);
    expect(cheap.upper).toBeLessThan(1.5 * upper);
    expect(cheap.lower).toBeLessThanOrEqual(upper);
    const dear = solveMinimumNorm(given, { target: 0.5 * lower });
    expect(dear.lower).toBeGreaterThanOrEqual(0.5 * lower);
    expect(dear.columns).toBeLessThan(solveMinimumNorm(given).columns);
  });

  test('scales with labels and ignores the lengths of inputs, far from 1 too', () => {
    const given = problem(14, 2, 3);
    const { upper } = solveMinimumNorm(given);
    for (const factor of [1e-150, 1e150]) {
      const scaled = solveMinimumNorm({
        inputs: given.inputs.map((x) => x.map((entry) => entry * factor)),
        labels: given.labels,
      });
      expect((scaled.upper * factor) / upper).toBeCloseTo(1, 7);
    }
  });
});

describe('typed outcomes', () => {
  const axes = [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ];

  test('N = 1, zero labels, zero inputs', () => {
    expect(solveMinimumNorm({ inputs: [[3, 4]], labels: [10] }).upper).toBeCloseTo(2, 12);
    expect(solveMinimumNorm({ inputs: axes, labels: [0, 0, 0, 0] })).toMatchObject({
      status: 'optimal',
      proved: true,
      upper: 0,
    });
    const some = solveMinimumNorm({ inputs: [[0, 0], ...axes], labels: [0, 1, 2, 0, 3] });
    expect(some.status).toBe('optimal');
    expect(solveMinimumNorm({ inputs: [[0, 0], ...axes], labels: [1, 1, 2, 0, 3] })).toMatchObject({
      status: 'infeasible',
      reason: 'input 0 is 0 and its label 1 is not',
    });
  });

  test('duplicates and contradictory labels', () => {
    const inputs = [...axes, [1, 0]];
    const result = solveMinimumNorm({ inputs, labels: [1, 2, 0, 3, 1] });
    expect(result).toMatchObject({ status: 'optimal', proved: true });
    expect(solveMinimumNorm({ inputs, labels: [1, 2, 0, 3, 1.5] }).status).toBe('infeasible');
  });

  test('opposite inputs: a third pair of the plane adds one condition', () => {
    const inputs = [...axes, [3, 4], [-3, -4]];
    // f(x) − f(−x) = ⟨(−1, −3), x⟩ is −15 at the third pair.
    const fits = solveMinimumNorm({ inputs, labels: [1, 2, 0, 3, 5, 20] });
    expect(fits).toMatchObject({ status: 'optimal', proved: true });
    expect(solveMinimumNorm({ inputs, labels: [1, 2, 0, 3, 5, 21] })).toMatchObject({
      status: 'infeasible',
      reason: 'inputs 4 and 5 are opposite and their labels contradict those of other such pairs',
    });
    // ⟨(−1, −3), (0.6, 0.8)⟩ of doubles is −3 up to rounding only: in exact arithmetic nothing interpolates.
    const rounded = [...axes, [0.6, 0.8], [-0.6, -0.8]];
    expect(solveMinimumNorm({ inputs: rounded, labels: [1, 2, 0, 3, 1, 4] })).toMatchObject({
      status: 'unresolved',
      proved: false,
      reason: 'pairs of opposite inputs agree with one another up to rounding only',
    });
  });

  test('collinear inputs and inputs in a plane of space', () => {
    const line = solveMinimumNorm({
      inputs: [
        [1, 1, 1],
        [-2, -2, -2],
      ],
      labels: [1, 2],
    });
    expect(line.upper).toBeCloseTo(2 / Math.sqrt(3), 12);
    const plane = problem(8, 2, 0);
    const tilted = plane.inputs.map(([x, y]) => [0.6 * x, 0.8 * x, y]);
    const flat = solveMinimumNorm({ inputs: tilted, labels: plane.labels });
    expect(flat.status).toBe('optimal');
    expect(flat.upper).toBeCloseTo(solveMinimumNorm(plane).upper, 7);
  });

  test('inputs on a teacher’s line', () => {
    const inputs = [
      [0.8, -0.6],
      [-0.8, 0.6],
      [1, 0],
      [0, 1],
      [-1, 0.2],
      [0.3, -1],
    ];
    const labels = inputs.map((x) => relu(x, [0.6, 0.8]));
    const result = solveMinimumNorm({ inputs, labels });
    expect(result.upper).toBeCloseTo(1, 8);
    expect(result.lower).toBeCloseTo(1, 8);
  });

  test.each([1e-4, 1e-6, 1e-8, 1e-10, 1e-12, 1e-13])(
    'near-duplicates %d apart never give wrong bounds',
    (distance) => {
      const base = problem(10, 2, 0).inputs;
      const angle = Math.atan2(base[3][1], base[3][0]) + distance;
      const inputs = [...base, [Math.cos(angle), Math.sin(angle)]];
      const labels = inputs.map((x) => relu(x, [0.6, 0.8]));
      const result = solveMinimumNorm({ inputs, labels });
      const decided = distance > 1e-13;
      expect(decided ? ['optimal', 'bounded'] : ['unresolved']).toContain(result.status);
      expect(result.lower).toBeLessThanOrEqual(result.upper);
      expect(result.lower).toBeGreaterThan(result.upper * (1 - 1e-4));
      // The teacher interpolates, up to labels rounded at 1e-16.
      expect(result.lower).toBeLessThanOrEqual(1 + 1e-9 + 1e-15 / distance);
    },
  );

  // Teachers of such data have norms near 1/distance: the bounds meet up to what rounding leaves of λ and of masses.
  test.each([
    [2, 1e-8],
    [2, 1e-10],
    [2, 1e-12],
    [3, 1e-8],
    [3, 1e-10],
    [3, 1e-12],
  ])(
    'near-duplicates with labels that differ are bounded with proof, d = %i, %d apart',
    (dim, distance) => {
      const source = randomSource('near duplicates', dim, distance);
      let near = 0;
      for (let trial = 0; trial < 8; trial += 1) {
        const inputs = Array.from({ length: 5 + trial }, () => unitSphere(source, dim));
        const aside = unitSphere(source, dim);
        const along = dot(inputs[0], aside);
        inputs.push(inputs[0].map((entry, k) => entry + distance * (aside[k] - along * entry)));
        const labels = inputs.map(() => normal(source));
        const { status, proved, lower, upper, atoms, residual } = solveMinimumNorm({
          inputs,
          labels,
        });
        expect(['optimal', 'bounded']).toContain(status);
        expect(proved).toBe(true);
        expect(lower).toBeLessThanOrEqual(upper);
        // |f(x) − f(x')| ≤ norm·‖x − x'‖.
        const twin = inputs.length - 1;
        const slope = Math.abs(labels[0] - labels[twin]) / distance;
        expect(upper).toBeGreaterThan(slope);
        // Masses near 1/distance, and their rounding.
        const norm = atoms.reduce((sum, { mass }) => sum + Math.abs(mass), 0);
        expect(residual).toBeLessThan(1e-13 * norm);
        if (upper - lower < (1e-13 / distance) * upper) near += 1;
      }
      expect(near).toBeGreaterThanOrEqual(6);
    },
  );
});
