import { ASSUMED } from './assumption-names.js';
import type { Assumption, Conclusion, Tools } from '../../../src/claims/index.js';
import { atLeast, atMost, decided, gaveUp } from '../../../src/claims/index.js';
import type { Expression } from '../../../src/math/index.js';
import { dot, unitSphere } from '../../../src/math/index.js';
import type { Matrix } from '../../../src/model/index.js';
import type { StepContraction } from '../../../src/theory/index.js';
import {
  admissibleRadius,
  contractionFactor,
  errorBound,
  linearisedStep,
  populationHessian,
  populationStep,
  spectrumEnds,
  statisticalTerm,
  stepSizeLimit,
} from '../../../src/theory/index.js';
import type {
  ConvergenceProblem,
  PopulationProblem,
  SampleProblem,
} from './convergence-problems.js';
import {
  OURS,
  isResolvable,
  sampleOf,
  scopeOf,
  startDistance,
  sumOfNeurons,
} from './convergence-problems.js';

export const STEP_CLAUSE = 'λκ²(1 − ρ)/η of one population step is at least c₃';
export const ERROR_CLAUSE = '‖W^T − W*‖² is at most the right side of (4.1)';

/** The name of a demanded sample size's constant c₁ is part of the reading. */
export interface Demand {
  readonly c1: number;
  readonly formula: Expression<
    'c1' | 'd' | 'K' | 'kappa' | 'lambda' | 'smallest' | 'norm2' | 'noise'
  >;
}

/** The sample size that a reading demands of a problem. */
export function demandedOf(problem: SampleProblem, { c1, formula }: Demand): number {
  return formula.evaluate({ ...scopeOf(problem), noise: problem.noise, c1 });
}

/** At least this many samples per parameter, ours: below it runs interpolate. */
export const SAMPLES_PER_PARAMETER = 8;

/**
 * N ≥ 8dK, an assumption of ours. The demand itself implies it for c₁ = 8 and log(e + x): λ and κ are at least 1,
 * ‖W*‖_F² ≥ Kσ_K² and the logarithm is at least 1, so that the demand is at least 8K¹⁰d. Together with a demand of
 * smaller c₁ it asks for less than c₁ = 8 does, so that the statement is stronger, and larger K and κ fit in memory.
 */
export const samplesPerParameter: Assumption<ConvergenceProblem> = {
  name: 'there are at least eight samples per parameter',
  tex: `N \\ge ${SAMPLES_PER_PARAMETER}\\,d\\,K`,
  margin: (problem) =>
    problem.part === 'population'
      ? 1
      : problem.sampleSize / (SAMPLES_PER_PARAMETER * problem.inputDim * problem.teacher.length) -
        1,
};

/** The theorem's assumptions with our constants; singular values are computed from the matrix. */
export function convergenceAssumptions(demand: Demand): readonly Assumption<ConvergenceProblem>[] {
  return [
    {
      name: ASSUMED.start,
      tex: `\\|W^0-W^*\\|_F \\le ${admissibleRadius.tex}`,
      margin: (problem) => {
        const limit = admissibleRadius.evaluate({ ...scopeOf(problem), c: OURS.c });
        return 1 - startDistance(problem) / limit;
      },
    },
    {
      name: ASSUMED.step,
      tex: `\\eta \\le ${stepSizeLimit.tex}`,
      margin: (problem) => {
        const limit = stepSizeLimit.evaluate({ ...scopeOf(problem), c2: OURS.c2 });
        return 1 - problem.stepSize / limit;
      },
    },
    {
      name: ASSUMED.sample,
      tex: `N \\ge ${demand.formula.tex}`,
      margin: (problem) => {
        if (problem.part === 'population') return 1;
        const demanded = demandedOf(problem, demand);
        return (problem.sampleSize - demanded) / problem.sampleSize;
      },
    },
    {
      name: ASSUMED.dimensions,
      tex: 'K \\le d',
      margin: (problem) => problem.inputDim - problem.teacher.length,
    },
  ];
}

/** The conclusion of the theorem on a problem, with our c₃ and c₄. */
export function concludeConvergence(problem: ConvergenceProblem, tools: Tools): Conclusion {
  return problem.part === 'population' ? concludeStep(problem, tools) : concludeRun(problem, tools);
}

/** The slowest step that was found: at radius 0 over all directions, and on the sphere by search. */
function slowestStep(problem: PopulationProblem, tools: Tools): StepContraction {
  const { teacher, stepSize, radius } = problem;
  const order = teacher.length * teacher[0].length;
  const hessian = populationHessian(teacher, teacher);
  const { smallest, largest } = spectrumEnds(hessian, order);
  // 2µ − ηµ² is concave in µ, so its least value is at an end of the spectrum.
  const steps = [
    linearisedStep(hessian, smallest.vector, stepSize),
    linearisedStep(hessian, largest.vector, stepSize),
  ];
  if (isResolvable(problem)) {
    const onSphere = (direction: Matrix): void => {
      steps.push(populationStep(teacher, direction, radius, stepSize));
    };
    const rows = (flat: ArrayLike<number>, sign: number): number[][] =>
      teacher.map((row, k) => row.map((_, p) => sign * flat[k * row.length + p]));
    for (const sign of [1, -1]) {
      let direction = rows(smallest.vector, sign);
      onSphere(direction);
      for (let round = 0; round < 1 + tools.attack; round += 1) {
        direction = refined(problem, direction);
        onSphere(direction);
      }
    }
    for (let draw = 0; draw < 2 * tools.attack; draw += 1) {
      onSphere(rows(unitSphere(tools.random, order), 1));
    }
  }
  return steps.reduce((slowest, step) => (step.rate < slowest.rate ? step : slowest));
}

