import { describe, expect, it } from 'vitest';
import { bigNumber, randomSource } from '../math/index.js';
import {
  activationDerivative,
  activationSecondDerivative,
  activationValue,
} from '../model/index.js';
import type { Activation } from '../model/index.js';
import {
  activationSuprema,
  attackVillani,
  functionalLowerBound,
  growthRadius,
  isBoundedSmooth,
  lossEvaluator,
  smoothnessBound,
  stationaryRadius,
  unregularisedEscape,
  villaniGrowthBound,
  villaniThreshold,
} from './index.js';
import type { LossProblem } from './index.js';

const POOL: readonly Activation[] = [
  { name: 'sigmoid' },
  { name: 'tanh' },
  { name: 'arctan' },
  { name: 'erf' },
  { name: 'sine' },
  { name: 'gaussian-bump' },
  { name: 'constant', value: -0.75 },
  { name: 'softplus', beta: 0.1 },
  { name: 'softplus', beta: 3 },
  { name: 'softplus', beta: 100 },
];

/** A few roundings of σ′ and σ″ themselves. */
const ROUNDING = 1 + 1e-15;

function drawProblem(activation: Activation, key: number): LossProblem {
  const random = randomSource('villani', activation.name, key);
  const size = () => 1 + random.integer(4);
  const [width, inputDim, sampleSize] = [size(), size(), size()];
  const row = (length: number, scale: number) =>
    Array.from({ length }, () => scale * (2 * random.uniform() - 1));
  return {
    activation,
    outer: row(width, 10 ** (2 * random.uniform() - 1)),
    dataset: {
      inputDim,
      inputs: Array.from({ length: sampleSize }, () => row(inputDim, 2)),
      labels: row(sampleSize, 10),
    },
    lambda: 10 ** (4 * random.uniform() - 3),
    scale: key % 2 === 0 ? 'mean' : 'half-mean',
  };
}

describe('activationSuprema', () => {
  it.each(POOL)('bounds σ, σ′, σ″ on a fine grid and is attained: $name', (activation) => {
    const bounds = activationSuprema(activation);
    const scale = activation.name === 'softplus' ? 1 / activation.beta : 1;
    let value = 0;
    let slope = 0;
    let curvature = 0;
    let defect = 0;
    for (let k = -40_000; k <= 40_000; k += 1) {
      const u = (scale * k) / 1000;
      const at = activationValue(activation, u);
      const first = activationDerivative(activation, u);
      value = Math.max(value, Math.abs(at));
      slope = Math.max(slope, Math.abs(first));
      curvature = Math.max(curvature, Math.abs(activationSecondDerivative(activation, u)));
      defect = Math.max(defect, Math.abs(at - u * first));
    }
    expect(slope).toBeLessThanOrEqual(bounds.slope * ROUNDING);
    expect(slope).toBeGreaterThan(bounds.slope * (1 - 1e-6) - 1e-300);
    expect(curvature).toBeLessThanOrEqual(bounds.curvature * ROUNDING);
    expect(curvature).toBeGreaterThanOrEqual(bounds.curvature * (1 - 1e-6));
    if (bounds.homogeneityDefect === null) {
      expect(value).toBeLessThanOrEqual(bounds.value);
      expect(value).toBeGreaterThan(bounds.value * 0.97);
      expect(isBoundedSmooth(activation)).toBe(true);
    } else {
      expect(bounds.value).toBe(Infinity);
      expect(defect).toBeLessThanOrEqual(bounds.homogeneityDefect);
      expect(defect).toBeGreaterThan(bounds.homogeneityDefect * (1 - 1e-12));
    }
  });

  it('never rounds down', () => {
    const bounds = activationSuprema({ name: 'sigmoid' });
    expect(bigNumber(bounds.curvature).pow(2).times(108).gte(1)).toBe(true);
    expect(bounds.curvature).toBeCloseTo(1 / (6 * Math.sqrt(3)), 15);
  });

  it('refuses activations without such bounds', () => {
    expect(() => activationSuprema({ name: 'relu' })).toThrow(
      'activationSuprema: activation must be smooth and bounded, or SoftPlus, got relu',
    );
  });
});

