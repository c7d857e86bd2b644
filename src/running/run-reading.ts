import type { Claim, Evidence, GradedFind, Rung, Trial, Verdict } from '../claims/index.js';
import {
  guarded,
  histogramsOf,
  outcomeOf,
  sharpnessOf,
  tallyOf,
  tightestClause,
} from '../claims/index.js';
import type { Counterexample } from '../hunting/index.js';
import {
  explained,
  signatureOf,
  storeCounterexample,
  verifyIndependently,
} from '../hunting/index.js';
import { beyondStream } from '../evidence/index.js';
import { engineOf } from './engines.js';
import type { EvidenceSession, SessionJob } from './evidence-session.js';
import { openSession } from './evidence-session.js';
import { extensionVisits } from './extension.js';
import { controlOutcome } from './control-outcome.js';
import { recomputeFamilies } from './families.js';
import { findInGroups } from './find-groups.js';
import { REFUTED_BY_INSTANCE, findCounterexample } from './find.js';
import { effortOf, judgedOf } from './judged-of.js';
import { replayStored } from './replay-stored.js';
import { retestSuspects } from './retests.js';
import type { ReadingOutcome } from './outcome.js';
import type { RunSettings } from './settings.js';
import { rungOf } from './draws.js';
import { openTestStream, toolsFor } from './test-stream.js';

/** Says how far a reading is; called after every trial. */
export type Progress = (done: number, planned: number) => void;

/**
 * Judges one reading: corpus first, then families, the test stream with its controls, and the search
 * stream. A pure function of claim, settings, corpus and ledger, but for the time budget and `durationMs`.
 *
 * @throws ClaimFault when the claim's own code throws or returns something malformed
 */
export async function runReading(
  claim: Claim,
  readingId: string,
  settings: RunSettings,
  progress: Progress = () => {},
  now: () => number = () => performance.now(),
  onUnstored: SessionJob['onUnstored'] = () => {},
): Promise<ReadingOutcome> {
  const reading = claim.readings[readingId];
  const { trials } = settings;
  const effort = {
    ...effortOf(reading, settings.profile),
    ...(trials === undefined ? {} : { trials }),
  };
  const engine = await engineOf(settings.engine);
  const judged = judgedOf(reading);
  const job = { claim, readingId, reading, judged, settings, effort, engine, onUnstored };
  const session = await openSession(job);
  try {
    return await runSession(job, session, progress, now);
  } catch (error) {
    // What the trials before say stays; the one at fault is drawn again by the next run.
    await session.flush().catch(() => {});
    throw error;
  } finally {
    await session.close();
  }
}

