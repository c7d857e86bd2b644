import type { Activation, Dataset, Matrix, Network, Vector } from '../../model/index.js';
import type { AnyNetwork, Objective } from '../engine.js';
import { isDeep } from '../flat-problem.js';
import { bigUnit } from './big-activation.js';
import type { BigUnit } from './big-activation.js';
import type { Estimate } from './estimate.js';
import { exactly, product, total } from './estimate.js';

/** Objective and gradient by their definitions, entry by entry, with 64 digits; flat as an engine's. */
export interface BigEvaluation {
  readonly objective: Estimate;
  readonly dataLoss: Estimate;
  readonly inner: readonly Estimate[];
  readonly outer: readonly Estimate[];
  readonly biases: readonly Estimate[];
}

/** A hidden layer at one input. */
export interface BigLayer {
  readonly weights: readonly (readonly Estimate[])[];
  /** What comes from below: the input, or the values of the layer below. */
  readonly below: readonly Estimate[];
  readonly preactivations: readonly Estimate[];
  readonly units: readonly BigUnit<Estimate>[];
}

const rowsOf = (rows: Matrix): Estimate[][] => rows.map((row) => row.map(exactly));

const inner = (x: readonly Estimate[], y: readonly Estimate[]): Estimate[] =>
  x.map((entry, k) => product(entry, y[k]));

/** The layers of a network of either kind at each input, from the first on. */
export type BigPass = readonly (readonly BigLayer[])[];

/** The pass forwards that the other functions need, with the derivative at kinks given. */
export function bigPass(network: AnyNetwork, inputs: Matrix, kink: 0 | 1 = 0): BigPass {
  const hidden = (isDeep(network) ? network.hidden : [network.inner]).map(rowsOf);
  const biases = isDeep(network)
    ? network.biases?.map((entries) => entries.map(exactly))
    : network.biases && [network.biases.map(exactly)];
  return inputs.map((input) => layersAt(network.activation, hidden, biases, input, kink));
}

function layersAt(
  activation: Activation,
  hidden: readonly (readonly (readonly Estimate[])[])[],
  biases: readonly (readonly Estimate[])[] | undefined,
  input: Vector,
  kink: 0 | 1,
): readonly BigLayer[] {
  let below = input.map(exactly);
  return hidden.map((weights, l) => {
    const preactivations = weights.map((row, j) =>
      total([...inner(row, below), ...(biases ? [biases[l][j]] : [])]),
    );
    const units = preactivations.map((z) => bigUnit(activation, z, kink));
    const layer = { weights, below, preactivations, units };
    below = units.map(({ value }) => value);
    return layer;
  });
}

function outputOf(network: AnyNetwork, layers: readonly BigLayer[]): Estimate {
  const top = layers[layers.length - 1];
  return total(network.outer.map((a, j) => product(exactly(a), top.units[j].value)));
}

/** `factor`·∂f/∂z of each layer by the chain rule. */
function deltasOf(
  network: AnyNetwork,
  layers: readonly BigLayer[],
  factor: Estimate,
): readonly (readonly Estimate[])[] {
  const deltas: (readonly Estimate[])[] = Array.from(layers, () => []);
  for (let l = layers.length - 1; l >= 0; l -= 1) {
    const above = layers[l + 1];
    deltas[l] = layers[l].units.map(({ slope }, j) =>
      above === undefined
        ? product(factor, exactly(network.outer[j]), slope)
        : product(total(above.weights.map((row, i) => product(deltas[l + 1][i], row[j]))), slope),
    );
  }
  return deltas;
}

/**
 * The value of a unit as it enters the gradient in the outer weights. For ReLU, Σ_i r_iσ(⟨w, x_i⟩ + b)
 * may be put together as ⟨w, S⟩ + b·s with S = Σ_i r_i1{z_i > 0}x_i and s = Σ_i r_i1{z_i > 0}: what is
 * rounded then is of the size Σ_k|w_k x_ik| + |b|, not σ.
 */
function valueInGradient(activation: Activation, layer: BigLayer, j: number): Estimate {
  const { value } = layer.units[j];
  const isClosed = value.reach === 0 && value.error === 0;
  if (activation.name !== 'relu' || isClosed) return value;
  const { reach, error } = layer.preactivations[j];
  return { ...value, error: value.error + error, reach };
}

/** 1/N or 1/(2N). */
function lossFactor(objective: Objective, count: number): Estimate {
  const denominator = exactly(objective.scale === 'mean' ? count : 2 * count);
  const value = exactly(1).value.div(denominator.value);
  const reach = value.toNumber();
  return { value, size: reach, error: reach * 2 ** -52, reach };
}

/**
 * The objective and its gradient, every parameter trained, evaluated independently of every engine.
 *
 * @param pass that of the network and the dataset's inputs, with the objective's derivative at kinks
 */
