/** The sizes of a training problem with a two-layer ReLU network. */
export interface Shape {
  readonly inputDim: number;
  readonly width: number;
  readonly sampleSize: number;
  /** This many independent problems at once; absent for one. */
  readonly batch?: number;
}

/** What the contestants are timed on: the sizes of the papers' experiments, small to large. */
export const SHAPES: readonly Shape[] = [
  { inputDim: 10, width: 5, sampleSize: 5000 },
  { inputDim: 2, width: 100, sampleSize: 40 },
  { inputDim: 20, width: 10, sampleSize: 1000 },
  { inputDim: 100, width: 200, sampleSize: 5000 },
  { inputDim: 50, width: 1000, sampleSize: 2000 },
  { inputDim: 2, width: 100, sampleSize: 40, batch: 1000 },
];

/** A shape in words: d is the input dimension, m the width, N the sample size. */
export function shapeName({ inputDim, width, sampleSize, batch }: Shape): string {
  const one = `d=${inputDim} m=${width} N=${sampleSize}`;
  return batch === undefined ? one : `${batch} × (${one})`;
}

/** N·d·m, the products of one forward pass of one problem. */
export function volume({ inputDim, width, sampleSize }: Shape): number {
  return inputDim * width * sampleSize;
}

/**
 * Floating-point operations of one step of one problem, 4·N·d·m: a multiplication and an addition for
 * each product of the forward pass, and the same for the gradient of the inner weights.
 */
export function operationsPerStep(shape: Shape): number {
  return 4 * volume(shape);
}

/** Steps of problems that one step of the shape takes: its number of problems. */
export function problemsOf({ batch = 1 }: Shape): number {
  return batch;
}
