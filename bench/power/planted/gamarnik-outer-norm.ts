import type { Assumption, Claim, LimitReading } from '../../../src/claims/index.js';
import type { Expression } from '../../../src/math/index.js';
import { expression } from '../../../src/math/index.js';
import relu from '../../../properties/gamarnik2021/relu-outer-norm-is-bounded.property.js';
import sigmoid from '../../../properties/gamarnik2021/sigmoid-outer-norm-is-bounded.property.js';
import step from '../../../properties/gamarnik2021/step-outer-norm-is-bounded.property.js';
import { symmetricInputs } from '../../../properties/gamarnik2021/shared/assumptions.js';
import { boundBig, boundOn, muStar } from '../../../properties/gamarnik2021/shared/bound.js';
import { confirmOuterNorm } from '../../../properties/gamarnik2021/shared/confirm.js';
import { concludeOuterNorm } from '../../../properties/gamarnik2021/shared/decide.js';
import type { OuterNormInstance } from '../../../properties/gamarnik2021/shared/instance.js';
import { minimalHalfspaceMass } from '../../../properties/gamarnik2021/shared/law-facts.js';
import type { OuterNormActivation } from '../../../properties/gamarnik2021/shared/neurons.js';
import type { Planted } from './variant.js';
import { originalOf, variantOf } from './variant.js';

type Reading = LimitReading<OuterNormInstance>;

/** An outer-norm theorem: its activation, and its bound as C·(δ + 2M)/unit, with what a constant may be. */
interface Theorem {
  readonly name: string;
  readonly claim: Claim;
  readonly readings: readonly string[];
  readonly activation: OuterNormActivation;
  /** The unit of the bound, over `mu` and `eta`. */
  readonly unit: string;
  readonly printed: string;
  /** Why the bound over √N is beyond the profile ci, where it is. */
  readonly rootOfN?: string;
  /** A constant just below one that some law attains, with the reason. */
  readonly below: { readonly constant: number; readonly argument: string };
}

const TEX = { delta: 'δ', M: 'M', mu: 'μ', eta: 'η', N: 'N' };

const constantsOf = (activation: OuterNormActivation, instance: OuterNormInstance) => ({
  N: instance.sampleSize,
  mu: activation === 'relu' ? muStar(instance) : 1,
  eta: activation === 'step' ? minimalHalfspaceMass(instance.law, instance.margin) : 1,
});

const THEOREMS: readonly Theorem[] = [
  {
    name: 'relu',
    claim: relu,
    readings: ['intended'],
    activation: 'relu',
    unit: 'mu',
    printed: '4',
    below: {
      constant: 0.95,
      argument:
        'X ~ N(0, I_d), Y = 0: neurons spread evenly over the sphere output ‖x‖·c_d with c_d = E ReLU(w·e), so the outer norm δ/(c_d√d) has training error δ² in the limit, which is δ/μ*·(1/(c_d√(2πd))) and tends to δ/μ* as d grows (0.98 at d = 12).',
    },
  },
  {
    name: 'sigmoid',
    claim: sigmoid,
    readings: ['intended'],
    activation: 'sigmoid',
    unit: '1',
    printed: '3 * (1 + e)',
    rootOfN:
      'at N = 64 the bound is still 1.4(δ + 2M), which few draws exceed: only the last sizes show it',
    below: {
      constant: 1.95,
      argument: 'Y = 0: the neuron w = 0 outputs ½, so outer weight 2δ has training error δ².',
    },
  },
  {
    name: 'step',
    claim: step,
    readings: ['mean-condition', 'mass-condition', 'intended'],
    activation: 'step',
    unit: 'eta',
    printed: '2',
    below: {
      constant: 0.97,
      argument:
        'd = 1, X symmetric with a density, Y = 0: the two neurons 1{x ≥ 0} and 1{−x ≥ 0} with weights δ each output δ everywhere, so ‖a‖₁ = 2δ = δ/η has training error δ², η = ½.',
    },
  },
];

