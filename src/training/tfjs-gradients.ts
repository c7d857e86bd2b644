import { createRequire } from 'node:module';
import { runInThisContext } from 'node:vm';
import type { TensorFlow } from './tfjs-backend.js';

/** The file of TensorFlow.js whose import registers the gradient function of every kernel. */
const ALL_GRADIENTS = '@tensorflow/tfjs-core/dist/register_all_gradients';

/**
 * Registers TensorFlow.js's own gradient functions, once per thread.
 *
 * The Node bundle of tfjs-core leaves them out, and the file that has them is written for bundlers
 * (imports without extensions), so esbuild bundles it in memory. The copy of the core inside that
 * bundle finds the thread's one engine and kernel registry through the global object, as
 * TensorFlow.js provides for.
 */
export async function registerGradients(tf: TensorFlow): Promise<void> {
  if (hasGradients(tf)) return;
  const { buildSync } = await import('esbuild');
  const { outputFiles } = buildSync({
    entryPoints: [createRequire(import.meta.url).resolve(ALL_GRADIENTS)],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'node',
    logLevel: 'silent',
  });
  runInThisContext(outputFiles[0].text, { filename: ALL_GRADIENTS });
  if (!hasGradients(tf)) {
    throw new Error('registerGradients: TensorFlow.js must find its gradients, got none');
  }
}

/** The types of `getGradient` promise a function; without one it is absent. */
function hasGradients(tf: TensorFlow): boolean {
  return (tf.getGradient('Tanh') as unknown) !== undefined;
}
