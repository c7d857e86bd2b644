import { expect, test } from 'vitest';
import { featuresOf } from './features.js';

test('numbers under their keys, lists by length and norm, lists of lists by rows and norms', () => {
  expect(
    featuresOf({
      sampleSize: 3,
      trained: true,
      rotationSeed: 17,
      law: { name: 'gaussian', dimension: 2 },
      radius: null,
      labels: [3, 4],
      inputs: [
        [3, 4],
        [0, 1],
      ],
      weights: Float64Array.of(0, 2),
      exact: [[1n, 2n, 3n]],
      none: [],
      words: ['a', 'b'],
    }),
  ).toEqual({
    sampleSize: 3,
    'law.dimension': 2,
    'labels: count': 2,
    'labels: norm': 5,
    'inputs: count': 2,
    'inputs: columns': 2,
    'inputs: smallest norm': 1,
    'inputs: largest norm': 5,
    'weights: count': 2,
    'weights: norm': 2,
    'exact: count': 1,
    'exact: columns': 3,
    'none: count': 0,
    'words: count': 2,
  });
});

test('an instance that is itself a number or a list has names too', () => {
  expect(featuresOf([3, 4])).toEqual({ count: 2, norm: 5 });
  expect(featuresOf(7)).toEqual({ '': 7 });
  expect(featuresOf('text')).toEqual({});
});

test('norms do not overflow', () => {
  expect(featuresOf({ x: [3e200, 4e200] })['x: norm']).toBeCloseTo(5e200, -190);
});
