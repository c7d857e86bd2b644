import { describe, expect, test } from 'vitest';
import { falsum, put } from './testing/sandbox.js';

describe('bad input of bench gets one line and exit code 2, before anything is timed', () => {
  const cases: readonly (readonly [name: string, args: () => string[], line: RegExp])[] = [
    [
      'no benchmark',
      () => [],
      /^falsum: bench: name a benchmark; there are core, solvers, hunt, power$/,
    ],
    [
      'an unknown benchmark',
      () => ['strength'],
      /^falsum: bench: no benchmark "strength"; there are core, solvers, hunt, power$/,
    ],
    [
      'a benchmark that is only a property of every object',
      () => ['constructor'],
      /^falsum: bench: no benchmark "constructor"; there are core, solvers, hunt, power$/,
    ],
    ['two benchmarks', () => ['core', 'core'], /^falsum: bench: name one benchmark only$/],
    ['an unknown option', () => ['core', '--frob'], /^falsum: bench: Unknown option '--frob'/],
    [
      'a bad number of runs',
      () => ['core', '--runs', 'many'],
      /^falsum: --runs: must be a whole number in 1000…10000000, got "many"$/,
    ],
    [
      'an option of another benchmark',
      () => ['solvers', '--runs', '1000'],
      /^falsum: bench solvers: --runs is an option of bench core$/,
    ],
    [
      'an option of power',
      () => ['solvers', '--long'],
      /^falsum: bench solvers: --long and --only are options of bench power$/,
    ],
    [
      'two extents of power',
      () => ['power', '--long', '--quick'],
      /^falsum: bench power: --quick and --long exclude one another$/,
    ],
    [
      'a Python for hunt',
      () => ['hunt', '--python', 'python3'],
      /^falsum: bench hunt: --python is no option of it$/,
    ],
    [
      'a Python for power',
      () => ['power', '--python', 'python3'],
      /^falsum: bench power: --python is no option of it$/,
    ],
    [
      'a name that nothing of power has',
      () => ['power', '--only', 'nothing-of-the-kind'],
      /^falsum: bench power: --only nothing-of-the-kind: nothing has this text in its name$/,
    ],
    [
      'a Python that does not exist, for the solvers',
      () => ['solvers', '--python', './no-python'],
      /^falsum: bench solvers: --python \.\/no-python: cannot be started as a Python 3; give the path of its executable$/,
    ],
    [
      'a Python that does not exist',
      () => ['core', '--python', './no-python'],
      /^falsum: bench core: --python \.\/no-python: cannot be started as a Python 3; give the path of its executable$/,
    ],
    [
      'JSON that cannot be written',
      () => ['core', '--json', 'nowhere/x.json'],
      /^falsum: --json nowhere\/x\.json: cannot be written \(ENOENT\)/,
    ],
    [
      'a reports folder that cannot be made',
      () => ['core', '--reports', `${put('file', '')}/reports`],
      /^falsum: --reports: .*file\/reports\/bench cannot be written \(ENOTDIR\); choose another folder$/,
    ],
    [
      'a folder for figures that cannot be made',
      () => ['core', '--out', `${put('file', '')}/figures`],
      /^falsum: --out: .*file\/figures cannot be written \(ENOTDIR\); choose another folder$/,
    ],
  ];

  test.each(cases)('%s', (_, args, line) => {
    const { status, stderr } = falsum('bench', ...args());
    expect(stderr.trimEnd()).toMatch(line);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(status).toBe(2);
  });
});

test('bench has --help', () => {
  const { status, stdout } = falsum('bench', '--help');
  expect(status).toBe(0);
  expect(stdout.startsWith('falsum bench <core|hunt|solvers|power>')).toBe(true);
});
