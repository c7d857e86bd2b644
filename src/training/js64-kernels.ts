import type { ActivationPass } from './activation-pass.js';
import type { LossScale, Objective, Trainable } from './engine.js';
import type { FlatParameters, NetworkShape } from './flat-problem.js';
import type { Tiles } from './tiles.js';
import { TILE } from './tiles.js';

/**
 * The sums over a sample that training and its neighbours are made of, for one network shape and one
 * activation. A kernel keeps scratch memory.
 */
export interface Kernel {
  /**
   * Returns Σr² with r = f(x) − y, and writes Σ r·∂f into `gradient` for the trained parts, 0 for the
   * others.
   */
  readonly sumOfSquares: (
    tiles: Tiles,
    parameters: FlatParameters,
    trained: Trainable,
    gradient: FlatParameters,
  ) => number;
  /** Writes the outputs, shape (count). */
  readonly forward: (tiles: Tiles, parameters: FlatParameters, outputs: Float64Array) => void;
  /** Writes ∇_x f at each input, row-major (count, inputDim). */
  readonly inputGradients: (
    tiles: Tiles,
    parameters: FlatParameters,
    gradients: Float64Array,
  ) => void;
}

/** The kernel of two-layer networks: tiles of four samples at a time. */
export function twoLayerKernel({ widths }: NetworkShape, pass: ActivationPass): Kernel {
  const scratch = scratchFor(widths[0]);
  return {
    sumOfSquares: (tiles, parameters, trained, gradient) =>
      sumOfSquares(tiles, parameters, pass, trained, scratch, gradient),
    forward: (tiles, parameters, outputs) => forward(tiles, parameters, pass, scratch, outputs),
    inputGradients: (tiles, parameters, gradients) =>
      inputGradients(tiles, parameters, pass, scratch, gradients),
  };
}

/** Scratch memory of one width. */
export interface Scratch {
  readonly z: Float64Array;
  readonly value: Float64Array;
  readonly slope: Float64Array;
}

/** Scratch memory for a width. */
export function scratchFor(width: number): Scratch {
  return {
    z: new Float64Array(width * TILE),
    value: new Float64Array(width * TILE),
    slope: new Float64Array(width * TILE),
  };
}

/** z = Wx + b, σ(z) and σ'(z) for the four samples of a tile. */
export function activate(
  tile: number,
  { inputs, inputDim }: Tiles,
  { inner, outer, biases }: FlatParameters,
  pass: ActivationPass,
  { z, value, slope }: Scratch,
): void {
  const width = outer.length;
  const start = tile * TILE * inputDim;
  const biased = biases.length > 0;
  let at = 0;
  for (let j = 0; j < width; j += 1) {
    const bias = biased ? biases[j] : 0;
    let z0 = bias;
    let z1 = bias;
    let z2 = bias;
    let z3 = bias;
    let x = start;
    for (let k = 0; k < inputDim; k += 1) {
      const w = inner[at];
      z0 += w * inputs[x];
      z1 += w * inputs[x + 1];
      z2 += w * inputs[x + 2];
      z3 += w * inputs[x + 3];
      x += TILE;
      at += 1;
    }
    const to = j * TILE;
    z[to] = z0;
    z[to + 1] = z1;
    z[to + 2] = z2;
    z[to + 3] = z3;
  }
  pass(z, value, slope, width * TILE);
}

/** Outputs Σ_j a_jσ(z_j), written to `outputs` (count). */
function forward(
  tiles: Tiles,
  parameters: FlatParameters,
  pass: ActivationPass,
  scratch: Scratch,
  outputs: Float64Array,
): void {
  const { outer } = parameters;
  const { value } = scratch;
  for (let first = 0; first < tiles.count; first += TILE) {
    activate(first / TILE, tiles, parameters, pass, scratch);
    for (let s = 0; s < Math.min(TILE, tiles.count - first); s += 1) {
      let f = 0;
      for (let j = 0; j < outer.length; j += 1) f += outer[j] * value[j * TILE + s];
      outputs[first + s] = f;
    }
  }
}

/** The gradients ∇_x f = Σ_j a_jσ'(z_j)w_j, written to `gradients` (count, inputDim). */
function inputGradients(
  tiles: Tiles,
  parameters: FlatParameters,
  pass: ActivationPass,
  scratch: Scratch,
  gradients: Float64Array,
): void {
  const { count, inputDim } = tiles;
  const { inner, outer } = parameters;
  gradients.fill(0);
  for (let first = 0; first < count; first += TILE) {
    activate(first / TILE, tiles, parameters, pass, scratch);
    for (let s = 0; s < Math.min(TILE, count - first); s += 1) {
      const start = (first + s) * inputDim;
      for (let j = 0; j < outer.length; j += 1) {
        const pull = outer[j] * scratch.slope[j * TILE + s];
        for (let k = 0; k < inputDim; k += 1)
          gradients[start + k] += pull * inner[j * inputDim + k];
      }
    }
  }
}

