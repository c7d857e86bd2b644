import { describe, expect, test } from 'vitest';
import { outcomeOf } from '../../../src/claims/index.js';
import type { Conclusion, Tools } from '../../../src/claims/index.js';
import { testDraw } from '../../../src/generators/index.js';
import { randomSource } from '../../../src/math/index.js';
import { demandedSampleSize, demandedSampleSizePrinted } from '../../../src/theory/index.js';
import { createJs64 } from '../../../src/training/index.js';
import { concludeConvergence, convergenceAssumptions } from './convergence-conclusions.js';
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
    expect(conclusion).not.toHaveProperty('implied');
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
