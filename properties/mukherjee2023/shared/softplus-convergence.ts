import { atMost, decided, gaveUp, oneSided, settling } from '../../../src/claims/index.js';
import type {
  Certificate,
  Clause,
  Conclusion,
  Control,
  Tools,
  Violation,
} from '../../../src/claims/index.js';
import {
  absolute,
  add,
  divide,
  dotExact,
  formatRational,
  multiply,
  rational,
  subtract,
  sumExact,
} from '../../../src/math/index.js';
import {
  gibbsGap,
  gibbsGapBound,
  gibbsStepThreshold,
  lossEvaluator,
} from '../../../src/theory/index.js';
import type { GibbsGap } from '../../../src/theory/index.js';
import { rationalAbove, supremaBig } from './suprema-big.js';
import {
  above,
  largestSquare,
  NORMALISATION_TOLERANCE,
  normalised,
  softplus,
} from './thresholds.js';
import type { Threshold } from './thresholds.js';
import { activationCheck, check } from './activation-check.js';
import { allConditionsHold } from './villani-conclusions.js';
import type { SoftplusInstance } from './softplus-instances.js';

const EXCESS_OF_GIBBS =
  'started from ρ = μ_s, the excess E L̃(W(t)) − min L̃ is at most every ε > 0 at every t ≥ 0';

const EXCESS_BELOW_STEP = 'E_{μ_s}L̃ − min L̃ by quadrature at the step threshold is at most ε/2';

/** Grid points per axis: enough for nine digits on a Gaussian of one or two dimensions. */
const RESOLUTION = { 1: 400, 2: 48 } as const;

/**
 * All conditions hold, and the time bound follows with a step threshold that may depend on ε.
 *
 * For a Villani loss, μ_s has a Poincaré constant λ_s > 0, so ‖ρ_t − μ_s‖_{μ_s⁻¹} ≤ e^{−λ_s t}‖ρ_0 − μ_s‖_{μ_s⁻¹}, and
 * by Cauchy–Schwarz with C(s, L̃)² = E_{μ_s}(L̃ − min L̃)² the excess at time t is at most
 * C·e^{−λ_s t}‖ρ_0 − μ_s‖_{μ_s⁻¹} + (E_{μ_s}L̃ − min L̃). The printed t makes the first term ≤ ε/2. The clause is what
 * remains: below some step the second one is ≤ ε/2 too. The step is chosen so that the proven bound is
 * ≤ ε/4; its clause then holds unless rounding is worse than derived. What can fail is the clause beside
 * it, for p·d ≤ 2: the excess at that step by quadrature, which shares only L̃ with the bound. It can
 * only speak against the bound, which alone decides; so the conclusion is exact.
 */
export function convergesBelowAStep(instance: SoftplusInstance, tools: Tools): Conclusion {
  const villani = allConditionsHold(instance, tools);
  if (villani.status === 'gave-up' || instance.lambda === 0) return villani;
  const { accuracy } = instance;
  const { step, bound, rounding } = gibbsStepThreshold(instance, accuracy / 4);
  const found = quadrature(instance, step);
  const clauses = [
    ...villani.clauses,
    // The step is chosen so that the bound fits: neither side says how far ε could be lowered.
    ...[
      atMost('E_{μ_s}L̃ − min L̃ ≤ ε/2 for all s up to a threshold', bound, accuracy / 2, rounding),
      ...(found === null ? [] : [atMost(EXCESS_BELOW_STEP, found.gap, accuracy / 2, found.error)]),
    ].map((clause) => oneSided(clause)),
    ...contradictions(instance, gibbsGapBound(instance, instance.step), null),
    ...contradictions(instance, { step, bound }, found),
  ];
  return decided('exact', clauses, {
    measurements: {
      ...villani.measurements,
      stepThreshold: step,
      ...(found === null ? {} : { quadratureOverAllowance: found.gap / (accuracy / 2) }),
    },
  });
}

