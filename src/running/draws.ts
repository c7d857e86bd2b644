import type { AnyReading, Claim, OpaqueInstance, Rung } from '../claims/index.js';
import { guarded } from '../claims/index.js';
import type { Generator } from '../generators/index.js';
import { testDraw } from '../generators/index.js';

/** The rung of a trial on the ladder; null without a ladder. */
export function rungOf(reading: AnyReading, t: number): Rung | null {
  if (!('ladder' in reading)) return null;
  const visits = reading.ladder.visits ?? reading.ladder.rungs;
  return visits[t % visits.length];
}

/** The law of the draws at a rung; null for that of the whole reading. */
export function lawAt(reading: AnyReading, rung: Rung | null): Generator<OpaqueInstance> {
  return 'ladder' in reading && rung !== null ? reading.ladder.at(rung) : reading.instances;
}

/** The instance of a trial of the test stream; null for another stream, whose draws do not stand alone. */
export function instanceOf(
  claim: Claim,
  readingId: string,
  seed: number,
  { stream, trial }: { readonly stream: string; readonly trial: number },
): OpaqueInstance | null {
  if (stream !== 'test') return null;
  const reading = claim.readings[readingId];
  const law = lawAt(reading, rungOf(reading, trial));
  return guarded(`${claim.id}, reading ${readingId}, trial ${trial}, instances`, () =>
    testDraw(law, [seed, claim.id, readingId], trial),
  ).instance;
}
