import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCounterexample } from '../hunting/index.js';
import { huntedClaim } from './testing/hunted.js';
import { BIN, claimFile, falsum, folder, listed, put, refutable } from './testing/sandbox.js';

const FOUND = ['found', 'toy', 'hunted', 'literal'] as const;
const CHECKPOINT = ['hunts', 'toy', 'hunted', 'literal', 'seed-1.json'] as const;

const hunting = (reports: string, ...more: string[]) =>
  falsum(...['hunt', 'toy/hunted', '--properties', 'hunted.ts', '--reports', reports], ...more);

/** What a hunt reached, but for times. */
function reachedIn(reports: string) {
  const checkpoint = JSON.parse(readFileSync(join(folder, reports, ...CHECKPOINT), 'utf8')) as {
    elapsedMs: number;
  };
  const found = listed(join(folder, reports, ...FOUND)).toSorted();
  return { ...checkpoint, elapsedMs: 0, found };
}

describe('falsum hunt', () => {
  put('hunted.ts', huntedClaim);

  test('finds, shrinks and stores a counterexample that replays, and says that it was not expected', () => {
    const run = hunting('one', '--evaluations', '100000', '--json', '-');
    expect(run.status).toBe(1);
    const { hunts } = JSON.parse(run.stdout) as {
      hunts: { counterexamples: { id: string; grade: string; minimal: boolean }[] }[];
    };
    const [{ counterexamples }] = hunts;
    expect(counterexamples).toMatchObject([{ grade: 'certified', minimal: true }]);
    expect(run.stderr).toMatch(/a counterexample is found, and it is not expected to be refuted/);
    const file = join(folder, 'one', ...FOUND, `${counterexamples[0].id}.json`);
    expect(readCounterexample(file)).toMatchObject({ found: { stream: 'search', seed: 1 } });
    expect(falsum('replay', file, '--properties', 'hunted.ts').status).toBe(0);
  });

  test('neither workers nor interruptions change what a hunt reaches', () => {
    const limit = ['--keep-going', '--evaluations'];
    hunting('whole', ...limit, '3000', '--workers', '1');
    for (const evaluations of ['70', '900', '3000']) {
      hunting('parts', ...limit, evaluations, '--workers', '3', '--resume');
    }
    const whole = reachedIn('whole');
    expect(whole.found.length).toBeGreaterThan(1);
    expect(reachedIn('parts')).toEqual(whole);
  });

  test('Ctrl-C keeps the hunt and exits 3', async () => {
    claimFile('patient.ts', 'patient');
    const child = spawn(
      process.execPath,
      [BIN, 'hunt', 'toy/patient', '--properties', 'patient.ts', '--reports', 'kept'].concat([
        ...['--budget', '1h'],
      ]),
      { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.kill('SIGINT');
    expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(3);
    expect(stderr).toMatch(
      /^falsum: interrupted; the hunt is kept in .*seed-1\.json, go on with --resume/m,
    );
  });

  test('--all hunts by the board and leaves refuted readings', () => {
    claimFile('all-true.ts', 'all-true');
    claimFile('all-false.ts', 'all-false', refutable);
    const all = (...more: string[]) =>
      falsum(...['hunt', '--all', '--properties', 'all-*.ts', '--reports', 'all'], ...more);
    const first = all('--evaluations', '200');
    expect(first.stdout).toContain('toy/all-false literal');
    const second = all('--evaluations', '300');
    expect(second.stdout).not.toContain('toy/all-false literal');
    expect(second).toMatchObject({ status: 0 });
    expect(second.stdout).toMatch(/toy\/all-true literal .*going on after \d+ evaluations/);
    const board = falsum('board', '--properties', 'all-*.ts', '--reports', 'all');
    expect(board.stdout).toMatch(
      /1 +toy\/all-true +literal +universal[^\n]*\n *2 +toy\/all-false[^\n]* refuted/,
    );
  });
});

describe('wrong usage of a hunt gets one line and exit code 2', () => {
  const cases: readonly (readonly [name: string, args: string[], line: RegExp])[] = [
    ['no limit', ['SL-17'], /^falsum: hunt: give a limit, --budget <time> or --evaluations <n>\n$/],
    ['no claim', ['--budget', '1s'], /^falsum: hunt: name one claim, or give --all\n$/],
    [
      'an unknown label',
      ['SL-17', '--reading', 'k3', '--budget', '1s', '--label', 'dim:9'],
      /^falsum: --label: song2022\/\S+ k3 has no label "dim:9"; it has .*dim:3/,
    ],
    [
      'both --resume and --restart',
      ['SL-17', '--budget', '1s', '--resume', '--restart'],
      /^falsum: hunt: --resume and --restart exclude each other; give one\n$/,
    ],
  ];
  test.each(cases)('%s', (_name, args, line) => {
    const run = falsum('hunt', ...args);
    expect(run.stderr).toMatch(line);
    expect(run.status).toBe(2);
  });

  test('a hunt that is there already is not thrown away', () => {
    put('hunted.ts', huntedClaim);
    hunting('there', '--evaluations', '20');
    const again = hunting('there', '--evaluations', '20');
    expect(again.stderr).toMatch(
      /was hunted with seed 1 already .*go on with --resume, take another --seed, or --restart/,
    );
    expect(again.status).toBe(2);
  });

  test('an error of the claim’s own code names file and line', () => {
    claimFile('throws.ts', 'throws', { conclude: "() => { throw new Error('on purpose'); }" });
    const run = falsum(
      ...['hunt', 'toy/throws', '--properties', 'throws.ts', '--reports', 'throws'],
      ...['--evaluations', '50'],
    );
    expect(run.stderr).toMatch(/^falsum: throws\.ts:\d+:\d+: .*on purpose/m);
    expect(run.status).toBe(2);
  });
});
