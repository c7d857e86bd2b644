import type { Dataset, DeepNetwork, Network, Vector } from '../model/index.js';

/** What an engine trains. A two-layer network has `inner`, a deep one `hidden`. */
export type AnyNetwork = Network | DeepNetwork;

/** Which square loss: 'mean' is (1/N)Σr², 'half-mean' is (1/2N)Σr², with r = f(x) − y. */
export type LossScale = 'mean' | 'half-mean';

/**
 * The training objective: the square loss plus (λ/2) times a squared norm.
 * `on: 'inner'` regularises the inner (hidden) weights only ((λ/2)‖W‖_F²), `'all'` every trained
 * parameter.
 */
export interface Objective {
  readonly scale: LossScale;
  readonly weightDecay?: { readonly lambda: number; readonly on: 'inner' | 'all' };
  /**
   * The derivative of ReLU and saturated ReLU at their kinks: 0 or 1. Default 0. The derivative of
   * the step is 0 everywhere, and so is the second derivative of all three.
   */
  readonly derivativeAtKink?: 0 | 1;
}

/**
 * Which parameters move. Default: inner (all hidden) and outer weights, and biases where the network has them.
 * A frozen parameter has gradient 0 and is left out of weight decay `on: 'all'`.
 */
export interface Trainable {
  readonly inner: boolean;
  readonly outer: boolean;
  readonly biases: boolean;
}

/** One step is one update of the parameters: for `sgd`, one minibatch. */
export type Optimiser =
  | { readonly kind: 'gradient-descent'; readonly stepSize: number }
  | {
      readonly kind: 'sgd';
      readonly stepSize: number;
      /** In 1…sampleSize. Without replacement, the last minibatch of an epoch may be smaller. */
      readonly batchSize: number;
      /** Indices drawn independently, or a fresh random permutation of the sample per epoch. */
      readonly replacement: boolean;
      /** Keys the stream of minibatches. */
      readonly seed: string;
    }
  /**
   * Gradient descent, then outer weights clipped at 0 and, if `unitInner`, inner rows normalised
   * (a row that becomes 0 keeps its previous value). The initial network is projected first.
   */
  | { readonly kind: 'projected'; readonly stepSize: number; readonly unitInner: boolean }
  /**
   * Exponentiated gradient a ← a·exp(−η∂L/∂a) on the outer weights, which must start > 0 and stay
   * ≥ 2⁻¹⁰²²; gradient descent on the rest, and `unitInner` as above.
   */
  | { readonly kind: 'mirror'; readonly stepSize: number; readonly unitInner: boolean };

export interface Budget {
  readonly maxSteps: number;
  /** Stop when the objective is at most this. */
  readonly targetLoss?: number;
  /** Stop when the gradient's Euclidean norm is at most this. */
  readonly targetGradient?: number;
  /** Wall-clock limit. Runs stopped by it are not reproducible; claims leave it out. */
  readonly maxMilliseconds?: number;
}

/**
 * Why a run ended. `diverged`: the objective is above 1e300, or above 1e12 times the larger of its
 * start and the data loss of the zero function (where that is > 0). After `diverged` and
 * `not-a-number` the network may hold numbers that are not finite.
 */
export type StopReason =
  | 'target-loss'
  | 'target-gradient'
  | 'step-budget'
  | 'time-budget'
  | 'diverged'
  | 'not-a-number';

/** What an observer sees; arrays are live views, copy what must be kept. */
export interface Observation {
  readonly step: number;
  /** The objective, weight decay included. */
  readonly objective: number;
  /** The data term alone. */
  readonly dataLoss: number;
  /** The Euclidean norm of the objective's gradient in the trained parameters. */
  readonly gradientNorm: number;
  /** Row-major (width, inputDim); of a deep network, its hidden matrices one after another. */
  readonly inner: Float64Array;
  readonly outer: Float64Array;
  /** Shape (width), of a deep network layer after layer; empty where the network has none. */
  readonly biases: Float64Array;
}

