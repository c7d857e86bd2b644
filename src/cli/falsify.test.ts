import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { orphans } from './expectations.js';
import { BIN, ROOT, claimFile, falsum, folder, listed, put, refutable } from './testing/sandbox.js';

const NOTHING = { smoke: [], ci: [], nightly: [] };

describe('falsify', () => {
  test('a refuted claim of the user’s exits 1; its counterexample replays in a new process', () => {
    const file = claimFile('false.ts', 'false', refutable);
    const run = falsum('falsify', '--properties', file, '--reports', 'false', '--no-report');
    expect(run.status).toBe(1);
    expect(run.stdout).toMatch(/literal +refuted +certified/);
    const id = /counterexample ([0-9a-f]{16})/.exec(run.stdout)?.[1] ?? '';
    const again = falsum('replay', id, '--reports', 'false', '--properties', file);
    expect(again.status).toBe(0);
    expect(again.stdout).toMatch(/left side +1\n/);
    expect(again.stdout).toContain('right side 0.5');
    expect(again.stdout).toContain('reproduces, bit for bit; grade certified');
  });

  test('a survivor says how sharp it is, also in show; generic mutants run when asked for', () => {
    const file = claimFile('sharp.ts', 'sharp');
    const run = falsum(
      ...['falsify', '--properties', file, '--mutants'],
      ...['--reports', 'sharp', '--no-report', '--json', 'sharp.json'],
    );
    const { results } = JSON.parse(readFileSync(join(folder, 'sharp.json'), 'utf8')) as {
      results: { sharpness: number; sharpnessReason: null; mutants: object }[];
    };
    // The largest of 120 uniform values, compared with 1.
    expect(results[0].sharpness).toBeGreaterThan(0.95);
    expect(results[0].sharpness).toBeLessThan(1);
    expect(results[0]).toMatchObject({ sharpnessReason: null, mutants: { killed: 4, total: 4 } });
    const phrase = /holds with a factor 1\.0\d+ to spare on everything we tried/;
    expect(run.stdout.replaceAll(/\s+/g, ' ')).toMatch(phrase);
    const shown = falsum('show', 'toy/sharp', '--properties', file, '--reports', 'sharp');
    expect(shown.stdout).toMatch(phrase);
  });

  test('--trials sets the draws; show tells the profile’s', () => {
    const file = claimFile('trials.ts', 'trials');
    const run = (n: string) =>
      falsum(
        ...['falsify', '--properties', file, '--reports', 'trials', '--no-report'],
        ...['--json', '-', '--trials', n],
      );
    const results = ({ stdout }: { stdout: string }) =>
      (JSON.parse(stdout) as { results: { verdict: string; trials: { effective: number } }[] })
        .results;
    expect(results(run('300'))[0]).toMatchObject({
      verdict: 'survived',
      trials: { effective: 300 },
    });
    expect(results(run('5'))[0]).toMatchObject({
      verdict: 'inconclusive',
      trials: { effective: 5 },
    });
    const shown = falsum('show', 'toy/trials', '--properties', file, '--reports', '/proc/nowhere');
    expect(shown.stdout).toContain('effort in ci: 120 trials, of which 60 must be effective');
  });

  test('a counterexample that was mended no longer reproduces, exit 1', () => {
    const file = claimFile('mended.ts', 'mended', refutable);
    const run = falsum('falsify', '--properties', file, '--reports', 'mended', '--no-report');
    const id = /counterexample ([0-9a-f]{16})/.exec(run.stdout)?.[1] ?? '';
    claimFile('mended.ts', 'mended');
    const again = falsum('replay', id, '--reports', 'mended', '--properties', file);
    expect(again.status).toBe(1);
    expect(again.stdout).toContain('does not reproduce: every clause holds');
  });

  test('verdicts, margins and counterexamples do not depend on the workers', () => {
    mkdirSync(join(folder, 'many'), { recursive: true });
    claimFile('many/a.ts', 'a', refutable);
    claimFile('many/b.ts', 'b');
    claimFile('many/c.ts', 'c', refutable);
    const timeless = (workers: string) => {
      const { stdout } = falsum(
        ...['falsify', '--properties', 'many/*.ts', '--workers', workers],
        ...['--reports', `workers-${workers}`, '--no-report', '--json', '-'],
      );
      return stdout.replaceAll(/"(durationMs|startedAt)": [^\n]*/g, '');
    };
    const one = timeless('1');
    expect(one).toContain('falsum/verdicts@1');
    expect(timeless('3')).toBe(one);
  });

  test('another engine is named with what ran behind it, and finds the same', () => {
    const file = claimFile('float.ts', 'float', refutable);
    const on = (engine: string) => {
      const reports = `engine-${engine}`;
      const run = falsum(
        ...['falsify', '--properties', file, '--engine', engine],
        ...['--reports', reports, '--no-report'],
      );
      const json = readFileSync(join(folder, reports, 'verdicts.json'), 'utf8');
      return { ...run, verdicts: JSON.parse(json) as { results: { counterexamples: string[] }[] } };
    };
    const [js64, tfjs] = [on('js64'), on('tfjs')];
    const behind = /TensorFlow\.js [\d.]+ \(float32\), (node|wasm|cpu) backend/;
    expect(tfjs).toMatchObject({ status: 1, stderr: '' });
    expect(tfjs.stdout).toMatch(new RegExp(`^engine tfjs: ${behind.source}$`, 'm'));
    expect(tfjs.verdicts).toMatchObject({
      engine: 'tfjs',
      versions: { engine: expect.stringMatching(behind) as string },
    });
    expect(tfjs.verdicts.results[0].counterexamples).toEqual(
      js64.verdicts.results[0].counterexamples,
    );
  });

  test('expected verdicts change the exit code and no verdict', () => {
    const file = claimFile('expected.ts', 'expected', refutable);
    const known = (verdict: string) =>
      JSON.stringify({
        schema: 'falsum/known-verdicts@1',
        verdicts: {
          'toy/expected': {
            literal: {
              admissible: { smoke: [verdict], ci: [verdict], nightly: [verdict] },
              why: 'a test',
            },
          },
        },
      });
    const run = (verdict: string) => {
      const name = put(`known-${verdict}.json`, known(verdict));
      const result = falsum(
        ...['falsify', '--properties', file, '--known', name, '--reports', `known-${verdict}`],
        ...['--no-report', '--json', '-'],
      );
      const { results } = JSON.parse(result.stdout) as { results: { verdict: string }[] };
      return { status: result.status, stderr: result.stderr, verdict: results[0].verdict };
    };
    expect(run('refuted')).toMatchObject({ status: 0, verdict: 'refuted' });
    const surprised = run('survived');
    expect(surprised).toMatchObject({ status: 1, verdict: 'refuted' });
    expect(surprised.stderr).toContain('toy/expected literal: refuted, expected survived');
  });

  test('what a claim prints does not disturb the JSON on standard output', () => {
    const file = claimFile('loud.ts', 'loud', {
      before: "console.log('at import');\nprocess.stdout.write('raw\\n');",
      conclude:
        "({ value }) => { process.stdout.write('trial\\n'); return decided('exact', [atMost('v ≤ 1', value, 1)]); }",
    });
    const run = falsum(
      ...['falsify', '--properties', file, '--reports', 'loud', '--no-report', '--json', '-'],
    );
    expect(JSON.parse(run.stdout)).toMatchObject({ schema: 'falsum/verdicts@1' });
    expect(run.stderr).toContain('at import');
  });

  test('a claim finds its own packages beside it, wherever reports go', () => {
    mkdirSync(join(folder, 'own', 'node_modules', 'mine'), { recursive: true });
    put('own/node_modules/mine/package.json', '{"name":"mine","type":"module","exports":"./i.js"}');
    put('own/node_modules/mine/i.js', 'export const one = 1;\n');
    claimFile('own/packaged.ts', 'packaged', {
      before: "import { one } from 'mine';",
      conclude: "({ value }) => decided('exact', [atMost('v ≤ 1', value, one)])",
    });
    const run = falsum(
      ...['falsify', '--properties', 'own/packaged.ts', '--reports', 'elsewhere', '--no-report'],
    );
    expect(run).toMatchObject({ status: 0, stderr: '' });
  });

  test('a closed pipe changes no exit code', () => {
    claimFile('piped.ts', 'piped', refutable);
    const { status, stdout } = spawnSync(
      'bash',
      [
        '-c',
        `set -o pipefail; "${process.execPath}" "${BIN}" falsify --properties piped.ts --reports piped --no-report | head -1`,
      ],
      { cwd: folder, encoding: 'utf8' },
    );
    expect(stdout).toContain('toy/piped');
    expect(status).toBe(1);
  });

  test('an expectation of a reading that is gone is told', () => {
    expect(orphans({ 'toy/gone': { literal: { admissible: NOTHING, why: '' } } }, [])).toEqual([
      'toy/gone literal: has expected verdicts, and there is no such reading',
    ]);
  });

  test('Ctrl-C exits 3 and keeps what was found', async () => {
    claimFile('slow-a.ts', 'slow-a', refutable);
    claimFile('slow-b.ts', 'slow-b', {
      conclude:
        "async ({ value }) => { await new Promise((r) => setTimeout(r, 500)); return decided('exact', [atMost('v ≤ 1', value, 1)]); }",
    });
    const child = spawn(
      process.execPath,
      [BIN, 'falsify', '--properties', 'slow-*.ts', '--reports', 'slow', '--workers', '2'],
      { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    const found = join(folder, 'slow', 'found', 'toy', 'slow-a', 'literal');
    while (listed(found).length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    child.kill('SIGINT');
    const status = await new Promise((resolve) => child.on('exit', resolve));
    expect(status).toBe(3);
    expect(stderr).toMatch(/^falsum: interrupted; 1 counterexample kept in .*slow\/found/m);
    expect(
      falsum('replay', join(found, listed(found)[0]), '--properties', 'slow-a.ts').status,
    ).toBe(0);
  });

  test('the README’s own claim works as printed', () => {
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
    const source = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? '';
    expect(source.split('\n').length).toBeLessThan(40);
    put('path-norm.property.ts', source);
    const { status, stdout } = falsum(
      ...['falsify', '--properties', 'path-norm.property.ts', '--reports', 'readme', '--no-report'],
    );
    expect(stdout).toMatch(/literal +survived +120 trials \(exact\).*controls 1\/1/);
    expect(status).toBe(0);
  });
});
