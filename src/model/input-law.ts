import type { Matrix, Vector } from './types.js';

/**
 * A law of one input X ∈ R^d, d = `dimension`: the catalogue's pool P-X as plain data. It names the
 * law completely, so that an instance may hold the law instead of the sample. Z stands for N(0, I_d).
 */
export type InputLaw =
  /** Z. */
  | { readonly name: 'gaussian'; readonly dimension: number }
  /**
   * Q·diag(√spectrum)·Z = N(0, Σ), Σ = Q·diag(spectrum)·Qᵀ. `spectrum` (dimension) holds the
   * eigenvalues of Σ, each ≥ 0, and Q is the orthogonal matrix keyed by `rotationSeed`, or I when null.
   */
  | {
      readonly name: 'gaussian-covariance';
      readonly dimension: number;
      readonly spectrum: Vector;
      readonly rotationSeed: number | null;
    }
  /** mean + Z. `mean` (dimension). */
  | { readonly name: 'gaussian-shifted'; readonly dimension: number; readonly mean: Vector }
  /** Uniform on the sphere of the given radius > 0: √d and 1 are the pool's. */
  | { readonly name: 'sphere'; readonly dimension: number; readonly radius: number }
  /** Uniform on {−1, 1}^d. */
  | { readonly name: 'rademacher'; readonly dimension: number }
  /** Uniform on {0, 1}^d. */
  | { readonly name: 'binary-cube'; readonly dimension: number }
  /** Uniform on [0, 1)^d. */
  | { readonly name: 'unit-cube'; readonly dimension: number }
  /** Uniform on [−1, 1)^d. */
  | { readonly name: 'symmetric-cube'; readonly dimension: number }
  /** (|Z_1|, …, |Z_d|). */
  | { readonly name: 'absolute-gaussian'; readonly dimension: number }
  /** Independent coordinates E_i ~ Exp(1), on (0, ∞). */
  | { readonly name: 'exponential'; readonly dimension: number }
  /** Independent coordinates with P(X_i > x) = x^{−tail}, x ≥ 1; tail > 0. */
  | { readonly name: 'pareto'; readonly dimension: number; readonly tail: number }
  /** Independent coordinates E_i − 1, E_i ~ Exp(1): mean 0, variance 1, skewness 2. */
  | { readonly name: 'centred-exponential'; readonly dimension: number }
  /**
   * Independent coordinates √((1−p)/p) with probability p = `probability` ∈ (0, 1) and −√(p/(1−p))
   * otherwise: mean 0, variance 1, skewness (1−2p)/√(p(1−p)).
   */
  | {
      readonly name: 'skewed-two-point';
      readonly dimension: number;
      readonly probability: number;
    }
  /** Z/√(χ²_ν/ν), one χ²_ν for all coordinates; ν = `degrees` > 0. */
  | { readonly name: 'student-t'; readonly dimension: number; readonly degrees: number }
  /**
   * farScale·B with probability `farProbability`, else nearScale·B, where B is Z or uniform on the
   * sphere of radius √d. Both scales are ≥ 0.
   */
  | {
      readonly name: 'scale-mixture';
      readonly dimension: number;
      readonly base: 'gaussian' | 'sphere';
      readonly nearScale: number;
      readonly farScale: number;
      readonly farProbability: number;
    }
  /** points[i] with probability probabilities[i]. Shapes (atoms, dimension) and (atoms). */
  | {
      readonly name: 'atoms';
      readonly dimension: number;
      readonly points: Matrix;
      readonly probabilities: Vector;
    }
  /** √(constant·d)·e_I, I uniform on {1, …, d}; `signed` gives it an independent fair sign. */
  | {
      readonly name: 'basis-atoms';
      readonly dimension: number;
      readonly constant: number;
      readonly signed: boolean;
    }
  /** ζ·direction on a line through 0, ζ ~ N(0, 1) or, on the half-line, |N(0, 1)|. Unit `direction`. */
  | {
      readonly name: 'line';
      readonly dimension: number;
      readonly direction: Vector;
      readonly half: boolean;
    }
  /** Z − (normal·Z)·normal + offset·normal, on the hyperplane normal·x = offset. Unit `normal`. */
  | {
      readonly name: 'hyperplane';
      readonly dimension: number;
      readonly normal: Vector;
      readonly offset: number;
    }
  /**
   * Z + (|normal·Z| − normal·Z + margin)·normal, so that normal·X = |normal·Z| + margin, in the
   * halfspace normal·x ≥ margin ≥ 0. Unit `normal`.
   */
  | {
      readonly name: 'halfspace';
      readonly dimension: number;
      readonly normal: Vector;
      readonly margin: number;
    }
  /** centres[I] + spread·Z, I uniform. Shape (clusters, dimension), spread ≥ 0. */
  | {
      readonly name: 'clusters';
      readonly dimension: number;
      readonly centres: Matrix;
      readonly spread: number;
    };

export type InputLawName = InputLaw['name'];

const NAMES: Readonly<Record<InputLawName, true>> = {
  gaussian: true,
  'gaussian-covariance': true,
  'gaussian-shifted': true,
  sphere: true,
  rademacher: true,
  'binary-cube': true,
  'unit-cube': true,
  'symmetric-cube': true,
  'absolute-gaussian': true,
  exponential: true,
  pareto: true,
  'centred-exponential': true,
  'skewed-two-point': true,
  'student-t': true,
  'scale-mixture': true,
  atoms: true,
  'basis-atoms': true,
  line: true,
  hyperplane: true,
  halfspace: true,
  clusters: true,
};

/** The names of all input laws. */
export const INPUT_LAW_NAMES = Object.keys(NAMES) as readonly InputLawName[];
