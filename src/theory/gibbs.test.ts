import { describe, expect, it } from 'vitest';
import type { BigNumber } from 'mathjs';
import { bigNumber, highPrecision } from '../math/index.js';
import {
  gapFormula,
  gibbsGap,
  gibbsGapBound,
  gibbsStepThreshold,
  logUnitBallVolume,
  lossEvaluator,
} from './index.js';
import type { ConfinedFunction, LossProblem } from './index.js';

const quadratic = (dimension: 1 | 2, theta: number): ConfinedFunction => ({
  dimension,
  lambda: theta,
  value: (w) => (theta / 2) * w.reduce((sum, entry) => sum + entry * entry, 0),
});

const softplus = (label: number, lambda: number, width: number): LossProblem => ({
  activation: { name: 'softplus', beta: 3 },
  outer: Array.from({ length: width }, (_, j) => (j % 2 === 0 ? 1 : -1) / Math.sqrt(width)),
  dataset: { inputDim: 1, inputs: [[1], [-0.5]], labels: [label, 0.3] },
  lambda,
  scale: 'mean',
});

const confined = (problem: LossProblem): ConfinedFunction => {
  const evaluate = lossEvaluator(problem);
  return {
    dimension: problem.outer.length as 1 | 2,
    lambda: problem.lambda,
    value: (w) => evaluate(w).value,
  };
};

describe('gibbsGap', () => {
  it('is s·dim/4 for the quadratic, whatever its curvature', () => {
    for (const dimension of [1, 2] as const) {
      for (const theta of [0.01, 1, 50]) {
        for (const step of [1e-6, 1e-3, 1]) {
          const { gap, minimum, error } = gibbsGap(quadratic(dimension, theta), step, 60);
          expect(gap / ((step * dimension) / 4)).toBeCloseTo(1, 9);
          expect(minimum).toBeLessThan(1e-12);
          expect(error).toBeLessThan(1e-6 * step);
        }
      }
    }
  });

  it('is s/8 for w⁴ plus a negligible confinement', () => {
    const quartic = {
      dimension: 1,
      lambda: 1e-9,
      value: (w: Float64Array) => w[0] ** 4 + 5e-10 * w[0] ** 2,
    } as const;
    expect(gibbsGap(quartic, 0.1, 400).gap).toBeCloseTo(0.1 / 8, 6);
  });

  it('sees both wells of an asymmetric double well', () => {
    // Depth difference d ≫ s is exponentially unlikely, d ≪ s makes both wells count.
    const wells = {
      dimension: 1,
      lambda: 0.05,
      value: (w: Float64Array) => (w[0] ** 2 - 1) ** 2 + 0.05 * (w[0] + 1) ** 2 + 0.1,
    } as const;
    const cold = gibbsGap(wells, 1e-3, 800);
    expect(cold.gap).toBeCloseTo(1e-3 / 4, 5);
    const warm = gibbsGap(wells, 0.3, 800);
    expect(warm.gap).toBeGreaterThan(0.3 / 4 + 0.02);
  });

  it('gives up a valley that is too narrow to descend, rather than miss its bottom', () => {
    const valley = {
      dimension: 2,
      lambda: 1e-6,
      value: ([x, y]: Float64Array) =>
        1e9 * (y - x * x) ** 2 + (x - 3) ** 2 + 1e-6 * (x * x + y * y),
    } as const;
    expect(gibbsGap(valley, 1e-3, 48).error).toBe(Infinity);
  });

  it('names the argument that does not fit', () => {
    expect(() => gibbsGap(quadratic(1, 1), 0, 60)).toThrow('gibbsGap: step must be > 0, got 0');
    expect(() => gibbsGap(quadratic(1, 0), 1, 60)).toThrow('gibbsGap: lambda must be > 0, got 0');
    expect(() => gibbsGap(quadratic(1, 1), 1, 7)).toThrow(
      'gibbsGap: resolution must be an even integer ≥ 8, got 7',
    );
  });
});

