import type { Tools } from '../../../src/claims/index.js';
import { norm, normalVector, normalise } from '../../../src/math/index.js';
import type { Matrix, Network, Vector } from '../../../src/model/index.js';
import type { Engine, Optimiser } from '../../../src/training/index.js';
import { UNIT_ROUNDOFF } from '../../../src/training/index.js';
import type { Neuron, OuterNormActivation, Student } from './neurons.js';
import { neuron, outerNormOf } from './neurons.js';

/** What a training run contributes to the attack. */
export interface TrainedStudent {
  readonly student: Student;
  readonly outerNorm: number;
  /** Whether its training error is at most δ², computed here in float64 and not by the engine. */
  readonly admissible: boolean;
  /** Its neurons, admissible inner weights only, as further columns for the conic program. */
  readonly neurons: readonly Neuron[];
}

const WIDTHS = [1, 4, 16] as const;
const STEPS = 40;

/**
 * Trains one student by projected or mirror descent, of width 1, 4 or 16, from outer weights that are too
 * large: the run ends when the training error first reaches δ², on the far side of the admissible set.
 * Inner weights are trained too, except for the step activation, whose gradient vanishes.
 *
 * @param seeds neurons of small mean; half of the width starts there
 */
export function trainStudent(
  activation: OuterNormActivation,
  inputs: Matrix,
  labels: Vector,
  delta: number,
  radius: number,
  seeds: readonly Neuron[],
  tools: Tools,
): TrainedStudent | null {
  const random = tools.random.fork('training');
  const inputDim = inputs[0].length;
  const width = WIDTHS[random.integer(WIDTHS.length)];
  const mirror = random.integer(2) === 1;
  const length = activation === 'sigmoid' ? Math.min(radius, 4) : 1;
  const inner = Array.from({ length: width }, (_, j): Vector =>
    j < seeds.length && 2 * j < width
      ? seeds[j].inner
      : normalise(normalVector(random, inputDim)).map((entry) => length * entry),
  );
  const started = inner.map((w) => neuron(activation, w, inputs));
  const meanOutput = started.reduce((sum, { mean }) => sum + mean, 0) / width;
  if (!(meanOutput > 0)) return null;
  const size = inputs.length;
  const meanLabel = labels.reduce((sum, y) => sum + Math.abs(y), 0) / size;
  const total = (2 * (delta + meanLabel)) / meanOutput;
  const outer = Array<number>(width).fill(total / width);
  const meanSquare = inputs.reduce((sum, x) => sum + norm(x) ** 2, 0) / size;
  // Half the inverse of the trace of the Gauss–Newton matrix: no step overshoots the quadratic model.
  const trace =
    started.reduce((sum, { outputs }) => sum + outputs.reduce((s, f) => s + f * f, 0) / size, 0) +
    (activation === 'step' ? 0 : (outer.reduce((s, a) => s + a * a, 0) * meanSquare) / 4);
  const stepSize = 0.5 / trace;
  const unitInner = activation === 'relu';
  const optimiser: Optimiser = mirror
    ? { kind: 'mirror', stepSize: stepSize / total, unitInner }
    : { kind: 'projected', stepSize, unitInner };
  if (!(stepSize > 0 && Number.isFinite(stepSize) && Number.isFinite(total))) return null;
  const roundings = inputDim + width + size + 40;
  const margin = targetMargin(tools.engine, roundings, (delta + 2 * meanLabel) / delta);
  const initial: Network = { activation: { name: activation }, inputDim, inner, outer };
  const { network } = tools.engine.train({
    initial,
    dataset: { inputDim, inputs, labels },
    objective: { scale: 'mean' },
    optimiser,
    trainable: { inner: activation !== 'step', outer: true },
    budget: { maxSteps: STEPS * tools.attack, targetLoss: delta * delta * (1 - margin) },
  });
  const finite = [...network.outer, ...network.inner.flat()].every(Number.isFinite);
  if (!finite) return null;
  const inBall = network.inner.filter(
    (w) => norm(w) > 0 && (activation !== 'sigmoid' || norm(w) <= radius),
  );
  return {
    student: { outer: network.outer, inner: network.inner },
    outerNorm: outerNormOf(activation, network),
    admissible:
      inBall.length === network.inner.length &&
      network.outer.every((a) => a >= 0) &&
      trainingError(activation, network, inputs, labels) <= delta * delta,
    neurons: inBall.map((w) =>
      neuron(activation, activation === 'relu' ? normalise(w) : w, inputs),
    ),
  };
}

/**
 * By which part of δ² the engine's training error must fall short, so that the recomputed one does not
 * exceed δ²: relative to r ≈ δ, a residual has an error of `roundings` units of the outputs and labels that it
 * is the difference of. Only the number of admissible students depends on it.
 */
function targetMargin({ precision }: Engine, roundings: number, cancellation: number): number {
  if (precision === 'float64') return 1e-9;
  return Math.min(0.5, 2 * roundings * UNIT_ROUNDOFF[precision] * cancellation);
}

/** (1/N)Σ(f(x_i) − y_i)², in float64 whatever the engine computes in. */
function trainingError(
  activation: OuterNormActivation,
  { outer, inner }: Student,
  inputs: Matrix,
  labels: Vector,
): number {
  const residuals = labels.map((label) => -label);
  inner.forEach((w, j) => {
    const { outputs } = neuron(activation, w, inputs);
    outputs.forEach((output, i) => {
      residuals[i] += outer[j] * output;
    });
  });
  return residuals.reduce((sum, r) => sum + r * r, 0) / labels.length;
}
