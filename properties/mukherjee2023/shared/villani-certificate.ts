import type {
  Certificate,
  Confirmation,
  ExactCheck,
  Violation,
} from '../../../src/claims/index.js';
import {
  absolute,
  add,
  bigNumber,
  compare,
  divide,
  dotExact,
  formatRational,
  HIGH_PRECISION_DIGITS,
  multiply,
  norm,
  rational,
  subtract,
  sumExact,
  toDouble,
} from '../../../src/math/index.js';
import type { Rational, RationalLike } from '../../../src/math/index.js';
import {
  activationSuprema,
  functionalFormula,
  growthFormula,
  growthRadius,
  villaniGrowthBound,
} from '../../../src/theory/index.js';
import { bigGrowthBound } from './villani-big.js';
import { largestSquare, NORMALISATION_TOLERANCE, toBig } from './thresholds.js';
import type { Threshold } from './thresholds.js';
import { SOME_CONDITION_FAILS } from './villani-conclusions.js';
import type { VillaniInstance } from './villani-instances.js';

/**
 * Certifies that all of Villani's conditions hold at a λ in (0, λ_c): every check is in exact rational
 * arithmetic on the doubles of the instance. Null for a violation of any other clause.
 */
export function certifyBelowThreshold(
  instance: VillaniInstance,
  violation: Violation,
  threshold: Threshold,
  isNormalised: boolean,
): Certificate | null {
  if (violation.clause.name !== SOME_CONDITION_FAILS || !(instance.lambda > 0)) return null;
  const { lambda, outer, dataset } = instance;
  const outerNorm = norm(outer) * (1 + 2 ** -40);
  const inputNorm = Math.sqrt(toDouble(largestSquare(dataset.inputs))) * (1 + 2 ** -40);
  const largestStep = instance.steps[instance.steps.length - 1];
  const { gradient, inner, laplacian, laplacianSlope } = exactConstants(
    instance,
    outerNorm,
    inputNorm,
  );
  const radius = radiusFor(lambda, largestStep, { gradient, inner, laplacian, laplacianSlope });
  if (!Number.isFinite(radius)) return null;
  const lambdaRadius = multiply(lambda, radius);
  const square = multiply(lambdaRadius, lambdaRadius);
  const losses = multiply(32, largestStep);
  const product = multiply(largestSquare(dataset.inputs), dotExact(outer, outer));
  return {
    kind: 'instance',
    statement: `0 < λ < λ_c, and L̃ satisfies all of Villani's conditions (1)–(4): −ΔL̃ + ‖∇L̃‖²/s ≥ λ²‖W‖²/(2s) for ‖W‖ ≥ ${radius} and s ≤ ${largestStep}`,
    argument: [
      '(1): the activation is C^∞.',
      '(2), (3): L̃ ≥ (λ/2)‖W‖², so ∫exp(−2L̃/s) ≤ (πs/λ)^{pd/2}.',
      '(4): ‖∇L̃‖ ≥ λR − G − K/R and ΔL̃ ≤ D₀ + D₁R on ‖W‖ = R, with G, K, D₀, D₁ the sums of [theory] villaniGrowthBound, computed exactly from upper bounds on ‖a‖, B_x and the activation’s suprema.',
      'The last four checks give G, K/R ≤ λR/8 and D₀, D₁R ≤ λ²R²/(32s) at R, hence at every larger radius and every smaller s, and (9/16 − 2/32)λ²R²/s = λ²R²/(2s).',
      'For a larger s the same checks hold at a larger radius, because the constants are finite and λ > 0.',
      ...(isNormalised
        ? [
            'The instance has B_x‖a‖ = 1 up to 2⁻⁴⁰; dividing a by B_x‖a‖ makes it exact and changes the constants by a factor below 1 + 2⁻³⁷, so that all conditions hold there as well.',
          ]
        : []),
    ].join(' '),
    checks: [
      check('λ > 0', lambda, '>', 0),
      check('λ below a lower bound on λ_c', lambda, '<', threshold.exact(instance)),
      ...(isNormalised
        ? [
            check(
              '|B_x²‖a‖² − 1|',
              absolute(subtract(product, 1)),
              '≤',
              multiply(2, NORMALISATION_TOLERANCE),
            ),
          ]
        : []),
      check(
        '‖a‖², bounded by a square',
        dotExact(outer, outer),
        '≤',
        multiply(outerNorm, outerNorm),
      ),
      check(
        'B_x², bounded by a square',
        largestSquare(dataset.inputs),
        '≤',
        multiply(inputNorm, inputNorm),
      ),
      check('8G ≤ λR', multiply(8, gradient), '≤', lambdaRadius),
      check('8K ≤ λR²', multiply(8, inner), '≤', multiply(lambdaRadius, radius)),
      check('32s·D₀ ≤ λ²R²', multiply(losses, laplacian), '≤', square),
      check('32s·D₁R ≤ λ²R²', multiply(losses, multiply(laplacianSlope, radius)), '≤', square),
    ],
  };
}

