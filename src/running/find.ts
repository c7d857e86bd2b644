import type { Decided, GradedFind, OpaqueInstance } from '../claims/index.js';
import { onDraw, runTrial } from '../claims/index.js';
import type { Generator } from '../generators/index.js';
import { search } from '../generators/index.js';
import type { Counterexample } from '../hunting/index.js';
import type { Job, Source } from './settle.js';
import { decidedOf, firstGraded, gradeTrial, settle } from './settle.js';

const MAX_SHRINKS = { smoke: 20, ci: 60, nightly: 400 } as const;

export interface Found {
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
  const where = `${claim.id}, reading ${readingId}`;
  const { source: ofTrials, suspects } = firstGraded(job, violations);
  let source = ofTrials;
  const key = [settings.seed, claim.id, readingId];
  source ??= await searchStream(job, reading.instances, key);
  if (source === null) return { counterexamples: [], suspects, example: null };
  const settled = await settle(job, source, MAX_SHRINKS[settings.profile]);
  if (settled.counterexample === null) {
    suspects.push({ grade: 'suspect', clause: settled.clause });
    return { counterexamples: [], suspects, example: null };
  }
  return {
    counterexamples: [settled.counterexample],
    suspects: [],
    example: decidedOf(settled.trial),
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
        const { trial: number, instance } = draw;
        const trial = await onDraw({ stream: 'search', trial: number, instance }, () =>
          runTrial(reading, draw, {
            where: `${claim.id}, reading ${readingId}, search ${number}`,
            trial: number,
            tools: toolsFor('search', number),
          }),
        );
        if (trial.record.outcome !== 'violated') return false;
        const graded = gradeTrial(reading, trial, `${where}, search ${number}`, 'search');
        if (graded.grade === 'suspect') {
          suspects.push({ grade: 'suspect', clause: graded.clause, flaw: graded.flaw });
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
