import type {
  AnyReading,
  Claim,
  Decided,
  Effort,
  GradedFind,
  OpaqueInstance,
  Rung,
  Tools,
  Trial,
} from '../claims/index.js';
import {
  checkUnchanged,
  guarded,
  nearestAssumption,
  onDraw,
  plainInstance,
  runTrial,
  tightestClause,
  withDraw,
} from '../claims/index.js';
import { search } from '../generators/index.js';
import type { Counterexample } from '../hunting/index.js';
import {
  COUNTEREXAMPLE_SCHEMA,
  clauseFields,
  counterexampleId,
  gradeViolation,
  replay,
  shrinkCounterexample,
} from '../hunting/index.js';
import type { Json } from '../model/index.js';
import { encodeJson } from '../model/index.js';
import type { Engine } from '../training/index.js';
import type { RunSettings } from './settings.js';
import { instanceOf } from './draws.js';
import { FALSUM_VERSION } from './version.js';

/** A violating trial of the test stream with the fast-check seed of its draw. */
export interface ViolatingTrial {
  readonly trial: Trial;
  readonly seed: number;
  readonly rung: Rung | null;
}

/** What finding counterexamples of one reading starts from. */
export interface Job {
  readonly claim: Claim;
  readonly readingId: string;
  readonly reading: AnyReading;
  readonly settings: RunSettings;
  readonly effort: Effort;
  readonly engine: Engine;
  /** Violating trials of the test stream, lowest first. */
  readonly violations: readonly ViolatingTrial[];
  readonly toolsFor: (stream: string, trial: number) => Tools;
}

export type GradedTrial = ReturnType<typeof gradeTrial>;

/** A graded violation that shrinking starts from. */
export interface Source extends GradedTrial {
  readonly trial: Trial;
  readonly seed: number;
  readonly stream: 'test' | 'search';
  readonly runs: number;
  readonly unbiased: boolean;
}

export function decidedOf(trial: Trial): { instance: OpaqueInstance; conclusion: Decided } {
  if (trial.conclusion?.status !== 'decided') {
    throw new TypeError('decidedOf: the trial must be decided');
  }
  return { instance: trial.instance, conclusion: trial.conclusion };
}

export function gradeTrial(reading: AnyReading, trial: Trial, where: string, stream: string) {
  const { instance, conclusion } = decidedOf(trial);
  const clause = tightestClause(conclusion)?.name ?? '';
  try {
    const before = plainInstance(instance, where);
    const graded = gradeViolation(reading, instance, conclusion, where);
    checkUnchanged(before, instance, where, 'certify or confirm');
    return { ...graded, clause };
  } catch (error) {
    throw withDraw(error, { stream, trial: trial.record.trial, instance });
  }
}

/** Violating draws that are graded before a violation is called suspect. */
const GRADED_VIOLATIONS = 5;

/** The first of some violating trials that grades, and those before it that did not. */
export function firstGraded(
  { reading, claim, readingId, settings }: Job,
  violations: readonly ViolatingTrial[],
): { readonly source: Source | null; readonly suspects: GradedFind[] } {
  const suspects: GradedFind[] = [];
  for (const { trial, seed } of violations.slice(0, GRADED_VIOLATIONS)) {
    const where = `${claim.id}, reading ${readingId}, trial ${trial.record.trial}`;
    checkAsDrawn(claim, readingId, settings.seed, trial, where);
    const graded = gradeTrial(reading, trial, where, 'test');
    if (graded.grade !== 'suspect') {
      const source: Source = { ...graded, trial, seed, stream: 'test', runs: 1, unbiased: true };
      return { source, suspects };
    }
    suspects.push({ grade: 'suspect', clause: graded.clause, flaw: graded.flaw });
  }
  return { source: null, suspects };
}

/** What is graded must be what was drawn, whatever the conclusion did to it. @throws ClaimFault */
function checkAsDrawn(
  claim: Claim,
  readingId: string,
  seed: number,
  { instance, record }: Trial,
  where: string,
): void {
  const draw = { stream: 'test', trial: record.trial };
  const drawn = instanceOf(claim, readingId, seed, draw);
  if (drawn === null) return;
  try {
    checkUnchanged(plainInstance(drawn, where), instance, where, 'conclude');
  } catch (error) {
    throw withDraw(error, { ...draw, instance: drawn });
  }
}

/** A counterexample that shows the same when it is read back from its file, with the trial that it came from. */
export interface Settled {
  readonly counterexample: Counterexample;
  readonly trial: Trial;
}

