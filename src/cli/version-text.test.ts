import { describe, expect, test } from 'vitest';
import { FALSUM_VERSION } from '../running/index.js';
import { tfjsStatus } from '../training/index.js';
import { falsum } from './testing/sandbox.js';
import { versionText } from './version-text.js';

const WASM = 'TensorFlow.js 4.22.0 (float32), wasm backend';

describe('falsum --version', () => {
  test('says the version, the engines and the backend of TensorFlow.js that is used here', async () => {
    const { status, stdout, stderr } = falsum('--version');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const lines = stdout.split('\n');
    expect(lines[0]).toBe(FALSUM_VERSION);
    expect(lines[1]).toBe(
      `node    ${process.versions.node} on ${process.platform} ${process.arch}`,
    );
    expect(stdout).toContain((await tfjsStatus()).description);
    expect(stdout.split('\n').every((line) => line.length <= 120)).toBe(true);
  });

  test('says what to do where the native library could not be fetched', () => {
    const why = "Cannot find package '@tensorflow/tfjs-node' imported from /somewhere/tfjs.js";
    const text = versionText({
      description: WASM,
      backend: 'wasm',
      failures: [{ backend: 'node', why }],
    });
    expect(text).toContain(`tfjs    ${WASM}\n`);
    expect(text).toContain('@tensorflow/tfjs-node is not installed.\n');
    expect(text).toContain('npm install --no-save @tensorflow/tfjs-node');
    expect(text).not.toContain('/somewhere');
  });

  test('says why an installed library does not work, and nothing where it does', () => {
    const broken = versionText({
      description: WASM,
      backend: 'wasm',
      failures: [{ backend: 'node', why: 'libtensorflow.so.2: cannot open shared object file' }],
    });
    expect(broken).toContain('does not work here: libtensorflow.so.2: cannot open');
    const native = versionText({
      description: 'TensorFlow.js 4.22.0 (float32), node backend',
      backend: 'node',
      failures: [],
    });
    expect(native).not.toContain('npm install');
    const none = versionText({
      description: null,
      backend: null,
      failures: [{ backend: 'cpu', why: 'gone' }],
    });
    expect(none).toContain('works with no backend here: cpu (gone)');
  });
});
