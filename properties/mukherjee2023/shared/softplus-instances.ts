import fc from 'fast-check';
import type { Generator } from '../../../src/generators/index.js';
import { pow } from '../../../src/math/index.js';
import { villaniInstances, villaniLabels } from './villani-instances.js';
import type { VillaniInstance, VillaniLaw } from './villani-instances.js';

/** A SoftPlus loss, the accuracy ε that is asked for, and a step size s. */
export interface SoftplusInstance extends VillaniInstance {
  readonly accuracy: number;
  readonly step: number;
}

/** 10^{−k/100} for k uniform in 0…300. */
const threeDecades = fc.nat({ max: 300 }).map((k) => pow(10, -k / 100));

/**
 * Villani instances with accuracy and step, independent of each other and of the rest.
 *
 * @param largestDimension the largest width·inputDim that is kept
 */
export function softplusInstances(
  law: VillaniLaw,
  largestDimension: number,
): Generator<SoftplusInstance> {
  const base = villaniInstances(law);
  return {
    law: `${base.law}; draws with p·d > ${largestDimension} rejected; s and ε independent, uniform on 10^{−k/100}, k = 0, …, 300`,
    arbitrary: fc
      .tuple(base.arbitrary, threeDecades, threeDecades)
      .map(([{ instance, labels }, accuracy, step]) => ({
        instance: { ...instance, accuracy, step },
        labels: [
          ...labels,
          instance.activation.name === 'softplus' && instance.activation.beta < 1
            ? 'beta:below-one'
            : 'beta:one-and-more',
          accuracy < 0.1 ? 'accuracy:fine' : 'accuracy:coarse',
        ],
      }))
      .filter(
        ({ instance }) => instance.outer.length * instance.dataset.inputDim <= largestDimension,
      ),
  };
}

/** Phrases of the labels, those of Villani instances included. */
export function softplusLabels(law: VillaniLaw): Readonly<Record<string, string>> {
  return {
    ...villaniLabels(law),
    'beta:below-one': 'β from 0.1 to 1',
    'beta:one-and-more': 'β from 1 to 100',
    'accuracy:fine': 'ε from 1e-3 to 0.1',
    'accuracy:coarse': 'ε from 0.1 to 1',
  };
}
