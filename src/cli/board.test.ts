import { cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { claimFile, falsum, folder, put } from './testing/sandbox.js';

interface Row {
  readonly margin: number | null;
  readonly effort: number;
  readonly status: string;
}

const FILE = ['--properties', 'watched.ts'] as const;

/** The board's only row. */
function row(...args: string[]): Row {
  const { stdout, stderr } = falsum('board', '--json', '-', ...args);
  expect(stderr).toMatch(/claim +reading +kind +margin +effort/);
  const { rows } = JSON.parse(stdout) as { rows: Row[] };
  expect(rows).toHaveLength(1);
  return rows[0];
}

/** Judges the claim on the ledger "nights"; returns what that run alone gave. */
function night(reports: string): { readonly margin: number; readonly effort: number } {
  const { stdout, status } = falsum(
    ...['falsify', ...FILE, '--profile', 'ci', '--no-report', '--json', '-'],
    ...['--ledger', 'nights', '--reports', reports],
  );
  expect(status).toBe(0);
  const { results } = JSON.parse(stdout) as {
    results: { worstMargin: number; trials: { effective: number } }[];
  };
  const [{ worstMargin, trials }] = results;
  return { margin: worstMargin, effort: trials.effective };
}

describe('the board reads the ledger', () => {
  let first: ReturnType<typeof night>;
  let second: ReturnType<typeof night>;
  beforeAll(() => {
    claimFile('watched.ts', 'watched');
    first = night('first');
    second = night('second');
  });
  const total = (): number => first.effort + second.effort;
  const worst = (): number => Math.min(first.margin, second.margin);

  test('its trials add up, and the smallest margin of the line counts', () => {
    expect(first.effort).toBeGreaterThan(0);
    expect(first.margin).not.toBe(second.margin);
    expect(row(...FILE, '--reports', 'none')).toMatchObject({ margin: null, effort: 0 });
    expect(row(...FILE, '--reports', 'none', '--ledger', 'nights')).toMatchObject({
      margin: worst(),
      effort: total(),
      status: 'open',
    });
  });

  test('trials of the last run that the ledger holds count once, others as well', () => {
    for (const reports of ['first', 'second']) {
      expect(row(...FILE, '--reports', reports, '--ledger', 'nights')).toMatchObject({
        margin: worst(),
        effort: total(),
      });
    }
    expect(row(...FILE, '--reports', 'second')).toMatchObject(second);
    const file = join(folder, 'alone', 'verdicts.json');
    cpSync(join(folder, 'second'), join(folder, 'alone'), { recursive: true });
    // The same run on another seed: none of its trials is in the ledger.
    writeFileSync(file, readFileSync(file, 'utf8').replace('"seed": 1,', '"seed": 2,'));
    expect(row(...FILE, '--reports', 'alone', '--ledger', 'nights').effort).toBe(
      total() + second.effort,
    );
  });

  test('hunts add to it', () => {
    const { status, stdout } = falsum(
      ...['hunt', 'toy/watched', ...FILE, '--evaluations', '100', '--workers', '1', '--json', '-'],
      ...['--reports', 'hunted', '--ledger', 'nights'],
    );
    expect(status).toBe(0);
    const { hunts } = JSON.parse(stdout) as {
      hunts: { evaluations: number; worstMargin: number }[];
    };
    const [{ evaluations, worstMargin }] = hunts;
    expect(row(...FILE, '--reports', 'hunted', '--ledger', 'nights')).toMatchObject({
      margin: Math.min(worst(), worstMargin),
      effort: total() + evaluations,
    });
  });

  test('a hunt of all takes the order that the ledger gives', () => {
    claimFile('watched-too.ts', 'watched-too');
    const order = (reports: string, ...args: string[]): string[] => {
      const { stdout } = falsum(
        ...['hunt', '--all', '--properties', 'watched*.ts', '--reports', reports, '--json', '-'],
        ...['--evaluations', '20', '--workers', '1', ...args],
      );
      const { hunts } = JSON.parse(stdout) as { hunts: { claim: string }[] };
      return hunts.map(({ claim }) => claim);
    };
    expect(order('without')).toEqual(['toy/watched', 'toy/watched-too']);
    // What nobody tried comes first.
    expect(order('with', '--ledger', 'nights')).toEqual(['toy/watched-too', 'toy/watched']);
  });

  test('evidence of another version or law of the draws does not count', () => {
    const source = readFileSync(join(folder, 'watched.ts'), 'utf8');
    put('newer.ts', source.replace('version: 1,', 'version: 2,'));
    put('redrawn.ts', source.replace('value: random.uniform()', 'value: random.uniform() / 2'));
    for (const file of ['newer.ts', 'redrawn.ts']) {
      const args = ['--properties', file, '--reports', 'none', '--ledger', 'nights'];
      expect(row(...args), file).toMatchObject({ margin: null, effort: 0 });
    }
  });

  test('a ledger that is not there, or broken, is one line and exit code 2', () => {
    expect(falsum('board', ...FILE, '--ledger', 'nowhere')).toMatchObject({
      status: 2,
      stdout: '',
      stderr:
        'falsum: --ledger: nowhere is no folder; "falsum falsify --ledger <folder>" makes a ledger, and so does the nightly profile\n',
    });
    cpSync(join(folder, 'nights'), join(folder, 'broken'), { recursive: true });
    const [batch] = readdirSync(join(folder, 'broken'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.json'))
      .toSorted();
    const file = join(folder, 'broken', batch);
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 60));
    const broken = falsum('board', ...FILE, '--ledger', 'broken');
    expect(broken.status).toBe(2);
    expect(broken.stderr).toMatch(/^falsum: .*\.json: is not JSON [^\n]*\n$/);
  });

  test('the ledger of the folder is read without being named', () => {
    cpSync(join(folder, 'nights'), join(folder, 'ledger'), { recursive: true });
    expect(row(...FILE, '--reports', 'none').effort).toBe(total());
  });
});
