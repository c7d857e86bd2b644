import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCounterexample } from '../hunting/index.js';
import { randomSource } from '../math/index.js';
import { huntedClaim } from './testing/hunted.js';
import { BIN, falsum, folder, listed, put } from './testing/sandbox.js';

const KILLS = 20;
const EVALUATIONS = '20000';
const found = (reports: string) => join(folder, reports, 'found', 'toy', 'hunted', 'literal');

const args = (reports: string) => [
  ...['hunt', 'toy/hunted', '--properties', 'hunted.ts', '--reports', reports],
  ...['--keep-going', '--evaluations', EVALUATIONS, '--workers', '2', '--resume'],
];

/** Starts the hunt, and kills it some milliseconds after its first line. */
async function killAfter(reports: string, ms: number): Promise<void> {
  const child = spawn(process.execPath, [BIN, ...args(reports)], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await Promise.race([ended, new Promise((resolve) => child.stdout.once('data', resolve))]);
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, ms))]);
  child.kill('SIGKILL');
  await ended;
}

/** The groups of which counterexamples are stored; every file must be whole. */
function groupsIn(reports: string): Set<string> {
  const files = listed(found(reports)).map((name) =>
    readCounterexample(join(found(reports), name)),
  );
  return new Set(
    files.map(({ instance }) => String(Math.floor((instance as { value: number }).value * 1000))),
  );
}

function checkpoint(reports: string): object {
  const file = join(folder, reports, 'hunts', 'toy', 'hunted', 'literal', 'seed-1.json');
  return { ...(JSON.parse(readFileSync(file, 'utf8')) as object), elapsedMs: 0 };
}

test('a hunt killed at 20 random moments loses nothing found and ends where an undisturbed one does', async () => {
  put('hunted.ts', huntedClaim);
  const random = randomSource('kills');
  let known = new Set<string>();
  for (let kill = 0; kill < KILLS; kill += 1) {
    await killAfter('killed', 250 * random.uniform());
    const now = groupsIn('killed');
    for (const group of known) expect(now).toContain(group);
    known = now;
    if (now.size > 0) checkpoint('killed');
  }
  expect(falsum(...args('killed')).stderr).toBe('');
  falsum(...args('undisturbed'));
  expect(checkpoint('killed')).toEqual(checkpoint('undisturbed'));
  expect(groupsIn('killed')).toEqual(groupsIn('undisturbed'));
  for (const group of known) expect(groupsIn('killed')).toContain(group);
  const { status, stdout } = falsum(
    ...['corpus', 'verify', '--corpus', 'killed/found', '--properties', 'hunted.ts'],
  );
  expect(stdout).toMatch(/^(\d+) of \1 counterexamples reproduce/);
  expect(status).toBe(0);
});
