/**
 * Any fully connected network, layer by layer: objective and gradient sums, outputs, input gradients.
 * AssemblyScript. A layer's activations stand as the samples of the next layer, (pairs, rows, 2).
 */
import { activateBlock } from './activations';
import { blockOuterProduct } from './block-outer-product';
import { blockProduct } from './block-product';
import { Layer, Problem, blocksOf, clear, layerOf, rowsOf } from './problem';
import { residuals } from './residuals';
import { addOutputs } from './two-layer';

/**
 * Leaves Σr² in `squares`, and Σ r·∂f in the sums of every layer and of the outer weights.
 */
export function sumDeep(problem: Problem, inputs: usize, labels: usize, count: i32): void {
  for (let l = 0; l < problem.depth; l += 1) {
    const layer = layerOf(problem, l);
    clear(layer.weightSums, blocksOf(layer.rows) * layer.columns * 8);
    clear(layer.biasSums, blocksOf(layer.rows) * 8);
    transpose(layer);
  }
  const last = layerOf(problem, problem.depth - 1);
  clear(problem.outerSums, blocksOf(last.rows) * 8);
  const pairs = (count + 1) >> 1;
  let squares = f64x2.splat(0);
  for (let first = 0; first < pairs; first += problem.panelPairs) {
    const panel = min(problem.panelPairs, pairs - first);
    const x = inputs + problem.stride * <usize>first;
    forwardDeep(problem, x, problem.residuals, panel);
    const missing = first + panel == pairs && (count & 1) == 1;
    const y = labels + ((<usize>first) << 4);
    squares = residuals(problem.residuals, y, panel, missing, squares);
    backwardDeep(problem, x, panel, true);
  }
  problem.squares = f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1);
}

/** Outputs of `count` samples, by pairs, to `outputs`. */
export function outputsDeep(problem: Problem, inputs: usize, outputs: usize, count: i32): void {
  const pairs = (count + 1) >> 1;
  for (let first = 0; first < pairs; first += problem.panelPairs) {
    const panel = min(problem.panelPairs, pairs - first);
    const x = inputs + problem.stride * <usize>first;
    forwardDeep(problem, x, outputs + ((<usize>first) << 4), panel);
  }
}

/**
 * The gradients ∇_x f of `count` samples to `gradients`, (pairs, inputDim, 2), pairs `apart` bytes apart:
 * room for whole blocks of four columns.
 */
export function inputGradientsDeep(
  problem: Problem,
  inputs: usize,
  gradients: usize,
  apart: usize,
  count: i32,
): void {
  for (let l = 0; l < problem.depth; l += 1) transpose(layerOf(problem, l));
  const pairs = (count + 1) >> 1;
  const lowest = layerOf(problem, 0);
  for (let first = 0; first < pairs; first += problem.panelPairs) {
    const panel = min(problem.panelPairs, pairs - first);
    const x = inputs + problem.stride * <usize>first;
    forwardDeep(problem, x, problem.residuals, panel);
    for (let p = 0; p < panel; p += 1) {
      v128.store(problem.residuals + ((<usize>p) << 4), f64x2.splat(1));
    }
    backwardDeep(problem, x, panel, false);
    throughWeights(problem, lowest, gradients + apart * <usize>first, apart, panel);
  }
}

function forwardDeep(problem: Problem, x: usize, outputs: usize, pairs: i32): void {
  let stride = problem.stride;
  for (let l = 0; l < problem.depth; l += 1) {
    const layer = layerOf(problem, l);
    const blocks = blocksOf(layer.rows);
    for (let block = 0; block < blocks; block += 1) {
      const rows = rowsOf(layer.rows, block);
      const at = (<usize>block) << 6;
      blockProduct(
        rows,
        layer.weights + (at >> 1) * <usize>layer.columns,
        layer.biases + (at >> 1),
        x,
        stride,
        layer.values + at,
        layer.stride,
        layer.columns,
        pairs,
      );
      activateBlock(
        problem.activation,
        problem.parameter,
        problem.kink,
        rows,
        layer.values + at,
        layer.slopes + at,
        layer.stride,
        pairs,
      );
    }
    x = layer.values;
    stride = layer.stride;
  }
  const last = layerOf(problem, problem.depth - 1);
  clear(outputs, pairs << 1);
  for (let block = 0; block < blocksOf(last.rows); block += 1) {
    const at = (<usize>block) << 6;
    addOutputs(
      rowsOf(last.rows, block),
      problem.outer + (at >> 1),
      last.values + at,
      last.stride,
      outputs,
      pairs,
    );
  }
}

