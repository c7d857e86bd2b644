import {
  addScaled,
  cos,
  dot,
  norm,
  normalise,
  orthogonalMatrix,
  requireOneOf,
  scale,
  sin,
  unitSphere,
} from '../math/index.js';
import type { RandomSource } from '../math/index.js';

/**
 * How the directions of a teacher's neurons lie to each other.
 * - `generic`: independent, uniform on the sphere.
 * - `orthogonal`: pairwise orthogonal; width ≤ inputDim.
 * - `equiangular`: one angle between any two; width ≤ inputDim + 1, where inputDim + 1 of them form a
 *   regular simplex and fewer have inner product `cosine`.
 * - `evenly-spaced`: at angles 2πj/width in a random plane, so they sum to zero.
 * - `zero-sum`: generic directions that sum to zero.
 * - `common-plane`: independent, uniform on the circle of a random plane.
 * - `common-halfspace`: independent, uniform on a random half-sphere.
 * - `parallel`: all equal.
 * - `repeated`: generic, each one twice.
 * - `antiparallel`: generic, each one with its opposite.
 * - `near-parallel`: generic, each one with a second one at the given angle.
 * An odd last one of a pair stands alone.
 */
export type DirectionArrangement =
  | 'generic'
  | 'orthogonal'
  | 'equiangular'
  | 'evenly-spaced'
  | 'zero-sum'
  | 'common-plane'
  | 'common-halfspace'
  | 'parallel'
  | 'repeated'
  | 'antiparallel'
  | 'near-parallel';

export interface DirectionsSpec {
  readonly arrangement: DirectionArrangement;
  readonly inputDim: number;
  readonly width: number;
  /** The angle of `near-parallel` pairs, in radians, in (0, π/2). Default 0.1. */
  readonly angle?: number;
  /** The inner product of `equiangular` directions, in [0, 1). Default ½. */
  readonly cosine?: number;
}

/** The smallest width and dimension at which an arrangement is what its name says. */
export const ARRANGEMENT_NEEDS: Readonly<
  Record<DirectionArrangement, { readonly width: number; readonly inputDim: number }>
> = {
  generic: { width: 1, inputDim: 1 },
  orthogonal: { width: 2, inputDim: 2 },
  equiangular: { width: 2, inputDim: 2 },
  'evenly-spaced': { width: 2, inputDim: 2 },
  'zero-sum': { width: 2, inputDim: 2 },
  'common-plane': { width: 2, inputDim: 3 },
  'common-halfspace': { width: 2, inputDim: 1 },
  parallel: { width: 2, inputDim: 1 },
  repeated: { width: 2, inputDim: 1 },
  antiparallel: { width: 2, inputDim: 1 },
  'near-parallel': { width: 2, inputDim: 2 },
};

/**
 * The widest arrangement that fits: `width`, or less where the dimension allows no more.
 *
 * @throws RangeError when there is no such arrangement
 */
export function fittingWidth(
  arrangement: DirectionArrangement,
  inputDim: number,
  width: number,
): number {
  requireOneOf('fittingWidth', 'arrangement', arrangement, Object.keys(ARRANGEMENT_NEEDS));
  if (arrangement === 'orthogonal') return Math.min(width, inputDim);
  if (arrangement === 'equiangular') return Math.min(width, inputDim + 1);
  return width;
}

/**
 * Unit vectors in the given arrangement, shape (width, inputDim), rotated uniformly at random.
 *
 * @throws RangeError when there is no such arrangement, width or dimension do not fit it, or a parameter is out
 *   of range
 */
