import type { Chart } from '../../../src/claims/index.js';
import type { PlantedRow } from './judge.js';

/** Where a claim is drawn that no effective trial violates. */
const NEVER = 1e-4;

/** The share of effective trials that violate each planted claim, and whether it was killed. */
export function plantedFigure(rows: readonly PlantedRow[]): Chart {
  const share = ({ violated, effective }: PlantedRow): number =>
    violated === 0 ? NEVER : violated / effective;
  const sorted = rows.toSorted((a, b) => share(a) - share(b));
  const group = (name: string, belongs: (row: PlantedRow) => boolean) => ({
    kind: 'points' as const,
    name,
    points: sorted.flatMap((row, rank) => (belongs(row) ? [[share(row), rank + 1] as const] : [])),
  });
  const killed = rows.filter((row) => row.killed).length;
  return {
    title: `Planted false claims: ${killed} of ${rows.length} refuted by the profile ci`,
    caption:
      'One point for each claim, by the share of its trials that violate it; 10⁻⁴ stands for none, as where a slope decides. A suite without power would refute few.',
    x: { label: 'share of the effective trials that violate the claim', scale: 'log' },
    y: { label: 'rank', scale: 'linear' },
    marks: [
      group('near the truth, refuted', (row) => row.killed && row.distance === 'near'),
      group('far from it, refuted', (row) => row.killed && row.distance === 'far'),
      group('not refuted', (row) => !row.killed),
    ].filter(({ points }) => points.length > 0),
  };
}
