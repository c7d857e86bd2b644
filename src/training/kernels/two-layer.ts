/**
 * Objective and gradient sums of a two-layer network: one fused pass forwards and backwards over panels
 * of samples that stay in the cache. AssemblyScript.
 */
import { RELU, activateBlock } from './activations';
import { blockOuterProduct } from './block-outer-product';
import { blockProduct } from './block-product';
import { Layer, Problem, blocksOf, clear, layerOf, rowsOf } from './problem';
import { residuals } from './residuals';
import { maskedOuterProduct, reluOutputs, reluProduct2, scaleSamples } from './relu-products';

/** Bytes of four rows of one pair of samples. */
const PAIR: usize = 64;

/**
 * Leaves Σr² in `squares` and, over the samples given, Σ_i r_iσ'(z_ij)x_i in the weight sums,
 * Σ_i r_iσ'(z_ij) in the bias sums and, unless the activation is ReLU, Σ_i r_iσ(z_ij) in the outer sums.
 * The outer weight a_j is left out: it is a common factor.
 */
export function sumTwoLayer(problem: Problem, inputs: usize, labels: usize, count: i32): void {
  const layer = layerOf(problem, 0);
  const blocks = blocksOf(layer.rows);
  const relu = problem.activation == RELU;
  clear(layer.weightSums, blocks * layer.columns * 8);
  clear(layer.biasSums, blocks * 8);
  clear(problem.outerSums, blocks * 8);
  const pairs = (count + 1) >> 1;
  let squares = f64x2.splat(0);
  for (let first = 0; first < pairs; first += problem.panelPairs) {
    const panel = min(problem.panelPairs, pairs - first);
    const x = inputs + problem.stride * <usize>first;
    const y = labels + ((<usize>first) << 4);
    clear(problem.residuals, panel << 1);
    if (relu) reluForward(problem, layer, x, panel);
    else forward(problem, layer, x, panel);
    const missing = first + panel == pairs && (count & 1) == 1;
    squares = residuals(problem.residuals, y, panel, missing, squares);
    if (relu) reluBackward(problem, layer, x, panel);
    else backward(problem, layer, x, panel);
  }
  problem.squares = f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1);
}

function reluForward(problem: Problem, layer: Layer, x: usize, pairs: i32): void {
  const blocks = blocksOf(layer.rows);
  const size = PAIR * <usize>pairs;
  const columns = layer.columns;
  for (let block = 0; block < blocks; block += 1) {
    const rows = rowsOf(layer.rows, block);
    const w = layer.weights + ((<usize>(block * columns)) << 5);
    const bias = layer.biases + ((<usize>block) << 5);
    const a = problem.outer + ((<usize>block) << 5);
    const z = layer.values + size * <usize>block;
    if (columns == 2 && rows > 2) {
      reluProduct2(w, bias, a, x, problem.stride, z, problem.residuals, pairs);
    } else {
      blockProduct(rows, w, bias, x, problem.stride, z, PAIR, columns, pairs);
      reluOutputs(rows, a, z, PAIR, problem.residuals, pairs);
    }
  }
}

/** Up to this many columns, masking the scaled samples costs less than storing masked residuals. */
const MASKED_COLUMNS = 8;

function reluBackward(problem: Problem, layer: Layer, x: usize, pairs: i32): void {
  const blocks = blocksOf(layer.rows);
  const size = PAIR * <usize>pairs;
  const columns = layer.columns;
  const masked = columns <= MASKED_COLUMNS;
  const r = problem.residuals;
  const inner = problem.trainsInner || problem.trainsOuter;
  if (masked && inner) scaleSamples(x, problem.stride, r, problem.scaled, columns, pairs);
  for (let block = 0; block < blocks; block += 1) {
    const rows = rowsOf(layer.rows, block);
    const z = layer.values + size * <usize>block;
    const sums = layer.weightSums + ((<usize>(block * columns)) << 6);
    if (problem.biased) {
      maskedOuterProduct(
        rows,
        problem.kink,
        z,
        PAIR,
        r,
        16,
        layer.biasSums + ((<usize>block) << 6),
        1,
        pairs,
      );
    }
    if (!inner) continue;
    if (masked) {
      maskedOuterProduct(
        rows,
        problem.kink,
        z,
        PAIR,
        problem.scaled,
        (<usize>columns) << 4,
        sums,
        columns,
        pairs,
      );
    } else {
      maskResiduals(problem.kink, z, r, pairs);
      blockOuterProduct(rows, z, PAIR, x, problem.stride, sums, columns, pairs);
    }
  }
}

