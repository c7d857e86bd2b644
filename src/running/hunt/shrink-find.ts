import type { Claim, OpaqueInstance } from '../../claims/index.js';
import {
  counterexampleFile,
  readCounterexample,
  shrinkCounterexample,
  storeCounterexample,
  verifyIndependently,
} from '../../hunting/index.js';
import { decodeJson } from '../../model/index.js';
import type { Engine } from '../../training/index.js';
import type { ShrinkJob, ShrinkResult } from './job.js';

/** Shrinks a stored find within its group. What it came from stays, for the
 * hunt to remove once its checkpoint knows the smaller one. */
export async function shrinkFind(
  claim: Claim,
  engine: Engine,
  { target, found, id, budget }: ShrinkJob,
): Promise<ShrinkResult> {
  const reading = claim.readings[target.reading];
  const file = counterexampleFile(found, { claim: claim.id, reading: target.reading, id });
  const stored = readCounterexample(file);
  const { groups } = reading;
  const group = groups?.of(decodeJson(stored.instance) as unknown as OpaqueInstance);
  const shrunk = await shrinkCounterexample(claim, stored, engine, {
    budget,
    keeps: (instance) => groups === undefined || groups.of(instance) === group,
  });
  const { counterexample } = verifyIndependently(shrunk.counterexample);
  storeCounterexample(found, counterexample);
  return {
    id: counterexample.id,
    grade: counterexample.grade,
    minimal: counterexample.shrinking?.minimal ?? false,
    evaluations: counterexample.shrinking?.evaluations ?? 0,
  };
}