export interface Observer {
  /** Called at step 0, then every `every` steps, and once at the last one; an integer ≥ 1. */
  readonly every: number;
  readonly see: (observation: Observation) => void;
}

export interface TrainingTask<N extends AnyNetwork = Network> {
  readonly initial: N;
  readonly dataset: Dataset;
  readonly objective: Objective;
  readonly optimiser: Optimiser;
  readonly trainable?: Partial<Trainable>;
  readonly budget: Budget;
  readonly observer?: Observer;
}

/** How a run ended; objective, data loss and gradient norm are those of `network`. */
export interface TrainingResult<N extends AnyNetwork = Network> {
  readonly engine: string;
  readonly network: N;
  readonly steps: number;
  readonly objective: number;
  readonly dataLoss: number;
  readonly gradientNorm: number;
  readonly reason: StopReason;
}

/** The objective's value and gradient, every parameter trained. */
export interface LossAndGradient {
  readonly objective: number;
  readonly dataLoss: number;
  /** Row-major (width, inputDim); of a deep network, its hidden matrices one after another. */
  readonly inner: Float64Array;
  readonly outer: Float64Array;
  /** Shape (width), of a deep network layer after layer; empty where the network has none. */
  readonly biases: Float64Array;
}

/**
 * The Laplacian of the objective in each kind of parameter, every parameter trained: the sums of the
 * second derivatives in the inner weights, in the outer weights and in the biases (0 without biases).
 */
export interface LossLaplacian {
  readonly inner: number;
  readonly outer: number;
  readonly biases: number;
}

/** What an engine is made with. */
export interface EngineOptions {
  /** The clock of time budgets, in milliseconds. Default: `performance.now`. */
  readonly now?: () => number;
}

/**
 * One way to compute. A claim never knows which engine runs; every result says it.
 * Engines may keep scratch memory, so one engine object serves one thread.
 */
export interface Engine {
  readonly name: string;
  /** What runs behind the name, for the report: “WebAssembly SIMD”, “TensorFlow.js 4.22.0, wasm backend”. */
  readonly description: string;
  readonly precision: 'float64' | 'float32';
  /** @throws RangeError when shapes or settings do not fit. */
  lossAndGradient(network: AnyNetwork, dataset: Dataset, objective: Objective): LossAndGradient;
  /**
   * With c the factor of Σr² in the data loss, ΔL in the inner weights is
   * 2cΣ_i‖x_i‖²Σ_j(a_j²σ'(z_ij)² + r_i·a_jσ''(z_ij)) + λ·width·inputDim, r = f(x) − y; in the biases the
   * same with 1 for ‖x_i‖²; in the outer weights 2cΣ_iΣ_jσ(z_ij)². The terms in λ are there where
   * weight decay acts on the parameter. Kinks count as in `Objective`. [mukherjee2023], T30.
   *
   * @throws RangeError when shapes or settings do not fit
   */
  lossLaplacian(network: Network, dataset: Dataset, objective: Objective): LossLaplacian;
  /**
   * The gradients ∇_x f at the given inputs, row-major (sampleSize, inputDim).
   *
   * @param derivativeAtKink as in `Objective`
   * @throws RangeError when shapes do not fit
   */
  inputGradients(
    network: AnyNetwork,
    inputs: readonly Vector[],
    derivativeAtKink?: 0 | 1,
  ): Float64Array;
  /**
   * Runs one training task to its end. Stop rules read the objective of the whole sample, before
   * each step; for `sgd`, at the start of each epoch of ⌈sampleSize/batchSize⌉ steps, when an
   * observer is due, and at the end.
   *
   * @throws RangeError when shapes or settings do not fit
   */
  train<N extends AnyNetwork>(task: TrainingTask<N>): TrainingResult<N>;
  /** As `train` for each task by itself: a task's bits do not depend on the others. */
  trainMany<N extends AnyNetwork>(tasks: readonly TrainingTask<N>[]): readonly TrainingResult<N>[];
  /** The network's outputs at the given inputs, shape (sampleSize). */
  predict(network: AnyNetwork, inputs: readonly Vector[]): Float64Array;
}
