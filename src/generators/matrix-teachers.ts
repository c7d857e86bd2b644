import fc from 'fast-check';
import { angle, orthogonalMatrix, pow, requireOneOf } from '../math/index.js';
import type { RandomSource } from '../math/index.js';
import type { Teacher } from '../model/index.js';
import { bounds, integersFrom, oneOfMembers, oneTwoFive } from './pool.js';
import type { IntegerRange } from './pool.js';

/** How the singular values lie between their largest, κ, and their smallest, 1. */
export type Spectrum = 'equal' | 'linear' | 'geometric' | 'one-large' | 'one-small';

/** The right factor V of W* = UΣVᵀ; `aligned` has first column (1, …, 1)/√K. */
export type RightFactor = 'random' | 'identity' | 'aligned';

const SPECTRA: Readonly<Record<Spectrum, true>> = {
  equal: true,
  linear: true,
  geometric: true,
  'one-large': true,
  'one-small': true,
};
const RIGHT_FACTORS: Readonly<Record<RightFactor, true>> = {
  identity: true,
  random: true,
  aligned: true,
};

/** The structure of a matrix teacher W* = UΣVᵀ ∈ R^{d×K} of the pool P-W, d = `inputDim`. */
export interface MatrixTeacherSpec {
  readonly inputDim: number;
  /** K in 1…inputDim. */
  readonly width: number;
  readonly spectrum: Spectrum;
  /** κ = σ_1/σ_K ≥ 1; 1 for the spectrum `equal`, and without effect when K = 1. */
  readonly condition: number;
  readonly rightFactor: RightFactor;
  /** σ_K > 0. */
  readonly scale: number;
}

/** Coverage labels of the pool P-W with a phrase each. */
export const MATRIX_TEACHER_PHRASES = {
  'matrix-teacher:equal': 'singular values equal',
  'matrix-teacher:linear': 'singular values evenly spaced',
  'matrix-teacher:geometric': 'singular values in geometric progression',
  'matrix-teacher:one-large': 'singular values (κ, 1, …, 1)',
  'matrix-teacher:one-small': 'singular values (κ, …, κ, 1)',
  'matrix-teacher:random': 'V random',
  'matrix-teacher:identity': 'V the identity, so that the columns of W* are orthogonal',
  'matrix-teacher:aligned': 'V with first column (1, …, 1)/√K',
  'matrix-teacher:near-parallel': 'two columns of W* at an angle below 0.1',
  'matrix-teacher:one-column': 'K = 1',
  'matrix-teacher:square': 'K = d > 1',
  'matrix-teacher:small-scale': 'σ_K < 1',
  'matrix-teacher:large-scale': 'σ_K > 1',
} as const;

export type MatrixTeacherLabel = keyof typeof MATRIX_TEACHER_PHRASES;

/** The coverage labels of a matrix teacher. Spectrum and V say nothing at K = 1 and are left out. */
export function matrixTeacherLabels(
  spec: MatrixTeacherSpec,
  teacher: Teacher,
): MatrixTeacherLabel[] {
  const labels: MatrixTeacherLabel[] = [];
  if (spec.width === 1) labels.push('matrix-teacher:one-column');
  else {
    labels.push(`matrix-teacher:${spec.spectrum}`, `matrix-teacher:${spec.rightFactor}`);
    if (smallestAngle(teacher) < 0.1) labels.push('matrix-teacher:near-parallel');
    if (spec.width === spec.inputDim) labels.push('matrix-teacher:square');
  }
  if (spec.scale < 1) labels.push('matrix-teacher:small-scale');
  if (spec.scale > 1) labels.push('matrix-teacher:large-scale');
  return labels;
}

/**
 * The pool P-W: spectra with the same probability, then dimension, width K (uniform on those of the
 * range that are ≤ d), κ, V and scale independent. κ is uniform on 1, 2, 5, …, 1000 (1 for `equal`),
 * σ_K on 0.001, 0.002, 0.005, …, 1e6. Shrinks towards one column of length 1.
 *
 * @param options.width the range of K; by default 1…d
 * @param options.maxCondition the largest κ as a power of ten: its exponent in 0…3, by default 3
 * @param options.scale exponents of the least and largest σ_K; by default −3…6
 * @throws RangeError when a range is none, no K ≤ d is in it, or a member is unknown
 */
