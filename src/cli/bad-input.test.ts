import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { thisHolder } from '../files/index.js';
import { BIN, claimFile, falsum, folder, put } from './testing/sandbox.js';

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
      'fc.pre in conclude',
      () => [
        'falsify',
        '--reports',
        'pre',
        '--properties',
        claimFile('pre.ts', 'pre', { conclude: '() => fc.pre(false) as never' }),
      ],
      /^falsum: pre\.ts:\d+:\d+: toy\/pre, reading literal, trial 0, conclude: calls fc\.pre, which discards runs of fast-check alone; list the condition under assumptions/,
    ],
    [
      'an error without a message',
      () => [
        'falsify',
        '--reports',
        'wordless',
        '--properties',
        claimFile('wordless.ts', 'wordless', {
          before: 'const fail = (): never => {\n  throw new RangeError();\n};',
          conclude: 'fail',
        }),
      ],
      /^falsum: wordless\.ts:5:\d+: toy\/wordless, reading literal, trial 0, conclude: threw RangeError without a message; the instance is in /,
    ],
    [
      'an error without a message, at import',
      () => ['falsify', '--properties', put('mute.ts', '\nthrow new Error();\n')],
      /^falsum: mute\.ts:2:\d+: Error without a message/,
    ],
    [
      'control characters in what a file holds',
      () => [
        'falsify',
        '--properties',
        put('steers.ts', "throw new Error('a\\u001b[2Jb\\u202ec');\n"),
      ],
      /^falsum: steers\.ts:1:\d+: a\\x1b\[2Jb\\u202ec$/m,
    ],
    [
      'a number of trials that is none',
      () => ['falsify', '--trials', '0', '--properties', 'ok.ts'],
      /^falsum: --trials: must be a whole number in 1…2147483647, got "0"/,
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
        put('taken/.lock-1', JSON.stringify(thisHolder()));
        return ['falsify', '--reports', 'taken', '--properties', 'ok.ts'];
      },
      /^falsum: .*taken: another run \(process \d+ on .+\) writes there; wait for it or choose another/,
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
      /^falsum: exits\.ts: ends its thread; a claim must not call process\.exit/,
    ],
    [
      'an import that never ends',
      () => ['falsify', '--properties', put('waits.ts', 'await new Promise(() => {});\n')],
      /^falsum: waits\.ts: awaits a promise that nothing settles/,
    ],
    [
      'an import that changes what every object inherits',
      () => [
        'falsify',
        '--properties',
        put('pollutes.ts', "(Object.prototype as any).polluted = 'yes';\nexport default 1;\n"),
      ],
      /^falsum: pollutes\.ts: sets Object\.prototype\.polluted, which every object inherits; /,
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

describe('help', () => {
  test.each(['list', 'show', 'falsify', 'replay', 'report'])('%s has --help', (command) => {
    const { status, stdout } = falsum(command, '--help');
    expect(status).toBe(0);
    expect(stdout.startsWith(`falsum ${command}`)).toBe(true);
  });
});