/**
 * One fused pass forwards and backwards over the samples: returns Σr² with r = f(x) − y, and writes
 * Σ r·∂f into `gradient` for the trained parts, 0 for the others. Sums run over tiles in order, and
 * inside a tile over its four samples in order, so the bits depend on the sample's order alone.
 */
function sumOfSquares(
  tiles: Tiles,
  parameters: FlatParameters,
  pass: ActivationPass,
  trained: Trainable,
  scratch: Scratch,
  gradient: FlatParameters,
): number {
  const { count, inputDim, inputs, labels } = tiles;
  const { outer } = parameters;
  const { value, slope } = scratch;
  const width = outer.length;
  const { inner: innerGradient, outer: outerGradient, biases: biasGradient } = gradient;
  innerGradient.fill(0);
  outerGradient.fill(0);
  biasGradient.fill(0);
  const needsOuter = trained.outer;
  const needsInner = trained.inner;
  const needsBiases = trained.biases;
  let sum = 0;
  for (let first = 0; first < count; first += TILE) {
    activate(first / TILE, tiles, parameters, pass, scratch);
    let r0 = 0;
    let r1 = 0;
    let r2 = 0;
    let r3 = 0;
    for (let j = 0; j < width; j += 1) {
      const a = outer[j];
      const v = j * TILE;
      r0 += a * value[v];
      r1 += a * value[v + 1];
      r2 += a * value[v + 2];
      r3 += a * value[v + 3];
    }
    // Samples that only fill up the last tile have residual 0.
    const left = count - first;
    r0 -= labels[first];
    r1 = left > 1 ? r1 - labels[first + 1] : 0;
    r2 = left > 2 ? r2 - labels[first + 2] : 0;
    r3 = left > 3 ? r3 - labels[first + 3] : 0;
    sum = sum + r0 * r0 + r1 * r1 + r2 * r2 + r3 * r3;

    const start = first * inputDim;
    for (let j = 0; j < width; j += 1) {
      const v = j * TILE;
      if (needsOuter) {
        outerGradient[j] +=
          r0 * value[v] + r1 * value[v + 1] + r2 * value[v + 2] + r3 * value[v + 3];
      }
      const a = outer[j];
      const h0 = r0 * a * slope[v];
      const h1 = r1 * a * slope[v + 1];
      const h2 = r2 * a * slope[v + 2];
      const h3 = r3 * a * slope[v + 3];
      if (needsBiases) biasGradient[j] += h0 + h1 + h2 + h3;
      if (!needsInner || (h0 === 0 && h1 === 0 && h2 === 0 && h3 === 0)) continue;
      let x = start;
      const end = (j + 1) * inputDim;
      for (let at = j * inputDim; at < end; at += 1) {
        innerGradient[at] +=
          h0 * inputs[x] + h1 * inputs[x + 1] + h2 * inputs[x + 2] + h3 * inputs[x + 3];
        x += TILE;
      }
    }
  }
  return sum;
}

/** The factor of Σr² in the data loss: 1/N or 1/(2N). */
export function lossFactor(scale: LossScale, count: number): number {
  return scale === 'mean' ? 1 / count : 0.5 / count;
}

function sumSquares(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i] * values[i];
  return sum;
}

/** (λ/2)·(squared norm of the regularised parameters). */
export function penalty(
  parameters: FlatParameters,
  weightDecay: Objective['weightDecay'],
  trained: Trainable,
): number {
  if (weightDecay === undefined || weightDecay.lambda === 0) return 0;
  const { lambda, on } = weightDecay;
  let sum = on === 'inner' || trained.inner ? sumSquares(parameters.inner) : 0;
  if (on === 'all' && trained.outer) sum += sumSquares(parameters.outer);
  if (on === 'all' && trained.biases) sum += sumSquares(parameters.biases);
  return (lambda / 2) * sum;
}

/** gradient ← factor·gradient + λ·parameters on the trained parts; returns its squared norm. */
export function finishGradient(
  gradient: FlatParameters,
  parameters: FlatParameters,
  factor: number,
  weightDecay: Objective['weightDecay'],
  trained: Trainable,
): number {
  const lambda = weightDecay?.lambda ?? 0;
  const rest = weightDecay?.on === 'all' ? lambda : 0;
  let sum = 0;
  if (trained.inner) sum += scaleAndDecay(gradient.inner, parameters.inner, factor, lambda);
  if (trained.outer) sum += scaleAndDecay(gradient.outer, parameters.outer, factor, rest);
  if (trained.biases) sum += scaleAndDecay(gradient.biases, parameters.biases, factor, rest);
  return sum;
}

function scaleAndDecay(
  gradient: Float64Array,
  parameters: Float64Array,
  factor: number,
  lambda: number,
): number {
  let sum = 0;
  for (let i = 0; i < gradient.length; i += 1) {
    const entry = factor * gradient[i] + lambda * parameters[i];
    gradient[i] = entry;
    sum += entry * entry;
  }
  return sum;
}
