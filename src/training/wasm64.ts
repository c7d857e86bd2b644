import type { Matrix } from '../model/index.js';
import type {
  AnyNetwork,
  Engine,
  EngineOptions,
  LossAndGradient,
  LossLaplacian,
  TrainingTask,
} from './engine.js';
import { checkTwoLayer, flatParameters, flatten } from './flat-problem.js';
import type { FlatParameters } from './flat-problem.js';
import { laplacianFromSums } from './js64-laplacian.js';
import { checkObjective, kinkOf, trainedParts } from './settings-checks.js';
import { blockStride, pairsOf, readParameters } from './wasm64-layout.js';
import { instantiate } from './wasm64-module.js';
import type { Sample } from './wasm64-problem.js';
import { layOut, sampleOf, setObjective } from './wasm64-problem.js';
import { trainInWasm } from './wasm64-training.js';

/**
 * The engine in WebAssembly SIMD, float64: fused passes forwards and backwards and whole training loops
 * in AssemblyScript (`kernels/`), with a fixed order of summation and the elementary functions of
 * `src/math`, so a run's bits are the same on every machine. Its memory grows to what the largest
 * problem needs and is used again.
 */
export function createWasm64({ now }: EngineOptions = {}): Engine {
  const { kernels, arena } = instantiate();
  const all = (network: AnyNetwork) => trainedParts('', undefined, network.biases !== undefined);

  return {
    name: 'wasm64',
    description: 'WebAssembly SIMD, float64',
    precision: 'float64',

    lossAndGradient(network, dataset, objective): LossAndGradient {
      const where = 'lossAndGradient';
      const parameters = flatParameters(where, network);
      const sample = sampleOf(where, dataset, network.inputDim);
      checkObjective(where, objective);
      const { record, layers } = layOut(arena, network, parameters, sample, {
        trained: all(network),
        kink: objective.derivativeAtKink,
      });
      setObjective(record, objective);
      kernels.evaluate(record.at);
      const gradient = zerosLike(parameters);
      readParameters(arena, layers, record.get('outerGradient'), 'gradient', gradient);
      return {
        objective: record.number('objective'),
        dataLoss: record.number('dataLoss'),
        ...gradient,
      };
    },

    lossLaplacian(network, dataset, objective): LossLaplacian {
      const where = 'lossLaplacian';
      checkTwoLayer(where, network);
      const parameters = flatParameters(where, network);
      const sample = sampleOf(where, dataset, network.inputDim);
      checkObjective(where, objective);
      const { record } = layOut(arena, network, parameters, sample, {
        trained: all(network),
        kink: objective.derivativeAtKink,
        curves: true,
      });
      const sums = arena.allocate(24);
      kernels.laplacianSums(record.at, sums);
      const [inner, outer, biases] = arena.doubles().subarray(sums / 8, sums / 8 + 3);
      return laplacianFromSums({ inner, outer, biases }, objective, sample.count, parameters);
    },

    inputGradients(network, inputs, derivativeAtKink): Float64Array {
      const where = 'inputGradients';
      const parameters = flatParameters(where, network);
      const kink = kinkOf(where, derivativeAtKink);
      const { inputDim } = network;
      const sample = inputsOf(where, inputs, inputDim);
      const { record } = layOut(arena, network, parameters, sample, {
        trained: all(network),
        kink,
        layered: true,
      });
      const apart = blockStride(inputDim);
      const to = arena.allocate(apart * pairsOf(sample.count));
      kernels.inputGradientsDeep(record.at, record.get('inputs'), to, apart, sample.count);
      const doubles = arena.doubles();
      const gradients = new Float64Array(sample.count * inputDim);
      for (let i = 0; i < sample.count; i += 1) {
        const from = (to + (i >> 1) * apart) / 8 + (i & 1);
        for (let k = 0; k < inputDim; k += 1) {
          gradients[i * inputDim + k] = doubles[from + 2 * k];
        }
      }
      return gradients;
    },

    train: (task) => trainInWasm(kernels, arena, task, now),
    trainMany: <N extends AnyNetwork>(tasks: readonly TrainingTask<N>[]) =>
      tasks.map((task) => trainInWasm(kernels, arena, task, now)),

    predict(network, inputs): Float64Array {
      const where = 'predict';
      const parameters = flatParameters(where, network);
      const sample = inputsOf(where, inputs, network.inputDim);
      const { record } = layOut(arena, network, parameters, sample, {
        trained: all(network),
        layered: true,
      });
      const to = arena.allocate(16 * pairsOf(sample.count));
      kernels.outputsDeep(record.at, record.get('inputs'), to, sample.count);
      return arena.doubles().slice(to / 8, to / 8 + sample.count);
    },
  };
}

function zerosLike(parameters: FlatParameters): FlatParameters {
  return {
    inner: new Float64Array(parameters.inner.length),
    outer: new Float64Array(parameters.outer.length),
    biases: new Float64Array(parameters.biases.length),
  };
}

function inputsOf(where: string, inputs: Matrix, inputDim: number): Sample {
  const flat = new Float64Array(inputs.length * inputDim);
  flatten(where, 'inputs', inputs, inputDim, flat);
  return { flat, labels: null, count: inputs.length };
}
