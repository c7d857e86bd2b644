import fc from 'fast-check';
import type { Ladder, Rung } from '../../../src/claims/index.js';
import type { Generator, MatrixTeacherSpec } from '../../../src/generators/index.js';
import { generator } from '../../../src/generators/index.js';
import type { SpectrumConstants } from '../../../src/theory/index.js';
import { SAMPLES_PER_PARAMETER } from './convergence-conclusions.js';
import type { Demand } from './convergence-conclusions.js';
import { floorRuns, mostlyEqual, population, runs, teachers } from './convergence-plans.js';
import type { ConvergenceProblem, Plan } from './convergence-problems.js';
import { buildProblem, problemLabels } from './convergence-problems.js';

/** A path of a ladder: its sizes and the law of plans at a size. */
interface Path {
  readonly sizes: readonly number[];
  /** Larger sizes, drawn before draws alone refute. */
  readonly beyond?: readonly number[];
  /**
   * Draws at a size in one round of all visits, in the place of `DRAWS`: few sizes with many draws say more of an exponent
   * than many with few, and every size needs some thirty to say anything of its own.
   */
  readonly draws?: Readonly<Record<number, number>>;
  readonly plans: (size: number) => fc.Arbitrary<Plan>;
}

type Paths = Readonly<Record<string, Path>>;

/** The smallest admitted N under a demand, and at least `least`. */
function smallestAdmitted({ c1, formula }: Demand, least: (spec: MatrixTeacherSpec) => number) {
  return (spec: MatrixTeacherSpec) =>
    (constants: SpectrumConstants, noise: number): number => {
      const scope = { ...constants, d: spec.inputDim, K: spec.width, noise, c1 };
      // The assumption reads the singular values of the rounded matrix again: leave room for that.
      const demanded = Math.ceil(formula.evaluate(scope) * (1 + 1e-9));
      return Math.max(least(spec), demanded);
    };
}

/** The path along which the population's contraction decides the exponent of κ. */
export const KAPPA_PATH = 'κ, K = 2';

/** Runs of one column down to the statistical floor: what the error term is in N, d and ν. */
export const FLOOR_PATHS = {
  sampleSize: 'N (floor, d = 2)',
  inputDim: 'd (floor)',
  noise: 'ν/σ_K (floor, d = 16)',
} as const;

/** The population paths of both readings. */
const POPULATION_PATHS: Paths = {
  [KAPPA_PATH]: {
    sizes: [2, 5, 10, 20, 50, 100, 200, 500, 1000],
    beyond: [2000, 5000],
    draws: { 2: 40, 50: 40, 1000: 40 },
    plans: (size) =>
      population(
        teachers({
          width: fc.constant(2),
          condition: fc.constant(size),
          spectrum: fc.constant('one-large'),
          // Two columns at an angle of about 2/κ: the slowest that the pool has.
          rightFactor: fc.constant('aligned'),
        }),
      ),
  },
  'κ, K = 4': {
    sizes: [2, 10, 100, 1000],
    beyond: [10000],
    plans: (size) =>
      population(
        teachers({
          width: fc.constant(4),
          condition: fc.constant(size),
          spectrum: fc.constantFrom('linear', 'geometric', 'one-large', 'one-small'),
        }),
      ),
  },
  K: {
    sizes: [1, 2, 3, 4, 6, 8, 12],
    plans: (size) =>
      population(
        teachers({
          width: fc.constant(size),
          condition: fc.constantFrom(2, 3, 5),
          spectrum: mostlyEqual,
        }),
      ),
  },
};

const one = fc.constant(1);

/** Teachers of one column. */
const oneColumn = (inputDim: number): fc.Arbitrary<MatrixTeacherSpec> =>
  teachers({ width: one, condition: one, inputDim });

/** Teachers of one column that are at least as long as d. */
const asLongAsD = (inputDim: number): fc.Arbitrary<MatrixTeacherSpec> =>
  teachers({ width: one, condition: one, inputDim, scale: fc.constantFrom(1, 1, 10, 1000) }).map(
    (spec) => ({ ...spec, scale: spec.scale * inputDim }),
  );

/** Runs on a given number of samples, which the printed demand admits for long teachers. */
const free = (size: number, sampleSize: number): fc.Arbitrary<Plan> =>
  runs({
    specs: asLongAsD(size),
    sampleSize: () => () => sampleSize,
    start: fc.constant('random'),
    stepFraction: fc.constant(1),
    noiseRatio: fc.constantFrom(0.001, 0.1),
    maxSteps: fc.constantFrom(2, 60),
  });

