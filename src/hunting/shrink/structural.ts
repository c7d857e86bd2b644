import type { AnyReading, OpaqueInstance, Simplifier } from '../../claims/index.js';
import type { Plain } from '../../model/index.js';
import type { Complexity, Costs } from './complexity.js';
import { complexityOf } from './complexity.js';
import { arrayAndNumberStep, entrySteps, twoArraysStep } from './entry-steps.js';
import { costOf, singleNumberSteps, tiedNumbersStep } from './number-steps.js';
import { orderStep } from './order-step.js';
import { placeOf } from './places.js';
import { shapeSteps, textCost } from './shape-steps.js';
import type { Structure } from './structure.js';
import { kindAt, learnStructure } from './structure.js';

/** How an instance of a reading gets simpler, and what simpler means. */
export interface Simplification {
  readonly simplifiers: readonly Simplifier<OpaqueInstance>[];
  readonly measure: (instance: OpaqueInstance) => Complexity;
}

/** Simplifiers for any plain instance whose shape was learnt: steps that take much away first, and those with few candidates. */
function structuralSimplifiers(structure: Structure, costs: Costs): Simplifier<Plain>[] {
  return [
    ...entrySteps(structure),
    ...shapeSteps(structure),
    ...singleNumberSteps(structure),
    twoArraysStep(structure),
    arrayAndNumberStep(structure),
    tiedNumbersStep(structure),
    ...(costs.ordered ? [orderStep(structure, costs)] : []),
  ];
}

/**
 * How an instance of a reading gets simpler: by the steps that the reading declares, else by those learnt from its law.
 *
 * @param witness the instance that is to be shrunk: what it breaks is no rule of the law
 */
export function simplificationOf(
  reading: AnyReading,
  ...witness: readonly OpaqueInstance[]
): Simplification {
  if (reading.simplify !== undefined) {
    return {
      simplifiers: reading.simplify,
      measure: (instance) => complexityOf(instance as unknown as Plain),
    };
  }
  const seen = witness as unknown as readonly Plain[];
  const structure = learnStructure(reading.instances, ...seen);
  const { texts } = structure.shapes;
  const costs: Costs = {
    number: (x, path) => costOf(x, kindAt(structure, path)),
    word: (word, path) => (texts.has(placeOf(path)) ? textCost(word) : 0),
    // A canonical form that the reading declares has an order of its own.
    ordered: reading.canonical === undefined,
  };
  return {
    simplifiers: structuralSimplifiers(structure, costs) as unknown as Simplifier<OpaqueInstance>[],
    measure: (instance) => complexityOf(instance as unknown as Plain, costs),
  };
}

/** The simplifiers of a reading: those it declares, else those learnt from its law. */
export function simplifiersOf(reading: AnyReading): readonly Simplifier<OpaqueInstance>[] {
  return simplificationOf(reading).simplifiers;
}
