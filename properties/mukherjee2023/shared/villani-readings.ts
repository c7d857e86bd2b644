import { atLeast, atMost, decided, gaveUp } from '../../../src/claims/index.js';
import type {
  Assumption,
  Conclusion,
  Control,
  Coverage,
  Features,
  NumericRange,
} from '../../../src/claims/index.js';
import { norm } from '../../../src/math/index.js';
import { largestInputNorm, lossEvaluator } from '../../../src/theory/index.js';
import type { LossProblem } from '../../../src/theory/index.js';
import { villaniLabels } from './villani-instances.js';
import type { VillaniInstance, VillaniLaw } from './villani-instances.js';

/** What every reading of the Villani claims leaves out. */
const UNSAMPLED = {
  'radius-limit':
    'the limit R → ∞ itself: the search goes to 1e6, beyond that the growth bound decides',
};

/** Sizes 1 … largest, each with a bin of its own. */
const sizes = (meaning: string, largest: number): NumericRange => ({
  meaning,
  from: 0.5,
  to: largest + 0.5,
  bins: largest,
});

const rangesOf = (law: VillaniLaw): Readonly<Record<string, NumericRange>> => ({
  p: sizes('neurons', law.largest),
  d: sizes('input dimension', law.largest),
  n: sizes('data points', 10),
});

/** What the claim quantifies over, as numbers. */
export function villaniFeatures(law: VillaniLaw) {
  return (instance: VillaniInstance): Features => {
    const { outer, dataset, lambda, steps } = instance;
    const threshold = law.threshold(instance);
    return {
      p: outer.length,
      d: dataset.inputDim,
      n: dataset.inputs.length,
      λ: lambda,
      ...(threshold > 0 ? { 'λ/λ_c': lambda / threshold } : {}),
      '‖a‖': norm(outer),
      B_x: largestInputNorm(dataset),
      'largest |y_i|': Math.max(...dataset.labels.map(Math.abs)),
      'least s': steps[0],
      'largest s': steps[steps.length - 1],
    };
  };
}

/** Coverage of a reading about λ above its threshold; λ = 0 is drawn for the control alone. */
export function coverageAbove(law: VillaniLaw): Coverage {
  return {
    sampled: villaniLabels(law),
    ranges: rangesOf(law),
    unsampled: {
      ...UNSAMPLED,
      'lambda:below':
        'λ at or below the threshold: outside the assumption; discarded, but for the control',
    },
  };
}

/** Coverage of a reading about λ below its threshold. */
export function coverageBelow(law: VillaniLaw): Coverage {
  const sampled = { ...villaniLabels(law), 'lambda:zero': 'λ = 0' };
  const { 'activation:constant': _, ...rest }: Record<string, string> = sampled;
  const unsampled = {
    ...UNSAMPLED,
    ...(law.normalised
      ? {}
      : {
          'outer:zero': 'a = 0 makes λ_c = 0, so no λ ≥ 0 is below it; drawn above the threshold',
        }),
    'lambda:above': 'λ at or above the threshold: outside the assumption',
  };
  return law.activations.includes('constant')
    ? {
        ranges: rangesOf(law),
        sampled: rest,
        unsampled: { ...unsampled, 'activation:constant': 'M_D = 0, so no λ ≥ 0 is below λ_c = 0' },
      }
    : { sampled, unsampled, ranges: rangesOf(law) };
}

/** The generic mutant of those readings that is false for bounded activations. */
export const UNREGULARISED = {
  'drop: λ > λ_c':
    'At λ = 0 the loss is bounded for bounded activations: condition (2) fails, and λ = 0 is drawn.',
} as const;

/**
 * Controls of a reading that says "all conditions hold above the threshold".
 *
 * @param assumptions the reading's assumptions without λ > λ_c, and with λ ≥ 0
 * @param coefficient between the proven ½ and 1: a few per cent of the draws grow more slowly
 */
