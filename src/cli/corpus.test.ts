import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCounterexample, storeCounterexample } from '../hunting/index.js';
import { claimFile, falsum, folder, listed, put, refutable } from './testing/sandbox.js';

const CLAIM = ['--properties', 'stored.ts', '--reports', 'r', '--corpus', 'corpus'];
mkdirSync(join(folder, 'corpus'));
const corpus = (...args: string[]) => falsum('corpus', ...args, ...CLAIM);

test('a counterexample is promoted once, listed with its age, verified, and told when it is lost', () => {
  claimFile('stored.ts', 'stored', refutable);
  const place = join('toy', 'stored', 'literal');
  falsum('hunt', 'toy/stored', ...CLAIM, '--evaluations', '500');
  const [name] = listed(join(folder, 'r', 'found', place));
  const id = name.replace('.json', '');
  expect(corpus('add', id)).toMatchObject({ status: 0, stderr: '' });
  const twice = corpus('add', id);
  expect(twice).toMatchObject({ status: 2 });
  expect(twice.stderr).toBe(`falsum: ${id}: ${id} is in the corpus already\n`);

  const day = '20\\d\\d-[01]\\d-[0-3]\\d';
  expect(corpus().stdout).toMatch(
    new RegExp(
      `${id}  certified +1 number  stored ${day}  reproduced ${day}  search stream, seed 1`,
    ),
  );
  const dates = readFileSync(join(folder, 'corpus', 'corpus.dates'), 'utf8');
  const verified = corpus('verify');
  expect(verified.stdout).toMatch(/^1 of 1 counterexamples reproduce/m);
  expect(verified.status).toBe(0);
  expect(readFileSync(join(folder, 'corpus', 'corpus.dates'), 'utf8')).toBe(dates);
  expect(existsSync(join(folder, 'r', 'corpus.dates'))).toBe(true);

  claimFile('stored.ts', 'stored');
  put(
    'stored.ts',
    readFileSync(join(folder, 'stored.ts'), 'utf8').replace('version: 1', 'version: 2'),
  );
  const lost = corpus('verify');
  expect(lost.status).toBe(1);
  expect(lost.stdout).toContain(
    `lost toy/stored literal ${id}: every clause holds; since it was stored, the claim’s version (1, now 2) changed`,
  );
  expect(listed(join(folder, 'corpus', place))).toEqual([name]);
});

test('what is suspect, or broken, is not promoted', () => {
  claimFile('stored.ts', 'stored', refutable);
  falsum('hunt', 'toy/stored', ...CLAIM, '--evaluations', '500', '--restart');
  const place = join(folder, 'r', 'found', 'toy', 'stored', 'literal');
  const good = readCounterexample(join(place, listed(place)[0]));
  mkdirSync(join(folder, 'doubtful'), { recursive: true });
  const file = storeCounterexample(join(folder, 'doubtful'), { ...good, grade: 'suspect' });
  const suspect = corpus('add', file);
  expect(suspect.stderr).toMatch(/: is suspect; only what is confirmed or certified is added\n$/);
  expect(suspect.status).toBe(2);
  put('half.json', '{"schema":');
  expect(corpus('add', 'half.json')).toMatchObject({ status: 2 });
  expect(corpus('frob').stderr).toBe(
    'falsum: corpus: no action "frob"; there are list, verify, add\n',
  );
});
