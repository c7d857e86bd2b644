import { atMost } from '../../../src/claims/index.js';
import type { Clause, Tools } from '../../../src/claims/index.js';
import { norm, normalVector } from '../../../src/math/index.js';
import { largestInputNorm, lossEvaluator } from '../../../src/theory/index.js';
import { UNIT_ROUNDOFF, gradientErrorBound } from '../../../src/training/index.js';
import type { VillaniInstance } from './villani-instances.js';
import { networkAt, objectiveOf } from './villani-network.js';

/**
 * Compares the gradient that the search uses with the training engine's, at Gaussian weights for which the
 * pre-activations are of order 1.
 *
 * Both sum the same products, the search in float64, the engine in its own precision. Neither is farther from
 * the exact gradient than `gradientErrorBound` says at its unit roundoff: the roundings in a row, each
 * relative to the sum of the absolute values that it is made of. A wrong term does not hide below the
 * sum of the two bounds unless it is that small.
 */
export function gradientClause(instance: VillaniInstance, tools: Tools): Clause {
  const { outer, dataset } = instance;
  const { engine } = tools;
  const unit = 1 / (largestInputNorm(dataset) || 1);
  const start = normalVector(tools.random, outer.length * dataset.inputDim).map(
    (entry) => unit * entry,
  );
  const { gradient } = lossEvaluator(instance)(start);
  const network = networkAt(instance, start);
  const objective = objectiveOf(instance);
  const { inner } = engine.lossAndGradient(network, dataset, objective);
  const difference = norm(Array.from(inner, (entry, k) => entry - gradient[k]));
  const allowed = [UNIT_ROUNDOFF.float64, UNIT_ROUNDOFF[engine.precision]]
    .map((roundoff) => gradientErrorBound(network, dataset, objective, roundoff))
    .map((bound) => norm(Array.from(bound.inner)))
    .reduce((sum, bound) => sum + bound, 0);
  return atMost('the gradient is that of the training engine', difference, allowed);
}
