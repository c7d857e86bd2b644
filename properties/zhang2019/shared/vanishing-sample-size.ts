import type { ExactCheck, Family } from '../../../src/claims/index.js';
import {
  compare,
  divide,
  formatRational,
  multiply,
  parseRational,
  rational,
  subtract,
} from '../../../src/math/index.js';
import type { Rational } from '../../../src/math/index.js';
import type { ExactSample } from './one-column-descent.js';
import {
  exactDistance2,
  exactMinimum,
  exactOrthogonal2,
  exactPower,
  exactProduct,
  exactRelu,
  exactStep,
  exactSum,
} from './one-column-descent.js';

/** A choice of the theorem's absolute constants, as fractions. */
export interface AbsoluteConstants {
  readonly c: Rational;
  readonly c1: Rational;
  readonly c2: Rational;
  readonly c3: Rational;
  readonly c4: Rational;
  readonly c5: Rational;
}

const constants = (...texts: readonly [string, string, string, string, string, string]) => {
  const [c, c1, c2, c3, c4, c5] = texts.map(parseRational);
  return { c, c1, c2, c3, c4, c5 };
};

/** Choices for which the families' checks are made, each kinder to the theorem than the one before. */
export const SAMPLE_CONSTANTS: readonly AbsoluteConstants[] = [
  constants('1/10', '1', '1', '1/10', '1', '1'),
  constants('1/1000', '10', '10', '1/100', '1000', '1000'),
  constants('1/1000000', '100', '100', '1/1000', '1000000', '1000000'),
];

const ONE = rational(1n);
const ZERO = rational(0n);
const HALF = parseRational('1/2');

type Relation = ExactCheck['relation'];

function check(what: string, left: Rational, relation: Relation, right: Rational): ExactCheck {
  const order = compare(left, right);
  const holds = {
    '=': order === 0,
    '≤': order <= 0,
    '<': order < 0,
    '≥': order >= 0,
    '>': order > 0,
  }[relation];
  return { what, left: formatRational(left), relation, right: formatRational(right), holds };
}

/** Names a member: the choice of constants that it contradicts. */
function memberName({ c, c1, c2, c3, c4, c5 }: AbsoluteConstants, d: bigint): string {
  const listed = [c, c1, c2, c3, c4, c5].map(formatRational).join(', ');
  return `d = ${d}, (c, c₁, …, c₅) = (${listed})`;
}

/**
 * Checks of one member of the family `one-sample`: K = 1, N = 1, w* = d·e₁, w⁰ = w* + cd·e₂, noise
 * ε = ±1 (ν = 1), x₁ = (1, −1/2, 1, 0, …), η = min(1/c₂, 1/(2c₃)), T = ⌈4/(c₃η)⌉.
 */
export function oneSampleChecks(chosen: AbsoluteConstants): ExactCheck[] {
  const { c, c2, c3, c5 } = chosen;
  const stepSize = exactMinimum(divide(ONE, c2), divide(ONE, multiply(2n, c3)));
  const decay = multiply(c3, stepSize);
  let d = 4n;
  const probability = (): Rational => subtract(ONE, divide(2n, d));
  const admitted = (): Rational => divide(c5, d ** 10n);
  while (compare(probability(), admitted()) <= 0) d *= 2n;
  const sigma = rational(d);
  const radius = multiply(c, sigma);
  const teacher = [sigma, ZERO, ZERO];
  const start = [sigma, radius, ZERO];
  const input = [ONE, parseRational('-1/2'), ONE];
  const sample: ExactSample[] = [{ input, label: exactSum(exactRelu(teacher, input), 1n) }];
  const name = memberName(chosen, d);
  const offset2 = (w: readonly Rational[]): Rational =>
    exactOrthogonal2(
      w.map((entry, p) => subtract(entry, teacher[p])),
      input,
    );
  let w: Rational[] = start;
  for (let t = 0; t < 3; t += 1) w = exactStep(w, sample, stepSize);
  const quotient = divide(4n, decay);
  const steps = (quotient.numerator + quotient.denominator - 1n) / quotient.denominator;
  const start2 = exactDistance2(start, teacher);
  const right = divide(start2, exactSum(1n, multiply(decay, steps)));
  const orthogonal2 = offset2(start);
  return [
    check(
      `${name}: λκKd/σ_K, whose logarithm is then ≤ 0, so that N = 1 is admitted`,
      divide(d, sigma),
      '≤',
      ONE,
    ),
    check(
      `${name}: ‖W⁰ − W*‖² against the squared radius c²σ_K²`,
      start2,
      '≤',
      exactProduct(c, c, sigma, sigma),
    ),
    check(`${name}: η against 1/(c₂κK²)`, stepSize, '≤', divide(ONE, c2)),
    check(`${name}: c₃η/(λκ²)`, decay, '≤', HALF),
    check(
      `${name}: squared offset orthogonal to x₁ after three exact steps, against the start's`,
      offset2(w),
      '=',
      orthogonal2,
    ),
    check(
      `${name}: that offset, below ‖W^T − W*‖² for every T, against the right side at T = ${steps} (bounded by ‖W⁰ − W*‖²/(1 + c₃ηT), statistical term 0 since log 1 = 0)`,
      orthogonal2,
      '>',
      right,
    ),
    check(
      `${name}: the event's probability, at least 1 − 2/d, against c₅/d¹⁰`,
      probability(),
      '>',
      admitted(),
    ),
    check(
      `${name}: on the event the offset is at least half of ‖W⁰ − W*‖²; half of it against the right side`,
      multiply(HALF, start2),
      '>',
      right,
    ),
  ];
}

