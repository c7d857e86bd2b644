/**
 * Hashes of training runs and of seeded draws, from the compiled package alone, so that any Node
 * version can run it: `node src/running/testing/reproducibility.mjs` prints them as JSON. In a worker
 * thread it posts them.
 */
import { createHash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { pathToFileURL } from 'node:url';
import * as generators from '../../../dist/src/generators/index.js';
import * as math from '../../../dist/src/math/index.js';
import { createJs64, createWasm64 } from '../../../dist/src/training/index.js';

function hash(numbers) {
  const doubles = Float64Array.from(numbers, (x) => (Number.isNaN(x) ? NaN : x));
  return createHash('sha256').update(new Uint8Array(doubles.buffer)).digest('hex').slice(0, 16);
}

const random = (...key) => math.randomSource('reproducibility', ...key);
const rows = (source, count, length) =>
  Array.from({ length: count }, () => math.normalVector(source, length));

function twoLayer(key, activation, width, inputDim, biased) {
  const source = random('network', key);
  const network = {
    activation,
    inputDim,
    inner: rows(source, width, inputDim),
    outer: math.normalVector(source, width),
  };
  return biased ? { ...network, biases: math.normalVector(source, width) } : network;
}

function sample(key, sampleSize, inputDim) {
  const source = random('sample', key);
  return {
    inputDim,
    inputs: rows(source, sampleSize, inputDim),
    labels: math.normalVector(source, sampleSize),
  };
}

const budget = { maxSteps: 200 };

/** 200 steps on four shapes: two-layer and deep, full batches and minibatches. */
const TASKS = {
  'ReLU, width 100, d = 2, N = 40': {
    initial: twoLayer('relu', { name: 'relu' }, 100, 2, false),
    dataset: sample('relu', 40, 2),
    objective: { scale: 'mean' },
    optimiser: { kind: 'gradient-descent', stepSize: 0.001 },
    budget,
  },
  'ReLU with biases, width 10, d = 20, N = 101': {
    initial: twoLayer('wide', { name: 'relu' }, 10, 20, true),
    dataset: sample('wide', 101, 20),
    objective: { scale: 'mean' },
    optimiser: { kind: 'gradient-descent', stepSize: 0.001 },
    budget,
  },
  'tanh with biases, width 7, d = 5, N = 33, minibatches of 4': {
    initial: twoLayer('tanh', { name: 'tanh' }, 7, 5, true),
    dataset: sample('tanh', 33, 5),
    objective: { scale: 'half-mean', weightDecay: { lambda: 0.01, on: 'all' } },
    optimiser: { kind: 'sgd', stepSize: 0.05, batchSize: 4, replacement: false, seed: 'r' },
    budget,
  },
  'deep ReLU, widths 9 and 6, d = 3, N = 70, projected': {
    initial: {
      activation: { name: 'relu' },
      inputDim: 3,
      hidden: [rows(random('deep', 1), 9, 3), rows(random('deep', 2), 6, 9)],
      outer: math.normalVector(random('deep', 3), 6).map(Math.abs),
    },
    dataset: sample('deep', 70, 3),
    objective: { scale: 'mean', weightDecay: { lambda: 0.1, on: 'inner' }, derivativeAtKink: 1 },
    optimiser: { kind: 'projected', stepSize: 0.01, unitInner: true },
    budget,
  },
};

function resultNumbers({ network, objective, dataLoss, gradientNorm, steps }) {
  const inner = (network.inner ?? network.hidden).flat(2);
  return [
    ...inner,
    ...network.outer,
    ...(network.biases ?? []),
    objective,
    dataLoss,
    gradientNorm,
    steps,
  ];
}

/** Every activation goes into the trajectories of one short run each. */
const ACTIVATIONS = [
  { name: 'relu' },
  { name: 'saturated-relu' },
  { name: 'step' },
  { name: 'sigmoid' },
  { name: 'tanh' },
  { name: 'arctan' },
  { name: 'erf' },
  { name: 'sine' },
  { name: 'gaussian-bump' },
  { name: 'softplus', beta: 3 },
  { name: 'constant', value: 0.75 },
  { name: 'linear' },
];

function activationTask(activation) {
  return {
    initial: twoLayer(activation.name, activation, 5, 3, true),
    dataset: sample(activation.name, 11, 3),
    objective: { scale: 'mean' },
    optimiser: { kind: 'gradient-descent', stepSize: 0.01 },
    budget: { maxSteps: 20 },
  };
}

const LAWS = {
  uniform: (source) => source.uniform(),
  uniformPositive: (source) => source.uniformPositive(),
  integer: (source) => source.integer(1000),
  sign: (source) => source.sign(),
  normal: math.normal,
  normalVector: (source) => math.normalVector(source, 5),
  exponential: math.exponential,
  gamma: (source) => math.gamma(source, 0.7),
  chiSquare: (source) => math.chiSquare(source, 3),
  studentT: (source) => math.studentT(source, 2.5),
  pareto: (source) => math.pareto(source, 1.5),
  rademacher: math.rademacher,
  uniformBetween: (source) => math.uniformBetween(source, -3, 0.5),
  permutation: (source) => math.permutation(source, 9),
  unitSphere: (source) => math.unitSphere(source, 4),
  orthogonalMatrix: (source) => math.orthogonalMatrix(source, 3).flat(),
};

const unit = [0.6, 0.8, 0];
const dimension = 3;
const INPUT_LAWS = [
  { name: 'gaussian', dimension },
  { name: 'gaussian-covariance', dimension, spectrum: [4, 1, 0.01], rotationSeed: 7 },
  { name: 'gaussian-shifted', dimension, mean: [1, 0, -2] },
  { name: 'sphere', dimension, radius: 1 },
  { name: 'rademacher', dimension },
  { name: 'binary-cube', dimension },
  { name: 'unit-cube', dimension },
  { name: 'symmetric-cube', dimension },
  { name: 'absolute-gaussian', dimension },
  { name: 'exponential', dimension },
  { name: 'pareto', dimension, tail: 1.5 },
  { name: 'centred-exponential', dimension },
  { name: 'skewed-two-point', dimension, probability: 0.2 },
  { name: 'student-t', dimension, degrees: 2.5 },
  {
    name: 'scale-mixture',
    dimension,
    base: 'sphere',
    nearScale: 0.5,
    farScale: 9,
    farProbability: 0.125,
  },
  { name: 'atoms', dimension, points: [unit, [0, 0, 2]], probabilities: [0.25, 0.75] },
  { name: 'basis-atoms', dimension, constant: 2, signed: true },
  { name: 'line', dimension, direction: unit, half: true },
  { name: 'hyperplane', dimension, normal: unit, offset: 0.5 },
  { name: 'halfspace', dimension, normal: unit, margin: 0.25 },
  { name: 'clusters', dimension, centres: [unit, [0, 3, 0]], spread: 0.1 },
];

const LABEL_LAWS = [
  { name: 'zero' },
  { name: 'constant', value: 2 },
  { name: 'fair-sign', scale: 3 },
  { name: 'bounded', scale: 2 },
  { name: 'gaussian', scale: 2 },
  { name: 'student-t', degrees: 2.5, scale: 1 },
  { name: 'pareto', tail: 1.5, scale: 1 },
  { name: 'teacher', teacher: twoLayer('teacher', { name: 'sigmoid' }, 3, dimension, false) },
  { name: 'parity', coordinates: [0, 2], scale: 1 },
  { name: 'sign', direction: unit, scale: 1 },
];

const DRAWS = 1000;

/** The names of the laws that are drawn from, so that a test can tell whether any is left out. */
export const DRAWN = {
  inputs: INPUT_LAWS.map(({ name }) => name),
  labels: LABEL_LAWS.map(({ name }) => name),
};

/** Every hash, by what it is of. `batched` trains all tasks in one call. */
export function hashes(batched = false) {
  const engine = createWasm64();
  const found = {};
  const names = Object.keys(TASKS);
  const results = batched
    ? engine.trainMany([...names.map((name) => TASKS[name]), ...ACTIVATIONS.map(activationTask)])
    : names.map((name) => engine.train(TASKS[name]));
  names.forEach((name, i) => {
    found[`wasm64: ${name}`] = hash(resultNumbers(results[i]));
  });
  const short = batched
    ? results.slice(names.length)
    : ACTIVATIONS.map((activation) => engine.train(activationTask(activation)));
  ACTIVATIONS.forEach(({ name }, i) => {
    found[`wasm64: 20 steps with ${name}`] = hash(resultNumbers(short[i]));
  });
  const reference = createJs64();
  for (const name of names) {
    found[`js64: ${name}`] = hash(resultNumbers(reference.train(TASKS[name])));
  }
  for (const [name, law] of Object.entries(LAWS)) {
    const source = random('law', name);
    found[`law: ${name}`] = hash(Array.from({ length: DRAWS }, () => law(source)).flat());
  }
  for (const law of INPUT_LAWS) {
    const drawn = generators.drawInputs(law, DRAWS, random('inputs', law.name));
    found[`inputs: ${law.name}`] = hash(drawn.flat());
  }
  const inputs = generators.drawInputs({ name: 'gaussian', dimension }, DRAWS, random('labelled'));
  for (const law of LABEL_LAWS) {
    const drawn = generators.drawLabels(law, inputs, random('labels', law.name));
    found[`labels: ${law.name}`] = hash(drawn);
  }
  return found;
}

if (parentPort) parentPort.postMessage(hashes());
else if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.stdout.write(`${JSON.stringify(hashes(), null, 2)}\n`);
}
