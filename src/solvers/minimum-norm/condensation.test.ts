import { describe, expect, test } from 'vitest';
import { dot, randomSource, unitSphere } from '../../math/index.js';
import type { Vector } from '../../model/index.js';
import { decideCondensation } from './condensation.js';
import type { Atom } from './interpolant.js';
import { priceDirections } from './pricing.js';
import { solveMinimumNorm } from './solve.js';

const random = randomSource('condensation decision');
const teacher: Atom[] = [
  { direction: [0.6, 0.8], mass: 1 },
  { direction: [-0.8, 0.6], mass: -1 },
];
const value = (atoms: readonly Atom[], x: Vector): number =>
  atoms.reduce((sum, { direction, mass }) => sum + mass * Math.max(0, dot(direction, x)), 0);

describe('decideCondensation', () => {
  test('condenses on a dense circle, with a dual that is strict off the lines', () => {
    const inputs = Array.from({ length: 31 }, (_, k) => [
      Math.cos((2 * Math.PI * k) / 31),
      Math.sin((2 * Math.PI * k) / 31),
    ]);
    const labels = inputs.map((x) => value(teacher, x));
    const decision = decideCondensation({ inputs, labels }, teacher);
    expect(decision.status).toBe('condenses');
    expect(decision.largestElsewhere).toBeLessThan(1);
    expect(priceDirections(inputs, decision.dual).largest).toBeLessThan(1 + 1e-8);
    expect(dot(decision.dual, labels)).toBeCloseTo(2, 7);
  });

  test('fails by a cheaper interpolant, which fits', () => {
    const inputs = Array.from({ length: 5 }, () => unitSphere(random, 2));
    const wasteful = [...teacher, { direction: [1, 0], mass: 1 }, { direction: [0, 1], mass: -1 }];
    const labels = inputs.map((x) => value(wasteful, x));
    const decision = decideCondensation({ inputs, labels }, wasteful);
    expect(decision.status).toBe('fails');
    expect(decision.upper).toBeLessThan(4);
    for (const [i, x] of inputs.entries()) {
      expect(value(decision.atoms, x)).toBeCloseTo(labels[i], 10);
    }
  });

  test('a neuron each way along one line is one kink', () => {
    const own = randomSource('condensation decision', 'pair');
    const inputs = Array.from({ length: 24 }, () => unitSphere(own, 2));
    const pair = [
      { direction: [0.6, 0.8], mass: 1 },
      { direction: [-0.6, -0.8], mass: 1 },
    ];
    const labels = inputs.map((x) => value(pair, x));
    expect(decideCondensation({ inputs, labels }, pair).status).toBe('condenses');
  });

  test('is undecided where inputs do not determine kinks', () => {
    const inputs = [
      [1, 0],
      [0, 1],
    ];
    const single = [{ direction: [Math.SQRT1_2, Math.SQRT1_2], mass: 1 }];
    const labels = inputs.map((x) => value(single, x));
    expect(decideCondensation({ inputs, labels }, single).status).toBe('undecided');
  });

  test('a dual from the reference answers "is it optimal?" without a pivot', () => {
    const inputs = Array.from({ length: 40 }, () => unitSphere(random, 2));
    const labels = inputs.map((x) => value(teacher.slice(0, 1), x));
    const reference = teacher.slice(0, 1);
    const result = solveMinimumNorm({ inputs, labels }, { reference, target: 1 - 1e-8 });
    expect(result.lower).toBeGreaterThanOrEqual(1 - 1e-8);
    expect(result.columns).toBe(0);
  });
});
