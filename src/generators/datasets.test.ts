import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addScaled, angle, dot, norm, normalise, randomSource } from '../math/index.js';
import { checkDataset, decodeJson, encodeJson } from '../model/index.js';
import { DATASET_PHRASES, datasetLabels, datasetSpecs, drawDataset } from './datasets.js';
import type { DatasetSpec } from './datasets.js';
import { drawPoints } from './points.js';
import type { PointArrangement, PointsSpec } from './points.js';
import { errorsFrom, STANDARD_ERRORS } from './testing/statistics.js';

function points(
  arrangement: PointArrangement,
  inputDim: number,
  sampleSize: number,
  rest: Partial<PointsSpec> = {},
): number[][] {
  return drawPoints({ arrangement, inputDim, sampleSize, ...rest }, randomSource('points'));
}

describe('drawPoints', () => {
  it('draws on the sphere and in the cube', () => {
    const sphere = points('sphere', 3, 4000);
    for (const x of sphere) expect(Math.abs(norm(x) - 1)).toBeLessThan(1e-15);
    expect(
      errorsFrom(
        sphere.map((x) => x[0] ** 2),
        1 / 3,
      ),
    ).toBeLessThan(STANDARD_ERRORS);
    const cube = points('cube', 3, 4000).flat();
    expect(Math.min(...cube)).toBeGreaterThanOrEqual(-1);
    expect(Math.max(...cube)).toBeLessThan(1);
    expect(
      errorsFrom(
        cube.map((x) => x ** 2),
        1 / 3,
      ),
    ).toBeLessThan(STANDARD_ERRORS);
    expect(points('one-point', 4, 1)).toHaveLength(1);
  });

  it('takes the smallest grid that holds the points, the first coordinate fastest', () => {
    expect(points('grid', 2, 4)).toEqual([
      [-1, -1],
      [1, -1],
      [-1, 1],
      [1, 1],
    ]);
    expect(points('grid', 2, 5).slice(0, 5)).toEqual([
      [-1, -1],
      [0, -1],
      [1, -1],
      [-1, 0],
      [0, 0],
    ]);
    expect(points('grid', 1, 5).flat()).toEqual([-1, -0.5, 0, 0.5, 1]);
    expect(points('grid', 1, 1)).toEqual([[-1]]);
    expect(new Set(points('grid', 20, 300).map(String)).size).toBe(300);
  });

  it('draws orthonormal points', () => {
    const drawn = points('orthogonal', 5, 4);
    for (const [i, x] of drawn.entries()) {
      for (const [j, y] of drawn.entries()) expect(dot(x, y)).toBeCloseTo(i === j ? 1 : 0, 14);
    }
  });

  it('draws points of the rank asked for', () => {
    const drawn = points('low-rank', 4, 9, { rank: 2 });
    const first = normalise(drawn[0]);
    const second = normalise(addScaled(drawn[1], -dot(drawn[1], first), first));
    for (const x of drawn.slice(2)) {
      const outside = addScaled(addScaled(x, -dot(x, first), first), -dot(x, second), second);
      expect(norm(outside)).toBeLessThan(1e-13);
    }
    const squares = points('low-rank', 4, 4000, { rank: 2 }).map((x) => dot(x, x));
    expect(errorsFrom(squares, 1)).toBeLessThan(STANDARD_ERRORS);
  });

  it('draws clusters in turn around centres on the sphere', () => {
    const drawn = points('clusters', 3, 3000, { clusters: 3, spread: 0.01 });
    const [a, b] = [0, 1].map((k) => drawn.filter((_, i) => i % 3 === k));
    const centre = a.reduce((sum, x) => addScaled(sum, 1 / a.length, x), [0, 0, 0]);
    expect(norm(centre)).toBeCloseTo(1, 2);
    const spreads = a.map((x) => (x[0] - centre[0]) ** 2 / 1e-4);
    expect(errorsFrom(spreads, 1)).toBeLessThan(STANDARD_ERRORS);
    expect(Math.max(...a.map((x) => norm(addScaled(x, -1, centre))))).toBeLessThan(0.1);
    expect(Math.min(...b.map((x) => norm(addScaled(x, -1, centre))))).toBeGreaterThan(0.1);
  });

  it('draws pairs at the distance asked for, down to 1e-8', () => {
    for (const inputDim of [1, 3]) {
      for (const distance of [1e-8, 1e-4, 1e-1]) {
        const drawn = points('close-pairs', inputDim, 6, { distance });
        for (const i of [0, 2, 4]) {
          const apart = norm(addScaled(drawn[i], -1, drawn[i + 1]));
          // Entries near 1 are rounded at 1e-16, which is 1e-8 of the smallest distance.
          expect(Math.abs(apart / distance - 1)).toBeLessThan(4e-16 / distance + 1e-14);
        }
      }
    }
  });

  it('draws repeated, antipodal and parallel pairs, an odd last one alone', () => {
    const repeated = points('repeated-equal', 3, 5);
    const antipodal = points('antipodal', 3, 5);
    const parallel = points('same-direction', 3, 61);
    for (const i of [0, 2]) {
      expect(repeated[i + 1]).toEqual(repeated[i]);
      expect(addScaled(antipodal[i], 1, antipodal[i + 1])).toEqual([0, 0, 0]);
    }
    const lengths = new Set<number>();
    for (let i = 0; i < 60; i += 2) {
      expect(angle(parallel[i], parallel[i + 1])).toBeLessThan(1e-15);
      lengths.add(parallel[i + 1][0] / parallel[i][0]);
    }
    expect([...lengths].sort((a, b) => a - b)).toEqual([0.125, 0.25, 0.5, 2, 4, 8]);
    expect(repeated).toHaveLength(5);
  });

  it('says which size or parameter does not fit', () => {
    const rejected: readonly (readonly [Parameters<typeof points>, string])[] = [
      [['one-point', 2, 2], 'sampleSize must fit one-point in dimension 2, got 2'],
      [['orthogonal', 2, 3], 'sampleSize must fit orthogonal in dimension 2, got 3'],
      [['antipodal', 2, 1], 'sampleSize must fit antipodal in dimension 2, got 1'],
      [['low-rank', 1, 2], 'inputDim must be an integer ≥ 2 for low-rank, got 1'],
      [['low-rank', 2, 2, { rank: 3 }], 'rank must be an integer in 1…2, got 3'],
      [['clusters', 2, 2, { clusters: 0 }], 'clusters must be an integer ≥ 1, got 0'],
      [['clusters', 2, 2, { spread: -1 }], 'spread must be ≥ 0 and finite, got -1'],
      [['close-pairs', 2, 2, { distance: 0 }], 'distance must be positive and finite, got 0'],
    ];
    for (const [call, message] of rejected) {
      expect(() => points(...call)).toThrow(new RangeError(`drawPoints: ${message}`));
    }
  });
});

