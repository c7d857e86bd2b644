import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Claim, Verdict } from '../../../src/claims/index.js';
// Not through the folder's index, which loads the test runner.
import { runReading } from '../../../src/running/run-reading.js';
import { DEFAULT_ENGINE } from '../../../src/running/settings.js';
import type { Original } from './catalogue.js';
import type { Planted } from './variant.js';
import { plantedClaim } from './variant.js';

/** What became of one planted claim. */
export interface PlantedRow {
  readonly id: string;
  readonly claim: string;
  readonly reading: string;
  readonly distance: Planted['distance'];
  readonly statement: string;
  readonly argument: string;
  readonly verdict: Verdict;
  readonly grade: string | null;
  readonly killed: boolean;
  /** Why it is beyond the profile ci; null where it must be killed. */
  readonly beyond: string | null;
  readonly effective: number;
  readonly violated: number;
  readonly reason: string;
  readonly durationMs: number;
}

/** What became of one true reading at one seed. */
export interface OriginalRun {
  readonly claim: string;
  readonly reading: string;
  readonly seed: number;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly durationMs: number;
}

/** What became of one true reading over several seeds. */
export interface OriginalRow {
  readonly claim: string;
  readonly reading: string;
  readonly runs: number;
  readonly verdicts: Readonly<Partial<Record<Verdict, number>>>;
  /** Seeds that did not see it survive, with the reason. */
  readonly others: readonly Pick<OriginalRun, 'seed' | 'verdict' | 'reason'>[];
  readonly durationMs: number;
}

/** A reading judged with the profile ci and nothing stored: no counterexample is known beforehand. */
async function judged(claim: Claim, reading: string, seed: number) {
  const folder = mkdtempSync(join(tmpdir(), 'falsum-power-'));
  try {
    return await runReading(claim, reading, {
      seed,
      profile: 'ci',
      engine: DEFAULT_ENGINE,
      readings: [reading],
      budgetMsPerReading: null,
      corpus: join(folder, 'corpus'),
      found: join(folder, 'found'),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Judges a planted claim: it is killed when it is refuted. */
export async function judgePlanted(planted: Planted, seed: number): Promise<PlantedRow> {
  const { id, original, reading, distance, statement, argument, beyond = null } = planted;
  const outcome = await judged(plantedClaim(planted), 'planted', seed);
  const { verdict, grade, trials, reason, durationMs } = outcome;
  return {
    id,
    claim: original.id,
    reading,
    distance,
    statement,
    argument,
    verdict,
    grade,
    killed: verdict === 'refuted',
    beyond,
    effective: trials.effective,
    violated: trials.violated,
    reason,
    durationMs,
  };
}

/** Judges a true reading at a seed. */
export async function judgeOriginal(
  { claim, reading }: Original,
  seed: number,
): Promise<OriginalRun> {
  const { verdict, reason, durationMs } = await judged(claim, reading, seed);
  return { claim: claim.id, reading, seed, verdict, reason, durationMs };
}

/** The runs of each reading together, in the order in which the readings first come. */
export function originalRows(runs: readonly OriginalRun[]): readonly OriginalRow[] {
  const names = [...new Set(runs.map(nameOf))];
  return names.map((name) => {
    const group = runs.filter((run) => nameOf(run) === name);
    const verdicts: Partial<Record<Verdict, number>> = {};
    for (const { verdict } of group) verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
    return {
      claim: group[0].claim,
      reading: group[0].reading,
      runs: group.length,
      verdicts,
      others: group
        .filter(({ verdict }) => verdict !== 'survived')
        .map(({ seed, verdict, reason }) => ({ seed, verdict, reason })),
      durationMs: group.reduce((sum, run) => sum + run.durationMs, 0),
    };
  });
}

function nameOf({ claim, reading }: OriginalRun): string {
  return `${claim} ${reading}`;
}
