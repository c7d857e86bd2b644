import type { Effort, Judged, Rung, Tally, TrialRecord, VerifiedFamily } from '../claims/index.js';
import { rungsToExtend } from '../claims/index.js';

/** An extension is drawn at most this many times as often as the ladder in the same run. */
const MOST_CATCHING_UP = 10;

/**
 * The draws beyond the ladder that its draws call for: at every larger size of a path that would be refuted
 * statistically as many as there are at the rungs of that path, those of earlier runs included, less those that are
 * there. At least as many as this run visited a rung, and ten times that at most. None where a family refutes anyway.
 *
 * @param tally the evidence so far, that of a ledger included
 * @param records this run's trials
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
    const here = Math.max(0, ...visits.values());
    const drawn = new Map(
      tally.rungs.filter(({ path }) => path === rung.path).map((r) => [r.size, r.effective]),
    );
    const missing = Math.max(0, ...drawn.values()) - (drawn.get(rung.size) ?? 0);
    return { rung, visits: Math.min(Math.max(here, missing), MOST_CATCHING_UP * here) };
  });
}
