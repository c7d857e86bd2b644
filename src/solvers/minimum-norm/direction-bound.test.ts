import { describe, expect, test } from 'vitest';
import { normal, randomSource, unitSphere, unitVector } from '../../math/index.js';
import { boundDirections } from './direction-bound.js';
import type { PiecewiseLinear } from './direction-bound.js';
import { createPricer } from './pricer.js';
import { evaluateDual } from './pricing.js';
import { solveMinimumNorm } from './solve.js';

const random = randomSource('bounds of directions');

function relu(inputs: readonly (readonly number[])[], dual: readonly number[]): PiecewiseLinear {
  return {
    inputs: Float64Array.from(inputs.flat()),
    size: inputs.length,
    dim: inputs[0].length,
    above: Float64Array.from(dual),
    below: new Float64Array(inputs.length),
  };
}

/** Unit inputs of small integers: many dependent, some opposite. */
function degenerate(count: number, dim: number): number[][] {
  const rows = new Map<string, number[]>();
  while (rows.size < count) {
    const x = Array.from({ length: dim }, () => random.integer(3) - 1);
    if (x.some((entry) => entry !== 0)) rows.set(unitVector(x).join(), unitVector(x));
  }
  return [...rows.values()];
}

describe('boundDirections', () => {
  test.each([2, 3])('is the maximum that the cells give, d = %i', (dim) => {
    for (let trial = 0; trial < 40; trial += 1) {
      const count = 3 + (trial % 7);
      const inputs =
        trial % 2 === 0
          ? degenerate(Math.min(count, dim === 2 ? 6 : 9), dim)
          : Array.from({ length: count }, () => unitSphere(random, dim));
      // Pricing of the sphere leaves out what lies below 1.
      const dual = inputs.map(() => 20 * normal(random));
      const { largest } = createPricer(inputs).priceFinely(Float64Array.from(dual));
      const signs = [1, -1].map((sign) =>
        boundDirections(
          relu(
            inputs,
            dual.map((entry) => sign * entry),
          ),
          0,
          0,
          5000,
        ),
      );
      const bound = Math.max(...signs.map((side) => side.bound));
      expect(bound).toBeGreaterThanOrEqual(largest * (1 - 1e-14));
      expect(bound).toBeLessThanOrEqual(largest * (1 + 1e-10));
    }
  });

  test.each([4, 5, 6])('is attained and above every direction tried, d = %i', (dim) => {
    for (let trial = 0; trial < 8; trial += 1) {
      const inputs =
        trial % 2 === 0
          ? degenerate(9, dim)
          : Array.from({ length: 9 }, () => unitSphere(random, dim));
      const dual = inputs.map(() => normal(random));
      const { bound, found } = boundDirections(relu(inputs, dual), 0, 0, 5000);
      const value = evaluateDual(inputs, dual, found[0].direction);
      expect(bound / value).toBeCloseTo(1, 10);
      for (let k = 0; k < 500; k += 1) {
        expect(evaluateDual(inputs, dual, unitSphere(random, dim))).toBeLessThanOrEqual(bound);
      }
    }
  });

  test('holds wherever it ends, and ends after the nodes it was given', () => {
    const inputs = degenerate(14, 4);
    const dual = inputs.map(() => normal(random));
    const exact = boundDirections(relu(inputs, dual), 0, 0, 50_000);
    for (const nodes of [1, 5, 25, 125]) {
      const early = boundDirections(relu(inputs, dual), 0, 0, nodes);
      expect(early.bound).toBeGreaterThanOrEqual(exact.bound * (1 - 1e-14));
      expect(early.nodes).toBeLessThanOrEqual(nodes + 1);
    }
  });

  test('concave parts are not enumerated', () => {
    const inputs = degenerate(20, 4);
    const { bound, nodes } = boundDirections(
      relu(
        inputs,
        inputs.map(() => -1),
      ),
      0,
      0,
      5000,
    );
    expect(nodes).toBe(1);
    expect(bound).toBeLessThan(1e-12);
  });

  test('inputs 1e-9 apart are no trouble', () => {
    const base = degenerate(6, 4);
    const near = base.map((x) => unitVector(x.map((entry) => entry + 1e-9 * normal(random))));
    const dual = [...base.map(() => 1e9), ...near.map(() => -1e9)];
    const { bound, found } = boundDirections(relu([...base, ...near], dual), 0, 0, 5000);
    const value = evaluateDual([...base, ...near], dual, found[0].direction);
    // λ of 1e9 cancel: rounding is about 1e-6.
    expect(bound).toBeGreaterThanOrEqual(value - 1e-6);
    expect(bound).toBeLessThan(value * (1 + 1e-4) + 1e-5);
  });
});

describe('minimum norms in four dimensions and more', () => {
  test.each([
    {
      inputs: [
        [2, -2, 2, -1],
        [-2, -1, 0, 2],
        [2, -2, -1, 2],
        [2, -1, -1, 2],
        [-1, 1, -1, -1],
        [2, 0, 0, -2],
      ],
      labels: [-1, 0, 0, -2, -1, 1],
      norm: 3.28929,
    },
    {
      inputs: [
        [1, 0, 0, 0],
        [-2, -1, 1, 2],
        [2, -2, 2, -1],
        [-2, -1, -1, -2],
        [1, 2, 2, 0],
        [-1, 1, -1, 2],
      ],
      labels: [0, 0, 0, -1, 2, 0],
      norm: 1.02333,
    },
  ])('dependent inputs have a proved lower bound: $norm', ({ inputs, labels, norm }) => {
    const { status, proved, lower, upper } = solveMinimumNorm({ inputs, labels });
    expect([status, proved]).toEqual(['optimal', true]);
    expect(upper - lower).toBeLessThan(1e-6 * upper);
    expect(upper).toBeCloseTo(norm, 5);
    expect(lower).toBeLessThanOrEqual(upper);
  });

  test.each([
    [4, 'integer'],
    [4, 'normal'],
    [5, 'integer'],
    [5, 'normal'],
    [6, 'integer'],
  ] as const)('closes problems in general and special position, d = %i, %s', (dim, kind) => {
    for (let trial = 0; trial < 3; trial += 1) {
      const count = dim + 1 + (trial % 3);
      const inputs =
        kind === 'integer'
          ? degenerate(count, dim)
          : Array.from({ length: count }, () => unitSphere(random, dim));
      const labels = inputs.map(() =>
        kind === 'integer' ? random.integer(5) - 2 : normal(random),
      );
      const result = solveMinimumNorm({ inputs, labels });
      if (result.status === 'infeasible' || result.status === 'unresolved') continue;
      expect(result.proved).toBe(true);
      expect(result.upper - result.lower).toBeLessThanOrEqual(1e-6 * result.upper);
      // No network is cheaper than λ allows at directions that the solver did not choose.
      for (let k = 0; k < 500; k += 1) {
        const g = evaluateDual(inputs, result.dual, unitSphere(random, dim));
        expect(Math.abs(g)).toBeLessThan(1 + 1e-6);
      }
    }
  });
});
