import { exp, randomSource } from '../math/index.js';
import type { RandomSource, StreamKey } from '../math/index.js';
import type { Optimiser, Trainable } from './engine.js';
import type { FlatParameters, NetworkShape } from './flat-problem.js';
import { rowLengths } from './flat-problem.js';

/** The smallest normal double: what mirror descent's outer weights never fall below. */
const SMALLEST_WEIGHT = 2 ** -1022;

/** Updates parameters in place from a gradient; `projectStart` makes the initial point feasible. */
export interface Stepper {
  readonly projectStart: (parameters: FlatParameters) => void;
  readonly step: (parameters: FlatParameters, gradient: FlatParameters) => void;
}

/** The update rule of an optimiser on the trained parts. */
export function stepperOf(optimiser: Optimiser, trained: Trainable, shape: NetworkShape): Stepper {
  const { stepSize, kind } = optimiser;
  const unitInner = (kind === 'projected' || kind === 'mirror') && optimiser.unitInner;
  const clips = kind === 'projected' && trained.outer;
  const keeper = unitInner && trained.inner ? rowNormaliser(shape) : null;
  return {
    projectStart(parameters) {
      if (clips) clip(parameters.outer);
      keeper?.normalise(parameters.inner, parameters.inner);
    },
    step(parameters, gradient) {
      if (trained.inner) {
        const previous = keeper?.remember(parameters.inner);
        descend(parameters.inner, gradient.inner, stepSize);
        if (keeper && previous) keeper.normalise(parameters.inner, previous);
      }
      if (trained.biases) descend(parameters.biases, gradient.biases, stepSize);
      if (!trained.outer) return;
      if (kind === 'mirror') exponentiate(parameters.outer, gradient.outer, stepSize);
      else descend(parameters.outer, gradient.outer, stepSize);
      if (clips) clip(parameters.outer);
    },
  };
}

function descend(parameters: Float64Array, gradient: Float64Array, stepSize: number): void {
  for (let i = 0; i < parameters.length; i += 1) parameters[i] -= stepSize * gradient[i];
}

/** a ← a·exp(−η∂L/∂a): mirror descent with the entropy as mirror map. */
function exponentiate(outer: Float64Array, gradient: Float64Array, stepSize: number): void {
  for (let j = 0; j < outer.length; j += 1) {
    const moved = outer[j] * exp(-stepSize * gradient[j]);
    outer[j] = moved < SMALLEST_WEIGHT ? SMALLEST_WEIGHT : moved;
  }
}

/** The Euclidean projection on a ≥ 0. NaN stays, so that the run stops for it. */
function clip(outer: Float64Array): void {
  for (let j = 0; j < outer.length; j += 1) if (outer[j] <= 0) outer[j] = 0;
}

interface RowNormaliser {
  readonly remember: (inner: Float64Array) => Float64Array;
  /** Normalises every row; a zero row becomes the normalised row of `fallback`, or stays zero. */
  readonly normalise: (inner: Float64Array, fallback: Float64Array) => void;
}

/** The rows of every hidden matrix; their lengths differ from layer to layer. */
function rowNormaliser(shape: NetworkShape): RowNormaliser {
  const lengths = rowLengths(shape);
  let memory = new Float64Array(0);
  return {
    remember(inner) {
      if (memory.length !== inner.length) memory = new Float64Array(inner.length);
      memory.set(inner);
      return memory;
    },
    normalise(inner, fallback) {
      let start = 0;
      shape.widths.forEach((width, l) => {
        for (let j = 0; j < width; j += 1) {
          const end = start + lengths[l];
          normaliseRow(inner, fallback, start, end);
          start = end;
        }
      });
    },
  };
}

function normaliseRow(
  inner: Float64Array,
  fallback: Float64Array,
  start: number,
  end: number,
): void {
  const length = normOfRow(inner, start, end);
  if (length === 0) for (let k = start; k < end; k += 1) inner[k] = fallback[k];
  else for (let k = start; k < end; k += 1) inner[k] /= length;
}

/** The Euclidean norm, scaled by the largest entry so that squares neither overflow nor vanish. */
function normOfRow(inner: Float64Array, start: number, end: number): number {
  let largest = 0;
  for (let k = start; k < end; k += 1) largest = Math.max(largest, Math.abs(inner[k]));
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let sum = 0;
  for (let k = start; k < end; k += 1) sum += (inner[k] / largest) * (inner[k] / largest);
  return largest * Math.sqrt(sum);
}

/** What the stream of minibatches of an epoch is keyed by. */
export function epochKey(seed: string, epoch: number): StreamKey {
  return ['minibatches', seed, epoch];
}

/** Minibatches of indices, one epoch after another. */
export interface Minibatches {
  /** The next minibatch; the array is reused by the next call. */
  readonly next: () => ArrayLike<number>;
}

/**
 * The minibatches of stochastic gradient descent. Epoch e draws from the stream keyed by
 * ('minibatches', seed, e), so its indices do not depend on what was drawn before.
 */
export function minibatches(
  optimiser: Extract<Optimiser, { kind: 'sgd' }>,
  sampleSize: number,
): Minibatches {
  const { batchSize, replacement, seed } = optimiser;
  const order = Uint32Array.from({ length: sampleSize }, (_, i) => i);
  const drawn = new Uint32Array(batchSize);
  let epoch = -1;
  let position = sampleSize;
  let random: RandomSource = randomSource(...epochKey(seed, 0));

  function startEpoch(): void {
    epoch += 1;
    position = 0;
    random = randomSource(...epochKey(seed, epoch));
    if (replacement) return;
    for (let i = 0; i < sampleSize; i += 1) order[i] = i;
    for (let i = sampleSize - 1; i > 0; i -= 1) {
      const other = random.integer(i + 1);
      const kept = order[i];
      order[i] = order[other];
      order[other] = kept;
    }
  }

  return {
    next() {
      if (position >= sampleSize) startEpoch();
      const from = position;
      position += batchSize;
      if (!replacement) return order.subarray(from, Math.min(position, sampleSize));
      for (let i = 0; i < batchSize; i += 1) drawn[i] = random.integer(sampleSize);
      return drawn;
    },
  };
}
