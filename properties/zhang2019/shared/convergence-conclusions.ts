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

/** The theorem's assumptions with our constants; singular values are computed from the matrix. */
export function convergenceAssumptions(demand: Demand): readonly Assumption<ConvergenceProblem>[] {
  return [
    {
      name: 'the initial estimator is close to the teacher',
      tex: `\\|W^0-W^*\\|_F \\le ${admissibleRadius.tex}`,
      margin: (problem) => {
        const limit = admissibleRadius.evaluate({ ...scopeOf(problem), c: OURS.c });
        return 1 - startDistance(problem) / limit;
      },
    },
    {
      name: 'the step size is within its limit',
      tex: `\\eta \\le ${stepSizeLimit.tex}`,
      margin: (problem) => {
        const limit = stepSizeLimit.evaluate({ ...scopeOf(problem), c2: OURS.c2 });
        return 1 - problem.stepSize / limit;
      },
    },
    {
      name: 'the sample is as large as demanded',
      tex: `N \\ge ${demand.formula.tex}`,
      margin: (problem) => {
        if (problem.part === 'population') return 1;
        const demanded = demandedOf(problem, demand);
        return (problem.sampleSize - demanded) / problem.sampleSize;
      },
    },
    {
      name: 'there are at least as many dimensions as neurons',
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

function concludeRun(problem: SampleProblem, tools: Tools): Conclusion {
  const { teacher, start, sampleSize, noise, stepSize, steps } = problem;
  const result = tools.engine.train({
    initial: sumOfNeurons(start),
    dataset: sampleOf(problem),
    // The document's gradient has 1{w·x ≥ 0}.
    objective: { scale: 'half-mean', derivativeAtKink: 1 },
    optimiser: { kind: 'gradient-descent', stepSize },
    trainable: { inner: true, outer: false },
    budget: { maxSteps: steps },
  });
  if (result.reason === 'not-a-number') return gaveUp('gradient descent reached NaN');
  const offset = result.network.inner.flatMap((row, k) =>
    row.map((entry, p) => entry - teacher[k][p]),
  );
  const left = dot(offset, offset);
  const start2 = startDistance(problem) ** 2;
  const scope = { ...scopeOf(problem), N: sampleSize, noise, stepSize, start2, c3: OURS.c3 };
  const right = errorBound.evaluate({ ...scope, c4: OURS.c4, T: result.steps });
  const unit = statisticalTerm.evaluate({ ...scope, c4: 1 });
  const optimisation = contractionFactor.evaluate(scope) ** result.steps * start2;
  const excess = Math.max(0, left - optimisation);
  return decided('attack', [atMost(ERROR_CLAUSE, left, right, ROUNDING * (left + right))], {
    // With N = 1 the statistical term is 0 and no c₄ helps.
    ...(unit > 0 ? { implied: { c4: excess / unit } } : {}),
    measurements: {
      kappa: scope.kappa,
      K: scope.K,
      d: scope.d,
      N: sampleSize,
      steps: result.steps,
      left,
      right,
      ratio: left / right,
      unit,
      optimisation,
    },
  });
}
