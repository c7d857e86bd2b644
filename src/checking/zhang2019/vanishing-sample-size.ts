import { ARGUMENTS } from '../arguments.js';
import { ASSUMED } from '../assumptions.js';
import type { Evidence, Finding } from '../finding.js';
import type { Rational } from '../rational.js';
import {
  ONE,
  ZERO,
  ceiling,
  fraction,
  inner,
  integer,
  minus,
  over,
  plus,
  positivePart,
  power,
  signOf,
  smaller,
  times,
  total,
  written,
} from '../rational.js';
import { list, record, vector, whole } from '../read.js';
import { demand } from '../rejection.js';
import type { Statement } from '../statement.js';
import { compared, settling } from '../statement.js';

type Vector = readonly Rational[];

/** The theorem's absolute constants c, c₁, …, c₅. */
type Constants = readonly Rational[];

interface Sample {
  readonly input: Vector;
  readonly label: Rational;
}

/** One step w − (η/N)Σ_i(max(0, w·x_i) − y_i)·1{w·x_i ≥ 0}·x_i. */
function gradientStep(w: Vector, sample: readonly Sample[], stepSize: Rational): Rational[] {
  const changes = sample.map(({ input, label }) => {
    const along = inner(w, input);
    return signOf(along) < 0 ? ZERO : minus(positivePart(along), label);
  });
  const factor = over(stepSize, integer(sample.length));
  return w.map((entry, p) =>
    minus(
      entry,
      times(
        factor,
        inner(
          changes,
          sample.map(({ input }) => input[p]),
        ),
      ),
    ),
  );
}

function squaredDistance(u: Vector, v: Vector): Rational {
  return total(u.map((entry, p) => power(minus(entry, v[p]), 2)));
}

const HALF = fraction(1n, 2n);

function readConstants(value: unknown, where: string): Constants {
  const constants = vector(value, where, 6);
  demand(
    constants.every((c) => signOf(c) > 0),
    `${where} must be positive`,
  );
  return constants;
}

function memberName(constants: Constants, d: bigint): string {
  return `d = ${d}, (c, c₁, …, c₅) = (${constants.map(written).join(', ')})`;
}

/** w* = d·e₁, w⁰ = w* + cd·e₂, one sample x₁ = (1, −1/2, 1, 0, …) with noise 1. */
function oneSampleMember(value: unknown, index: number): Statement[] {
  const where = `certificate.data.members[${index}]`;
  const member = record(value, where, ['constants', 'dimension']);
  const constants = readConstants(member.constants, `${where}.constants`);
  const d = BigInt(whole(member.dimension, `${where}.dimension`, 3, 1e9));
  const [c, , c2, c3, , c5] = constants;
  const stepSize = smaller(over(ONE, c2), over(HALF, c3));
  const decay = times(c3, stepSize);
  const sigma = fraction(d);
  const teacher = [sigma, ZERO, ZERO];
  const start = [sigma, times(c, sigma), ZERO];
  const input = [ONE, fraction(-1n, 2n), ONE];
  const sample = [{ input, label: plus(positivePart(inner(teacher, input)), ONE) }];
  const orthogonal = (w: Vector): Rational => {
    const offset = w.map((entry, p) => minus(entry, teacher[p]));
    const along = inner(offset, input);
    return minus(inner(offset, offset), over(times(along, along), inner(input, input)));
  };
  let w: Vector = start;
  for (let t = 0; t < 3; t += 1) w = gradientStep(w, sample, stepSize);
  const steps = ceiling(over(integer(4), decay));
  const start2 = squaredDistance(start, teacher);
  const right = over(start2, plus(ONE, times(decay, fraction(steps))));
  const probability = minus(ONE, fraction(2n, d));
  const name = memberName(constants, d);
  return [
    settling(
      ASSUMED.largeSample,
      compared(
        `${name}: λκKd/σ_K, whose logarithm is then ≤ 0, so that N = 1 is admitted`,
        over(fraction(d), sigma),
        '≤',
        ONE,
      ),
    ),
    settling(
      ASSUMED.closeStart,
      compared(
        `${name}: ‖W⁰ − W*‖² against the squared radius c²σ_K²`,
        start2,
        '≤',
        times(c, c, sigma, sigma),
      ),
    ),
    settling(
      ASSUMED.smallStep,
      compared(`${name}: η against 1/(c₂κK²)`, stepSize, '≤', over(ONE, c2)),
    ),
    compared(`${name}: c₃η/(λκ²)`, decay, '≤', HALF),
    compared(
      `${name}: squared offset orthogonal to x₁ after three exact steps, against the start's`,
      orthogonal(w),
      '=',
      orthogonal(start),
    ),
    compared(
      `${name}: that offset, below ‖W^T − W*‖² for every T, against the right side at T = ${steps} (bounded by ‖W⁰ − W*‖²/(1 + c₃ηT), statistical term 0 since log 1 = 0)`,
      orthogonal(start),
      '>',
      right,
    ),
    compared(
      `${name}: the event's probability, at least 1 − 2/d, against c₅/d¹⁰`,
      probability,
      '>',
      over(c5, power(fraction(d), 10)),
    ),
    compared(
      `${name}: on the event the offset is at least half of ‖W⁰ − W*‖²; half of it against the right side`,
      times(HALF, start2),
      '>',
      right,
    ),
  ];
}

