import fc from 'fast-check';
import type { ScalingReading } from '../../../src/claims/index.js';
import type { Generator } from '../../../src/generators/index.js';
import { expression, log } from '../../../src/math/index.js';
import fatShattering from '../../../properties/gamarnik2021/fat-shattering-dimension-is-bounded.property.js';
import type { BoundReading } from '../../../properties/gamarnik2021/shared/fat-shattering-conclusion.js';
import {
  certifyBound,
  concludeBound,
  confirmBound,
  otherBound,
} from '../../../properties/gamarnik2021/shared/fat-shattering-conclusion.js';
import type { FatShatteringInstance } from '../../../properties/gamarnik2021/shared/fat-shattering-instances.js';
import type { Planted } from './variant.js';
import { originalOf, variantOf } from './variant.js';

type Reading = ScalingReading<FatShatteringInstance>;

const SYMBOLS = { C: 'C', M: 'M', A: 'A', d: 'd', gamma: 'γ' };

/** The readings with their logarithms, and the constant that two points on a line ask for at γ = 𝓜A/2. */
const READINGS = [
  { reading: 'literal', logPower: 0, factor: '', attained: 1 / 2 },
  { reading: 'log', logPower: 1, factor: ' * log(M * A / gamma)', attained: 1 / (2 * Math.LN2) },
  {
    reading: 'log-squared',
    logPower: 2,
    factor: ' * log(M * A / gamma)^2',
    attained: 1 / (2 * Math.LN2 ** 2),
  },
] as const;

/** What the draws of the profile ci leave open: over less than two decades ln² grows as a root does. */
const LIKE_A_LOGARITHM = 'the draws do not tell the exponent surely from a logarithm';

/** What the eigenvalues of a few hundred points leave open: they reach 𝓜A/γ = 100 at d = 5, less than a decade. */
const TOO_NARROW =
  'runs reach less than a decade of 𝓜A/γ at d = 5, where the exponent differs by 1/6: the reading itself is left open there';

const ratioOf = ({ magnitude, outerNorm, width }: FatShatteringInstance): number =>
  (magnitude * outerNorm) / width;

/** Every rung with the same probability: a constant is judged by single instances. */
function mixture({ ladder }: Reading): Generator<FatShatteringInstance> {
  const generators = ladder.rungs.map((rung) => ladder.at(rung));
  return {
    law: 'a rung of the ladder, uniform',
    // An integer, so that the search stream prefers the first rungs and shrinks towards them.
    arbitrary: fc
      .integer({ min: 0, max: generators.length - 1 })
      .chain((k) => generators[k].arbitrary),
  };
}

function plantedOn({ reading, logPower, factor, attained }: (typeof READINGS)[number]): Planted[] {
  const source = originalOf<Reading>(fatShattering, reading);
  const named = logPower === 0 ? '' : logPower === 1 ? '·log(𝓜A/γ)' : '·log²(𝓜A/γ)';
  const logOf = (instance: FatShatteringInstance): number => log(ratioOf(instance)) ** logPower;
  const constant = (id: string, distance: Planted['distance'], share: number): Planted => {
    const value = Number((share * attained).toPrecision(3));
    const texts = {
      statement: `FSD ≤ ${value}·𝓜²A²d/γ²${named}, on every instance`,
      argument: `d = 1, γ = 𝓜A/2: two points on a line are shattered by the four thresholds of norm A, so the constant is at least ${attained.toPrecision(4)}.`,
    };
    const bound: BoundReading = {
      bound: expression(`C * M^2 * A^2 * d / gamma^2${factor}`, SYMBOLS),
      logPower,
      constant: value,
      convention: 'each-side',
    };
    return {
      id: `fat-shattering-${reading}-${id}`,
      original: fatShattering,
      reading,
      distance,
      ...texts,
      variant: variantOf(source, 'universal', texts, {
        instances: mixture(source),
        conclude: (instance, tools) => concludeBound(bound, instance, tools),
        confirm: (instance, violation) => confirmBound(bound, instance, violation),
        certify: (instance, violation) => certifyBound(bound, instance, violation),
      }),
    };
  };
  const growth = (
    id: string,
    distance: Planted['distance'],
    texts: Pick<Planted, 'statement' | 'argument'>,
    perUnit: (instance: FatShatteringInstance) => number,
    more: Pick<Planted, 'beyond'> = { beyond: LIKE_A_LOGARITHM },
  ): Planted => {
    const { conclude } = otherBound('as-reading', texts.statement, texts.argument, 1, perUnit);
    return {
      id: `fat-shattering-${reading}-${id}`,
      original: fatShattering,
      reading,
      distance,
      ...texts,
      ...more,
      variant: variantOf(source, 'scaling', texts, {
        conclude: async (instance, tools) =>
          conclude(instance, async () => source.conclude(instance, tools), tools),
      }),
    };
  };
  const simplex =
    'd + 1 affinely independent points are shattered at γ = 𝓜A/2 by the half-spaces alone';
  const line = 'For d = 1 the dimension is 2⌊(𝓜A/(2γ) + 1)/2⌋, linear in 𝓜A/γ';
  return [
    constant('constant-just-below', 'near', 0.99),
    constant('constant-halved', 'far', 0.5),
    growth(
      'without-the-dimension',
      'far',
      { statement: `FSD ≤ C·𝓜²A²/γ²${named}`, argument: `${simplex}: the constant grows like d.` },
      (instance) => ratioOf(instance) ** 2 * logOf(instance),
      {},
    ),
    growth(
      'root-of-the-dimension',
      'near',
      {
        statement: `FSD ≤ C·𝓜²A²√d/γ²${named}`,
        argument: `${simplex}: the constant grows like √d.`,
      },
      (instance) => ratioOf(instance) ** 2 * Math.sqrt(instance.inputDim) * logOf(instance),
    ),
    growth(
      'without-the-width',
      'far',
      { statement: `FSD ≤ C·d${named}`, argument: `${line}: it outgrows every logarithm.` },
      (instance) => instance.inputDim * logOf(instance),
      {},
    ),
    growth(
      'root-of-the-width',
      'near',
      {
        statement: `FSD ≤ C·d·(𝓜A/γ)^{1/2}${named}`,
        argument: `${line}: the constant grows like (𝓜A/γ)^{1/2}, but for the logarithm.`,
      },
      (instance) => Math.sqrt(ratioOf(instance)) * instance.inputDim * logOf(instance),
      logPower === 2 ? { beyond: LIKE_A_LOGARITHM } : {},
    ),
    growth(
      'exponent-three-halves',
      'near',
      {
        statement: `FSD ≤ C·d·(𝓜A/γ)^{3/2}${named}`,
        argument:
          'For fixed d the dimension grows like (𝓜A/γ)^{2d/(d+1)}, with an exponent above 3/2 from d = 4 on, 5/3 at d = 5.',
      },
      (instance) => ratioOf(instance) ** 1.5 * instance.inputDim * logOf(instance),
      { beyond: TOO_NARROW },
    ),
    ...(logPower === 0
      ? [
          growth(
            'exponent-one',
            'near',
            {
              statement: 'FSD ≤ C·d·𝓜A/γ',
              argument:
                'For fixed d ≥ 2 the dimension grows like (𝓜A/γ)^{2d/(d+1)}, with an exponent of 5/3 at d = 5.',
            },
            (instance) => ratioOf(instance) * instance.inputDim,
          ),
        ]
      : []),
  ];
}

/** False variants of the fat-shattering bound. */
export const FAT_SHATTERING: readonly Planted[] = READINGS.flatMap(plantedOn);