/** The original with another bound, decided and confirmed as the original is. */
function withBound(
  { activation }: Theorem,
  assumptions: readonly Assumption<OuterNormInstance>[],
  bound: Expression,
): Pick<Reading, 'conclude' | 'confirm' | 'assumptions'> {
  return {
    assumptions,
    conclude: (instance, tools) =>
      concludeOuterNorm(
        activation,
        instance,
        boundOn(bound, instance, constantsOf(activation, instance)),
        tools,
      ),
    confirm: (instance, violation) => {
      const constants = constantsOf(activation, instance);
      const { value, error } = boundOn(bound, instance, constants);
      if (!Number.isFinite(value)) return null;
      const exact = { value: boundBig(bound, instance, constants), slack: error };
      return confirmOuterNorm(activation, instance, violation, exact, assumptions);
    },
  };
}

function plantedOn(theorem: Theorem, reading: string): Planted[] {
  const { name, claim: original, unit, printed, below } = theorem;
  const source = originalOf<Reading>(original, reading);
  const prefix = theorem.readings.length === 1 ? name : `${name}-${reading}`;
  const make = (
    kind: 'universal' | 'limit',
    id: string,
    distance: Planted['distance'],
    formula: string,
    texts: Pick<Planted, 'statement' | 'argument'>,
    more: readonly Assumption<OuterNormInstance>[] = [],
  ): Planted => ({
    id: `${prefix}-${id}`,
    original,
    reading,
    distance,
    ...texts,
    variant: variantOf(
      source,
      kind,
      texts,
      withBound(
        theorem,
        [...source.assumptions, ...more.filter((extra) => !source.assumptions.includes(extra))],
        expression(formula, TEX),
      ),
    ),
  });
  const bound = `(delta + 2 * M) / ${unit}`;
  const vanishing =
    'Y = 0: some student has training error exactly δ² and an outer norm of at least δ times a number that does not depend on N, while the bound tends to 0.';
  return [
    make(
      'universal',
      'with-certainty',
      'near',
      `${printed} * ${bound}`,
      {
        statement: 'The bound as printed, on every sample: “with high probability” dropped.',
        argument:
          'By Wendel’s theorem N symmetric points lie in a halfspace with positive probability, whatever N; then a neuron is as small as one likes on the sample, and its outer weight is free.',
      },
      [symmetricInputs],
    ),
    make('universal', 'constant-just-below', 'near', `${below.constant} * ${bound}`, {
      statement: `The bound with ${below.constant} in the place of ${printed}, on every sample.`,
      argument: below.argument,
    }),
    make('limit', 'constant-just-below-in-the-limit', 'near', `${below.constant} * ${bound}`, {
      statement: `The bound with ${below.constant} in the place of ${printed}, with high probability.`,
      argument: `${below.argument} So it is violated with a probability that does not tend to 0 under this law.`,
    }),
    make('universal', 'without-labels', 'far', `${printed} * delta / ${unit}`, {
      statement: 'The bound without 2M, on every sample.',
      argument:
        'Labels of a teacher are fitted by the teacher, whose outer norm grows with M while δ does not.',
    }),
    make('limit', 'over-n', 'far', `${printed} * ${bound} / N`, {
      statement: 'The bound over N.',
      argument: vanishing,
    }),
    {
      ...make('limit', 'over-root-of-n', 'near', `${printed} * ${bound} / sqrt(N)`, {
        statement: 'The bound over √N.',
        argument: vanishing,
      }),
      ...(theorem.rootOfN === undefined ? {} : { beyond: theorem.rootOfN }),
    },
  ];
}

/** False variants of the three outer-norm theorems. */
export const OUTER_NORM: readonly Planted[] = THEOREMS.flatMap((theorem) =>
  theorem.readings.flatMap((reading) => plantedOn(theorem, reading)),
);
