import type { FlatParameters, NetworkShape } from './flat-problem.js';
import { rowLengths } from './flat-problem.js';
import type { Arena, LayerFields } from './wasm64-memory.js';

/** Rows in a block of weights. */
const BLOCK = 4;

/** Blocks of four that hold `count` rows. */
export function blocksOf(count: number): number {
  return Math.ceil(count / BLOCK);
}

/** Pairs that hold `count` samples. */
export function pairsOf(count: number): number {
  return Math.ceil(count / 2);
}

/**
 * Bytes between pairs of samples with `columns` entries. A multiple of 1024 would put the pairs of a panel
 * into few sets of the first-level cache.
 */
export function sampleStride(columns: number): number {
  const bytes = 16 * columns;
  return bytes % 1024 === 0 ? bytes + 64 : bytes;
}

/** The same for rows that are written in whole blocks. */
export function blockStride(rows: number): number {
  return sampleStride(BLOCK * blocksOf(rows));
}

/**
 * Pairs of samples that one pass takes together: as many as keep the samples of a panel within half of a
 * first-level cache of 32 KiB, and what belongs to neurons and samples within that or a small multiple,
 * but at least `LEAST`, over which the cost of starting a loop is spread. Sums run panel by panel.
 */
export function panelPairs(stride: number, widths: readonly number[], pairs: number): number {
  const rowBytes = widths.reduce((sum, width) => sum + 16 * BLOCK * blocksOf(width), 0);
  const bySamples = Math.floor(PANEL_BYTES / stride);
  const byRows = Math.floor((2 * PANEL_BYTES) / rowBytes);
  return Math.min(pairs, Math.max(LEAST, Math.min(MOST, bySamples, byRows)));
}

const PANEL_BYTES = 16384;
const LEAST = 16;
const MOST = 64;

/** How a ReLU network's neurons share buckets (`kernels/bucketed-sums.ts`). */
export interface Buckets {
  readonly groupSize: number;
  readonly groups: number;
  /** Bytes of a row: the input, a 1 where there are biases, and padding to a pair. */
  readonly rowBytes: number;
}

/** Below this many columns, masks cost less than finding buckets. */
const BUCKETED_COLUMNS = 5;
/** Buckets of a group stay in a first-level cache beside the rows that come in. */
const BUCKET_BYTES = 20480;
/** A bucket must pay for its own unfolding. */
const SAMPLES_PER_BUCKET = 4;
const MOST_NEURONS = 8;

/** The sharing for a two-layer ReLU network, or null where sums go better without. */
export function bucketsOf(
  inputDim: number,
  biased: boolean,
  width: number,
  sampleSize: number,
): Buckets | null {
  if (inputDim < BUCKETED_COLUMNS) return null;
  const rowBytes = 16 * Math.ceil((inputDim + (biased ? 1 : 0)) / 2);
  let most = MOST_NEURONS;
  while (most > 1 && (rowBytes << most > BUCKET_BYTES || SAMPLES_PER_BUCKET << most > sampleSize)) {
    most -= 1;
  }
  if (most < 2 || width < 2) return null;
  const groups = Math.ceil(width / most);
  return { groupSize: Math.ceil(width / groups), groups, rowBytes };
}

/** Pairs of samples of a panel where buckets are shared: only the samples of a panel need room. */
export function bucketedPanelPairs(stride: number, pairs: number): number {
  return Math.min(pairs, Math.max(LEAST, Math.min(MOST, Math.floor((2 * PANEL_BYTES) / stride))));
}

/** Row-major samples to rows of `rowBytes`, each with a 1 after the input where there is room for it. */
export function allocateRows(
  arena: Arena,
  flat: Float64Array,
  count: number,
  inputDim: number,
  { rowBytes }: Buckets,
): number {
  const at = arena.allocateZeros(rowBytes * count);
  const doubles = arena.doubles();
  const step = rowBytes / 8;
  for (let i = 0; i < count; i += 1) {
    const to = at / 8 + i * step;
    for (let k = 0; k < inputDim; k += 1) doubles[to + k] = flat[i * inputDim + k];
    if (step > inputDim) doubles[to + inputDim] = 1;
  }
  return at;
}