describe('villaniThreshold', () => {
  it('is 1/8 for the sigmoid and 2 for SoftPlus at B_x‖a‖ = 1', () => {
    const dataset = {
      inputDim: 2,
      inputs: [
        [0.6, 0.8],
        [0.1, 0],
      ],
      labels: [1, 2],
    };
    expect(villaniThreshold({ name: 'sigmoid' }, [0.6, -0.8], dataset)).toBeCloseTo(0.125, 14);
    expect(villaniThreshold({ name: 'softplus', beta: 7 }, [1], dataset)).toBeCloseTo(2, 14);
  });
});

describe('villaniGrowthBound', () => {
  it.each(POOL)('holds at random weights of every size: $name', (activation) => {
    for (let key = 0; key < 8; key += 1) {
      const problem = drawProblem(activation, key);
      const bound = villaniGrowthBound(problem);
      const evaluate = lossEvaluator(problem);
      const random = randomSource('weights', activation.name, key);
      const dimension = problem.outer.length * problem.dataset.inputDim;
      for (let trial = 0; trial < 60; trial += 1) {
        const scale = 10 ** (7 * random.uniform() - 2);
        const inner = Array.from({ length: dimension }, () => scale * (2 * random.uniform() - 1));
        const radius = Math.hypot(...inner);
        const it = evaluate(inner);
        const slack = 1 + 1e-9;
        expect(it.dataTerm).toBeLessThanOrEqual(bound.dataTerm * slack);
        expect(it.laplacian).toBeLessThanOrEqual(
          (bound.laplacian + bound.laplacianSlope * radius) * slack,
        );
        const gradientFloor = bound.lambda * radius - bound.gradient - bound.inner / radius;
        expect(Math.sqrt(it.gradientNormSquared) * slack).toBeGreaterThanOrEqual(gradientFloor);
      }
    }
  });

  it.each(POOL)('passes a search that minimises the functional: $name', (activation) => {
    for (let key = 0; key < 6; key += 1) {
      const problem = drawProblem(activation, key);
      const bound = villaniGrowthBound(problem);
      const centre = Math.max(stationaryRadius(bound), 1e-3);
      const radii = [centre / 3, centre, 2 * centre, 10 * centre, 1, 1e3, 1e6];
      const steps = [1e-3, 1, 1e3];
      const attack = attackVillani(problem, radii, steps, randomSource('attack', key), 4);
      expect(attack.contradiction).toBeNull();
      expect(attack.minima).toHaveLength(21);
      for (const minimum of attack.minima) {
        if (minimum.radius < growthRadius(bound, minimum.step)) continue;
        const growth = (problem.lambda * minimum.radius) ** 2 / (2 * minimum.step);
        expect(minimum.functional).toBeGreaterThanOrEqual(growth);
      }
    }
  });

  it('is at least λ²R²/(2s) at the growth radius and beyond', () => {
    for (const activation of POOL) {
      for (let key = 0; key < 10; key += 1) {
        const bound = villaniGrowthBound(drawProblem(activation, key));
        for (const step of [1e-3, 1, 1e3]) {
          const radius = growthRadius(bound, step);
          for (const factor of [1, 1.01, 2, 1e3]) {
            const lower = functionalLowerBound(bound, factor * radius, step);
            const growth = (bound.lambda * factor * radius) ** 2 / (2 * step);
            expect(lower).toBeGreaterThan(growth);
          }
        }
      }
    }
  });

  it('rounds the functional bound down', () => {
    const bound = villaniGrowthBound(drawProblem({ name: 'tanh' }, 1));
    for (const radius of [0.1, 1, 77, 1e5]) {
      const floor = bigNumber(bound.lambda).times(radius).minus(bound.gradient);
      const square = floor.gt(0) ? floor.times(floor) : bigNumber(0);
      const exact = square.div(bigNumber(0.3)).minus(bound.laplacian);
      expect([bound.inner, bound.laplacianSlope]).toEqual([0, 0]);
      expect(bigNumber(functionalLowerBound(bound, radius, 0.3)).lte(exact)).toBe(true);
    }
  });

  it('finds a sphere on which the data term cancels the weight decay', () => {
    // One gate far from its label: −∇D = 2(10 − σ)σ′(w) ≈ 18e^{−w} equals λw near w = 5.74.
    const problem: LossProblem = {
      activation: { name: 'sigmoid' },
      outer: [1],
      dataset: { inputDim: 1, inputs: [[1]], labels: [10] },
      lambda: 0.01,
      scale: 'mean',
    };
    const { minima } = attackVillani(problem, [5.74, 20], [1e-3], randomSource('x'), 1);
    const [near, far] = minima;
    expect(near.gradientNorm).toBeLessThan(1e-3);
    expect(far.gradientNorm).toBeGreaterThan(0.19);
    expect(stationaryRadius(villaniGrowthBound(problem))).toBeGreaterThan(5.74);
  });

  it('refuses a negative λ', () => {
    expect(() => villaniGrowthBound({ ...drawProblem({ name: 'tanh' }, 1), lambda: -1 })).toThrow(
      'villaniGrowthBound: lambda must be finite and ≥ 0, got -1',
    );
    const bound = villaniGrowthBound(drawProblem({ name: 'tanh' }, 1));
    expect(() => functionalLowerBound(bound, 0, 1)).toThrow(
      'functionalLowerBound: radius must be > 0, got 0',
    );
    expect(() => functionalLowerBound(bound, 1, 0)).toThrow(
      'functionalLowerBound: step must be > 0, got 0',
    );
  });
});

