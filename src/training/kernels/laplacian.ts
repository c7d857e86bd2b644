/** Second derivatives of the data loss of a two-layer network. AssemblyScript. */
import { curveBlock } from './activations';
import { blockProduct } from './block-product';
import { Layer, Problem, blocksOf, clear, layerOf, rowsOf } from './problem';
import { residuals } from './residuals';
import { addOutputs } from './two-layer';

const PAIR: usize = 64;

/**
 * Leaves at `to` the sums over samples i and neurons j of ‖x_i‖²q_ij, σ(z_ij)² and q_ij, where
 * q_ij = a_j²σ'(z_ij)² + r_i·a_jσ''(z_ij).
 */
export function laplacianSums(problem: Problem, to: usize): void {
  const layer = layerOf(problem, 0);
  const count = problem.sampleSize;
  const pairs = (count + 1) >> 1;
  let inner = f64x2.splat(0);
  let outer = f64x2.splat(0);
  let biases = f64x2.splat(0);
  for (let first = 0; first < pairs; first += problem.panelPairs) {
    const panel = min(problem.panelPairs, pairs - first);
    const x = problem.inputs + problem.stride * <usize>first;
    const missing = first + panel == pairs && (count & 1) == 1;
    clear(problem.residuals, panel << 1);
    forward(problem, layer, x, panel);
    const y = problem.labels + ((<usize>first) << 4);
    residuals(problem.residuals, y, panel, missing, inner);
    for (let p = 0; p < panel; p += 1) {
      const keep: v128 = missing && p + 1 == panel ? i64x2(-1, 0) : i64x2(-1, -1);
      const sample = x + problem.stride * <usize>p;
      const r = v128.load(problem.residuals + ((<usize>p) << 4));
      let squares = f64x2.splat(0);
      let curvature = f64x2.splat(0);
      for (let j = 0; j < layer.rows; j += 1) {
        const block: usize = (<usize>(j >> 2) * <usize>panel) << 6;
        const at = block + ((<usize>p) << 6) + ((<usize>(j & 3)) << 4);
        const a = v128.load_splat<f64>(problem.outer + ((<usize>j) << 3));
        const value = v128.load(layer.values + at);
        const slope = f64x2.mul(a, v128.load(layer.slopes + at));
        squares = f64x2.add(squares, f64x2.mul(value, value));
        const bend = f64x2.mul(f64x2.mul(r, a), v128.load(problem.curves + at));
        curvature = f64x2.add(curvature, f64x2.add(f64x2.mul(slope, slope), bend));
      }
      let length = f64x2.splat(0);
      for (let k: usize = 0; k < <usize>layer.columns; k += 1) {
        const entry = v128.load(sample + (k << 4));
        length = f64x2.add(length, f64x2.mul(entry, entry));
      }
      inner = f64x2.add(inner, v128.and(keep, f64x2.mul(length, curvature)));
      outer = f64x2.add(outer, v128.and(keep, squares));
      biases = f64x2.add(biases, v128.and(keep, curvature));
    }
  }
  store<f64>(to, f64x2.extract_lane(inner, 0) + f64x2.extract_lane(inner, 1));
  store<f64>(to, f64x2.extract_lane(outer, 0) + f64x2.extract_lane(outer, 1), 8);
  store<f64>(to, f64x2.extract_lane(biases, 0) + f64x2.extract_lane(biases, 1), 16);
}

function forward(problem: Problem, layer: Layer, x: usize, pairs: i32): void {
  for (let block = 0; block < blocksOf(layer.rows); block += 1) {
    const rows = rowsOf(layer.rows, block);
    const at = (<usize>(block * pairs)) << 6;
    const z = layer.values + at;
    const slope = layer.slopes + at;
    const weights = layer.weights + ((<usize>(block * layer.columns)) << 5);
    const bias = layer.biases + ((<usize>block) << 5);
    blockProduct(rows, weights, bias, x, problem.stride, z, PAIR, layer.columns, pairs);
    curveBlock(
      problem.activation,
      problem.parameter,
      problem.kink,
      rows,
      z,
      slope,
      problem.curves + at,
      PAIR,
      pairs,
    );
    const outer = problem.outer + ((<usize>block) << 5);
    addOutputs(rows, outer, z, PAIR, problem.residuals, pairs);
  }
}
