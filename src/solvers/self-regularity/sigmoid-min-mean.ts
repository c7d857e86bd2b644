import { balanceTogether, norm, timesPowerOfTwo } from '../../math/index.js';
import type { Matrix } from '../../model/index.js';
import { DEPTH_DIMENSION_LIMIT, halfspaceDepth } from './halfspace-depth.js';
import { BALL_DIMENSION_LIMIT, sigmoidBallMinimum } from './sigmoid-ball-minimum.js';

/**
 * A lower bound on inf over ‖w‖ ≤ radius of (1/N)Σ SGM(w·x_i), SGM(t) = 1/(1 + e^{−t}).
 *
 * The largest of three bounds:
 * - SGM(t) ≥ ½·1{t ≥ 0} gives depth/(2N), depth the closed-halfspace depth (inputDim ≤ 3);
 * - SGM(w·x_i) ≥ SGM(−radius·‖x_i‖);
 * - a branch and bound over w, mostly sharp to 1e-3 relative: for inputDim 1, and for inputDim 2 and 3 where
 *   the radius is finite and the first two do not reach `enough`.
 *
 * The value at infinite radius, depth/N with ties counted ½, is no lower bound: for the inputs 1 and
 * −ε it is ½, while w = −K with 1 ≪ K ≪ 1/ε gives ¼.
 *
 * @param inputs shape (sampleSize, inputDim)
 * @param radius > 0; Infinity is admitted
 * @param depth the closed-halfspace depth where it is known; by default computed for inputDim ≤ 3
 * @param enough a bound that the caller is content with
 */
export function sigmoidMinimumMeanLowerBound(
  inputs: Matrix,
  inputDim: number,
  radius: number,
  depth = inputDim <= DEPTH_DIMENSION_LIMIT ? halfspaceDepth(inputs, inputDim).count : 0,
  enough = Infinity,
): number {
  const size = inputs.length;
  const { rows, reach } = ordinaryScale(inputs, radius);
  const norms = rows.map(norm);
  const byNorm = norms.reduce((sum, length) => sum + lowerSigmoid(-reach * length), 0) / size;
  const byDepth = depth / (2 * size);
  const cheap = Math.max(byNorm, byDepth);
  const bySearch = cheap >= enough ? 0 : searched(rows, inputDim, reach);
  return Math.max(cheap, bySearch) * (1 - (size + 8) * Number.EPSILON);
}

/**
 * 2^−k·inputs and 2^k·radius have the same infimum. Inputs that would be rounded on the way keep their scale: an input that
 * becomes 0 has the mean ½ where it has less. A radius that overflows becomes infinite, which only lowers the infimum; one
 * that underflows becomes the least double, whose products round away.
 */
function ordinaryScale(inputs: Matrix, radius: number): { rows: Matrix; reach: number } {
  const { rows, exponent, exact } = balanceTogether(inputs);
  if (!exact) return { rows: inputs, reach: radius };
  return { rows, reach: Math.max(Number.MIN_VALUE, timesPowerOfTwo(radius, exponent)) };
}

function searched(inputs: Matrix, inputDim: number, radius: number): number {
  if (inputDim === 1) {
    return lineMinimum(
      inputs.map(([x]) => x),
      radius,
    );
  }
  if (inputDim > BALL_DIMENSION_LIMIT || radius === Infinity) return 0;
  return sigmoidBallMinimum(inputs, radius)?.lower ?? 0;
}

/** SGM(t), lowered by more than its rounding error. */
function lowerSigmoid(t: number): number {
  if (Number.isNaN(t)) return 0.5 - 1e-15;
  return (1 / (1 + Math.exp(-t))) * (1 - 8 * Number.EPSILON);
}

/** The scales of w at which the branch and bound starts: beyond 2^100 of them all is decided. */
const OCTAVES = 100;

/**
 * A lower bound on min over |w| ≤ radius of the mean of SGM(w·x_i). For w in [low, high] ⊂ [0, ∞) each
 * term is at least its value at `low` if x_i > 0 and at `high` if x_i < 0.
 */
function lineMinimum(x: readonly number[], radius: number): number {
  const mean = (side: number, low: number, high: number): number => {
    let total = 0;
    for (const entry of x) {
      const point = side * entry;
      total += point === 0 ? 0.5 : lowerSigmoid(point > 0 ? low * point : high * point);
    }
    return total / x.length;
  };
  const largest = x.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
  if (largest === 0) return 0.5;
  const start = Math.min(radius, 2 ** -10 / largest);
  let best = Infinity;
  for (const side of [1, -1]) best = Math.min(best, mean(side, start, start));
  const cells: { side: number; low: number; high: number; bound: number }[] = [];
  for (const side of [1, -1]) {
    const push = (low: number, high: number): void => {
      cells.push({ side, low, high, bound: mean(side, low, high) });
    };
    push(0, start);
    let low = start;
    for (let octave = 0; low < radius; octave += 1) {
      const high = octave >= OCTAVES ? radius : Math.min(radius, 2 * low);
      push(low, high);
      low = high;
    }
  }
  for (let round = 0; round < 200; round += 1) {
    let worst = 0;
    for (let k = 1; k < cells.length; k += 1) if (cells[k].bound < cells[worst].bound) worst = k;
    const { side, low, high, bound } = cells[worst];
    const middle = high === Infinity ? 2 * low : (low + high) / 2;
    best = Math.min(best, mean(side, middle, middle));
    if (bound >= best * (1 - 1e-3) || !(middle > low && middle < high)) return bound;
    cells[worst] = { side, low, high: middle, bound: mean(side, low, middle) };
    cells.push({ side, low: middle, high, bound: mean(side, middle, high) });
  }
  return cells.reduce((least, { bound }) => Math.min(least, bound), Infinity);
}
