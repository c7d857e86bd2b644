import type { Assumption, Certificate, ExactCheck, Violation } from '../../../src/claims/index.js';
import { settling } from '../../../src/claims/index.js';
import {
  absolute,
  add,
  bigNumber,
  divide,
  dotExact,
  formatRational,
  multiply,
  norm,
  rational,
  subtract,
  sumExact,
  toDouble,
} from '../../../src/math/index.js';
import type { Rational, RationalLike } from '../../../src/math/index.js';
import { growthRadius } from '../../../src/theory/index.js';
import type { LossProblem } from '../../../src/theory/index.js';
import { rationalAbove, rationalBelow, supremaBig } from './suprema-big.js';
import { activationCheck, check } from './activation-check.js';
import { below, largestSquare, NORMALISATION_TOLERANCE, normalised } from './thresholds.js';
import type { Threshold } from './thresholds.js';
import { usesUpperBounds } from './villani-big.js';
import { SOME_CONDITION_FAILS } from './villani-conclusions.js';
import type { VillaniInstance } from './villani-instances.js';

/**
 * Certifies that all of Villani's conditions hold at a λ in (0, λ_c), on the found instance and on the
 * simplest one: every check is in exact rational arithmetic on the doubles of the instance. Null for a
 * violation of any other clause, and where the conclusion's own constants are not upper bounds.
 *
 * @param isNormalised whether the claim is about B_x‖a‖ = 1
 * @param activation what it assumes of σ
 */
export function certifyBelowThreshold(
  instance: VillaniInstance,
  violation: Violation,
  threshold: Threshold,
  isNormalised: boolean,
  activation: Assumption<LossProblem>,
): Certificate | null {
  if (violation.clause.name !== SOME_CONDITION_FAILS || !(instance.lambda > 0)) return null;
  if (!usesUpperBounds(instance, violation)) return null;
  const found = growthChecks(instance, threshold, isNormalised, activation);
  const simplestOne = simplest(instance, threshold);
  const simple = growthChecks(simplestOne, threshold, isNormalised, activation);
  if (found === null || simple === null) return null;
  return {
    kind: 'instance',
    statement: `0 < λ < λ_c, and L̃ satisfies all of Villani's conditions (1)–(4): −ΔL̃ + ‖∇L̃‖²/s ≥ λ²‖W‖²/(2s) for ‖W‖ ≥ ${found.radius} and s ≤ ${found.step}`,
    argument: [
      '(1): the activation is C^∞.',
      '(2), (3): L̃ ≥ (λ/2)‖W‖², so ∫exp(−2L̃/s) ≤ (πs/λ)^{pd/2}.',
      '(4): ‖∇L̃‖ ≥ λR − G − K/R and ΔL̃ ≤ D₀ + D₁R on ‖W‖ = R. Bounded activations, with ρ_i = |y_i| + ‖a‖₁sup|σ| and c = 1/n, or 1/(2n) with ½ on the data term: G = 2c‖a‖M_D·B_x·Σρ_i, K = D₁ = 0, D₀ = 2cB_x²(n‖a‖²M_D² + ‖a‖₁M′_D·Σρ_i) + λpd. SoftPlus, with ρ_i = |y_i| + ‖a‖₁ln 2/β: G = 0, K = (c/2)Σρ_i², D₀ as before, D₁ = 2cnB_x³‖a‖‖a‖₁M′_D.',
      'The last four checks of each part give G, K/R ≤ λR/8 and D₀, D₁R ≤ λ²R²/(32s) at R, hence at every larger radius and every smaller s; there the functional is at least (9/16 − 2/32)λ²R²/s = λ²R²/(2s).',
      'For a larger s the same checks hold at a larger radius, because the constants are finite and λ > 0.',
      ...(isNormalised
        ? [
            'The found instance has B_x‖a‖ = 1 up to 2⁻⁴⁰; dividing a by B_x‖a‖ makes it exact and changes the constants by a factor below 1 + 2⁻³⁷, so that all conditions hold there as well. The simplest instance (p = d = n = 1, x = a = 1, y = 0, λ = λ_c/2) has it exactly.',
          ]
        : []),
    ].join(' '),
    checks: [
      ...found.checks.map((it) => ({ ...it, what: `found instance: ${it.what}` })),
      ...simple.checks.map((it) => ({ ...it, what: `simplest instance: ${it.what}` })),
    ],
    data: {
      type: 'villani-growth',
      found: found.bounds,
      simplest: { lambda: simplestOne.lambda, ...simple.bounds },
      suprema: supremaData(instance),
    },
  };
}

