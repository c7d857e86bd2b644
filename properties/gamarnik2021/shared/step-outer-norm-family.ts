import type { Family } from '../../../src/claims/index.js';
import { divide, formatRational, multiply, ratio, rational } from '../../../src/math/index.js';
import { concentratedNorm, integrableLabels, reachableSize } from './assumptions.js';
import { ANY_SIZE, check } from './exact-check.js';

/** Values of η, the one printed in the document (for Gaussian inputs) among them. */
const ETAS = [ratio(1n, 1n), ratio(3n, 10n), ratio(1n, 1000n), ratio(1n, 10n ** 9n)];

/**
 * One atom, for the printed setup alone: X = e_1, Y = 1, δ = 1. The step neuron −e_1 is 0 on all data.
 */
export const stepAtom: Family = {
  id: 'silent-neuron',
  statement:
    'X = e_1, Y = 1, δ = 1: the step neuron w = −e_1 outputs 0 on every input, so its outer weight is free and sup ‖a‖₁ = ∞',
  argument: [
    'All data are (e_1, 1), so ‖X‖² = 1 ≤ Cd and M = 1. Step(−e_1·e_1) = 1{−1 ≥ 0} = 0, so the student a·Step(−x_1) outputs 0 and',
    'L̂ = 1 = δ² for every a ≥ 0, N and d, with probability 1. For any η > 0, a = 7/η exceeds 2(δ + 2M)/η = 6/η.',
  ].join(' '),
  assumptions: [
    {
      name: concentratedNorm.name,
      argument: 'X = e_1, so ‖X‖² = 1 ≤ Cd for C = 1, surely and for every d.',
    },
    { name: integrableLabels.name, argument: 'Y = 1, so M = E|Y| = 1.' },
    { name: reachableSize.name, argument: ANY_SIZE },
  ],
  verify: () => [
    check('w·X for w = −e_1, X = e_1: Step(w·X) = 0', multiply(-1n, 1n), '<', rational(0n)),
    check('L̂ = (0 − Y)² at Y = 1 against δ² = 1', multiply(1n, 1n), '≤', rational(1n)),
    ...ETAS.map((eta) =>
      check(
        `η = ${eta.numerator}/${eta.denominator}: ‖a‖₁ = 7/η against 2(δ + 2M)/η`,
        divide(7n, eta),
        '>',
        divide(multiply(2n, 3n), eta),
      ),
    ),
  ],
  data: () => ({ type: 'silent-neuron', etas: ETAS.map(formatRational) }),
};