/** N = 1: the statistical term vanishes and the error orthogonal to x₁ stays (data: constants, d). */
export function oneSampleFinding({ data }: Evidence): Finding {
  return membersFinding(
    data,
    'K = 1, σ_K = ‖w*‖ = d, N = 1: the printed sample size is ≤ 0 and the printed statistical term is 0, while gradient descent moves along x₁ alone and keeps the error orthogonal to it',
    ARGUMENTS.oneSample,
    oneSampleMember,
    [
      'members like these exist for every choice of the constants',
      'the event has probability at least 1 − 2/d (Markov’s inequality)',
    ],
  );
}

function membersFinding(
  data: unknown,
  statement: string,
  argument: string,
  read: (value: unknown, index: number) => Statement[],
  argued: readonly string[],
): Finding {
  const { members } = record(data, 'certificate.data', ['members']);
  return {
    clause: statement,
    statement,
    argument,
    statements: list(members, 'certificate.data.members', 1, 32).flatMap(read),
    facts: [],
    argued,
    sides: null,
  };
}

/**
 * w* = σe₁, w⁰ = σ(e₁ + ce₂), x₁ = (2, −1, √(d/2), 0, …), x₂ = … = x_N = (−1, 1/2, −1, 0, …), noise 1, η = min(1/c₂, 1/c₃),
 * with d = 2·root².
 */
