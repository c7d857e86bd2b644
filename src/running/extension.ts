import type { Effort, Judged, Rung, Tally, TrialRecord, VerifiedFamily } from '../claims/index.js';
import { rungsToExtend } from '../claims/index.js';

/**
 * Draws that let one size speak for itself (`docs/adr/0012`). Where the largest size of a path has fewer and others more, as
 * where it is costly, so many are made beyond it.
 */
const ENOUGH = 40;

/** An extension is drawn at most this many times as often as the ladder in the same run. */
const MOST_CATCHING_UP = 10;

/**
 * The draws beyond the ladder that its draws call for: at every larger size of a path that would be refuted
 * statistically as many as there are at its largest size, or forty where other sizes have as many, those of earlier runs
 * included, less those that are there. At least as many as this run would make without them, and ten times that at most.
 * None where a family refutes anyway.
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
    const here = asOftenAs(visits);
    const drawn = new Map(
      tally.rungs.filter(({ path }) => path === rung.path).map((r) => [r.size, r.effective]),
    );
    const beyond = drawn.get(rung.size) ?? 0;
    for (const { size } of judged.extended ?? []) drawn.delete(size);
    const missing = asOftenAs(drawn) - beyond;
    return { rung, visits: Math.min(Math.max(here, missing), MOST_CATCHING_UP * here) };
  });
}

/** The draws at the largest size, or forty where that has fewer and another size as many. */
function asOftenAs(draws: ReadonlyMap<number, number>): number {
  const most = Math.max(0, ...draws.values());
  const last = draws.get(Math.max(...draws.keys())) ?? 0;
  return Math.max(last, Math.min(most, ENOUGH));
}
