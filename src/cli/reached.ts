import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { storedCounterexamples } from '../hunting/index.js';
import type { LoadedClaim, Reached } from '../running/index.js';
import { reachedByHunt, storedHunts } from '../running/index.js';

interface LastResult {
  readonly claim: string;
  readonly reading: string;
  readonly version: number;
  readonly verdict: string;
  readonly worstMargin: number | string | null;
  readonly trials: { readonly effective: number };
}

/**
 * What is known of the readings of some claims: the last verdicts, all hunts and the stored counterexamples.
 *
 * @throws InputError when a file is broken
 */
export function allReached(
  claims: readonly LoadedClaim[],
  { reports, corpus }: { readonly reports: string; readonly corpus: string },
): Reached[] {
  const stored = claims.flatMap(({ claim }) =>
    Object.keys(claim.readings).flatMap((reading) =>
      [corpus, join(reports, 'found')].flatMap((folder) =>
        storedCounterexamples(folder, claim.id, reading)
          .filter(({ grade }) => grade !== 'suspect')
          .map(({ version }) => ({
            claim: claim.id,
            reading,
            version,
            margin: null,
            effort: 0,
            refuted: true,
          })),
      ),
    ),
  );
  return [...lastResults(reports), ...storedHunts(reports).map(reachedByHunt), ...stored];
}

function lastResults(reports: string): Reached[] {
  const file = join(reports, 'verdicts.json');
  if (!existsSync(file)) return [];
  let results: readonly LastResult[];
  try {
    ({ results } = JSON.parse(readFileSync(file, 'utf8')) as { results: LastResult[] });
  } catch {
    return [];
  }
  return results.map(({ claim, reading, version, verdict, worstMargin, trials }) => ({
    claim,
    reading,
    version,
    margin: worstMargin === null ? null : Number(worstMargin),
    effort: trials.effective,
    refuted: verdict === 'refuted',
  }));
}
