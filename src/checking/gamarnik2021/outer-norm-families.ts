import { ARGUMENTS } from '../arguments.js';
import { ASSUMED } from '../assumptions.js';
import type { Enclosure } from '../enclosure.js';
import { exponential, inverseOf, productOf } from '../enclosure.js';
import type { Evidence, Finding } from '../finding.js';
import type { Rational } from '../rational.js';
import {
  ONE,
  ZERO,
  fraction,
  integer,
  larger,
  minus,
  over,
  plus,
  positivePart,
  power,
  signOf,
  times,
  total,
  written,
} from '../rational.js';
import { exact, list, record, vector, whole } from '../read.js';
import { demand } from '../rejection.js';
import type { Statement } from '../statement.js';
import { compared, settling } from '../statement.js';

/** A family's finding: its clause is its statement. */
function familyFinding(
  statement: string,
  argument: string,
  statements: readonly Statement[],
  argued: readonly string[],
): Finding {
  return { clause: statement, statement, argument, statements, facts: [], argued, sides: null };
}

/** Step, literal: a neuron that is 0 on all data has a free outer weight (data: values of η). */
export function silentNeuron({ data }: Evidence): Finding {
  const { etas } = record(data, 'certificate.data', ['etas']);
  const values = vector(etas, 'certificate.data.etas');
  demand(values.length > 0 && values.every((eta) => signOf(eta) > 0), 'η must be > 0');
  return familyFinding(
    'X = e_1, Y = 1, δ = 1: the step neuron w = −e_1 outputs 0 on every input, so its outer weight is free and sup ‖a‖₁ = ∞',
    ARGUMENTS.silentNeuron,
    [
      compared('w·X for w = −e_1, X = e_1: Step(w·X) = 0', integer(-1), '<', ZERO),
      compared('L̂ = (0 − Y)² at Y = 1 against δ² = 1', ONE, '≤', ONE),
      ...values.map((eta) =>
        compared(
          `η = ${eta.top}/${eta.bottom}: ‖a‖₁ = 7/η against 2(δ + 2M)/η`,
          over(integer(7), eta),
          '>',
          over(integer(6), eta),
        ),
      ),
    ],
    ['the same holds for every η > 0, N and d: 7/η > 6/η'],
  );
}

/** factor·(1 + e). */
function timesOnePlusE(factor: number): Rational {
  return times(integer(factor), plus(ONE, exponential(1).upper));
}

/** Sigmoid, literal: one atom, fitted by one neuron (data: radii R). */
export function oneAtom({ data }: Evidence): Finding {
  const { radii } = record(data, 'certificate.data', ['radii']);
  const values = list(radii, 'certificate.data.radii', 1, 32).map((radius, i) =>
    whole(radius, `certificate.data.radii[${i}]`, 1, 500),
  );
  return familyFinding(
    'X = e_1, Y = 1, δ = 1: the student (1 + e^R)·SGM(−R·x_1) interpolates every sample, and its outer norm grows without bound in R',
    ARGUMENTS.oneAtom,
    values.map((radius) => ({
      what: `R = ${radius}: ‖a‖₁ = 1 + e^R (lower bound) against 9(1 + e) (upper bound)`,
      left: { kind: 'at-least', bound: plus(ONE, exponential(radius).lower) },
      relation: '>',
      right: { kind: 'at-most', bound: timesOnePlusE(9) },
    })),
    ['1 + e^R exceeds every constant for R large enough', '(1 + e^R)·SGM(−R) = 1'],
  );
}

/**
 * Sigmoid, mean and mass condition: X = 1, or −1/p with probability p; the student 14·SGM(−50x) (data: p, the share ρ
 * of far inputs, R and ‖a‖₁).
 */
