import type { Matrix } from '../model/index.js';
import { dataFactor } from './loss-derivatives.js';
import type { LossProblem } from './loss-derivatives.js';
import { activationSuprema } from './villani-activations.js';
import { villaniGrowthBound } from './villani-growth.js';

/**
 * Why condition (2), L̃ → ∞, fails at λ = 0: the loss stays at or below `supremum` along t·direction
 * for all t ≥ 0 (along every direction where `direction` is null).
 */
export interface Escape {
  readonly supremum: number;
  /** Shape (width, inputDim). */
  readonly direction: Matrix | null;
}

/**
 * A ray along which the unregularised loss stays bounded, or null when none is found.
 *
 * Bounded activations: every ray, L̃ ≤ cΣ(|y_i| + ‖a‖₁ sup|σ|)². SoftPlus, h = ln 2/β, where
 * σ(u) = max(u, 0) + e(u) with 0 < e ≤ h: (a) some v ≠ 0 has ⟨v, x_i⟩ ≤ 0 for all i; then one row t·v
 * keeps |output| ≤ ‖a‖₁h; (b) a_j and a_k have opposite signs, or a_j = 0: rows w_j = t|a_k|v and
 * w_k = t|a_j|v cancel up to ‖a‖₁h. For inputDim ≤ 2 the search in (a) is complete; where neither
 * applies, the unregularised SoftPlus loss is coercive.
 *
 * @throws RangeError when λ ≠ 0
 */
export function unregularisedEscape(problem: LossProblem): Escape | null {
  const { activation, outer, dataset, lambda } = problem;
  if (lambda !== 0) {
    throw new RangeError(`unregularisedEscape: lambda must be 0, got ${lambda}`);
  }
  const { homogeneityDefect } = activationSuprema(activation);
  if (homogeneityDefect === null) {
    return { supremum: villaniGrowthBound(problem).dataTerm, direction: null };
  }
  const direction = cancellingRows(outer, dataset.inputDim) ?? unseenRow(problem);
  if (direction === null) return null;
  const outerSum = outer.reduce((sum, a) => sum + Math.abs(a), 0);
  const squares = dataset.labels.reduce(
    (sum, y) => sum + (Math.abs(y) + outerSum * homogeneityDefect) ** 2,
    0,
  );
  // Fewer than 100 roundings of non-negative terms.
  return { supremum: dataFactor(problem) * squares * (1 + 1e-12), direction };
}

function cancellingRows(outer: readonly number[], inputDim: number): Matrix | null {
  const axis = (length: number) =>
    Array.from({ length: inputDim }, (_, k) => (k === 0 ? length : 0));
  const zero = outer.indexOf(0);
  if (zero >= 0) return outer.map((_, j) => axis(j === zero ? 1 : 0));
  const up = outer.findIndex((a) => a > 0);
  const down = outer.findIndex((a) => a < 0);
  if (up < 0 || down < 0) return null;
  return outer.map((_, j) => {
    if (j === up) return axis(-outer[down]);
    return axis(j === down ? outer[up] : 0);
  });
}

function unseenRow(problem: LossProblem): Matrix | null {
  const { inputs, inputDim } = problem.dataset;
  const axes = Array.from({ length: inputDim }, (_, k) =>
    Array.from({ length: inputDim }, (_, l) => (k === l ? 1 : 0)),
  );
  const normals = inputDim === 2 ? inputs.map(([x, y]) => [-y, x]) : [];
  const candidates = [...axes, ...normals, ...inputs].flatMap((v) => [v, v.map((e) => -e)]);
  for (const v of candidates) {
    if (v.every((entry) => entry === 0)) continue;
    // In floating point: right unless an inner product is below 2⁻⁵² of its terms and not 0.
    if (inputs.every((x) => x.reduce((sum, entry, k) => sum + entry * v[k], 0) <= 0)) {
      return problem.outer.map((_, j) => (j === 0 ? v : v.map(() => 0)));
    }
  }
  return null;
}
