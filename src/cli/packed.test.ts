import { cpSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { OWN_CLAIM } from './testing/own-claim.js';
import { pack, run } from './testing/packed.js';
import { ROOT, listed } from './testing/sandbox.js';

const { app, files } = pack();
const OWN = 'max-norms.property.ts';
const FOUND = 'reports/found/example/max-norms-bound-the-output/literal';
const DEFAULT_CORPUS = 'counterexamples/example/max-norms-bound-the-output/literal';

const falsum = (...args: string[]) =>
  run(app, process.execPath, ['node_modules/falsum/bin/falsum.cjs', ...args]);

const judge = (...args: string[]) =>
  falsum('falsify', '--properties', OWN, '--profile', 'smoke', '--no-report', ...args);

beforeAll(() => {
  writeFileSync(join(app, 'package.json'), '{ "type": "module" }\n');
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  writeFileSync(
    join(app, 'path-norm.property.ts'),
    /```ts\n(.*?)```/s.exec(readme)?.[1] ?? 'no claim in the README',
  );
  writeFileSync(join(app, OWN), OWN_CLAIM);
});

describe('the packed tarball', () => {
  test('has what it needs and nothing else', () => {
    const paths = files.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'bin/falsum.cjs',
        'dist/src/index.js',
        'dist/src/index.d.ts',
        'dist/src/training/kernels.wasm',
        'docs/schemas/counterexample.schema.json',
        'docs/schemas/verdicts.schema.json',
        'fixtures/known-verdicts.json',
        'fixtures/pinned-draws.json',
      ]),
    );
    const allowed =
      /^(bin|dist\/(src|properties|bench)|docs\/schemas|fixtures|bench\/peers)\/|^(README\.md|LICENSE|package\.json)$/;
    expect(paths.filter((path) => !allowed.test(path))).toEqual([]);
    expect(paths.filter((path) => /\.map$|\.test\.|\/testing\//.test(path))).toEqual([]);
  });
});

describe('claims of one’s own, with the tarball installed in an empty folder', () => {
  test('the README’s claim survives', () => {
    const { status, stdout } = falsum(
      ...['falsify', '--properties', 'path-norm.property.ts', '--no-report'],
    );
    expect(stdout).toMatch(/literal +survived/);
    expect(status).toBe(0);
  });

  test('its evidence accumulates in a ledger of its own', () => {
    const own = ['--properties', 'path-norm.property.ts', '--ledger', 'mine'];
    for (let run = 0; run < 2; run += 1) {
      expect(falsum('falsify', ...own, '--profile', 'smoke', '--no-report').status).toBe(0);
    }
    const { stdout } = falsum('evidence', ...own, '--json', '-', '--quiet');
    expect(JSON.parse(stdout)).toMatchObject({
      lines: [{ claim: 'example/path-norm-bounds-the-output', trials: { effective: 40 } }],
    });
  });

  test('a false claim is refuted by a counterexample that a person can read', () => {
    const { status, stdout } = judge();
    expect(stdout).toMatch(/literal +refuted/);
    expect(status).toBe(1);
    const [file] = listed(join(app, FOUND));
    expect(JSON.parse(readFileSync(join(app, FOUND, file), 'utf8'))).toMatchObject({
      grade: 'certified',
      instance: { inner: [[1, 1]], outer: [1], input: [1, 1] },
      lhs: 2,
      rhs: 1,
      shrinking: { minimal: true },
    });
  });

  test('with its own corpus and expected verdicts it is as expected, whatever the seed', () => {
    const [file] = listed(join(app, FOUND));
    mkdirSync(join(app, DEFAULT_CORPUS), { recursive: true });
    cpSync(join(app, FOUND, file), join(app, DEFAULT_CORPUS, file));
    writeFileSync(
      join(app, 'known.json'),
      JSON.stringify({
        schema: 'falsum/known-verdicts@1',
        verdicts: {
          'example/max-norms-bound-the-output': {
            literal: {
              admissible: { smoke: ['refuted'], ci: ['refuted'], nightly: ['refuted'] },
              counterexamples: [file.replace('.json', '')],
              why: 'Two equal entries add up.',
            },
          },
        },
      }),
    );
    expect(judge('--known', 'known.json').status).toBe(0);
    // Another seed finds the same one: shrunk to its canonical form it is no second find.
    const other = judge('--known', 'known.json', '--seed', '7', '--reports', 'seven');
    expect(other.status).toBe(0);
    expect(listed(join(app, FOUND.replace('reports', 'seven')))).toEqual([file]);
  });

  test('an expectation that is not met fails', () => {
    const wrong = JSON.stringify({
      schema: 'falsum/known-verdicts@1',
      verdicts: {
        'example/max-norms-bound-the-output': {
          literal: {
            admissible: { smoke: ['survived'], ci: ['survived'], nightly: ['survived'] },
            why: 'A mistake.',
          },
        },
      },
    });
    writeFileSync(join(app, 'wrong.json'), wrong);
    expect(judge('--known', 'wrong.json').status).toBe(1);
  });

  test('replay finds it in the own corpus by its id', () => {
    const [file] = listed(join(app, DEFAULT_CORPUS));
    const { status, stdout } = falsum(
      ...['replay', file.replace('.json', ''), '--properties', OWN, '--reports', 'none'],
    );
    expect(stdout).toContain('reproduces, bit for bit; grade certified');
    expect(status).toBe(0);
  });

  test('its standalone file holds the claim and runs with nothing installed', () => {
    const [file] = listed(join(app, DEFAULT_CORPUS));
    const empty = join(app, '..', 'empty');
    mkdirSync(empty);
    const written = falsum(
      ...['replay', file.replace('.json', ''), '--properties', OWN, '--standalone'],
      join(empty, 'repro.mjs'),
    );
    expect(written.stderr).toBe('');
    const text = readFileSync(join(empty, 'repro.mjs'), 'utf8');
    expect(text).toContain('It holds the code of the claim itself');
    expect(text).not.toContain(app);
    expect(text).not.toContain(ROOT);
    const { status, stdout } = run(empty, process.execPath, ['repro.mjs']);
    expect(stdout).toMatch(/left side +2\n +right side +1\n/);
    expect(stdout).toContain('holds: |f(x)|: 2 > 1');
    expect(stdout).toContain('VIOLATED: |f(x)| ≤ bound');
    expect(status).toBe(0);
  });
});

