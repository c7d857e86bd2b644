import { exp } from '../../math/index.js';
import type { AnyNetwork, Engine, Optimiser } from '../engine.js';
import type { FlatParameters } from '../flat-problem.js';
import { flatParameters, networkWith, rowLengths, shapeOf } from '../flat-problem.js';
import { minibatches } from '../optimisers.js';
import type { AnyTask } from './law-tasks.js';

/**
 * The network after the whole step budget, by the definition of the optimisers: gradients come from
 * the engine's `lossAndGradient`, the updates are written out here. Stop rules are left out.
 */
export function referenceRun(engine: Engine, task: AnyTask): AnyNetwork {
  const { initial, dataset, objective, optimiser, budget } = task;
  const parameters = flatParameters('referenceRun', initial);
  const { inner = true, outer = true, biases = true } = task.trainable ?? {};
  const normalises = inner && 'unitInner' in optimiser && optimiser.unitInner;
  const everything = dataset.labels.map((_, i) => i);
  const batches =
    optimiser.kind === 'sgd' ? minibatches(optimiser, dataset.labels.length) : undefined;
  if (normalises) normaliseRows(initial, parameters.inner, parameters.inner);
  if (optimiser.kind === 'projected' && outer) clip(parameters.outer);
  for (let step = 0; step < budget.maxSteps; step += 1) {
    const indices = batches === undefined ? everything : Array.from(batches.next());
    const part = {
      ...dataset,
      inputs: indices.map((i) => dataset.inputs[i]),
      labels: indices.map((i) => dataset.labels[i]),
    };
    const gradient = engine.lossAndGradient(networkWith(initial, parameters), part, objective);
    const previous = parameters.inner.slice();
    if (inner) descend(parameters.inner, gradient.inner, optimiser);
    if (biases) descend(parameters.biases, gradient.biases, optimiser);
    if (outer) moveOuter(parameters, gradient.outer, optimiser);
    if (normalises) normaliseRows(initial, parameters.inner, previous);
  }
  return networkWith(initial, parameters);
}

function descend(parameters: Float64Array, gradient: Float64Array, { stepSize }: Optimiser): void {
  parameters.forEach((entry, i) => {
    parameters[i] = entry - stepSize * gradient[i];
  });
}

function moveOuter(parameters: FlatParameters, gradient: Float64Array, optimiser: Optimiser): void {
  const { outer } = parameters;
  if (optimiser.kind !== 'mirror') descend(outer, gradient, optimiser);
  else outer.forEach((a, j) => (outer[j] = a * exp(-optimiser.stepSize * gradient[j])));
  if (optimiser.kind === 'projected') clip(outer);
}

function clip(outer: Float64Array): void {
  outer.forEach((a, j) => (outer[j] = Math.max(a, 0)));
}

/** Every row of every hidden matrix by its norm; a zero row becomes that of `fallback`. */
function normaliseRows(network: AnyNetwork, inner: Float64Array, fallback: Float64Array): void {
  const shape = shapeOf(network);
  let start = 0;
  rowLengths(shape).forEach((length, l) => {
    for (let j = 0; j < shape.widths[l]; j += 1) {
      const row = inner.slice(start, start + length);
      const norm = Math.hypot(...row);
      if (norm === 0) inner.set(fallback.slice(start, start + length), start);
      else
        inner.set(
          row.map((entry) => entry / norm),
          start,
        );
      start += length;
    }
  });
}
