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

/** What became of one true reading over several seeds. */
export interface OriginalRow {
  readonly claim: string;
  readonly reading: string;
  readonly runs: number;
  readonly verdicts: Readonly<Partial<Record<Verdict, number>>>;
  /** Seeds that refuted it, with the reason. */
  readonly refuted: readonly { readonly seed: number; readonly reason: string }[];
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

/** Judges a true reading once more, with one more seed. */
export async function judgeOriginal(
  { claim, reading }: Original,
  seed: number,
  before: OriginalRow | null,
): Promise<OriginalRow> {
  const { verdict, reason, durationMs } = await judged(claim, reading, seed);
  const verdicts = before?.verdicts ?? {};
  return {
    claim: claim.id,
    reading,
    runs: (before?.runs ?? 0) + 1,
    verdicts: { ...verdicts, [verdict]: (verdicts[verdict] ?? 0) + 1 },
    refuted: [...(before?.refuted ?? []), ...(verdict === 'refuted' ? [{ seed, reason }] : [])],
    durationMs: (before?.durationMs ?? 0) + durationMs,
  };
}
