import {
  addScaled,
  normalVector,
  orthogonalMatrix,
  requireOneOf,
  scale,
  uniformBetween,
  unitSphere,
} from '../math/index.js';
import type { RandomSource } from '../math/index.js';

/**
 * How the inputs of a finite data set lie to each other.
 * - `one-point`: uniform on the unit sphere.
 * - `sphere`: independent, uniform on the unit sphere.
 * - `cube`: independent, uniform on [−1, 1)^d.
 * - `grid`: the first points of the grid with k values a coordinate on [−1, 1], k ≥ 2 as small as fits.
 * - `orthogonal`: orthonormal, uniformly rotated; sampleSize ≤ inputDim.
 * - `low-rank`: Gaussian in a uniform subspace of dimension `rank`, E‖x‖² = 1.
 * - `clusters`: around `clusters` uniform points of the unit sphere, with deviation `spread`.
 * - `close-pairs`: uniform on the unit sphere, each with a second one at distance `distance`.
 * - `repeated-equal`, `repeated-different`: uniform on the unit sphere, each twice, the second time
 *   with the same label or with another.
 * - `antipodal`: uniform on the unit sphere, each with its opposite.
 * - `same-direction`: uniform on the unit sphere, each with its multiple by 2^k, 1 ≤ |k| ≤ 3.
 * Both of a pair are neighbours; an odd last one stands alone.
 */
export type PointArrangement =
  | 'one-point'
  | 'sphere'
  | 'cube'
  | 'grid'
  | 'orthogonal'
  | 'low-rank'
  | 'clusters'
  | 'close-pairs'
  | 'repeated-equal'
  | 'repeated-different'
  | 'antipodal'
  | 'same-direction';

export interface PointsSpec {
  readonly arrangement: PointArrangement;
  readonly inputDim: number;
  readonly sampleSize: number;
  /** In 1…inputDim, for `low-rank`. Default 1. */
  readonly rank?: number;
  /** ≥ 1, for `clusters`. Default 2. */
  readonly clusters?: number;
  /** ≥ 0, for `clusters`. Default 0.1. */
  readonly spread?: number;
  /** > 0, for `close-pairs`. Default 0.1. */
  readonly distance?: number;
}

/** The smallest sample size and dimension at which an arrangement is what its name says. */
export const POINT_NEEDS: Readonly<
  Record<PointArrangement, { readonly sampleSize: number; readonly inputDim: number }>
> = {
  'one-point': { sampleSize: 1, inputDim: 1 },
  sphere: { sampleSize: 1, inputDim: 1 },
  cube: { sampleSize: 1, inputDim: 1 },
  grid: { sampleSize: 1, inputDim: 1 },
  orthogonal: { sampleSize: 2, inputDim: 2 },
  'low-rank': { sampleSize: 2, inputDim: 2 },
  clusters: { sampleSize: 2, inputDim: 1 },
  'close-pairs': { sampleSize: 2, inputDim: 1 },
  'repeated-equal': { sampleSize: 2, inputDim: 1 },
  'repeated-different': { sampleSize: 2, inputDim: 1 },
  antipodal: { sampleSize: 2, inputDim: 1 },
  'same-direction': { sampleSize: 2, inputDim: 1 },
};

/**
 * The sample size that an arrangement can have: at most the given one.
 *
 * @throws RangeError when there is no such arrangement
 */
export function fittingSampleSize(
  arrangement: PointArrangement,
  inputDim: number,
  sampleSize: number,
): number {
  requireOneOf('fittingSampleSize', 'arrangement', arrangement, Object.keys(POINT_NEEDS));
  if (arrangement === 'one-point') return 1;
  return arrangement === 'orthogonal' ? Math.min(sampleSize, inputDim) : sampleSize;
}

/**
 * Inputs in the given arrangement, shape (sampleSize, inputDim).
 *
 * @throws RangeError when there is no such arrangement, sample size or dimension do not fit the arrangement, or a parameter is out
 *   of range
 */