/** The bounds of the activation's suprema that the checks use. */
function supremaData({ activation }: VillaniInstance) {
  const { value, slope, curvature, homogeneityDefect } = supremaBig(activation);
  const above = (supremum: typeof value) =>
    supremum === null ? null : formatRational(rationalAbove(supremum));
  return {
    value: homogeneityDefect === null ? above(value) : null,
    slope: above(slope),
    curvature: above(curvature),
    defect: above(homogeneityDefect),
    slopeBelow: formatRational(rationalBelow(slope)),
  };
}

/** p = d = n = 1, x = a = 1, y = 0 and half the threshold, rounded down to a double. */
function simplest(instance: VillaniInstance, threshold: Threshold): VillaniInstance {
  const problem = {
    ...instance,
    outer: [1],
    dataset: { inputDim: 1, inputs: [[1]], labels: [0] },
    steps: [1],
  };
  return { ...problem, lambda: toDouble(threshold.exact(problem)) / 2 };
}

function growthChecks(
  instance: VillaniInstance,
  threshold: Threshold,
  isNormalised: boolean,
  activation: Assumption<LossProblem>,
): {
  readonly checks: readonly ExactCheck[];
  readonly radius: number;
  readonly step: number;
  readonly bounds: Readonly<Record<'radius' | 'outerNorm' | 'inputNorm', number>>;
} | null {
  const { lambda, outer, dataset } = instance;
  const step = instance.steps[instance.steps.length - 1];
  const outerNorm = norm(outer) * (1 + 2 ** -40);
  const inputNorm = Math.sqrt(toDouble(largestSquare(dataset.inputs))) * (1 + 2 ** -40);
  const constants = exactConstants(instance, outerNorm, inputNorm);
  const { gradient, inner, laplacian, laplacianSlope } = constants;
  const radius = radiusFor(lambda, step, constants);
  if (!Number.isFinite(radius)) return null;
  const lambdaRadius = multiply(lambda, radius);
  const square = multiply(lambdaRadius, lambdaRadius);
  const losses = multiply(32, step);
  const product = multiply(largestSquare(dataset.inputs), dotExact(outer, outer));
  const normalisation = check(
    '|B_x²‖a‖² − 1|',
    absolute(subtract(product, 1)),
    '≤',
    multiply(2, NORMALISATION_TOLERANCE),
  );
  const checks = [
    activationCheck(activation, instance),
    settling(below(threshold), check('λ > 0', lambda, '>', 0)),
    settling(
      below(threshold),
      check('λ below a lower bound on λ_c', lambda, '<', threshold.exact(instance)),
    ),
    ...(isNormalised ? [settling(normalised, normalisation)] : []),
    check('‖a‖² ≤ a square', dotExact(outer, outer), '≤', multiply(outerNorm, outerNorm)),
    check('B_x² ≤ a square', largestSquare(dataset.inputs), '≤', multiply(inputNorm, inputNorm)),
    check('8G ≤ λR', multiply(8, gradient), '≤', lambdaRadius),
    check('8K ≤ λR²', multiply(8, inner), '≤', multiply(lambdaRadius, radius)),
    check('32s·D₀ ≤ λ²R²', multiply(losses, laplacian), '≤', square),
    check('32s·D₁R ≤ λ²R²', multiply(losses, multiply(laplacianSlope, radius)), '≤', square),
  ];
  return { checks, radius, step, bounds: { radius, outerNorm, inputNorm } };
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
  const suprema = supremaBig(activation);
  const unbounded = suprema.homogeneityDefect !== null;
  const highest = suprema.homogeneityDefect ?? suprema.value ?? bigNumber(0);
  const n = BigInt(dataset.labels.length);
  const twice = divide(scale === 'mean' ? 2 : 1, n);
  const outerSum = sumExact(outer.map(absolute));
  const level = multiply(outerSum, rationalAbove(highest));
  const reaches = dataset.labels.map((y) => add(absolute(y), level));
  const reach = sumExact(reaches);
  const slopes = productOf(outerNorm, rationalAbove(suprema.slope));
  const bend = productOf(outerSum, rationalAbove(suprema.curvature));
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
