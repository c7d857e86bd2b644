import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import type * as Core from '@tensorflow/tfjs-core';
import type * as Wasm from '@tensorflow/tfjs-backend-wasm';
import { registerGradients } from './tfjs-gradients.js';

/** TensorFlow.js as a value, so that nothing is loaded before the engine is asked for. */
export type TensorFlow = typeof Core;

/** What can compute behind TensorFlow.js in Node, the fastest first. */
export const TFJS_BACKENDS = ['node', 'wasm', 'cpu'] as const;

/** `node` is TensorFlow's native library, `wasm` WebAssembly with SIMD, `cpu` plain JavaScript. */
export type TfjsBackend = (typeof TFJS_BACKENDS)[number];

type ModuleName =
  | '@tensorflow/tfjs-core'
  | '@tensorflow/tfjs-node'
  | '@tensorflow/tfjs-backend-wasm'
  | '@tensorflow/tfjs-backend-cpu';

/** Loads one of TensorFlow.js's packages; rejects when it is absent or broken. */
export type ModuleLoader = (name: ModuleName) => Promise<unknown>;

/** A backend that works, and how to compute on it. */
export interface TfjsSession {
  readonly tf: TensorFlow;
  readonly backend: TfjsBackend;
  /** Makes the backend TensorFlow.js's current one; it has one per thread, other engines use others. */
  readonly activate: () => void;
}

/** TensorFlow.js's own names of the backends. */
const REGISTERED: Readonly<Record<TfjsBackend, string>> = {
  node: 'tensorflow',
  wasm: 'wasm',
  cpu: 'cpu',
};

/** The installed packages. tfjs-node is optional, so its types may be absent too. */
export const installedModule: ModuleLoader = (name) => {
  switch (name) {
    case '@tensorflow/tfjs-core':
      return import('@tensorflow/tfjs-core');
    case '@tensorflow/tfjs-backend-wasm':
      return import('@tensorflow/tfjs-backend-wasm');
    case '@tensorflow/tfjs-backend-cpu':
      return import('@tensorflow/tfjs-backend-cpu');
    case '@tensorflow/tfjs-node':
      // TensorFlow's native library logs its CPU features to standard error unless told not to.
      process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
      return import(name as string);
  }
};

/**
 * Loads TensorFlow.js with one backend and tries it on a small gradient.
 *
 * @throws Error when the package is absent or broken, or the gradient comes out wrong
 */
export async function openBackend(
  backend: TfjsBackend,
  load: ModuleLoader = installedModule,
): Promise<TfjsSession> {
  const tf = exportsOf(await load('@tensorflow/tfjs-core')) as TensorFlow;
  // Production mode: no banner, no warnings, no checks of every number.
  tf.enableProdMode();
  const name = REGISTERED[backend];
  if (backend === 'node') await load('@tensorflow/tfjs-node');
  if (backend === 'cpu') await load('@tensorflow/tfjs-backend-cpu');
  if (backend === 'wasm') await prepareWasm(tf, load);
  await registerGradients(tf);
  if (!(await withoutNewListeners(() => tf.setBackend(name)))) {
    throw new Error(`TensorFlow.js cannot start its ${name} backend`);
  }
  const session: TfjsSession = {
    tf,
    backend,
    activate() {
      if (tf.getBackend() === name) return;
      // A backend that has started is current again at once; the promise says nothing more.
      void tf.setBackend(name);
    },
  };
  tryGradient(session);
  return session;
}

/** As `tf.tidy` for a result that holds no tensors: whatever was made meanwhile is disposed. */
export function tidied<T>(tf: TensorFlow, compute: () => T): T {
  const results: T[] = [];
  tf.tidy(() => {
    results.push(compute());
  });
  return results[0];
}

/** Points the wasm backend at the installed package's own files, without threads. */
async function prepareWasm(tf: TensorFlow, load: ModuleLoader): Promise<void> {
  const wasm = exportsOf(await load('@tensorflow/tfjs-backend-wasm')) as typeof Wasm;
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const file = createRequire(import.meta.url).resolve(
    '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm',
  );
  wasm.setWasmPaths(dirname(file) + sep);
}

/** What a CommonJS package exports: its namespace need not name everything. */
function exportsOf(namespace: unknown): unknown {
  return (namespace as { default?: unknown }).default ?? namespace;
}

/** The start-up code of Emscripten takes over uncaught exceptions of the whole process; give them back. */
async function withoutNewListeners<T>(start: () => Promise<T>): Promise<T> {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = events.map((event) => process.rawListeners(event));
  try {
    return await start();
  } finally {
    events.forEach((event, i) => {
      for (const listener of process.rawListeners(event)) {
        if (!before[i].includes(listener)) {
          process.removeListener(event, listener as (...values: unknown[]) => void);
        }
      }
    });
  }
}

/** tanh'(1/2)·3 through a matrix product and autodiff, right to 1e-5: some 100 roundings of float32. */
function tryGradient({ tf }: TfjsSession): void {
  const slope = tf.tidy(() => {
    const loss = (w: Core.Tensor): Core.Tensor =>
      tf.sum(tf.tanh(tf.matMul(tf.tensor2d([3], [1, 1]), w as Core.Tensor2D)));
    return tf
      .grad(loss)(tf.tensor2d([1 / 6], [1, 1]))
      .dataSync()[0];
  });
  const expected = 3 * (1 - Math.tanh(0.5) ** 2);
  if (!(Math.abs(slope - expected) < 1e-5)) {
    throw new Error(`a gradient must be ${expected}, got ${slope}`);
  }
}