export function matrixTeacherSpecs(options: {
  readonly inputDim: IntegerRange;
  readonly width?: IntegerRange;
  readonly spectra?: readonly Spectrum[];
  readonly rightFactors?: readonly RightFactor[];
  readonly maxCondition?: number;
  readonly scale?: { readonly min: number; readonly max: number };
}): fc.Arbitrary<MatrixTeacherSpec> {
  for (const factor of options.rightFactors ?? []) {
    requireOneOf('matrixTeacherSpecs', 'a right factor', factor, Object.keys(RIGHT_FACTORS));
  }
  const dimensions = bounds('matrixTeacherSpecs', 'inputDim', options.inputDim, 1);
  const widths = bounds(
    'matrixTeacherSpecs',
    'width',
    options.width ?? { min: 1, max: dimensions.max },
    1,
  );
  const inputDims = integersFrom(dimensions, widths.min);
  if (inputDims === null) {
    throw new RangeError(
      `matrixTeacherSpecs: width must be at most inputDim, got ${widths.min} and ${dimensions.max}`,
    );
  }
  const scales = options.scale ?? { min: -3, max: 6 };
  const rest = {
    // A uniform part of the widths that fit, so that the dimension shrinks without a fresh draw.
    part: fc.integer({ min: 0, max: 5039 }),
    rightFactor: fc.constantFrom<RightFactor>(
      ...(options.rightFactors ?? (Object.keys(RIGHT_FACTORS) as RightFactor[])),
    ),
    scale: oneTwoFive(scales.min, scales.max),
  };
  const conditions = oneTwoFive(0, options.maxCondition ?? 3);
  const withSpectrum = (
    spectrum: Spectrum,
    condition: fc.Arbitrary<number> = conditions,
  ): fc.Arbitrary<MatrixTeacherSpec> =>
    fc
      .record({ inputDim: inputDims, condition, ...rest })
      .map(({ inputDim, condition, part, rightFactor, scale }) => {
        const choices = Math.min(widths.max, inputDim) - widths.min + 1;
        const width = widths.min + Math.floor((part * choices) / 5040);
        return { inputDim, width, spectrum, condition, rightFactor, scale };
      });
  const table: Record<Spectrum, fc.Arbitrary<MatrixTeacherSpec>> = {
    equal: withSpectrum('equal', fc.constant(1)),
    linear: withSpectrum('linear'),
    geometric: withSpectrum('geometric'),
    'one-large': withSpectrum('one-large'),
    'one-small': withSpectrum('one-small'),
  };
  return oneOfMembers('matrixTeacherSpecs', table, options.spectra);
}

/** σ_1 ≥ … ≥ σ_K of the spec, shape (width). @throws RangeError when a parameter is out of range or unknown */
export function teacherSingularValues(spec: MatrixTeacherSpec): number[] {
  const { condition, width, spectrum, scale } = spec;
  requireOneOf('teacherSingularValues', 'spectrum', spectrum, Object.keys(SPECTRA));
  if (!(condition >= 1 && condition < Infinity)) {
    throw new RangeError(
      `teacherSingularValues: condition must be ≥ 1 and finite, got ${condition}`,
    );
  }
  if (!(scale > 0 && scale < Infinity)) {
    throw new RangeError(`teacherSingularValues: scale must be positive and finite, got ${scale}`);
  }
  return Array.from({ length: width }, (_, j) => {
    if (j === width - 1 || spectrum === 'equal') return scale;
    if (j === 0) return scale * condition;
    switch (spectrum) {
      case 'linear':
        return scale * (condition - ((condition - 1) * j) / (width - 1));
      case 'geometric':
        return scale * pow(condition, 1 - j / (width - 1));
      case 'one-large':
        return scale;
      case 'one-small':
        return scale * condition;
    }
  });
}

/**
 * The teacher x ↦ Σ_k σ(w_k·x), σ = ReLU, whose inner rows (width, inputDim) are the columns w_k of
 * W* = UΣVᵀ and whose outer weights are 1. U is uniform among the matrices with K orthonormal
 * columns, V as the spec says.
 *
 * @throws RangeError unless 1 ≤ width ≤ inputDim, the factor is known and the singular values are in range
 */
export function drawMatrixTeacher(spec: MatrixTeacherSpec, random: RandomSource): Teacher {
  const { inputDim, width } = spec;
  if (!Number.isInteger(width) || width < 1 || width > inputDim) {
    throw new RangeError(
      `drawMatrixTeacher: width must be an integer in 1…${inputDim} (inputDim), got ${width}`,
    );
  }
  requireOneOf('drawMatrixTeacher', 'rightFactor', spec.rightFactor, Object.keys(RIGHT_FACTORS));
  const values = teacherSingularValues(spec);
  const left = orthogonalMatrix(random, inputDim).slice(0, width);
  const right = rightFactor(spec, random);
  return {
    activation: { name: 'relu' },
    inputDim,
    // Row k is w_k = Σ_j V_kj·σ_j·u_j.
    inner: right.map((row) =>
      Array.from({ length: inputDim }, (_, i) =>
        row.reduce((sum, entry, j) => sum + entry * values[j] * left[j][i], 0),
      ),
    ),
    outer: Array.from({ length: width }, () => 1),
  };
}

function rightFactor(
  spec: MatrixTeacherSpec,
  random: RandomSource,
): readonly (readonly number[])[] {
  const { width } = spec;
  switch (spec.rightFactor) {
    case 'identity':
      return identity(width);
    case 'random':
      return orthogonalMatrix(random, width);
    case 'aligned': {
      // The Householder reflection that takes e_1 to (1, …, 1)/√K: symmetric, with that first column.
      if (width === 1) return [[1]];
      const v = Array.from({ length: width }, (_, i) => (i === 0 ? 1 : 0) - 1 / Math.sqrt(width));
      const square = v.reduce((sum, entry) => sum + entry * entry, 0);
      return identity(width).map((row, i) =>
        row.map((entry, j) => entry - (2 * v[i] * v[j]) / square),
      );
    }
  }
}

function identity(size: number): number[][] {
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => (i === j ? 1 : 0)),
  );
}

function smallestAngle(teacher: Teacher): number {
  let smallest = Math.PI;
  for (const [i, u] of teacher.inner.entries()) {
    for (const v of teacher.inner.slice(i + 1)) smallest = Math.min(smallest, angle(u, v));
  }
  return smallest;
}
