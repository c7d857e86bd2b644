import { describe, expect, it } from 'vitest';
import { randomSource } from '../../math/index.js';
import type { Matrix } from '../../model/index.js';
import { halfspaceDepth } from './halfspace-depth.js';

/** The least count over many directions: an upper bound on the depth, sharp for small samples. */
function sampledDepth(inputs: Matrix, inputDim: number, directions: number): number {
  const random = randomSource('sampled depth', inputDim, inputs.length);
  let least = inputs.length;
  for (let t = 0; t < directions; t += 1) {
    const w = Array.from({ length: inputDim }, () => centred(random.uniform() + random.uniform()));
    least = Math.min(least, countAt(w, inputs));
  }
  return least;
}

const centred = (u: number): number => u - 1;

function countAt(w: readonly number[], inputs: Matrix): number {
  return inputs.filter((x) => x.reduce((sum, entry, k) => sum + entry * w[k], 0) >= 0).length;
}

function cloud(key: number, size: number, inputDim: number, shift: number): number[][] {
  const random = randomSource('depth cloud', key);
  return Array.from({ length: size }, () =>
    Array.from({ length: inputDim }, (_, k) => 2 * random.uniform() - 1 + (k === 0 ? shift : 0)),
  );
}

describe('halfspaceDepth', () => {
  it.each([1, 2, 3])('is the least count over dense directions in dimension %i', (inputDim) => {
    for (let key = 0; key < 12; key += 1) {
      const inputs = cloud(key, 9, inputDim, 0.3);
      expect(halfspaceDepth(inputs, inputDim).count).toBe(sampledDepth(inputs, inputDim, 20_000));
    }
  });

  it('returns a direction that attains the count', () => {
    for (const inputDim of [1, 2, 3]) {
      for (let key = 0; key < 20; key += 1) {
        const inputs = cloud(100 + key, 25, inputDim, 0.2);
        const { count, direction } = halfspaceDepth(inputs, inputDim);
        expect(countAt(direction as number[], inputs)).toBe(count);
      }
    }
  });

  it('counts points at 0 and treats antipodal and repeated points exactly', () => {
    expect(halfspaceDepth([[0, 0]], 2).count).toBe(1);
    const cross = [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ];
    expect(halfspaceDepth(cross, 2).count).toBe(2);
    expect(halfspaceDepth([...cross, [0, 0], [1, 0]], 2).count).toBe(3);
    expect(
      halfspaceDepth(
        cross.map(([x, y]) => [0.1 * x, 0.3 * y]),
        2,
      ).count,
    ).toBe(2);
  });

  it('is half of the corners of the cube, and sees points in a plane or on a line of R³', () => {
    const corners = [-1, 1].flatMap((x) => [-1, 1].flatMap((y) => [-1, 1].map((z) => [x, y, z])));
    expect(halfspaceDepth(corners, 3).count).toBe(4);
    const axes = [0, 1, 2].flatMap((k) => [1, -1].map((s) => [0, 0, 0].with(k, s)));
    expect(halfspaceDepth(axes, 3).count).toBe(3);
    const plane = [
      [1, 0, 1],
      [-1, 0, -1],
      [0, 1, 0],
      [0, -1, 0],
    ];
    expect(halfspaceDepth(plane, 3).count).toBe(2);
    const line = [
      [1, 2, 3],
      [2, 4, 6],
      [-1, -2, -3],
    ];
    expect(halfspaceDepth(line, 3).count).toBe(1);
  });

  it('is 0 exactly when all points lie in an open halfspace', () => {
    expect(halfspaceDepth(cloud(7, 30, 3, 1.5), 3).count).toBe(0);
    expect(halfspaceDepth([[1, 0]], 2)).toMatchObject({ count: 0 });
  });

  it('does not depend on order or on positive scales of the points', () => {
    const inputs = cloud(11, 40, 3, 0.1);
    const scaled = inputs.map((x, i) => x.map((entry) => entry * 2 ** (i % 7))).reverse();
    expect(halfspaceDepth(scaled, 3).count).toBe(halfspaceDepth(inputs, 3).count);
  });

  it('adds up weights', () => {
    expect(halfspaceDepth([[1], [-2], [0]], 1, [0.25, 0.5, 0.125]).count).toBe(0.375);
    const triangle = [
      [1, 0],
      [-1, 1],
      [-1, -1],
    ];
    expect(halfspaceDepth(triangle, 2, [0.5, 0.3, 0.2]).count).toBe(0.2);
  });

  it('refuses dimensions above 3', () => {
    expect(() => halfspaceDepth([[1, 1, 1, 1]], 4)).toThrow(
      'halfspaceDepth: inputDim must lie in 1…3, got 4',
    );
  });
});
