import type { Activation } from './activation.js';

/** A vector as plain data. */
export type Vector = readonly number[];

/** A matrix as plain data, row by row; all rows have the same length. */
export type Matrix = readonly Vector[];

/**
 * A two-layer network x ↦ Σ_j outer[j]·σ(⟨inner[j], x⟩ + biases[j]).
 * Shapes: `inner` (width, inputDim), `outer` (width), `biases` (width) or absent for none.
 */
export interface Network {
  readonly activation: Activation;
  readonly inputDim: number;
  readonly inner: Matrix;
  readonly outer: Vector;
  readonly biases?: Vector;
}

/**
 * A deep fully connected network x ↦ Σ_j outer[j]·σ(z_L)_j with z_l = hidden[l−1]·h_{l−1} + biases[l−1],
 * h_0 = x and h_l = σ(z_l). Shapes: `hidden[l]` (widths[l], widths[l − 1]) with widths[−1] = inputDim, at
 * least one matrix; `outer` (last width); `biases[l]` (widths[l]), or absent for none.
 */
export interface DeepNetwork {
  readonly activation: Activation;
  readonly inputDim: number;
  readonly hidden: readonly Matrix[];
  readonly outer: Vector;
  readonly biases?: readonly Vector[];
}

/** The network that labels the data. The same shape as a student; the name says its role. */
export type Teacher = Network;

/** A finite sample. Shapes: `inputs` (sampleSize, inputDim), `labels` (sampleSize). */
export interface Dataset {
  readonly inputDim: number;
  readonly inputs: Matrix;
  readonly labels: Vector;
}
