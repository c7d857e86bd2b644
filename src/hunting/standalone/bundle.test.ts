import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';
import { afterAll, describe, expect, test } from 'vitest';
import type { Counterexample } from '../index.js';
import { readCounterexample, standaloneText } from '../index.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** Another Node than the one that runs the tests; `.ci/run` installs one. */
const OTHER_NODE = process.env['FALSUM_OTHER_NODE'];

/** A folder with nothing in it but the file. */
const folder = mkdtempSync(join(tmpdir(), 'falsum-standalone-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function stored(reading: string): Counterexample {
  const [file] = globSync(`fixtures/counterexamples/${reading}/*.json`, {
    cwd: ROOT,
    absolute: true,
  });
  return readCounterexample(file);
}

const written = (counterexample: Counterexample): Promise<string> =>
  standaloneText(
    counterexample,
    join(ROOT, 'properties', `${counterexample.claim}.property.ts`),
    '0.0.0',
  );

function run(text: string, node = process.execPath) {
  const file = join(folder, 'repro.mjs');
  writeFileSync(file, text);
  const { status, stdout, stderr } = spawnSync(node, ['repro.mjs'], {
    cwd: folder,
    encoding: 'utf8',
    env: {},
  });
  return { status, stdout, stderr };
}

/** One reading for each kind of certificate. */
const CHECKED = [
  'song2022/minimum-norm-condensation-in-higher-dimension/k-dim-plus-1-intended',
  'song2022/population-minimum-norm-student-condenses/literal',
  'mukherjee2023/villani-threshold-exists/critical',
  'mukherjee2023/softplus-villani-threshold/sufficient-half-uniform-step',
  'gamarnik2021/relu-outer-norm-is-bounded/literal',
];

describe('standalone files with the independent checker', () => {
  test.each(CHECKED)('%s: prints a violation with nothing installed', async (reading) => {
    const counterexample = stored(reading);
    const text = await written(counterexample);
    expect(text).toContain('It holds the independent checker of Falsum');
    expect(text).not.toContain(ROOT);
    expect(text).not.toContain('node_modules');
    const { status, stdout, stderr } = run(text);
    expect(stderr).toBe('');
    expect(stdout).toContain(`counterexample ${counterexample.id}`);
    if (counterexample.form === 'instance') {
      expect(stdout).toMatch(/ {2}left side {3}\S.*\n {2}right side {2}\S/);
    }
    expect(stdout).toContain('VIOLATED: ');
    expect(status).toBe(0);
  });

  test('believes no number in the file: after an edit it says what is wrong', async () => {
    const text = await written(stored(CHECKED[0]));
    const edited = text.replace('"width": 4', '"width": 3');
    expect(edited).not.toBe(text);
    const { status, stdout } = run(edited);
    expect(stdout).toMatch(/REJECTED: the id must be [0-9a-f]{16}/);
    expect(status).toBe(1);
  });

  // Skipped where FALSUM_OTHER_NODE names no second Node, as on a machine with one only.
  test.skipIf(OTHER_NODE === undefined)('print the same on another Node version', async () => {
    const text = await written(stored(CHECKED[0]));
    expect(run(text, OTHER_NODE)).toEqual(run(text));
  });
});

describe('standalone files with the claim’s own code', () => {
  /** Without certificate the checker has nothing to read. */
  const bare = (reading: string): Counterexample => ({
    ...stored(reading),
    grade: 'confirmed',
    certificate: null,
  });

  test('recompute both sides and the assumptions, engine and linear programs included', async () => {
    const text = await written(
      bare('song2022/minimum-norm-condensation-in-higher-dimension/k-dim-plus-1-intended'),
    );
    expect(text).toContain('It holds the code of the claim itself');
    expect(text).not.toContain(ROOT);
    const { status, stdout, stderr } = run(text);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/left side +0\.9999\d+\n +right side +0\.95/);
    expect(stdout).toContain('VIOLATED: no student of norm below m₀ fits');
    expect(status).toBe(0);
  });

  test('exit with 1 where the violation does not come out', async () => {
    const counterexample = bare('mukherjee2023/villani-threshold-exists/critical');
    const instance = counterexample.instance as { readonly lambda: number };
    const { status, stdout } = run(
      await written({ ...counterexample, instance: { ...instance, lambda: 100 } }),
    );
    expect(stdout).toContain('NOT REPRODUCED: assumption “0 ≤ λ < λ_c” fails');
    expect(status).toBe(1);
  });

  test('a claim that cannot be bundled is wrong input, with file and line', async () => {
    const file = join(folder, 'broken.property.ts');
    writeFileSync(file, 'export default claim(;\n');
    const counterexample = bare('mukherjee2023/villani-threshold-exists/critical');
    await expect(standaloneText(counterexample, file, '0')).rejects.toThrow(
      /broken\.property\.ts:1: Unexpected ";"/,
    );
    expect(readFileSync(file, 'utf8')).toContain('claim(;');
  });
});