function spherical(rest: Partial<DatasetSpec>): DatasetSpec {
  return {
    arrangement: 'sphere',
    inputDim: 2,
    sampleSize: 6,
    labels: { name: 'gaussian', scale: 1 },
    ...rest,
  };
}

describe('drawDataset', () => {
  it('gives repeated points equal or different labels', () => {
    const equal = drawDataset(spherical({ arrangement: 'repeated-equal' }), randomSource('d'));
    const different = drawDataset(
      spherical({ arrangement: 'repeated-different' }),
      randomSource('d'),
    );
    expect(different.inputs).toEqual(equal.inputs);
    for (const i of [0, 2, 4]) {
      expect(equal.labels[i + 1]).toBe(equal.labels[i]);
      expect(different.labels[i + 1]).not.toBe(different.labels[i]);
    }
    const zero = drawDataset(
      spherical({ arrangement: 'repeated-different', labels: { name: 'zero' } }),
      randomSource('d'),
    );
    expect(zero.labels).toEqual([0, 1, 0, 1, 0, 1]);
  });

  it('keeps the inputs when the law of the labels changes', () => {
    const gaussian = drawDataset(spherical({}), randomSource('d'));
    const labels = { name: 'sign', generic: true, scale: 1 } as const;
    expect(drawDataset(spherical({ labels }), randomSource('d')).inputs).toEqual(gaussian.inputs);
  });
});

describe('the pool of data sets', () => {
  const pool = datasetSpecs({ inputDim: { min: 1, max: 4 }, sampleSize: { min: 1, max: 7 } });
  const drawn = fc.sample(pool, { seed: 5, numRuns: 4000, unbiased: true });

  it('reaches every arrangement, law of labels, size and parameter', () => {
    const labels = new Set(drawn.map((spec) => datasetLabels(spec)[0]));
    expect(labels).toEqual(new Set(Object.keys(DATASET_PHRASES)));
    expect(new Set(drawn.map((spec) => datasetLabels(spec)[1])).size).toBe(10);
    expect(new Set(drawn.map((spec) => spec.sampleSize)).size).toBe(7);
    const distances = drawn.flatMap((spec) => spec.distance ?? []);
    expect([Math.min(...distances), Math.max(...distances)]).toEqual([1e-8, 1e-1]);
    const ranks = drawn.filter((spec) => spec.inputDim === 4).flatMap((spec) => spec.rank ?? []);
    expect(new Set(ranks)).toEqual(new Set([1, 2, 3]));
    // Binomial(4000, 1/12) has mean 333 and s.d. 17.5.
    const grids = drawn.filter((spec) => spec.arrangement === 'grid').length;
    expect(Math.abs(grids - 333)).toBeLessThan(6 * 17.5);
  });

  it('draws data sets of the right shape that survive JSON, the same again', () => {
    for (const spec of drawn.slice(0, 600)) {
      const copy = decodeJson(encodeJson(spec)) as unknown as DatasetSpec;
      const dataset = drawDataset(spec, randomSource('pool'));
      checkDataset(dataset);
      expect(dataset.inputs).toHaveLength(spec.sampleSize);
      expect(drawDataset(copy, randomSource('pool'))).toEqual(dataset);
      expect(decodeJson(encodeJson(dataset))).toEqual(dataset);
    }
  });

  it('keeps to the sizes asked for', () => {
    const large = datasetSpecs({ inputDim: { min: 1, max: 5 }, sampleSize: { min: 4, max: 6 } });
    const specs = fc.sample(large, { seed: 5, numRuns: 1000, unbiased: true });
    expect(new Set(specs.map((spec) => spec.sampleSize))).toEqual(new Set([4, 5, 6]));
    expect(specs.some((spec) => spec.arrangement === 'one-point')).toBe(false);
    expect(() =>
      datasetSpecs({ inputDim: 2, sampleSize: 3, arrangements: ['orthogonal'] }),
    ).toThrow(new RangeError('datasetSpecs: members must fit the sizes asked for, got orthogonal'));
    expect(() => datasetSpecs({ inputDim: 2, sampleSize: 0 })).toThrow(
      new RangeError('datasetSpecs: sampleSize must be integers with 1 ≤ min ≤ max, got 0…0'),
    );
  });

  it('shrinks to one point with label 0 in one dimension', () => {
    const simplest = fc.check(
      fc.property(pool, () => false),
      { seed: 3 },
    );
    expect(simplest.counterexample).toEqual([
      { arrangement: 'one-point', inputDim: 1, sampleSize: 1, labels: { name: 'zero' } },
    ]);
  });
});
