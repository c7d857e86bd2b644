import { describe, expect, test } from 'vitest';
import { choleskyFactor, qrFactors, solveLinear } from './factorisations.js';
import { singularValues, spectralNorm, symmetricEigen } from './jacobi.js';
import { identityMatrix, matrixProduct, matrixVector, transpose } from './matrices.js';
import type { Rows } from './matrices.js';
import { normalVector } from './laws.js';
import { randomSource } from './random.js';
import { orthogonalMatrix } from './rotation-laws.js';
import { addScaled, norm } from './vectors.js';

const SIZES = [1, 2, 3, 5, 8, 20];

function gaussian(rows: number, columns: number, name: string): number[][] {
  const random = randomSource('linear-algebra', name, rows, columns);
  return Array.from({ length: rows }, () => normalVector(random, columns));
}

/** The largest entry of |left − right|. */
function distance(left: Rows, right: Rows): number {
  return Math.max(
    0,
    ...left.flatMap((row, i) => row.map((entry, j) => Math.abs(entry - right[i][j]))),
  );
}

/** U·diag(values)·Vᵀ with Haar-distributed U and V; V = U when they share a name. */
function withSpectrum(values: readonly number[], left: string, right: string): number[][] {
  const u = orthogonalMatrix(randomSource('spectrum', left), values.length);
  const v = orthogonalMatrix(randomSource('spectrum', right), values.length);
  return matrixProduct(
    transpose(u).map((row) => row.map((entry, k) => entry * values[k])),
    v,
  );
}

describe('symmetricEigen', () => {
  test.each(SIZES)('A·v = λ·v with orthonormal v, size %i', (size) => {
    const half = gaussian(size, size, 'eigen');
    const a = half.map((row, i) => row.map((entry, j) => entry + half[j][i]));
    const { values, vectors } = symmetricEigen(a);
    // Backward error bound of Jacobi's method: a few units of rounding per rotation of a row.
    const tolerance = 20 * size * Number.EPSILON * spectralNorm(a);
    values.forEach((value, k) => {
      expect(norm(addScaled(matrixVector(a, vectors[k]), -value, vectors[k]))).toBeLessThan(
        tolerance,
      );
    });
    expect(distance(matrixProduct(vectors, transpose(vectors)), identityMatrix(size))).toBeLessThan(
      20 * size * Number.EPSILON,
    );
    expect([...values].sort((x, y) => x - y)).toEqual(values);
  });

  test('finds a planted spectrum', () => {
    const spectrum = [-3, -1e-8, 0, 2, 2, 1000];
    const { values } = symmetricEigen(withSpectrum(spectrum, 'same', 'same'));
    values.forEach((value, k) => {
      expect(Math.abs(value - spectrum[k])).toBeLessThan(100 * 1000 * Number.EPSILON);
    });
  });

  test('of the second difference matrix: 2 − 2cos(kπ/(n + 1))', () => {
    const n = 12;
    const a = Array.from({ length: n }, (_, i) =>
      Array.from({ length: n }, (_, j) => (i === j ? 2 : Math.abs(i - j) === 1 ? -1 : 0)),
    );
    symmetricEigen(a).values.forEach((value, k) => {
      expect(value).toBeCloseTo(2 - 2 * Math.cos(((k + 1) * Math.PI) / (n + 1)), 13);
    });
  });

  test('handles diagonal, zero and huge matrices', () => {
    expect(
      symmetricEigen([
        [3, 0],
        [0, -1],
      ]).values,
    ).toEqual([-1, 3]);
    expect(
      symmetricEigen([
        [0, 0],
        [0, 0],
      ]).values,
    ).toEqual([0, 0]);
    expect(symmetricEigen([]).values).toEqual([]);
    const { values } = symmetricEigen([
      [1e200, 1e200],
      [1e200, 1e200],
    ]);
    expect(values[1] / 2e200).toBeCloseTo(1, 14);
  });

  test('refuses what is not square or finite', () => {
    expect(() => symmetricEigen([[1, 2]])).toThrow(
      'symmetricEigen: rows must have length 1 (number of rows), got 2',
    );
    expect(() => symmetricEigen([[NaN]])).toThrow(
      'symmetricEigen: entries must be finite, got NaN',
    );
  });
});

