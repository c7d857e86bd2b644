import { atMost } from '../../../src/claims/index.js';
import type { Clause, Tools } from '../../../src/claims/index.js';
import { norm, normalVector } from '../../../src/math/index.js';
import { largestInputNorm, lossEvaluator, smoothnessBound } from '../../../src/theory/index.js';
import type { VillaniInstance } from './villani-instances.js';

/**
 * Compares the gradient that the search uses with the training engine's, (W_0 − W_1)/η of one step, at
 * Gaussian weights for which the pre-activations are of order 1.
 *
 * Both sum the same products, at most some 1e3 roundings of terms that are together no larger than
 * Λ(‖W‖)·(‖W‖ + 1/B_x) + ‖∇L̃‖ or so, Λ the Hessian bound; the difference of the weights adds three
 * roundings of ‖∇L̃‖ for η = ‖W_0‖/‖∇L̃‖. 1e-9 of that covers both with room, and a wrong term does not
 * hide below it unless it is that small.
 */
export function gradientClause(instance: VillaniInstance, tools: Tools): Clause {
  const { activation, outer, dataset, lambda, scale } = instance;
  const { inputDim } = dataset;
  const unit = 1 / (largestInputNorm(dataset) || 1);
  const start = normalVector(tools.random, outer.length * inputDim).map((entry) => unit * entry);
  const gradient = Array.from(lossEvaluator(instance)(start).gradient);
  const length = norm(gradient);
  const stepSize = length > 0 ? norm(start) / length : 1;
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
    budget: { maxSteps: 1 },
  });
  const moved = network.inner.flat().map((entry, k) => (start[k] - entry) / stepSize);
  const difference = norm(moved.map((entry, k) => entry - gradient[k]));
  const magnitude = smoothnessBound(instance, norm(start)) * (norm(start) + unit) + length;
  return atMost('the gradient is that of the training engine', difference, 1e-9 * magnitude);
}
