import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { counterexampleId } from '../hunting/index.js';
import { claimFile, falsum, folder, listed, put, refutable } from './testing/sandbox.js';

const properties = ['--properties', claimFile('toy.ts', 'one', refutable)];
const run = (...args: string[]) => falsum('falsify', '--profile', 'smoke', '--no-report', ...args);

/** One line on standard error and exit code 2. */
function refused({ status, stderr }: ReturnType<typeof falsum>, why: RegExp): void {
  expect(stderr).toMatch(why);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(status).toBe(2);
}

const deep = (name: string, text: string): string => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
  return name;
};

/** A counterexample file that its schema admits. */
function counterexample(change: Record<string, unknown>): string {
  const content: Record<string, unknown> = {
    ...{ schema: 'falsum/counterexample@1', claim: 'toy/one', reading: 'literal', version: 1 },
    ...{ grade: 'certified', form: 'instance', instance: { value: 0.75 }, clause: 'v ≤ ½' },
    ...{ lhs: 0.75, rhs: 0.5, margin: { lower: -0.2, upper: -0.2 }, witness: null },
    ...{ nearestAssumption: null, certificate: null, confirmation: null },
    ...{ found: { stream: 'test', seed: 1, trial: 0, shrinks: 0 }, engine: 'js64', falsum: '0' },
    ...change,
  };
  const { claim, reading, instance } = content;
  const id = counterexampleId(String(claim), String(reading), instance as never);
  return JSON.stringify({ id, ...content });
}

describe('a corpus that cannot be read is no empty one', () => {
  const corpora: readonly (readonly [string, () => string, RegExp])[] = [
    ['missing', () => 'nowhere', /--corpus: nowhere is no folder/],
    ['a file', () => put('corpus-file', ''), /cannot be read as a folder \(ENOTDIR\)/],
    [
      'a link that leads nowhere',
      () => {
        symlinkSync(join(folder, 'gone'), join(folder, 'dangling'));
        return 'dangling';
      },
      /dangling: cannot be read as a folder \(ENOENT\)/,
    ],
    [
      'with a folder that goes round in a circle',
      () => {
        mkdirSync(join(folder, 'looping', 'toy', 'one'), { recursive: true });
        const loop = join(folder, 'looping', 'toy', 'one', 'literal');
        symlinkSync(loop, loop);
        return 'looping';
      },
      /literal: cannot be read as a folder \(ELOOP\)/,
    ],
    [
      'named one folder too low',
      () => dirname(dirname(deep('low/toy/one/literal/0123456789abcdef.json', '{}'))),
      /0123456789abcdef\.json: lies outside of .*<claim>\/<reading>\//,
    ],
    [
      'with a broken file',
      () => {
        deep('cut/toy/one/literal/0123456789abcdef.json', '{"schema":');
        return 'cut';
      },
      /0123456789abcdef\.json: is not JSON/,
    ],
  ];

  test.each(corpora)('%s', (name, make, why) => {
    const corpus = make();
    refused(falsum('corpus', 'verify', '--corpus', corpus, ...properties), why);
    refused(
      run('--corpus', corpus, '--reports', `r-${name.replaceAll(' ', '-')}`, ...properties),
      why,
    );
  });
});

