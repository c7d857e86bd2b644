import type { AnyNetwork, Engine, EngineOptions, LossAndGradient, Objective } from './engine.js';
import type { Dataset, Vector } from '../model/index.js';
import { flatParameters, shapeOf } from './flat-problem.js';
import { checkObjective, trainedParts } from './settings-checks.js';
import { tensorActivation } from './tfjs-activations.js';
import type { ModuleLoader, TfjsBackend, TfjsSession } from './tfjs-backend.js';
import { TFJS_BACKENDS, installedModule, openBackend, tidied } from './tfjs-backend.js';
import { tensorInputGradients, tensorLaplacian } from './tfjs-derivatives.js';
import { download, evaluateTensors, outputs, upload } from './tfjs-network.js';
import { packInputs, packSample, sampleTensors } from './tfjs-sample.js';
import { trainTensors } from './tfjs-train.js';

/**
 * An engine on TensorFlow.js in float32, with its autodiff: independent of the other engines, whose differential
 * oracle it is. Numbers are rounded to float32 (unit roundoff 2⁻²⁴) and overflow at 3.4e38, and the
 * bits depend on the backend. Only the minibatches are drawn as the other engines draw them.
 *
 * @param backend the backend; by default the first of node, wasm, cpu that works here
 * @param load loads TensorFlow.js's packages; tests replace it
 * @throws RangeError for an unknown backend
 * @throws Error when the backend, or every one, does not work here
 */
export async function createTfjs(
  backend?: TfjsBackend,
  load: ModuleLoader = installedModule,
  { now = () => performance.now() }: EngineOptions = {},
): Promise<Engine> {
  if (backend !== undefined && !TFJS_BACKENDS.includes(backend)) {
    throw new RangeError(
      `createTfjs: backend must be one of ${TFJS_BACKENDS.join(', ')}, got ${backend}`,
    );
  }
  const { session, failures } = await firstSession(
    backend === undefined ? TFJS_BACKENDS : [backend],
    load,
  );
  if (session !== null) return engineOn(session, now);
  const wanted = backend === undefined ? 'a backend of TensorFlow.js' : 'backend';
  throw new Error(
    `createTfjs: ${wanted} must work here, got ${failures.map(({ backend: failed, why }) => `${failed} (${why})`).join(', ')}`,
  );
}

/** A backend that does not work here, and why, in one line. */
interface BackendFailure {
  readonly backend: TfjsBackend;
  readonly why: string;
}

/** What `createTfjs` would use here. */
export interface TfjsStatus {
  /** The description of the engine; null where no backend works. */
  readonly description: string | null;
  readonly backend: TfjsBackend | null;
  /** The faster backends that do not work. */
  readonly failures: readonly BackendFailure[];
}

/** Which backend of TensorFlow.js works here, and why no faster one does; loads what it tries. */
export async function tfjsStatus(load: ModuleLoader = installedModule): Promise<TfjsStatus> {
  const { session, failures } = await firstSession(TFJS_BACKENDS, load);
  return {
    description: session === null ? null : descriptionOf(session),
    backend: session?.backend ?? null,
    failures,
  };
}

async function firstSession(
  backends: readonly TfjsBackend[],
  load: ModuleLoader,
): Promise<{
  readonly session: TfjsSession | null;
  readonly failures: readonly BackendFailure[];
}> {
  const failures: BackendFailure[] = [];
  for (const backend of backends) {
    try {
      return { session: await openBackend(backend, load), failures };
    } catch (error) {
      failures.push({ backend, why: firstLine(error) });
    }
  }
  return { session: null, failures };
}

function descriptionOf({ tf, backend }: TfjsSession): string {
  return `TensorFlow.js ${tf.version_core} (float32), ${backend} backend`;
}

/** The backends that work here, in the order in which `createTfjs` prefers them. */
export async function tfjsBackends(
  load: ModuleLoader = installedModule,
): Promise<readonly TfjsBackend[]> {
  const working: TfjsBackend[] = [];
  for (const backend of TFJS_BACKENDS) {
    const works = await openBackend(backend, load).then(
      () => true,
      () => false,
    );
    if (works) working.push(backend);
  }
  return working;
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n', 1)[0];
}

function engineOn(session: TfjsSession, now: () => number): Engine {
  const { tf } = session;
  /** Runs on this engine's backend, whichever another engine of the thread has made current. */
  const here = <T>(compute: () => T): T => {
    session.activate();
    return compute();
  };
  return {
    name: 'tfjs',
    description: descriptionOf(session),
    precision: 'float32',
    lossAndGradient: (network, dataset, objective) =>
      here(() => lossAndGradient(session, network, dataset, objective)),
    lossLaplacian: (network, dataset, objective) =>
      here(() => tensorLaplacian(tf, network, dataset, objective)),
    inputGradients: (network, inputs, derivativeAtKink) =>
      here(() => tensorInputGradients(tf, network, inputs, derivativeAtKink)),
    train: (task) => here(() => trainTensors(session, task, now)),
    trainMany: (tasks) => here(() => tasks.map((task) => trainTensors(session, task, now))),
    predict: (network, inputs) => here(() => predict(session, network, inputs)),
  };
}

function lossAndGradient(
  { tf }: TfjsSession,
  network: AnyNetwork,
  dataset: Dataset,
  objective: Objective,
): LossAndGradient {
  const where = 'lossAndGradient';
  const parameters = flatParameters(where, network);
  checkObjective(where, objective);
  const flat = packSample(where, dataset, network.inputDim);
  const trained = trainedParts(where, undefined, network.biases !== undefined);
  return tidied(tf, () => {
    const tensors = upload(tf, shapeOf(network), parameters);
    const activation = tensorActivation(tf, network.activation, objective.derivativeAtKink ?? 0);
    const sample = sampleTensors(tf, flat);
    const { gradient, ...values } = evaluateTensors(
      tf,
      tensors,
      activation,
      sample,
      objective,
      trained,
    );
    return { ...values, ...download(tensors, gradient, parameters) };
  });
}

function predict(
  { tf }: TfjsSession,
  network: AnyNetwork,
  inputs: readonly Vector[],
): Float64Array {
  const where = 'predict';
  const parameters = flatParameters(where, network);
  const rows = packInputs(where, 'inputs', inputs, network.inputDim);
  if (inputs.length === 0) return new Float64Array(0);
  return tidied(tf, () => {
    const tensors = upload(tf, shapeOf(network), parameters);
    const activation = tensorActivation(tf, network.activation, 0);
    const x = tf.tensor2d(rows, [inputs.length, network.inputDim]);
    return Float64Array.from(outputs(tf, tensors, activation, x).dataSync());
  });
}
