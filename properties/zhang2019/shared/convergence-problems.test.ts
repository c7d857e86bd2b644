import { describe, expect, test } from 'vitest';
import { outcomeOf } from '../../../src/claims/index.js';
import type { Conclusion, Tools } from '../../../src/claims/index.js';
import { testDraw } from '../../../src/generators/index.js';
import { randomSource } from '../../../src/math/index.js';
import { demandedSampleSize, demandedSampleSizePrinted } from '../../../src/theory/index.js';
import { createJs64 } from '../../../src/training/index.js';
import descent from '../gradient-descent-converges-linearly.property.js';
import {
  ERROR_CLAUSE,
  concludeConvergence,
  convergenceAssumptions,
  samplesPerParameter,
} from './convergence-conclusions.js';
import { intendedPaths, ladderOver, literalPaths } from './convergence-ladders.js';
import type { PopulationProblem, SampleProblem } from './convergence-problems.js';
import { constantsOf, sampleOf } from './convergence-problems.js';

const tools: Tools = { engine: createJs64(), random: randomSource('tools'), attack: 1 };

const ORTHONORMAL: PopulationProblem = {
  part: 'population',
  inputDim: 2,
  teacher: [
    [1, 0],
    [0, 1],
  ],
  stepSize: 0.01,
  radius: 1e-5,
};

const impliedC3 = (problem: PopulationProblem): number => {
  const conclusion = concludeConvergence(problem, tools);
  return conclusion.status === 'decided' ? (conclusion.implied?.['c3'] ?? NaN) : NaN;
};

/** A teacher with zeros appended to its columns. */
const padded = (zeros: number): PopulationProblem => ({
  ...ORTHONORMAL,
  inputDim: 10,
  teacher: [
    [1, 0.1],
    [0.2, 1],
  ].map((row) => [...row, ...Array.from({ length: zeros }, () => 0)]),
  radius: 1e-9,
});

describe.each([
  { name: 'literal', demand: { c1: 16, formula: demandedSampleSizePrinted }, paths: literalPaths },
  { name: 'intended', demand: { c1: 0.001, formula: demandedSampleSize }, paths: intendedPaths },
])('the ladder $name', ({ name, demand, paths }) => {
  test('draws problems that meet every assumption', () => {
    const ladder = ladderOver(paths(demand));
    ladder.rungs.forEach((rung, t) => {
      const { instance } = testDraw(ladder.at(rung), ['assumptions', name], t);
      for (const assumption of convergenceAssumptions(demand)) {
        expect(assumption.margin(instance), assumption.name).toBeGreaterThanOrEqual(0);
      }
    });
  });
});

describe('population steps', () => {
  test('give 1/2 − 1/π at orthonormal teachers, as derived by hand', () => {
    // 2µ − ηµ² with µ = 1/4 − 1/(2π).
    const mu = 0.25 - 1 / (2 * Math.PI);
    expect(impliedC3(ORTHONORMAL)).toBeCloseTo(2 * mu - 0.01 * mu ** 2, 4);
  });

  test('do not depend on dimensions beyond K + 1', () => {
    expect(impliedC3(padded(3))).toBeCloseTo(impliedC3(padded(1)), 12);
  });

  test('are invariant under scaling of the teacher', () => {
    const scaled = {
      ...ORTHONORMAL,
      teacher: ORTHONORMAL.teacher.map((row) => row.map((entry) => 1e6 * entry)),
      radius: 1e6 * ORTHONORMAL.radius,
    };
    expect(impliedC3(scaled)).toBeCloseTo(impliedC3(ORTHONORMAL), 8);
  });
});