describe('replay refuses hostile files', () => {
  test.each([
    [
      'a reading that every object has',
      { reading: 'constructor' },
      /reading "constructor", which toy\/one does not have; it has literal/,
    ],
    [
      'a claim that is none',
      { claim: 'toy/constructor' },
      /is a counterexample to toy\/constructor, which is not loaded/,
    ],
    [
      'an instance of another shape',
      { instance: 5 },
      /toy\/one cannot read the instance of this file|every clause|clause/,
    ],
    [
      'no instance',
      { instance: null },
      /toy\/one cannot read the instance of this file: toy\/one, literal, replay/,
    ],
    ['a family without a name', { form: 'family' }, /the instance of a family must be its name/],
    [
      'a huge attack',
      { found: { stream: 'test', seed: 1, trial: 0, shrinks: 0, attack: 1e9 } },
      /attack must be <= 1000/,
    ],
  ] as const)('%s', (_, change, why) => {
    const file = put('hostile.json', counterexample(change));
    const result = falsum('replay', file, ...properties);
    // A number has no value; that the toy does not notice is the toy's affair: nothing is violated then.
    if (result.status === 1) expect(result.stdout).toMatch(/does not reproduce/);
    else refused(result, why);
    if (result.status === 2 && !/reading "|not loaded|cannot read the instance/.test(result.stderr))
      return;
    expect(falsum('replay', file, '--verify', ...properties).status).not.toBe(70);
  });

  test('nested a hundred thousand deep', () => {
    const nested = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const file = put('nested.json', counterexample({}).replace('{"value":0.75}', nested));
    for (const more of [[], ['--verify']]) {
      refused(falsum('replay', file, ...more, ...properties), /must be nested at most 500 deep/);
    }
  });
});

describe('a reports folder that holds something else', () => {
  test.each([
    ['index.html', '<title>Mine</title>', []],
    ['allure-results/x-result.json', '{"labels":[]}', []],
    ['verdicts.json', '{"mine":true}', ['board']],
    ['history.jsonl', '{"uuid":"u","na', ['report']],
  ] as const)('%s is not touched', (name, text, readers) => {
    const reports = `with-${name.replaceAll(/\W/g, '-')}`;
    deep(`${reports}/${name}`, text);
    if (readers.some((reader) => reader === 'report')) {
      deep(`${reports}/allure-results/x-result.json`, '{}');
    }
    const args = ['--profile', 'smoke', '--reports', reports, ...properties];
    refused(falsum('falsify', ...args), new RegExp(name.replace(/^allure-results./, '')));
    expect(readFileSync(join(folder, reports, name), 'utf8')).toBe(text);
    for (const reader of readers) {
      const more = reader === 'board' ? properties : [];
      refused(falsum(reader, '--reports', reports, ...more), new RegExp(name));
    }
  });

  test('a path with brackets is a path', () => {
    const reports = 'my [1] {a,b} (c)';
    const first = run('--reports', reports, ...properties);
    expect(first.stderr).toBe('');
    expect(first.status).toBe(1);
    const [found] = listed(join(folder, reports, 'found', 'toy', 'one', 'literal'));
    const id = found.replace('.json', '');
    expect(falsum('replay', id, '--reports', reports, ...properties).status).toBe(0);
    const corpus = ['--corpus', 'my [corpus]', ...properties];
    expect(falsum('corpus', 'add', id, '--reports', reports, ...corpus).status).toBe(0);
    expect(falsum('corpus', 'verify', ...corpus, '--reports', reports).stdout).toMatch(/^1 of 1 /);
  });
});

test('evidence import believes nothing that trials cannot leave', () => {
  const batch = {
    ...{ schema: 'falsum/evidence@1', claim: 'toy/one', reading: 'literal', version: 1 },
    ...{ draws: '0123456789abcdef', precision: 'float64', engine: 'js64', seed: 1, stream: 'test' },
    ...{ from: 0, to: 1, attack: 1 },
    tally: {
      ...{ discarded: 0, gaveUp: 0, effective: 1e9, violated: 0, telling: 1e9, exact: 1e9 },
      ...{ coverage: {}, worstMargin: null, tightest: null, reasons: {}, witness: null },
      ...{ wagers: null, rungs: [], extremes: {}, replications: null },
    },
    origin: { falsum: '0', commit: null, startedAt: '2026-01-01T00:00:00Z', profile: 'ci' },
  };
  const head = '{"schema":"falsum/evidence-export@1","batches":1}';
  const file = put('night.jsonl', `${head}\n${JSON.stringify({ id: 'x', batch })}\n`);
  refused(
    falsum('evidence', 'import', file, '--ledger', 'believing'),
    /line 2: (the id must be|is no batch)/,
  );
  expect(readdirSync(folder)).not.toContain('believing');
});
