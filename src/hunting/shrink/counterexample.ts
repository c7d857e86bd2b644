import type { Claim, OpaqueInstance, Trial } from '../../claims/index.js';
import { ClaimFault } from '../../claims/index.js';
import { decodeJson, encodeJson } from '../../model/index.js';
import type { Engine } from '../../training/index.js';
import type { Counterexample } from '../counterexample.js';
import { clauseFields, counterexampleId } from '../counterexample.js';
import { verifyIndependently } from '../independent-check.js';
import type { Replay } from '../replay.js';
import { replay } from '../replay.js';
import { canonicalForm } from './canonical.js';
import { shrinkInstance } from './shrink.js';
import { simplificationOf } from './structural.js';

/** A counterexample after shrinking, and the trial that it is; the trial is null where nothing was smaller. */
interface ShrunkCounterexample {
  readonly counterexample: Counterexample;
  readonly trial: Trial | null;
}

/**
 * Makes the instance of a counterexample smaller and simpler. The signature stays: claim, reading, clause and its sign,
 * a grade no worse, and a certificate that the independent checker accepts where it accepted the first one. Each
 * candidate is judged as its file would be: replayed from the instance alone.
 *
 * @param stored a counterexample that replays; families are returned as they are
 * @param options.budget most candidates that are judged
 * @param options.keeps what must stay besides
 */
export async function shrinkCounterexample(
  claim: Claim,
  stored: Counterexample,
  engine: Engine,
  options: {
    readonly budget: number;
    readonly keeps?: (instance: OpaqueInstance) => boolean;
  },
): Promise<ShrunkCounterexample> {
  const reading = claim.readings[stored.reading];
  const replayed = stored.form === 'family' ? null : await replay(claim, stored, engine);
  const start = replayed?.trial?.instance;
  if (start === undefined || replayed?.reproduces !== true) {
    return { counterexample: stored, trial: null };
  }
  const first = withReplay(stored, replayed, start);
  const accepted = verifyIndependently(first).counterexample.checked === true;
  let best: ShrunkCounterexample = { counterexample: stored, trial: null };
  const shrunk = await shrinkInstance(start, {
    ...simplificationOf(reading, start),
    ...(reading.canonical === undefined ? {} : { canonical: reading.canonical }),
    budget: options.budget,
    async keeps(instance) {
      if (options.keeps?.(instance) === false) return false;
      const encoded = encodeJson(instance);
      const id = counterexampleId(claim.id, stored.reading, encoded);
      const candidate: Counterexample = { ...stored, id, instance: encoded };
      const again = await replayIfAny(claim, candidate, engine);
      if (again?.reproduces !== true || !isNoWorse(again, first)) return false;
      const counterexample = withReplay(candidate, again, instance);
      if (accepted && verifyIndependently(counterexample).counterexample.checked !== true) {
        return false;
      }
      best = { counterexample, trial: again.trial };
      return true;
    },
  });
  const { minimal, listed, taken, untried, evaluations } = shrunk;
  const steps = Object.values(taken).reduce((sum, count) => sum + count, 0);
  const { found } = best.counterexample;
  return {
    trial: best.trial,
    counterexample: {
      ...best.counterexample,
      found: { ...found, shrinks: found.shrinks + steps },
      shrinking: {
        minimal,
        listed,
        taken,
        ...(untried === undefined ? {} : { untried }),
        evaluations,
      },
    },
  };
}

/** A candidate on which the claim's own code throws, such as one out of shape, is no counterexample. */
async function replayIfAny(
  claim: Claim,
  candidate: Counterexample,
  engine: Engine,
): Promise<Replay | null> {
  try {
    return await replay(claim, candidate, engine);
  } catch (error) {
    if (error instanceof ClaimFault) return null;
    throw error;
  }
}

function isNoWorse({ grade }: Replay, first: Counterexample): boolean {
  return grade === 'certified' || (grade !== null && grade === first.grade);
}

/** A counterexample as its file is to be after a replay of it. */
function withReplay(
  stored: Counterexample,
  { clause, grade, certificate, confirmation, nearestAssumption, trial }: Replay,
  instance: OpaqueInstance,
): Counterexample {
  const conclusion = trial?.conclusion;
  const witness = conclusion?.status === 'decided' ? conclusion.witness : null;
  return {
    ...stored,
    instance: encodeJson(instance),
    grade: grade ?? 'suspect',
    ...(clause === null ? {} : clauseFields(clause)),
    witness: encodeJson(witness ?? null),
    nearestAssumption: nearestAssumption && {
      name: nearestAssumption.name,
      margin: encodeJson(nearestAssumption.margin),
    },
    certificate,
    confirmation,
  };
}

/** What two files of one counterexample have in common: claim, reading, clause and canonical form. */
export function signatureOf(claim: Claim, { form, ...stored }: Counterexample): string {
  const { reading, clause } = stored;
  const instance =
    form === 'family'
      ? stored.instance
      : canonicalForm(
          claim.readings[reading],
          decodeJson(stored.instance) as unknown as OpaqueInstance,
        );
  return JSON.stringify([claim.id, reading, clause, instance]);
}