describe('hunting claims of one’s own, with the tarball installed', () => {
  // A folder of its own, so that the corpus by default is empty.
  const place = join(app, 'hunting');
  const inPlace = (...args: string[]) =>
    run(place, process.execPath, [join(app, 'node_modules/falsum/bin/falsum.cjs'), ...args]);
  const hunted = (file: string, ...args: string[]) =>
    inPlace('hunt', '--properties', file, ...args, '--json', '-');

  interface Hunts {
    readonly hunts: readonly {
      readonly evaluations: number;
      readonly counterexamples: readonly { readonly id: string }[];
    }[];
  }

  beforeAll(() => {
    mkdirSync(place);
    for (const file of [OWN, 'path-norm.property.ts']) cpSync(join(app, file), join(place, file));
  });

  test('a false claim is refuted on worker threads, and the find joins the own corpus', () => {
    const { status, stdout, stderr } = hunted(
      ...[OWN, 'example/max-norms-bound-the-output', '--evaluations', '20000', '--workers', '2'],
    );
    expect(stderr).toContain('a counterexample is found, and it is not expected to be refuted');
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      hunts: [{ counterexamples: [{ grade: 'certified', minimal: true }] }],
    });
    const [{ counterexamples }] = (JSON.parse(stdout) as Hunts).hunts;
    const [{ id }] = counterexamples;
    expect(listed(join(place, FOUND))).toEqual([`${id}.json`]);

    expect(inPlace('corpus', 'add', id, '--properties', OWN)).toMatchObject({
      status: 0,
      stderr: '',
    });
    expect(listed(join(place, DEFAULT_CORPUS))).toEqual([`${id}.json`]);
    const list = inPlace('corpus', 'list', '--properties', OWN);
    expect(list.stdout).toMatch(
      new RegExp(
        `^example/max-norms-bound-the-output literal\\n  ${id}  certified .*search stream`,
      ),
    );
    const verified = inPlace('corpus', 'verify', '--properties', OWN);
    expect(verified.stdout).toContain('1 of 1 counterexamples reproduce');
    expect(verified.status).toBe(0);
  });

  test('the README’s claim is hunted without a find', () => {
    const claim = 'example/path-norm-bounds-the-output';
    const { status, stdout } = hunted(
      ...['path-norm.property.ts', claim, '--evaluations', '400', '--workers', '2'],
    );
    expect(status).toBe(0);
    const [{ evaluations, counterexamples }] = (JSON.parse(stdout) as Hunts).hunts;
    expect(counterexamples).toEqual([]);
    expect(evaluations).toBeGreaterThanOrEqual(400);
    expect(listed(join(place, 'reports', 'found', claim, 'literal'))).toEqual([]);
  });
});