export function drawDirections(spec: DirectionsSpec, random: RandomSource): number[][] {
  const { arrangement, inputDim, width } = spec;
  requireOneOf('drawDirections', 'arrangement', arrangement, Object.keys(ARRANGEMENT_NEEDS));
  const needs = ARRANGEMENT_NEEDS[arrangement];
  if (inputDim < needs.inputDim || !Number.isInteger(inputDim)) {
    throw new RangeError(
      `drawDirections: inputDim must be an integer ≥ ${needs.inputDim} for ${arrangement}, got ${inputDim}`,
    );
  }
  if (width < needs.width || width !== fittingWidth(arrangement, inputDim, width)) {
    throw new RangeError(
      `drawDirections: width must fit ${arrangement} in dimension ${inputDim}, got ${width}`,
    );
  }
  const { angle = 0.1 } = spec;
  if (!(angle > 0 && angle < Math.PI / 2)) {
    throw new RangeError(`drawDirections: angle must be in (0, π/2), got ${angle}`);
  }
  const uniform = (): number[] => unitSphere(random, inputDim);
  const independent = (count: number): number[][] => Array.from({ length: count }, uniform);
  switch (arrangement) {
    case 'generic':
      return independent(width);
    case 'orthogonal':
      return orthogonalMatrix(random, inputDim)
        .slice(0, width)
        .map((row) => [...row]);
    case 'equiangular':
      return equiangular(spec, orthogonalMatrix(random, inputDim));
    case 'evenly-spaced':
      return inPlane(
        orthogonalMatrix(random, inputDim),
        Array.from({ length: width }, (_, j) => (2 * Math.PI * j) / width),
      );
    case 'zero-sum':
      return zeroSum(width, uniform);
    case 'common-plane':
      return inPlane(
        orthogonalMatrix(random, inputDim),
        Array.from({ length: width }, () => 2 * Math.PI * random.uniform()),
      );
    case 'common-halfspace': {
      const pole = uniform();
      return independent(width).map((b) => (dot(b, pole) < 0 ? scale(-1, b) : b));
    }
    case 'parallel': {
      const common = uniform();
      return Array.from({ length: width }, () => [...common]);
    }
    case 'repeated':
      return pairs(width, independent(Math.ceil(width / 2)), (b) => [...b]);
    case 'antiparallel':
      return pairs(width, independent(Math.ceil(width / 2)), (b) => scale(-1, b));
    case 'near-parallel':
      return pairs(width, independent(Math.ceil(width / 2)), (b) => turned(b, uniform(), angle));
  }
}

/** The unit vector at the given angle from the unit vector b, turned towards `aside`. */
export function turned(b: readonly number[], aside: readonly number[], angle: number): number[] {
  const across = normalise(addScaled(aside, -dot(aside, b), b));
  return addScaled(scale(cos(angle), b), sin(angle), across);
}

function pairs(
  width: number,
  firsts: readonly number[][],
  second: (first: readonly number[]) => number[],
): number[][] {
  return firsts.flatMap((first) => [first, second(first)]).slice(0, width);
}

function inPlane(frame: readonly (readonly number[])[], angles: readonly number[]): number[][] {
  const [u, v] = frame;
  return angles.map((angle) => addScaled(scale(cos(angle), u), sin(angle), v));
}

/**
 * width ≤ inputDim: b_j = p·q_j + r·Σq_i with orthonormal q and Gram matrix (1−c)I + c·11ᵀ.
 * width = inputDim + 1: the regular simplex, b_j = p·q_j + r·Σq_i for j ≤ d and b_{d+1} = −Σq_i/√d,
 * with c = −1/d. In both cases p = √(1−c) and r solves d·r² + 2pr = c, d the number of q used.
 */
function equiangular(spec: DirectionsSpec, frame: readonly (readonly number[])[]): number[][] {
  const simplex = spec.width > spec.inputDim;
  const count = simplex ? spec.inputDim : spec.width;
  const cosine = simplex ? -1 / count : (spec.cosine ?? 0.5);
  if (!(cosine < 1 && (simplex || cosine >= 0))) {
    throw new RangeError(`drawDirections: cosine must be in [0, 1), got ${cosine}`);
  }
  const used = frame.slice(0, count);
  const sum = used.reduce<number[]>((total, q) => addScaled(total, 1, q), scale(0, used[0]));
  const p = Math.sqrt(1 - cosine);
  const r = (Math.sqrt(p * p + count * cosine) - p) / count;
  const directions = used.map((q) => addScaled(scale(p, q), r, sum));
  return simplex ? [...directions, scale(-1 / Math.sqrt(count), sum)] : directions;
}

/**
 * Independent directions, each redrawn until the running sum stays within length 2, and two last ones
 * −s/2 ± √(1−‖s‖²/4)·u, u ⊥ s, that bring the sum s to zero.
 */
function zeroSum(width: number, uniform: () => number[]): number[][] {
  const directions: number[][] = [];
  let sum = scale(0, uniform());
  while (directions.length < width - 2) {
    const next = uniform();
    const total = addScaled(sum, 1, next);
    if (norm(total) > 2) continue;
    directions.push(next);
    sum = total;
  }
  const length = norm(sum);
  const aside = uniform();
  const across = normalise(
    length === 0 ? aside : addScaled(aside, -dot(aside, sum) / (length * length), sum),
  );
  const height = Math.sqrt(Math.max(0, 1 - (length * length) / 4));
  return [
    ...directions,
    addScaled(scale(-1 / 2, sum), height, across),
    addScaled(scale(-1 / 2, sum), -height, across),
  ];
}