export function rareFarAtom({ data }: Evidence): Finding {
  const where = 'certificate.data';
  const fields = record(data, where, ['probability', 'share', 'radius', 'outerNorm']);
  const p = exact(fields.probability, `${where}.probability`);
  const share = exact(fields.share, `${where}.share`);
  demand(signOf(p) > 0 && signOf(share) > 0, `${where}: probability and share must be > 0`);
  const radius = whole(fields.radius, `${where}.radius`, 1, 500);
  const outerNorm = whole(fields.outerNorm, `${where}.outerNorm`, 1, 1e9);
  // SGM(−R) < e^{−R}, and at far inputs the output is below ‖a‖₁.
  const sigmoid: Enclosure = inverseOf(exponential(radius));
  const square = integer(outerNorm * outerNorm);
  const loss = times(square, plus(share, productOf(sigmoid, sigmoid).upper));
  const norm = integer(outerNorm);
  demand(
    written(p) === '1/2000' && written(share) === '1/200' && radius === 50 && outerNorm === 14,
    `${where}: the statement is about p = 1/2000, share 1/200, R = 50 and ‖a‖₁ = 14`,
  );
  return familyFinding(
    'd = 1, X = 1 or, with probability p = 1/2000, X = −1/p; Y = 0, δ = 1, R = 50: for every N, ‖a‖₁ = 14 > 3(1 + e)(δ + 2M) with probability at least 9/10',
    ARGUMENTS.rareFarAtom,
    [
      settling(
        ASSUMED.positiveReluMean,
        compared('E ReLU(−X) = p·(1/p)', times(p, over(ONE, p)), '=', ONE),
      ),
      settling(ASSUMED.positiveReluMean, compared('E ReLU(X) = 1 − p', minus(ONE, p), '>', ZERO)),
      settling(ASSUMED.positiveHalfspaceMass, compared('inf P(w·X ≥ 1) = p', p, '>', ZERO)),
      {
        what: 'L̂ with 14·SGM(−50) at share 1/200 of far inputs, at most',
        left: { kind: 'at-most', bound: loss },
        relation: '≤',
        right: { kind: 'exact', value: ONE },
      },
      {
        what: '3(1 + e)(δ + 2M), upper bound, against ‖a‖₁ = 14',
        left: { kind: 'at-most', bound: timesOnePlusE(3) },
        relation: '<',
        right: { kind: 'exact', value: norm },
      },
      compared(
        'P(more than 1/200 of the inputs are far) ≤ p/(1/200)',
        over(p, share),
        '≤',
        fraction(1n, 10n),
      ),
    ],
    ['Markov’s inequality for every N: the probability of a violation does not tend to 0'],
  );
}

/** ReLU, literal: a law whose mean lives on a component that d² samples do not see (data: dimensions). */
export function unseenFarComponent({ data }: Evidence): Finding {
  const { dimensions } = record(data, 'certificate.data', ['dimensions']);
  const values = list(dimensions, 'certificate.data.dimensions', 1, 32).map((d, i) =>
    whole(d, `certificate.data.dimensions[${i}]`, 1, 200),
  );
  return familyFinding(
    'X = ±e_i or, with probability 2^{−d} in all, ±13d·2^d·e_i; Y = 1, δ = 1, N = d²: sup ‖a‖₁ ≥ 4d > 4(δ + 2M)/μ* with probability at least 1 − d²·2^{−d}, which contradicts the claim if its hidden constants do not depend on the law',
    ARGUMENTS.unseenFarComponent,
    values.flatMap(unseenMember),
    [
      'the hypothesis that the hidden constants do not depend on the law, which changes with d',
      'the printed probability tends to 1 along N = d², and so does 1 − d²·2^{−d}',
      'μ* = ((1 − q) + qL)/(2d) ≥ 13/2 for every d, so 12/μ* < 4d',
    ],
  );
}

function unseenMember(d: number): Statement[] {
  const size = integer(d);
  const q = fraction(1n, 1n << BigInt(d));
  const far = times(integer(13), size, fraction(1n << BigInt(d)));
  const near = minus(ONE, q);
  // E max(0, X·e_1): only e_1 and L·e_1 have a positive part, each of probability (1 − q)/(2d) and q/(2d).
  const mean = over(plus(near, times(q, far)), integer(2 * d));
  const least = minus(ONE, times(integer(d * d), q));
  // The student 2·Σ_i(max(0, x_i) + max(0, −x_i)) at the inputs ±e_i.
  const neurons = Array.from({ length: d }, (_, axis) => axis).flatMap((axis) =>
    [1, -1].map((sign) => ({ axis, sign })),
  );
  const loss = neurons
    .map((input) => {
      const output = total(
        neurons
          .filter(({ axis }) => axis === input.axis)
          .map(({ sign }) => times(integer(2), positivePart(integer(sign * input.sign)))),
      );
      return power(minus(output, ONE), 2);
    })
    .reduce(larger, ZERO);
  const name = `d = ${d}`;
  return [
    settling(
      ASSUMED.positiveReluMean,
      compared(`${name}: μ* = E ReLU(e_1·X)`, mean, '≥', fraction(13n, 2n)),
    ),
    compared(`${name}: q·L = 13d`, times(q, far), '=', integer(13 * d)),
    compared(`${name}: largest (f(x) − 1)² over x = ±e_i`, loss, '≤', ONE),
    compared(`${name}: ‖a‖₁`, integer(2 * neurons.length), '>', over(integer(12), mean)),
    d <= 5
      ? compared(`${name}: P(no far input among d²) = (1 − q)^{d²}`, power(near, d * d), '≥', least)
      : compared(`${name}: 1 − d²·2^{−d}`, least, '≥', fraction(1n, 2n)),
  ];
}
