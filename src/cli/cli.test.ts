import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { orphans } from './expectations.js';

// These tests run the built command line in processes of its own; `npm test` builds it first.
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const BIN = join(ROOT, 'bin', 'falsum.cjs');

const NOTHING = { smoke: [], ci: [], nightly: [] };

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'falsum-cli-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function falsum(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { status, stdout, stderr };
}

const put = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return name;
};

/** A claim file around the given reading parts. */
const claimFile = (name: string, id: string, parts: Record<string, string> = {}): string =>
  put(
    name,
    `import fc from 'fast-check';
import { atMost, cite, claim, decided, generator, universal } from 'falsum';
type Toy = { value: number };
${parts['before'] ?? ''}
export default claim({
  id: 'toy/${id}',
  version: 1,
  catalogue: null,
  source: cite('toy', 'nowhere'),
  standing: 'lemma',
  title: 'A toy',
  statement: 'v \\\\le 1',
  readings: {
    literal: universal<Toy>({
      note: 'As printed.',
      instances: generator({
        law: 'uniform',
        structure: fc.constant(null),
        build: (_, random) => ({ value: random.uniform() }),
        labels: () => ['all'],
      }),
      assumptions: [],
      conclude: ${parts['conclude'] ?? "({ value }) => decided('exact', [atMost('v ≤ 1', value, 1)])"},
      ${parts['more'] ?? ''}
      controls: {
        small: {
          statement: 'v ≤ 0.98',
          argument: 'v is uniform on [0, 1)',
          judge: 'every-draw',
          conclude: ({ value }) => decided('exact', [atMost('v ≤ 0.98', value, 0.98)]),
        },
      },
      coverage: { sampled: { all: 'everything' } },
    }),
  },
});
`,
  );

const refutable = {
  conclude: "({ value }) => decided('exact', [atMost('v ≤ ½', value, 0.5)])",
  more: `certify: ({ value }) => ({
        kind: 'instance', statement: 'v > ½', argument: 'by comparison',
        checks: [{ what: 'v', left: String(value), relation: '>', right: '1/2', holds: value > 0.5 }],
      }),`,
};