describe('singularValues', () => {
  test('finds a planted spectrum with small values to 1e-14 of the largest', () => {
    const spectrum = [1e6, 10, 1, 1, 1e-3, 0];
    singularValues(withSpectrum(spectrum, 'left', 'right')).forEach((value, k) => {
      expect(Math.abs(value - spectrum[k])).toBeLessThan(100 * 1e6 * Number.EPSILON);
    });
  });

  test('keeps the relative accuracy of columns of very different size', () => {
    const [first, second] = singularValues([
      [1e10, 1e-10],
      [0, 1e-10],
    ]);
    expect(first).toBe(1e10);
    expect(second / 1e-10).toBeCloseTo(1, 13);
  });

  test('agrees with the eigenvalues of AᵀA, and with the transpose', () => {
    const a = gaussian(7, 4, 'singular');
    const values = singularValues(a);
    const { values: squares } = symmetricEigen(matrixProduct(transpose(a), a));
    values.forEach((value, k) => {
      expect(value * value).toBeCloseTo(squares[3 - k], 12);
      expect(singularValues(transpose(a))[k]).toBeCloseTo(value, 13);
    });
  });

  test('of zero, empty and extreme matrices', () => {
    expect(singularValues([[0, 0]])).toEqual([0]);
    expect(singularValues([])).toEqual([]);
    expect(spectralNorm([])).toBe(0);
    expect(spectralNorm([[3e200, 4e200]]) / 5e200).toBeCloseTo(1, 14);
    expect(spectralNorm([[3e-200, 4e-200]]) / 5e-200).toBeCloseTo(1, 14);
  });
});

describe('qrFactors', () => {
  test.each([
    [1, 1],
    [4, 4],
    [9, 5],
    [20, 20],
  ])('q·r = A, q orthonormal, r triangular with diagonal ≥ 0: %i by %i', (rows, columns) => {
    const a = gaussian(rows, columns, 'qr');
    const { q, r } = qrFactors(a);
    expect(distance(matrixProduct(q, r), a)).toBeLessThan(1e-13);
    expect(distance(matrixProduct(transpose(q), q), identityMatrix(columns))).toBeLessThan(1e-14);
    r.forEach((row, i) => {
      row.forEach((entry, j) => {
        if (j < i) expect(entry).toBe(0);
        if (j === i) expect(entry).toBeGreaterThanOrEqual(0);
      });
    });
  });

  test('survives dependent columns', () => {
    const { q, r } = qrFactors([
      [1, 2, 0],
      [2, 4, 0],
      [2, 4, 0],
    ]);
    expect(
      distance(matrixProduct(q, r), [
        [1, 2, 0],
        [2, 4, 0],
        [2, 4, 0],
      ]),
    ).toBeLessThan(1e-15 * 8);
    expect(r[0][0]).toBeCloseTo(3, 14);
  });

  test('wants at least as many rows as columns', () => {
    expect(() => qrFactors([[1, 2]])).toThrow(
      'qrFactors: matrix must have at least 2 rows (columns), got 1',
    );
  });
});

describe('solveLinear and choleskyFactor', () => {
  test.each(SIZES)('the solution has a small residual, size %i', (size) => {
    const a = gaussian(size, size, 'solve');
    const right = normalVector(randomSource('right', size), size);
    const x = solveLinear(a, right) as number[];
    // Componentwise backward stable after one refinement.
    expect(norm(addScaled(matrixVector(a, x), -1, right))).toBeLessThan(
      4 * size * Number.EPSILON * (spectralNorm(a) * norm(x) + norm(right)),
    );
  });

  test('exchanges rows for a zero pivot, and says null for a singular matrix', () => {
    expect(
      solveLinear(
        [
          [0, 2],
          [4, 0],
        ],
        [2, 8],
      ),
    ).toEqual([2, 1]);
    expect(
      solveLinear(
        [
          [1, 2],
          [2, 4],
        ],
        [1, 1],
      ),
    ).toBeNull();
    expect(solveLinear([], [])).toEqual([]);
    expect(() => solveLinear([[1]], [])).toThrow(
      'solveLinear: right must have length 1 (size), got 0',
    );
  });

  test.each(SIZES)('L·Lᵀ = A with L lower triangular, size %i', (size) => {
    const half = gaussian(size, size + 2, 'cholesky');
    const a = matrixProduct(half, transpose(half));
    const lower = choleskyFactor(a) as number[][];
    expect(distance(matrixProduct(lower, transpose(lower)), a)).toBeLessThan(
      2 * size * Number.EPSILON * spectralNorm(a),
    );
    lower.forEach((row, i) => {
      expect(row.slice(i + 1).every((entry) => entry === 0)).toBe(true);
    });
  });

  test('a matrix that is not positive definite has no Cholesky factor', () => {
    expect(
      choleskyFactor([
        [1, 2],
        [2, 1],
      ]),
    ).toBeNull();
    expect(choleskyFactor([[0]])).toBeNull();
    expect(choleskyFactor([[NaN]])).toBeNull();
  });
});

describe('matrices', () => {
  test('shapes are checked', () => {
    expect(matrixProduct([[1, 2]], [[3], [4]])).toEqual([[11]]);
    expect(() => matrixProduct([[1, 2]], [[3]])).toThrow(
      'matrixProduct: right must have 2 rows (columns of left), got 1',
    );
    expect(() => transpose([[1, 2], [3]])).toThrow(
      'transpose: row 1 must have length 2 (length of row 0), got 1',
    );
  });
});
