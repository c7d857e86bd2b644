import type { Figure, FigureSource, Mark, TrialRecord } from '../../../src/claims/index.js';
import type { BoundReading } from './fat-shattering-conclusion.js';
import type { FatShatteringInstance } from './fat-shattering-instances.js';

/** Certified dimensions against 𝓜A/γ, with the bound of the reading. */
export function drawFigure(
  source: FigureSource<FatShatteringInstance>,
  reading: BoundReading,
): Figure {
  const measured = source.trials.flatMap(({ measurements }: TrialRecord) =>
    measurements !== undefined && measurements.n > 0 ? [measurements] : [],
  );
  const dimensions = [...new Set(measured.map(({ d }) => d))]
    .filter((d) => d <= 5)
    .toSorted((a, b) => a - b);
  const ratios = [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];
  const marks: Mark[] = dimensions.map((d) => ({
    kind: 'points',
    name: `certified n, d = ${d}`,
    points: measured.filter((m) => m.d === d).map(({ ratio, n }) => [ratio, n] as const),
  }));
  for (const d of [1, 5]) {
    marks.push({
      kind: 'line',
      name: `the bound with C = ${reading.constant}, d = ${d}`,
      points: ratios.map((ratio) => [
        ratio,
        reading.bound.evaluate({ C: reading.constant, M: 1, A: ratio, d, gamma: 1 }),
      ]),
    });
  }
  const proved = measured
    .filter(({ d }) => d === 1)
    .map(({ ratio, provedUpperBound }) => [ratio, provedUpperBound] as const)
    .toSorted((a, b) => a[0] - b[0]);
  if (proved.length > 1) {
    marks.push({ kind: 'line', name: 'proved upper bound, d = 1', points: proved });
  }
  return {
    title: 'Certified fat-shattering dimension against 𝓜A/γ',
    caption:
      'Each point is a lower bound of the dimension at its width. Were the claim false, points of one dimension would rise more steeply than its line, or rise above it further with every dimension.',
    x: { label: '𝓜A/γ', scale: 'log' },
    y: { label: 'number of points', scale: 'log' },
    marks,
  };
}
