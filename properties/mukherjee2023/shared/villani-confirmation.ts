import type { Confirmation, Violation } from '../../../src/claims/index.js';
import {
  bigNumber,
  divide,
  dotExact,
  HIGH_PRECISION_DIGITS,
  multiply,
  rational,
} from '../../../src/math/index.js';
import {
  functionalFormula,
  growthFormula,
  growthRadius,
  villaniGrowthBound,
} from '../../../src/theory/index.js';
import { largestSquare, NORMALISATION_TOLERANCE, toBig } from './thresholds.js';
import type { Threshold } from './thresholds.js';
import { bigGrowthBound } from './villani-big.js';
import { SOME_CONDITION_FAILS } from './villani-conclusions.js';
import type { VillaniInstance } from './villani-instances.js';

/**
 * Confirms with 64 digits, by code of its own, that all conditions hold below the threshold: the constants, the functional's lower bound at
 * the growth radius for every s of the instance, and the assumptions with numbers in them.
 */
export function confirmBelowThreshold(
  instance: VillaniInstance,
  violation: Violation,
  threshold: Threshold,
  isNormalised: boolean,
): Confirmation | null {
  const { lambda, steps } = instance;
  if (violation.clause.name !== SOME_CONDITION_FAILS || !(lambda > 0)) return null;
  const constants = bigGrowthBound(instance);
  const rounded = villaniGrowthBound(instance);
  const grows = steps.every((step) => {
    const radius = growthRadius(rounded, step);
    const lower = functionalFormula.evaluateBig({ ...constants, lambda, radius, step });
    return lower.gte(growthFormula.evaluateBig({ lambda, radius, step }));
  });
  const thresholdBig = threshold.big(instance);
  const room = thresholdBig.minus(toBig(rational(lambda)));
  const { dataset, outer } = instance;
  const product = multiply(largestSquare(dataset.inputs), dotExact(outer, outer));
  const deviation = toBig(product).sqrt().minus(1).abs();
  const normalisation = bigNumber(NORMALISATION_TOLERANCE).minus(deviation);
  return {
    method:
      'growth constants, functional bound at the growth radius for every s, and threshold recomputed in decimal arithmetic',
    digits: HIGH_PRECISION_DIGITS,
    clause: violation.clause.name,
    lhs: toBig(divide(rational(lambda), 2)).toString(),
    rhs: '0',
    violated: grows,
    assumptions: [
      { name: '0 ≤ λ < λ_c', margin: room.toString(), holds: room.gt(0) },
      ...(isNormalised
        ? [
            {
              name: 'B_x‖a‖ = 1',
              margin: normalisation.toString(),
              holds: normalisation.gte(0),
            },
          ]
        : []),
    ],
  };
}
