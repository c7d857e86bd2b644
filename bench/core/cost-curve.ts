import { logSlope } from '../../src/statistics/index.js';
import type { LogSlope } from '../../src/statistics/index.js';
import type { Contestant } from './contestant.js';
import type { Effort, Timing } from './rounds.js';
import { timeShape } from './rounds.js';
import type { Shape } from './shapes.js';
import { volume } from './shapes.js';

/** Volumes N·d·m from 10³ to 10⁷. */
const LEAST_POWER = 3;
const MOST_POWER = 7;

/** A way to grow. */
interface Aspect {
  readonly name: string;
  readonly shapeOf: (volume: number) => Shape;
}

/** What grows, and what stays small. */
const ASPECTS: readonly Aspect[] = [
  {
    name: 'all alike',
    shapeOf(size) {
      const side = Math.max(2, Math.round(Math.cbrt(size)));
      return { inputDim: side, width: side, sampleSize: Math.max(1, Math.round(size / side ** 2)) };
    },
  },
  {
    name: 'sample grows (d = 10, m = 5)',
    shapeOf: (size) => ({ inputDim: 10, width: 5, sampleSize: Math.round(size / 50) }),
  },
  {
    name: 'width grows (d = 2, N = 40)',
    shapeOf: (size) => ({ inputDim: 2, width: Math.round(size / 80), sampleSize: 40 }),
  },
  {
    name: 'dimension grows (m = 10, N = 20)',
    shapeOf: (size) => ({ inputDim: Math.round(size / 200), width: 10, sampleSize: 20 }),
  },
];

/** The time of a step at one size. */
export interface CostPoint {
  readonly aspect: string;
  readonly shape: Shape;
  /** N·d·m. */
  readonly volume: number;
  readonly timing: Timing;
}

export interface CostCurve {
  readonly engine: string;
  readonly points: readonly CostPoint[];
  /** Exponent of the time in N·d·m over all points, and for each aspect. */
  readonly slope: LogSlope;
  readonly slopes: Readonly<Record<string, LogSlope>>;
}

/** The shapes of the curve, small to large, every aspect at each volume. */
export function costShapes(
  perDecade: number,
): readonly { readonly aspect: string; readonly shape: Shape }[] {
  const count = perDecade * (MOST_POWER - LEAST_POWER);
  return Array.from({ length: count + 1 }, (_, i) => 10 ** (LEAST_POWER + i / perDecade)).flatMap(
    (size) => ASPECTS.map(({ name, shapeOf }) => ({ aspect: name, shape: shapeOf(size) })),
  );
}

/** The exponents of a curve. */
export function fitCost(engine: string, points: readonly CostPoint[]): CostCurve {
  const fit = (some: readonly CostPoint[]): LogSlope =>
    logSlope(some.map((point) => [point.volume, point.timing.minimum]));
  const aspects = [...new Set(points.map(({ aspect }) => aspect))];
  return {
    engine,
    points,
    slope: fit(points),
    slopes: Object.fromEntries(
      aspects.map((aspect) => [aspect, fit(points.filter((point) => point.aspect === aspect))]),
    ),
  };
}

/** Measures a contestant over four decades of N·d·m. */
export async function costCurve(
  contestant: Contestant,
  perDecade: number,
  effort: Effort,
  onTurn?: (what: string) => void,
): Promise<CostCurve> {
  const points: CostPoint[] = [];
  for (const { aspect, shape } of costShapes(perDecade)) {
    const [timing] = await timeShape([contestant], shape, effort, (_, what) =>
      onTurn?.(`N·d·m = ${volume(shape)}, ${what}`),
    );
    points.push({ aspect, shape, volume: volume(shape), timing });
  }
  return fitCost(contestant.name, points);
}