describe('bad input gets one line and exit code 2', () => {
  const cases: readonly (readonly [name: string, args: () => string[], line: RegExp])[] = [
    [
      'an unknown command',
      () => ['frobnicate'],
      /^falsum: no command "frobnicate"; there are list/,
    ],
    ['an unknown option', () => ['list', '--frob'], /^falsum: list: Unknown option '--frob'/],
    ['an unknown claim', () => ['show', 'SL-99'], /^falsum: no claim matches "SL-99"/],
    [
      'a pattern that matches nothing',
      () => ['falsify', 'nothing/*'],
      /^falsum: no claim matches "nothing\/\*"; "falsum list" shows all/,
    ],
    [
      'a bad seed',
      () => ['falsify', '--seed', 'x'],
      /^falsum: --seed: must be a whole number in 0…2147483647, got "x"/,
    ],
    [
      'a bad profile',
      () => ['falsify', '--profile', 'huge'],
      /^falsum: --profile: must be one of smoke, ci, nightly, got "huge"/,
    ],
    [
      'a bad budget',
      () => ['falsify', '--budget', '7 days'],
      /^falsum: --budget: must be a time like 500ms, 60s, 10m or 8h, got "7 days"/,
    ],
    [
      'a properties glob without files',
      () => ['falsify', '--properties', 'none-*.ts'],
      /^falsum: --properties none-\*\.ts: matches no file in /,
    ],
    [
      'a syntax error, with its line',
      () => ['falsify', '--properties', put('syntax.ts', 'const a = 1;\nconst b = ;\n')],
      /^falsum: syntax\.ts:2:11: Unexpected ";"/,
    ],
    [
      'an import that does not exist',
      () => ['falsify', '--properties', put('import.ts', "import './nowhere.js';\n")],
      /^falsum: import\.ts:1:8: Could not resolve "\.\/nowhere\.js"/,
    ],
    [
      'no default export',
      () => ['falsify', '--properties', put('empty.ts', 'export const a = 1;\n')],
      /^falsum: empty\.ts: must have a default export made by claim\(\{ … \}\)/,
    ],
    [
      'a malformed claim, with its line',
      () => [
        'falsify',
        '--properties',
        put(
          'shape.ts',
          "import { claim } from 'falsum';\n\nexport default claim({ id: 'Bad Id' });\n",
        ),
      ],
      /^falsum: shape\.ts:3:\d+: claim: id must look like "paper\/what-it-concludes"/,
    ],
    [
      'an exception at import, with its line',
      () => ['falsify', '--properties', put('throws.ts', "\nthrow new Error('on purpose');\n")],
      /^falsum: throws\.ts:2:\d+: on purpose/,
    ],
    [
      'an exception in conclude, with its line',
      () => [
        'falsify',
        '--reports',
        'thrown',
        '--properties',
        claimFile('late.ts', 'late', {
          before: "const fail = (): never => {\n  throw new RangeError('too late');\n};",
          conclude: 'fail',
        }),
      ],
      /^falsum: late\.ts:5:\d+: toy\/late, reading literal, trial 0, conclude: threw RangeError: too late/,
    ],
    [
      'a conclusion of the wrong type',
      () => [
        'falsify',
        '--reports',
        'typed',
        '--properties',
        claimFile('typed.ts', 'typed', { conclude: '() => 7 as never' }),
      ],
      /^falsum: typed\.ts: toy\/typed, reading literal, trial 0, conclude: must return decided\(…\) or gaveUp\(…\), got 7/,
    ],
    [
      'an unknown reading',
      () => ['falsify', '--reading', 'none', '--properties', claimFile('ok.ts', 'ok')],
      /^falsum: --reading: no chosen claim has "none"; they have literal/,
    ],
    [
      'expected verdicts that are not JSON',
      () => [
        'falsify',
        '--no-report',
        '--known',
        put('known.json', '{'),
        '--properties',
        claimFile('ok.ts', 'ok'),
      ],
      /^falsum: known\.json: /,
    ],
    [
      'a reports folder that cannot be written',
      () => ['falsify', '--reports', `${put('file', '')}/reports`, '--properties', 'ok.ts'],
      /^falsum: .*file\/reports: cannot be written \(ENOTDIR\); choose another folder with --reports/,
    ],
    [
      'a reports folder that the test runner cannot name',
      () => ['falsify', '--reports', '100%', '--properties', 'ok.ts'],
      /^falsum: --reports .*100%: must not contain %, # or \?; choose another folder/,
    ],
    [
      'a reports folder that another run uses',
      () => {
        mkdirSync(join(folder, 'taken'), { recursive: true });
        put('taken/.lock', String(process.pid));
        return ['falsify', '--reports', 'taken', '--properties', 'ok.ts'];
      },
      /^falsum: .*taken: another run \(process \d+\) writes there; wait for it or choose another/,
    ],
    [
      'JSON that cannot be written, before any work',
      () => ['falsify', '--json', 'nowhere/x.json', '--properties', 'ok.ts'],
      /^falsum: --json nowhere\/x\.json: cannot be written \(ENOENT\)/,
    ],
    [
      'a reading that is only a property of every object',
      () => ['falsify', '--reading', 'constructor', '--properties', claimFile('ok.ts', 'ok')],
      /^falsum: --reading: no chosen claim has "constructor"/,
    ],
    [
      'an object that is no claim',
      () => [
        'falsify',
        '--properties',
        put('plain.ts', "export default { id: 'a/b', version: 1, readings: {} };\n"),
      ],
      /^falsum: plain\.ts: claim a\/b: title must be a non-empty string/,
    ],
    [
      'an import that ends the process',
      () => ['falsify', '--properties', put('exits.ts', 'process.exit(0);\nexport default 1;\n')],
      /^falsum: stopped before the end; a claim file calls process\.exit or waits for what never comes/,
    ],
    [
      'an import that never ends',
      () => ['falsify', '--properties', put('waits.ts', 'await new Promise(() => {});\n')],
      /^falsum: stopped before the end; /,
    ],
    [
      'a rejection that nothing awaits, at import',
      () => [
        'falsify',
        '--properties',
        put(
          'stray.ts',
          "\nvoid Promise.reject(new Error('astray'));\nawait new Promise((r) => setTimeout(r, 50));\n",
        ),
      ],
      /^falsum: .*stray\.ts:2:\d+: astray \(thrown or rejected where nothing awaits it\)/,
    ],
    [
      'a rejection that nothing awaits, in conclude',
      () => [
        'falsify',
        '--reports',
        'astray',
        '--properties',
        claimFile('astray.ts', 'astray', {
          conclude:
            "({ value }) => { void Promise.reject(new Error('astray')); return decided('exact', [atMost('v ≤ 1', value, 1)]); }",
        }),
      ],
      /^falsum: astray\.ts:\d+:\d+: astray \(thrown or rejected where nothing awaits it\)/,
    ],
    [
      'a counterexample that does not exist',
      () => ['replay', 'abcdef0123456789'],
      /^falsum: abcdef0123456789: no such file, and no counterexample with this id in /,
    ],
    [
      'a counterexample file that is not JSON',
      () => ['replay', put('broken.json', '{"schema":')],
      /^falsum: broken\.json: is not JSON/,
    ],
    [
      'a counterexample file of another shape',
      () => ['replay', put('other.json', '{"schema": "falsum/counterexample@1"}')],
      /^falsum: other\.json: is not a counterexample file: it must have required property 'id'/,
    ],
    [
      'a report without results',
      () => ['report', '--reports', 'nowhere'],
      /^falsum: nowhere\/allure-results: holds no results; run "falsum falsify" first/,
    ],
  ];

  test.each(cases)('%s', (_, args, line) => {
    const { status, stderr } = falsum(...args());
    expect(stderr).toMatch(line);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(status).toBe(2);
  });

  test('an old Node', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [
        '-e',
        `Object.defineProperty(process.versions, 'node', { value: '18.20.0' }); require(${JSON.stringify(BIN)});`,
      ],
      { encoding: 'utf8' },
    );
    expect(stderr).toBe(
      'falsum: needs Node 20.19 or newer, this is 18.20.0; install a newer Node\n',
    );
    expect(status).toBe(2);
  });
});

