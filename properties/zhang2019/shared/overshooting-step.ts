import type { CertificateData, ExactCheck, Family } from '../../../src/claims/index.js';
import { compare, divide, multiply, rational, subtract } from '../../../src/math/index.js';
import type { Rational } from '../../../src/math/index.js';
import { ASSUMED, ONE_COLUMN } from './assumption-names.js';
import type { ExactSample } from './one-column-descent.js';
import {
  exactDistance2,
  exactMinimum,
  exactPower,
  exactProduct,
  exactRelu,
  exactStep,
  exactSum,
} from './one-column-descent.js';
import type { AbsoluteConstants } from './vanishing-sample-size.js';
import {
  check,
  constantsData,
  HALF,
  memberName,
  ONE,
  SAMPLE_CONSTANTS,
  ZERO,
} from './vanishing-sample-size.js';

/** How the teacher's length makes the demanded sample size small. */
export type Logarithm = 'zero' | 'positive';

/** What the checks of the member with d = 2·root² compare; `large` where all of them hold. */
function memberOf(chosen: AbsoluteConstants, logarithm: Logarithm, root: bigint) {
  const { c, c1, c2, c3, c4, c5 } = chosen;
  const stepSize = exactMinimum(divide(ONE, c2), divide(ONE, c3));
  const demand = multiply(2n, c1);
  const ceiling = (demand.numerator + demand.denominator - 1n) / demand.denominator;
  const sampleSize = logarithm === 'zero' || ceiling < 2n ? 2n : ceiling;
  const d = 2n * root * root;
  const sigma = logarithm === 'zero' ? rational(d) : divide(d * d, d + 1n);
  const radius = multiply(c, sigma);
  const start2 = multiply(radius, radius);
  // ‖x₁‖² ≥ d/2 and |r₁| ≥ cσ/2 on the event.
  const overshoot = subtract(exactProduct(stepSize, divide(d, 2n * sampleSize)), rational(2n));
  const reach = exactProduct(divide(stepSize, sampleSize), HALF, overshoot, root);
  const noise2 = ONE;
  // log N/N ≤ 1/e < 1/2.
  const right = exactSum(
    start2,
    exactProduct(c4, d, HALF, exactSum(multiply(sigma, sigma), noise2)),
  );
  const lower = multiply(start2, exactPower(subtract(reach, ONE), 2));
  const probability = divide(ONE, 1152n * 16n ** (sampleSize - 1n));
  const admitted = divide(c5, d ** 10n);
  const large =
    compare(reach, ONE) > 0 &&
    compare(overshoot, ZERO) > 0 &&
    compare(radius, 2n) >= 0 &&
    compare(lower, right) > 0 &&
    compare(probability, admitted) > 0;
  return {
    d,
    sigma,
    radius,
    stepSize,
    sampleSize,
    overshoot,
    reach,
    right,
    lower,
    probability,
    admitted,
    large,
  };
}

/** The least root = 4, 8, 16, … at which a member contradicts the constants. */
function overshootingRoot(chosen: AbsoluteConstants, logarithm: Logarithm): bigint {
  let root = 4n; // d ≥ 32, so that Chebyshev's bound of the argument applies
  while (!memberOf(chosen, logarithm, root).large) root *= 2n;
  return root;
}

/**
 * Checks of one member of the families `overshooting-step…`: K = 1, w* = σe₁, w⁰ = σ(e₁ + ce₂), noise
 * ε = ±1 (ν = 1), x₁ = (2, −1, √(d/2), 0, …), x₂ = … = x_N = (−1, 1/2, −1, 0, …),
 * η = min(1/c₂, 1/c₃), T = 2.
 */
export function overshootingChecks(chosen: AbsoluteConstants, logarithm: Logarithm): ExactCheck[] {
  const { c, c1, c2, c3 } = chosen;
  const root = overshootingRoot(chosen, logarithm);
  const member = memberOf(chosen, logarithm, root);
  const { d, sigma, radius, stepSize, sampleSize, overshoot, reach, right, lower } = member;
  const { probability, admitted } = member;
  const teacher = [sigma, ZERO, ZERO];
  const start = [sigma, radius, ZERO];
  const first = [rational(2n), rational(-1n), rational(root)];
  const other = [rational(-1n), HALF, rational(-1n)];
  const labelled = (input: Rational[]): ExactSample => ({
    input,
    label: exactSum(exactRelu(teacher, input), 1n),
  });
  const sample = [
    labelled(first),
    ...Array.from({ length: Number(sampleSize) - 1 }, () => labelled(other)),
  ];
  const end = exactStep(exactStep(start, sample, stepSize), sample, stepSize);
  const name = `${memberName(chosen, d)}, N = ${sampleSize}`;
  const excess = subtract(divide(d, sigma), ONE);
  return [
    logarithm === 'zero'
      ? check(`${name}: λκKd/σ_K, whose logarithm is then ≤ 0`, divide(d, sigma), '≤', ONE)
      : check(`${name}: λκKd/σ_K, whose logarithm is then > 0`, divide(d, sigma), '>', ONE),
    check(
      `${name}: the demanded sample size, at most c₁d(λκKd/σ_K − 1)(1 + ν²/σ²) since log x ≤ x − 1, against N`,
      exactProduct(c1, d, excess, exactSum(1n, divide(1n, multiply(sigma, sigma)))),
      '≤',
      rational(sampleSize),
      ASSUMED.sample,
    ),
    check(
      `${name}: ‖W⁰ − W*‖² against the squared radius c²σ_K²`,
      exactDistance2(start, teacher),
      '≤',
      exactProduct(c, c, sigma, sigma),
      ASSUMED.start,
    ),
    check(`${name}: c`, c, '≤', HALF),
    check(`${name}: η against 1/(c₂κK²)`, stepSize, '≤', divide(ONE, c2), ASSUMED.step),
    check(`${name}: c₃η/(λκ²)`, multiply(c3, stepSize), '≤', ONE),
    check(`${name}: cσ, so that the residual is at least cσ/2`, radius, '≥', rational(2n)),
    check(`${name}: η‖x₁‖²/N − 2 on the event, at least`, overshoot, '>', ZERO),
    check(`${name}: ‖W² − W⁰‖/(cσ) on the event, at least`, reach, '>', ONE),
    check(
      `${name}: the event’s lower bound of ‖W² − W*‖² against an upper bound of the right side`,
      lower,
      '>',
      right,
    ),
    check(
      `${name}: ‖W² − W*‖² after two exact steps on one sample of the event, against the same`,
      exactDistance2(end, teacher),
      '>',
      right,
    ),
    check(`${name}: the event’s probability, at least, against c₅/d¹⁰`, probability, '>', admitted),
  ];
}

