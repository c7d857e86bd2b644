import { describe, expect, it } from 'vitest';
import { randomSource } from '../../math/index.js';
import { affinelyIndependentCount } from './affine-independence.js';
import { independentCoordinates } from './integer-geometry.js';
import { shatteredCount } from './shattered-count.js';

const simplex = (inputDim: number): number[][] => [
  Array.from({ length: inputDim }, () => 0),
  ...Array.from({ length: inputDim }, (_, k) =>
    Array.from({ length: inputDim }, (__, c) => (c === k ? 1 : 0)),
  ),
];

describe('affinelyIndependentCount', () => {
  it('counts the vertices of a simplex, in any order and beyond exact determinants', () => {
    for (const inputDim of [1, 2, 5, 60]) {
      const points = simplex(inputDim);
      expect(affinelyIndependentCount(points)).toBe(inputDim + 1);
      expect(affinelyIndependentCount(points.toReversed())).toBe(inputDim + 1);
    }
    expect(affinelyIndependentCount([])).toBe(0);
    expect(affinelyIndependentCount([[3, 4]])).toBe(1);
  });

  it('stops at the first point that lies in the span of those before', () => {
    expect(
      affinelyIndependentCount([
        [0, 0, 1],
        [1, 1, 1],
        [2, 2, 1],
        [0, 5, 7],
      ]),
    ).toBe(2);
    expect(affinelyIndependentCount([[1], [1]])).toBe(1);
  });

  it('agrees with exact elimination on random integer points', () => {
    const random = randomSource('affine independence');
    for (let trial = 0; trial < 200; trial += 1) {
      const inputDim = 1 + random.integer(5);
      const points = Array.from({ length: inputDim + 1 }, () =>
        Array.from({ length: inputDim }, () => random.integer(5) - 2),
      );
      let exact = 1;
      while (
        exact < points.length &&
        independentCoordinates(points.slice(0, exact + 1)).length === exact
      ) {
        exact += 1;
      }
      expect(affinelyIndependentCount(points)).toBe(exact);
    }
  });

  it('spares the programs: half-spaces alone shatter independent points', async () => {
    const found = await shatteredCount(simplex(40), 1, { programsUpTo: 41 });
    expect(found).toMatchObject({ count: 41, method: 'independent', programs: 0, norm: 1 });
  });
});
