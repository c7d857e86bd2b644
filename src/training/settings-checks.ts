import { requireOneOf } from '../math/index.js';
import type { Budget, LossScale, Objective, Observer, Optimiser, Trainable } from './engine.js';

// The checks that all engines share, so that none computes something for a setting that no engine has. They run once
// a call, outside every loop.

const SCALES: Readonly<Record<LossScale, true>> = { mean: true, 'half-mean': true };
const KINDS: Readonly<Record<Optimiser['kind'], true>> = {
  'gradient-descent': true,
  sgd: true,
  projected: true,
  mirror: true,
};
const BOOLEANS = [true, false] as const;

/** The derivative at the kinks, 0 by default. @throws RangeError unless it is 0 or 1 */
export function kinkOf(where: string, derivativeAtKink: 0 | 1 = 0): 0 | 1 {
  requireOneOf(where, 'derivativeAtKink', derivativeAtKink, [0, 1]);
  return derivativeAtKink;
}

/** @throws RangeError when there is no such loss, regulariser or kink, or λ is negative or not finite. */
export function checkObjective(where: string, objective: Objective): void {
  const { scale, weightDecay, derivativeAtKink } = objective;
  requireOneOf(where, 'objective.scale', scale, Object.keys(SCALES));
  kinkOf(where, derivativeAtKink);
  if (weightDecay === undefined) return;
  const { lambda, on } = weightDecay;
  if (!(lambda >= 0 && lambda < Infinity)) {
    throw new RangeError(`${where}: weightDecay.lambda must be finite and ≥ 0, got ${lambda}`);
  }
  requireOneOf(where, 'weightDecay.on', on, ['inner', 'all']);
}

/** @throws RangeError when there is no such optimiser or a setting of it does not fit the problem. */
export function checkOptimiser(
  where: string,
  optimiser: Optimiser,
  sampleSize: number,
  outer: Float64Array,
): void {
  requireOneOf(where, 'optimiser.kind', optimiser.kind, Object.keys(KINDS));
  const { stepSize } = optimiser;
  if (!(stepSize >= 0 && stepSize < Infinity)) {
    throw new RangeError(`${where}: stepSize must be finite and ≥ 0, got ${stepSize}`);
  }
  if (optimiser.kind === 'sgd') {
    const { batchSize, replacement, seed } = optimiser;
    if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > sampleSize) {
      throw new RangeError(
        `${where}: batchSize must be an integer in 1…${sampleSize} (sampleSize), got ${batchSize}`,
      );
    }
    requireOneOf(where, 'optimiser.replacement', replacement, BOOLEANS);
    if (typeof seed !== 'string') {
      throw new RangeError(`${where}: optimiser.seed must be a string, got ${String(seed)}`);
    }
  }
  if (optimiser.kind === 'projected' || optimiser.kind === 'mirror') {
    requireOneOf(where, 'optimiser.unitInner', optimiser.unitInner, BOOLEANS);
  }
  if (optimiser.kind === 'mirror') {
    const at = outer.findIndex((weight) => !(weight > 0));
    if (at >= 0) {
      throw new RangeError(
        `${where}: network.outer[${at}] must be > 0 for mirror descent, got ${outer[at]}`,
      );
    }
  }
}

/** @throws RangeError when the budget or the observer's interval is not usable. */
export function checkBudget(where: string, budget: Budget, observer: Observer | undefined): void {
  const { maxSteps } = budget;
  if (!Number.isInteger(maxSteps) || maxSteps < 0) {
    throw new RangeError(`${where}: maxSteps must be an integer ≥ 0, got ${maxSteps}`);
  }
  for (const target of ['targetLoss', 'targetGradient', 'maxMilliseconds'] as const) {
    const value = budget[target];
    if (value !== undefined && (typeof value !== 'number' || Number.isNaN(value))) {
      throw new RangeError(`${where}: ${target} must be a number, got ${value}`);
    }
  }
  if (observer !== undefined && (!Number.isInteger(observer.every) || observer.every < 1)) {
    throw new RangeError(`${where}: observer.every must be an integer ≥ 1, got ${observer.every}`);
  }
}

/**
 * The trained parts, defaults filled in.
 *
 * @throws RangeError when there is no such part, or biases are to be trained and absent
 */
export function trainedParts(
  where: string,
  trainable: Partial<Trainable> | undefined,
  hasBiases: boolean,
): Trainable {
  const parts = { inner: true, outer: true, biases: hasBiases };
  for (const [part, trains] of Object.entries(trainable ?? {})) {
    requireOneOf(where, 'a part of trainable', part, Object.keys(parts));
    requireOneOf(where, `trainable.${part}`, trains, [...BOOLEANS, undefined]);
  }
  if (trainable?.biases === true && !hasBiases) {
    throw new RangeError(`${where}: trainable.biases must be false for a network without biases`);
  }
  return {
    inner: trainable?.inner ?? parts.inner,
    outer: trainable?.outer ?? parts.outer,
    biases: trainable?.biases ?? parts.biases,
  };
}