describe('falsify', () => {
  test('a refuted claim of the user’s exits 1; its counterexample replays in a new process', () => {
    const file = claimFile('false.ts', 'false', refutable);
    const run = falsum('falsify', '--properties', file, '--reports', 'false', '--no-report');
    expect(run.status).toBe(1);
    expect(run.stdout).toMatch(/literal +refuted +certified/);
    const id = /counterexample ([0-9a-f]{16})/.exec(run.stdout)?.[1] ?? '';
    const again = falsum('replay', id, '--reports', 'false', '--properties', file);
    expect(again.status).toBe(0);
    expect(again.stdout).toMatch(/left side +0\.\d+/);
    expect(again.stdout).toContain('right side 0.5');
    expect(again.stdout).toContain('reproduces, bit for bit; grade certified');
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
    while (!exists(found)) await new Promise((resolve) => setTimeout(resolve, 50));
    child.kill('SIGINT');
    const status = await new Promise((resolve) => child.on('exit', resolve));
    expect(status).toBe(3);
    expect(stderr).toMatch(/^falsum: interrupted; 1 counterexample kept in .*slow\/found/m);
    expect(falsum('replay', firstFile(found), '--properties', 'slow-a.ts').status).toBe(0);
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

describe('help', () => {
  test.each(['list', 'show', 'falsify', 'replay', 'report'])('%s has --help', (command) => {
    const { status, stdout } = falsum(command, '--help');
    expect(status).toBe(0);
    expect(stdout.startsWith(`falsum ${command}`)).toBe(true);
  });
});

function firstFile(place: string): string {
  return join(place, listed(place)[0]);
}

function exists(place: string): boolean {
  return listed(place).length > 0;
}

function listed(place: string): string[] {
  try {
    return readdirSync(place).filter((name) => name.endsWith('.json'));
  } catch {
    return [];
  }
}
