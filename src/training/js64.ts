import type { Network, Vector } from '../model/index.js';
import { activationPass } from './activation-pass.js';
import type { ActivationPass } from './activation-pass.js';
import type {
  Engine,
  Observation,
  StopReason,
  Trainable,
  TrainingResult,
  TrainingTask,
} from './engine.js';
import type { FlatParameters } from './flat-problem.js';
import {
  checkBudget,
  checkObjective,
  checkOptimiser,
  flatParameters,
  networkWith,
  trainedParts,
} from './flat-problem.js';
import {
  finishGradient,
  forward,
  lossFactor,
  penalty,
  scratchFor,
  sumOfSquares,
} from './js64-kernels.js';
import type { Scratch } from './js64-kernels.js';
import { minibatches, stepperOf } from './optimisers.js';
import { emptyTiles, gather, packDataset, packInputs } from './tiles.js';
import type { Tiles } from './tiles.js';

/** An objective above this has diverged. */
const LARGEST_OBJECTIVE = 1e300;

/** So has one that grew by more than this factor. */
const LARGEST_GROWTH = 1e12;

/** The parts of a run that stay the same from step to step. */
interface Problem {
  readonly task: TrainingTask;
  readonly tiles: Tiles;
  readonly parameters: FlatParameters;
  readonly gradient: FlatParameters;
  readonly pass: ActivationPass;
  readonly trained: Trainable;
  readonly scratch: Scratch;
}

interface Evaluation {
  readonly objective: number;
  readonly dataLoss: number;
  readonly gradientNorm: number;
}

/**
 * The reference engine: plain TypeScript in float64 with a fixed order of summation and the
 * elementary functions of `src/math`, so a run's bits are the same on every machine.
 */
export function createJs64(): Engine {
  const engine: Engine = {
    name: 'js64',
    precision: 'float64',
    lossAndGradient(network, dataset, objective) {
      const where = 'lossAndGradient';
      const parameters = flatParameters(where, network);
      checkObjective(where, objective);
      const gradient = zerosLike(parameters);
      const { objective: value, dataLoss } = evaluate(
        {
          tiles: packDataset(where, dataset, network.inputDim),
          parameters,
          gradient,
          pass: activationPass(network.activation, objective.derivativeAtKink ?? 0),
          trained: trainedParts(where, undefined, network.biases !== undefined),
          scratch: scratchFor(parameters.outer.length),
        },
        objective,
      );
      return { objective: value, dataLoss, ...gradient };
    },
    train: (task) => train(task),
    trainMany: (tasks) => tasks.map(train),
    predict(network: Network, inputs: readonly Vector[]): Float64Array {
      const where = 'predict';
      const parameters = flatParameters(where, network);
      const outputs = new Float64Array(inputs.length);
      forward(
        packInputs(where, 'inputs', inputs, network.inputDim),
        parameters,
        activationPass(network.activation, 0),
        scratchFor(parameters.outer.length),
        outputs,
      );
      return outputs;
    },
  };
  return engine;
}

function zerosLike(parameters: FlatParameters): FlatParameters {
  return {
    inner: new Float64Array(parameters.inner.length),
    outer: new Float64Array(parameters.outer.length),
    biases: new Float64Array(parameters.biases.length),
  };
}

/** Objective and gradient over the whole sample; the gradient is left in `problem.gradient`. */
function evaluate(
  problem: Omit<Problem, 'task'>,
  objective: TrainingTask['objective'],
): Evaluation {
  const { tiles, parameters, gradient, pass, trained, scratch } = problem;
  const { scale, weightDecay } = objective;
  const squares = sumOfSquares(tiles, parameters, pass, trained, scratch, gradient);
  const factor = lossFactor(scale, tiles.count);
  const dataLoss = factor * squares;
  const squaredNorm = finishGradient(gradient, parameters, 2 * factor, weightDecay, trained);
  return {
    objective: dataLoss + penalty(parameters, weightDecay, trained),
    dataLoss,
    gradientNorm: Math.sqrt(squaredNorm),
  };
}