/** Lays out the layers of a network and its parameters. */
export function allocateNetwork(
  arena: Arena,
  { inputDim, widths }: NetworkShape,
  parameters: FlatParameters,
  panel: number,
  deep: boolean,
): { readonly layers: readonly LayerFields[]; readonly outer: number } {
  const lengths = rowLengths({ inputDim, widths });
  let innerAt = 0;
  let biasAt = 0;
  const layers = widths.map((rows, l) => {
    const columns = lengths[l];
    const blocks = blocksOf(rows);
    const weightBytes = 32 * blocks * columns;
    const stride = blockStride(rows);
    const layer: LayerFields = {
      rows,
      columns,
      stride,
      weights: arena.allocateZeros(weightBytes),
      biases: arena.allocateZeros(32 * blocks),
      weightGradient: arena.allocateZeros(weightBytes),
      biasGradient: arena.allocateZeros(32 * blocks),
      weightSums: arena.allocate(2 * weightBytes),
      biasSums: arena.allocate(64 * blocks),
      values: arena.allocateZeros(stride * panel),
      slopes: arena.allocateZeros(stride * panel),
      transposed: deep ? arena.allocateZeros(32 * blocksOf(columns) * rows) : 0,
    };
    writeRows(arena, parameters.inner, innerAt, layer.weights, rows, columns);
    if (parameters.biases.length > 0) {
      arena.doubles().set(parameters.biases.subarray(biasAt, biasAt + rows), layer.biases / 8);
    }
    innerAt += rows * columns;
    biasAt += rows;
    return layer;
  });
  const outer = arena.allocateZeros(32 * blocksOf(parameters.outer.length));
  arena.doubles().set(parameters.outer, outer / 8);
  return { layers, outer };
}

/** Row-major rows to blocks of four. */
function writeRows(
  arena: Arena,
  from: Float64Array,
  start: number,
  to: number,
  rows: number,
  columns: number,
): void {
  const doubles = arena.doubles();
  let source = start;
  for (let j = 0; j < rows; j += 1) {
    let target = to / 8 + (j - (j % BLOCK)) * columns + (j % BLOCK);
    for (let k = 0; k < columns; k += 1) {
      doubles[target] = from[source];
      source += 1;
      target += BLOCK;
    }
  }
}

/** Which of a layer's numbers to read. */
export type LayerNumbers = 'parameters' | 'gradient';

/** Reads parameters, or their gradient, into flat arrays. */
export function readParameters(
  arena: Arena,
  layers: readonly LayerFields[],
  outer: number,
  which: LayerNumbers,
  into: FlatParameters,
): void {
  const doubles = arena.doubles();
  let target = 0;
  let biasAt = 0;
  for (const layer of layers) {
    const { rows, columns } = layer;
    const weights = which === 'parameters' ? layer.weights : layer.weightGradient;
    for (let j = 0; j < rows; j += 1) {
      let source = weights / 8 + (j - (j % BLOCK)) * columns + (j % BLOCK);
      for (let k = 0; k < columns; k += 1) {
        into.inner[target] = doubles[source];
        target += 1;
        source += BLOCK;
      }
    }
    if (into.biases.length > 0) {
      const biases = (which === 'parameters' ? layer.biases : layer.biasGradient) / 8;
      into.biases.set(doubles.subarray(biases, biases + rows), biasAt);
      biasAt += rows;
    }
  }
  into.outer.set(doubles.subarray(outer / 8, outer / 8 + into.outer.length));
}

/** Row-major samples to pairs; the partner of a lonely last sample is 0. Returns the address. */
export function allocateInputs(
  arena: Arena,
  flat: Float64Array,
  count: number,
  inputDim: number,
  stride: number,
): number {
  const at = arena.allocate(stride * pairsOf(count));
  const doubles = arena.doubles();
  const step = stride / 8;
  for (let i = 0; i < count; i += 1) {
    let target = at / 8 + (i >> 1) * step + (i & 1);
    for (let k = 0; k < inputDim; k += 1) {
      doubles[target] = flat[i * inputDim + k];
      target += 2;
    }
  }
  if (count % 2 === 1) {
    let target = at / 8 + (count >> 1) * step + 1;
    for (let k = 0; k < inputDim; k += 1) {
      doubles[target] = 0;
      target += 2;
    }
  }
  return at;
}