export function controlsAbove<I extends VillaniInstance>(
  assumptions: readonly Assumption<I>[],
  coefficient: number,
): Readonly<Record<string, Control<I>>> {
  return {
    'any-decay': {
      statement: 'All conditions hold for every λ ≥ 0: the threshold is dropped.',
      argument:
        'At λ = 0 the loss is bounded for bounded activations, and bounded on a ray for SoftPlus unless the inputs positively span the space and all a_j have one sign: condition (2) fails.',
      judge: 'every-draw',
      assumptions,
      conclude: (_, original) => original(),
    },
    'faster-growth': {
      statement: `−ΔL̃ + ‖∇L̃‖²/s ≥ ${coefficient}·λ²‖W‖²/s, where λ²‖W‖²/(2s) is proven: from the growth radius on.`,
      argument:
        'At that radius the data term takes up to λR/8 from ‖∇L̃‖ and the Laplacian up to λ²R²/(32s) from the functional: where the constants are attained, (7/8)² ≈ 0.77 or 31/32 ≈ 0.97 of λ²R²/s is left, less where both are.',
      judge: 'every-draw',
      conclude: (_, original) =>
        onMeasurement(original, 'growthCoefficient', 'faster growth', coefficient),
    },
    'growth-from-the-origin': {
      statement: '−ΔL̃ + ‖∇L̃‖²/s ≥ λ²‖W‖²/(2s) for every W, not only far out.',
      argument:
        'At a minimiser ∇L̃ = 0 and ΔL̃ ≥ 0, so the left side is ≤ 0 and the right side > 0 unless the minimiser is 0.',
      judge: 'every-draw',
      conclude: (_, original) =>
        onMeasurement(original, 'functionalOverGrowth', 'growth everywhere'),
    },
    'weight-decay-alone': {
      statement: '‖∇L̃‖ ≥ λ‖W‖ for every W: the data term never works against the weight decay.',
      argument: 'At a minimiser other than 0 the gradient vanishes and λ‖W‖ does not.',
      judge: 'every-draw',
      conclude: (_, original) =>
        onMeasurement(original, 'gradientOverWeightDecay', 'gradient at least that of the decay'),
    },
  };
}

/** How far out L̃ is evaluated at λ = 0, where no radius is known to suffice. */
const UNREGULARISED_RADIUS = 1e6;

/**
 * Controls of a reading that says "some condition fails below the threshold".
 *
 * @param threshold the threshold of an instance
 * @param divisor by how much the first control divides it: a few per cent of the draws are below that
 */
export function controlsBelow<I extends VillaniInstance>(
  threshold: (problem: LossProblem) => number,
  divisor: number,
): Readonly<Record<string, Control<I>>> {
  const whenBelow =
    (factor: number): Control<I>['conclude'] =>
    async (instance, original) => {
      const beneath = instance.lambda < factor * threshold(instance);
      return beneath ? original() : decided('exact', [atMost('λ is not that small', 0, 1)]);
    };
  return {
    'threshold-far-smaller': {
      statement: `Some condition fails whenever λ < λ_c/${divisor.toExponential()}.`,
      argument:
        'Every λ > 0 suffices for all conditions (the growth bound), so a smaller threshold fails as well.',
      judge: 'every-draw',
      conclude: whenBelow(1 / divisor),
    },
    'threshold-halved': {
      statement: 'Some condition fails whenever λ < λ_c/2.',
      argument: 'As for the far smaller threshold.',
      judge: 'every-draw',
      conclude: whenBelow(1 / 2),
    },
    'loss-stays-bounded': {
      statement: 'Below λ_c condition (2) fails: L̃ stays below L̃(0) + 1 far out.',
      argument: 'L̃ ≥ (λ/2)‖W‖² for every λ > 0, since the data term is ≥ 0.',
      judge: 'every-draw',
      conclude: (instance) => {
        const { lambda, outer, dataset } = instance;
        const evaluate = lossEvaluator(instance);
        const inner = new Float64Array(outer.length * dataset.inputDim);
        const level = evaluate(inner).value + 1;
        inner[0] = lambda > 0 ? 2 * Math.sqrt((2 * level) / lambda) : UNREGULARISED_RADIUS;
        const { value } = evaluate(inner);
        // Fewer than 1e3 roundings of terms that are not negative.
        return decided('exact', [
          atMost('L̃(W) stays below L̃(0) + 1', value, level, 1e-12 * (value + level)),
        ]);
      },
    },
  };
}

/** The clause that a ratio measured by the reading's own search is at least `least`. */
async function onMeasurement(
  original: () => Promise<Conclusion>,
  measurement: string,
  name: string,
  least = 1,
): Promise<Conclusion> {
  const { measurements } = await original();
  const ratio = measurements?.[measurement];
  if (ratio === undefined) return gaveUp('nothing was searched on this draw');
  // Rounding where the two sides are equal, as for a constant activation.
  return decided('attack', [atLeast(name, ratio, least, 1e-9)]);
}