export function bigEvaluation(
  network: AnyNetwork,
  dataset: Dataset,
  objective: Objective,
  pass: BigPass = bigPass(network, dataset.inputs, objective.derivativeAtKink),
): BigEvaluation {
  const { activation, outer } = network;
  const factor = lossFactor(objective, dataset.labels.length);
  const twice = product(exactly(2), factor);
  const lambda = objective.weightDecay?.lambda ?? 0;
  const rest = objective.weightDecay?.on === 'all' ? lambda : 0;
  const hidden = (isDeep(network) ? network.hidden : [network.inner]).flat(2);
  const biases = network.biases?.flat() ?? [];

  const losses: Estimate[] = [];
  const terms = {
    inner: hidden.map((): Estimate[] => []),
    outer: outer.map((): Estimate[] => []),
    biases: biases.map((): Estimate[] => []),
  };
  pass.forEach((layers, i) => {
    const residual = total([outputOf(network, layers), exactly(-dataset.labels[i])]);
    losses.push(product(factor, residual, residual));
    const pull = product(twice, residual);
    const top = layers[layers.length - 1];
    outer.forEach((_, j) =>
      terms.outer[j].push(product(pull, valueInGradient(activation, top, j))),
    );
    const deltas = deltasOf(network, layers, pull);
    const byLayer = layers.flatMap(({ below }, l) =>
      deltas[l].flatMap((delta) => below.map((entry) => product(delta, entry))),
    );
    byLayer.forEach((term, at) => terms.inner[at].push(term));
    if (biases.length > 0) deltas.flat().forEach((delta, at) => terms.biases[at].push(delta));
  });
  const penalties = (weights: readonly number[], factor: number): Estimate[] =>
    weights.map((w) => product(exactly(factor), exactly(0.5), exactly(w), exactly(w)));
  const finished = (
    sums: readonly Estimate[][],
    weights: readonly number[],
    factor: number,
  ): Estimate[] =>
    sums.map((sum, at) => total([...sum, product(exactly(factor), exactly(weights[at]))]));
  return {
    objective: total([
      ...losses,
      ...penalties(hidden, lambda),
      ...penalties([...outer, ...biases], rest),
    ]),
    dataLoss: total(losses),
    inner: finished(terms.inner, hidden, lambda),
    outer: finished(terms.outer, outer, rest),
    biases: finished(terms.biases, biases, rest),
  };
}

/** The Laplacian of the objective of a two-layer network in each kind of parameter. */
export function bigLaplacian(
  network: Network,
  dataset: Dataset,
  objective: Objective,
  pass: BigPass = bigPass(network, dataset.inputs, objective.derivativeAtKink),
): Readonly<Record<'inner' | 'outer' | 'biases', Estimate>> {
  const { inputDim, outer } = network;
  const twice = product(exactly(2), lossFactor(objective, dataset.labels.length));
  const lambda = objective.weightDecay?.lambda ?? 0;
  const rest = objective.weightDecay?.on === 'all' ? lambda : 0;
  const terms = { inner: [] as Estimate[], outer: [] as Estimate[], biases: [] as Estimate[] };
  pass.forEach((layers, i) => {
    const residual = total([outputOf(network, layers), exactly(-dataset.labels[i])]);
    const x = layers[0].below;
    const squaredLength = total(inner(x, x));
    layers[0].units.forEach(({ value, slope, curvature }, j) => {
      const a = exactly(outer[j]);
      terms.outer.push(product(twice, value, value));
      // ∂²/∂z² of r², over 2: (∂f/∂z)² + r·∂²f/∂z².
      for (const term of [
        product(twice, a, a, slope, slope),
        product(twice, residual, a, curvature),
      ]) {
        terms.biases.push(term);
        terms.inner.push(product(term, squaredLength));
      }
    });
  });
  const width = outer.length;
  const decay = (factor: number, count: number): Estimate =>
    product(exactly(factor), exactly(count));
  return {
    inner: total([...terms.inner, decay(lambda, width * inputDim)]),
    outer: total([...terms.outer, decay(rest, width)]),
    biases:
      network.biases === undefined ? exactly(0) : total([...terms.biases, decay(rest, width)]),
  };
}

/** The outputs, shape (sampleSize). */
export function bigOutputs(network: AnyNetwork, pass: BigPass): readonly Estimate[] {
  return pass.map((layers) => outputOf(network, layers));
}

/** ∇_x f at each input, row-major (sampleSize, inputDim). */
export function bigInputGradients(network: AnyNetwork, pass: BigPass): readonly Estimate[] {
  return pass.flatMap((layers) => {
    const [{ weights, below }] = layers;
    const [delta] = deltasOf(network, layers, exactly(1));
    return below.map((_, k) => total(weights.map((row, j) => product(delta[j], row[k]))));
  });
}
