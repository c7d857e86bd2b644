import type { Activation, ActivationName, Dataset } from '../model/index.js';
import { checkActivation } from '../model/index.js';
import type { AnyNetwork, Objective, Optimiser, Trainable } from './engine.js';
import type { FlatParameters, NetworkShape } from './flat-problem.js';
import { checkSample, flatten, isDeep, shapeOf } from './flat-problem.js';
import type { Buckets } from './wasm64-layout.js';
import {
  allocateInputs,
  allocateNetwork,
  allocateRows,
  blockStride,
  blocksOf,
  bucketedPanelPairs,
  bucketsOf,
  pairsOf,
  panelPairs,
  sampleStride,
} from './wasm64-layout.js';
import type { Arena, LayerFields, ProblemRecord } from './wasm64-memory.js';
import { allocateLayers, allocateProblem } from './wasm64-memory.js';

/** The numbers that the kernels know activations by (`kernels/activations.ts`). */
const ACTIVATIONS: readonly ActivationName[] = [
  'relu',
  'saturated-relu',
  'step',
  'sigmoid',
  'tanh',
  'arctan',
  'erf',
  'sine',
  'gaussian-bump',
  'softplus',
  'constant',
  'linear',
];

/** And optimisers (`kernels/problem.ts`). */
const OPTIMISERS: readonly Optimiser['kind'][] = ['gradient-descent', 'sgd', 'projected', 'mirror'];

/** Epochs whose seeds are handed over at once. */
export const SEEDED_EPOCHS = 256;

/** A problem in the kernels' memory. */
export interface LaidOut {
  readonly record: ProblemRecord;
  readonly layers: readonly LayerFields[];
}

/** What of a problem lies in memory. */
export interface Sample {
  /** Row-major (count, inputDim). */
  readonly flat: Float64Array;
  readonly labels: Float64Array | null;
  readonly count: number;
}

/** A dataset as a flat sample. @throws RangeError when shapes do not fit or an entry is not finite */
export function sampleOf(where: string, dataset: Dataset, inputDim: number): Sample {
  checkSample(where, dataset, inputDim);
  const count = dataset.inputs.length;
  const flat = new Float64Array(count * inputDim);
  flatten(where, 'dataset.inputs', dataset.inputs, inputDim, flat);
  return { flat, labels: new Float64Array(dataset.labels), count };
}

/** Everything that the kernels need to know of a network, its parameters and a sample. */
export function layOut(
  arena: Arena,
  network: AnyNetwork,
  parameters: FlatParameters,
  sample: Sample,
  settings: {
    readonly trained: Trainable;
    /** Whether to go layer by layer also where a two-layer network has fused passes. */
    readonly layered?: boolean;
    readonly curves?: boolean;
    readonly kink?: 0 | 1;
    /** The largest minibatch, where there are any. */
    readonly batchSize?: number;
    readonly unitInner?: boolean;
  },
): LaidOut {
  checkActivation(network.activation);
  const { trained, kink } = settings;
  const shape = shapeOf(network);
  const { inputDim, widths } = shape;
  const stride = sampleStride(inputDim);
  const fused = !isDeep(network) && settings.layered !== true;
  const pairs = Math.max(1, pairsOf(sample.count));
  const buckets =
    fused && network.activation.name === 'relu'
      ? bucketsOf(inputDim, parameters.biases.length > 0, widths[0], sample.count)
      : null;
  const panel =
    buckets === null ? panelPairs(stride, widths, pairs) : bucketedPanelPairs(stride, pairs);

  arena.reset();
  const record = allocateProblem(arena);
  const { layers, outer } = allocateNetwork(arena, shape, parameters, panel, !fused);
  record.set('layers', allocateLayers(arena, layers));
  record.set('depth', widths.length);
  record.set('fused', fused ? 1 : 0);
  record.set('activation', ACTIVATIONS.indexOf(network.activation.name));
  record.setNumber('parameter', parameterOf(network.activation));
  record.set('kink', kink ?? 0);
  record.set('biased', parameters.biases.length > 0 ? 1 : 0);
  record.set('trainsInner', trained.inner ? 1 : 0);
  record.set('trainsOuter', trained.outer ? 1 : 0);
  record.set('trainsBiases', trained.biases ? 1 : 0);
  record.set('sampleSize', sample.count);
  record.set('inputDim', inputDim);
  record.set('stride', stride);
  record.set('panelPairs', panel);
  record.set('inputs', allocateInputs(arena, sample.flat, sample.count, inputDim, stride));
  const labels = arena.allocateZeros(16 * pairsOf(sample.count));
  if (sample.labels) arena.doubles().set(sample.labels, labels / 8);
  record.set('labels', labels);
  record.set('outer', outer);
  allocateScratch(arena, record, shape, panel, settings);
  if (buckets !== null) allocateBuckets(arena, record, sample, inputDim, panel, buckets);
  return { record, layers };
}

