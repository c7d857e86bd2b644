/**
 * A training problem in linear memory, as `src/training/wasm64-memory.ts` lays it out. AssemblyScript.
 * Both files list the fields in the same order: doubles first, then 32-bit integers.
 */

/** One hidden layer: `rows` neurons over `columns` inputs. */
@unmanaged
export class Layer {
  rows: i32;
  columns: i32;
  /** Bytes between the rows of one pair of samples and those of the next, in `values` and `slopes`. */
  stride: usize;
  /** Weights (blocks, columns, 4), biases (blocks, 4), and their gradients. */
  weights: usize;
  biases: usize;
  weightGradient: usize;
  biasGradient: usize;
  /** Sums over the sample: (blocks, columns, 4, 2) and (blocks, 4, 2). */
  weightSums: usize;
  biasSums: usize;
  /** Of one panel: σ(z) and σ'(z), later the residual products; (pairs, rows, 2). */
  values: usize;
  slopes: usize;
  /** Weights with rows and columns exchanged: (blocks of columns, rows, 4). */
  transposed: usize;
}

/** Bytes of a `Layer`. */
export const LAYER_BYTES: usize = 48;

@unmanaged
export class Problem {
  // Settings.
  stepSize: f64;
  lambdaInner: f64;
  lambdaRest: f64;
  /** 1 for the loss (1/N)Σr², ½ for (1/2N)Σr². */
  lossScale: f64;
  targetLoss: f64;
  targetGradient: f64;
  /** β of SoftPlus, the value of a constant activation. */
  parameter: f64;
  maxSteps: f64;
  // State.
  step: f64;
  ceiling: f64;
  objective: f64;
  dataLoss: f64;
  gradientNorm: f64;
  /** Σr² of the last pass over samples. */
  squares: f64;
  epoch: f64;
  firstEpoch: f64;

  sampleSize: i32;
  inputDim: i32;
  depth: i32;
  /** Whether the network is a two-layer one, whose passes are fused; then depth is 1. */
  fused: i32;
  activation: i32;
  kink: i32;
  biased: i32;
  trainsInner: i32;
  trainsOuter: i32;
  trainsBiases: i32;
  decays: i32;
  optimiser: i32;
  unitInner: i32;
  batchSize: i32;
  replacement: i32;
  /** Steps between evaluations of the whole sample, and to the next one. */
  interval: i32;
  toEvaluation: i32;
  /** Whether objective and gradient are those of the present parameters. */
  evaluated: i32;
  epochs: i32;
  position: i32;
  panelPairs: i32;
  /** Neurons that share buckets, and groups of them; 0 where sums go without buckets. */
  groupSize: i32;
  groups: i32;
  /** Bytes between pairs of samples. */
  stride: usize;
  layers: usize;
  inputs: usize;
  labels: usize;
  outer: usize;
  outerGradient: usize;
  /** (last width padded, 2). */
  outerSums: usize;
  /** Of one panel, by pairs: outputs, then residuals. */
  residuals: usize;
  /** Of one panel: σ''(z), as `slopes` of the layer; only for the Laplacian. */
  curves: usize;
  /** Of one panel: residual times input (pairs, inputDim, 2), or residual times row. */
  scaled: usize;
  /** Inputs by rows (sampleSize, rowBytes), with a 1 at the end where there are biases. */
  rows: usize;
  rowBytes: usize;
  /** Of one panel, for each group: where samples find their bucket, 64-bit (groups, samples). */
  patterns: usize;
  /** (groups, 2^groupSize, rowBytes). */
  buckets: usize;
  /** The gradient in the inputs of a layer, of one panel. */
  backward: usize;
  /** Rows before a normalisation. */
  previous: usize;
  /** Four doubles 0. */
  zeros: usize;
  /** One panel of doubles 1. */
  ones: usize;
  batchInputs: usize;
  batchLabels: usize;
  order: usize;
  /** Seeds of the epochs (epochs, 4). */
  seeds: usize;
  random: usize;
}

export const GRADIENT_DESCENT = 0;
export const SGD = 1;
export const PROJECTED = 2;
export const MIRROR = 3;

// @ts-ignore: decorator
@inline
export function layerOf(problem: Problem, index: i32): Layer {
  return changetype<Layer>(problem.layers + LAYER_BYTES * <usize>index);
}

/** Blocks of four that hold `count` rows. */
// @ts-ignore: decorator
@inline
export function blocksOf(count: i32): i32 {
  return (count + 3) >> 2;
}

/** Rows of block `block` of `count` rows. */
// @ts-ignore: decorator
@inline
export function rowsOf(count: i32, block: i32): i32 {
  return min(4, count - (block << 2));
}

/** Sets doubles to 0. */
export function clear(at: usize, doubles: i32): void {
  memory.fill(at, 0, (<usize>doubles) << 3);
}
