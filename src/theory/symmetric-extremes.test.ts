import { describe, expect, test } from 'vitest';
import { randomSource } from '../math/index.js';
import { spectrumEnds } from './symmetric-extremes.js';

/** Q·diag(values)·Qᵀ with Q a product of random reflections. */
function withSpectrum(key: string, values: readonly number[]): Float64Array {
  const order = values.length;
  const random = randomSource(key);
  let columns: number[][] = values.map((_, i) => values.map((__, j) => (i === j ? 1 : 0)));
  for (let round = 0; round < 3; round += 1) {
    const v = values.map(() => 2 * random.uniform() - 1);
    const square = v.reduce((sum, entry) => sum + entry * entry, 0);
    columns = columns.map((column) => {
      const inner = column.reduce((sum, entry, i) => sum + entry * v[i], 0);
      return column.map((entry, i) => entry - ((2 * inner) / square) * v[i]);
    });
  }
  return Float64Array.from({ length: order * order }, (_, at) => {
    const [i, j] = [Math.floor(at / order), at % order];
    return columns.reduce((sum, column, k) => sum + values[k] * column[i] * column[j], 0);
  });
}

function residual(matrix: Float64Array, value: number, vector: Float64Array): number {
  const order = vector.length;
  let worst = 0;
  for (let i = 0; i < order; i += 1) {
    let sum = 0;
    for (let j = 0; j < order; j += 1) sum += matrix[i * order + j] * vector[j];
    worst = Math.max(worst, Math.abs(sum - value * vector[i]));
  }
  return worst;
}

describe('spectrumEnds', () => {
  const spectra: readonly (readonly number[])[] = [
    [3],
    [-1, 2],
    [0, 0, 0],
    [2, 2, 2, 2],
    [1e-9, 1e-3, 1, 1, 5],
    [-7, -1, 0, 0, 2, 4, 4],
    Array.from({ length: 40 }, (_, i) => (i - 10) / 7),
  ];

  test.each(spectra.map((values) => ({ values })))('finds the ends of $values', ({ values }) => {
    const matrix = withSpectrum('ends', values);
    const { smallest, largest } = spectrumEnds(matrix, values.length);
    const size = Math.max(...values.map(Math.abs));
    const tolerance = 20 * values.length * Number.EPSILON * Math.max(size, 1e-300);
    expect(Math.abs(smallest.value - Math.min(...values))).toBeLessThanOrEqual(tolerance);
    expect(Math.abs(largest.value - Math.max(...values))).toBeLessThanOrEqual(tolerance);
    for (const { value, vector } of [smallest, largest]) {
      expect(Math.hypot(...vector)).toBeCloseTo(1, 14);
      expect(residual(matrix, value, vector)).toBeLessThanOrEqual(10 * tolerance);
    }
  });

  test('names a matrix of the wrong size', () => {
    expect(() => spectrumEnds(new Float64Array(3), 2)).toThrow(
      new RangeError('spectrumEnds: matrix must have length 4 (order²) and order ≥ 1, got 3'),
    );
  });
});
