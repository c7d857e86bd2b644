import type { Activation, Dataset } from '../model/index.js';
import {
  activationBounds,
  activationDerivative,
  activationValue,
  isSmooth,
} from '../model/index.js';
import type { AnyNetwork, Engine, Objective } from './engine.js';
import type { FlatParameters } from './flat-problem.js';
import { flatParameters, rowLengths, shapeOf } from './flat-problem.js';
import { checkObjective } from './settings-checks.js';

/** The unit roundoff u of an engine's arithmetic: a rounding changes a number by at most a factor 1 ± u. */
export const UNIT_ROUNDOFF: Readonly<Record<Engine['precision'], number>> = {
  float64: 2 ** -53,
  float32: 2 ** -24,
};

/**
 * Errors of activations in units of u: σ to this many times (1 + |σ|), σ' to this many times max(1, sup|σ'|).
 * The worst are the erf of TensorFlow.js (Abramowitz and Stegun 7.1.26: 1.5e-7, 2.5 units, and some
 * ten roundings), the square that goes into the exponent of a bell (0.4 units), and slopes formed
 * from values, 1 − σ² and σ(1 − σ): twice the value's error.
 */
const ACTIVATION_ROUNDINGS = 16;

/** Bounds on the absolute errors of the numbers of `Engine.lossAndGradient`. */
export interface GradientError extends FlatParameters {
  readonly objective: number;
}

/** A number with a bound on the absolute error of its computed value. */
interface Rounded {
  readonly value: number;
  readonly error: number;
}

/** How a layer came out at one input. */
interface LayerPass {
  readonly below: readonly Rounded[];
  readonly values: readonly Rounded[];
  readonly slopes: readonly Rounded[];
}

const magnitude = ({ value, error }: Rounded): number => Math.abs(value) + error;

/**
 * How far an engine of unit roundoff u may be from the exact objective and gradient: a running error
 * analysis of the formulas, for any order of summation.
 *
 * A sum of n products has an error of at most Σ(errors of the factors times the other factor) and (n + 2)u
 * times the sum of the absolute values: n − 1 additions, a product, and the rounding of a
 * factor that is data. Each activation passes on an error of its argument times
 * its Lipschitz constant and adds its own; where a kink lies within the error, σ' may be off by its
 * jump of 1. A last factor 1 + n·u² terms are covered by 1.01, n·u being below 1e-3.
 *
 * @throws RangeError when shapes or settings do not fit
 */
