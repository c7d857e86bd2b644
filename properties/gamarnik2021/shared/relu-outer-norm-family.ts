import type { ExactCheck, Family } from '../../../src/claims/index.js';
import { settling } from '../../../src/claims/index.js';
import {
  add,
  compare,
  divide,
  multiply,
  ratio,
  rational,
  subtract,
} from '../../../src/math/index.js';
import type { Rational } from '../../../src/math/index.js';
import {
  concentratedNorm,
  integrableLabels,
  positiveReluMean,
  reachableSize,
} from './assumptions.js';
import { ANY_SIZE, check } from './exact-check.js';

const DIMENSIONS = [2, 3, 5, 8, 20, 50];

/**
 * A law whose mean lives on a component that a sample of size d² does not see, for the literal reading of
 * the ReLU bound: X = ±e_i, each with probability (1 − q)/(2d), and ±L·e_i, each with probability q/(2d), where
 * q = 2^{−d} and L = 13d·2^d; Y = 1 and δ = 1.
 */
export const unseenFarComponent: Family = {
  id: 'unseen-far-component',
  statement:
    'X = ±e_i or, with probability 2^{−d} in all, ±13d·2^d·e_i; Y = 1, δ = 1, N = d²: sup ‖a‖₁ ≥ 4d > 4(δ + 2M)/μ* with probability at least 1 − d²·2^{−d}, which contradicts the claim if its hidden constants do not depend on the law',
  argument: [
    'Assumptions. For unit w, E ReLU(w·X) = E[s]·‖w‖₁/(2d) with s the length of X, and ‖w‖₁ ≥ 1 with equality at e_1,',
    'so the infimum is μ* = ((1 − q) + qL)/(2d) ≥ 13/2. P(‖X‖² ≤ d) ≥ 1 − q = 1 − e^{−d ln 2}: C = 1. M = 1.',
    'Hypothesis. The law changes with d, so what is refuted is the claim whose hidden constants, those of Θ(N), Θ(d) and o_N(1), do not depend on the law of (X, Y).',
    'Were they allowed to, each law could have its own o_N(1), and no sample size at which its error term is small would be promised.',
    'Probability. Along N = d² the printed probability 1 − (12√d/μ*)^d e^{−Θ(N)} − N e^{−Θ(d)} − o_N(1) tends to 1: the first term is at',
    'most exp(d ln(2√d) − Θ(d²)), the second d²e^{−Θ(d)}, and the last, the deviation of the mean of |Y|, is absent since |Y| = M.',
    'Violation. With probability (1 − q)^N ≥ 1 − d²·2^{−d} → 1 all N inputs are ±e_i. Then the student with outer weight 2 on each of the',
    '2d unit neurons ±e_i has f(±e_i) = 2, training error (2 − 1)² = 1 = δ² and ‖a‖₁ = 4d, while the bound is 12/μ* < 24/13.',
    'The checks hold for each d: (1 − q) + 13d ≥ 13d, so μ* ≥ 13/2 and 12/μ* ≤ 24/13 < 4d for every d ≥ 1.',
  ].join(' '),
  assumptions: [
    {
      name: concentratedNorm.name,
      argument: 'P(‖X‖² ≤ d) ≥ 1 − 2^{−d} = 1 − e^{−d ln 2}: C = 1, at the rate ln 2 > 1/2 in d.',
    },
    { name: integrableLabels.name, argument: 'Y = 1, so M = E|Y| = 1.' },
    { name: reachableSize.name, argument: ANY_SIZE },
  ],
  verify: () => DIMENSIONS.flatMap(checksInDimension),
  data: () => ({ type: 'unseen-far-component', dimensions: DIMENSIONS }),
};

function checksInDimension(d: number): ExactCheck[] {
  const size = BigInt(d);
  const q = ratio(1n, 2n ** size);
  const far = rational(13n * size * 2n ** size);
  const near = subtract(1n, q);
  const perAxis = 2n * size;
  // The mean at w = e_1, atom by atom: only e_1 and L·e_1 have a positive part.
  const mean = add(divide(near, perAxis), multiply(divide(q, perAxis), far));
  const bound = divide(multiply(4n, 3n), mean);
  const { worstLoss, outerNorm } = student(d);
  // Bernoulli's inequality; its left side is written out while it is short.
  const least = subtract(1n, multiply(rational(size * size), q));
  return [
    settling(positiveReluMean, check(`d = ${d}: μ* = E ReLU(e_1·X)`, mean, '≥', ratio(13n, 2n))),
    check(`d = ${d}: q·L = 13d`, multiply(q, far), '=', rational(13n * size)),
    check(`d = ${d}: largest (f(x) − 1)² over x = ±e_i`, worstLoss, '≤', rational(1n)),
    check(`d = ${d}: ‖a‖₁`, outerNorm, '>', bound),
    ...(d <= 5
      ? [check(`d = ${d}: P(no far input among d²) = (1 − q)^{d²}`, power(near, d * d), '≥', least)]
      : [check(`d = ${d}: 1 − d²·2^{−d}`, least, '≥', ratio(1n, 2n))]),
  ];
}

/** The student 2·Σ_i (ReLU(x_i) + ReLU(−x_i)), evaluated on the 2d near inputs. */
function student(d: number): { worstLoss: Rational; outerNorm: Rational } {
  const neurons = Array.from({ length: d }, (_, i) => i).flatMap((axis) =>
    [1n, -1n].map((sign) => ({ axis, sign, weight: 2n })),
  );
  let worst = rational(0n);
  for (const input of neurons) {
    const output = neurons.reduce((sum, { axis, sign, weight }) => {
      const product = axis === input.axis ? sign * input.sign : 0n;
      return sum + (product > 0n ? weight * product : 0n);
    }, 0n);
    const loss = rational((output - 1n) ** 2n);
    if (compare(loss, worst) > 0) worst = loss;
  }
  return { worstLoss: worst, outerNorm: rational(neurons.reduce((s, n) => s + n.weight, 0n)) };
}

function power(base: Rational, exponent: number): Rational {
  return {
    numerator: base.numerator ** BigInt(exponent),
    denominator: base.denominator ** BigInt(exponent),
  };
}
