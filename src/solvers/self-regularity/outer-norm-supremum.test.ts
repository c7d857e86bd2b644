import { describe, expect, it } from 'vitest';
import { randomSource } from '../../math/index.js';
import { outerNormSupremum } from './outer-norm-supremum.js';
import { vertexDirections } from './vertex-directions.js';

const columnsOf = (rows: readonly (readonly number[])[]) =>
  rows.map((row) => Float64Array.from(row));

/** The supremum over two columns by scanning the ratio of the weights. */
function scanned(columns: Float64Array[], target: Float64Array, delta: number): number {
  let best = -Infinity;
  for (let step = 0; step <= 20_000; step += 1) {
    const share = step / 20_000;
    const mixed = columns[0].map((entry, i) => share * entry + (1 - share) * columns[1][i]);
    const a = mixed.reduce((sum, m) => sum + m * m, 0);
    const b = mixed.reduce((sum, m, i) => sum + m * target[i], 0);
    const c = target.reduce((sum, y) => sum + y * y, 0) - target.length * delta * delta;
    const discriminant = b * b - a * c;
    if (discriminant >= 0) {
      const root = (b + Math.sqrt(discriminant)) / a;
      if (root >= 0) best = Math.max(best, root);
    }
  }
  return best;
}

describe('outerNormSupremum', () => {
  it('agrees with a scan over two columns', () => {
    const random = randomSource('two columns');
    let bracketed = 0;
    for (let key = 0; key < 40; key += 1) {
      const columns = columnsOf(
        [0, 1].map(() => Array.from({ length: 5 }, () => random.uniform())),
      );
      const target = Float64Array.from({ length: 5 }, () => 2 * random.uniform() - 0.5);
      const delta = 0.1 + random.uniform();
      const result = outerNormSupremum(columns, target, delta);
      const reference = scanned(columns, target, delta);
      if (result.status === 'bracketed') {
        bracketed += 1;
        expect(result.upper - result.lower).toBeLessThan(1e-6 * result.upper);
        expect(result.lower).toBeLessThanOrEqual(result.upper);
        expect(Math.abs(reference - result.lower)).toBeLessThan(1e-3 * (1 + result.lower));
        expect(reference).toBeLessThanOrEqual(result.upper * (1 + 1e-9));
      } else {
        expect(result.status).toBe('empty');
        expect(reference).toBe(-Infinity);
      }
    }
    expect(bracketed).toBeGreaterThan(10);
  });

  it('returns a student that attains the lower end within the training error', () => {
    const random = randomSource('student');
    for (let key = 0; key < 20; key += 1) {
      const columns = columnsOf(
        Array.from({ length: 30 }, () =>
          Array.from({ length: 12 }, () => Math.max(0, random.uniform() - 0.4)),
        ),
      );
      const target = Float64Array.from({ length: 12 }, () => random.uniform());
      const { status, student, lower, upper } = outerNormSupremum(columns, target, 0.3);
      expect(status).toBe('bracketed');
      const { columns: used, weights } = student as NonNullable<typeof student>;
      const loss =
        target.reduce((sum, y, i) => {
          const output = used.reduce((f, k, j) => f + weights[j] * columns[k][i], 0);
          return sum + (output - y) ** 2;
        }, 0) / 12;
      expect(loss).toBeLessThanOrEqual(0.09);
      expect(weights.every((w) => w >= 0)).toBe(true);
      expect(weights.reduce((sum, w) => sum + w, 0)).toBeCloseTo(lower, 9);
      expect(upper / lower).toBeLessThan(1 + 1e-6);
    }
  });

  it('does not change when a neuron is split or columns are permuted', () => {
    const rows = [
      [1, 0, 2, 1],
      [0, 1, 1, 3],
      [2, 2, 0, 1],
    ];
    const target = Float64Array.of(1, 1, 1, 1);
    const once = outerNormSupremum(columnsOf(rows), target, 0.7).lower;
    const split = outerNormSupremum(columnsOf([rows[2], rows[0], rows[0], rows[1]]), target, 0.7);
    expect(split.lower).toBeCloseTo(once, 8);
    expect(split.upper).toBeCloseTo(once, 8);
  });

  it('is unbounded with a vanishing column, and empty when the error is out of reach', () => {
    const target = Float64Array.of(1, 1);
    expect(
      outerNormSupremum(
        columnsOf([
          [0, 0],
          [1, 0],
        ]),
        target,
        1,
      ).status,
    ).toBe('unbounded');
    expect(
      outerNormSupremum(
        columnsOf([
          [0, 0],
          [1, 0],
        ]),
        target,
        0.1,
      ).status,
    ).toBe('empty');
    expect(outerNormSupremum(columnsOf([[1, 0]]), Float64Array.of(-1, -1), 0.5)).toMatchObject({
      status: 'empty',
      upper: -Infinity,
    });
  });

  it('matches the known supremum on ±e_i: a = 2 on each at Y = δ = 1', () => {
    const inputs = [0, 1, 2].flatMap((k) => [1, -1].map((s) => [0, 0, 0].with(k, s)));
    const { directions } = vertexDirections(inputs, 3);
    const columns = directions
      .flatMap((w) => [w, w.map((entry) => -entry)])
      .map((w) =>
        Float64Array.from(inputs, (x) =>
          Math.max(
            0,
            x.reduce((p, e, k) => p + e * w[k], 0),
          ),
        ),
      );
    const { lower, upper } = outerNormSupremum(columns, new Float64Array(6).fill(1), 1);
    expect(lower).toBeCloseTo(12, 6);
    expect(upper).toBeCloseTo(12, 6);
  });
});