describe('runs on samples', () => {
  const problem: SampleProblem = {
    part: 'sample',
    inputDim: 3,
    teacher: [[1, 0, 0]],
    start: [[1, 0, 0]],
    sampleSize: 40_000,
    noiseLaw: 'gaussian',
    noise: 0.5,
    stepSize: 1,
    steps: 60,
    dataSeed: 'test',
  };

  test.each(['gaussian', 'rademacher', 'uniform'] as const)(
    'have %s noise of mean 0 and E|ε| = ν',
    (noiseLaw) => {
      const noisy = sampleOf({ ...problem, noiseLaw });
      const clean = sampleOf({ ...problem, noise: 0 });
      const noise = noisy.labels.map((label, i) => label - clean.labels[i]);
      const mean = noise.reduce((sum, entry) => sum + entry, 0) / noise.length;
      const absolute = noise.reduce((sum, entry) => sum + Math.abs(entry), 0) / noise.length;
      // Five standard errors; the standard deviations are at most 0.63.
      expect(Math.abs(mean)).toBeLessThan((5 * 0.63) / 200);
      expect(Math.abs(absolute - 0.5)).toBeLessThan((5 * 0.63) / 200);
    },
  );

  test('end at the least squares floor 2dτ²/N for one column', () => {
    const conclusion: Conclusion = concludeConvergence(problem, tools);
    const { left } = conclusion.measurements ?? {};
    const floor = (2 * 3 * ((0.25 * Math.PI) / 2)) / 40_000;
    // A χ² with 3 degrees of freedom over 3.
    expect(left / floor).toBeGreaterThan(0.02);
    expect(left / floor).toBeLessThan(6);
    expect(outcomeOf(conclusion)).toBe('holds');
  });

  test('stay at the teacher without noise', () => {
    const conclusion = concludeConvergence({ ...problem, noise: 0, sampleSize: 100 }, tools);
    expect(conclusion).toMatchObject({ status: 'decided', implied: { c4: 0 } });
  });

  test('violate (4.1) on one sample, where the statistical term is 0', () => {
    const conclusion = concludeConvergence(
      { ...problem, sampleSize: 1, start: [[1, 0.1, 0]], noise: 0.01 },
      tools,
    );
    expect(outcomeOf(conclusion)).toBe('violated');
    // No finite c₄ helps.
    expect(conclusion).toHaveProperty('implied', { c4: Infinity });
  });

  test('ask for no c₄ on one sample that contracts as promised', () => {
    const still = concludeConvergence({ ...problem, sampleSize: 1, noise: 0 }, tools);
    expect(still).toMatchObject({ implied: { c4: 0 } });
  });

  test('are compared with (4.1) at T = 1, 3, 10, … and the last step', () => {
    const names = (steps: number): string[] => {
      const conclusion = concludeConvergence({ ...problem, sampleSize: 100, steps }, tools);
      return conclusion.status === 'decided' ? conclusion.clauses.map(({ name }) => name) : [];
    };
    const at = (T: number): string => `${ERROR_CLAUSE} at T = ${T}`;
    expect(names(60)).toEqual([1, 3, 10, 30, 60].map(at));
    expect(names(30)).toEqual([1, 3, 10, 30].map(at));
  });

  test('violate (4.1) when an early step does, and report its c₄', () => {
    // An engine that leaves W* by `away` at T = 3 and is back at the end.
    const excursion = (away: number): Tools => ({
      ...tools,
      engine: {
        ...tools.engine,
        train: (task) => {
          const result = tools.engine.train({ ...task, observer: undefined });
          const { every, see } = task.observer ?? { every: Infinity, see: () => undefined };
          for (let step = 0; step <= result.steps; step += every) {
            const inner = Float64Array.from([step === 3 ? 1 + away : 1, 0, 0]);
            const { objective, dataLoss, gradientNorm } = result;
            const outer = Float64Array.of(1);
            const biases = new Float64Array();
            see({ step, objective, dataLoss, gradientNorm, inner, outer, biases });
          }
          return result;
        },
      },
    });
    const still = { ...problem, sampleSize: 100, noise: 0, steps: 20 };
    const there = concludeConvergence(still, excursion(0));
    expect(outcomeOf(there)).toBe('holds');
    const away = concludeConvergence(still, excursion(10));
    expect(outcomeOf(away)).toBe('violated');
    // d log N/N·‖w*‖².
    const unit = (3 * Math.log(100)) / 100;
    expect(away).toMatchObject({ measurements: { worstStep: 3, left: 100 } });
    const { c4 = NaN } = away.status === 'decided' ? (away.implied ?? {}) : {};
    expect(c4).toBeCloseTo(100 / unit, 9);
  });

  test('with fewer than eight samples per parameter are outside the reading intended', () => {
    // The demand with c₁ = 0.001 alone would admit them.
    const few: SampleProblem = { ...problem, teacher: [[9, 0, 0]], noise: 0, sampleSize: 23 };
    const demanded = convergenceAssumptions({ c1: 0.001, formula: demandedSampleSize });
    const start = few.teacher;
    for (const { margin } of demanded) expect(margin({ ...few, start })).toBeGreaterThanOrEqual(0);
    expect(samplesPerParameter.margin(few)).toBeLessThan(0);
    expect(samplesPerParameter.margin({ ...few, sampleSize: 24 })).toBe(0);
    const { assumptions } = descent.readings['intended'];
    expect(assumptions.map(({ name }) => name)).toContain(samplesPerParameter.name);
  });

  test('have eight samples per parameter by the demand itself when c₁ = 8', () => {
    for (const K of [1, 2, 3]) {
      for (const smallest of [1e-3, 1, 1e6]) {
        const norm2 = K * smallest * smallest;
        const scope = { K, smallest, norm2, kappa: 1, lambda: 1, noise: 0 };
        const demanded = demandedSampleSize.evaluate({ ...scope, c1: 8, d: 5 });
        expect(demanded).toBeGreaterThanOrEqual(8 * 5 * K);
      }
    }
  });
});

test('constants are read off the matrix', () => {
  const { kappa, lambda, smallest, norm2 } = constantsOf({
    ...ORTHONORMAL,
    teacher: [
      [3, 0],
      [0, 0.5],
    ],
  });
  expect([kappa, lambda, smallest, norm2]).toEqual([6, 6, 0.5, 9.25]);
});