describe('smoothnessBound', () => {
  it.each(POOL)('bounds second differences along random directions: $name', (activation) => {
    for (let key = 0; key < 6; key += 1) {
      const problem = drawProblem(activation, key);
      const evaluate = lossEvaluator(problem);
      const dimension = problem.outer.length * problem.dataset.inputDim;
      const random = randomSource('smooth', activation.name, key);
      for (let trial = 0; trial < 20; trial += 1) {
        const row = () => Array.from({ length: dimension }, () => 4 * random.uniform() - 2);
        const [inner, direction] = [row(), row()];
        const length = Math.hypot(...direction);
        const h = 1e-4;
        const at = (t: number) =>
          Array.from(evaluate(inner.map((w, k) => w + (t * direction[k]) / length)).gradient);
        const [high, low] = [at(h), at(-h)];
        const difference = Math.hypot(...high.map((g, k) => g - low[k])) / (2 * h);
        const radius = Math.hypot(...inner) + h;
        expect(difference).toBeLessThanOrEqual(smoothnessBound(problem, radius) * (1 + 1e-6));
      }
    }
  });
});

describe('unregularisedEscape', () => {
  it('stays below its supremum along the ray, and is complete in the plane', () => {
    let coercive = 0;
    for (let key = 0; key < 60; key += 1) {
      const drawn = drawProblem({ name: 'softplus', beta: 2 }, key);
      if (drawn.dataset.inputDim > 2) continue;
      const problem = { ...drawn, lambda: 0 };
      const escape = unregularisedEscape(problem);
      const evaluate = lossEvaluator(problem);
      if (escape === null || escape.direction === null) {
        coercive += 1;
        for (let k = 0; k < 64; k += 1) {
          const angle = (2 * Math.PI * k) / 64;
          const plane = [Math.cos(angle), Math.sin(angle)];
          const v = problem.dataset.inputDim === 1 ? [k % 2 === 0 ? 1 : -1] : plane;
          const inner = problem.outer.flatMap(() => v.map((entry) => 1e6 * entry));
          expect(evaluate(inner).value).toBeGreaterThan(1e3);
        }
        continue;
      }
      for (const t of [0, 1, 1e3, 1e6]) {
        const inner = escape.direction.flat().map((entry) => t * entry);
        expect(evaluate(inner).value).toBeLessThanOrEqual(escape.supremum * (1 + 1e-6));
      }
    }
    expect(coercive).toBeGreaterThan(0);
  });

  it('takes every direction for bounded activations', () => {
    const problem = { ...drawProblem({ name: 'sine' }, 3), lambda: 0 };
    expect(unregularisedEscape(problem)?.direction).toBeNull();
    expect(() => unregularisedEscape({ ...problem, lambda: 1 })).toThrow(
      'unregularisedEscape: lambda must be 0, got 1',
    );
  });
});
