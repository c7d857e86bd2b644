import type { Claim, Family, VerifiedFamily } from '../claims/index.js';
import type { Counterexample } from '../hunting/index.js';
import {
  COUNTEREXAMPLE_SCHEMA,
  counterexampleId,
  recomputeFamily,
  verifyIndependently,
} from '../hunting/index.js';
import { FALSUM_VERSION } from './version.js';

/** A family, recomputed in this run. */
interface Recomputed {
  readonly family: VerifiedFamily;
  /** Null where its checks fail or the independent checker rejects it. */
  readonly counterexample: Counterexample | null;
  /** Null where nothing is wrong. */
  readonly lost: { readonly id: string; readonly reason: string } | null;
}

/**
 * Recomputes the families of a reading and lets the independent checker read their certificates.
 *
 * @throws ClaimFault when a family's own code throws
 */
export function recomputeFamilies(
  claim: Claim,
  readingId: string,
  engine: string,
  seed: number,
): Recomputed[] {
  const reading = claim.readings[readingId];
  const families: readonly Family[] = 'families' in reading ? (reading.families ?? []) : [];
  return families.map((it): Recomputed => {
    const where = `${claim.id}, reading ${readingId}, family ${it.id}`;
    const { certificate, flaw } = recomputeFamily(it, reading.assumptions, where);
    const family = { id: it.id, certificate, holds: flaw === null };
    if (flaw !== null) {
      return { family, counterexample: null, lost: { id: it.id, reason: flaw } };
    }
    const { counterexample, rejection } = verifyIndependently(
      familyCounterexample(claim, readingId, family, engine, seed),
    );
    return rejection === null
      ? { family, counterexample, lost: null }
      : {
          family: { ...family, holds: false },
          counterexample: null,
          lost: { id: it.id, reason: rejection },
        };
  });
}

/** A family as a counterexample: its certificate is the evidence. */
function familyCounterexample(
  claim: Claim,
  readingId: string,
  family: VerifiedFamily,
  engine: string,
  seed: number,
): Counterexample {
  const instance = { family: family.id };
  return {
    schema: COUNTEREXAMPLE_SCHEMA,
    id: counterexampleId(claim.id, readingId, instance),
    claim: claim.id,
    reading: readingId,
    version: claim.version,
    grade: 'certified',
    form: 'family',
    instance,
    clause: family.certificate.statement,
    lhs: null,
    rhs: null,
    margin: null,
    witness: null,
    nearestAssumption: null,
    certificate: family.certificate,
    confirmation: null,
    found: { stream: 'family', seed, trial: 0, shrinks: 0 },
    engine,
    falsum: FALSUM_VERSION,
  };
}
