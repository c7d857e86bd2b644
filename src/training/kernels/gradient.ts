/** From sums over samples to the objective and its gradient. AssemblyScript. */
import { RELU } from './activations';
import { Layer, Problem, blocksOf, layerOf, rowsOf } from './problem';
import { sumBucketed } from './bucketed-sums';
import { sumDeep } from './deep';
import { sumTwoLayer } from './two-layer';

/** An objective above this has diverged. */
const LARGEST_OBJECTIVE: f64 = 1e300;

/** So has one that grew by more than this factor. */
const LARGEST_GROWTH: f64 = 1e12;

/** Objective, data loss, gradient and its norm over the whole sample. */
export function evaluate(problem: Problem): void {
  const count = problem.sampleSize;
  if (problem.groups > 0) sumBucketed(problem);
  else sum(problem, problem.inputs, problem.labels, count);
  const factor = problem.lossScale / <f64>count;
  const dataLoss = factor * problem.squares;
  const squaredNorm = finishGradient(problem, 2 * factor);
  problem.dataLoss = dataLoss;
  problem.objective = dataLoss + penalty(problem);
  problem.gradientNorm = sqrt(squaredNorm);
}

export function sum(problem: Problem, inputs: usize, labels: usize, count: i32): void {
  if (problem.fused) sumTwoLayer(problem, inputs, labels, count);
  else sumDeep(problem, inputs, labels, count);
}

/**
 * Above this objective the run has diverged: 1e12 times the larger of its start and the data loss of the
 * zero function, where that is > 0, at most 1e300.
 */
export function ceilingOf(problem: Problem): f64 {
  let squares: f64 = 0;
  const count = <usize>problem.sampleSize;
  for (let i: usize = 0; i < count; i += 1) {
    const y = load<f64>(problem.labels + (i << 3));
    squares += y * y;
  }
  const zero = (problem.lossScale / <f64>problem.sampleSize) * squares;
  const reference = problem.objective > zero ? problem.objective : zero;
  if (!(reference > 0)) return LARGEST_OBJECTIVE;
  return min(LARGEST_OBJECTIVE, LARGEST_GROWTH * reference);
}

/**
 * gradient = factor·sums + λ·parameters on the trained parts, 0 elsewhere; returns its squared norm.
 * In a fused pass a_j is a factor of row j's sums too, and for ReLU the outer sums are ⟨w_j, S_j⟩ + b_js_j,
 * since r·max(z, 0) = r·1{z > 0}·(⟨w_j, x⟩ + b_j).
 */
export function finishGradient(problem: Problem, factor: f64): f64 {
  let squared: f64 = 0;
  for (let l = 0; l < problem.depth; l += 1) {
    squared += finishLayer(problem, layerOf(problem, l), factor);
  }
  const last = layerOf(problem, problem.depth - 1);
  return squared + finishOuter(problem, last, factor);
}

/** The sums of two rows, over even and odd samples. */
// @ts-ignore: decorator
@inline
function joined(at: usize): v128 {
  const first = v128.load(at);
  const second = v128.load(at, 16);
  return f64x2.add(v128.shuffle<f64>(first, second, 0, 2), v128.shuffle<f64>(first, second, 1, 3));
}

// @ts-ignore: decorator
@inline
function laneMask(rows: i32, first: i32): v128 {
  return i64x2(rows > first ? -1 : 0, rows > first + 1 ? -1 : 0);
}

/** ReLU networks take the outer sums from the inner ones. */
// @ts-ignore: decorator
@inline
function derivesOuter(problem: Problem): bool {
  return problem.fused && problem.activation == RELU && problem.trainsOuter;
}

