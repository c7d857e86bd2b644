import type { Certificate, Claim, UniversalReading } from '../../../src/claims/index.js';
import { atMost, decided, gaveUp, settling } from '../../../src/claims/index.js';
import {
  absolute,
  add,
  divide,
  dotExact,
  multiply,
  scale as scaled,
  sign,
  sumExact,
  toDouble,
} from '../../../src/math/index.js';
import type { Rational } from '../../../src/math/index.js';
import type { Vector } from '../../../src/model/index.js';
import { lossEvaluator } from '../../../src/theory/index.js';
import sigmoid from '../../../properties/mukherjee2023/sigmoid-villani-threshold-is-one-eighth.property.js';
import softplus from '../../../properties/mukherjee2023/softplus-villani-threshold.property.js';
import exists from '../../../properties/mukherjee2023/villani-threshold-exists.property.js';
import { rationalAbove, supremaBig } from '../../../properties/mukherjee2023/shared/suprema-big.js';
import { nonNegative } from '../../../properties/mukherjee2023/shared/thresholds.js';
import { check } from '../../../properties/mukherjee2023/shared/activation-check.js';
import type { VillaniInstance } from '../../../properties/mukherjee2023/shared/villani-instances.js';
import type { Planted } from './variant.js';
import { originalOf, variantOf } from './variant.js';

type Reading = UniversalReading<VillaniInstance>;

/** The readings that say "above λ_c all conditions hold". */
const READINGS: readonly (readonly [name: string, claim: Claim, reading: string])[] = [
  ['villani', exists, 'sufficient'],
  ['sigmoid-villani', sigmoid, 'sufficient'],
  ['sigmoid-villani-half', sigmoid, 'sufficient-half'],
  ['softplus-villani-half', softplus, 'sufficient-half'],
  ['softplus-villani-two', softplus, 'sufficient-two'],
];

/** A direction v and an upper bound of the data term on the ray of W whose rows are −t·v. */
interface Ray {
  readonly direction: Vector;
  readonly level: Rational;
}

/**
 * A ray with a bounded data term: any, where σ is bounded; for SoftPlus one on which no argument is positive, so
 * that 0 ≤ σ ≤ ln 2/β. Then the term is at most c·Σ(|y_i| + ‖a‖₁·sup|σ|)², c = 1/n or 1/(2n).
 */
function boundedRay({ activation, outer, dataset, scale }: VillaniInstance): Ray | null {
  const { value, homogeneityDefect } = supremaBig(activation);
  const supremum = value ?? homogeneityDefect;
  if (supremum === null) return null;
  const candidates =
    value === null ? dataset.inputs : [dataset.inputs[0].map((_, k) => (k === 0 ? 1 : 0))];
  const direction = candidates.find(
    (v) => value !== null || dataset.inputs.every((x) => sign(dotExact(v, x)) >= 0),
  );
  if (direction === undefined || direction.every((entry) => entry === 0)) return null;
  const reach = multiply(sumExact(outer.map(absolute)), rationalAbove(supremum));
  const squares = dataset.labels.map((y) => {
    const most = add(absolute(y), reach);
    return multiply(most, most);
  });
  const n = BigInt(dataset.labels.length) * (scale === 'mean' ? 1n : 2n);
  return { direction, level: divide(sumExact(squares), n) };
}

/** All rows −t·v, with t so large that (share − ½)λ‖W‖² exceeds twice the bounded data term. */
function farPoint(instance: VillaniInstance, { direction, level }: Ray, share: number): Vector[] {
  const square = instance.outer.length * toDouble(dotExact(direction, direction));
  const wanted = (2 * toDouble(level)) / ((share - 0.5) * instance.lambda);
  const t = Math.sqrt(Math.max(wanted, 1) / square);
  const row = scaled(-t, direction);
  return instance.outer.map(() => row);
}

const GROWTH = 'L̃(W) is at least the stated multiple of λ‖W‖²';

