import { describe, expect, it } from 'vitest';
import { randomSource } from '../math/index.js';
import type { RandomSource } from '../math/index.js';
import type { LinearProgram, LinearProgramSolution } from './linear-program.js';
import { solveLinearProgram } from './linear-program.js';

/** A dense program min c·x, A x ≥ b, x ≥ 0 that is feasible and bounded: c = Aᵀy₀ + positive, b = A x₀ − positive. */
function solvableProgram(random: RandomSource, rows: number, columns: number): LinearProgram {
  const matrix = Array.from({ length: rows }, () =>
    Array.from({ length: columns }, () => 2 * random.uniform() - 1),
  );
  const point = Array.from({ length: columns }, () => random.uniform());
  const multipliers = Array.from({ length: rows }, () => random.uniform());
  const objective = point.map(
    (_, j) => matrix.reduce((sum, row, i) => sum + row[j] * multipliers[i], 0) + random.uniform(),
  );
  const constraints = matrix.map((coefficients) => ({
    coefficients,
    lower: coefficients.reduce((sum, entry, j) => sum + entry * point[j], 0) - random.uniform(),
  }));
  return { objective, constraints };
}

function expectCertified(solution: LinearProgramSolution, tolerance: number): void {
  expect(solution.message).toBe('optimal');
  expect(solution.primalResidual).toBeLessThanOrEqual(tolerance);
  expect(solution.dualResidual).toBeLessThanOrEqual(tolerance);
  expect(Math.abs(solution.objective - solution.dualObjective)).toBeLessThanOrEqual(tolerance);
}

