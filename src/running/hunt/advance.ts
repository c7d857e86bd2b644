import type { Claim, OpaqueInstance, Trial } from '../../claims/index.js';
import { guarded, tightestClause } from '../../claims/index.js';
import type { Generator } from '../../generators/index.js';
import {
  InputError,
  advanceIsland,
  huntProblem,
  replay,
  storeCounterexample,
  toolsOf,
  verifyIndependently,
} from '../../hunting/index.js';
import type { Engine } from '../../training/index.js';
import { REFUTED_BY_INSTANCE } from '../find.js';
import { decidedOf, gradeTrial, instanceCounterexample } from '../settle.js';
import type { AdvanceJob, AdvanceResult, FindNote, HuntTarget } from './job.js';

/** Violations of one signature that are graded in one share before it is left as suspect. */
const GRADED = 3;

/** The trial number of every evaluation: its attack's randomness is the same, so that margins compare. */
const TRIAL = 0;

/**
 * Goes on with an island. Each violation whose signature is new is graded, recomputed from its file's content, shown
 * to the independent checker and stored at once, so that nothing that happens later can lose it.
 *
 * @throws ClaimFault when the claim's own code throws
 */
export async function advance(
  claim: Claim,
  engine: Engine,
  job: AdvanceJob,
): Promise<AdvanceResult> {
  const { target, island, evaluations } = job;
  const reading = claim.readings[target.reading];
  const where = `${claim.id}, reading ${target.reading}, hunt`;
  const tools = () =>
    toolsOf(engine, target.attack, target.seed, claim.id, target.reading, 'search', TRIAL);
  const problem = huntProblem(reading, labelled(reading.instances, target.label), tools, where);
  const finds: FindNote[] = [];
  const held = new Set(job.known);
  const attempts = new Map<string, number>();
  const keeps = REFUTED_BY_INSTANCE.has(reading.kind);
  const watched: typeof problem = {
    async evaluate(...candidate) {
      const evaluation = await problem.evaluate(...candidate);
      if (evaluation.violation !== null && keeps) await keep(evaluation.violation);
      return evaluation;
    },
  };
  const { state } = await advanceIsland(watched, island, evaluations);
  for (const [signature, count] of attempts) {
    if (held.has(signature) || count === 0) continue;
    const clause = (JSON.parse(signature) as [string])[0];
    finds.push({ signature, clause, grade: 'suspect', id: null });
  }
  return { island: state, evaluations: state.evaluations - island.evaluations, finds };

  async function keep(trial: Trial): Promise<void> {
    const signature = signatureOfTrial(claim, target, trial);
    const before = attempts.get(signature) ?? 0;
    if (held.has(signature) || before >= GRADED) return;
    attempts.set(signature, before + 1);
    const graded = gradeTrial(reading, trial, where, 'hunt');
    if (graded.grade === 'suspect') return;
    const place = { claim, readingId: target.reading, reading, engine };
    const drawn = instanceCounterexample(place, trial, graded, {
      stream: 'search',
      seed: target.seed,
      trial: TRIAL,
      shrinks: 0,
      attack: target.attack,
    });
    // What counts is the file: it must show the same without the draw that it came from.
    const again = await replay(claim, drawn, engine);
    if (!again.reproduces || again.grade !== drawn.grade) return;
    const { counterexample } = verifyIndependently(drawn);
    if (counterexample.grade === 'suspect') return;
    storeCounterexample(job.found, counterexample);
    held.add(signature);
    const { clause, grade, id } = counterexample;
    finds.push({ signature, clause, grade, id });
  }
}

/** What the counterexamples of a hunt are told apart by: the violated clause and, where there are groups, the group. */
export function signatureOfTrial(claim: Claim, { reading: id }: HuntTarget, trial: Trial): string {
  const reading = claim.readings[id];
  const { conclusion, instance } = decidedOf(trial);
  return JSON.stringify([tightestClause(conclusion)?.name ?? '', groupOf(claim, id, instance)]);

  function groupOf(owner: Claim, place: string, of: OpaqueInstance): string | null {
    const { groups } = reading;
    if (groups === undefined) return null;
    return guarded(`${owner.id}, reading ${place}, groups`, () => groups.of(of));
  }
}

/** The law with the draws alone that carry a label. */
function labelled(
  instances: Generator<OpaqueInstance>,
  label: string | null,
): Generator<OpaqueInstance> {
  const { law, arbitrary, drawFrom } = instances;
  if (drawFrom === undefined) {
    throw new InputError(
      'hunt: the instances of the reading must be made by generator({ … }), which records what a draw rests on',
    );
  }
  if (label === null) return instances;
  return {
    law: `${law}; only draws labelled ${label}`,
    arbitrary: arbitrary.filter(({ labels }) => labels.includes(label)),
    drawFrom(structure, data) {
      const drawn = drawFrom(structure, data);
      if (drawn.labels.includes(label)) return drawn;
      throw new RangeError(
        `labelled: the draw must carry ${label}, got ${drawn.labels.join(', ')}`,
      );
    },
  };
}
