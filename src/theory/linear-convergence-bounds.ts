import { expression } from '../math/index.js';
import type { Expression } from '../math/index.js';

/**
 * The formulas of the theorem on linear convergence [zhang2019, Theorem 4.2]. Symbols: `d` inputDim,
 * `K` width of the teacher, `N` sampleSize, `kappa` and `lambda` as in `spectrumConstants`,
 * `smallest` = σ_K, `norm2` = ‖W*‖_F², `noise` = ν, the absolute constants `c`, `c1` … `c5`.
 */

const TEX: Readonly<Record<string, string>> = {
  c: 'c',
  c1: 'c_1',
  c2: 'c_2',
  c3: 'c_3',
  c4: 'c_4',
  d: 'd',
  K: 'K',
  N: 'N',
  T: 'T',
  kappa: '\\kappa',
  lambda: '\\lambda',
  smallest: '\\sigma_K',
  norm2: '\\|W^*\\|_F^2',
  noise: '\\nu',
  stepSize: '\\eta',
  start2: '\\|W^0-W^*\\|_F^2',
};

function formula<Name extends string>(text: string, names: readonly Name[]): Expression<Name> {
  const typeset = Object.fromEntries(names.map((name) => [name, TEX[name]]));
  return expression(text, typeset as Record<Name, string>);
}

const SAMPLE = ['c1', 'd', 'K', 'kappa', 'lambda', 'smallest', 'norm2', 'noise'] as const;

/** The sample size that the theorem demands, its logarithm as printed: it may be ≤ 0. */
export const demandedSampleSizePrinted = formula(
  'c1*lambda^4*kappa^10*K^9*d/smallest^2*log(lambda*kappa*K*d/smallest)*(norm2+noise^2)',
  SAMPLE,
);

/** The demanded sample size with log(e + x) in place of log x. */
export const demandedSampleSize = formula(
  'c1*lambda^4*kappa^10*K^9*d/smallest^2*log(e+lambda*kappa*K*d/smallest)*(norm2+noise^2)',
  SAMPLE,
);

/** How far from the teacher the initial estimator may be: ‖W⁰ − W*‖_F ≤ cσ_K/(λκ³K²). */
export const admissibleRadius = formula('c*smallest/(lambda*kappa^3*K^2)', [
  'c',
  'K',
  'kappa',
  'lambda',
  'smallest',
]);

/** The largest step size 1/(c_2κK²). */
export const stepSizeLimit = formula('1/(c2*kappa*K^2)', ['c2', 'K', 'kappa']);

/** The factor of one step, 1 − c_3η/(λκ²). */
export const contractionFactor = formula('1-c3*stepSize/(lambda*kappa^2)', [
  'c3',
  'stepSize',
  'kappa',
  'lambda',
]);

/** The statistical term c_4λ²κ⁴K⁵·d log N/N·(‖W*‖_F² + ν²). */
export const statisticalTerm = formula('c4*lambda^2*kappa^4*K^5*d*log(N)/N*(norm2+noise^2)', [
  'c4',
  'd',
  'K',
  'N',
  'kappa',
  'lambda',
  'norm2',
  'noise',
]);

/** The right side of (4.1). */
export const errorBound = formula(
  '(1-c3*stepSize/(lambda*kappa^2))^T*start2+c4*lambda^2*kappa^4*K^5*d*log(N)/N*(norm2+noise^2)',
  ['c3', 'c4', 'd', 'K', 'N', 'T', 'kappa', 'lambda', 'norm2', 'noise', 'stepSize', 'start2'],
);

/** What the theorem reads off the teacher's singular values. */
export interface SpectrumConstants {
  readonly kappa: number;
  readonly lambda: number;
  readonly smallest: number;
  readonly norm2: number;
}

/**
 * κ = σ_1/σ_K, λ = (Π_jσ_j)/σ_K^K, σ_K and ‖W*‖_F² = Σσ_j² of a teacher's singular values
 * [zhang2019, section 3].
 *
 * @throws RangeError when there are none or one is not finite and > 0
 */
export function spectrumConstants(singularValues: readonly number[]): SpectrumConstants {
  if (singularValues.length === 0) {
    throw new RangeError('spectrumConstants: singularValues must hold at least one, got 0');
  }
  for (const value of singularValues) {
    if (!(value > 0 && value < Infinity)) {
      throw new RangeError(
        `spectrumConstants: singularValues must be finite and > 0, got ${value}`,
      );
    }
  }
  const smallest = singularValues.reduce((least, value) => Math.min(least, value));
  const largest = singularValues.reduce((most, value) => Math.max(most, value));
  return {
    kappa: largest / smallest,
    lambda: singularValues.reduce((product, value) => product * (value / smallest), 1),
    smallest,
    norm2: singularValues.reduce((sum, value) => sum + value * value, 0),
  };
}
