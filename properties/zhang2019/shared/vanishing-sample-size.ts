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
import { ASSUMED, ONE_COLUMN } from './assumption-names.js';
import type { ExactSample } from './one-column-descent.js';
import {
  exactDistance2,
  exactMinimum,
  exactOrthogonal2,
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

export const ONE = rational(1n);
export const ZERO = rational(0n);
export const HALF = parseRational('1/2');

type Relation = ExactCheck['relation'];

/** A check of two rationals. */
export function check(
  what: string,
  left: Rational,
  relation: Relation,
  right: Rational,
  settles?: string,
): ExactCheck {
  const order = compare(left, right);
  const holds = {
    '=': order === 0,
    '≤': order <= 0,
    '<': order < 0,
    '≥': order >= 0,
    '>': order > 0,
  }[relation];
  return {
    what,
    left: formatRational(left),
    relation,
    right: formatRational(right),
    holds,
    ...(settles === undefined ? {} : { settles }),
  };
}

/** Names a member: the choice of constants that it contradicts. */
export function memberName({ c, c1, c2, c3, c4, c5 }: AbsoluteConstants, d: bigint): string {
  const listed = [c, c1, c2, c3, c4, c5].map(formatRational).join(', ');
  return `d = ${d}, (c, c₁, …, c₅) = (${listed})`;
}

/** The least d = 4, 8, 16, … at which the event is likelier than the claim admits. */
function oneSampleDimension({ c5 }: AbsoluteConstants): bigint {
  let d = 4n;
  while (compare(subtract(ONE, divide(2n, d)), divide(c5, d ** 10n)) <= 0) d *= 2n;
  return d;
}

/** The constants as fractions, in the order c, c₁, …, c₅. */
export function constantsData({ c, c1, c2, c3, c4, c5 }: AbsoluteConstants): string[] {
  return [c, c1, c2, c3, c4, c5].map(formatRational);
}

/**
 * Checks of one member of the family `one-sample`: K = 1, N = 1, w* = d·e₁, w⁰ = w* + cd·e₂, noise
 * ε = ±1 (ν = 1), x₁ = (1, −1/2, 1, 0, …), η = min(1/c₂, 1/(2c₃)), T = ⌈4/(c₃η)⌉.
 */
export function oneSampleChecks(chosen: AbsoluteConstants): ExactCheck[] {
  const { c, c2, c3, c5 } = chosen;
  const stepSize = exactMinimum(divide(ONE, c2), divide(ONE, multiply(2n, c3)));
  const decay = multiply(c3, stepSize);
  const d = oneSampleDimension(chosen);
  const probability = (): Rational => subtract(ONE, divide(2n, d));
  const admitted = (): Rational => divide(c5, d ** 10n);
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
      ASSUMED.sample,
    ),
    check(
      `${name}: ‖W⁰ − W*‖² against the squared radius c²σ_K²`,
      start2,
      '≤',
      exactProduct(c, c, sigma, sigma),
      ASSUMED.start,
    ),
    check(`${name}: η against 1/(c₂κK²)`, stepSize, '≤', divide(ONE, c2), ASSUMED.step),
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
  assumptions: ONE_COLUMN,
  verify: () => SAMPLE_CONSTANTS.flatMap(oneSampleChecks),
  data: () => ({
    type: 'one-sample',
    members: SAMPLE_CONSTANTS.map((chosen) => ({
      constants: constantsData(chosen),
      dimension: Number(oneSampleDimension(chosen)),
    })),
  }),
};
