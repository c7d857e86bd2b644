/**
 * The gradient sums of a ReLU network by buckets. AssemblyScript.
 *
 * Σ_i r_i·1{z_ij > 0}·x_i is a product of a 0-1 matrix with the rows r_i·x_i. For a group of G neurons the
 * rows that share an activation pattern are added up first, in one of 2^G buckets; a neuron's sum is that
 * of the buckets whose pattern it is in. A sample then costs one addition of a row for G neurons: the
 * "method of four Russians" for 0-1 matrices (Arlazarov, Dinic, Kronrod, Faradzhev 1970).
 */
import { blockProduct } from './block-product';
import { Layer, Problem, blocksOf, clear, layerOf, rowsOf } from './problem';
import { reluOutputs } from './relu-products';
import { residuals } from './residuals';

/** Bytes of four rows of one pair of samples. */
const PAIR: usize = 64;

/** From so many groups on it pays to scale the rows of a panel once. */
const SCALED_GROUPS = 3;

/** As `sumTwoLayer`, over the whole sample. */
export function sumBucketed(problem: Problem): void {
  const layer = layerOf(problem, 0);
  const blocks = blocksOf(layer.rows);
  clear(layer.weightSums, blocks * layer.columns * 8);
  clear(layer.biasSums, blocks * 8);
  const bucketBytes = problem.rowBytes << (<usize>problem.groupSize);
  memory.fill(problem.buckets, 0, bucketBytes * <usize>problem.groups);
  const count = problem.sampleSize;
  const pairs = (count + 1) >> 1;
  let squares = f64x2.splat(0);
  for (let first = 0; first < pairs; first += problem.panelPairs) {
    const panel = min(problem.panelPairs, pairs - first);
    const missing = first + panel == pairs && (count & 1) == 1;
    clear(problem.residuals, panel << 1);
    forward(problem, layer, problem.inputs + problem.stride * <usize>first, panel);
    const y = problem.labels + ((<usize>first) << 4);
    squares = residuals(problem.residuals, y, panel, missing, squares);
    const samples = (panel << 1) - <i32>missing;
    const rows = problem.rows + problem.rowBytes * <usize>(first << 1);
    const scalesOnce = problem.groups >= SCALED_GROUPS;
    if (scalesOnce) scaleRows(rows, problem.residuals, problem.scaled, problem.rowBytes, samples);
    for (let group = 0; group < problem.groups; group += 1) {
      const places = problem.patterns + ((<usize>(group * problem.panelPairs)) << 4);
      const to = problem.buckets + bucketBytes * <usize>group;
      if (scalesOnce) addToBuckets(problem.scaled, places, to, problem.rowBytes, samples);
      else addScaledToBuckets(rows, problem.residuals, places, to, problem.rowBytes, samples);
    }
  }
  problem.squares = f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1);
  for (let group = 0; group < problem.groups; group += 1) unfold(problem, layer, group);
}

/** Outputs of a panel, and where each sample's bucket is, in bytes, for each group. */
function forward(problem: Problem, layer: Layer, x: usize, pairs: i32): void {
  const columns = layer.columns;
  const z = layer.values;
  const size = problem.groupSize;
  for (let block = 0; block < blocksOf(layer.rows); block += 1) {
    const rows = rowsOf(layer.rows, block);
    const at = (<usize>block) << 5;
    const weights = layer.weights + at * <usize>columns;
    blockProduct(rows, weights, layer.biases + at, x, problem.stride, z, PAIR, columns, pairs);
    reluOutputs(rows, problem.outer + at, z, PAIR, problem.residuals, pairs);
    // A block may reach into the next group.
    let from = 0;
    while (from < rows) {
      const neuron = (block << 2) + from;
      const group = neuron / size;
      const bit = neuron - group * size;
      const taken = min(rows - from, size - bit);
      const to = problem.patterns + ((<usize>(group * problem.panelPairs)) << 4);
      const unit = (<i64>problem.rowBytes) << bit;
      addPatterns(taken, problem.kink, bit == 0, z + (from << 4), unit, to, pairs);
      from += taken;
    }
  }
}

// @ts-ignore: decorator
@inline
function place(kink: i32, z: v128, unit: v128): v128 {
  const zero = f64x2.splat(0);
  return v128.and(kink ? f64x2.ge(z, zero) : f64x2.gt(z, zero), unit);
}

/** places (+)= Σ_row unit·2^row·1{z_row > 0}, over `rows` ≤ 4 rows; 1{z ≥ 0} where `kink` is 1. */
function addPatterns(
  rows: i32,
  kink: i32,
  fresh: bool,
  z: usize,
  unit: i64,
  places: usize,
  pairs: i32,
): void {
  const end = places + ((<usize>pairs) << 4);
  const u0 = i64x2.splat(unit);
  const u1 = i64x2.splat(unit << 1);
  const u2 = i64x2.splat(unit << 2);
  const u3 = i64x2.splat(unit << 3);
  if (rows == 4 && !kink) {
    for (; places != end; places += 16, z += PAIR) {
      const low = i64x2.add(place(0, v128.load(z), u0), place(0, v128.load(z, 16), u1));
      const high = i64x2.add(place(0, v128.load(z, 32), u2), place(0, v128.load(z, 48), u3));
      const all = i64x2.add(low, high);
      v128.store(places, fresh ? all : i64x2.add(v128.load(places), all));
    }
    return;
  }
  for (; places != end; places += 16, z += PAIR) {
    let all = place(kink, v128.load(z), u0);
    if (rows > 1) all = i64x2.add(all, place(kink, v128.load(z, 16), u1));
    if (rows > 2) all = i64x2.add(all, place(kink, v128.load(z, 32), u2));
    if (rows > 3) all = i64x2.add(all, place(kink, v128.load(z, 48), u3));
    v128.store(places, fresh ? all : i64x2.add(v128.load(places), all));
  }
}

