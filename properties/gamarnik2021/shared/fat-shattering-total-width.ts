import type { ExactCheck, Family } from '../../../src/claims/index.js';
import { settling } from '../../../src/claims/index.js';
import type { Rational, RationalLike } from '../../../src/math/index.js';
import { add, compare, divide, dotExact, multiply, rational } from '../../../src/math/index.js';
import { check } from './exact-check.js';
import { ADMITTED_WIDTH, LARGE_NORM, POSITIVE_MAGNITUDE } from './fat-shattering-assumptions.js';

/** The family's class: any 𝓜 > 0 and A ≥ 1 will do. */
const MAGNITUDE = 2n;
const OUTER_NORM = 3n;

const DIMENSIONS = [1, 2, 3, 4] as const;

/** Constants of the bound that the members with γ < 𝓜A contradict. */
const CONSTANTS = [1n, 1000n, 1_000_000n] as const;

function compared(
  what: string,
  left: RationalLike,
  relation: ExactCheck['relation'],
  right: RationalLike,
): ExactCheck {
  return check(what, rational(left), relation, rational(right));
}

/** The points 0, e_1, …, e_d. */
function simplex(inputDim: number): bigint[][] {
  const axis = (k: number): bigint[] =>
    Array.from({ length: inputDim }, (_, c) => (c === k ? 1n : 0n));
  return [axis(-1), ...Array.from({ length: inputDim }, (_, k) => axis(k))];
}

/**
 * The least s_i(w·x_i + w0) over all sign vectors s and points of the simplex, with w0 = s_0 and w_k = s_k − s_0.
 */
function leastMargin(inputDim: number): Rational {
  const points = simplex(inputDim);
  let least: Rational | null = null;
  for (let mask = 0; mask < 2 ** points.length; mask += 1) {
    const signs = points.map((_, i) => ((mask >> i) & 1 ? 1n : -1n));
    const [offset, ...others] = signs;
    const normal = others.map((sign) => sign - offset);
    for (const [i, point] of points.entries()) {
      const margin = multiply(signs[i], add(dotExact(normal, point), offset));
      if (least === null || compare(margin, least) < 0) least = margin;
    }
  }
  return least ?? rational(0n);
}

/** Checks that d + 1 points are shattered at total width γ = 𝓜A/ratio by single steps of weight ±A. */
function shatteringChecks(name: string, inputDim: number, ratio: Rational): ExactCheck[] {
  const range = rational(MAGNITUDE * OUTER_NORM);
  const width = divide(range, ratio);
  return [
    settling(LARGE_NORM, compared(`${name}: A`, OUTER_NORM, '≥', 1n)),
    settling(POSITIVE_MAGNITUDE, compared(`${name}: 𝓜`, MAGNITUDE, '>', 0n)),
    settling(ADMITTED_WIDTH, compared(`${name}: γ`, width, '>', 0n)),
    settling(ADMITTED_WIDTH, compared(`${name}: γ against 𝓜A`, width, '≤', range)),
    compared(
      `${name}: least s_i(w·x_i + w0) over the ${2 ** (inputDim + 1)} sign vectors`,
      leastMargin(inputDim),
      '>',
      0n,
    ),
    compared(`${name}: |h(x_i)| = A·𝓜/2 against γ/2`, divide(range, 2n), '≥', divide(width, 2n)),
  ];
}

/** Checks of the members in one dimension, against (log(𝓜A/γ))^logPower. */
function memberChecks(inputDim: number, logPower: 1 | 2): ExactCheck[] {
  const count = BigInt(inputDim + 1);
  const widest = `d = ${inputDim}, γ = 𝓜A`;
  const checks = [
    ...shatteringChecks(widest, inputDim, rational(1n)),
    compared(
      `${widest}: ${count} shattered points against the bound for every C, whose logarithm is at most 𝓜A/γ − 1`,
      count,
      '>',
      0n,
    ),
  ];
  for (const constant of CONSTANTS) {
    const steps = 8n * constant;
    const ratio = add(1n, divide(1n, steps));
    const name = `d = ${inputDim}, C = ${constant}, γ = 𝓜A·${steps}/${steps + 1n}`;
    const logarithm = divide(1n, steps ** BigInt(logPower));
    const bound = multiply(
      multiply(constant * BigInt(inputDim), multiply(ratio, ratio)),
      logarithm,
    );
    checks.push(
      ...shatteringChecks(name, inputDim, ratio),
      compared(
        `${name}: ${count} shattered points against an upper bound of the right side, from log x ≤ x − 1`,
        count,
        '>',
        bound,
      ),
    );
  }
  return checks;
}

/** The family that refutes a logarithm log(𝓜A/γ)^logPower when γ is the total width. */
export function simplexFamily(logPower: 1 | 2): Family {
  return {
    id: 'simplex-at-the-largest-width',
    statement:
      'd + 1 affinely independent points are shattered at total width γ = 𝓜A, which is admitted, where log(𝓜A/γ) = 0; and at widths just below it, where the logarithm is as small as one likes',
    argument: [
      'Take the points 0, e_1, …, e_d, the step σ = ±𝓜/2 and r = 0. For a sign vector s the half-space with w0 = s_0 and w_k = s_k − s_0 has w·x_i + w0 = s_i at every point.',
      'So h = A·σ(w·x + w0), of outer norm A, has s_i·h(x_i) = A𝓜/2 ≥ γ/2 for every γ ≤ 𝓜A: the dimension at total width γ is at least d + 1, for every d, 𝓜 and A.',
      'At γ = 𝓜A the right side C·d·log(1) is 0 for every C.',
      `Nor does leaving out that one width help: at γ = 𝓜A·m/(m + 1) with m = 8C the right side is at most C·d·(1 + 1/m)²/m^${logPower} ≤ d·(81/64)/8 < d + 1, whatever C ≥ 1 is.`,
    ].join(' '),
    verify: () => DIMENSIONS.flatMap((inputDim) => memberChecks(inputDim, logPower)),
    data: () => ({
      type: 'simplex-at-the-largest-width',
      magnitude: Number(MAGNITUDE),
      outerNorm: Number(OUTER_NORM),
      dimensions: DIMENSIONS,
      constants: CONSTANTS.map(Number),
    }),
  };
}