/** Replaces the block's z by r·1{z > 0}, or by r·1{z ≥ 0} where `kink` is 1. */
function maskResiduals(kink: i32, z: usize, r: usize, pairs: i32): void {
  const zero = f64x2.splat(0);
  const end = r + ((<usize>pairs) << 4);
  if (kink) {
    for (; r != end; r += 16, z += PAIR) {
      const residual = v128.load(r);
      v128.store(z, v128.and(f64x2.ge(v128.load(z), zero), residual));
      v128.store(z, v128.and(f64x2.ge(v128.load(z, 16), zero), residual), 16);
      v128.store(z, v128.and(f64x2.ge(v128.load(z, 32), zero), residual), 32);
      v128.store(z, v128.and(f64x2.ge(v128.load(z, 48), zero), residual), 48);
    }
  } else {
    for (; r != end; r += 16, z += PAIR) {
      const residual = v128.load(r);
      v128.store(z, v128.and(f64x2.gt(v128.load(z), zero), residual));
      v128.store(z, v128.and(f64x2.gt(v128.load(z, 16), zero), residual), 16);
      v128.store(z, v128.and(f64x2.gt(v128.load(z, 32), zero), residual), 32);
      v128.store(z, v128.and(f64x2.gt(v128.load(z, 48), zero), residual), 48);
    }
  }
}

function forward(problem: Problem, layer: Layer, x: usize, pairs: i32): void {
  const blocks = blocksOf(layer.rows);
  const size = PAIR * <usize>pairs;
  const columns = layer.columns;
  for (let block = 0; block < blocks; block += 1) {
    const rows = rowsOf(layer.rows, block);
    const z = layer.values + size * <usize>block;
    const slope = layer.slopes + size * <usize>block;
    blockProduct(
      rows,
      layer.weights + ((<usize>(block * columns)) << 5),
      layer.biases + ((<usize>block) << 5),
      x,
      problem.stride,
      z,
      PAIR,
      columns,
      pairs,
    );
    activateBlock(problem.activation, problem.parameter, problem.kink, rows, z, slope, PAIR, pairs);
    addOutputs(rows, problem.outer + ((<usize>block) << 5), z, PAIR, problem.residuals, pairs);
  }
}

/** outputs += Σ_row a·value, for one block. */
export function addOutputs(
  rows: i32,
  a: usize,
  value: usize,
  apart: usize,
  to: usize,
  pairs: i32,
): void {
  const end = to + ((<usize>pairs) << 4);
  const a0 = v128.load_splat<f64>(a);
  const a1 = v128.load_splat<f64>(a, 8);
  const a2 = v128.load_splat<f64>(a, 16);
  const a3 = v128.load_splat<f64>(a, 24);
  for (; to != end; to += 16, value += apart) {
    let f = f64x2.add(v128.load(to), f64x2.mul(a0, v128.load(value)));
    if (rows > 1) f = f64x2.add(f, f64x2.mul(a1, v128.load(value, 16)));
    if (rows > 2) f = f64x2.add(f, f64x2.mul(a2, v128.load(value, 32)));
    if (rows > 3) f = f64x2.add(f, f64x2.mul(a3, v128.load(value, 48)));
    v128.store(to, f);
  }
}

function backward(problem: Problem, layer: Layer, x: usize, pairs: i32): void {
  const blocks = blocksOf(layer.rows);
  const size = PAIR * <usize>pairs;
  const columns = layer.columns;
  const r = problem.residuals;
  for (let block = 0; block < blocks; block += 1) {
    const rows = rowsOf(layer.rows, block);
    const sums = (<usize>block) << 6;
    const h = layer.slopes + size * <usize>block;
    if (problem.trainsOuter) {
      const value = layer.values + size * <usize>block;
      blockOuterProduct(rows, value, PAIR, r, 16, problem.outerSums + sums, 1, pairs);
    }
    if (problem.trainsBiases) {
      blockOuterProduct(rows, h, PAIR, r, 16, layer.biasSums + sums, 1, pairs);
    }
    if (problem.trainsInner) {
      scaleSlopes(rows, h, r, pairs);
      blockOuterProduct(
        rows,
        h,
        PAIR,
        x,
        problem.stride,
        layer.weightSums + sums * <usize>columns,
        columns,
        pairs,
      );
    }
  }
}

/** Replaces the slopes of the block's rows by r·slope. */
function scaleSlopes(rows: i32, h: usize, r: usize, pairs: i32): void {
  const end = r + ((<usize>pairs) << 4);
  const size = (<usize>rows) << 4;
  for (; r != end; r += 16, h += PAIR) {
    const residual = v128.load(r);
    for (let row: usize = 0; row < size; row += 16) {
      v128.store(h + row, f64x2.mul(residual, v128.load(h + row)));
    }
  }
}