function parameterOf(activation: Activation): number {
  if (activation.name === 'softplus') return activation.beta;
  return activation.name === 'constant' ? activation.value : 0;
}

function allocateScratch(
  arena: Arena,
  record: ProblemRecord,
  { inputDim, widths }: NetworkShape,
  panel: number,
  settings: Parameters<typeof layOut>[4],
): void {
  const stride = sampleStride(inputDim);
  const widest = blockStride(Math.max(...widths));
  const last = blocksOf(widths[widths.length - 1]);
  record.set('outerGradient', arena.allocateZeros(32 * last));
  record.set('outerSums', arena.allocate(64 * last));
  record.set('residuals', arena.allocateZeros(16 * panel));
  record.set('scaled', arena.allocate(16 * inputDim * panel));
  record.set('zeros', arena.allocateZeros(32));
  const ones = arena.allocate(16 * panel);
  arena.doubles().fill(1, ones / 8, ones / 8 + 2 * panel);
  record.set('ones', ones);
  record.set('backward', widths.length > 1 ? arena.allocate(widest * panel) : 0);
  record.set('curves', settings.curves === true ? arena.allocateZeros(widest * panel) : 0);
  if (settings.unitInner === true) {
    const largest = Math.max(
      ...widths.map((width, l) => 32 * blocksOf(width) * (l === 0 ? inputDim : widths[l - 1])),
    );
    record.set('previous', arena.allocate(largest));
  }
  if (settings.batchSize !== undefined) {
    const { batchSize } = settings;
    record.set('batchSize', batchSize);
    record.set('batchInputs', arena.allocateZeros(stride * pairsOf(batchSize)));
    record.set('batchLabels', arena.allocateZeros(16 * pairsOf(batchSize)));
    record.set('order', arena.allocate(4 * record.get('sampleSize')));
    record.set('seeds', arena.allocate(16 * SEEDED_EPOCHS));
    record.set('random', arena.allocate(16));
  }
}

function allocateBuckets(
  arena: Arena,
  record: ProblemRecord,
  { flat, count }: Sample,
  inputDim: number,
  panel: number,
  buckets: Buckets,
): void {
  const { groupSize, groups, rowBytes } = buckets;
  record.set('groupSize', groupSize);
  record.set('groups', groups);
  record.set('rowBytes', rowBytes);
  record.set('rows', allocateRows(arena, flat, count, inputDim, buckets));
  // Minibatches go without buckets and need room for pairs.
  record.set('scaled', arena.allocate(2 * panel * Math.max(rowBytes, 8 * inputDim)));
  record.set('patterns', arena.allocateZeros(16 * panel * groups));
  record.set('buckets', arena.allocate((rowBytes << groupSize) * groups));
}

/** The settings of the objective. */
export function setObjective(record: ProblemRecord, { scale, weightDecay }: Objective): void {
  const lambda = weightDecay?.lambda ?? 0;
  const all = weightDecay?.on === 'all';
  record.setNumber('lossScale', scale === 'mean' ? 1 : 0.5);
  record.setNumber('lambdaInner', lambda);
  record.setNumber('lambdaRest', all ? lambda : 0);
  record.set('decays', all ? 2 : 1);
}

/** The settings of the optimiser. */
export function setOptimiser(record: ProblemRecord, optimiser: Optimiser): void {
  record.set('optimiser', OPTIMISERS.indexOf(optimiser.kind));
  record.setNumber('stepSize', optimiser.stepSize);
  record.set('unitInner', 'unitInner' in optimiser && optimiser.unitInner ? 1 : 0);
  record.set('interval', 1);
  if (optimiser.kind !== 'sgd') return;
  const sampleSize = record.get('sampleSize');
  record.set('interval', Math.ceil(sampleSize / optimiser.batchSize));
  record.set('replacement', optimiser.replacement ? 1 : 0);
  record.set('position', sampleSize);
  record.setNumber('epoch', -1);
}
