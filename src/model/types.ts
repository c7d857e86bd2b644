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

/** The network that labels the data. The same shape as a student; the name says its role. */
export type Teacher = Network;

/** A finite sample. Shapes: `inputs` (sampleSize, inputDim), `labels` (sampleSize). */
export interface Dataset {
  readonly inputDim: number;
  readonly inputs: Matrix;
  readonly labels: Vector;
}