interface Constants {
  readonly gradient: Rational;
  readonly inner: Rational;
  readonly laplacian: Rational;
  readonly laplacianSlope: Rational;
}

/** G, K, D₀ and D₁ as in `villaniGrowthBound`, with every input norm replaced by the bound on B_x. */
function exactConstants(
  instance: VillaniInstance,
  outerNorm: number,
  inputNorm: number,
): Constants {
  const { activation, outer, dataset, lambda, scale } = instance;
  const suprema = activationSuprema(activation);
  const unbounded = suprema.homogeneityDefect !== null;
  const n = BigInt(dataset.labels.length);
  const twice = divide(scale === 'mean' ? 2 : 1, n);
  const outerSum = sumExact(outer.map(absolute));
  const level = multiply(outerSum, suprema.homogeneityDefect ?? suprema.value);
  const reaches = dataset.labels.map((y) => add(absolute(y), level));
  const reach = sumExact(reaches);
  const slopes = productOf(outerNorm, suprema.slope);
  const bend = productOf(outerSum, suprema.curvature);
  const zero = rational(0);
  return {
    gradient: unbounded ? zero : productOf(twice, slopes, inputNorm, reach),
    inner: unbounded ? productOf(twice, dotExact(reaches, reaches), 1 / 4) : zero,
    laplacian: add(
      productOf(
        twice,
        inputNorm,
        inputNorm,
        add(productOf(n, slopes, slopes), productOf(bend, reach)),
      ),
      productOf(lambda, outer.length, dataset.inputDim),
    ),
    laplacianSlope: unbounded
      ? productOf(twice, n, inputNorm, inputNorm, inputNorm, outerNorm, bend)
      : zero,
  };
}

/** A double at which the four conditions of the growth radius hold with room for its rounding. */
function radiusFor(lambda: number, step: number, constants: Constants): number {
  const [gradient, inner, laplacian, laplacianSlope] = [
    constants.gradient,
    constants.inner,
    constants.laplacian,
    constants.laplacianSlope,
  ].map(toDouble);
  const bound = { lambda, gradient, inner, laplacian, laplacianSlope, dataTerm: Infinity };
  return growthRadius(bound, step) * (1 + 2 ** -20);
}

function productOf(...factors: readonly RationalLike[]): Rational {
  return factors.reduce<Rational>((value, factor) => multiply(value, factor), rational(1));
}

/** One exact check, as it is printed. */
export function check(
  what: string,
  left: RationalLike,
  relation: '<' | '≤' | '>' | '≥',
  right: RationalLike,
): ExactCheck {
  const order = compare(left, right);
  const holds =
    relation === '<'
      ? order < 0
      : relation === '≤'
        ? order <= 0
        : relation === '>'
          ? order > 0
          : order >= 0;
  return { what, left: formatRational(left), relation, right: formatRational(right), holds };
}

/**
 * Confirms the same with 64 digits, by code of its own: the constants, the functional's lower bound at
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
