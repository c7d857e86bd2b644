import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { afterAll, describe, expect, test } from 'vitest';
import { writeAtomically } from './write.js';

const folder = mkdtempSync(join(tmpdir(), 'falsum-files-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('a file is written whole or not at all', () => {
  test('by two threads of one process at once', async () => {
    const file = join(folder, 'shared', 'same.json');
    const text = (thread: number): string => JSON.stringify(String(thread).repeat(20_000));
    // Bundled, because a worker loads no TypeScript.
    const { outputFiles } = await build({
      stdin: {
        contents: `
          import { workerData } from 'node:worker_threads';
          import { writeAtomically } from './write.js';
          const { file, text, ready } = workerData;
          // Both begin together.
          Atomics.add(ready, 0, 1);
          while (Atomics.load(ready, 0) < 2);
          for (let i = 0; i < 500; i += 1) writeAtomically(file, text);`,
        resolveDir: import.meta.dirname,
        loader: 'ts',
      },
      bundle: true,
      write: false,
      platform: 'node',
      format: 'cjs',
      packages: 'external',
      // A script that is evaluated has no URL of its own to resolve packages from.
      define: { 'import.meta.url': JSON.stringify(import.meta.url) },
    });
    const ready = new Int32Array(new SharedArrayBuffer(4));
    const ends = [1, 2].map(
      (thread) =>
        new Promise((resolve, reject) => {
          const worker = new Worker(outputFiles[0].text, {
            eval: true,
            workerData: { file, text: text(thread), ready },
          });
          worker.once('exit', resolve);
          worker.once('error', reject);
        }),
    );
    expect(await Promise.all(ends)).toEqual([0, 0]);
    expect([text(1), text(2)]).toContain(readFileSync(file, 'utf8'));
    expect(readdirSync(join(folder, 'shared'))).toEqual(['same.json']);
  });

  test('a write that fails leaves nothing behind', () => {
    const place = join(folder, 'taken');
    mkdirSync(join(place, 'name', 'inside'), { recursive: true });
    expect(() => {
      writeAtomically(join(place, 'name'), 'text');
    }).toThrow(/EISDIR|ENOTEMPTY|EEXIST|EPERM/);
    expect(readdirSync(place)).toEqual(['name']);
  });
});
