import type { Figure, FigureSource, Mark } from '../../../src/claims/index.js';
import type { OuterNormInstance } from './instance.js';

/** Ratios outside this range are drawn at its ends. */
const RANGE = [1e-4, 1e4] as const;

/** The largest outer norm found on each draw over the bound, against the size, path by path. */
export function outerNormFigure(
  title: string,
  { trials }: FigureSource<OuterNormInstance>,
): Figure {
  const paths = new Map<string, { draws: [number, number][]; worst: Map<number, number> }>();
  for (const { rung, measurements } of trials) {
    const { attained, bound } = measurements ?? {};
    if (rung === undefined || attained === undefined || bound === undefined) continue;
    if (!(attained > 0)) continue;
    const ratio = Math.min(RANGE[1], Math.max(RANGE[0], attained / bound));
    let path = paths.get(rung.path);
    if (path === undefined) paths.set(rung.path, (path = { draws: [], worst: new Map() }));
    path.draws.push([rung.size, ratio]);
    path.worst.set(rung.size, Math.max(path.worst.get(rung.size) ?? 0, ratio));
  }
  const marks = [...paths].flatMap(([name, { draws, worst }]): Mark[] => [
    { kind: 'points', name, points: draws },
    { kind: 'line', name, points: [...worst].sort((a, b) => a[0] - b[0]) },
  ]);
  return {
    title,
    caption:
      'Each point is the largest ‖a‖₁ found on one sample (non-empty set of students), divided by the bound; lines join the largest at each size. Points above 1 violate the bound; the claim needs their share to vanish to the right. Values beyond 1e4 are drawn at 1e4.',
    x: { label: 'size on the path', scale: 'log' },
    y: { label: 'largest ‖a‖₁ found ÷ bound', scale: 'log', domain: RANGE },
    marks: [...marks, { kind: 'horizontal', name: 'bound', at: 1 }],
  };
}