/** A cross-check: quadrature must stay below the closed-form bound. */
function contradictions(
  instance: SoftplusInstance,
  { step, bound }: { readonly step: number; readonly bound: number },
  known: GibbsGap | null,
): readonly Clause[] {
  // One dimension costs next to nothing; two are integrated once, at the step that matters.
  const isLine = instance.outer.length * instance.dataset.inputDim === 1;
  const found = known ?? (isLine ? quadrature(instance, step) : null);
  if (found === null) return [];
  const clause = atMost('quadrature stays below the gap bound', found.gap, bound, found.error);
  return clause.margin.upper < 0 ? [clause] : [];
}

/**
 * The excess of the Gibbs law itself, which no ρ_0 and no time undercuts in the limit: for the reading
 * whose step threshold does not depend on ε. The quadrature estimates its own error, so what it finds
 * is an attack; the certificate shows the violation without it.
 */
export function gibbsExcessVanishes(instance: SoftplusInstance): Conclusion {
  const found = quadrature(instance, instance.step);
  if (found === null) return gaveUp('the quadrature does not resolve the Gibbs law');
  const { gap, error } = found;
  const dimension = instance.outer.length * instance.dataset.inputDim;
  return decided('attack', [atMost(EXCESS_OF_GIBBS, gap, 0, error)], {
    witness: { initialLaw: 'μ_s', step: instance.step, excess: gap },
    measurements: { excess: gap, excessOverQuadratic: gap / ((instance.step * dimension) / 4) },
  });
}

/** E_{μ_s}L̃ − min L̃ where one or two dimensions and the digits of a double allow it. */
export function quadrature(instance: SoftplusInstance, step: number): GibbsGap | null {
  const dimension = instance.outer.length * instance.dataset.inputDim;
  if (dimension !== 1 && dimension !== 2) return null;
  const evaluate = lossEvaluator(instance);
  const { lambda } = instance;
  const value = (point: Float64Array) => evaluate(point).value;
  const found = gibbsGap({ dimension, lambda, value }, step, RESOLUTION[dimension]);
  // L̃ − min L̃ loses the digits that L̃ has above the scale s.
  const cancellation = 1e-14 * found.minimum;
  const error = found.error + cancellation;
  return error < 0.01 * found.gap ? { ...found, error } : null;
}

/**
 * Certifies E_{μ_s}L̃ > min L̃ for every s > 0: L̃ is larger than L̃(0) outside a ball, by exact arithmetic.
 * Null for a violation of any other clause.
 */
export function certifyGibbsExcess(
  instance: SoftplusInstance,
  violation: Violation,
  threshold: Threshold,
): Certificate | null {
  if (violation.clause.name !== EXCESS_OF_GIBBS) return null;
  const { activation, outer, dataset, lambda } = instance;
  const { homogeneityDefect } = supremaBig(activation);
  if (homogeneityDefect === null) return null;
  const level = multiply(sumExact(outer.map(absolute)), rationalAbove(homogeneityDefect));
  const reaches = dataset.labels.map((y) => add(absolute(y), level));
  const atOrigin = divide(dotExact(reaches, reaches), BigInt(dataset.labels.length));
  const radiusSquared = divide(multiply(4, atOrigin), lambda);
  const product = multiply(largestSquare(dataset.inputs), dotExact(outer, outer));
  return {
    kind: 'instance',
    statement: `λ > λ_c, and E L̃(W(t)) − min L̃ is the same positive number at every t ≥ 0 for ρ_initial = μ_s, whatever s > 0 is; about ${violation.clause.lhs.toPrecision(6)} at s = ${instance.step}`,
    argument: [
      'σ(0) = ln 2/β gives L̃(0) ≤ U = (1/n)Σ(|y_i| + ‖a‖₁·ln 2/β)², and L̃(W) ≥ (λ/2)‖W‖² > U ≥ min L̃ for ‖W‖² ≥ 4U/λ.',
      'L̃ is continuous and μ_s has a positive density, so E_{μ_s}L̃ > min L̃ for every s > 0.',
      'ρ_initial = μ_s is stationary and ‖ρ_initial − μ_s‖ = 0, so every t ≥ 0 is as large as the claim demands, for every ε > 0 and every C.',
      'With ε half of the constant excess the claim fails at this s; as s > 0 was arbitrary, no step threshold that is independent of ε saves it.',
      'Any other ρ_initial in L²(1/μ_s) fails in the same way: its excess tends to that of μ_s as t → ∞.',
    ].join(' '),
    checks: [
      activationCheck(softplus, instance),
      settling(above(threshold), check('λ above λ_c', lambda, '>', threshold.exact(instance))),
      settling(
        normalised,
        check(
          '|B_x²‖a‖² − 1|',
          absolute(subtract(product, 1)),
          '≤',
          multiply(2, NORMALISATION_TOLERANCE),
        ),
      ),
      check('U > 0', atOrigin, '>', 0),
      check(
        '(λ/2)·R² > U at R² = 4U/λ',
        multiply(divide(rational(lambda), 2), radiusSquared),
        '>',
        atOrigin,
      ),
    ],
    data: { type: 'gibbs-excess', defect: formatRational(rationalAbove(homogeneityDefect)) },
  };
}

