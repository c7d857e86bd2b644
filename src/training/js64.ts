import { activationPass, curvaturePass } from './activation-pass.js';
import type {
  AnyNetwork,
  Engine,
  EngineOptions,
  Objective,
  Observation,
  StopReason,
  Trainable,
  TrainingResult,
  TrainingTask,
} from './engine.js';
import type { FlatParameters } from './flat-problem.js';
import { checkTwoLayer, flatParameters, isDeep, networkWith, shapeOf } from './flat-problem.js';
import { deepKernel } from './js64-deep.js';
import { finishGradient, lossFactor, penalty, twoLayerKernel } from './js64-kernels.js';
import type { Kernel } from './js64-kernels.js';
import { laplacianOf } from './js64-laplacian.js';
import { minibatches, stepperOf } from './optimisers.js';
import {
  checkBudget,
  checkObjective,
  checkOptimiser,
  kinkOf,
  trainedParts,
} from './settings-checks.js';
import { emptyTiles, gather, packDataset, packInputs } from './tiles.js';
import type { Tiles } from './tiles.js';

/** An objective above this has diverged. */
const LARGEST_OBJECTIVE = 1e300;

/** So has one that grew by more than this factor. */
const LARGEST_GROWTH = 1e12;

/** The clock of time budgets, in milliseconds. */
const clock = (): number => performance.now();

/** The parts of a run that stay the same from step to step. */
interface Problem {
  readonly task: TrainingTask<AnyNetwork>;
  readonly tiles: Tiles;
  readonly parameters: FlatParameters;
  readonly gradient: FlatParameters;
  readonly kernel: Kernel;
  readonly trained: Trainable;
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
export function createJs64({ now = clock }: EngineOptions = {}): Engine {
  return {
    name: 'js64',
    description: 'plain TypeScript, float64',
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
          kernel: kernelOf(network, objective.derivativeAtKink),
          trained: trainedParts(where, undefined, network.biases !== undefined),
        },
        objective,
      );
      return { objective: value, dataLoss, ...gradient };
    },
    lossLaplacian(network, dataset, objective) {
      const where = 'lossLaplacian';
      checkTwoLayer(where, network);
      const parameters = flatParameters(where, network);
      checkObjective(where, objective);
      return laplacianOf(
        packDataset(where, dataset, network.inputDim),
        parameters,
        activationPass(network.activation, objective.derivativeAtKink ?? 0),
        curvaturePass(network.activation),
        objective,
      );
    },
    inputGradients(network, inputs, derivativeAtKink) {
      const where = 'inputGradients';
      const parameters = flatParameters(where, network);
      const kink = kinkOf(where, derivativeAtKink);
      const tiles = packInputs(where, 'inputs', inputs, network.inputDim);
      const gradients = new Float64Array(inputs.length * network.inputDim);
      kernelOf(network, kink).inputGradients(tiles, parameters, gradients);
      return gradients;
    },
    train: (task) => train(task, now),
    trainMany: (tasks) => tasks.map((task) => train(task, now)),
    predict(network, inputs) {
      const where = 'predict';
      const parameters = flatParameters(where, network);
      const tiles = packInputs(where, 'inputs', inputs, network.inputDim);
      const outputs = new Float64Array(inputs.length);
      kernelOf(network).forward(tiles, parameters, outputs);
      return outputs;
    },
  };
}

function kernelOf(network: AnyNetwork, derivativeAtKink: 0 | 1 = 0): Kernel {
  const pass = activationPass(network.activation, derivativeAtKink);
  const shape = shapeOf(network);
  return isDeep(network) ? deepKernel(shape, pass) : twoLayerKernel(shape, pass);
}

function zerosLike(parameters: FlatParameters): FlatParameters {
  return {
    inner: new Float64Array(parameters.inner.length),
    outer: new Float64Array(parameters.outer.length),
    biases: new Float64Array(parameters.biases.length),
  };
}

/** Objective and gradient over the whole sample; the gradient is left in `problem.gradient`. */
function evaluate(problem: Omit<Problem, 'task'>, objective: Objective): Evaluation {
  const { tiles, parameters, gradient, kernel, trained } = problem;
  const { scale, weightDecay } = objective;
  const squares = kernel.sumOfSquares(tiles, parameters, trained, gradient);
  const factor = lossFactor(scale, tiles.count);
  const dataLoss = factor * squares;
  const squaredNorm = finishGradient(gradient, parameters, 2 * factor, weightDecay, trained);
  return {
    objective: dataLoss + penalty(parameters, weightDecay, trained),
    dataLoss,
    gradientNorm: Math.sqrt(squaredNorm),
  };
}

function train<N extends AnyNetwork>(task: TrainingTask<N>, now: () => number): TrainingResult<N> {
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
    kernel: kernelOf(initial, objective.derivativeAtKink),
    trained,
  };
  const stepper = stepperOf(optimiser, trained, shapeOf(initial));
  stepper.projectStart(parameters);
  const draw = optimiser.kind === 'sgd' ? minibatchGradient(problem) : null;
  // Full-batch methods evaluate at every step anyway; stochastic ones once an epoch.
  const interval = optimiser.kind === 'sgd' ? Math.ceil(tiles.count / optimiser.batchSize) : 1;
  const deadline = budget.maxMilliseconds === undefined ? Infinity : now() + budget.maxMilliseconds;

  const ceiling = { value: LARGEST_OBJECTIVE };
  for (let step = 0; ; step += 1) {
    const due = observer !== undefined && step % observer.every === 0;
    const late = deadline < Infinity && now() >= deadline;
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
  { budget }: TrainingTask<AnyNetwork>,
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
  const { task, tiles, parameters, gradient, kernel, trained } = problem;
  const { optimiser, objective } = task;
  if (optimiser.kind !== 'sgd') throw new TypeError('minibatchGradient: optimiser must be sgd');
  const batches = minibatches(optimiser, tiles.count);
  const room = emptyTiles(optimiser.batchSize, tiles.inputDim);
  return () => {
    const batch = gather(tiles, batches.next(), room);
    kernel.sumOfSquares(batch, parameters, trained, gradient);
    const factor = 2 * lossFactor(objective.scale, batch.count);
    finishGradient(gradient, parameters, factor, objective.weightDecay, trained);
  };
}
