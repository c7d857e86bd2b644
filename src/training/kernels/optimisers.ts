/** Updates of the parameters from their gradient. AssemblyScript. */
import { exp } from './elementary/index';
import { Layer, MIRROR, PROJECTED, Problem, blocksOf, layerOf } from './problem';

/** The smallest normal double: what mirror descent's outer weights never fall below. */
const SMALLEST_WEIGHT: f64 = 2.2250738585072014e-308;

/** Makes the initial point feasible. */
export function projectStart(problem: Problem): void {
  if (problem.optimiser == PROJECTED && problem.trainsOuter) clip(problem);
  if (!(problem.unitInner && problem.trainsInner)) return;
  for (let l = 0; l < problem.depth; l += 1) {
    const layer = layerOf(problem, l);
    normaliseRows(layer, layer.weights);
  }
}

/** One step down the gradient. */
export function descend(problem: Problem): void {
  const stepSize = problem.stepSize;
  const normalises = problem.unitInner && problem.trainsInner;
  for (let l = 0; l < problem.depth; l += 1) {
    const layer = layerOf(problem, l);
    const rows = blocksOf(layer.rows) << 2;
    const size = rows * layer.columns;
    if (problem.trainsInner) {
      if (normalises) memory.copy(problem.previous, layer.weights, (<usize>size) << 3);
      move(layer.weights, layer.weightGradient, size, stepSize);
      if (normalises) normaliseRows(layer, problem.previous);
    }
    if (problem.trainsBiases) move(layer.biases, layer.biasGradient, rows, stepSize);
  }
  if (!problem.trainsOuter) return;
  const width = layerOf(problem, problem.depth - 1).rows;
  if (problem.optimiser == MIRROR) exponentiate(problem, width);
  else move(problem.outer, problem.outerGradient, blocksOf(width) << 2, stepSize);
  if (problem.optimiser == PROJECTED) clip(problem);
}

/** x ← x − η·g for `count` doubles, a multiple of four. */
function move(x: usize, g: usize, count: i32, stepSize: f64): void {
  const eta = f64x2.splat(stepSize);
  const end = x + ((<usize>count) << 3);
  for (; x != end; x += 32, g += 32) {
    v128.store(x, f64x2.sub(v128.load(x), f64x2.mul(eta, v128.load(g))));
    v128.store(x, f64x2.sub(v128.load(x, 16), f64x2.mul(eta, v128.load(g, 16))), 16);
  }
}

/** a ← a·exp(−η∂L/∂a): mirror descent with the entropy as mirror map. */
function exponentiate(problem: Problem, width: i32): void {
  for (let j: usize = 0; j < <usize>width; j += 1) {
    const at = problem.outer + (j << 3);
    const slope = load<f64>(problem.outerGradient + (j << 3));
    const moved = load<f64>(at) * exp(-problem.stepSize * slope);
    store<f64>(at, moved < SMALLEST_WEIGHT ? SMALLEST_WEIGHT : moved);
  }
}

/** The Euclidean projection on a ≥ 0. NaN stays, so that the run stops for it. */
function clip(problem: Problem): void {
  const width = layerOf(problem, problem.depth - 1).rows;
  for (let j: usize = 0; j < <usize>width; j += 1) {
    const at = problem.outer + (j << 3);
    if (load<f64>(at) <= 0) store<f64>(at, 0);
  }
}

/** Normalises every row; a zero row becomes that of `fallback`, or stays zero. */
function normaliseRows(layer: Layer, fallback: usize): void {
  const columns = <usize>layer.columns;
  for (let row: usize = 0; row < <usize>layer.rows; row += 1) {
    const at = (row >> 2) * (columns << 5) + ((row & 3) << 3);
    const w = layer.weights + at;
    const length = normOfRow(w, columns);
    for (let k: usize = 0; k < columns; k += 1) {
      const entry = w + (k << 5);
      const kept = load<f64>(fallback + at + (k << 5));
      store<f64>(entry, length == 0 ? kept : load<f64>(entry) / length);
    }
  }
}

function normOfRow(w: usize, columns: usize): f64 {
  let largest: f64 = 0;
  for (let k: usize = 0; k < columns; k += 1) largest = max(largest, abs(load<f64>(w + (k << 5))));
  if (largest == 0 || !isFinite(largest)) return largest;
  let sum: f64 = 0;
  for (let k: usize = 0; k < columns; k += 1) {
    const scaled = load<f64>(w + (k << 5)) / largest;
    sum += scaled * scaled;
  }
  return largest * sqrt(sum);
}