/** Controls of the reading with a step threshold independent of ε. */
export const uniformStepControls: Readonly<Record<string, Control<SoftplusInstance>>> = {
  'proportional-step': {
    statement: 'For ρ = μ_s the excess is at most ε whenever s ≤ 4.8ε/(pd).',
    argument:
      'For the quadratic (λ/2)‖W‖² the excess of μ_s is s·pd/4 (T33), more than ε for 4ε/(pd) < s ≤ 4.8ε/(pd); the loss tends to a quadratic as λ grows.',
    judge: 'every-draw',
    conclude: (instance, original) =>
      onExcess(original, (excess) => {
        const dimension = instance.outer.length * instance.dataset.inputDim;
        const small = instance.step <= (4.8 * instance.accuracy) / dimension;
        return small
          ? atMost('excess at most ε', excess, instance.accuracy, 0.01 * excess)
          : atMost('s is not that small', 0, 1);
      }),
  },
  'half-the-quadratic': {
    statement: 'For ρ = μ_s the excess is at most s·pd/8.',
    argument: 'It is s·pd/4 for the quadratic, and tends to that as s → 0 at a regular minimum.',
    judge: 'every-draw',
    conclude: (instance, original) =>
      onExcess(original, (excess) => {
        const dimension = instance.outer.length * instance.dataset.inputDim;
        return atMost('excess', excess, (instance.step * dimension) / 8, 0.01 * excess);
      }),
  },
};

/** The control of the reading with a threshold that may depend on ε: s = 8ε/(pd) is small enough. */
export const coarseStepControl: Control<SoftplusInstance> = {
  statement: 'E_{μ_s}L̃ − min L̃ ≤ ε/2 already at s = 8ε/(pd).',
  argument: 'It is s·pd/4 = 2ε for the quadratic (T33), to which the loss tends as λ grows.',
  judge: 'every-draw',
  conclude: (instance) => {
    const { accuracy, outer, dataset } = instance;
    if (outer.length * dataset.inputDim !== 1) return gaveUp('only one dimension is integrated');
    const found = quadrature(instance, 8 * accuracy);
    if (found === null) return gaveUp('the quadrature does not resolve the Gibbs law');
    return decided('attack', [atMost('gap', found.gap, accuracy / 2, found.error)]);
  },
};

async function onExcess(
  original: () => Promise<Conclusion>,
  clauseOf: (excess: number) => Clause,
): Promise<Conclusion> {
  const excess = (await original()).measurements?.['excess'];
  return excess === undefined
    ? gaveUp('the quadrature does not resolve the Gibbs law')
    : decided('attack', [clauseOf(excess)]);
}
