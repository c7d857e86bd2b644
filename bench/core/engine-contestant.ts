import type { Engine, TrainingResult } from '../../src/training/index.js';
import type { Contestant } from './contestant.js';
import { BenchError } from '../shared/errors.js';
import type { Problem } from './problems.js';
import { makeProblem, trainingTask } from './problems.js';
import type { Shape } from './shapes.js';
import { shapeName } from './shapes.js';

/**
 * An engine, timed through its public interface: `train` for one problem, `trainMany` for a batch, packing
 * included. Its n steps take n + 1 evaluations, for it also evaluates the network it returns.
 */
export function engineContestant(engine: Engine, name: string): Contestant {
  const problemsFor = rememberLast((shape) =>
    Array.from({ length: shape.batch ?? 1 }, (_, i) => makeProblem(shape, i)),
  );
  return {
    name,
    description: engine.description,
    precision: engine.precision,
    async seconds(shape, steps) {
      const tasks = problemsFor(shape).map((problem) => trainingTask(problem, steps));
      const started = performance.now();
      const results =
        shape.batch === undefined ? [engine.train(tasks[0])] : engine.trainMany(tasks);
      const elapsed = (performance.now() - started) / 1000;
      checkSteps(name, shape, steps, results);
      return elapsed;
    },
    async objectives(problems, { stepSize, steps, batch }) {
      const tasks = problems.map((problem) => trainingTask(problem, steps, stepSize));
      const results = batch ? engine.trainMany(tasks) : tasks.map((task) => engine.train(task));
      return results.map(({ objective }) => objective);
    },
  };
}

/** @throws BenchError when a run ended before its last step, whose time would mean nothing */
function checkSteps(
  name: string,
  shape: Shape,
  steps: number,
  results: readonly TrainingResult[],
): void {
  const short = results.find((result) => result.steps !== steps);
  if (short === undefined) return;
  throw new BenchError(
    `${name}, ${shapeName(shape)}: a run must take ${steps} steps, got ${short.steps} (${short.reason})`,
  );
}

/** The batch alone is some 100,000 numbers: only the last shape's problems are kept. */
function rememberLast(
  make: (shape: Shape) => readonly Problem[],
): (shape: Shape) => readonly Problem[] {
  let last: { readonly shape: Shape; readonly problems: readonly Problem[] } | null = null;
  return (shape) => {
    if (last === null || last.shape !== shape) last = { shape, problems: make(shape) };
    return last.problems;
  };
}
