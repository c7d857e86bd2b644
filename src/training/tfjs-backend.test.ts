import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ModuleLoader, TfjsBackend } from './tfjs-backend.js';
import { installedModule } from './tfjs-backend.js';
import { createTfjs, tfjsBackends, tfjsStatus } from './tfjs.js';

/** The installed packages but for those named, whose loading fails as on a machine without them. */
function without(...missing: readonly string[]): ModuleLoader {
  return (name) =>
    missing.some((part) => name.endsWith(part))
      ? Promise.reject(new Error(`Cannot find package '${name}'\nimported from here`))
      : installedModule(name);
}

describe('without packages of TensorFlow.js', () => {
  test('the backend falls through from node to wasm to cpu', async () => {
    expect(await tfjsBackends(without('node'))).toEqual(['wasm', 'cpu']);
    expect((await createTfjs(undefined, without('node'))).description).toMatch(/wasm backend$/);
    expect(await tfjsBackends(without('node', 'wasm'))).toEqual(['cpu']);
    const onCpu = await createTfjs(undefined, without('node', 'wasm'));
    expect(onCpu.description).toMatch(/cpu backend$/);
    const network = {
      activation: { name: 'tanh' },
      inputDim: 1,
      inner: [[1]],
      outer: [2],
    } as const;
    expect(onCpu.predict(network, [[0.5]])[0]).toBeCloseTo(2 * Math.tanh(0.5), 6);
  });

  test('the status names the backend that is used and why no faster one is', async () => {
    const { backend, description, failures } = await tfjsStatus(without('node'));
    expect({ backend, failures }).toEqual({
      backend: 'wasm',
      failures: [{ backend: 'node', why: "Cannot find package '@tensorflow/tfjs-node'" }],
    });
    expect(description).toMatch(/wasm backend$/);
    expect(await tfjsStatus(without('core'))).toMatchObject({ backend: null, description: null });
  });

  test('a package that loads without a backend that works falls through as well', async () => {
    // tfjs-node without its native library, or one that registers nothing.
    const broken: ModuleLoader = (name) =>
      name.endsWith('node') ? Promise.resolve({}) : installedModule(name);
    const here = await tfjsBackends();
    if (here.includes('node')) return;
    expect(await tfjsBackends(broken)).toEqual(['wasm', 'cpu']);
  });

  test('a named backend that does not work is an error of one line', async () => {
    await expect(createTfjs('node', without('node'))).rejects.toThrow(
      new Error(
        "createTfjs: backend must work here, got node (Cannot find package '@tensorflow/tfjs-node')",
      ),
    );
    await expect(createTfjs(undefined, without('core'))).rejects.toThrow(
      /^createTfjs: a backend of TensorFlow\.js must work here, got node \([^\n]*\), wasm \([^\n]*\), cpu \([^\n]*\)$/,
    );
    expect(await tfjsBackends(without('core'))).toEqual([]);
  });
});

test('an unknown backend is named with those there are', async () => {
  await expect(createTfjs('webgl' as TfjsBackend)).rejects.toThrow(
    new RangeError('createTfjs: backend must be one of node, wasm, cpu, got webgl'),
  );
});

describe('a process of its own', () => {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  let folder = '';

  beforeAll(() => {
    // Inside the repository, so that the packages are found.
    folder = mkdtempSync(join(root, 'node_modules', '.falsum-tfjs-'));
    buildSync({
      entryPoints: [fileURLToPath(new URL('./tfjs.ts', import.meta.url))],
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      outfile: join(folder, 'tfjs.mjs'),
      logLevel: 'silent',
    });
    writeFileSync(
      join(folder, 'work.mjs'),
      `import { createTfjs } from './tfjs.mjs';
       const before = process.listenerCount('uncaughtException');
       const engine = await createTfjs(process.env.BACKEND);
       const result = engine.train({
         initial: { activation: { name: 'tanh' }, inputDim: 1, inner: [[1]], outer: [1] },
         dataset: { inputDim: 1, inputs: [[1], [2]], labels: [2, 1] },
         objective: { scale: 'mean' },
         optimiser: { kind: 'gradient-descent', stepSize: 0.1 },
         budget: { maxSteps: 5 },
       });
       console.log(result.reason, process.listenerCount('uncaughtException') - before);`,
    );
    writeFileSync(
      join(folder, 'thread.mjs'),
      `import { Worker } from 'node:worker_threads';
       new Worker(new URL('./work.mjs', import.meta.url));`,
    );
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([
    ['wasm', 'work.mjs'],
    ['wasm', 'thread.mjs'],
    ['cpu', 'work.mjs'],
    ['cpu', 'thread.mjs'],
  ])('prints nothing, keeps no handle and takes over no exceptions: %s, %s', (backend, file) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, file)], {
      env: { ...process.env, BACKEND: backend, NODE_OPTIONS: '' },
      encoding: 'utf8',
    });
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: 'step-budget 0\n',
      stderr: '',
    });
  });
});