async function runSession(
  whole: SessionJob,
  session: EvidenceSession,
  progress: Progress,
  now: () => number,
): Promise<ReadingOutcome> {
  const { claim, readingId, reading, judged, settings, effort, engine } = whole;
  const started = now();
  const place = `${claim.id}, reading ${readingId}`;

  const found: Counterexample[] = [];
  const lost: { id: string; reason: string }[] = [];
  const suspects: GradedFind[] = [];
  const keep = (candidate: Counterexample): void => {
    const { counterexample, rejection } = verifyIndependently(candidate);
    const { id, grade, clause } = counterexample;
    if (rejection !== null) lost.push({ id, reason: rejection });
    if (grade === 'suspect') suspects.push({ grade, clause, flaw: rejection });
    else found.push(counterexample);
  };
  for (const { counterexample, loss } of await replayStored(claim, readingId, settings)) {
    if (counterexample !== null) keep(counterexample);
    if (loss !== null) lost.push(loss);
  }

  const families = recomputeFamilies(claim, readingId, engine.name, settings.seed);
  for (const { counterexample, lost: loss } of families) {
    if (counterexample !== null) found.push(counterexample);
    if (loss !== null) lost.push(loss);
  }

  const deadline =
    settings.budgetMsPerReading === null ? Infinity : started + settings.budgetMsPerReading;
  const stream = openTestStream(whole);
  const { trials, violations, controls, features, mutants } = stream;
  const drawTrial = async (t: number, rung: Rung | null, beyond: boolean): Promise<void> => {
    await session.note(await stream.draw(t, rung, beyond));
  };
  const late = (): boolean => now() >= deadline;
  for (const t of session.trials) {
    if (late()) break;
    await drawTrial(t, rungOf(reading, t), false);
    progress(trials.length, effort.trials);
  }
  await session.flush();
  const verified = families.map(({ family }) => family);
  const onLadder = trials.map((trial) => trial.record);
  const extension = extensionVisits(
    judged,
    await session.soFar(onLadder),
    onLadder,
    verified,
    effort,
  );
  let planned = effort.trials;
  for (const { rung, visits } of extension) {
    const numbers = [...(await session.goOn(beyondStream(rung), visits))];
    planned += numbers.length;
    for (const t of numbers) {
      if (late()) break;
      await drawTrial(t, rung, true);
      progress(trials.length, planned);
    }
    await session.flush();
  }
  const again = await retestSuspects(whole, session, stream, verified, late);
  const cut = planned - trials.length + again.cut;
  planned += again.drawn + again.cut;

  const job = { ...whole, violations, toolsFor: toolsFor(whole) };
  const graded =
    reading.groups === undefined || !REFUTED_BY_INSTANCE.has(reading.kind)
      ? await findCounterexample(job)
      : await findInGroups(job, reading.groups, found);
  // What the corpus holds already, up to symmetries, is no find.
  const known = new Set(found.map((stored) => signatureOf(claim, stored)));
  const effortOfExplaining = reading.groups === undefined ? EXPLAINING[settings.profile] : 0;
  for (const find of graded.counterexamples) {
    if (known.has(signatureOf(claim, find))) continue;
    keep(await explained(claim, find, engine, effortOfExplaining));
  }

  const records = trials.map((trial) => trial.record);
  const evidence: Evidence = {
    tally: tallyOf(judged, [...records, ...stream.retests]),
    finds: [
      ...found.filter((c) => c.form === 'instance').map(({ grade, clause }) => ({ grade, clause })),
      ...graded.suspects,
      ...suspects,
    ],
    families: verified,
    effort,
  };
  const { judgement, accumulated } = await session.judge(evidence);
  const counterexamples = dedupe(found);
  for (const counterexample of counterexamples) storeCounterexample(settings.found, counterexample);
  const controlOutcomes = controls.map(({ name, control, records: judgedBy }) =>
    controlOutcome(name, control, judgedBy, judged, effort),
  );
  controlOutcomes.push(...(mutants?.controls(judged, effort) ?? []));
  const survivors = controlOutcomes.filter((control) => !control.killed);
  const proven =
    STANDING.has(judgement.verdict) && survivors.length > 0
      ? {
          ...judgement,
          verdict: 'inconclusive' as const,
          reason: `control ${survivors.map((c) => `“${c.name}”`).join(', ')} survives, so ${judgement.verdict === 'survived' ? 'the survival of the claim' : 'the reproduction'} proves nothing; more trials would settle it`,
        }
      : judgement;

  const histograms = histogramsOf(features, reading.coverage.ranges);
  const example = graded.example ?? violationExample(violations);
  const figure = guarded(
    `${place}, figure`,
    () => reading.figure?.({ trials: records, counterexample: example }) ?? null,
  );
  return {
    ...proven,
    claim: claim.id,
    catalogue: claim.catalogue,
    title: claim.title,
    reading: readingId,
    version: claim.version,
    kind: reading.kind,
    standing: claim.standing,
    engine: engine.name,
    engineDescription: engine.description,
    trialsPlanned: planned,
    trialsCut: cut,
    controls: controlOutcomes,
    mutants: mutants?.others(judged, effort) ?? null,
    counterexamples,
    lost,
    uncovered: [
      ...Object.entries(judgement.coverage)
        .filter(([, count]) => count === 0)
        .map(([label]) => label),
      ...histograms.flatMap(({ empty }) => empty),
    ],
    histograms,
    sharpness: sharpnessOf(judged, records, effort, judgement),
    ...(accumulated === null ? {} : { evidence: accumulated }),
    figure,
    durationMs: Math.round(now() - started),
  };
}

/** Instances that are judged to explain a find. */
const EXPLAINING = { smoke: 0, ci: 100, nightly: 400 } as const;

/** Verdicts that a surviving control takes away. */
const STANDING: ReadonlySet<Verdict> = new Set(['survived', 'reproduced']);

function violationExample(violations: readonly { trial: Trial }[]) {
  for (const { trial } of violations) {
    const { conclusion, instance } = trial;
    if (conclusion?.status === 'decided' && outcomeOf(conclusion) === 'violated') {
      if (tightestClause(conclusion) !== null) return { instance, conclusion };
    }
  }
  return null;
}

function dedupe(counterexamples: readonly Counterexample[]): Counterexample[] {
  const byId = new Map<string, Counterexample>();
  for (const counterexample of counterexamples) {
    if (!byId.has(counterexample.id)) byId.set(counterexample.id, counterexample);
  }
  return [...byId.values()];
}