/**
 * Shrinks a violation and makes it a counterexample; null, with its clause, where the file does not show what the
 * draw did.
 *
 * @param keeps what shrinking must keep besides clause and grade
 */
export async function settle(
  job: Job,
  source: Source,
  maxShrinks: number,
  keeps: (instance: OpaqueInstance) => boolean = () => true,
): Promise<Settled | { readonly counterexample: null; readonly clause: string }> {
  const smallest = await shrink(job, source, maxShrinks, keeps);
  const counterexample = instanceCounterexample(job, smallest.trial, smallest.graded, {
    stream: source.stream,
    seed: job.settings.seed,
    trial: source.trial.record.trial,
    shrinks: smallest.shrinks,
    attack: job.effort.attack,
  });
  // What counts is the file: it must show the same without the draw that it came from.
  const replayed = await replay(job.claim, counterexample, job.engine);
  if (!replayed.reproduces || replayed.grade !== counterexample.grade) {
    return { counterexample: null, clause: counterexample.clause };
  }
  const simplest = await shrinkCounterexample(job.claim, counterexample, job.engine, {
    budget: MEANING * maxShrinks,
    keeps,
  });
  return {
    counterexample: simplest.counterexample,
    trial: simplest.trial ?? smallest.trial,
  };
}

/** Candidates that shrinking on meaning may judge, for each that shrinking of the draw may. */
const MEANING = 4;

/**
 * Replays the draw as a fast-check property and lets fast-check shrink it, keeping the signature: the
 * same clause violated, graded no worse.
 */
async function shrink(
  { reading, claim, readingId, toolsFor }: Job,
  source: Source,
  maxShrinks: number,
  keepsMore: (instance: OpaqueInstance) => boolean,
): Promise<{ trial: Trial; graded: GradedTrial; shrinks: number }> {
  let best: { trial: Trial; graded: GradedTrial } = { trial: source.trial, graded: source };
  const trialNumber = source.trial.record.trial;
  const smallest = await search(
    reading.instances,
    [],
    async (draw) => {
      // Draws before the violating one are replayed for the random stream's sake only.
      if (draw.trial < source.runs - 1 || !keepsMore(draw.instance)) return false;
      const where = `${claim.id}, reading ${readingId}, shrinking`;
      const { instance } = draw;
      const trial = await onDraw({ stream: 'shrinking', trial: trialNumber, instance }, () =>
        runTrial(reading, draw, {
          where,
          trial: trialNumber,
          tools: toolsFor(source.stream, trialNumber),
        }),
      );
      if (trial.record.outcome !== 'violated') return false;
      const graded = gradeTrial(reading, trial, where, 'shrinking');
      const keeps =
        graded.clause === source.clause &&
        (graded.grade === source.grade || graded.grade === 'certified');
      // fast-check descends greedily: the last instance that fails is the smallest.
      if (keeps) best = { trial, graded };
      return keeps;
    },
    {
      runs: source.runs,
      seed: source.seed,
      unbiased: source.unbiased,
      maxShrinks,
    },
  );
  return { ...best, shrinks: smallest?.shrinks ?? 0 };
}

/** The counterexample that a graded violation is, as its file is to be. */
export function instanceCounterexample(
  { reading, claim, readingId, engine }: Pick<Job, 'reading' | 'claim' | 'readingId' | 'engine'>,
  trial: Trial,
  graded: GradedTrial,
  found: Counterexample['found'],
): Counterexample {
  const { instance, conclusion } = decidedOf(trial);
  const clause = tightestClause(conclusion);
  if (clause === null) throw new TypeError('instanceCounterexample: a clause must be violated');
  const nearest = nearestAssumption(
    reading.assumptions,
    instance,
    `${claim.id}, reading ${readingId}`,
  );
  const encoded = plain(`${claim.id}, reading ${readingId}: the instance`, instance);
  return {
    schema: COUNTEREXAMPLE_SCHEMA,
    id: counterexampleId(claim.id, readingId, encoded),
    claim: claim.id,
    reading: readingId,
    version: claim.version,
    grade: graded.grade,
    form: 'instance',
    instance: encoded,
    ...clauseFields(clause),
    witness: plain(`${claim.id}, reading ${readingId}: the witness`, conclusion.witness ?? null),
    nearestAssumption: nearest && { name: nearest.name, margin: encodeJson(nearest.margin) },
    certificate: graded.certificate,
    confirmation: graded.confirmation,
    found,
    engine: engine.name,
    falsum: FALSUM_VERSION,
  };
}

/** @throws ClaimFault when the value is not plain data */
function plain(what: string, value: unknown): Json {
  return guarded(`${what} must be plain data`, () => encodeJson(value));
}