export function drawPoints(spec: PointsSpec, random: RandomSource): number[][] {
  checkPoints(spec);
  const { arrangement, inputDim, sampleSize } = spec;
  const onSphere = (): number[] => unitSphere(random, inputDim);
  const pairs = (second: (first: readonly number[]) => number[]): number[][] =>
    many(Math.ceil(sampleSize / 2), onSphere)
      .flatMap((first) => [first, second(first)])
      .slice(0, sampleSize);
  switch (arrangement) {
    case 'one-point':
    case 'sphere':
      return many(sampleSize, onSphere);
    case 'cube':
      return many(sampleSize, () =>
        Array.from({ length: inputDim }, () => uniformBetween(random, -1, 1)),
      );
    case 'grid':
      return grid(inputDim, sampleSize);
    case 'orthogonal':
      return orthogonalMatrix(random, inputDim).slice(0, sampleSize);
    case 'low-rank': {
      const rank = spec.rank ?? 1;
      const frame = orthogonalMatrix(random, inputDim).slice(0, rank);
      return many(sampleSize, () => {
        const z = normalVector(random, rank).map((entry) => entry / Math.sqrt(rank));
        return frame.reduce<number[]>(
          (point, q, k) => addScaled(point, z[k], q),
          scale(0, frame[0]),
        );
      });
    }
    case 'clusters': {
      const centres = many(spec.clusters ?? 2, onSphere);
      return many(sampleSize, (i) =>
        addScaled(centres[i % centres.length], spec.spread ?? 0.1, normalVector(random, inputDim)),
      );
    }
    case 'close-pairs':
      return pairs((first) => addScaled(first, spec.distance ?? 0.1, onSphere()));
    case 'repeated-equal':
    case 'repeated-different':
      return pairs((first) => [...first]);
    case 'antipodal':
      return pairs((first) => scale(-1, first));
    case 'same-direction':
      return pairs((first) => {
        const length = 1 << (1 + random.integer(3));
        return scale(random.sign() > 0 ? length : 1 / length, first);
      });
  }
}

function many(count: number, point: (index: number) => number[]): number[][] {
  return Array.from({ length: count }, (_, index) => point(index));
}

function checkPoints(spec: PointsSpec): void {
  const { arrangement, inputDim, sampleSize } = spec;
  requireOneOf('drawPoints', 'arrangement', arrangement, Object.keys(POINT_NEEDS));
  const needs = POINT_NEEDS[arrangement];
  if (!Number.isInteger(inputDim) || inputDim < needs.inputDim) {
    throw new RangeError(
      `drawPoints: inputDim must be an integer ≥ ${needs.inputDim} for ${arrangement}, got ${inputDim}`,
    );
  }
  const fitting = fittingSampleSize(arrangement, inputDim, sampleSize);
  if (!Number.isInteger(sampleSize) || sampleSize < needs.sampleSize || sampleSize !== fitting) {
    throw new RangeError(
      `drawPoints: sampleSize must fit ${arrangement} in dimension ${inputDim}, got ${sampleSize}`,
    );
  }
  const { rank = 1, clusters = 2, spread = 0.1, distance = 0.1 } = spec;
  if (!Number.isInteger(rank) || rank < 1 || rank > inputDim) {
    throw new RangeError(`drawPoints: rank must be an integer in 1…${inputDim}, got ${rank}`);
  }
  if (!Number.isInteger(clusters) || clusters < 1) {
    throw new RangeError(`drawPoints: clusters must be an integer ≥ 1, got ${clusters}`);
  }
  if (!(spread >= 0 && spread < Infinity)) {
    throw new RangeError(`drawPoints: spread must be ≥ 0 and finite, got ${spread}`);
  }
  if (!(distance > 0 && distance < Infinity)) {
    throw new RangeError(`drawPoints: distance must be positive and finite, got ${distance}`);
  }
}

/** The first coordinate changes fastest. */
function grid(inputDim: number, sampleSize: number): number[][] {
  const holdsAll = (values: number): boolean => {
    let points = 1;
    for (let i = 0; i < inputDim && points < sampleSize; i += 1) points *= values;
    return points >= sampleSize;
  };
  let values = 2;
  while (!holdsAll(values)) values += 1;
  return Array.from({ length: sampleSize }, (_, index) => {
    let rest = index;
    return Array.from({ length: inputDim }, () => {
      const step = rest % values;
      rest = (rest - step) / values;
      return -1 + (2 * step) / (values - 1);
    });
  });
}
