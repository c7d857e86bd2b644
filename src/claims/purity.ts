import type { Labelled } from '../generators/index.js';
import type { Json } from '../model/index.js';
import { encodeJson, firstDifference } from '../model/index.js';
import type { OpaqueInstance } from './claim.js';
import type { TrialRecord } from './evidence-types.js';
import { ClaimFault } from './claim-fault.js';

// What a claim's functions owe, and what nothing about one call shows: each is looked at where it is cheap, on the first
// draws, and before a violation counts.

/** The instance as JSON. @throws ClaimFault when it is not plain data */
export function plainInstance(instance: OpaqueInstance, where: string): Json {
  try {
    return encodeJson(instance, 'instance');
  } catch (error) {
    throw new ClaimFault(`${where}, instances: ${reasonOf(error)}`, { cause: error });
  }
}

/**
 * Checks that a generator is a function of its randomness: both draws came from the same.
 *
 * @throws ClaimFault when they differ
 */
export function checkSameDraw(
  first: Labelled<OpaqueInstance>,
  again: Labelled<OpaqueInstance>,
  where: string,
): void {
  const differs =
    firstDifference(
      plainInstance(first.instance, where),
      plainInstance(again.instance, where),
      'instance',
    ) ?? firstDifference(encodeJson(first.labels), encodeJson(again.labels), 'labels');
  if (differs === null) return;
  throw new ClaimFault(
    `${where}, instances: the generator must be a function of its randomness, and ${differs.path} was ${differs.was} and is ${differs.is} when it is drawn again; draw everything from the random source that it is given`,
  );
}

/**
 * Checks that an instance is what it was.
 *
 * @param before `plainInstance` of it, before the function `what` was given it
 * @throws ClaimFault when it is not
 */
export function checkUnchanged(
  before: Json,
  instance: OpaqueInstance,
  where: string,
  what: string,
): void {
  const differs = firstDifference(before, encodeJson(instance, 'instance'), 'instance');
  if (differs === null) return;
  throw new ClaimFault(
    `${where}, ${what}: must leave its instance as it is, and ${differs.path} was ${differs.was} and is ${differs.is}; work on a copy`,
  );
}

/**
 * Checks that a conclusion is a function of its instance and tools: both records came from the same.
 *
 * @throws ClaimFault when they differ
 */
export function checkSameConclusion(first: TrialRecord, again: TrialRecord, where: string): void {
  const differs = firstDifference(encodeJson(first), encodeJson(again), 'conclusion');
  if (differs === null) return;
  throw new ClaimFault(
    `${where}, conclude: must be a function of its instance and tools, and ${differs.path} was ${differs.was} and is ${differs.is} when it is asked again; take random numbers from tools.random`,
  );
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/^encodeJson: /, '') : String(error);
}
