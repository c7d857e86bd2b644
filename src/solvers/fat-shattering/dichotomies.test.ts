import { describe, expect, it } from 'vitest';
import { randomSource } from '../../math/index.js';
import { solveLinearProgram } from '../linear-program.js';
import { affineDichotomies } from './dichotomies.js';

/** The independent oracle: one linear program per sign vector, max margin with |w|, |w0| ≤ 1. */
async function separableBySolver(points: readonly (readonly number[])[]): Promise<number[]> {
  const d = points[0].length;
  const masks: number[] = [];
  for (let mask = 0; mask < 2 ** points.length; mask += 1) {
    const { objective } = await solveLinearProgram({
      objective: [...Array.from({ length: d + 1 }, () => 0), 1],
      maximise: true,
      variables: Array.from({ length: d + 2 }, () => ({ lower: -1, upper: 1 })),
      constraints: points.map((point, i) => {
        const sign = (mask >> i) & 1 ? 1 : -1;
        return { coefficients: [...point.map((x) => sign * x), sign, -1], lower: 0 };
      }),
    });
    if (objective > 1e-6) masks.push(mask);
  }
  return masks;
}

function randomPoints(key: string, n: number, d: number, size: number): number[][] {
  const random = randomSource('dichotomies', key, n, d);
  return Array.from({ length: n }, () =>
    Array.from({ length: d }, () => random.integer(2 * size + 1) - size),
  );
}

function cover(n: number, d: number): number {
  let sum = 0;
  let binomial = 1;
  for (let k = 0; k <= Math.min(d, n - 1); k += 1) {
    sum += binomial;
    binomial = (binomial * (n - 1 - k)) / (k + 1);
  }
  return 2 * sum;
}

function cube(d: number): number[][] {
  return Array.from({ length: 2 ** d }, (_, k) =>
    Array.from({ length: d }, (__, c) => ((k >> c) & 1 ? 1 : -1)),
  );
}

describe('affineDichotomies', () => {
  it("has Cover's number in general position", () => {
    for (const [d, n] of [
      [1, 9],
      [2, 3],
      [2, 10],
      [3, 9],
      [4, 9],
      [5, 10],
      [5, 14],
    ]) {
      expect(affineDichotomies(randomPoints('cover', n, d, 300))).toHaveLength(cover(n, d));
    }
  });

  it('counts the threshold functions on the cube', () => {
    // Muroga 1971, OEIS A000609.
    expect(affineDichotomies(cube(1))).toHaveLength(4);
    expect(affineDichotomies(cube(2))).toHaveLength(14);
    expect(affineDichotomies(cube(3))).toHaveLength(104);
    expect(affineDichotomies(cube(4))).toHaveLength(1882);
  });

  it('agrees with separability by linear programs on degenerate sets', async () => {
    const sets = [
      randomPoints('grid', 7, 2, 1),
      randomPoints('grid', 7, 3, 1),
      randomPoints('grid', 6, 4, 1),
      [
        [0, 0, 0],
        [1, 1, 2],
        [2, 2, 4],
        [3, 3, 6],
        [3, 3, 6],
      ],
      [
        [4, 7],
        [4, 7],
      ],
      [
        [0, 0],
        [2, 0],
        [1, 0],
        [0, 2],
        [0, 1],
        [1, 1],
      ],
    ];
    for (const points of sets) {
      expect(affineDichotomies(points)).toEqual(await separableBySolver(points));
    }
  });

  it('rejects what it cannot do exactly', () => {
    expect(() => affineDichotomies([])).toThrow(
      'affineDichotomies: points must hold 1…24 points, got 0',
    );
    expect(() => affineDichotomies([[0.5]])).toThrow(
      'affineDichotomies: points[0] must have integer entries, got 0.5',
    );
    expect(() => affineDichotomies([[1, 2], [3]])).toThrow(
      'affineDichotomies: points[1] must have length 2 (length of points[0]), got 1',
    );
    expect(() => affineDichotomies([[1e6 + 1, 0, 0, 0, 0]])).toThrow(
      'affineDichotomies: (d+1)!·max|x|^d must be at most 2⁵³ − 1 to keep determinants exact, got about 7.20e+32',
    );
  });
});
