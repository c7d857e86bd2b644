/** The training loop. AssemblyScript. */
import { ceilingOf, evaluate, finishGradient, sum } from './gradient';
import { hasSeed, nextMinibatch } from './minibatches';
import { descend } from './optimisers';
import { Problem, SGD } from './problem';

/** Why `advance` returned; the first two, and SEEDS, are no ends. */
const OBSERVE = 0;
const PAUSE = 1;
const SEEDS = 2;
const TARGET_LOSS = 3;
const TARGET_GRADIENT = 4;
const STEP_BUDGET = 5;
const TIME_BUDGET = 6;
const DIVERGED = 7;
const NOT_A_NUMBER = 8;

/**
 * Runs on until the run ends, an observation is due, `pause` is reached, or seeds of epochs are missing.
 * After an end or OBSERVE, objective, gradient and norms are those of the present parameters.
 *
 * @param due the next step to be observed, or −1
 * @param pause a step to return at without evaluating, so that the clock can be read, or −1
 * @param late whether the time is up: then this step is the last
 */
export function advance(problem: Problem, due: f64, pause: f64, late: bool): i32 {
  while (true) {
    const step = problem.step;
    if (!problem.evaluated) {
      const observed = step == due;
      const last = step >= problem.maxSteps || late;
      if (observed || last || problem.toEvaluation == 0) {
        evaluate(problem);
        problem.evaluated = 1;
        if (step == 0) problem.ceiling = ceilingOf(problem);
        const reason = stopReason(problem, step, late);
        if (reason != OBSERVE || observed) return reason;
      }
    } else if (late) {
      return stopReason(problem, step, late);
    }
    if (step == pause && !late) return PAUSE;
    if (problem.optimiser == SGD) {
      if (!hasSeed(problem)) return SEEDS;
      const size = nextMinibatch(problem);
      sum(problem, problem.batchInputs, problem.batchLabels, size);
      finishGradient(problem, (2 * problem.lossScale) / <f64>size);
    }
    descend(problem);
    problem.step = step + 1;
    problem.evaluated = 0;
    const left = problem.toEvaluation;
    problem.toEvaluation = left == 0 ? problem.interval - 1 : left - 1;
  }
}

function stopReason(problem: Problem, step: f64, late: bool): i32 {
  const objective = problem.objective;
  if (isNaN(objective)) return NOT_A_NUMBER;
  if (objective > problem.ceiling) return DIVERGED;
  if (isNaN(problem.gradientNorm)) return NOT_A_NUMBER;
  if (objective <= problem.targetLoss) return TARGET_LOSS;
  if (problem.gradientNorm <= problem.targetGradient) return TARGET_GRADIENT;
  if (step >= problem.maxSteps) return STEP_BUDGET;
  return late ? TIME_BUDGET : OBSERVE;
}
