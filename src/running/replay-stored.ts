import type { Claim } from '../claims/index.js';
import { ClaimFault } from '../claims/index.js';
import type { Counterexample, Replay } from '../hunting/index.js';
import { clauseFields, likelyCause, replay, storedCounterexamples } from '../hunting/index.js';
import { InputError, encodeJson } from '../model/index.js';
import { engineOf } from './engines.js';
import type { EngineName, RunSettings } from './settings.js';
import { ENGINES } from './settings.js';
import { FALSUM_VERSION } from './version.js';

/** A stored counterexample as this run recomputed it, or why it is lost. */
interface Recomputed {
  readonly counterexample: Counterexample | null;
  readonly loss: { readonly id: string; readonly reason: string } | null;
}

/**
 * Recomputes the counterexamples of a reading that the corpus holds, each on the engine that found it.
 *
 * @throws InputError when a file of the corpus is broken
 */
export async function replayStored(
  claim: Claim,
  readingId: string,
  settings: RunSettings,
): Promise<Recomputed[]> {
  const recomputed: Recomputed[] = [];
  for (const stored of storedCounterexamples(settings.corpus, claim.id, readingId)) {
    // Trajectories repeat bit for bit on the engine that found them only.
    const used = recordedEngine(stored, settings);
    const { version } = claim;
    const cause = likelyCause(stored, { version, engine: used, falsum: FALSUM_VERSION });
    let replayed: Replay;
    try {
      replayed = await replay(claim, stored, await engineOf(used));
    } catch (error) {
      // A file must not take the verdict with it: what the claim cannot read is a counterexample that is lost.
      if (!(error instanceof ClaimFault || error instanceof InputError)) throw error;
      const reason = `${error.message.split('\n')[0]}; ${cause}`;
      recomputed.push({ counterexample: null, loss: { id: stored.id, reason } });
      continue;
    }
    if (replayed.reproduces && replayed.grade !== 'suspect') {
      recomputed.push({ counterexample: renewed(stored, replayed), loss: null });
      continue;
    }
    const reason = replayed.reason ?? replayed.flaw ?? 'it is not confirmed any more';
    recomputed.push({
      counterexample: null,
      loss: { id: stored.id, reason: `${reason}; ${cause}` },
    });
  }
  return recomputed;
}

/** The engine that found a counterexample, or this run's where there is none of that name any more. */
function recordedEngine({ engine }: Counterexample, settings: RunSettings): EngineName {
  return ENGINES.find((name) => name === engine) ?? settings.engine;
}

/** A stored counterexample with what this run recomputed: nothing but its instance is believed. */
function renewed(stored: Counterexample, replayed: Replay): Counterexample {
  const { grade, clause, certificate, confirmation, nearestAssumption } = replayed;
  return {
    ...stored,
    grade: grade ?? 'suspect',
    certificate,
    confirmation,
    ...(clause === null ? {} : clauseFields(clause)),
    nearestAssumption: nearestAssumption && {
      name: nearestAssumption.name,
      margin: encodeJson(nearestAssumption.margin),
    },
  };
}