function train(task: TrainingTask): TrainingResult {
  const where = 'train';
  const { initial, dataset, objective, optimiser, budget, observer } = task;
  const parameters = flatParameters(where, initial);
  const tiles = packDataset(where, dataset, initial.inputDim);
  checkObjective(where, objective);
  checkOptimiser(where, optimiser, tiles.count, parameters.outer);
  checkBudget(where, budget, observer);
  const trained = trainedParts(where, task.trainable, initial.biases !== undefined);
  const problem: Problem = {
    task,
    tiles,
    parameters,
    gradient: zerosLike(parameters),
    pass: activationPass(initial.activation, objective.derivativeAtKink ?? 0),
    trained,
    scratch: scratchFor(parameters.outer.length),
  };
  const stepper = stepperOf(optimiser, trained, initial.inputDim);
  stepper.projectStart(parameters);
  const draw = optimiser.kind === 'sgd' ? minibatchGradient(problem) : null;
  // Full-batch methods evaluate at every step anyway; stochastic ones once an epoch.
  const interval = optimiser.kind === 'sgd' ? Math.ceil(tiles.count / optimiser.batchSize) : 1;
  const deadline =
    budget.maxMilliseconds === undefined ? Infinity : performance.now() + budget.maxMilliseconds;

  const ceiling = { value: LARGEST_OBJECTIVE };
  for (let step = 0; ; step += 1) {
    const due = observer !== undefined && step % observer.every === 0;
    const late = deadline < Infinity && performance.now() >= deadline;
    const last = step >= budget.maxSteps || late;
    if (due || last || step % interval === 0) {
      const evaluation = evaluate(problem, objective);
      if (step === 0) ceiling.value = ceilingOf(evaluation.objective, problem);
      const reason = stopReason(evaluation, task, ceiling.value, step, late);
      if (observer !== undefined && (due || reason !== null)) {
        const observation: Observation = { step, ...evaluation, ...parameters };
        observer.see(observation);
      }
      if (reason !== null) {
        const network = networkWith(initial, parameters);
        return { engine: 'js64', network, steps: step, ...evaluation, reason };
      }
    }
    draw?.();
    stepper.step(parameters, problem.gradient);
  }
}

/** Above this the run has diverged. */
function ceilingOf(start: number, { tiles, task }: Problem): number {
  let squares = 0;
  for (let i = 0; i < tiles.count; i += 1) squares += tiles.labels[i] * tiles.labels[i];
  const reference = Math.max(start, lossFactor(task.objective.scale, tiles.count) * squares);
  return reference > 0
    ? Math.min(LARGEST_OBJECTIVE, LARGEST_GROWTH * reference)
    : LARGEST_OBJECTIVE;
}

function stopReason(
  { objective, gradientNorm }: Evaluation,
  { budget }: TrainingTask,
  ceiling: number,
  step: number,
  late: boolean,
): StopReason | null {
  if (Number.isNaN(objective)) return 'not-a-number';
  if (objective > ceiling) return 'diverged';
  if (Number.isNaN(gradientNorm)) return 'not-a-number';
  if (budget.targetLoss !== undefined && objective <= budget.targetLoss) return 'target-loss';
  if (budget.targetGradient !== undefined && gradientNorm <= budget.targetGradient) {
    return 'target-gradient';
  }
  if (step >= budget.maxSteps) return 'step-budget';
  return late ? 'time-budget' : null;
}

/** Replaces the gradient by that of the next minibatch. */
function minibatchGradient(problem: Problem): () => void {
  const { task, tiles, parameters, gradient, pass, trained, scratch } = problem;
  const { optimiser, objective } = task;
  if (optimiser.kind !== 'sgd') throw new TypeError('minibatchGradient: optimiser must be sgd');
  const batches = minibatches(optimiser, tiles.count);
  const room = emptyTiles(optimiser.batchSize, tiles.inputDim);
  return () => {
    const batch = gather(tiles, batches.next(), room);
    sumOfSquares(batch, parameters, pass, trained, scratch, gradient);
    const factor = 2 * lossFactor(objective.scale, batch.count);
    finishGradient(gradient, parameters, factor, objective.weightDecay, trained);
  };
}
