import { streamSeed } from '../math/index.js';
import type { AnyNetwork, StopReason, TrainingResult, TrainingTask } from './engine.js';
import { flatParameters, networkWith } from './flat-problem.js';
import { epochKey } from './optimisers.js';
import { checkBudget, checkObjective, checkOptimiser, trainedParts } from './settings-checks.js';
import { readParameters } from './wasm64-layout.js';
import type { Arena, ProblemRecord } from './wasm64-memory.js';
import type { Instance } from './wasm64-module.js';
import { SEEDED_EPOCHS, layOut, sampleOf, setObjective, setOptimiser } from './wasm64-problem.js';

/** Why the kernels came back (`kernels/training.ts`). */
const OBSERVE = 0;
const PAUSE = 1;
const SEEDS = 2;
const REASONS: Readonly<Record<number, StopReason>> = {
  3: 'target-loss',
  4: 'target-gradient',
  5: 'step-budget',
  6: 'time-budget',
  7: 'diverged',
  8: 'not-a-number',
};

/** Runs one task; JavaScript is called only for observers, clocks and the seeds of 256 epochs. */
export function trainInWasm<N extends AnyNetwork>(
  kernels: Instance['kernels'],
  arena: Arena,
  task: TrainingTask<N>,
  now: () => number = () => performance.now(),
): TrainingResult<N> {
  const where = 'train';
  const { initial, dataset, objective, optimiser, budget, observer } = task;
  const parameters = flatParameters(where, initial);
  const sample = sampleOf(where, dataset, initial.inputDim);
  checkObjective(where, objective);
  checkOptimiser(where, optimiser, sample.count, parameters.outer);
  checkBudget(where, budget, observer);
  const { record, layers } = layOut(arena, initial, parameters, sample, {
    trained: trainedParts(where, task.trainable, initial.biases !== undefined),
    kink: objective.derivativeAtKink,
    ...(optimiser.kind === 'sgd' ? { batchSize: optimiser.batchSize } : {}),
    unitInner: 'unitInner' in optimiser && optimiser.unitInner,
  });
  setObjective(record, objective);
  setOptimiser(record, optimiser);
  record.setNumber('maxSteps', budget.maxSteps);
  record.setNumber('targetLoss', budget.targetLoss ?? -Infinity);
  record.setNumber('targetGradient', budget.targetGradient ?? -Infinity);
  kernels.projectStart(record.at);

  const clock = clockOf(budget.maxMilliseconds, now);
  let due = observer === undefined ? -1 : 0;
  for (;;) {
    const step = record.number('step');
    const late = clock.late();
    const code = kernels.advance(record.at, due, late ? -1 : clock.pause(step), late);
    if (code === SEEDS) {
      if (optimiser.kind === 'sgd') supplySeeds(arena, record, optimiser.seed);
      continue;
    }
    if (code === PAUSE) continue;
    const reached = record.number('step');
    const evaluation = {
      objective: record.number('objective'),
      dataLoss: record.number('dataLoss'),
      gradientNorm: record.number('gradientNorm'),
    };
    readParameters(arena, layers, record.get('outer'), 'parameters', parameters);
    observer?.see({ step: reached, ...evaluation, ...parameters });
    if (code === OBSERVE) {
      due = reached + (observer?.every ?? 1);
      continue;
    }
    const network = networkWith(initial, parameters);
    return { engine: 'wasm64', network, steps: reached, ...evaluation, reason: REASONS[code] };
  }
}

/** Hands over the seeds of the next epochs. */
function supplySeeds(arena: Arena, record: ProblemRecord, seed: string): void {
  const first = record.number('epoch') + 1;
  const at = record.get('seeds') / 4;
  for (let e = 0; e < SEEDED_EPOCHS; e += 1) {
    arena.words().set(streamSeed(epochKey(seed, first + e)), at + 4 * e);
  }
  record.setNumber('firstEpoch', first);
  record.set('epochs', SEEDED_EPOCHS);
}

interface Clock {
  readonly late: () => boolean;
  /** The step at which to look at the clock again; −1 for never. */
  readonly pause: (step: number) => number;
}

/** Looks at the clock about every 5 ms; every step where a step takes longer. */
function clockOf(milliseconds: number | undefined, now: () => number): Clock {
  if (milliseconds === undefined) return { late: () => false, pause: () => -1 };
  const deadline = now() + milliseconds;
  let stride = 1;
  let asked = now();
  return {
    late: () => now() >= deadline,
    pause(step) {
      const elapsed = now() - asked;
      if (elapsed < 2.5) stride = Math.min(2 * stride, 2 ** 30);
      else if (elapsed > 10) stride = Math.max(1, Math.floor(stride / 2));
      asked += elapsed;
      return step + stride;
    },
  };
}
