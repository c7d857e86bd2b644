/**
 * Outer norm of step networks with non-negative outer weights.
 *
 * Statement. (X_i, Y_i), i ≤ N, i.i.d. with P(‖X‖² ≤ Cd) ≥ 1 − e^{−Θ(d)} and M = E|Y| < ∞. H(δ): all students
 * Σ a_j·1{w_j·x ≥ 0} of any width with a ≥ 0, ‖w_j‖ = 1 and training error L̂ ≤ δ². With high probability
 * sup over H(δ) of ‖a‖₁ ≤ 2(δ + 2M)/η.
 *
 * η is not defined in the document; "for X ~ N(0, I), η = 0.3 suffices" is all it says. The readings differ in
 * what they take it to be: any constant (literal), or the mass inf P(w·X ≥ c) that every halfspace has.
 *
 * Each draw is decided for all students at once where d ≤ 3: from above by (δ + mean Y)·N/depth with the exact
 * closed-halfspace depth, for d ≤ 2 also by a dual vector over all step neurons; from below by an explicit
 * student. For d > 3 only students that were built or trained are compared with the bound.
 *
 * Tolerance. The claim lets no share of violations survive in the limit; ¼ at the last rung of each path is
 * what some forty fresh draws can confirm at 99 %.
 *
 * References. [gamarnik2021], pp. 13–14 (theorem on sigmoid and step networks and its remarks).
 */
import { cite, claim, limit, tex } from '../../src/claims/index.js';
import { expression } from '../../src/math/index.js';
import {
  concentratedNorm,
  constantHalfspaceMass,
  density,
  integrableLabels,
  pointsPerDimension,
  positiveHalfspaceMass,
  positiveReluMean,
  reachableSize,
  symmetricInputs,
} from './shared/assumptions.js';
import { signedOuterWeights, smallerConstant } from './shared/controls.js';
import type { OuterNormInstance, Path } from './shared/instance.js';
import { nearLinear, pointsPerHalfspace, squareOfDimension } from './shared/instance.js';
import { minimalHalfspaceMass } from './shared/law-facts.js';
import { outerNormReading } from './shared/reading.js';
import { stepAtom } from './shared/step-outer-norm-family.js';

const bound = expression('2 * (delta + 2 * M) / eta', {
  delta: tex`\delta`,
  M: 'M',
  eta: tex`\eta`,
});

/** The only value that the document prints, for Gaussian inputs. */
const PRINTED_ETA = 0.3;

const setup = [concentratedNorm, integrableLabels];

const paths: readonly Path[] = [
  pointsPerHalfspace(1, [4, 32, 128], 4096),
  pointsPerHalfspace(2, [8, 64], 1024),
  pointsPerHalfspace(3, [16, 48], 160),
  squareOfDimension([1, 3, 10]),
  nearLinear([3, 10]),
];

const WENDEL =
  'By Wendel’s theorem N symmetric points in general position lie in an open halfspace with positive probability, whatever N; then a step neuron vanishes on the sample, and its outer weight is free.';

const common = {
  activation: 'step',
  bound,
  quantity: tex`\mathbb P\bigl(\sup_{\mathcal H(\delta)}\|a\|_1>2(\delta+2M)/\eta\bigr)`,
  figureTitle: 'Outer norm of step students against 2(δ + 2M)/η',
  paths,
} as const;

/** η = inf P(w·X ≥ c), the largest number that the mass condition admits, or a proved lower bound of it. */
const massOfHalfspaces = (instance: OuterNormInstance) => ({
  eta: minimalHalfspaceMass(instance.law, instance.margin),
});

/** `factor` scales the bound of the first control so that it fails on a few draws of a hundred. */
const controls = (assumptions: typeof setup, factor: number) => ({
  'no-exceptions': smallerConstant(
    factor,
    {
      statement: `The bound with ${(2 * factor).toFixed(2)} in place of 2 on every sample of at least 2d points, X symmetric.`,
      argument: WENDEL,
    },
    [...assumptions, symmetricInputs, pointsPerDimension(2)],
  ),
  'constant-one-fifth': smallerConstant(1 / 10, {
    statement: 'The bound with 1/5 in place of 2, on every sample.',
    argument:
      'For N(0, I), η ≥ 0.3, Y = 0 and N → ∞ one neuron of outer weight √2·δ has training error δ², and √2 > 1/(5·0.3).',
  }),
  'signed-outer-weights': signedOuterWeights,
});

const notSampled = (members: readonly string[], reason: string): Record<string, string> =>
  Object.fromEntries(members.map((member) => [`input:${member}`, reason]));

/** A density on an orthant or a halfspace, or atoms there that miss 0. */
const withoutMass = notSampled(
  [
    'unit-cube',
    'absolute-gaussian',
    'exponential',
    'pareto',
    'basis-atoms',
    'half-line',
    'halfspace',
  ],
  'drawn, and discarded: some halfspace w·x ≥ 0 has mass 0',
);