/** to[i] = r_i·row[i]. */
function scaleRows(row: usize, r: usize, to: usize, rowBytes: usize, samples: i32): void {
  for (let i = 0; i < samples; i += 1) {
    const residual = v128.load_splat<f64>(r + ((<usize>i) << 3));
    const end = row + rowBytes;
    for (; row != end; row += 16, to += 16) {
      v128.store(to, f64x2.mul(residual, v128.load(row)));
    }
  }
}

/** bucket[places[i]] += scaled[i]. */
function addToBuckets(
  scaled: usize,
  places: usize,
  buckets: usize,
  rowBytes: usize,
  samples: i32,
): void {
  const unrolled = rowBytes & ~63;
  for (let i = 0; i < samples; i += 1, places += 8) {
    let to = buckets + <usize>load<u32>(places);
    const middle = scaled + unrolled;
    const end = scaled + rowBytes;
    for (; scaled != middle; scaled += 64, to += 64) {
      const a = f64x2.add(v128.load(to), v128.load(scaled));
      const b = f64x2.add(v128.load(to, 16), v128.load(scaled, 16));
      const c = f64x2.add(v128.load(to, 32), v128.load(scaled, 32));
      const d = f64x2.add(v128.load(to, 48), v128.load(scaled, 48));
      v128.store(to, a);
      v128.store(to, b, 16);
      v128.store(to, c, 32);
      v128.store(to, d, 48);
    }
    for (; scaled != end; scaled += 16, to += 16) {
      v128.store(to, f64x2.add(v128.load(to), v128.load(scaled)));
    }
  }
}

/** bucket[places[i]] += r_i·rows[i]: what `scaleRows` and `addToBuckets` do together. */
function addScaledToBuckets(
  rows: usize,
  r: usize,
  places: usize,
  buckets: usize,
  rowBytes: usize,
  samples: i32,
): void {
  const unrolled = rowBytes & ~63;
  for (let i = 0; i < samples; i += 1, places += 8, r += 8) {
    let to = buckets + <usize>load<u32>(places);
    const residual = v128.load_splat<f64>(r);
    const middle = rows + unrolled;
    const end = rows + rowBytes;
    for (; rows != middle; rows += 64, to += 64) {
      const a = f64x2.add(v128.load(to), f64x2.mul(residual, v128.load(rows)));
      const b = f64x2.add(v128.load(to, 16), f64x2.mul(residual, v128.load(rows, 16)));
      const c = f64x2.add(v128.load(to, 32), f64x2.mul(residual, v128.load(rows, 32)));
      const d = f64x2.add(v128.load(to, 48), f64x2.mul(residual, v128.load(rows, 48)));
      v128.store(to, a);
      v128.store(to, b, 16);
      v128.store(to, c, 32);
      v128.store(to, d, 48);
    }
    for (; rows != end; rows += 16, to += 16) {
      v128.store(to, f64x2.add(v128.load(to), f64x2.mul(residual, v128.load(rows))));
    }
  }
}

/**
 * The sums of a group's neurons from its buckets: the highest neuron's is that of the upper half, which is
 * then added to the lower half, and so on down.
 */
function unfold(problem: Problem, layer: Layer, group: i32): void {
  const rowBytes = problem.rowBytes;
  const size = <usize>problem.groupSize;
  const first = group * problem.groupSize;
  const buckets = problem.buckets + (rowBytes << size) * <usize>group;
  for (let bit = <i32>size - 1; bit >= 0; bit -= 1) {
    const half = rowBytes << (<usize>bit);
    if (first + bit < layer.rows) sumOf(problem, layer, first + bit, buckets + half, 1 << bit);
    for (let at = buckets; at != buckets + half; at += 16) {
      v128.store(at, f64x2.add(v128.load(at), v128.load(at + half)));
    }
  }
}

/** The sum of `count` buckets, to the sums of a neuron. */
function sumOf(problem: Problem, layer: Layer, neuron: i32, bucket: usize, count: i32): void {
  const rowBytes = problem.rowBytes;
  const sum = problem.scaled;
  memory.fill(sum, 0, rowBytes);
  for (let p = 0; p < count; p += 1) {
    for (let at: usize = 0; at < rowBytes; at += 16) {
      v128.store(sum + at, f64x2.add(v128.load(sum + at), v128.load(bucket + at)));
    }
    bucket += rowBytes;
  }
  const lane = (<usize>(neuron & 3)) << 4;
  const block = <usize>(neuron >> 2);
  let to = layer.weightSums + block * ((<usize>layer.columns) << 6) + lane;
  for (let k: usize = 0; k < <usize>layer.columns; k += 1, to += 64) {
    store<f64>(to, load<f64>(sum + (k << 3)));
  }
  if (problem.biased) {
    store<f64>(
      layer.biasSums + (block << 6) + lane,
      load<f64>(sum + ((<usize>layer.columns) << 3)),
    );
  }
}
