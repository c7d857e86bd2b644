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
import { guarded, nearestAssumption, runTrial, tightestClause } from '../claims/index.js';
import type { Generator } from '../generators/index.js';
import { search } from '../generators/index.js';
import type { Counterexample } from '../hunting/index.js';
import {
  COUNTEREXAMPLE_SCHEMA,
  clauseFields,
  counterexampleId,
  gradeViolation,
  replay,
} from '../hunting/index.js';
import type { Json } from '../model/index.js';
import { encodeJson } from '../model/index.js';
import type { Engine } from '../training/index.js';
import type { RunSettings } from './settings.js';
import { FALSUM_VERSION } from './version.js';

/** Violating draws that are graded before a violation is called suspect. */
const GRADED_VIOLATIONS = 5;

const MAX_SHRINKS = { smoke: 20, ci: 60, nightly: 400 } as const;

interface Job {
  readonly claim: Claim;
  readonly readingId: string;
  readonly reading: AnyReading;
  readonly settings: RunSettings;
  readonly effort: Effort;
  readonly engine: Engine;
  /** Violating trials of the test stream, lowest first. */
  readonly violations: readonly { trial: Trial; seed: number; rung: Rung | null }[];
  readonly toolsFor: (stream: string, trial: number) => Tools;
}

interface Found {
  readonly counterexamples: readonly Counterexample[];
  readonly suspects: readonly GradedFind[];
  readonly example: { readonly instance: OpaqueInstance; readonly conclusion: Decided } | null;
}

/** Kinds that one instance can refute. */
export const REFUTED_BY_INSTANCE: ReadonlySet<string> = new Set(['universal', 'identity']);

/**
 * The counterexample that counts: of the lowest violating trial that grades, shrunk while the violated
 * clause stays the same; where the test stream found none, of the search stream.
 */
export async function findCounterexample(job: Job): Promise<Found> {
  const { reading, claim, readingId, settings, effort, violations } = job;
  if (!REFUTED_BY_INSTANCE.has(reading.kind)) {
    return { counterexamples: [], suspects: [], example: null };
  }
  const suspects: GradedFind[] = [];
  const where = `${claim.id}, reading ${readingId}`;
  let source: Source | null = null;
  for (const { trial, seed } of violations.slice(0, GRADED_VIOLATIONS)) {
    const graded = gradeTrial(reading, trial, `${where}, trial ${trial.record.trial}`);
    if (graded.grade !== 'suspect') {
      source = { ...graded, trial, seed, stream: 'test', runs: 1, unbiased: true };
      break;
    }
    suspects.push({ grade: 'suspect', clause: graded.clause });
  }
  const key = [settings.seed, claim.id, readingId];
  if (source === null) {
    const hit = await searchStream(job, reading.instances, key);
    if (hit !== null) source = hit;
  }
  if (source === null) return { counterexamples: [], suspects, example: null };
  const smallest = await shrink(job, source);
  const counterexample = instanceCounterexample(job, smallest.trial, smallest.graded, {
    stream: source.stream,
    seed: settings.seed,
    trial: source.trial.record.trial,
    shrinks: smallest.shrinks,
    attack: effort.attack,
  });
  // What counts is the file: it must show the same without the draw that it came from.
  const replayed = await replay(claim, counterexample, job.engine);
  if (!replayed.reproduces || replayed.grade !== counterexample.grade) {
    return {
      counterexamples: [],
      suspects: [...suspects, { grade: 'suspect', clause: counterexample.clause }],
      example: null,
    };
  }
  return {
    counterexamples: [counterexample],
    suspects: [],
    example: decidedOf(smallest.trial),
  };

  async function searchStream(
    { toolsFor }: Job,
    generator: Generator<OpaqueInstance>,
    searchKey: readonly (string | number)[],
  ): Promise<Source | null> {
    let first: Source | null = null;
    await search(
      generator,
      searchKey,
      async (draw) => {
        const trial = await runTrial(reading, draw, {
          where: `${claim.id}, reading ${readingId}, search ${draw.trial}`,
          trial: draw.trial,
          tools: toolsFor('search', draw.trial),
        });
        if (trial.record.outcome !== 'violated') return false;
        const graded = gradeTrial(reading, trial, `${where}, search ${draw.trial}`);
        if (graded.grade === 'suspect') {
          suspects.push({ grade: 'suspect', clause: graded.clause });
          return false;
        }
        first ??= {
          ...graded,
          trial,
          seed: draw.seed,
          stream: 'search',
          runs: draw.trial + 1,
          unbiased: false,
        };
        return true;
      },
      { runs: effort.searches, maxShrinks: 0 },
    );
    return first;
  }
}

type GradedTrial = ReturnType<typeof gradeTrial>;

interface Source extends GradedTrial {
  readonly trial: Trial;
  readonly seed: number;
  readonly stream: 'test' | 'search';
  readonly runs: number;
  readonly unbiased: boolean;
}

function decidedOf(trial: Trial): { instance: OpaqueInstance; conclusion: Decided } {
  if (trial.conclusion?.status !== 'decided') {
    throw new TypeError('decidedOf: the trial must be decided');
  }
  return { instance: trial.instance, conclusion: trial.conclusion };
}

function gradeTrial(reading: AnyReading, trial: Trial, where: string) {
  const { instance, conclusion } = decidedOf(trial);
  const clause = tightestClause(conclusion)?.name ?? '';
  return { ...gradeViolation(reading, instance, conclusion, where), clause };
}

/**
 * Replays the draw as a fast-check property and lets fast-check shrink it, keeping the signature: the
 * same clause violated, graded no worse.
 */
async function shrink(
  { reading, claim, readingId, settings, toolsFor }: Job,
  source: Source,
): Promise<{ trial: Trial; graded: GradedTrial; shrinks: number }> {
  let best: { trial: Trial; graded: GradedTrial } = { trial: source.trial, graded: source };
  const trialNumber = source.trial.record.trial;
  const smallest = await search(
    reading.instances,
    [],
    async (draw) => {
      // Draws before the violating one are replayed for the random stream's sake only.
      if (draw.trial < source.runs - 1) return false;
      const trial = await runTrial(reading, draw, {
        where: `${claim.id}, reading ${readingId}, shrinking`,
        trial: trialNumber,
        tools: toolsFor(source.stream, trialNumber),
      });
      if (trial.record.outcome !== 'violated') return false;
      const graded = gradeTrial(reading, trial, `${claim.id}, reading ${readingId}, shrinking`);
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
      maxShrinks: MAX_SHRINKS[settings.profile],
    },
  );
  return { ...best, shrinks: smallest?.shrinks ?? 0 };
}

function instanceCounterexample(
  { reading, claim, readingId, engine }: Job,
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
