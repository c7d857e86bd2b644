import type { Tensor } from '@tensorflow/tfjs-core';
import type { Dataset } from '../model/index.js';
import type { AnyNetwork, Objective, StopReason, TrainingResult, TrainingTask } from './engine.js';
import type { FlatParameters } from './flat-problem.js';
import { flatParameters, networkWith, shapeOf } from './flat-problem.js';
import { minibatches } from './optimisers.js';
import { checkBudget, checkObjective, checkOptimiser, trainedParts } from './settings-checks.js';
import { tensorActivation } from './tfjs-activations.js';
import type { TfjsSession } from './tfjs-backend.js';
import type { TensorEvaluation, TensorSample } from './tfjs-network.js';
import { download, evaluateTensors, upload } from './tfjs-network.js';
import { tensorStepper } from './tfjs-optimisers.js';
import { packSample, sampleTensors } from './tfjs-sample.js';

/** An objective above this has diverged, as in float64; one above 3.4e38 is infinite already. */
const LARGEST_OBJECTIVE = 1e300;

/** So has one that grew by more than this factor. */
const LARGEST_GROWTH = 1e12;

/** A run's numbers at one step. */
interface Evaluation {
  readonly objective: number;
  readonly dataLoss: number;
  readonly gradientNorm: number;
}

/**
 * Runs one training task, by the rules of `Engine.train`. Parameters, sample and updates are float32, so the
 * network that comes back is rounded even without a step. An objective that overflows float32 is
 * infinite, hence `diverged`.
 */
export function trainTensors<N extends AnyNetwork>(
  session: TfjsSession,
  task: TrainingTask<N>,
  now: () => number,
): TrainingResult<N> {
  const where = 'train';
  const { initial, dataset, objective, optimiser, budget, observer } = task;
  const like = flatParameters(where, initial);
  const flat = packSample(where, dataset, initial.inputDim);
  const count = flat.labels.length;
  checkObjective(where, objective);
  checkOptimiser(where, optimiser, count, like.outer);
  checkBudget(where, budget, observer);
  const trained = trainedParts(where, task.trainable, initial.biases !== undefined);
  const { tf } = session;
  const activation = tensorActivation(tf, initial.activation, objective.derivativeAtKink ?? 0);
  const stepper = tensorStepper(tf, optimiser, trained);
  const batches = optimiser.kind === 'sgd' ? minibatches(optimiser, count) : null;
  // Full-batch methods evaluate at every step anyway; stochastic ones once an epoch.
  const interval = optimiser.kind === 'sgd' ? Math.ceil(count / optimiser.batchSize) : 1;
  const deadline = budget.maxMilliseconds === undefined ? Infinity : now() + budget.maxMilliseconds;

  const sample = sampleTensors(tf, flat);
  let network = upload(tf, shapeOf(initial), like);
  let gradient: TensorEvaluation['gradient'] = [];
  const evaluateOn = (part: TensorSample): Omit<TensorEvaluation, 'gradient'> => {
    disposeAll(gradient);
    const evaluation = evaluateTensors(tf, network, activation, part, objective, trained);
    ({ gradient } = evaluation);
    return evaluation;
  };
  const move = (update: () => readonly Tensor[]): void => {
    const { tensors } = network;
    network = { ...network, tensors: tf.tidy(() => [...update()]) };
    disposeAll(tensors.filter((tensor) => !network.tensors.includes(tensor)));
  };
  try {
    move(() => stepper.projectStart(network));
    let ceiling = LARGEST_OBJECTIVE;
    for (let step = 0; ; step += 1) {
      const due = observer !== undefined && step % observer.every === 0;
      const late = deadline < Infinity && now() >= deadline;
      const last = step >= budget.maxSteps || late;
      if (due || last || step % interval === 0) {
        const { objective: value, dataLoss } = evaluateOn(sample);
        const gradientNorm = normOf(download(network, gradient, like));
        const evaluation = { objective: value, dataLoss, gradientNorm };
        if (step === 0) ceiling = ceilingOf(value, dataset, objective);
        const reason = stopReason(evaluation, budget, ceiling, step, late);
        if (observer !== undefined && (due || reason !== null)) {
          observer.see({ step, ...evaluation, ...download(network, network.tensors, like) });
          // The observer may have used an engine with another backend.
          session.activate();
        }
        if (reason !== null) {
          const parameters = download(network, network.tensors, like);
          const trainedNetwork = networkWith(initial, parameters);
          return { engine: 'tfjs', network: trainedNetwork, steps: step, ...evaluation, reason };
        }
      }
      if (batches !== null) {
        const batch = sampleTensors(tf, flat, batches.next());
        evaluateOn(batch);
        tf.dispose([batch.inputs, batch.labels]);
      }
      move(() => stepper.step(network, gradient));
    }
  } finally {
    session.activate();
    disposeAll([...network.tensors, ...gradient, sample.inputs, sample.labels]);
  }
}

function disposeAll(tensors: readonly (Tensor | null)[]): void {
  for (const tensor of tensors) tensor?.dispose();
}

/** The Euclidean norm, added up in float64, so that it neither over- nor underflows. */
function normOf({ inner, outer, biases }: FlatParameters): number {
  let sum = 0;
  for (const part of [inner, outer, biases]) for (const entry of part) sum += entry * entry;
  return Math.sqrt(sum);
}

/** Above this the run has diverged. */
function ceilingOf(start: number, { labels }: Dataset, { scale }: Objective): number {
  const squares = labels.reduce((sum, label) => sum + label * label, 0);
  const reference = Math.max(start, (scale === 'mean' ? squares : squares / 2) / labels.length);
  return reference > 0
    ? Math.min(LARGEST_OBJECTIVE, LARGEST_GROWTH * reference)
    : LARGEST_OBJECTIVE;
}

function stopReason(
  { objective, gradientNorm }: Evaluation,
  budget: TrainingTask['budget'],
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
