import { spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { InputError } from '../model/index.js';
import type { Holder } from './holder.js';
import { thisHolder } from './holder.js';
import { holderText, tryLock, withLock } from './index.js';
import { withFaults } from '../testing/faults.cjs';

const MODULE = fileURLToPath(new URL('../../dist/src/files/index.js', import.meta.url));

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'falsum-lock-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

/** The pid that nothing has: beyond the largest of Linux. */
const NOBODY = 2 ** 22 + 1;

/** Leaves the lock of a holder. */
function left(holder: Partial<Holder>, minutesAgo = 0): string {
  const file = join(root, '.lock-1');
  writeFileSync(file, JSON.stringify({ ...thisHolder(), ...holder }));
  const then = new Date(statSync(file).mtimeMs - minutesAgo * 60_000);
  utimesSync(file, then, then);
  return file;
}

const locks = (): string[] => readdirSync(root);
const isFree = (): boolean => {
  const lock = tryLock(root);
  if (!('release' in lock)) return false;
  lock.release();
  return true;
};

/** Runs a program that has `files` (the module) and `folder`; gives what it prints. */
async function program(code: string): Promise<string> {
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import * as files from ${JSON.stringify(MODULE)};\nimport * as fs from 'node:fs';\nconst folder = ${JSON.stringify(root)};\n${code}`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  await new Promise((resolve) => child.once('close', resolve));
  return text;
}

describe('a lock', () => {
  test('names its holder, is taken once, and is free after its release', () => {
    const lock = tryLock(root);
    if (!('release' in lock)) throw new Error('an empty folder must be free');
    const other = tryLock(root);
    if ('release' in other) throw new Error('a lock must exclude');
    expect(holderText(other)).toMatch(new RegExp(`^process ${process.pid} on `));
    lock.release();
    expect(locks()).toEqual([]);
    expect(isFree()).toBe(true);
  });

  test('of a process that is gone is taken over', () => {
    left({ pid: NOBODY });
    expect(isFree()).toBe(true);
    expect(locks()).toEqual([]);
  });

  test('of a process whose id lives again is taken over', () => {
    left({ started: '1' });
    expect(isFree()).toBe(true);
    left({ pid: 1, started: '7' });
    expect(isFree()).toBe(true);
  });

  test.each([
    ['another host', { host: 'elsewhere', pid: NOBODY }],
    ['another start of this host', { machine: 'other', pid: NOBODY }],
    ['a system that says nothing of its processes', { machine: null, started: null }],
  ])('of %s is held while it shows that it is alive', (_, holder) => {
    left(holder, 2);
    expect(isFree()).toBe(false);
    left(holder, 4);
    expect(isFree()).toBe(true);
    expect(locks()).toEqual([]);
  });

  test('of this machine is held by a living process however long it was silent', () => {
    left({}, 24 * 60);
    expect(isFree()).toBe(false);
  });

  test.each(['', '{', '7', '"x"', 'null', '{"host":1}', '[]', `${'['.repeat(1e5)}`])(
    'of nobody (%.12s) is soon taken over',
    (text) => {
      const file = left({}, 0);
      writeFileSync(file, text);
      expect(isFree()).toBe(false);
      const then = new Date(statSync(file).mtimeMs - 60_000);
      utimesSync(file, then, then);
      expect(isFree()).toBe(true);
    },
  );

  test('is one file with its content from the first moment on', () => {
    const steps = withFaults(root, { first: Infinity, last: Infinity, code: 'EIO' }, () => {
      expect(isFree()).toBe(true);
    });
    expect(steps.filter((step) => step.includes('.lock-'))).toEqual([
      `link ${join(root, '.lock-1')}`,
    ]);
  });

  test('excludes also where a file system has no hard links', () => {
    withFaults(root, { first: 2, last: 2, code: 'EPERM' }, () => {
      const lock = tryLock(root);
      if (!('release' in lock)) throw new Error('an empty folder must be free');
      expect(isFree()).toBe(false);
      lock.release();
    });
    expect(locks()).toEqual([]);
  });

  test.each(['ENOSPC', 'EROFS', 'EACCES'])('that cannot be written (%s) says so', (code) => {
    for (let first = 0; first < 3; first += 1) {
      withFaults(root, { first, last: Infinity, code }, () => {
        expect(() => tryLock(root)).toThrow(InputError);
        expect(() => tryLock(root)).toThrow(
          new RegExp(String.raw`^[^\n]*: cannot be locked \(${code}\); [^\n]*$`),
        );
      });
    }
    expect(locks()).toEqual([]);
  });
});

describe('concurrent starters', () => {
  test('of eight processes on a folder with a dead lock at most one holds it at any time, and all are served', async () => {
    left({ pid: NOBODY });
    mkdirSync(join(root, 'inside'));
    const worker = `
      let served = 0;
      for (let turn = 0; turn < 25; turn += 1) {
        await files.withLock(folder, () => {
          fs.writeFileSync(folder + '/inside/only', String(process.pid), { flag: 'wx' });
          const count = Number(fs.readFileSync(folder + '/inside/count', 'utf8').trim());
          fs.writeFileSync(folder + '/inside/count', String(count + 1));
          fs.rmSync(folder + '/inside/only');
          served += 1;
        });
      }
      console.log(served);`;
    writeFileSync(join(root, 'inside', 'count'), '0');
    const served = await Promise.all(Array.from({ length: 8 }, async () => program(worker)));
    expect(served.map(Number)).toEqual(Array.from({ length: 8 }, () => 25));
    expect(readFileSync(join(root, 'inside', 'count'), 'utf8')).toBe('200');
    expect(locks()).toEqual(['inside']);
  });

  test('one of six gets a folder for long; the others are told who has it', async () => {
    left({ pid: NOBODY });
    const starter = `
      const lock = files.tryLock(folder);
      const won = 'release' in lock;
      fs.appendFileSync(folder + '/asked', '.');
      // The winner stays until all have asked.
      while (won && fs.readFileSync(folder + '/asked', 'utf8').length < 6) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      console.log(won ? 'mine' : files.holderText(lock));`;
    const answers = await Promise.all(Array.from({ length: 6 }, async () => program(starter)));
    expect(answers.filter((answer) => answer === 'mine\n')).toHaveLength(1);
    for (const answer of answers) expect(answer).toMatch(/^(mine|process \d+ on .+)\n$/);
    // What is held when a process ends is given back.
    expect(locks()).toEqual(['asked']);
  });

  test('a killed holder keeps nothing', async () => {
    const killed = `files.tryLock(folder); process.kill(process.pid, 'SIGKILL');`;
    await program(killed);
    expect(locks()).toEqual(['.lock-1']);
    expect(await withLock(root, () => 'in')).toBe('in');
    expect(locks()).toEqual([]);
  });
});
