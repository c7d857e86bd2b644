import type {
  Certificate,
  Claim,
  Clause,
  Confirmation,
  Grade,
  OpaqueInstance,
  Trial,
} from '../claims/index.js';
import { nearestAssumption, outcomeOf, runTrial, tightestClause } from '../claims/index.js';
import { InputError, decodeJson, encodeJson } from '../model/index.js';
import type { Engine } from '../training/index.js';
import type { Counterexample } from './counterexample.js';
import { recomputeFamily } from './family.js';
import { gradeViolation } from './grade.js';
import { toolsOf } from './tools.js';

/** What recomputing a counterexample gave. */
export interface Replay {
  readonly reproduces: boolean;
  /** Why not, when it does not. */
  readonly reason: string | null;
  readonly grade: Grade | null;
  /** Null for families. */
  readonly clause: Clause | null;
  readonly nearestAssumption: { readonly name: string; readonly margin: number } | null;
  readonly certificate: Certificate | null;
  readonly confirmation: Confirmation | null;
  /** Why certificate or confirmation do not back it; null where they do or there is neither. */
  readonly flaw: string | null;
  /** Whether both sides came out bit for bit as stored. */
  readonly identical: boolean;
  /** What was recomputed; null for families. */
  readonly trial: Trial | null;
}

/**
 * Recomputes a counterexample from its instance: assumptions, both sides, confirmation, certificate.
 *
 * @param attack the attack effort; by default the one that found it
 * @throws InputError when the claim has no such reading or family
 */
export async function replay(
  claim: Claim,
  counterexample: Counterexample,
  engine: Engine,
  attack = counterexample.found.attack ?? 1,
): Promise<Replay> {
  if (!Object.hasOwn(claim.readings, counterexample.reading)) {
    throw new InputError(
      `${claim.id} has no reading "${counterexample.reading}"; it has ${Object.keys(claim.readings).join(', ')}`,
    );
  }
  const reading = claim.readings[counterexample.reading];
  if (counterexample.form === 'family') return replayFamily(claim, counterexample);
  const instance = decodeJson(counterexample.instance) as unknown as OpaqueInstance;
  const { stream, seed, trial } = counterexample.found;
  const where = `${claim.id}, ${counterexample.reading}, replay`;
  const nearest = nearestAssumption(reading.assumptions, instance, where);
  const result = await runTrial(
    reading,
    { instance, labels: [] },
    {
      where,
      trial,
      tools: toolsOf(engine, attack, seed, claim.id, counterexample.reading, stream, trial),
    },
  );
  const nothing = {
    trial: result,
    grade: null,
    clause: null,
    certificate: null,
    confirmation: null,
    flaw: null,
    identical: false,
  };
  const near = { nearestAssumption: nearest && { name: nearest.name, margin: nearest.margin } };
  if (result.conclusion === null) {
    return {
      ...nothing,
      ...near,
      reproduces: false,
      reason: `assumption “${nearest?.name}” fails`,
    };
  }
  if (result.conclusion.status === 'gave-up') {
    return {
      ...nothing,
      ...near,
      reproduces: false,
      reason: `gave up: ${result.conclusion.reason}`,
    };
  }
  const clause = tightestClause(result.conclusion);
  if (outcomeOf(result.conclusion) !== 'violated' || clause === null) {
    return { ...nothing, ...near, clause, reproduces: false, reason: 'every clause holds' };
  }
  const graded = gradeViolation(reading, instance, result.conclusion, where);
  const identical =
    clause.name === counterexample.clause &&
    JSON.stringify(encodeJson(clause.lhs)) === JSON.stringify(counterexample.lhs) &&
    JSON.stringify(encodeJson(clause.rhs)) === JSON.stringify(counterexample.rhs);
  const sameClause = clause.name === counterexample.clause;
  return {
    ...near,
    ...graded,
    trial: result,
    clause,
    identical,
    reproduces: sameClause,
    reason: sameClause ? null : `another clause is violated: “${clause.name}”`,
  };
}

function replayFamily(claim: Claim, counterexample: Counterexample): Replay {
  const reading = claim.readings[counterexample.reading];
  const { family: id } = decodeJson(counterexample.instance) as { family: string };
  const family = 'families' in reading ? reading.families?.find((f) => f.id === id) : undefined;
  if (!family) {
    throw new InputError(
      `${claim.id}, reading ${counterexample.reading}, has no family "${id}"; the claim's version may have changed`,
    );
  }
  const where = `${claim.id}, reading ${counterexample.reading}, family ${id}`;
  const { certificate, flaw } = recomputeFamily(family, reading.assumptions, where);
  const holds = flaw === null;
  return {
    trial: null,
    reproduces: holds,
    reason: flaw,
    grade: holds ? 'certified' : null,
    clause: null,
    nearestAssumption: null,
    certificate,
    confirmation: null,
    flaw,
    identical: JSON.stringify(certificate) === JSON.stringify(counterexample.certificate),
  };
}