describe('solveLinearProgram', () => {
  const factory = [
    { coefficients: [1, 0], upper: 4 },
    { coefficients: [0, 2], upper: 12 },
    { coefficients: [3, 2], upper: 18 },
  ];

  it('solves a textbook program, with shadow prices of the stated objective', async () => {
    const largest = await solveLinearProgram({
      objective: [3, 5],
      constraints: factory,
      maximise: true,
    });
    expect(largest).toMatchObject({ status: 'optimal', objective: 36, dualObjective: 36 });
    expect(largest.primal).toEqual([2, 6]);
    expect(largest.dual).toEqual([0, 1.5, 1]);
    const smallest = await solveLinearProgram({ objective: [-3, -5], constraints: factory });
    expect(smallest.objective).toBe(-36);
    expect(smallest.dual).toEqual([0, -1.5, -1]);
  });

  it('gives lower bounds a dual ≥ 0 and upper bounds a dual ≤ 0 when minimising', async () => {
    const { dual, objective } = await solveLinearProgram({
      objective: [2, -1],
      variables: 'free',
      constraints: [
        { coefficients: [1, 0], lower: 3, upper: 9 },
        { coefficients: { indices: [1], values: [1] }, lower: -1, upper: 5 },
      ],
    });
    expect(objective).toBe(1);
    expect(dual).toEqual([2, -1]);
  });

  it('solves equality, degenerate, redundant and empty constraints', async () => {
    const { objective, primal } = await solveLinearProgram({
      objective: [1, 1, 1],
      variables: 'free',
      constraints: [
        { coefficients: [1, 1, 0], lower: 1, upper: 1 },
        { coefficients: [0, 1, 1], lower: 1, upper: 1 },
        { coefficients: [1, 0, 1], lower: 1, upper: 1 },
        { coefficients: [2, 2, 0], lower: 2, upper: 2 },
        { coefficients: [0, 0, 0], lower: -1 },
      ],
    });
    expect(objective).toBeCloseTo(1.5, 12);
    for (const entry of primal) expect(entry).toBeCloseTo(0.5, 12);
    const bounded = await solveLinearProgram({
      objective: [-1, 2],
      constraints: [],
      variables: [
        { lower: -Infinity, upper: 7 },
        { lower: -3, upper: Infinity },
      ],
    });
    expect(bounded).toMatchObject({ status: 'optimal', objective: -13, dualObjective: -13 });
  });

  it("solves Beale's cycling example", async () => {
    const beale = await solveLinearProgram({
      objective: [-0.75, 150, -0.02, 6],
      constraints: [
        { coefficients: [0.25, -60, -0.04, 9], upper: 0 },
        { coefficients: [0.5, -90, -0.02, 3], upper: 0 },
        { coefficients: [0, 0, 1, 0], upper: 1 },
      ],
    });
    expect(beale.objective).toBeCloseTo(-0.05, 14);
    expectCertified(beale, 1e-12);
  });

  it('proves infeasibility and unboundedness', async () => {
    const infeasible = await solveLinearProgram({
      objective: [1, 1],
      constraints: [
        { coefficients: [1, 1], lower: 3 },
        { coefficients: [1, 2], upper: 2 },
      ],
    });
    expect(infeasible.status).toBe('infeasible');
    expect(infeasible.message).toBe('infeasible: a Farkas ray proves it');
    expect(infeasible.primal).toEqual([]);
    expect(infeasible.objective).toBeNaN();
    const empty = await solveLinearProgram({
      objective: [1],
      constraints: [{ coefficients: [1], lower: 3, upper: 2 }],
    });
    expect(empty.message).toBe('infeasible: constraints[0] has lower > upper');
    const unbounded = await solveLinearProgram({
      objective: [1, 2],
      maximise: true,
      constraints: [{ coefficients: [1, -1], upper: 2 }],
    });
    expect(unbounded.status).toBe('unbounded');
  });

  it('closes the duality gap of random programs, and says when there is no optimum', async () => {
    const random = randomSource('linear-program', 'random');
    for (let k = 0; k < 120; k += 1) {
      const program = solvableProgram(random, 1 + random.integer(12), 1 + random.integer(20));
      const solution = await solveLinearProgram(program);
      expectCertified(solution, 1e-9);
      // Putting the optimum out of reach by a cut on the objective must be found infeasible.
      const cut = { coefficients: program.objective, upper: solution.objective - 1 };
      const beyond = await solveLinearProgram({
        ...program,
        constraints: [...program.constraints, cut],
      });
      expect(beyond.status).toBe('infeasible');
    }
  });

  it('survives data scaled by powers of ten from 1e-8 to 1e8', async () => {
    const random = randomSource('linear-program', 'scaled');
    for (let k = 0; k < 60; k += 1) {
      const program = solvableProgram(random, 6, 10);
      const plain = await solveLinearProgram(program);
      const rowFactor = program.constraints.map(() => 10 ** (random.integer(17) - 8));
      const columnFactor = program.objective.map(() => 10 ** (random.integer(17) - 8));
      const scaled = await solveLinearProgram({
        objective: program.objective.map((cost, j) => cost * columnFactor[j]),
        constraints: program.constraints.map(({ coefficients, lower }, i) => ({
          coefficients: (coefficients as number[]).map(
            (a, j) => a * rowFactor[i] * columnFactor[j],
          ),
          lower: (lower as number) * rowFactor[i],
        })),
      });
      expect(scaled.status).toBe('optimal');
      expect(scaled.objective).toBeCloseTo(plain.objective, 7);
      expect(scaled.dualObjective).toBeCloseTo(plain.objective, 7);
    }
  });

  it('decides programs whose entries differ by eight orders of magnitude', async () => {
    const counts: Record<string, number> = {};
    for (let k = 0; k < 120; k += 1) {
      const random = randomSource('linear-program', 'wild', k);
      const entry = (): number => (2 * random.uniform() - 1) * 10 ** (random.integer(9) - 4);
      const matrix = Array.from({ length: 6 }, () => Array.from({ length: 4 }, entry));
      const solution = await solveLinearProgram({
        objective: matrix[0],
        constraints: matrix.map((coefficients) => ({
          coefficients,
          lower: 2 * random.uniform() - 1,
        })),
      });
      counts[solution.status] = (counts[solution.status] ?? 0) + 1;
      if (solution.status === 'optimal') expectCertified(solution, 1e-8);
    }
    expect(counts.failed).toBeUndefined();
    expect(counts.optimal).toBeGreaterThan(10);
    expect(counts.infeasible).toBeGreaterThan(10);
  });

  it('keeps every digit: two programs one ulp apart have optima one ulp apart', async () => {
    for (const bound of [1 / 3, 1 / 3 + 2 ** -54, Math.PI * 1e-11, 1e15 / 3]) {
      const { objective } = await solveLinearProgram({
        objective: [1],
        constraints: [{ coefficients: [1], lower: bound }],
      });
      expect(objective).toBe(bound);
    }
    // HiGHS itself drops coefficients of 1e-9 and below.
    const tiny = await solveLinearProgram({
      objective: [1, 1],
      constraints: [{ coefficients: [3e-14, 1e-14], lower: 6e-14 }],
    });
    expect(tiny.objective).toBeCloseTo(2, 12);
  });

  it('solves 3,000 programs in a row, bit for bit the same at both ends', async () => {
    const first: number[][] = [];
    for (let k = 0; k < 3000; k += 1) {
      const random = randomSource('linear-program', 'row', k % 1500);
      const { status, primal, dual } = await solveLinearProgram(solvableProgram(random, 3, 4));
      if (status !== 'optimal') throw new Error(`program ${k} ended ${status}`);
      if (k < 1500) first.push([...primal, ...dual]);
      else expect([...primal, ...dual]).toEqual(first[k - 1500]);
    }
  });

  it('rejects data that are no numbers', async () => {
    const constraint = { coefficients: [1, 2], lower: 0 };
    const cases: [LinearProgram, string][] = [
      [
        { objective: [], constraints: [] },
        'solveLinearProgram: objective must have at least one entry, got 0',
      ],
      [
        { objective: [NaN, 1], constraints: [] },
        'solveLinearProgram: objective[0] must be finite, got NaN',
      ],
      [
        { objective: [1, 1], constraints: [constraint, { coefficients: [Infinity, 1] }] },
        'solveLinearProgram: constraints[1].coefficients[0] must be finite, got Infinity',
      ],
      [
        { objective: [1], constraints: [constraint] },
        'solveLinearProgram: constraints[0].coefficients must have length 1 (length of objective), got 2',
      ],
      [
        { objective: [1], constraints: [{ coefficients: [1], lower: Infinity }] },
        'solveLinearProgram: constraints[0].lower must be finite or -Infinity, got Infinity',
      ],
      [
        { objective: [1], constraints: [{ coefficients: [1], upper: NaN }] },
        'solveLinearProgram: constraints[0].upper must be finite or Infinity, got NaN',
      ],
      [
        { objective: [1], constraints: [], variables: [] },
        'solveLinearProgram: variables must have length 1 (length of objective), got 0',
      ],
      [
        { objective: [1], constraints: [{ coefficients: { indices: [1], values: [2] } }] },
        'solveLinearProgram: constraints[0].coefficients.indices[0] must be an integer in 0…0, got 1',
      ],
      [
        { objective: [1], constraints: [{ coefficients: { indices: [0, 0], values: [2, 3] } }] },
        'solveLinearProgram: constraints[0].coefficients.indices must not repeat an index, got 0 twice',
      ],
      [
        { objective: [1], constraints: [{ coefficients: { indices: [0], values: [] } }] },
        'solveLinearProgram: constraints[0].coefficients.values must have length 1 (length of indices), got 0',
      ],
    ];
    for (const [program, message] of cases) {
      await expect(solveLinearProgram(program)).rejects.toThrow(new RangeError(message));
    }
  });
});