describe('gibbsGapBound', () => {
  it('is above the gap by quadrature and tends to 0', () => {
    for (const [label, lambda, width] of [
      [1, 0.6, 1],
      [30, 2.5, 1],
      [-4, 0.6, 2],
    ] as const) {
      const problem = softplus(label, lambda, width);
      for (const step of [1e-3, 0.1, 1]) {
        const { gap, error } = gibbsGap(confined(problem), step, 120);
        expect(error).toBeLessThan(1e-3 * gap);
        const { bound } = gibbsGapBound(problem, step);
        expect(bound).toBeGreaterThan(gap);
      }
      expect(gibbsGapBound(problem, 1e-12).bound).toBeLessThan(1e-8);
    }
  });

  it('is the closed form for a Gaussian', () => {
    // f = (λ/2)‖w‖²: with log Z(β) = (N/2)log(2π/(βλ)) for the lower bound, (N/2)·log(β/b)/(β − b).
    for (const dimension of [1, 2, 5]) {
      for (const [lambda, b, beta] of [
        [0.3, 1, 7],
        [20, 0.01, 3],
        [1, 1.999, 2],
      ] as const) {
        const found = gapFormula.evaluate({
          b,
          beta,
          lambda,
          dimension,
          lossBound: 0,
          logVolume: (dimension / 2) * Math.log((2 * Math.PI) / (beta * lambda)),
          radius: 1,
          smoothness: 0,
        });
        const closed = ((dimension / 2) * Math.log(beta / b)) / (beta - b);
        expect(found / closed).toBeCloseTo(1, 9);
        // The gap itself is N/(2β), the limit b → β.
        expect(found).toBeGreaterThan(dimension / (2 * beta));
      }
    }
  });

  it('is the closed form for a network without a data term, in every part', () => {
    // σ = 0, y = 0: b = β/2, r² = N/(βλ), and the bound is ((N/2)log(4πe/N) − log v_N)·s.
    for (const [width, unitVolume] of [
      [1, 2],
      [2, Math.PI],
      [3, (4 * Math.PI) / 3],
    ] as const) {
      for (const [lambda, step] of [
        [3, 0.1],
        [0.5, 1e-3],
      ] as const) {
        const problem: LossProblem = {
          activation: { name: 'constant', value: 0 },
          outer: Array.from({ length: width }, () => 1),
          dataset: { inputDim: 1, inputs: [[1]], labels: [0] },
          lambda,
          scale: 'mean',
        };
        const closed =
          ((width / 2) * Math.log((4 * Math.PI * Math.E) / width) - Math.log(unitVolume)) * step;
        const { bound } = gibbsGapBound(problem, step);
        expect(bound / closed).toBeCloseTo(1, 9);
        expect(bound).toBeGreaterThan((step * width) / 4);
      }
    }
  });

  it('knows its rounding', () => {
    for (const [label, lambda, step] of [
      [1, 0.6, 1],
      [30, 2.5, 1e-3],
      [1e6, 0.6, 1e-9],
      [1e-6, 20, 1e-6],
    ] as const) {
      const { bound, rounding, terms } = gibbsGapBound(softplus(label, lambda, 2), step);
      const exact = gapFormula.evaluateBig({
        ...terms,
        logVolume: highPrecision.evaluate('log(pi)') as BigNumber,
      });
      const error = exact.minus(bigNumber(bound)).abs();
      expect(error.lte(bigNumber(rounding))).toBe(true);
      expect(rounding).toBeGreaterThan(0);
      expect(rounding).toBeLessThan(1e-12 * bound);
    }
  });

  it('gives a threshold at which the gap is within the accuracy', () => {
    const problem = softplus(5, 1, 1);
    for (const accuracy of [1e-3, 0.1, 1]) {
      const threshold = gibbsStepThreshold(problem, accuracy);
      expect(threshold.bound).toBeLessThanOrEqual(accuracy);
      expect(gibbsGap(confined(problem), threshold.step, 400).gap).toBeLessThan(accuracy);
      expect(threshold.step).toBeGreaterThan(accuracy / 1e3);
    }
  });

  it('knows the volume of the unit ball', () => {
    expect(Math.exp(logUnitBallVolume(1))).toBeCloseTo(2, 12);
    expect(Math.exp(logUnitBallVolume(2))).toBeCloseTo(Math.PI, 12);
    expect(Math.exp(logUnitBallVolume(3))).toBeCloseTo((4 * Math.PI) / 3, 12);
    expect(Math.exp(logUnitBallVolume(4))).toBeCloseTo(Math.PI ** 2 / 2, 12);
  });

  it('names the argument that does not fit', () => {
    expect(() => gibbsGapBound(softplus(1, 0, 1), 1)).toThrow(
      'gibbsGapBound: lambda must be > 0, got 0',
    );
    expect(() => gibbsGapBound(softplus(1, 1, 1), 0)).toThrow(
      'gibbsGapBound: step must be > 0, got 0',
    );
    expect(() => gibbsStepThreshold(softplus(1, 1, 1), 0)).toThrow(
      'gibbsStepThreshold: accuracy must be > 0, got 0',
    );
  });
});
