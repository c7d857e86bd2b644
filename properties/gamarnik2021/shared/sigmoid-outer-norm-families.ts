import type { Family } from '../../../src/claims/index.js';
import { settling } from '../../../src/claims/index.js';
import {
  add,
  divide,
  formatRational,
  multiply,
  ratio,
  rational,
  subtract,
} from '../../../src/math/index.js';
import {
  concentratedNorm,
  integrableLabels,
  positiveHalfspaceMass,
  positiveReluMean,
} from './assumptions.js';
import { check, eulerUpperBound, expLowerBound, roundDown } from './exact-check.js';

const RADII = [4, 10, 20, 50];

/**
 * One atom, for the printed setup alone: X = e_1, Y = 1, δ = 1. A neuron −R·e_1 outputs SGM(−R) on all data.
 */
export const sigmoidAtom: Family = {
  id: 'one-atom',
  statement:
    'X = e_1, Y = 1, δ = 1: the student (1 + e^R)·SGM(−R·x_1) interpolates every sample, and its outer norm grows without bound in R',
  argument: [
    'All data are (e_1, 1), so ‖X‖² = 1 ≤ Cd and M = 1. One neuron w = −R·e_1, ‖w‖ = R, with outer weight a = 1 + e^R = 1/SGM(−R)',
    'outputs exactly 1 on every input: L̂ = 0 ≤ δ², for every N and d and with probability 1. Its outer norm exceeds',
    '3(1 + e)(δ + 2M) = 9(1 + e) for R ≥ 4, and any other multiple of δ + 2M for R large enough: no constant serves.',
  ].join(' '),
  assumptions: [
    {
      name: concentratedNorm.name,
      argument: 'X = e_1, so ‖X‖² = 1 ≤ Cd for C = 1, surely and for every d.',
    },
    { name: integrableLabels.name, argument: 'Y = 1, so M = E|Y| = 1.' },
  ],
  verify: () => {
    const limit = multiply(9n, add(1n, eulerUpperBound()));
    return RADII.map((radius) =>
      check(
        `R = ${radius}: ‖a‖₁ = 1 + e^R (lower bound) against 9(1 + e) (upper bound)`,
        add(1n, roundDown(expLowerBound(radius))),
        '>',
        limit,
      ),
    );
  },
  data: () => ({ type: 'one-atom', radii: RADII }),
};

const FAR_PROBABILITY = ratio(1n, 2000n);
const FAR_SHARE = ratio(1n, 200n);
const RADIUS = 50;
const OUTER_NORM = 14n;

/**
 * A rare far atom, for the mean condition and for the mass condition: d = 1, X = 1 with probability 1 − p
 * and −1/p with probability p = 1/2000, Y = 0, R = 50.
 */
export const rareFarAtom: Family = {
  id: 'rare-far-atom',
  statement:
    'd = 1, X = 1 or, with probability p = 1/2000, X = −1/p; Y = 0, δ = 1, R = 50: for every N, ‖a‖₁ = 14 > 3(1 + e)(δ + 2M) with probability at least 9/10',
  argument: [
    'Assumptions: one dimension, so ‖X‖² ≤ C with C = 1/p²; M = 0; E ReLU(X) = 1 − p and E ReLU(−X) = p·(1/p) = 1, so μ* = 1 − p;',
    'P(X ≥ 1) = 1 − p and P(−X ≥ 1) = p, so inf P(w·X ≥ c) ≥ p > 0 for every margin c ≤ 1.',
    'Student: one neuron w = −50 with outer weight 14. It outputs 14·SGM(−50) < 14·e^{−50} at X = 1 and less than 14 at X = −2000, so with a',
    'share ρ of far inputs L̂ ≤ 196(ρ + e^{−100}) ≤ 1 = δ² whenever ρ ≤ 1/200. By Markov’s inequality P(ρ > 1/200) ≤ 200p = 1/10, for every N:',
    'the probability of a violation does not tend to 0. The same p → 0 defeats every constant in place of 3(1 + e): ‖a‖₁ can be about √(1/(10p)).',
  ].join(' '),
  assumptions: [
    {
      name: concentratedNorm.name,
      argument: 'd = 1 and |X| ≤ 1/p = 2000, so ‖X‖² ≤ Cd for C = 1/p², surely.',
    },
    { name: integrableLabels.name, argument: 'Y = 0, so M = E|Y| = 0.' },
  ],
  verify: () => {
    const p = FAR_PROBABILITY;
    const share = FAR_SHARE;
    const sigmoid = divide(1n, roundDown(expLowerBound(RADIUS)));
    const loss = multiply(
      rational(OUTER_NORM * OUTER_NORM),
      add(share, multiply(sigmoid, sigmoid)),
    );
    return [
      settling(
        positiveReluMean,
        check('E ReLU(−X) = p·(1/p)', multiply(p, divide(1n, p)), '=', rational(1n)),
      ),
      settling(positiveReluMean, check('E ReLU(X) = 1 − p', subtract(1n, p), '>', rational(0n))),
      settling(positiveHalfspaceMass, check('inf P(w·X ≥ 1) = p', p, '>', rational(0n))),
      check('L̂ with 14·SGM(−50) at share 1/200 of far inputs, at most', loss, '≤', rational(1n)),
      check(
        '3(1 + e)(δ + 2M), upper bound, against ‖a‖₁ = 14',
        multiply(3n, add(1n, eulerUpperBound())),
        '<',
        rational(OUTER_NORM),
      ),
      check(
        'P(more than 1/200 of the inputs are far) ≤ p/(1/200)',
        divide(p, share),
        '≤',
        ratio(1n, 10n),
      ),
    ];
  },
  data: () => ({
    type: 'rare-far-atom',
    probability: formatRational(FAR_PROBABILITY),
    share: formatRational(FAR_SHARE),
    radius: RADIUS,
    outerNorm: Number(OUTER_NORM),
  }),
};
