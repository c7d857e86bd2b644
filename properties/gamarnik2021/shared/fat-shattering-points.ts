import type { RandomSource } from '../../../src/math/index.js';

/** Kinds of point sets; each is a law of integer points, the first points the best spread. */
export type PointKind = 'general' | 'spread' | 'line' | 'simplex' | 'cube' | 'sphere';

export const POINT_KIND_PHRASES: Readonly<Record<PointKind, string>> = {
  general: 'points in general position: i.i.d. uniform on the integers of a box',
  spread: 'points in general position, spread: each the farthest from those before, in a ball',
  line: 'distinct points on a line of the space',
  simplex: 'vertices of a simplex, then lattice points of its multiples',
  cube: 'vertices of the cube, then points of larger grid cubes',
  sphere: 'points of a sphere (rounded to integers), each the farthest from those before',
};

/** Half the width of boxes and the radius of balls and spheres: determinants stay exact up to d = 5. */
const RADIUS = 300;

/** Candidates among which the farthest point is chosen, per point. */
const CANDIDATES_PER_POINT = 4;

/**
 * Distinct integer points of a kind, shape (count, inputDim). Dichotomies are affine invariants, so
 * integer coordinates leave out no scale.
 */
export function drawPoints(
  kind: PointKind,
  count: number,
  inputDim: number,
  random: RandomSource,
): number[][] {
  switch (kind) {
    case 'general':
      return distinct(count, () => box(inputDim, random));
    case 'line':
      return linePoints(count, inputDim, random);
    case 'simplex':
      if (count <= inputDim + 1) return vertices(inputDim, random).slice(0, count);
      return latticePoints(count, inputDim, random, (point, size) => sum(point) <= size);
    case 'cube':
      return latticePoints(count, inputDim, random, (point, size) => Math.max(...point) <= size);
    case 'spread':
      return farthestPoints(count, () => ball(inputDim, random));
    case 'sphere':
      return farthestPoints(count, () => sphere(inputDim, random));
  }
}

function box(inputDim: number, random: RandomSource): number[] {
  return Array.from({ length: inputDim }, () => random.integer(2 * RADIUS + 1) - RADIUS);
}

function ball(inputDim: number, random: RandomSource): number[] {
  for (;;) {
    const point = box(inputDim, random);
    if (squaredNorm(point) <= RADIUS * RADIUS) return point;
  }
}

function sphere(inputDim: number, random: RandomSource): number[] {
  for (;;) {
    const point = ball(inputDim, random);
    const length = Math.sqrt(squaredNorm(point));
    // Short vectors of integers have few directions.
    if (length > RADIUS / 4) return point.map((entry) => Math.round((entry * RADIUS) / length));
  }
}

function linePoints(count: number, inputDim: number, random: RandomSource): number[][] {
  const direction = Array.from({ length: inputDim }, () => random.integer(3) - 1);
  direction[random.integer(inputDim)] = random.sign();
  const reach = Math.max(RADIUS, count);
  return distinct(count, () => {
    const step = random.integer(2 * reach + 1) - reach;
    return direction.map((entry) => entry * step + 0);
  });
}

/** The vertices of a simplex in random order: the first shell of its lattice points, whose enumeration takes 2^d steps. */
function vertices(inputDim: number, random: RandomSource): number[][] {
  const corners = Array.from({ length: inputDim + 1 }, (_, k) =>
    Array.from({ length: inputDim }, (__, c): number => (c === k - 1 ? 1 : 0)),
  );
  return shuffled(corners, random);
}

/** Non-negative lattice points of growing size, each shell in random order. */
function latticePoints(
  count: number,
  inputDim: number,
  random: RandomSource,
  inside: (point: readonly number[], size: number) => boolean,
): number[][] {
  const points: number[][] = [];
  for (let size = 1; points.length < count; size += 1) {
    const shell: number[][] = [];
    const point = Array.from({ length: inputDim }, () => 0);
    for (;;) {
      const fresh = inside(point, size) && (size === 1 || !inside(point, size - 1));
      if (fresh) shell.push([...point]);
      let c = 0;
      while (c < inputDim && point[c] === size) {
        point[c] = 0;
        c += 1;
      }
      if (c === inputDim) break;
      point[c] += 1;
    }
    points.push(...shuffled(shell, random));
  }
  return points.slice(0, count);
}

/** The first of the candidates, then always the candidate farthest from all chosen ones. */
function farthestPoints(count: number, draw: () => number[]): number[][] {
  const candidates = distinct(Math.max(count, CANDIDATES_PER_POINT * count), draw);
  const chosen = [candidates[0]];
  const gaps = candidates.map((point) => squaredDistance(point, chosen[0]));
  while (chosen.length < count) {
    let best = 0;
    for (const [k, gap] of gaps.entries()) if (gap > gaps[best]) best = k;
    const point = candidates[best];
    chosen.push(point);
    for (const [k, other] of candidates.entries()) {
      gaps[k] = Math.min(gaps[k], squaredDistance(other, point));
    }
  }
  return chosen;
}

function distinct(count: number, draw: () => number[]): number[][] {
  const seen = new Set<string>();
  const points: number[][] = [];
  while (points.length < count) {
    const point = draw();
    const key = point.join(' ');
    if (seen.has(key)) continue;
    seen.add(key);
    points.push(point);
  }
  return points;
}

function shuffled(points: number[][], random: RandomSource): number[][] {
  const result = [...points];
  for (let i = result.length - 1; i > 0; i -= 1) {
    const j = random.integer(i + 1);
    [result[i], result[j]] = [result[j], result[i]];
  }
  return result;
}

function sum(point: readonly number[]): number {
  return point.reduce((total, entry) => total + entry, 0);
}

function squaredNorm(point: readonly number[]): number {
  return point.reduce((total, entry) => total + entry * entry, 0);
}

function squaredDistance(x: readonly number[], y: readonly number[]): number {
  let total = 0;
  for (const [c, entry] of x.entries()) total += (entry - y[c]) * (entry - y[c]);
  return total;
}