export function gradientErrorBound(
  network: AnyNetwork,
  dataset: Dataset,
  objective: Objective,
  unitRoundoff: number,
): GradientError {
  const u = unitRoundoff;
  const parameters = flatParameters('gradientErrorBound', network);
  checkObjective('gradientErrorBound', objective);
  const { scale, weightDecay } = objective;
  const kink = objective.derivativeAtKink ?? 0;
  const shape = shapeOf(network);
  const lengths = rowLengths(shape);
  const { widths } = shape;
  const depth = widths.length;
  const count = dataset.labels.length;
  const factor = (scale === 'mean' ? 1 : 0.5) / count;
  const offsets = offsetsOf(widths, lengths);
  const error = {
    inner: new Float64Array(parameters.inner.length),
    outer: new Float64Array(parameters.outer.length),
    biases: new Float64Array(parameters.biases.length),
  };
  const data = (value: number): Rounded => ({ value, error: u * Math.abs(value) });
  const times = (a: Rounded, b: Rounded): Rounded => ({
    value: a.value * b.value,
    error: a.error * Math.abs(b.value) + magnitude(a) * b.error + u * magnitude(a) * magnitude(b),
  });
  const sum = (terms: readonly Rounded[]): Rounded => {
    const absolute = terms.reduce((total, term) => total + magnitude(term), 0);
    return {
      value: terms.reduce((total, term) => total + term.value, 0),
      error: terms.reduce((total, term) => total + term.error, 0) + terms.length * u * absolute,
    };
  };
  const weightAt = (l: number, j: number, k: number): Rounded =>
    data(parameters.inner[offsets[l].inner + j * lengths[l] + k]);

  const losses: Rounded[] = [];
  dataset.inputs.forEach((input, i) => {
    const passes: LayerPass[] = [];
    let below = input.map(data);
    for (let l = 0; l < depth; l += 1) {
      const preactivations = Array.from({ length: widths[l] }, (_, j) => {
        const terms = below.map((entry, k) => times(weightAt(l, j, k), entry));
        if (parameters.biases.length > 0)
          terms.push(data(parameters.biases[offsets[l].biases + j]));
        return sum(terms);
      });
      const values = preactivations.map((z) => valueOf(network.activation, z, u));
      const slopes = preactivations.map((z) => slopeOf(network.activation, z, kink, u));
      passes.push({ below, values, slopes });
      below = values;
    }
    const outer = Array.from(parameters.outer, data);
    const output = sum(outer.map((a, j) => times(a, below[j])));
    const residual = sum([output, data(-dataset.labels[i])]);
    losses.push(times(data(factor), times(residual, residual)));

    const pull = times(data(2 * factor), residual);
    // The sum over the sample, here and below: `count` terms, each added with a rounding.
    const add = (target: Float64Array, at: number, term: Rounded): void => {
      target[at] += term.error + count * u * magnitude(term);
    };
    below.forEach((value, j) => add(error.outer, j, times(pull, value)));
    let above = outer.map((a) => times(pull, a));
    for (let l = depth - 1; l >= 0; l -= 1) {
      const { below: entries, slopes } = passes[l];
      const pulls = above.map((entry, j) => times(entry, slopes[j]));
      pulls.forEach((q, j) => {
        if (parameters.biases.length > 0) add(error.biases, offsets[l].biases + j, q);
        entries.forEach((entry, k) =>
          add(error.inner, offsets[l].inner + j * lengths[l] + k, times(q, entry)),
        );
      });
      above = entries.map((_, k) => sum(pulls.map((q, j) => times(q, weightAt(l, j, k)))));
    }
  });

  const lambda = weightDecay?.lambda ?? 0;
  const decayed =
    weightDecay?.on === 'all' ? (['inner', 'outer', 'biases'] as const) : (['inner'] as const);
  const penalties: Rounded[] = [];
  for (const part of decayed) {
    parameters[part].forEach((entry, k) => {
      // λθ, with λ and θ rounded, and its addition to the data term.
      error[part][k] += 4 * u * lambda * Math.abs(entry);
      const squared = times(data(entry), data(entry));
      penalties.push(times(data(lambda / 2), squared));
    });
  }
  const SECOND_ORDER = 1.01;
  for (const part of [error.inner, error.outer, error.biases]) {
    part.forEach((entry, k) => {
      part[k] = SECOND_ORDER * entry;
    });
  }
  return { objective: SECOND_ORDER * sum([...losses, ...penalties]).error, ...error };
}

function offsetsOf(
  widths: readonly number[],
  lengths: readonly number[],
): readonly { readonly inner: number; readonly biases: number }[] {
  let inner = 0;
  let biases = 0;
  return widths.map((width, l) => {
    const start = { inner, biases };
    inner += width * lengths[l];
    biases += width;
    return start;
  });
}

function valueOf(activation: Activation, { value: z, error }: Rounded, u: number): Rounded {
  const value = activationValue(activation, z);
  if (activation.name === 'step' && Math.abs(z) <= error) return { value, error: 1 };
  const { slope } = activationBounds(activation);
  // SoftPlus_β = log(1 + e^{βz})/β rounds 1 + e^{βz} first: an error of u/β.
  const unit = activation.name === 'softplus' ? Math.max(1, 1 / activation.beta) : 1;
  const passedOn = activation.name === 'step' ? 0 : slope * error;
  return { value, error: passedOn + ACTIVATION_ROUNDINGS * u * (unit + Math.abs(value)) };
}

function slopeOf(
  activation: Activation,
  { value: z, error }: Rounded,
  kink: 0 | 1,
  u: number,
): Rounded {
  const value = activationDerivative(activation, z, kink);
  if (isSmooth(activation)) {
    const { slope, curvature } = activationBounds(activation);
    const own = ACTIVATION_ROUNDINGS * u * Math.max(1, slope);
    return { value, error: curvature * error + own };
  }
  if (activation.name === 'step') return { value, error: 0 };
  // At an exactly computed kink the convention decides, so only a rounded argument can miss it.
  const kinks = activation.name === 'relu' ? [0] : [0, 1];
  const near = kinks.some((at) => z !== at && Math.abs(z - at) <= error);
  const blurred = kinks.some((at) => z === at && error > 0);
  return { value, error: near || blurred ? 1 : 0 };
}