/**
 * From the residuals of a panel back to ∂/∂z of the lowest layer, left in its slopes.
 *
 * @param sums whether to add to the gradient sums on the way
 */
function backwardDeep(problem: Problem, x: usize, pairs: i32, sums: bool): void {
  const last = layerOf(problem, problem.depth - 1);
  const r = problem.residuals;
  if (sums && problem.trainsOuter) {
    for (let block = 0; block < blocksOf(last.rows); block += 1) {
      const at = (<usize>block) << 6;
      const rows = rowsOf(last.rows, block);
      blockOuterProduct(
        rows,
        last.values + at,
        last.stride,
        r,
        16,
        problem.outerSums + at,
        1,
        pairs,
      );
    }
  }
  for (let row = 0; row < last.rows; row += 1) {
    const a = v128.load_splat<f64>(problem.outer + ((<usize>row) << 3));
    let h = last.slopes + ((<usize>row) << 4);
    for (let p = 0; p < pairs; p += 1) {
      const residual = v128.load(r + ((<usize>p) << 4));
      v128.store(h, f64x2.mul(f64x2.mul(residual, a), v128.load(h)));
      h += last.stride;
    }
  }
  for (let l = problem.depth - 1; l >= 0; l -= 1) {
    const layer = layerOf(problem, l);
    const below = l == 0 ? x : layerOf(problem, l - 1).values;
    const stride = l == 0 ? problem.stride : layerOf(problem, l - 1).stride;
    if (sums) addSums(problem, layer, below, stride, pairs);
    if (l == 0) return;
    const lower = layerOf(problem, l - 1);
    throughWeights(problem, layer, problem.backward, lower.stride, pairs);
    for (let p = 0; p < pairs; p += 1) {
      let h = lower.slopes + lower.stride * <usize>p;
      let g = problem.backward + lower.stride * <usize>p;
      for (let row = 0; row < lower.rows; row += 1) {
        v128.store(h, f64x2.mul(v128.load(g), v128.load(h)));
        h += 16;
        g += 16;
      }
    }
  }
}

function addSums(problem: Problem, layer: Layer, below: usize, stride: usize, pairs: i32): void {
  for (let block = 0; block < blocksOf(layer.rows); block += 1) {
    const at = (<usize>block) << 6;
    const rows = rowsOf(layer.rows, block);
    const h = layer.slopes + at;
    if (problem.trainsBiases) {
      blockOuterProduct(rows, h, layer.stride, problem.ones, 16, layer.biasSums + at, 1, pairs);
    }
    if (problem.trainsInner) {
      const to = layer.weightSums + at * <usize>layer.columns;
      blockOuterProduct(rows, h, layer.stride, below, stride, to, layer.columns, pairs);
    }
  }
}

/** Wᵀ times the layer's residual products, to (pairs, columns, 2). */
function throughWeights(
  problem: Problem,
  layer: Layer,
  to: usize,
  stride: usize,
  pairs: i32,
): void {
  const blocks = blocksOf(layer.columns);
  for (let block = 0; block < blocks; block += 1) {
    const at = (<usize>block) << 6;
    blockProduct(
      rowsOf(layer.columns, block),
      layer.transposed + (at >> 1) * <usize>layer.rows,
      problem.zeros,
      layer.slopes,
      layer.stride,
      to + at,
      stride,
      layer.rows,
      pairs,
    );
  }
}

function transpose(layer: Layer): void {
  const columns = <usize>layer.columns;
  const rows = <usize>layer.rows;
  for (let j: usize = 0; j < rows; j += 1) {
    const from = layer.weights + (j >> 2) * (columns << 5) + ((j & 3) << 3);
    const to = layer.transposed + (j << 5);
    for (let k: usize = 0; k < columns; k += 1) {
      store<f64>(to + (k >> 2) * (rows << 5) + ((k & 3) << 3), load<f64>(from + (k << 5)));
    }
  }
}