function overshootingMember(value: unknown, index: number, isZero: boolean): Statement[] {
  const where = `certificate.data.members[${index}]`;
  const member = record(value, where, ['constants', 'root']);
  const constants = readConstants(member.constants, `${where}.constants`);
  const root = BigInt(whole(member.root, `${where}.root`, 4, Number.MAX_SAFE_INTEGER));
  const [c, c1, c2, c3, c4, c5] = constants;
  const stepSize = smaller(over(ONE, c2), over(ONE, c3));
  const demanded = ceiling(times(integer(2), c1));
  const sampleSize = isZero || demanded < 2n ? 2n : demanded;
  demand(sampleSize <= 1000n, `${where}: the sample is too large to be listed`);
  const d = 2n * root * root;
  const [dim, size] = [fraction(d), fraction(sampleSize)];
  const sigma = isZero ? dim : fraction(d * d, d + 1n);
  const radius = times(c, sigma);
  const start2 = times(radius, radius);
  // ‖x₁‖² ≥ d/2 and |r₁| ≥ cσ/2 on the event.
  const overshoot = minus(times(stepSize, over(dim, times(integer(2), size))), integer(2));
  const reach = times(over(stepSize, size), HALF, overshoot, fraction(root));
  // log N/N ≤ 1/e < 1/2.
  const right = plus(start2, times(c4, dim, HALF, plus(times(sigma, sigma), ONE)));
  const lower = times(start2, power(minus(reach, ONE), 2));
  const probability = fraction(1n, 1152n * 16n ** (sampleSize - 1n));
  const teacher = [sigma, ZERO, ZERO];
  const start = [sigma, radius, ZERO];
  const labelled = (input: Vector): Sample => ({
    input,
    label: plus(positivePart(inner(teacher, input)), ONE),
  });
  const other = labelled([integer(-1), HALF, integer(-1)]);
  const sample = [
    labelled([integer(2), integer(-1), fraction(root)]),
    ...Array.from({ length: Number(sampleSize) - 1 }, () => other),
  ];
  const end = gradientStep(gradientStep(start, sample, stepSize), sample, stepSize);
  const excess = minus(over(dim, sigma), ONE);
  const name = `${memberName(constants, d)}, N = ${sampleSize}`;
  return [
    isZero
      ? compared(`${name}: λκKd/σ_K, whose logarithm is then ≤ 0`, over(dim, sigma), '≤', ONE)
      : compared(`${name}: λκKd/σ_K, whose logarithm is then > 0`, over(dim, sigma), '>', ONE),
    settling(
      ASSUMED.largeSample,
      compared(
        `${name}: the demanded sample size, at most c₁d(λκKd/σ_K − 1)(1 + ν²/σ²) since log x ≤ x − 1, against N`,
        times(c1, dim, excess, plus(ONE, over(ONE, times(sigma, sigma)))),
        '≤',
        size,
      ),
    ),
    settling(
      ASSUMED.closeStart,
      compared(
        `${name}: ‖W⁰ − W*‖² against the squared radius c²σ_K²`,
        squaredDistance(start, teacher),
        '≤',
        times(c, c, sigma, sigma),
      ),
    ),
    compared(`${name}: c`, c, '≤', HALF),
    settling(
      ASSUMED.smallStep,
      compared(`${name}: η against 1/(c₂κK²)`, stepSize, '≤', over(ONE, c2)),
    ),
    compared(`${name}: c₃η/(λκ²)`, times(c3, stepSize), '≤', ONE),
    compared(`${name}: cσ, so that the residual is at least cσ/2`, radius, '≥', integer(2)),
    compared(`${name}: η‖x₁‖²/N − 2 on the event, at least`, overshoot, '>', ZERO),
    compared(`${name}: ‖W² − W⁰‖/(cσ) on the event, at least`, reach, '>', ONE),
    compared(
      `${name}: the event’s lower bound of ‖W² − W*‖² against an upper bound of the right side`,
      lower,
      '>',
      right,
    ),
    compared(
      `${name}: ‖W² − W*‖² after two exact steps on one sample of the event, against the same`,
      squaredDistance(end, teacher),
      '>',
      right,
    ),
    compared(
      `${name}: the event’s probability, at least, against c₅/d¹⁰`,
      probability,
      '>',
      over(c5, power(dim, 10)),
    ),
  ];
}

/** Two admitted steps overshoot (data: constants and √(d/2)); `zero` or a positive logarithm in the sample size. */
export function overshootingFinding({ data }: Evidence, logarithm: 'zero' | 'positive'): Finding {
  const isZero = logarithm === 'zero';
  return membersFinding(
    data,
    isZero
      ? 'K = 1, σ_K = ‖w*‖ = d, N = 2: the printed sample size is ≤ 0, and two steps of the admitted size 1/c₂ overshoot along x₁ by d^{3/2} times the initial error, far beyond the statistical term'
      : 'K = 1, σ_K = ‖w*‖ = d²/(d + 1), N = max(2, ⌈2c₁⌉): the logarithm is positive and the printed sample size still bounded in d, and two steps of size 1/c₂ overshoot beyond the statistical term',
    isZero ? ARGUMENTS.overshooting : ARGUMENTS.overshootingPositive,
    (value, index) => overshootingMember(value, index, isZero),
    [
      'members like these exist for every choice of the constants',
      'the event’s probability and the bounds that hold on it',
    ],
  );
}