function finishLayer(problem: Problem, layer: Layer, factor: f64): f64 {
  const columns = <usize>layer.columns;
  const inner = f64x2.splat(problem.lambdaInner);
  const common = f64x2.splat(factor);
  const derives = derivesOuter(problem);
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  for (let block = 0; block < blocksOf(layer.rows); block += 1) {
    const rows = rowsOf(layer.rows, block);
    const lowMask = laneMask(rows, 0);
    const highMask = laneMask(rows, 2);
    const at = (<usize>block) << 5;
    let lowFactor = common;
    let highFactor = common;
    if (problem.fused) {
      lowFactor = f64x2.mul(common, v128.load(problem.outer + at));
      highFactor = f64x2.mul(common, v128.load(problem.outer + at, 16));
    }
    let lowOuter = f64x2.splat(0);
    let highOuter = f64x2.splat(0);
    let s = layer.weightSums + (at << 1) * columns;
    let w = layer.weights + at * columns;
    let g = layer.weightGradient + at * columns;
    const end = w + (columns << 5);
    if (problem.trainsInner) {
      for (; w != end; s += 64, w += 32, g += 32) {
        let sums = joined(s);
        let weights = v128.load(w);
        lowOuter = f64x2.add(lowOuter, f64x2.mul(weights, sums));
        let entry = f64x2.add(f64x2.mul(lowFactor, sums), f64x2.mul(inner, weights));
        entry = v128.and(entry, lowMask);
        v128.store(g, entry);
        low = f64x2.add(low, f64x2.mul(entry, entry));
        sums = joined(s + 32);
        weights = v128.load(w, 16);
        highOuter = f64x2.add(highOuter, f64x2.mul(weights, sums));
        entry = f64x2.add(f64x2.mul(highFactor, sums), f64x2.mul(inner, weights));
        entry = v128.and(entry, highMask);
        v128.store(g, entry, 16);
        high = f64x2.add(high, f64x2.mul(entry, entry));
      }
    } else if (derives) {
      for (; w != end; s += 64, w += 32) {
        lowOuter = f64x2.add(lowOuter, f64x2.mul(v128.load(w), joined(s)));
        highOuter = f64x2.add(highOuter, f64x2.mul(v128.load(w, 16), joined(s + 32)));
      }
    }
    if (derives) {
      v128.store(problem.outerSums + at, lowOuter);
      v128.store(problem.outerSums + at, highOuter, 16);
    }
  }
  let all = f64x2.add(low, high);
  if (problem.biased) all = f64x2.add(all, finishBiases(problem, layer, factor));
  return f64x2.extract_lane(all, 0) + f64x2.extract_lane(all, 1);
}

/** Returns the squares, even and odd rows apart; adds b_j·s_j to the outer sums that are derived. */
function finishBiases(problem: Problem, layer: Layer, factor: f64): v128 {
  const rest = f64x2.splat(problem.lambdaRest);
  const common = f64x2.splat(factor);
  const derives = derivesOuter(problem);
  let squares = f64x2.splat(0);
  for (let row = 0; row < layer.rows; row += 2) {
    const at = (<usize>row) << 3;
    const b = v128.load(layer.biases + at);
    const sums = joined(layer.biasSums + (at << 1));
    if (derives) {
      const to = problem.outerSums + at;
      v128.store(to, f64x2.add(v128.load(to), f64x2.mul(b, sums)));
    }
    if (!problem.trainsBiases) continue;
    let factors = common;
    if (problem.fused) factors = f64x2.mul(common, v128.load(problem.outer + at));
    let entry = f64x2.add(f64x2.mul(factors, sums), f64x2.mul(rest, b));
    entry = v128.and(entry, laneMask(layer.rows - row, 0));
    v128.store(layer.biasGradient + at, entry);
    squares = f64x2.add(squares, f64x2.mul(entry, entry));
  }
  return squares;
}

function finishOuter(problem: Problem, layer: Layer, factor: f64): f64 {
  if (!problem.trainsOuter) return 0;
  const derives = derivesOuter(problem);
  const rest = f64x2.splat(problem.lambdaRest);
  const common = f64x2.splat(factor);
  let squares = f64x2.splat(0);
  for (let row = 0; row < layer.rows; row += 2) {
    const at = (<usize>row) << 3;
    const sums = derives
      ? v128.load(problem.outerSums + at)
      : joined(problem.outerSums + (at << 1));
    const a = v128.load(problem.outer + at);
    let entry = f64x2.add(f64x2.mul(common, sums), f64x2.mul(rest, a));
    entry = v128.and(entry, laneMask(layer.rows - row, 0));
    v128.store(problem.outerGradient + at, entry);
    squares = f64x2.add(squares, f64x2.mul(entry, entry));
  }
  return f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1);
}

/** (λ/2)·(squared norm of the regularised parameters). */
function penalty(problem: Problem): f64 {
  let sum: f64 = 0;
  const lambda = problem.lambdaInner;
  if (lambda == 0) return 0;
  // `decays` is 1 for the inner weights, 2 for every trained parameter.
  const all = problem.decays == 2;
  for (let l = 0; l < problem.depth; l += 1) {
    const layer = layerOf(problem, l);
    const blocks = blocksOf(layer.rows) << 2;
    if (!all || problem.trainsInner) sum += sumOfSquares(layer.weights, blocks * layer.columns);
    if (all && problem.trainsBiases) sum += sumOfSquares(layer.biases, blocks);
  }
  const last = layerOf(problem, problem.depth - 1);
  if (all && problem.trainsOuter) sum += sumOfSquares(problem.outer, blocksOf(last.rows) << 2);
  return (lambda / 2) * sum;
}

/** Of `count` doubles, a multiple of four. */
function sumOfSquares(at: usize, count: i32): f64 {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  const end = at + ((<usize>count) << 3);
  for (; at != end; at += 32) {
    const first = v128.load(at);
    const second = v128.load(at, 16);
    low = f64x2.add(low, f64x2.mul(first, first));
    high = f64x2.add(high, f64x2.mul(second, second));
  }
  const all = f64x2.add(low, high);
  return f64x2.extract_lane(all, 0) + f64x2.extract_lane(all, 1);
}