const onlyAtZero = notSampled(
  ['one-atom'],
  'drawn, and discarded unless the atom is 0, which is too rare to count on',
);

const withoutMean = notSampled(
  ['singular-gaussian', 'binary-cube', 'one-atom', 'line', 'hyperplane'],
  'drawn, and discarded: inf E ReLU(w·X) = 0',
);

const withoutDensity = notSampled(
  [
    'sqrt-d-sphere',
    'unit-sphere',
    'rademacher',
    'binary-cube',
    'singular-gaussian',
    'skewed-two-point',
    'one-atom',
    'two-atoms',
    'few-atoms',
    'signed-basis-atoms',
    'line',
    'hyperplane',
  ],
  'drawn, and discarded: no density',
);

const FAVOURED = {
  fixed: [
    'gaussian',
    'ill-conditioned-gaussian',
    'singular-gaussian',
    'shifted-gaussian',
    'sqrt-d-sphere',
    'unit-sphere',
    'rademacher',
    'symmetric-cube',
    'centred-exponential',
    'skewed-two-point',
    'student-t',
    'scale-mixture',
    'two-atoms',
    'few-atoms',
    'signed-basis-atoms',
    'line',
    'hyperplane',
    'clusters',
    'binary-cube',
  ],
  tied: [
    'gaussian',
    'ill-conditioned-gaussian',
    'sqrt-d-sphere',
    'unit-sphere',
    'rademacher',
    'symmetric-cube',
    'scale-mixture',
    'signed-basis-atoms',
  ],
} as const;

const WITH_DENSITY = {
  fixed: [
    'gaussian',
    'ill-conditioned-gaussian',
    'shifted-gaussian',
    'symmetric-cube',
    'centred-exponential',
    'student-t',
    'scale-mixture',
    'clusters',
  ],
  tied: ['gaussian', 'ill-conditioned-gaussian', 'symmetric-cube', 'scale-mixture'],
} as const;

const meanCondition = [
  ...setup,
  positiveReluMean,
  positiveHalfspaceMass,
  constantHalfspaceMass,
  reachableSize,
];
const massCondition = [...setup, positiveHalfspaceMass, constantHalfspaceMass, reachableSize];

export default claim({
  id: 'gamarnik2021/step-outer-norm-is-bounded',
  version: 3,
  catalogue: 'GZ-10',
  source: cite('gamarnik2021', 'p. 14, theorem on sigmoid and step networks'),
  standing: 'theorem',
  title: 'The outer norm of a well-fitting non-negative step network is bounded',
  statement: tex`\text{with high probability}\quad\sup_{(a,W)\in\mathcal H(\delta)}\|a\|_1\le\frac{2(\delta+2M)}{\eta}`,
  readings: {
    literal: limit(
      outerNormReading({
        ...common,
        note: 'The printed setup only, (i): no condition ties η to the law. Drawn with η = 0.3, the only value printed; the family refutes every η > 0.',
        constants: () => ({ eta: PRINTED_ETA }),
        assumptions: [...setup, reachableSize],
        parameters: {},
        controls: controls([...setup, reachableSize], 0.38),
        unsampled: {},
        families: [stepAtom],
        trialsPerRung: 50,
      }),
    ),
    'mean-condition': limit(
      outerNormReading({
        ...common,
        note: 'With inf E ReLU(w·X) > 0, (ii), which makes η = inf P(w·X ≥ 0) positive: η is that mass. Where d grows, η is a constant (at least ⅛).',
        constants: massOfHalfspaces,
        assumptions: meanCondition,
        parameters: { favoured: FAVOURED },
        controls: controls(meanCondition, 0.65),
        unsampled: { ...withoutMass, ...withoutMean },
        trialsPerRung: 90,
        lastRungVisits: 6,
      }),
    ),
    'mass-condition': limit(
      outerNormReading({
        ...common,
        note: 'With inf P(w·X ≥ c) ≥ η for a margin c ≥ 0, (iii): η is that mass, for margins from 0 to 1. Where d grows, η is a constant (at least ⅛).',
        constants: massOfHalfspaces,
        assumptions: massCondition,
        parameters: { favoured: FAVOURED, margins: true },
        controls: controls(massCondition, 0.61),
        unsampled: { ...withoutMass, ...onlyAtZero },
        trialsPerRung: 105,
        lastRungVisits: 5,
      }),
    ),
    intended: limit(
      outerNormReading({
        ...common,
        note: 'The mass condition (iii) for laws with a density; η = inf P(w·X ≥ c) as there.',
        constants: massOfHalfspaces,
        assumptions: [...massCondition, density],
        parameters: { favoured: WITH_DENSITY, margins: true },
        controls: controls([...massCondition, density], 0.66),
        unsampled: { ...withoutMass, ...withoutDensity },
        trialsPerRung: 90,
        lastRungVisits: 5,
      }),
    ),
  },
});
