import { createTfjs, tfjsBackends } from '../tfjs.js';
import { TFJS_BACKENDS } from '../tfjs-backend.js';
import type { TfjsBackend } from '../tfjs-backend.js';
import type { Engine } from '../engine.js';

/** An engine of a backend; null where the backend does not work here. */
export interface BackendUnderTest {
  /** The backend, or why it is left out. */
  readonly title: string;
  readonly backend: TfjsBackend;
  readonly engine: Engine | null;
}

/** Every backend of TensorFlow.js with its engine. `node` needs a native library, which few machines have. */
export async function backendsUnderTest(): Promise<readonly BackendUnderTest[]> {
  const working = await tfjsBackends();
  return Promise.all(
    TFJS_BACKENDS.map(async (backend) =>
      working.includes(backend)
        ? { title: `${backend} backend`, backend, engine: await createTfjs(backend) }
        : { title: `${backend} backend: does not work here, left out`, backend, engine: null },
    ),
  );
}
