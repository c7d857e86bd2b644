import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { angle, dot, norm, randomSource } from '../math/index.js';
import { checkNetwork, decodeJson, encodeJson } from '../model/index.js';
import {
  drawMatrixTeacher,
  MATRIX_TEACHER_PHRASES,
  matrixTeacherLabels,
  matrixTeacherSpecs,
  teacherSingularValues,
} from './matrix-teachers.js';
import type { MatrixTeacherSpec } from './matrix-teachers.js';

const BASE: MatrixTeacherSpec = {
  inputDim: 6,
  width: 4,
  spectrum: 'linear',
  condition: 10,
  rightFactor: 'random',
  scale: 1,
};

/** The columns w_k of W*. */
function columns(spec: MatrixTeacherSpec, key = 0): readonly (readonly number[])[] {
  return drawMatrixTeacher(spec, randomSource('matrix', key)).inner;
}

function values(rest: Partial<MatrixTeacherSpec>): number[] {
  return teacherSingularValues({ ...BASE, ...rest });
}

describe('teacherSingularValues', () => {
  it('lie between κ·scale and scale as the spectrum says', () => {
    expect(values({})).toEqual([10, 7, 4, 1]);
    expect(values({ spectrum: 'equal', scale: 3 })).toEqual([3, 3, 3, 3]);
    expect(values({ spectrum: 'one-large' })).toEqual([10, 1, 1, 1]);
    expect(values({ spectrum: 'one-small', scale: 2 })).toEqual([20, 20, 20, 2]);
    const geometric = values({ spectrum: 'geometric', condition: 1000 });
    for (const [j, value] of [1000, 100, 10, 1].entries()) {
      expect(geometric[j]).toBeCloseTo(value, 11);
    }
    expect(values({ width: 1 })).toEqual([1]);
    expect(values({ width: 2, spectrum: 'one-small' })).toEqual([10, 1]);
  });

  it('rejects parameters out of range', () => {
    expect(() => teacherSingularValues({ ...BASE, condition: 0.5 })).toThrow(
      new RangeError('teacherSingularValues: condition must be ≥ 1 and finite, got 0.5'),
    );
    expect(() => teacherSingularValues({ ...BASE, scale: 0 })).toThrow(
      new RangeError('teacherSingularValues: scale must be positive and finite, got 0'),
    );
  });
});

describe('drawMatrixTeacher', () => {
  it('has the stated singular values', () => {
    for (const rightFactor of ['random', 'identity', 'aligned'] as const) {
      for (const spectrum of ['equal', 'linear', 'one-large', 'one-small'] as const) {
        const spec = { ...BASE, rightFactor, spectrum };
        const w = columns(spec);
        const gram = w.map((u) => w.map((v) => dot(u, v)));
        // tr Gᵏ = Σσ^{2k}, k = 1…4, fixes the four eigenvalues of the Gram matrix.
        let power = gram;
        for (let k = 1; k <= 4; k += 1) {
          const trace = power.reduce((sum, row, i) => sum + row[i], 0);
          const expected = teacherSingularValues(spec).reduce(
            (sum, value) => sum + value ** (2 * k),
            0,
          );
          expect(Math.abs(trace / expected - 1)).toBeLessThan(1e-12);
          power = power.map((row) => gram.map((other) => dot(row, other)));
        }
      }
    }
  });

  it('has orthogonal columns of length σ_k when V is the identity', () => {
    const w = columns({ ...BASE, rightFactor: 'identity' });
    for (const [k, length] of [10, 7, 4, 1].entries()) {
      expect(norm(w[k])).toBeCloseTo(length, 12);
      for (const other of w.slice(k + 1)) {
        expect(angle(w[k], other)).toBeCloseTo(Math.PI / 2, 12);
      }
    }
  });

  it('has columns of one length, near-parallel for large κ, when V is aligned', () => {
    const [condition, width] = [1000, 4];
    const spec = {
      ...BASE,
      rightFactor: 'aligned',
      spectrum: 'one-large',
      condition,
      width,
    } as const;
    const w = columns(spec);
    // ⟨w_j, w_k⟩ = (κ² − 1)/K + 1{j = k}.
    for (const [j, u] of w.entries()) {
      for (const [k, v] of w.entries()) {
        const expected = (condition * condition - 1) / width + (j === k ? 1 : 0);
        expect(Math.abs(dot(u, v) / expected - 1)).toBeLessThan(1e-12);
      }
    }
    expect(angle(w[0], w[1])).toBeLessThan(0.01);
    expect(matrixTeacherLabels(spec, drawMatrixTeacher(spec, randomSource('m')))).toContain(
      'matrix-teacher:near-parallel',
    );
  });

  it('is a network of K ReLU neurons with outer weights 1, the same again from its key', () => {
    const teacher = drawMatrixTeacher(BASE, randomSource('again'));
    checkNetwork(teacher);
    expect(teacher.outer).toEqual([1, 1, 1, 1]);
    expect(drawMatrixTeacher(BASE, randomSource('again'))).toEqual(teacher);
    expect(drawMatrixTeacher(BASE, randomSource('other'))).not.toEqual(teacher);
  });

  it('rejects more columns than dimensions', () => {
    expect(() => columns({ ...BASE, width: 7 })).toThrow(
      new RangeError('drawMatrixTeacher: width must be an integer in 1…6 (inputDim), got 7'),
    );
  });
});

