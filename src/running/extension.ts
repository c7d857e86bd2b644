import type { Effort, Judged, Rung, Tally, TrialRecord, VerifiedFamily } from '../claims/index.js';
import { rungsToExtend } from '../claims/index.js';

/**
 * The draws beyond the ladder that its draws call for: every larger size of a path that would be refuted
 * statistically as often as the rungs of that path were visited at most. None where a family refutes anyway.
 *
 * @param tally the evidence so far
 * @param records this run's trials, which say how many draws are in proportion
 */
export function extensionVisits(
  judged: Judged,
  tally: Tally,
  records: readonly TrialRecord[],
  families: readonly VerifiedFamily[],
  effort: Effort,
): { readonly rung: Rung; readonly visits: number }[] {
  if (families.some(({ holds }) => holds)) return [];
  return rungsToExtend(judged, { tally, finds: [], families, effort }).map((rung) => {
    const visits = new Map<number, number>();
    for (const { rung: visited } of records) {
      if (visited?.path !== rung.path) continue;
      visits.set(visited.size, (visits.get(visited.size) ?? 0) + 1);
    }
    return { rung, visits: Math.max(0, ...visits.values()) };
  });
}