function overshootingData(type: string, logarithm: Logarithm): CertificateData {
  return {
    type,
    members: SAMPLE_CONSTANTS.map((chosen) => ({
      constants: constantsData(chosen),
      root: Number(overshootingRoot(chosen, logarithm)),
    })),
  };
}

const OVERSHOOT_ARGUMENT = [
  'With one column κ = λ = K = 1. It is enough to refute c ≤ 1/2, since a theorem that holds for c holds for every smaller c.',
  'Let u ⟂ w* be a unit vector, W⁰ = w* + cσu, η = min(1/c₂, 1/c₃), and write a_i = x_i·w*/σ and b_i = x_i·u, independent N(0, 1).',
  'Event: a₁ ∈ [1, 2], b₁ ∈ [−2, −1], the other coordinates of x₁ have squared length ≥ d/2, and for i ≥ 2: b_i > 0, a_i < −b_i, and the other coordinates give x₁ and x_i an inner product ≤ 0.',
  'Its probability is at least (1/24)²·½·(1/16)^{N−1} = 1/(1152·16^{N−1}): P(1 ≤ Z ≤ 2) ≥ e^{−2}/√(2π) > 1/24; Chebyshev for χ² with d − 2 ≥ 22 degrees of freedom; P(b > 0, a < −b) = 1/8; a symmetric sign.',
  'There the neuron is active on x₁ alone at W⁰ (a₁ + cb₁ ≥ 0 and a_i + cb_i < 0), with residual r = cσb₁ − ε₁ ≤ −cσ + 1 ≤ −cσ/2 once cσ ≥ 2.',
  'The first step moves w along +x₁, so it stays active on x₁ and inactive on the others (x₁·x_i ≤ 0), and the residual becomes |r|(q − 1) with q = η‖x₁‖²/N ≥ ηd/(2N).',
  'After the second step W² − W⁰ = −(η/N)|r|(q − 2)x₁, of length at least (η/N)(cσ/2)(ηd/(2N) − 2)√(d/2), which grows like cση²d^{3/2}.',
  'The right side of (4.1) at T = 2 is at most c²σ² + c₄d·½·(σ² + ν²), which grows like dσ² (log N/N < 1/2). So (4.1) fails on the event for all large d, and the event’s probability, a positive number that does not depend on d, exceeds c₅/d¹⁰ for all large d.',
];

/** The family that makes the first steps overshoot, at sizes ≥ 2. */
export const overshootingStep: Family = {
  id: 'overshooting-step',
  statement:
    'K = 1, σ_K = ‖w*‖ = d, N = 2: the printed sample size is ≤ 0, and two steps of the admitted size 1/c₂ overshoot along x₁ by d^{3/2} times the initial error, far beyond the statistical term',
  argument: [
    'σ_K = d makes log(λκKd/σ_K) = 0, so N = 2 satisfies the demand for every c₁.',
    ...OVERSHOOT_ARGUMENT,
  ].join(' '),
  assumptions: ONE_COLUMN,
  verify: () => SAMPLE_CONSTANTS.flatMap((chosen) => overshootingChecks(chosen, 'zero')),
  data: () => overshootingData('overshooting-step', 'zero'),
};

/** The same with a positive logarithm: asking for log > 0 does not repair the statement. */
export const overshootingStepPositive: Family = {
  id: 'overshooting-step-positive-logarithm',
  statement:
    'K = 1, σ_K = ‖w*‖ = d²/(d + 1), N = max(2, ⌈2c₁⌉): the logarithm is positive and the printed sample size still bounded in d, and two steps of size 1/c₂ overshoot beyond the statistical term',
  argument: [
    'σ_K = d²/(d + 1) makes log(λκKd/σ_K) = log(1 + 1/d) ≤ 1/d, so the demand is at most c₁(1 + ν²/σ²) ≤ 2c₁, whatever d.',
    ...OVERSHOOT_ARGUMENT,
  ].join(' '),
  assumptions: ONE_COLUMN,
  verify: () => SAMPLE_CONSTANTS.flatMap((chosen) => overshootingChecks(chosen, 'positive')),
  data: () => overshootingData('overshooting-step-positive-logarithm', 'positive'),
};