/** The ladder of the reading `intended`. */
export function intendedPaths(demand: Demand): Paths {
  const admitted = smallestAdmitted(
    demand,
    ({ inputDim, width }) => SAMPLES_PER_PARAMETER * inputDim * width,
  );
  return {
    ...POPULATION_PATHS,
    'N (runs, K = 1)': {
      sizes: [64, 256, 1024, 4096, 16384],
      beyond: [65536],
      plans: (size) => runs({ specs: oneColumn(4), sampleSize: () => () => size }),
    },
    'd (runs, K = 1)': {
      sizes: [2, 5, 10, 20, 50, 100, 200],
      beyond: [500],
      plans: (size) => runs({ specs: oneColumn(size), sampleSize: admitted }),
    },
    'ν/σ_K (runs, K = 1)': {
      sizes: [1, 3, 10, 30, 100],
      beyond: [300],
      plans: (size) =>
        runs({ specs: oneColumn(4), sampleSize: admitted, noiseRatio: fc.constant(size) }),
    },
    [FLOOR_PATHS.sampleSize]: {
      sizes: [16, 1448, 131072],
      beyond: [262144],
      draws: { 16: 300, 1448: 300, 131072: 60 },
      plans: (size) => floorRuns({ inputDim: 2, noiseRatio: 10, sampleSize: () => () => size }),
    },
    [FLOOR_PATHS.inputDim]: {
      sizes: [2, 45, 1024],
      beyond: [1448],
      draws: { 2: 600, 45: 300, 1024: 30 },
      plans: (size) => floorRuns({ inputDim: size, noiseRatio: 10, sampleSize: admitted }),
    },
    [FLOOR_PATHS.noise]: {
      sizes: [1, 3, 10, 30, 100, 300],
      beyond: [1000],
      draws: Object.fromEntries([1, 3, 10, 30, 100, 300].map((size) => [size, 60])),
      plans: (size) => floorRuns({ inputDim: 16, noiseRatio: size, sampleSize: admitted }),
    },
    'K (runs, κ = 1)': {
      sizes: [1, 2, 3, 4],
      plans: (size) =>
        runs({
          specs: teachers({
            width: fc.constant(size),
            condition: one,
            spectrum: fc.constant('equal'),
            spare: fc.constantFrom(0, 1),
            scale: fc.constantFrom(1, 1000),
          }),
          sampleSize: admitted,
          noiseRatio: fc.constantFrom(0, 0.1, 1),
        }),
    },
    'κ (runs, K = 2)': {
      sizes: [1.1, 1.2, 1.4, 1.6, 1.8],
      plans: (size) =>
        runs({
          specs: teachers({
            width: fc.constant(2),
            condition: fc.constant(size),
            spectrum: fc.constant('one-large'),
            spare: fc.constant(0),
            scale: fc.constantFrom(1, 1000),
          }),
          sampleSize: admitted,
          noiseRatio: fc.constantFrom(0, 0.1, 1),
        }),
    },
  };
}

/** The ladder of the reading `literal`: where the printed logarithm is not positive, N is free. */
export function literalPaths(demand: Demand): Paths {
  const admitted = smallestAdmitted(demand, () => 1);
  return {
    ...POPULATION_PATHS,
    'd (N = 1)': {
      sizes: [1, 2, 4, 8, 16, 32, 64, 128],
      beyond: [256],
      plans: (size) => free(size, 1),
    },
    'd (N = 2)': { sizes: [8, 32, 128, 512], beyond: [1024], plans: (size) => free(size, 2) },
    'σ_K (d = 10, smallest N)': {
      sizes: [0.001, 0.1, 1, 5, 9, 10, 1000, 1e6],
      plans: (size) =>
        runs({
          specs: teachers({ width: one, condition: one, inputDim: 10, scale: fc.constant(size) }),
          sampleSize: admitted,
          start: fc.constant('random'),
          noiseRatio: fc.constantFrom(0, 0.1, 1),
        }),
    },
  };
}

/** The generator of one plan law. */
function problems(law: string, plans: fc.Arbitrary<Plan>): Generator<ConvergenceProblem> {
  return generator({ law, structure: plans, build: buildProblem, labels: problemLabels });
}

/** Draws at a size that decides nothing, in one round of all visits. */
const DRAWS = 10;

/** The ladder over some paths. */
export function ladderOver(paths: Paths): Ladder<ConvergenceProblem> {
  const rungs = rungsOf(paths);
  const draws = ({ path, size }: Rung): number => paths[path].draws?.[size] ?? DRAWS;
  const most = Math.max(...rungs.map(draws));
  return {
    rungs,
    // A short run visits every rung, a round visits each as often as it should.
    visits: Array.from({ length: most }, (_, round) =>
      rungs.filter((rung) => draws(rung) > round),
    ).flat(),
    extended: Object.entries(paths).flatMap(([path, { beyond = [] }]) =>
      beyond.map((size) => ({ path, size })),
    ),
    at: ({ path, size }) => problems(`${path} = ${size}`, paths[path].plans(size)),
  };
}

function rungsOf(paths: Paths): Rung[] {
  return Object.entries(paths).flatMap(([path, { sizes }]) =>
    sizes.map((size) => ({ path, size })),
  );
}

/** All rungs of some paths, each with the same probability; but for the runs to the floor, which only cost more. */
export function mixtureOf(law: string, paths: Paths): Generator<ConvergenceProblem> {
  const floors: readonly string[] = Object.values(FLOOR_PATHS);
  const plans = rungsOf(paths)
    .filter(({ path }) => !floors.includes(path))
    .map(({ path, size }) => paths[path].plans(size));
  return problems(law, fc.oneof(...plans));
}
