import type { Assumption, Confirmation, Violation } from '../../../src/claims/index.js';
import {
  bigNumber,
  divide,
  dotExact,
  HIGH_PRECISION_DIGITS,
  multiply,
  rational,
} from '../../../src/math/index.js';
import { growthRadius } from '../../../src/theory/index.js';
import type { LossProblem } from '../../../src/theory/index.js';
import { below, largestSquare, NORMALISATION_TOLERANCE, normalised, toBig } from './thresholds.js';
import type { Threshold } from './thresholds.js';
import { bigGrowthBound, usesUpperBounds, witnessedBound } from './villani-big.js';
import type { BigGrowthBound } from './villani-big.js';
import { SOME_CONDITION_FAILS } from './villani-conclusions.js';
import type { VillaniInstance } from './villani-instances.js';

/**
 * Confirms with 64 digits, by code of its own, that all conditions hold below the threshold: the suprema of
 * the activation, the constants (those of the conclusion must not be smaller), the functional's lower
 * bound at the growth radius for every s of the instance, and the assumptions with numbers in them.
 */
export function confirmBelowThreshold(
  instance: VillaniInstance,
  violation: Violation,
  threshold: Threshold,
  isNormalised: boolean,
  activation: Assumption<LossProblem>,
): Confirmation | null {
  const { lambda, steps } = instance;
  if (violation.clause.name !== SOME_CONDITION_FAILS || !(lambda > 0)) return null;
  const used = witnessedBound(violation);
  if (used === null) return null;
  const constants = bigGrowthBound(instance);
  const grows = steps.every((step) =>
    exceedsGrowth(constants, lambda, growthRadius(used, step), step),
  );
  const thresholdBig = threshold.big(instance);
  const room = thresholdBig.minus(toBig(rational(lambda)));
  const { dataset, outer } = instance;
  const product = multiply(largestSquare(dataset.inputs), dotExact(outer, outer));
  const deviation = toBig(product).sqrt().minus(1).abs();
  const normalisation = bigNumber(NORMALISATION_TOLERANCE).minus(deviation);
  return {
    method:
      'suprema of the activation, growth constants, functional bound at the growth radius for every s, and threshold recomputed in decimal arithmetic',
    digits: HIGH_PRECISION_DIGITS,
    clause: violation.clause.name,
    lhs: toBig(divide(rational(lambda), 2)).toString(),
    rhs: '0',
    violated: grows && usesUpperBounds(instance, violation),
    assumptions: [
      {
        name: activation.name,
        margin: `${activation.margin(instance)}, σ is ${instance.activation.name}`,
        holds: activation.margin(instance) >= 0,
      },
      { name: below(threshold).name, margin: room.toString(), holds: room.gt(0) },
      ...(isNormalised
        ? [
            {
              name: normalised.name,
              margin: normalisation.toString(),
              holds: normalisation.gte(0),
            },
          ]
        : []),
    ],
  };
}

/** (λR − G − K/R)₊²/s − D₀ − D₁R ≥ λ²R²/(2s), with 64 digits. */
function exceedsGrowth(
  { gradient, inner, laplacian, laplacianSlope }: BigGrowthBound,
  lambda: number,
  radius: number,
  step: number,
): boolean {
  const r = bigNumber(radius);
  const s = bigNumber(step);
  const linear = bigNumber(lambda).times(r);
  const floor = linear.minus(gradient).minus(inner.div(r));
  const square = floor.lt(0) ? bigNumber(0) : floor.times(floor);
  const lower = square.div(s).minus(laplacian).minus(laplacianSlope.times(r));
  return lower.gte(linear.times(linear).div(s.times(2)));
}