/** The family that makes the statistical term vanish. */
export const oneSample: Family = {
  id: 'one-sample',
  statement:
    'K = 1, σ_K = ‖w*‖ = d, N = 1: the printed sample size is ≤ 0 and the printed statistical term is 0, while gradient descent moves along x₁ alone and keeps the error orthogonal to it',
  argument: [
    'With one column κ = λ = K = 1, and σ_K = d makes log(λκKd/σ_K) = log 1 = 0, so N = 1 satisfies the demand for every c₁.',
    'Let W⁰ = w* + cd·e with a unit vector e orthogonal to w*, which is on the admitted sphere, and let η ≤ 1/c₂ with 0 < c₃η ≤ 1/2.',
    'Every gradient is a multiple of x₁, so the part of W^t − w* orthogonal to x₁ never changes; its square is c²d²(1 − (e·x₁)²/‖x₁‖²), noise or not.',
    'By symmetry E(e·x₁)²/‖x₁‖² = 1/d, so by Markov’s inequality that square is at least c²d²/2 with probability at least 1 − 2/d.',
    'The right side of (4.1) is (1 − c₃η)^T c²d² + c₄d·(log 1)/1·(…) = (1 − c₃η)^T c²d² ≤ c²d²/(1 + c₃ηT), less than half of c²d² from T = 4/(c₃η) on.',
    'So (4.1) fails with probability at least 1 − 2/d, which exceeds c₅/d¹⁰ for all large d, whatever the positive constants are.',
  ].join(' '),
  verify: () => SAMPLE_CONSTANTS.flatMap(oneSampleChecks),
};

/** How the teacher's length makes the demanded sample size small. */
export type Logarithm = 'zero' | 'positive';

/**
 * Checks of one member of the families `overshooting-step…`: K = 1, w* = σe₁, w⁰ = σ(e₁ + ce₂), noise
 * ε = ±1 (ν = 1), x₁ = (2, −1, √(d/2), 0, …), x₂ = … = x_N = (−1, 1/2, −1, 0, …),
 * η = min(1/c₂, 1/c₃), T = 2.
 */
export function overshootingChecks(chosen: AbsoluteConstants, logarithm: Logarithm): ExactCheck[] {
  const { c, c1, c2, c3, c4, c5 } = chosen;
  const stepSize = exactMinimum(divide(ONE, c2), divide(ONE, c3));
  const demand = multiply(2n, c1);
  const ceiling = (demand.numerator + demand.denominator - 1n) / demand.denominator;
  const sampleSize = logarithm === 'zero' || ceiling < 2n ? 2n : ceiling;
  const member = (root: bigint) => {
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
      start2,
      overshoot,
      reach,
      right,
      lower,
      probability,
      admitted,
      large,
    };
  };
  let root = 4n; // d ≥ 32, so that Chebyshev's bound of the argument applies
  while (!member(root).large) root *= 2n;
  const { d, sigma, radius, overshoot, reach, right, lower, probability, admitted } = member(root);

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
    ),
    check(
      `${name}: ‖W⁰ − W*‖² against the squared radius c²σ_K²`,
      exactDistance2(start, teacher),
      '≤',
      exactProduct(c, c, sigma, sigma),
    ),
    check(`${name}: c`, c, '≤', HALF),
    check(`${name}: η against 1/(c₂κK²)`, stepSize, '≤', divide(ONE, c2)),
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
  verify: () => SAMPLE_CONSTANTS.flatMap((chosen) => overshootingChecks(chosen, 'zero')),
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
  verify: () => SAMPLE_CONSTANTS.flatMap((chosen) => overshootingChecks(chosen, 'positive')),
};