/** The slowest direction of the Hessian at W* + radius·direction, on the same side. */
function refined({ teacher, radius }: PopulationProblem, direction: Matrix): number[][] {
  const student = teacher.map((row, k) => row.map((entry, p) => entry + radius * direction[k][p]));
  const order = teacher.length * teacher[0].length;
  const { vector } = spectrumEnds(populationHessian(student, teacher), order).smallest;
  const side = dot(direction.flat(), Array.from(vector)) >= 0 ? 1 : -1;
  return teacher.map((row, k) => row.map((_, p) => side * vector[k * row.length + p]));
}

function concludeStep(problem: PopulationProblem, tools: Tools): Conclusion {
  const { kappa, lambda, K } = scopeOf(problem);
  const { rate, error } = slowestStep(problem, tools);
  const factor = lambda * kappa * kappa;
  const c3 = rate * factor;
  return decided('attack', [atLeast(STEP_CLAUSE, c3, OURS.c3, error * factor)], {
    implied: { c3 },
    measurements: { kappa, lambda, K, rate, rateError: error, sphereRadius: problem.radius },
  });
}

/** Rounding over a run is below this part of the result: T·N roundings of 2⁻⁵³ each, with room. */
const ROUNDING = 1e-9;

/** Steps at which (4.1) is checked, besides the last one. */
const CHECKED_STEPS: ReadonlySet<number> = new Set([1, 3, 10, 30, 100, 300, 1000]);

/** ‖W^T − W*‖² at one T, with the optimisation term there. */
interface Checked {
  readonly T: number;
  readonly left: number;
  readonly optimisation: number;
}

/** Runs gradient descent and compares both sides of (4.1) along the way; null when it reaches NaN. */
function distancesAlongRun(
  problem: SampleProblem,
  { engine }: Tools,
  optimisationAt: (T: number) => number,
): readonly Checked[] | null {
  const { teacher, start, stepSize, steps } = problem;
  const target = Float64Array.from(teacher.flat());
  const checked: Checked[] = [];
  const result = engine.train({
    initial: sumOfNeurons(start),
    dataset: sampleOf(problem),
    // The document's gradient has 1{w·x ≥ 0}.
    objective: { scale: 'half-mean', derivativeAtKink: 1 },
    optimiser: { kind: 'gradient-descent', stepSize },
    trainable: { inner: true, outer: false },
    budget: { maxSteps: steps },
    observer: { every: 1, see: ({ step, inner }) => CHECKED_STEPS.has(step) && check(step, inner) },
  });
  if (result.steps !== checked.at(-1)?.T) check(result.steps, result.network.inner.flat());
  const reachedNaN = result.reason === 'not-a-number' || checked.some((c) => Number.isNaN(c.left));
  return reachedNaN ? null : checked;

  function check(T: number, inner: ArrayLike<number>): void {
    let left = 0;
    for (const [k, entry] of target.entries()) left += (inner[k] - entry) ** 2;
    checked.push({ T, left, optimisation: optimisationAt(T) });
  }
}

function concludeRun(problem: SampleProblem, tools: Tools): Conclusion {
  const { sampleSize, noise, stepSize } = problem;
  const start2 = startDistance(problem) ** 2;
  const scope = { ...scopeOf(problem), N: sampleSize, noise, stepSize, start2, c3: OURS.c3 };
  const contraction = contractionFactor.evaluate(scope);
  const checked = distancesAlongRun(problem, tools, (T) => contraction ** T * start2);
  if (checked === null) return gaveUp('gradient descent reached NaN');
  const unit = statisticalTerm.evaluate({ ...scope, c4: 1 });
  const right = (T: number): number => errorBound.evaluate({ ...scope, c4: OURS.c4, T });
  // The statistical term is the same at every T, so the largest excess asks for the largest c₄.
  const worst = checked.reduce((most, next) => (excessOf(next) > excessOf(most) ? next : most));
  const clauses = checked.map(({ T, left }) =>
    atMost(`${ERROR_CLAUSE} at T = ${T}`, left, right(T), ROUNDING * (left + right(T))),
  );
  const ratios = checked.map(({ T, left }) => (left === 0 ? 0 : left / right(T)));
  return decided('attack', clauses, {
    implied: { c4: impliedC4(worst, unit) },
    measurements: {
      kappa: scope.kappa,
      K: scope.K,
      d: scope.d,
      N: sampleSize,
      steps: checked[checked.length - 1].T,
      ratio: Math.max(...ratios),
      unit,
      worstStep: worst.T,
      left: worst.left,
      optimisation: worst.optimisation,
    },
  });
}

function excessOf({ left, optimisation }: Checked): number {
  return Math.max(0, left - optimisation);
}

/** The least c₄ with left ≤ optimisation + c₄·unit: ∞ where the unit is 0, as at N = 1, and an excess is left. */
function impliedC4(worst: Checked, unit: number): number {
  const excess = excessOf(worst);
  if (unit > 0) return excess / unit;
  return excess > ROUNDING * (worst.left + worst.optimisation) ? Infinity : 0;
}