describe('a project that has another major version of vitest', () => {
  test('no dependency takes the vitest that lies beside it', () => {
    const manifest = (name: string) =>
      JSON.parse(
        readFileSync(
          join(ROOT, name === '' ? '' : join('node_modules', name), 'package.json'),
          'utf8',
        ),
      ) as Readonly<Record<'dependencies' | 'peerDependencies', Readonly<Record<string, string>>>>;
    const takers = Object.keys(manifest('').dependencies).filter((name) =>
      Object.keys(manifest(name).peerDependencies ?? {}).some((peer) => /vitest/.test(peer)),
    );
    // vitest's own optional parts are looked for by vitest alone.
    expect(takers).toEqual(['vitest']);
  });

  test('its claims are judged by Falsum’s own, whatever test plan it inherits', () => {
    const project = join(app, '..', 'project');
    const modules = join(project, 'node_modules');
    mkdirSync(modules, { recursive: true });
    cpSync(join(app, 'node_modules/falsum'), join(modules, 'falsum'), { recursive: true });
    // npm puts what does not fit the project's own version below Falsum.
    for (const name of readdirSync(join(app, 'node_modules')).filter((n) => n !== 'falsum')) {
      const link = join(modules, 'falsum/node_modules', name);
      mkdirSync(join(link, '..'), { recursive: true });
      symlinkSync(join(app, 'node_modules', name), link);
    }
    for (const name of ['vitest', '@vitest/runner', 'vite']) {
      const place = join(modules, name);
      mkdirSync(place, { recursive: true });
      writeFileSync(
        join(place, 'package.json'),
        JSON.stringify({
          name,
          version: '1.0.0',
          type: 'module',
          exports: { '.': './index.js', './node': './index.js' },
        }),
      );
      writeFileSync(join(place, 'index.js'), `throw new Error('the project’s ${name}');\n`);
    }
    cpSync(join(app, 'path-norm.property.ts'), join(project, 'path-norm.property.ts'));
    const plan = join(project, 'plan.json');
    writeFileSync(plan, JSON.stringify({ version: '1.0', tests: [{ selector: 'nothing' }] }));
    const { status, stdout, stderr } = run(
      project,
      process.execPath,
      ['node_modules/falsum/bin/falsum.cjs', 'falsify', '--properties', 'path-norm.property.ts'],
      { ALLURE_TESTPLAN_PATH: plan },
    );
    expect(stderr).toBe('');
    expect(stdout).toMatch(/literal +survived/);
    expect(status).toBe(0);
  });
});

describe('types of the packed public API', () => {
  /** Errors in the user's files and in ours; TensorFlow.js declares WebGPU anew, which is not our error. */
  const errors = (...claims: string[]): string[] => {
    const { stdout } = run(app, process.execPath, [
      join(ROOT, 'node_modules/typescript/bin/tsc'),
      ...['--noEmit', '--strict', '--target', 'es2023', '--module', 'nodenext'],
      ...['--skipLibCheck', 'false', ...claims],
    ]);
    const ours = /^(\S*node_modules\/falsum\/|[^/\s]+\.ts)\S*\(\d+,\d+\): error /;
    return stdout.split('\n').filter((line) => ours.test(line));
  };

  test('claims and declarations compile with strict checks', () => {
    expect(errors('path-norm.property.ts', OWN)).toEqual([]);
  });

  test('the instance type flows from the generator: a wrong name is an error', () => {
    writeFileSync(
      join(app, 'wrong.property.ts'),
      OWN_CLAIM.replace(
        'conclude({ inner, outer, input })',
        'conclude({ inner, outer, inputs: input })',
      ),
    );
    expect(errors('wrong.property.ts')).toEqual([
      expect.stringMatching(/^wrong\.property\.ts.* TS2339: Property 'inputs' does not exist/),
    ]);
  });
});
