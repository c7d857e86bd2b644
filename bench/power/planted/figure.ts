import type { Chart } from '../../../src/claims/index.js';
import type { PlantedRow } from './judge.js';

/** Where a claim is drawn that no effective trial violates. */
const NEVER = 1e-4;

/** The share of effective trials that violate each planted claim, and whether it was killed. */
export function plantedFigure(rows: readonly PlantedRow[]): Chart {
  const share = ({ violated, effective }: PlantedRow): number =>
    violated === 0 ? NEVER : violated / effective;
  const sorted = rows.toSorted((a, b) => share(a) - share(b));
  const group = (distance: PlantedRow['distance'], killed: boolean) => ({
    kind: 'points' as const,
    name: `${distance === 'near' ? 'near the truth' : 'far from it'}, ${killed ? 'killed' : 'not killed'}`,
    points: sorted.flatMap((row, rank) =>
      row.distance === distance && row.killed === killed ? [[share(row), rank + 1] as const] : [],
    ),
  });
  const killed = rows.filter((row) => row.killed).length;
  return {
    title: `Planted false claims: ${killed} of ${rows.length} killed by the profile ci`,
    caption:
      'One point for each claim, by the share of its trials that violate it; 10⁻⁴ stands for none, as where a slope decides. A suite without power would leave points not killed.',
    x: { label: 'share of the effective trials that violate the claim', scale: 'log' },
    y: { label: 'rank', scale: 'linear' },
    marks: [
      group('near', true),
      group('far', true),
      group('near', false),
      group('far', false),
    ].filter(({ points }) => points.length > 0),
  };
}
