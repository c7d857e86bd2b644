import { atMost } from '../../../src/claims/index.js';
import type { Clause, Tools } from '../../../src/claims/index.js';
import { norm, normalVector } from '../../../src/math/index.js';
import { lossEvaluator, smoothnessBound, villaniGrowthBound } from '../../../src/theory/index.js';
import type { VillaniInstance } from './villani-instances.js';

/** Gradient steps of one run, per unit of attack. */
const STEPS = 40;

/**
 * Trains the inner weights from far outside and checks where the run ends.
 *
 * With step η ≤ 1/(2Λ), Λ a Hessian bound on the sublevel set of the start, and G, K the constants of
 * the growth bound: ‖W_T‖ ≤ (1 − ηλ)^T‖W_0‖ + G/λ for bounded activations, since
 * W_{t+1} = (1 − ηλ)W_t − η∇D; ‖W_T‖² ≤ (1 − 2ηλ)^T‖W_0‖² + K/λ + (4/3)ηL̃(W_0) for SoftPlus, since
 * ⟨∇L̃, W⟩ ≥ λ‖W‖² − K and descent gives (3/4)ηΣ‖∇L̃(W_t)‖² ≤ L̃(W_0).
 */
export function trainingClause(instance: VillaniInstance, tools: Tools): Clause {
  const { activation, outer, dataset, lambda, scale } = instance;
  const { inputDim } = dataset;
  const { gradient, inner } = villaniGrowthBound(instance);
  const far = 10 * (1 + gradient / lambda + Math.sqrt(inner / lambda));
  const direction = normalVector(tools.random, outer.length * inputDim);
  const length = norm(direction);
  const start = direction.map((entry) => (far * entry) / length);
  const startLoss = lossEvaluator(instance)(start).value;
  const stepSize = 1 / (2 * smoothnessBound(instance, Math.sqrt((2 * startLoss) / lambda)));
  const maxSteps = STEPS * tools.attack;
  const { network } = tools.engine.train({
    initial: {
      activation,
      inputDim,
      outer,
      inner: outer.map((_, j) => start.slice(j * inputDim, (j + 1) * inputDim)),
    },
    dataset,
    objective: { scale, weightDecay: { lambda, on: 'inner' } },
    optimiser: { kind: 'gradient-descent', stepSize },
    trainable: { inner: true, outer: false, biases: false },
    budget: { maxSteps },
  });
  const shrink = stepSize * lambda;
  const predicted =
    inner === 0
      ? (1 - shrink) ** maxSteps * far + gradient / lambda
      : Math.sqrt(
          (1 - 2 * shrink) ** maxSteps * far ** 2 + inner / lambda + (4 / 3) * stepSize * startLoss,
        );
  // A run of T steps makes a relative error of about T roundings, 1e-9 with much to spare.
  const ended = norm(network.inner.flat());
  return atMost('gradient descent from afar ends within its radius', ended, predicted * (1 + 1e-9));
}