describe('the pool of matrix teachers', () => {
  const pool = matrixTeacherSpecs({ inputDim: { min: 1, max: 6 } });
  const drawn = fc.sample(pool, { seed: 4, numRuns: 3000, unbiased: true });

  it('reaches every label, κ from 1 to 1000, scales from 1e-3 to 1e6, every K ≤ d', () => {
    const labels = new Set<string>(
      drawn.flatMap((spec) =>
        matrixTeacherLabels(spec, drawMatrixTeacher(spec, randomSource('reach'))),
      ),
    );
    expect(labels).toEqual(new Set(Object.keys(MATRIX_TEACHER_PHRASES)));
    const conditions = drawn.map((spec) => spec.condition);
    expect([Math.min(...conditions), Math.max(...conditions)]).toEqual([1, 1000]);
    const scales = drawn.map((spec) => spec.scale);
    expect([Math.min(...scales), Math.max(...scales)]).toEqual([1e-3, 1e6]);
    expect(drawn.every((spec) => spec.width >= 1 && spec.width <= spec.inputDim)).toBe(true);
    expect(new Set(drawn.map((spec) => `${spec.inputDim},${spec.width}`)).size).toBe(21);
  });

  it('keeps to the ranges asked for', () => {
    const narrow = matrixTeacherSpecs({
      inputDim: { min: 1, max: 9 },
      width: { min: 3, max: 4 },
      spectra: ['geometric'],
      rightFactors: ['identity'],
      maxCondition: 1,
      scale: { min: 0, max: 0 },
    });
    const specs = fc.sample(narrow, { seed: 4, numRuns: 300, unbiased: true });
    expect(new Set(specs.map((spec) => spec.width))).toEqual(new Set([3, 4]));
    expect(Math.min(...specs.map((spec) => spec.inputDim))).toBe(3);
    for (const spec of specs) {
      expect(spec).toMatchObject({ spectrum: 'geometric', rightFactor: 'identity', scale: 1 });
      expect(spec.condition).toBeLessThanOrEqual(10);
    }
    expect(() => matrixTeacherSpecs({ inputDim: 2, width: 3 })).toThrow(
      new RangeError('matrixTeacherSpecs: width must be at most inputDim, got 3 and 2'),
    );
  });

  it('survives JSON and shrinks to one column of length 1', () => {
    for (const spec of drawn.slice(0, 100)) {
      const copy = decodeJson(encodeJson(spec)) as unknown as MatrixTeacherSpec;
      expect(copy).toEqual(spec);
      expect(columns(copy)).toEqual(columns(spec));
    }
    const simplest = fc.check(
      fc.property(pool, () => false),
      { seed: 3 },
    );
    expect(simplest.counterexample).toEqual([
      {
        inputDim: 1,
        width: 1,
        spectrum: 'equal',
        condition: 1,
        rightFactor: 'identity',
        scale: 1,
      },
    ]);
  });
});
