import type { Effort, Judged, Rung, TrialRecord, VerifiedFamily } from '../claims/index.js';
import { rungsToExtend, tallyOf } from '../claims/index.js';

/**
 * The draws beyond the ladder that its draws call for: every larger size of a path that would be refuted
 * statistically as often as the rungs of that path were visited at most. None where a family refutes anyway.
 */
export function extensionVisits(
  judged: Judged,
  records: readonly TrialRecord[],
  families: readonly VerifiedFamily[],
  effort: Effort,
): Rung[] {
  if (families.some(({ holds }) => holds)) return [];
  const tally = tallyOf(judged, records);
  return rungsToExtend(judged, { tally, finds: [], families, effort }).flatMap((rung) => {
    const visits = new Map<number, number>();
    for (const { rung: visited } of records) {
      if (visited?.path !== rung.path) continue;
      visits.set(visited.size, (visits.get(visited.size) ?? 0) + 1);
    }
    return Array.from({ length: Math.max(0, ...visits.values()) }, () => rung);
  });
}