/** L̃ ≥ share·λ‖W‖² everywhere, share > ½: false far out on a ray with a bounded data term. */
function growthVariant(
  name: string,
  original: Claim,
  reading: string,
  distance: Planted['distance'],
  share: number,
): Planted {
  const source = originalOf<Reading>(original, reading);
  const texts = {
    statement: `Above λ_c, L̃(W) ≥ ${share}·λ‖W‖² for every W, in the place of condition (2).`,
    argument:
      'Where the data term is bounded on a ray, by U, L̃ ≤ U + ½λ‖W‖², which is less far out. For bounded σ every ray is one, for SoftPlus a ray on which no argument is positive.',
  };
  return {
    id: `${name}-growth-${String(share).replace('.', '-')}`,
    original,
    reading,
    distance,
    ...texts,
    variant: variantOf(source, 'universal', texts, {
      conclude: (instance) => {
        const ray = boundedRay(instance);
        if (ray === null) return gaveUp('no ray with a bounded data term is known');
        const rows = farPoint(instance, ray, share);
        const square = rows.flat().reduce((sum, entry) => sum + entry * entry, 0);
        const { value } = lossEvaluator(instance)(rows.flat());
        const claimed = share * instance.lambda * square;
        return decided('exact', [atMost(GROWTH, claimed, value, 1e-9 * (claimed + value))], {
          witness: { direction: ray.direction },
        });
      },
      certify: (instance): Certificate | null => {
        const ray = boundedRay(instance);
        if (ray === null) return null;
        const rows = farPoint(instance, ray, share);
        const square = dotExact(rows.flat(), rows.flat());
        const decay = multiply(instance.lambda, square);
        return {
          kind: 'instance',
          statement: `L̃(W) < ${share}·λ‖W‖² at an explicit W`,
          argument:
            'The data term is at most U = c·Σ(|y_i| + ‖a‖₁·sup|σ|)² at W, so L̃(W) ≤ U + ½λ‖W‖².',
          checks: [
            check('λ', instance.lambda, '>', 0),
            ...source.assumptions.map((it) =>
              settling(it, check(`margin of “${it.name}”`, it.margin(instance), '≥', 0)),
            ),
            check(
              'share·λ‖W‖² against U + ½λ‖W‖²',
              multiply(share, decay),
              '>',
              add(ray.level, divide(decay, 2)),
            ),
          ],
        };
      },
    }),
  };
}

/** Every λ ≥ 0 suffices: false at λ = 0 alone, where a bounded σ bounds the loss. */
function thresholdVariant(name: string, original: Claim, reading: string): Planted {
  const source = originalOf<Reading>(original, reading);
  const assumptions = [
    ...source.assumptions.filter((assumption) => assumption.name !== 'λ > λ_c'),
    nonNegative,
  ];
  const texts = {
    statement: 'All conditions hold for every λ ≥ 0.',
    argument: 'At λ = 0 a bounded σ bounds L̃, and condition (2) fails; at every λ > 0 they hold.',
  };
  return {
    id: `${name}-any-decay`,
    original,
    reading,
    distance: 'near',
    ...texts,
    variant: variantOf(source, 'universal', texts, {
      assumptions,
      certify: (instance): Certificate | null => {
        const ray = supremaBig(instance.activation).value === null ? null : boundedRay(instance);
        if (ray === null || instance.lambda !== 0) return null;
        return {
          kind: 'instance',
          statement: 'λ = 0, and L̃ is bounded: it does not tend to infinity',
          argument: 'L̃ ≤ U = c·Σ(|y_i| + ‖a‖₁·sup|σ|)² for every W.',
          checks: [
            ...assumptions.map((it) =>
              settling(it, check(`margin of “${it.name}”`, it.margin(instance), '≥', 0)),
            ),
            check('λ', instance.lambda, '≤', 0),
            check('U', ray.level, '≥', 0),
          ],
        };
      },
    }),
  };
}

/** False variants of the Villani claims. */
export const VILLANI: readonly Planted[] = READINGS.flatMap(([name, original, reading]) => [
  growthVariant(name, original, reading, 'near', 0.505),
  growthVariant(name, original, reading, 'far', 1),
  ...(original === softplus ? [] : [thresholdVariant(name, original, reading)]),
]);
