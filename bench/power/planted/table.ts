import { alignedLines } from '../../shared/text.js';
import type { OriginalRow, PlantedRow } from './judge.js';

/** One line per planted claim. */
export function plantedTable(rows: readonly PlantedRow[]): readonly string[] {
  const cells = rows.map(({ id, distance, verdict, grade, violated, effective, durationMs }) => [
    id,
    distance,
    grade === null ? verdict : `${verdict}, ${grade}`,
    `${violated}/${effective}`,
    (durationMs / 1000).toFixed(1),
  ]);
  return alignedLines([['planted false claim', '', 'verdict', 'violated', 's'], ...cells]);
}

/** One line per true reading. */
export function originalTable(rows: readonly OriginalRow[]): readonly string[] {
  const cells = rows.map(({ claim, reading, runs, verdicts, durationMs }) => [
    `${claim} ${reading}`,
    String(runs),
    String(verdicts.refuted ?? 0),
    Object.entries(verdicts)
      .map(([verdict, count]) => `${count} ${verdict}`)
      .join(', '),
    (durationMs / runs / 1000).toFixed(1),
  ]);
  return alignedLines([['true original', 'runs', 'refuted', 'verdicts', 's a run'], ...cells]);
}
